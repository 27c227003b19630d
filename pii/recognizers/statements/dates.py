"""Dates as people write them (日期的写法): GB/T 7408, Chinese numerals, eras of the Republic and of Japan, the West."""

import datetime as dt
import re

SPACE = "[ \t\u3000]{0,2}"
"""What stands between the parts of a date, for an expression."""
MORE = "0-9〇零○一二三四五六七八九十初廿"
"""What a date goes on with, for a class."""

_HAN = "[〇零○一二三四五六七八九]"
_Y4, _M2, _D2 = "(?:18|19|20)[0-9]{2}", "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_CALENDAR = f"(?:(?:公元|西元|[公农農阴陰阳陽新旧舊夏][历曆]){SPACE})?"
_ERA = (
    f"(?:中[华華])?民[国國]{SPACE}(?:[0-9]{{1,3}}|[元一二三四五六七八九十百廿卅]{{1,4}})"
    f"|(?:明治|大正|昭和|平成|令和){SPACE}(?:[0-9]{{1,2}}|[元一二三四五六七八九十]{{1,3}})"
)
_YEAR = f"(?:{_Y4}|{_HAN}{{4}}|[0-9]{{2}}|{_HAN}{{2}}|{_ERA})"
_MONTH = f"(?:{_M2}|十[一二]?|[正元冬腊臘〇零]?[一二三四五六七八九]|[正冬腊臘])"
_TEN_AND_MORE = "三十一?|[二廿]十?[一二三四五六七八九]|十[一二三四五六七八九]|二十|初[一二三四五六七八九十]"
_DAY = f"(?:{_D2}|{_TEN_AND_MORE}|[十廿]|[〇零]?[一二三四五六七八九])"
_ENGLISH_MONTH = (
    "(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_ENGLISH_DAY = f"{_D2}(?:st|nd|rd|th)?"
_NO_MORE = r"(?![0-9]|[ ]?[\-/.][0-9])"

# Long alternatives stand first: an expression takes the first that matches.
_WRITTEN = (
    f"{_CALENDAR}{_YEAR}{SPACE}年{SPACE}{_CALENDAR}{_MONTH}{SPACE}月"
    f"(?:{SPACE}{_DAY}{SPACE}[日号號]|{SPACE}{_DAY}(?![{MORE}])|份|(?!{SPACE}[{MORE}]))"
)
_FIGURES = (
    f"{_Y4}(?:" + "|".join(f"[ ]?{sep}[ ]?{_M2}(?:[ ]?{sep}[ ]?{_D2})?" for sep in ("-", "/", "[.]")) + f"){_NO_MORE}"
)
WESTERN = (
    rf"(?:{_ENGLISH_DAY}[ \-](?:of )?(?:{_M2}月[ ]?/[ ]?)?{_ENGLISH_MONTH}(?:/[A-Z]{{3,4}})?[.,]?[ \-]{_Y4}"
    rf"|{_ENGLISH_MONTH}[.]?[ ]{_ENGLISH_DAY},?[ ]{_Y4}"
    rf"|{_ENGLISH_MONTH}[.,]?[ ]{_Y4}|{_D2}[/.\-]{_D2}[/.\-]{_Y4})(?![0-9A-Za-z])"
)
"""A date as English and other languages of Europe write it."""
_COMPACT = f"{_Y4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?(?![0-9A-Za-z])"

FULL = f"(?:{_WRITTEN}|{_FIGURES}|{WESTERN}|{_COMPACT})"
"""A date with year and month, for an expression."""
YEAR = (
    rf"(?:{_CALENDAR}{_YEAR}{SPACE}年(?!代|[级級度产產次]|{SPACE}[{MORE}])"
    r"|(?:19|20)[0-9]{2}(?![0-9A-Za-z年]|[\-/.][0-9]))"
)
"""A year alone."""
ANY = f"(?:{FULL}|{YEAR})"
"""A date with its year, and with the month where it is there."""
SHORT = (
    rf"(?:(?:民[国國][ ]?)?[01]?[0-9]{{2}}(?:-{_M2}-|/{_M2}/|[.]{_M2}[.]){_D2}(?![0-9A-Za-z]|[\-/.:][0-9])"
    "|(?:民[国國][ ]?)?[01][0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z])"
    r"|[3-9][0-9][\-/.](?:0[1-9]|1[0-2])(?![0-9A-Za-z%元]|[\-/.:][0-9])"
    rf"|{_D2}[ \-]?(?i:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[ \-]?(?:{_Y4}|[0-9]{{2}})(?![0-9A-Za-z]))"
)
"""A date that its label alone tells from other figures: two digits of the year, the year of the Republic."""
OF_YEAR = (
    rf"(?:{_CALENDAR}{_MONTH}{SPACE}月{SPACE}{_DAY}(?:{SPACE}[日号號]|(?![{MORE}]))"
    rf"|{_M2}[\-/.]{_D2}{_NO_MORE}|{_ENGLISH_MONTH}[.]?[ ]{_ENGLISH_DAY}(?![0-9A-Za-z]))"
)
"""Month and day without a year."""
OF_GENERATION = "(?:民[国國][ ]?)?(?:[3-9][0-9]|[三四五六七八九]十[一二三四五六七八九]?)年(?=次(?![数數会會]))"
"""The year of the Republic in which one was born, as people of Taiwan say it (年次)."""
OF_DAY = rf"(?:{_Y4}(?:-{_M2}-|/{_M2}/|[.]{_M2}[.]){_D2}|{_Y4}年{_M2}月(?:{_D2}日)?)(?![0-9])"
"""A date of the usual writings, to the day or the month."""

_IN_FIGURES = re.compile(
    r"((?:18|19|20)[0-9]{2})(?:[ ]?[\-/.][ ]?([0-9]{1,2})[ ]?[\-/.][ ]?([0-9]{1,2})|([0-9]{2})([0-9]{2}))"
)


def exists(date: str) -> bool:
    """Tell whether a date in figures, if it is one, is a day of the calendar."""
    parts = _IN_FIGURES.fullmatch(date)
    if parts is None:
        return True
    try:
        dt.date(int(parts[1]), int(parts[2] or parts[4]), int(parts[3] or parts[5]))
    except ValueError:
        return False
    return True
