"""English spellings of Chinese addresses: Room 302, Building 5, No. 88 Xxx Road, Xxx District, Shanghai.

A number before a street is not enough (in 2008 Wall Street): it takes No., a room or building before, or a Chinese
place behind.
"""

import re

from pii.addresses.chinese import Address

BEFORE = 160
"""Characters before the word for a street that an address may take."""
AFTER = 120

SIGN = r"[a-z0-9][ \t](?:Road|Rd|Street|Avenue|Ave|Boulevard|Blvd|Lane|Alley|Hutong|Highway|Lu|Jie|Dadao|Xiang)\b\.?"
"""A word for a street behind a name."""

_WORD = r"[A-Z][A-Za-z'’]{0,15}"
_COMMA = r"[,，][ \t]?"
_STREET = re.compile(
    rf"(?:(?P<no>(?:N[oO]\.?|Lane|Alley)[ \t]?|#))?(?<![0-9A-Za-z])[0-9]{{1,5}}[A-Z]?(?:-[0-9]{{1,4}})?,?[ \t]"
    rf"(?:{_WORD}[ \t]){{0,3}}{_WORD}[ \t][A-Z][a-z]+\.?\Z"
)
_PART = (
    r"(?:(?:Room|Rm|Unit|Flat|Suite|Apartment|Apt|Building|Bldg|Block|Tower|Floor|Villa|Gate|House|Lane)\.?[ \t]?"
    r"(?:No\.?[ \t]?)?[A-Za-z]?-?[0-9A-Z]{1,5}(?:-[0-9]{1,5})?"
    r"|[0-9]{1,3}(?:st|nd|rd|th)?(?:[ \t]Floor|/?F)|No\.?[ \t]?[0-9]{1,5}(?:-[0-9]{1,4})?"
    rf"|(?:{_WORD}[ \t]){{1,2}}"
    "(?:Building|Mansion|Tower|Plaza|Gardens?|Court|House|Cent(?:re|er)|Village|Community|Estate))"
)
_PARTS_BEFORE = re.compile(rf"(?<![A-Za-z0-9])(?P<parts>(?:{_PART}(?:{_COMMA}|[ \t])){{1,5}})\Z")
_PLACES = (
    "Beijing|Shanghai|Tianjin|Chongqing|Hebei|Shanxi|Inner Mongolia|Liaoning|Jilin|Heilongjiang|Jiangsu|Zhejiang|Anhui"
    "|Fujian|Jiangxi|Shandong|Henan|Hubei|Hunan|Guangdong|Guangxi|Hainan|Sichuan|Guizhou|Yunnan|Tibet|Shaanxi|Gansu"
    "|Qinghai|Ningxia|Xinjiang|Taiwan|Hong Kong|Macau|Macao|Kowloon|New Territories|Taipei|Kaohsiung|Taichung|Hangzhou"
    "|Ningbo|Wenzhou|Nanjing|Suzhou|Wuxi|Guangzhou|Shenzhen|Dongguan|Foshan|Zhuhai|Wuhan|Changsha|Chengdu|Xi['’]?an"
    "|Jinan|Qingdao|Yantai|Dalian|Shenyang|Harbin|Changchun|Zhengzhou|Hefei|Fuzhou|Xiamen|Nanchang|Kunming|Guiyang"
    "|Nanning|Haikou|Lanzhou|Urumqi|Lhasa|Yinchuan|Xining|Hohhot|Taiyuan|Shijiazhuang|P\\.? ?R\\.? ?China|PRC|China|HK"
)
_PLACE_BEHIND = re.compile(
    rf"(?:{_COMMA}|[ \t])(?:(?:{_WORD}[ \t]){{1,3}}"
    "(?:New )?(?:District|Dist\\.|County|Town|Township|Village|Province|City|Area|Zone|Prefecture)"
    rf"|(?:{_PLACES})(?:[ \t](?:City|Province|SAR))?)(?![A-Za-z])(?:[ \t,，]{{1,2}}[0-9]{{6}}(?![0-9]))?"
)


def english_address_at(text: str, sign_start: int, sign_end: int) -> Address | None:
    """Return the address whose street's name ends at ``sign_end``, or None where there is none.

    Args:
        text: A folded text.
        sign_start: Where a match of :data:`SIGN` begins.
        sign_end: Where it ends.
    """
    first = max(0, sign_end - BEFORE)
    street = _STREET.search(text, max(first, sign_start - 80), sign_end)
    if street is None:
        return None
    start, end = street.start(), sign_end
    parts = _PARTS_BEFORE.search(text, first, start)
    if parts:
        start = parts.start()
    is_placed = False
    while (place := _PLACE_BEHIND.match(text, end)) and place.end() <= sign_end + AFTER:
        end, is_placed = place.end(), True
    if not (street["no"] or parts or is_placed):
        return None
    return Address(start, end, 850 if is_placed else 700)
