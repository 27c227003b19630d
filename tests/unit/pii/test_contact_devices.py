"""Addresses and numbers of devices, and positions: what leads to somebody and what does not."""

import pytest

from pii.positions import position
from pii.recognizers import recognizers
from tests.fakes.identities import card, near_miss

_ENTITIES = ["IP", "MAC", "IMEI", "IMSI", "OAID", "IDFA", "GPS"]
_RECOGNISERS = [each for each in recognizers() if set(each.get_supported_entities()) & set(_ENTITIES)]
_IMEI = card(5, "35", 15)
_UUID = "6D92078A-8246-4BA4-AE5B-76104861E7DC"


def found(text: str) -> set[tuple[str, str]]:
    """Return type and surface of what our recognisers of devices find, plain Presidio's way."""
    results = [each for one in _RECOGNISERS for each in one.analyze(text, _ENTITIES)]
    return {(each.entity_type, text[each.start : each.end]) for each in results}


@pytest.mark.parametrize(
    ("text", "entity", "surface"),
    [
        ("IP：61.135.169.121，", "IP", "61.135.169.121"),
        ("来自61.135.169.121的登录", "IP", "61.135.169.121"),
        ("61.135.169.121 - - [10/Oct/2000:13:55:36]", "IP", "61.135.169.121"),
        ("http://61.135.169.121:8080/x", "IP", "61.135.169.121"),
        ("IP地址6.7.8.9", "IP", "6.7.8.9"),
        ('{"client_ip":"61.135.169.121"}', "IP", "61.135.169.121"),
        ("ip＝６１．１３５．１６９．１２１", "IP", "６１．１３５．１６９．１２１"),
        ("IP 61[.]135[.]169[.]121", "IP", "61[.]135[.]169[.]121"),
        ("IP 61点135点169点121", "IP", "61点135点169点121"),
        ("IP 61.135\u200b.169.121", "IP", "61.135\u200b.169.121"),
        ("IP 61 . 135 . 169 . 121", "IP", "61 . 135 . 169 . 121"),
        ("2408:8207:1234:5678::1", "IP", "2408:8207:1234:5678::1"),
        ("IP:2408:8207:1234:5678::1:", "IP", "2408:8207:1234:5678::1"),
        ("[240E:3B4:38E4:1000:7D56:1B3F:2C9A:E001]:443", "IP", "240E:3B4:38E4:1000:7D56:1B3F:2C9A:E001"),
        ("MAC：3C:22:FB:12:34:56。", "MAC", "3C:22:FB:12:34:56"),
        ("网卡3c-22-fb-12-34-56", "MAC", "3c-22-fb-12-34-56"),
        ("3c22.fb12.3456", "MAC", "3c22.fb12.3456"),
        ("mac地址 3c22fb123456", "MAC", "3c22fb123456"),
        ("3C：22：FB：12：34：56", "MAC", "3C：22：FB：12：34：56"),
        ("３Ｃ-２２-ＦＢ-１２-３４-５６", "MAC", "３Ｃ-２２-ＦＢ-１２-３４-５６"),
        ("3C:22:FB:\u200b12:34:56", "MAC", "3C:22:FB:\u200b12:34:56"),
        ('"bssid":"3c:22:fb:12:34:56"', "MAC", "3c:22:fb:12:34:56"),
        (f"IMEI：{_IMEI}", "IMEI", _IMEI),
        (f"串号{_IMEI}", "IMEI", _IMEI),
        (f"IMEI: {_IMEI[:2]}-{_IMEI[2:8]}-{_IMEI[8:14]}-{_IMEI[14]}", "IMEI", None),
        (f"imei,phone\n{_IMEI},1", "IMEI", _IMEI),
        (f"IMEI {' '.join(_IMEI)}", "IMEI", " ".join(_IMEI)),
        ("IMSI：460001234567890", "IMSI", "460001234567890"),
        ("imsi=460 00 1234567890", "IMSI", "460 00 1234567890"),
        ("IMSI：４６０００１２３４５６７８９０", "IMSI", "４６０００１２３４５６７８９０"),
        ("oaid=9f89c84a559f5736", "OAID", "9f89c84a559f5736"),
        (f"OAID：{_UUID.lower()}", "OAID", _UUID.lower()),
        ('{"android_id":"9774d56d682e549c"}', "OAID", "9774d56d682e549c"),
        (f"IDFA：{_UUID}", "IDFA", _UUID),
        (f"广告标识符为{_UUID}", "IDFA", _UUID),
        (f"GAID: {_UUID.lower()}", "IDFA", _UUID.lower()),
        (f"idfa|{_UUID.replace('-', '')}", "IDFA", _UUID.replace("-", "")),
        ("39.9042, 116.4074 附近", "GPS", "39.9042, 116.4074"),
        ("坐标：116.407396,39.904200", "GPS", "116.407396,39.904200"),
        ("定位 51.5074, -0.1278", "GPS", "51.5074, -0.1278"),
        ("纬度39.9042，经度116.4074", "GPS", "纬度39.9042，经度116.4074"),
        ("北纬39.9042°，东经116.4074°", "GPS", "北纬39.9042°，东经116.4074°"),
        ("N39.9042 E116.4074", "GPS", "N39.9042 E116.4074"),
        ("39.9042° N, 116.4074° E", "GPS", "39.9042° N, 116.4074° E"),
        ("lat=39.9042&lng=116.4074", "GPS", "lat=39.9042&lng=116.4074"),
        ("39°54'15\"N 116°24'26\"E", "GPS", "39°54'15\"N 116°24'26\"E"),
        ("北纬39度54分15秒，东经116度24分26秒", "GPS", "北纬39度54分15秒，东经116度24分26秒"),
        ("位置３９．９０４２，１１６．４０７４", "GPS", "３９．９０４２，１１６．４０７４"),
        ('"coordinates": [116.4074, 39.9042]', "GPS", "116.4074, 39.9042"),
    ],
)
def test_device_or_place_is_found(text: str, entity: str, surface: str | None) -> None:
    """An address, number or position is found with its exact borders."""
    finds = {each for each in found(text) if surface is None or each == (entity, surface)}
    assert {label for label, _ in finds} == {entity}


