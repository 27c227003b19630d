"""Numbers of papers that need no label: the rare forms by themselves, the others by what is said around them."""

import pytest

from pii.recognizers.documents.alone import is_things, stands_alone
from tests.fakes.finds import finds
from tests.fakes.identities import card, citizen, mobile
from tests.fakes.papers import hong_kong, old_citizen, taiwan

EIGHT = "30583216"
OLD = old_citizen(1)


def _parts(number: str) -> tuple[str, ...]:
    return number[:6], number[6:14], number[14:]


ALONE = [
    ("MAINLAND_TW", f"T{EIGHT}"),
    ("MAINLAND_TW", f"L{EIGHT}"),
    ("HKMO_PERMIT", f"H{EIGHT}"),
    ("HKMO_PERMIT", f"M{EIGHT}01"),
    ("MAINLAND_HKMO", f"W{EIGHT}"),
    ("MAINLAND_HKMO", f"CA{EIGHT[1:]}"),
    ("TW_PERMIT", f"0{EIGHT}1(B)"),
    ("TW_PERMIT", f"0{EIGHT}1B"),
    ("CN_PASSPORT", f"E{EIGHT}"),
    ("CN_PASSPORT", f"EB{EIGHT[1:]}"),
    ("CN_ID15", OLD),
    ("CN_ID15", f"{OLD[:6]}-{OLD[6:12]}-{OLD[12:]}"),
    ("CN_ID15", f"{OLD[:6]}/{OLD[6:12]}/{OLD[12:]}"),
    ("MOID", f"5{EIGHT[:6]}(8)"),
    ("MOID", f"1/{EIGHT[:6]}/8"),
    ("HKID", hong_kong(2, "A", "")),
    ("TW_ID", taiwan(1)),
]


@pytest.mark.parametrize("writing", ["{}", "先登记这个，{}，稍后补。", "1、{}；", '{{"v":"{}"}}', "王某｜{}｜已收"])
@pytest.mark.parametrize(("entity", "value"), ALONE)
def test_a_rare_form_needs_no_word(entity: str, value: str, writing: str) -> None:
    """A series with eight digits, an area with a date, a check character: in no label, in a list, in a cell."""
    assert finds(writing.format(value)) == [(entity, value)]


@pytest.mark.parametrize(
    "writing",
    [
        "型号 {}",
        "备件料号：{}",
        "订单号：{}",
        "流水{}",
        "SKU {}",
        "batch: {}",
        "编码为{}",
        "v_{}",
        "{}@x",
        "¥{}",
        "x-{}",
    ],
)
@pytest.mark.parametrize(("entity", "value"), ALONE)
def test_what_numbers_a_thing_is_left(entity: str, value: str, writing: str) -> None:
    """Behind the word for a number of things, or glued to more, the same form is nobody's."""
    assert entity not in {kind for kind, _ in finds(writing.format(value))}


@pytest.mark.parametrize(
    "value", ["T20190315", "H2019031501", "L88888888", f"t{EIGHT}", f"C{EIGHT}", f"A{EIGHT}", EIGHT]
)
def test_a_common_form_needs_its_word(value: str) -> None:
    """A date behind a letter, one digit all over, small letters, and the series that things have too are left."""
    assert finds(value) == []


