"""Lodging and travel of a person (住宿、航班、车次): the train or flight with its seat and date, the room, the ticket.

GB/T 35273-2020 annex B 个人位置信息 (住宿信息) and 其他信息, GB/T 45574-2025 annex A 行踪轨迹信息. Covered is the
number of train or flight with date and seat around it, room with hotel, number of ticket or booking. Timetables are
nobody's: a seat, a passenger or the verb of travelling of a person must stand beside. Left to people: a journey told
without numbers.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.clauses import WIDEST, ClauseRecognizer
from pii.recognizers.cued import Found
from pii.recognizers.subjects import is_about_person, is_of_record
from pii.recognizers.words import END, HAN, LINK, labelled, value_of, words

_TICKETS = (
    "电子客票号 客票号 机票号 票号 电子票号 取票号 订座编号 订座记录 订座记录编号 PNR booking_reference "
    "e_ticket_number ticket_no confirmation_code 入住单号 酒店订单号"
)
_SEATS = "座位号 席位号 座席号 座位 seat_no seat_number"
_STAY_DATES = "入住日期 入住时间 离店日期 离店时间 退房日期 退房时间 抵店日期 check_in_date check_out_date"
_ROOMS = "房间号 房号 房间 入住房间 客房号 room_no room_number room"
_HOTEL = rf"[{HAN}A-Za-z·]{{2,14}}?(?:酒店|宾馆|賓館|旅馆|旅館|民宿|客栈|饭店|度假村|招待所|公寓|(?i:hotel|inn|hostel))"
_ROOM = rf"[ \t,，的]{{0,2}}[{HAN}]{{0,4}}?[A-Z]?[0-9]{{3,4}}[ \t]?(?:号房间?|房间?|室|號房)"
_RUN = (
    r"(?:[GDCZTKL][0-9]{1,4}(?:次(?:列车|高铁|动车)?)?"
    r"|(?:[A-Z]{2}|[0-9][A-Z]|[A-Z][0-9])[ -]?[0-9]{3,4})(?![0-9A-Za-z])"
)
_DATE = (
    r"(?:(?:[0-9]{4}[-年/.])?[0-9]{1,2}[-月/.][0-9]{1,2}日?(?:[ \t]?[0-9]{1,2}:[0-9]{2})?"
    r"[ \t,，的]{0,2}(?:乘坐|搭乘|乘|坐)?[ \t]?)?"
)
_SEAT = (
    r"(?:[ \t,，/]{0,3}(?:航班|列车|高铁|动车|次)?[ \t,，/]{0,2}(?:座位号?|席位|seat)?[ \t:：]{0,2}"
    r"(?:[0-9]{1,2}[ \t]?(?:车厢?|車廂?)[ \t,，]?[0-9]{1,3}[ \t]?[A-F]?[号號座]{0,2}(?:[上中下]铺)?|"
    r"[0-9]{1,2}[A-K](?![0-9A-Za-z])座?))"
)
_PASSENGER = re.compile('(?:旅客|乘客|乘机人|乘车人|订票人|购票人|乘機人)(?:姓名)?[:："|\t=]')
_RIDES = re.compile(
    r"乘坐|搭乘|[乘坐][了的着]?是?[ \t]?[A-Z0-9]|航班|班次|车次|列车|高铁|动车|火车|飞机|登机|值机|改签|"
    r"抢到|(?i:flight|train)|機票|車次"
)
_GUEST = re.compile("(?i)guest|passenger|traveller|trip|your stay|dear |itinerary|booking|check(?:ed)?[ -]?in")
_STAYS = re.compile("入住|住在|住了|住的?是|下榻|开房|开了|預訂|预订|订了|退房|(?i:stay|check)")

_KINDS = (
    "二等座|一等座|商务座|特等座|硬卧|软卧|硬座|软座|无座|卧铺|经济舱|商务舱|头等舱|超级经济舱|二等|一等|經濟艙|商務艙"
)
_LEG = (
    r"(?:乘|坐|搭|搭乘|乘坐|订了?|訂了?|改签|抢到|高[铁鐵]|动车|航班|飞机|火车|回程|返程|当晚的)*[ "
    rf"]?{_RUN}[^{END}\n]{{0,20}}?"
    rf"(?:{_KINDS}|[0-9]{{1,3}}[A-K](?![0-9A-Za-z])|飞[{HAN}]|往[{HAN}]|到[{HAN}]|[去抵][了达]?[{HAN}]|下铺|上铺|中铺|"
    rf"[车車][厢廂]?[0-9]|(?i:seat|depart|[A-Z]{{3}}-[A-Z]{{3}}))[^{END}，,\n]{{0,12}}"
)
_NIGHT = (
    "(?:[0-9一二两兩三四五六七八九十]{1,2}[晚夜]|续住|續住|大床|双床|雙床|标间|標間|单间|套房|连住|入住|离店|退房|住宿)"
)
_LODGING = (
    rf"(?:住|宿|入住|续住|下榻|借宿|预订|订|開|开)[了在到过于]?[^{END}，,\n]{{0,16}}?(?:酒店|宾馆|賓館|旅馆|旅店|旅社|"
    rf"民宿|客栈|招待所|饭店|公寓|青旅|快捷|[0-9]{{3,4}}[ ]?(?:房|室|号))[^{END}，,\n]{{0,14}}"
)
_ROOM_NIGHT = rf"(?<![0-9A-Za-z.])[A-Z]?[0-9]{{3,4}}[ ]?(?:房|室|号房)?[ ]?{_NIGHT}[^{END}，,\n]{{0,10}}"
_ENGLISH_STAY = (
    r"(?i:(?:(?:checked in(?:to)?|stay(?:ed|ing)?|hotel|room|suite|deluxe|twin|king|guest ?house|airbnb|"
    r"hostel)[^.;\n]{0,32}(?:nights?|room|[0-9]{3,4})"
    r"|(?:train|flight|coach|ferry) [A-Z0-9]{2,8}[^.;\n]{0,32}(?:seat|coach|car|berth|"
    r"depart)[^.;\n]{0,12})[^.;\n]{0,24})"
)


class TravelRecognizer(ClauseRecognizer):
    """Finds where a person travelled and stayed, by numbers of train, flight, seat, room (GB/T 35273-2020 annex B)."""

    entities: ClassVar = ("LODGING_TRAVEL",)
    cues: ClassVar = (
        Cue("[A-Z0-9][A-Z]?[ -]?[0-9]{1,4}", before=40, after=WIDEST + 48),
        Cue("住|宿|下榻|预订|订|开|開|晚|夜|床|标间|標間|单间|套房|离店|退房", before=48, after=WIDEST + 48),
        Cue(
            "(?i:checked in|stay|hotel|room|suite|deluxe|twin|king|guest ?house|airbnb|hostel|train|flight|coach)|"
            "(?i:ferry)",
            before=28,
            after=WIDEST + 96,
        ),
        Cue(_RIDES.pattern, before=96, after=120),
        Cue("[0-9][ \t]?[车車][厢廂]?[ \t,，]?[0-9]", before=72, after=16),
        Cue(r"[0-9]{3,4}[ \t]?(?:号|室|房|號房)", before=48, after=4),
        Cue(words(f"{_TICKETS} {_ROOMS} {_STAY_DATES} {_SEATS}"), before=0, after=REACH + 24),
        Cue(words("入住 住在 住进 下榻"), before=0, after=40),
    )
    matter: ClassVar = re.compile(
        "住|[晚夜](?!上)|航班|[车車]次|座|房|离店|入住|返程|回程|[卧下上中]铺|舱|第[0-9]+[车車]|(?i:seat|room|nights?|"
        "depart|hotel|coach|arriv)"
    )
    expressions: ClassVar = (
        re.compile(f"(?<![0-9A-Za-z\\-])(?P<leg>{_LEG})"),
        re.compile(f"(?P<leg>{_LODGING})"),
        re.compile(f"(?P<leg>{_ROOM_NIGHT})"),
        re.compile(f"(?<![A-Za-z])(?P<trip>{_ENGLISH_STAY})"),
        re.compile(rf"(?<![0-9A-Za-z\-])(?P<run>{_DATE}{_RUN}{_SEAT}?)"),
        re.compile(f"(?P<stay>{_HOTEL}{_ROOM})"),
        re.compile(f"{words('入住 入住于 住在 住进 下榻 下榻于')}(?:了|的是)?[ \t]?(?P<hotel>{_HOTEL})"),
        re.compile(rf"(?<![A-Za-z]){words(_ROOMS)}{LINK}(?P<room>[A-Z]?[0-9]{{3,4}}(?![0-9A-Za-z]))"),
        labelled(_SEATS, rf"(?=[0-9]{{1,2}} ?[车車A-K]){_SEAT}"),
        labelled(_STAY_DATES, r"[0-9]{4}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}日?"),
        labelled(
            _TICKETS,
            (
                r"(?:[0-9]{3}-?[0-9]{10}|[A-Z]{1,2}[0-9]{6,10}|(?=[A-Z]{0,5}[0-9])[A-Z0-9]{6}|"
                r"[0-9]{10})(?![0-9A-Za-z])"
            ),
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a seat or the verb of travelling of a person, of a room its hotel, of a hotel its guest."""
        kind = match.lastgroup or "value"
        start, end = match.span(kind)
        if kind in {"leg", "trip"}:
            is_trip = kind == "trip" and _GUEST.search(text, max(0, start - REACH + 1), end + REACH - 1)
            is_kept = is_trip or is_of_record(text, start, start, end)
            is_kept = is_kept or (kind == "leg" and is_about_person(text, start, start, end))
            return Found(start, end, "LODGING_TRAVEL", 630) if is_kept else None
        near = text[max(0, start - 24) : end + 12]
        if kind == "value":
            return value_of(match, "LODGING_TRAVEL", 720)
        if kind == "run":
            is_kept = bool(_RIDES.search(near) or re.search("[车車]", match[kind])) and (
                bool(re.search(_SEAT + "$", match[kind]))
                or bool(_PASSENGER.search(text, max(0, start - REACH + 1), end + REACH - 1))
                or is_about_person(text, start, start, end, is_form=True)
            )
        elif kind == "hotel":
            is_kept = is_about_person(text, match.start(), start, end)
        else:
            is_kept = bool(_STAYS.search(near)) or (kind == "stay" and is_about_person(text, start, start, end))
        is_near = start - match.start() < REACH
        return Found(start, end, "LODGING_TRAVEL", 640) if is_kept and is_near else None