@pytest.mark.parametrize(
    "text",
    [
        "192.168.1.1 10.0.0.1 172.16.3.4 127.0.0.1 169.254.1.1 100.64.0.1 0.0.0.0 255.255.255.255",
        "IP 203.0.113.5、198.51.100.7、192.0.2.1、224.0.0.251",
        "DNS 8.8.8.8 与 114.114.114.114",
        "IP 1.2.3.4",
        "版本 5.7.25.101，v61.135.169.121，Chrome/110.0.5481.177",
        "第3.2.1.10节",
        "61.135.169.0/24",
        "61.135.169.256",
        "61.135.169.121.5",
        "::1 fe80::1 fd00::1 2001:db8::1 std::vector a::b 12:34:56",
        "00:11:22:33:44:55 ff:ff:ff:ff:ff:ff 00:00:00:00:00:00 01:00:5e:00:00:fb",
        "00-00-5E-00-53-01",
        "3C:22:FB:12:34:56:78:90",
        "3c22fb123456",
        "2024-01-01 12:34:56",
        _IMEI,
        f"IMEI {near_miss(_IMEI)}",
        f"订单号{_IMEI}",
        "IMSI 860001234567890",
        "460001234567890",
        _UUID,
        "IDFA 00000000-0000-0000-0000-000000000000",
        "oaid=123",
        "[23.1234, 113.5678, 12.1234]",
        "187.18667603, 270.64562988",
        "0.1234, 0.5678",
        "39.90, 116.40",
        "领海基点北纬39°54′15″，东经121°24′26″",
        "51.5074, -0.1278",
    ],
)
def test_what_leads_to_nobody_is_left(text: str) -> None:
    """Private and documentation ranges, versions, placeholders, wrong check digits, matrices and borders are left."""
    assert found(text) == set()


@pytest.mark.parametrize(
    "pair",
    [
        "39.9042, 116.4074",
        "116.4074,39.9042",
        "N39.9042 E116.4074",
        "经度116.4074 纬度39.9042",
        '"lng": 116.4074, "lat": 39.9042',
    ],
)
def test_a_place_is_the_same_in_every_order(pair: str) -> None:
    """Order and words do not change the place that a pair of coordinates says."""
    assert position(pair) == (39.9042, 116.4074)


def test_a_place_south_or_west_is_negative() -> None:
    """South and west turn the sign, and what is no place on earth is none."""
    assert position("33°51′00″S 151°12′00″E") == (-33.85, 151.2)
    assert position("95.1234, 200.1234") is None
    assert position("1.5") is None