def test_the_nearest_word_says_whose_number_it_is() -> None:
    """A thing named further away than the paper does not take the number from it."""
    assert is_things("受理回执 T", 5)
    assert not stands_alone("回执 T30583216", 3, 12)
    assert finds(f"受理回执：往来港澳通行证 C{EIGHT}") == [("MAINLAND_HKMO", f"C{EIGHT}")]
    assert finds(f"往来港澳通行证回执编号 C{EIGHT}") == []


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("MAINLAND_TW", f"大通证 T {' '.join(EIGHT)}", f"T {' '.join(EIGHT)}"),
        ("MAINLAND_TW", f"证号 L-{EIGHT[:4]}-{EIGHT[4:]}", f"L-{EIGHT[:4]}-{EIGHT[4:]}"),
        ("MAINLAND_HKMO", f"双程证 C A{EIGHT[1:]}", f"C A{EIGHT[1:]}"),
        ("MAINLAND_HKMO", f'"permitNumber":"C{EIGHT}"', f"C{EIGHT}"),
        ("MAINLAND_HKMO", f"W{EIGHT}、C{EIGHT}", f"C{EIGHT}"),
        ("MAINLAND_HKMO", f"Document: C{EIGHT} (CHN, Exit-Entry Permit)", f"C{EIGHT}"),
        ("TW_PERMIT", f"台胞證 0{EIGHT[:3]} {EIGHT[3:7]}", f"0{EIGHT[:3]} {EIGHT[3:7]}"),
        ("TW_PERMIT", f"台湾旅客，持 0{EIGHT[1:]}", f"0{EIGHT[1:]}"),
        ("TW_PERMIT", f"台湾乡亲那本，号是 {EIGHT}", EIGHT),
        ("CN_PASSPORT", f"Passport: E {EIGHT[:4]} {EIGHT[4:]}", f"E {EIGHT[:4]} {EIGHT[4:]}"),
        ("CN_PASSPORT", f"护照 E {' '.join(EIGHT)}", f"E {' '.join(EIGHT)}"),
        ("CN_ID15", f"身份证|{'|'.join(OLD)}|", "|".join(OLD)),
        ("CN_ID15", f"身份证 {OLD.replace('0', 'O', 1)}", OLD.replace("0", "O", 1)),
        ("CN_ID15", f"公民身份证编号　{OLD}", OLD),
        ("MOID", f"居民身份證 5 / {' '.join(EIGHT[:6])} / 7", f"5 / {' '.join(EIGHT[:6])} / 7"),
        ("MOID", f'"bir_no":"5{EIGHT[1:]}","mo_mobile":"', f"5{EIGHT[1:]}"),
        ("MOID", f"澳門籍學生李某（1{EIGHT[1:]}）", f"1{EIGHT[1:]}"),
        ("MOID", f"身份證編號：7{EIGHT[1:]} 簽發地：澳門", f"7{EIGHT[1:]}"),
        ("HKID", f"香港身份證 {' '.join(hong_kong(2))}", " ".join(hong_kong(2))),
        ("TW_ID", f"身分證字號 {taiwan(1)[0]} {taiwan(1)[1:]}", f"{taiwan(1)[0]} {taiwan(1)[1:]}"),
        ("DRIVER_LICENCE", f"conf=0.71 drv_doc_no=310104{EIGHT[:6]}", f"310104{EIGHT[:6]}"),
        ("DRIVER_LICENCE", f"准驾车型 B2，她那本是 310104{EIGHT[:6]}。", f"310104{EIGHT[:6]}"),
        ("SOCIAL_SECURITY", f"社会保障卡卡号：C{EIGHT}", f"C{EIGHT}"),
        ("SOCIAL_SECURITY", f"身份证已核。医保卡号 H {EIGHT}", f"H {EIGHT}"),
        ("SOCIAL_SECURITY", f"B{EIGHT}\t{citizen(3)}\t", f"B{EIGHT}"),
        ("SOCIAL_SECURITY", f"{mobile(3)}，D{EIGHT}", f"D{EIGHT}"),
        ("SOCIAL_SECURITY", f"A{EIGHT}、B{EIGHT}、D{EIGHT}", f"D{EIGHT}"),
        ("SOCIAL_SECURITY", f"sheBaoKa: B{EIGHT}", f"B{EIGHT}"),
        ("SOCIAL_SECURITY", f"社保卡|B|{'|'.join(EIGHT)}|", f"B|{'|'.join(EIGHT)}"),
        ("DRIVER_LICENCE", f"档案编号 {' '.join('310104' + EIGHT[:6])}", " ".join("310104" + EIGHT[:6])),
        ("MILITARY_ID", f"证载文字第{EIGHT}号", f"文字第{EIGHT}号"),
        ("CN_ID18", f"身份证号|{'|'.join(citizen(3))}|", "|".join(citizen(3))),
        ("CN_ID18", f"{citizen(3)[:6]}/{citizen(3)[6:14]}/{citizen(3)[14:]}", "/".join(_parts(citizen(3)))),
        ("MAINLAND_HKMO", f"通行証 C{EIGHT}", f"C{EIGHT}"),
        ("TW_PERMIT", f"mtpNo=0{EIGHT[1:]}", f"0{EIGHT[1:]}"),
    ],
)
def test_what_is_said_around_is_enough(entity: str, text: str, value: str) -> None:
    """Digits apart, letters read for digits, words far off, the cell beside and the list: each makes it the paper's."""
    assert (entity, value) in finds(text)


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ("TW_PERMIT", f"台账编号 0{EIGHT[1:]}"),
        ("TW_PERMIT", f"台湾朋友手机 +886 {EIGHT}"),
        ("TW_PERMIT", "台湾居民，有效期 2024.03.11-2029.03.10"),
        ("TW_PERMIT", f"旅客购物发票 2 张，号码 0{EIGHT[1:]}"),
        ("MOID", f"澳门手机 5{EIGHT[1:]}"),
        ("MOID", f"测得 0.5{EIGHT[:6]}(8)"),
        ("DRIVER_LICENCE", f"310104{EIGHT[:6]}"),
        ("DRIVER_LICENCE", f"驾校订单号 310104{EIGHT[:6]}"),
        ("CN_ID15", f"{OLD[:6]}.{OLD[6:]}"),
        ("CN_ID15", card(3, "35252560082", 15)),
        ("SOCIAL_SECURITY", f"A{EIGHT}、B{EIGHT}"),
        ("TW_ID", f"shareholder account, {next(taiwan(n, 'A1') for n in range(40))}"),
        ("MILITARY_ID", f"京文字第{EIGHT}号"),
        ("CN_ID18", " | ".join(citizen(3)[:17]) + " | 12"),
        ("TW_PERMIT", f"smtp 队列 {EIGHT}"),
    ],
)
def test_near_negatives_of_weak_words(entity: str, text: str) -> None:
    """Telephones, dates, ranges, ledgers, measured values and accounts of shares near the same words are left."""
    assert entity not in {kind for kind, _ in finds(text)}
