"""Precise positions (精准定位, 经纬度): coordinates to four decimals, some ten metres, or to seconds (ISO 6709).

- A pair in China counts by itself if it stands alone: rows of figures are matrices. A pair elsewhere needs a word.
- With words inside the pair (纬度39.9042，经度116.4074; "lat": ..., "lng": ...) the words are enough.
- In degrees, minutes and seconds a pair needs its letters or words. Statutes draw borders of the state so: those are
  told by 领海, 基线, 界 and 基点 near them.
"""

import re
from typing import ClassVar

from pii.gate import Cue, Sign
from pii.positions import position
from pii.recognizers.cued import CuedRecognizer, Found, is_named

_FIGURE = r"-?[0-9]{1,3}\.[0-9]{4,14}"
_DMS = r"[0-9]{1,3}[ ]?[°º度][ ]?[0-9]{1,2}[ ]?['′’分][ ]?[0-9]{1,2}(?:\.[0-9]{1,6})?[ ]?(?:[\"″”秒]|''|′′)?"
_DM = r"[0-9]{1,3}(?:[ ]?[°º度][ ]?|[ ])[0-9]{1,2}\.[0-9]{2,8}[ ]?['′’分]?"
_LABEL = r"(?:(?i:lat(?:itude)?|lng|lon(?:g|gitude)?|[xy](?=\"?[:=]))|[北南东西東][纬经緯經]|[纬经緯經]度|[NSEW])"
_JOIN = r"[\"'\s:：=为是,，>|]{0,5}"
_PART = rf"{_LABEL}{_JOIN}(?:{_DM}|{_FIGURE}[ ]?[°º度]?|{_DMS})"
_AND = r"(?:[\"'\s,，、;；/&|<和]|</?[A-Za-z]{1,12}>){0,8}"
_LETTERED = rf"(?:{_DM}|{_FIGURE}[ ]?[°º]?|{_DMS})[ ]?[NSEWnsew](?![A-Za-z])"
_FINE = r"(?:\.[0-9]{4}|[°º度][ ]?[0-9]{1,2}(?:\.[0-9]{2}|[ ]?['′’分])|[0-9] [0-9]{1,2}\.[0-9]{2})"
"""What every precise figure holds."""
_WORDS = re.compile(
    r"(?i)经纬度|經緯度|坐标|座標|定位|位置|地址|签到|gps|(?<![a-z])(?:location|lat|lng|lon|latitude|longitude"
    r"|coordinates?|coords?|geo)(?![a-z])"
)
_BORDERS = re.compile("领海|基线|基点|国界|边界|海域|岛|群岛|渔区|禁渔|界线|连线|海里|保护区")
_ROW_BEFORE = re.compile(r"[0-9.][\]\s,;]{1,3}[\[\s(]{0,3}$")
_ROW_BEHIND = re.compile(r"[\s,;\])]{0,3}[,\s][\s\[(]{0,3}-?[0-9]+\.[0-9]|[eE0-9]")


class GpsRecognizer(CuedRecognizer):
    """Finds precise positions (ISO 6709)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("GPS",)
    labels: ClassVar = ("坐标",)
    cues: ClassVar = (
        Cue(
            r"[0-9]\.[0-9]{4,14}[°º]?[ ]?[NSEWnsew]?[ \t]{0,2}[,，、;；/ \t\n][ \t\n]{0,6}-?[0-9]{1,3}\.[0-9]{4}",
            before=3,
            after=48,
        ),
        Cue(
            rf"{_LABEL}{_JOIN}-?[0-9]{{1,3}}(?:\.[0-9]{{4}}|[ ]?[°º度]|[ ][0-9]{{1,2}}\.[0-9]{{2}})",
            before=0,
            after=160,
        ),
        Cue(rf"(?:\.[0-9]{{4,14}}[ ]?[°º]?|{_DM}|{_DMS})[ ]?[NSEWnsew]", before=5, after=160),
    )
    expressions: ClassVar = (
        re.compile(rf"(?<![0-9A-Za-z.\-])(?P<bare>{_FIGURE}[ ]?[,，、;；/ ][ \t]{{0,2}}{_FIGURE})(?![0-9A-Za-z])"),
        re.compile(rf"(?<![A-Za-z]){_PART}{_AND}{_PART}(?:[ ]?[NSEW](?![A-Za-z]))?(?![0-9])"),
        re.compile(rf"(?<![0-9.]){_LETTERED}{_AND}{_LETTERED}"),
    )

    signs: ClassVar = {1: Sign(_FINE, early=16), 2: Sign(_FINE, early=16)}

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a place on earth, and for a bare pair that it lies in China alone or has a word."""
        start, end = match.span()
        place = position(match[0])
        if place is None or is_named(_BORDERS, text, start, end):
            return None
        if "bare" not in match.groupdict():
            return Found(start, end, "GPS", 930)
        if is_named(_WORDS, text, start, end):
            return Found(start, end, "GPS", 900)
        is_row = _ROW_BEFORE.search(text[max(0, start - 8) : start]) or _ROW_BEHIND.match(text, end)
        return Found(start, end, "GPS", 700) if place.is_in_china and not is_row else None
