"""Positions (经纬度): what a pair of coordinates says, however it is written (ISO 6709, GB/T 16831).

It needs no Presidio, so that identifiers can be told without loading it.
"""

import re
from typing import NamedTuple

_FIGURE = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")
_DMS = re.compile(
    r"([0-9]{1,3})[ ]?[°º度][ ]?([0-9]{1,2})[ ]?['′’分][ ]?([0-9]{1,2}(?:\.[0-9]+)?)[ ]?(?:[\"″”秒]|''|′′)?"
)
_DM = re.compile(r"([0-9]{1,3})(?:[ ]?[°º度][ ]?|[ ])([0-9]{1,2}\.[0-9]+)(?![ ]?[°º度0-9])")
_SOUTH, _WEST = re.compile("[Ss](?![a-z])|南纬|南緯"), re.compile("[Ww](?![a-z])|西经|西經")
_LATITUDE = re.compile("(?i)[NS](?![a-z])|纬|緯|lat")
_LONGITUDE = re.compile("(?i)[EW](?![a-z])|经|經|l(?:on|ng)")


class Position(NamedTuple):
    """A place on earth in degrees, north and east positive."""

    latitude: float
    longitude: float

    @property
    def is_in_china(self) -> bool:
        """Tell whether the place lies in the box around China, 3.5 to 53.6 north and 73.4 to 135.1 east."""
        return 3.5 <= self.latitude <= 53.6 and 73.4 <= self.longitude <= 135.1


def position(pair: str) -> Position | None:
    """Return the place that a folded pair of coordinates writes, or None where it writes none.

    The order is read from the words and letters; without any, from the figures: what lies in China as longitude and
    latitude only is read so (the custom of Chinese map services), all else as latitude and longitude.
    """
    angles = (
        _minutes(pair)
        or [
            int(degrees) + int(minutes) / 60 + float(seconds) / 3600
            for degrees, minutes, seconds in _DMS.findall(pair)
            if int(minutes) < 60 and float(seconds) < 60
        ]
        or [float(each) for each in _FIGURE.findall(pair)]
    )
    if len(angles) != 2:
        return None
    latitude, longitude = _LATITUDE.search(pair), _LONGITUDE.search(pair)
    if latitude and longitude:
        is_reversed = longitude.start() < latitude.start()
    else:
        is_reversed = Position(angles[1], angles[0]).is_in_china and not Position(*angles).is_in_china
    if is_reversed:
        angles.reverse()
    found = Position(-angles[0] if _SOUTH.search(pair) else angles[0], -angles[1] if _WEST.search(pair) else angles[1])
    return found if abs(found.latitude) <= 90 and abs(found.longitude) <= 180 else None


def _minutes(pair: str) -> list[float]:
    """Return the angles of a pair in degrees and minutes with decimals (NMEA 0183), none where it is another."""
    angles = [(int(degrees), float(minutes)) for degrees, minutes in _DM.findall(pair)]
    return [degrees + minutes / 60 for degrees, minutes in angles if minutes < 60] if len(angles) == 2 else []
