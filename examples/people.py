"""Invented personal information with valid checksums: nobody living has it.

ID cards are of birth years 1890 to 1899; mail addresses end in example.com; the rest is drawn by dice.
"""

from collections.abc import Callable, Mapping

from dice import Dice

_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
_ZERO_WIDTH = "\u200b"
_AREAS = ("110101", "310104", "440106", "330102", "510104", "420106")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def id_card(dice: Dice) -> str:
    """Return an identity number (GB 11643) of somebody born between 1890 and 1899."""
    body = f"{dice.pick(_AREAS)}{1890 + dice.below(10)}{1 + dice.below(12):02}{1 + dice.below(28):02}{dice.digits(3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[rest]


def mobile(dice: Dice) -> str:
    """Return a mobile number."""
    return dice.pick(("138", "139", "150", "186", "199")) + dice.digits(8)


def landline(dice: Dice) -> str:
    """Return a landline number with its area code."""
    return f"{dice.pick(('010', '021', '0571', '0755'))}-8{dice.digits(7)}"


def bank_card(dice: Dice) -> str:
    """Return a UnionPay card number of 19 digits (Luhn)."""
    body = "622202" + dice.digits(12)
    # From the right, every second digit is doubled, beginning with the last one of the body.
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(body))]
    total = sum(number // 10 + number % 10 for number in doubled)
    return body + str(-total % 10)


def mail(dice: Dice) -> str:
    """Return a mail address that cannot exist."""
    names = ("chenyun", "linxiao", "reader", "garden.fan", "wuming", "haitang")
    return f"{dice.pick(names)}{dice.digits(3)}@example.com"


def plate(dice: Dice) -> str:
    """Return a licence plate."""
    return f"{dice.pick('京沪粤浙川')}{dice.pick(_LETTERS)}{dice.pick(_LETTERS)}{dice.digits(4)}"


def passport(dice: Dice) -> str:
    """Return an ordinary passport's number."""
    return "E" + dice.digits(8)


def organisation_code(dice: Dice) -> str:
    """Return a unified social credit code (GB 32100): an organisation's, so not personal."""
    body = "91" + dice.pick(_AREAS) + "MA" + dice.digits(5) + dice.pick("ABCD") + dice.digits(1)
    total = sum(_USCC.index(sign) * pow(3, at, 31) for at, sign in enumerate(body))
    return body + _USCC[-total % 31]


MAKERS: Mapping[str, Callable[[Dice], str]] = {
    "CN_ID18": id_card,
    "MOBILE": mobile,
    "LANDLINE": landline,
    "BANK_CARD": bank_card,
    "EMAIL": mail,
    "PLATE": plate,
    "CN_PASSPORT": passport,
}

_DISGUISES: Mapping[str, tuple[Callable[[str], str], ...]] = {
    "CN_ID18": (
        lambda text: text.translate(_FULL_WIDTH),
        lambda text: f"{text[:6]} {text[6:14]} {text[14:]}",
        lambda text: text[:9] + _ZERO_WIDTH + text[9:],
    ),
    "MOBILE": (
        lambda text: text.translate(_FULL_WIDTH),
        lambda text: f"{text[:3]} {text[3:7]} {text[7:]}",
        lambda text: f"{text[:3]}-{text[3:7]}-{text[7:]}",
        lambda text: text[:5] + _ZERO_WIDTH + text[5:],
        lambda text: f"+86{text}",
    ),
    "LANDLINE": (lambda text: text.translate(_FULL_WIDTH),),
    "BANK_CARD": (
        lambda text: text.translate(_FULL_WIDTH),
        lambda text: " ".join(text[at : at + 4] for at in range(0, 19, 4)),
        lambda text: text[:8] + _ZERO_WIDTH + text[8:],
    ),
    "PLATE": (lambda text: f"{text[:2]}·{text[2:]}",),
    "CN_PASSPORT": (lambda text: text.translate(_FULL_WIDTH),),
}

_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "CN_ID18": ("登记时填写的身份证号是{}。", "申请人身份证号码：{}，请核对。", "他把身份证号{}写在了回执上。"),
    "MOBILE": ("有事请打手机{}。", "联系电话：{}，白天都方便。", "留的手机号是{}，请尽快回电。"),
    "LANDLINE": ("店里座机{}，晚上九点前有人接。", "办公室电话：{}。", "也可以拨打固定电话{}咨询。"),
    "BANK_CARD": ("退款请打到银行卡{}。", "收款卡号：{}，户名另行告知。", "他报了一个银行卡号{}。"),
    "EMAIL": ("资料发到邮箱 {} 就行。", "电子邮箱：{} ，欢迎来信。", "订阅请写信到 {} 。"),
    "PLATE": ("车牌号是{}，停在北门。", "来访车辆车牌：{}。", "前面那辆车的车牌是{}。"),
    "CN_PASSPORT": ("护照号码：{}，有效期内。", "订票时用的护照号是{}。"),
}

_ENGLISH: Mapping[str, tuple[str, ...]] = {
    "MOBILE": ("If the build breaks, call the duty phone {} during office hours.",),
    "EMAIL": ("Questions about this page go to {} at any time.", "Report mistakes to {} please."),
}


def disguised(entity: str, value: str) -> str:
    """Return a value in the first of its disguises, which is full-width."""
    return _DISGUISES[entity][0](value)


def sentence(dice: Dice, entity: str, *, english: bool = False) -> str:
    """Return a sentence with one occurrence of the entity, half of them in disguise (full-width, spaced, hidden)."""
    value = MAKERS[entity](dice)
    disguises = _DISGUISES.get(entity, ())
    if disguises and dice.below(2):
        value = dice.pick(disguises)(value)
    return dice.pick((_ENGLISH if english else _SENTENCES)[entity]).format(value)
