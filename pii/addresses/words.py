"""The words of Chinese addresses as parts of expressions: numbers, units, kinds of names, and where names end.

In simplified characters. Own compilation; levels follow GB/T 23705-2009 (地名/地址编码规则): administrative area,
street or village, gate number, building, unit, storey, room.
"""

_ARABIC = r"(?<![0-9.])[0-9]{1,5}(?:[\-—~之、/][0-9]{1,5}){0,3}[A-Za-z]?"
_LETTERED = r"(?<![A-Za-z0-9])[A-Za-z]{1,2}(?:-?[0-9]{1,5}(?:-[0-9]{1,5})?)?"
_HAN = r"[一二三四五六七八九十百零〇两]{1,6}"
NUMBER = rf"[甲乙丙丁]?(?:{_ARABIC}|{_LETTERED}|{_HAN}|[某*Xx×]{{1,3}})[甲乙丙丁]?"

GATE = "号(?:大?院|弄|院内)?|弄|巷"
"""What a number on the street ends with (门牌)."""
HOUSE = (
    "号?(?:栋|幢|座|舍)|#楼?|号(?:宿舍|教学|公寓|办公|家属)?楼|号别墅|号公寓|单元|梯|区|期|段|邻|排"
    "|(?:村民|居民)?小?组|队|社"
)
ROOM = "号?[室房]|户|层|楼|F(?![A-Za-z0-9])"
UNIT = f"{HOUSE}|{ROOM}|{GATE}|门"
UNIT_LASTS = frozenset("栋幢座舍#楼墅寓元梯区期段邻排组队社室房户层F号院弄内巷门")
"""Last characters of :data:`UNIT`: behind any other nothing needs to be tried."""

ROAD = (
    "大街|大道|公路|胡同|里弄|弄堂|环路|道[中东西]|大?马路|(?<=[0-9])[国省县]道|(?<=[东南西北二三四五])环"
    "|(?<![铁公电线网链回思套出管油水半顺道马])路|(?<![上逛])街|(?<=[一二三四五六七八九十])条|[巷弄]"
    "|(?<![街轨频通管渠跑车隧航河水味知力赤人报国省县铁])道"
    "|(?<![公这那手家心城海邻哪夜屋嘴眼院店村厂室车校区园市县乡楼场库圈季万千百十])里"
)
VILLAGE = (
    "[镇乡屯庄寨坊堡塘]|(?<![农全本乡同])村|村委会|居委会|社区|街道(?:办事处|办)?|苏木|嘎查|农场|林场|牧场"
    "|门[外内]|河沿|(?<![台海港])湾|(?<!本)营|[岩沟坡岗洼坝坟庙甸峪坎墩坳垅窑]"
)
AREA = "[省市县旗盟州]|(?<!小)区"
HOME = (
    "小区|花园|花苑|家园|嘉园|新苑|新村|公寓|大厦|宿舍[楼区]?|家属[院楼区]|大院|山庄|别墅|豪庭|华庭|名庭|雅苑"
    "|佳苑|公馆|官邸|大邸|雅居|[苑园里][东南西北]|(?<![公校学乐])园|苑|邸|轩|墅|邨"
)
PLACE = (
    "广场|中心|大楼|商厦|商城|新城|酒店|宾馆|饭店|写字楼|国际|大学|学院|学校|中学|小学|医院|校区|公司|集团|园区"
    "|工业园|科技园|产业园|(?<!号)[府庭阁居湾院厂城楼台]"
)
"""What may hold houses and rooms of its own, but is often only spoken of."""

DIRECTIONS = "东南西北中前后上下内外一二三四五六七八九十新老"
"""What may stand between a name and its level, and is no name by itself."""
NUMBER_NAMES = frozenset({"五一", "八一", "七一", "三八", "五四", "一二九", "二七"})
"""Days after which streets are named."""
STRONG_STOPS = (
    *"的在于是了住到往给把被",
    *("位于", "坐落", "座落", "地址", "地点", "住址", "住所", "籍贯", "户籍", "户口", "居住", "此次", "前往", "抵达"),
    *("赶赴", "附近", "门口", "有限公司", "以及", "我们", "他们", "这个", "那个"),
)
"""Words that no name goes beyond."""
WEAK_STOPS = frozenset("至从由与和及或为将对让去来赴距沿经过我你他她它这那该而且但则却也都就还又很等有没会时日第某")
"""Characters that no name goes beyond if enough of it is left, and if no level ends before them."""
INITIALS = frozenset("来和向至会有")
"""Of the weak stops, those with which a name may begin where nothing stands before."""
LABELS = "地址|住址|住所|住处|地点|家住|住在|住|位于|坐落[于在]|座落[于在]|收货|收件|寄到|寄往|送到"
"""What stands before an address; a name and a number behind it need no region."""

NO_GATE = (
    "线|令|文|公告|通知|台风|机|选手|球员|种子|位|馆|厅|出|口|桥|井|矿|船|舰|车|柜|站|码头|高速|公路|国道|信号|标"
    "|提案|议案|决议|案|汽油|柴油|病|染|元素|嘉宾|项|发动|门|土地|坑|墓|窟|洞|池|场|球|仓|炉|泵|电|地块|地铁|地标"
    "|楼梯|产品|作品|卫星|火箭|[上下]午|晚|早|凌晨|起|前|开|至|到|之前|以"
)
"""What a number before it belongs to, so that it is no gate; asked where nothing stronger speaks for an address."""
NO_GATE_ON_ROAD = "线|令|文件|台风|出?口|公交|站台"
