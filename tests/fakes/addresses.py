"""Invented addresses in many writings: real regions and common street names, numbers drawn at random."""

import random
from collections.abc import Iterator


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


_REGIONS = _words(
    "浙江省杭州市西湖区 北京市朝阳区 上海市浦东新区 广东省深圳市南山区 四川省成都市武侯区",
    "江苏省南京市鼓楼区 湖北省武汉市洪山区 陕西省西安市雁塔区 山东省青岛市市南区 重庆市渝北区",
    "福建省厦门市思明区 辽宁省大连市沙河口区 天津市河西区 河南省郑州市金水区 湖南省长沙市岳麓区",
    "云南省昆明市五华区 黑龙江省哈尔滨市南岗区 新疆维吾尔自治区乌鲁木齐市天山区",
    "内蒙古自治区呼和浩特市赛罕区 广西壮族自治区南宁市青秀区 宁夏回族自治区银川市兴庆区",
    "吉林省延边朝鲜族自治州延吉市 云南省西双版纳傣族自治州景洪市 海南省海口市美兰区",
    "西藏自治区拉萨市城关区 青海省西宁市城中区 甘肃省兰州市城关区 贵州省贵阳市云岩区 江西省南昌市红谷滩区",
    "安徽省合肥市包河区 杭州西湖区 北京朝阳 上海浦东 深圳南山 上海 广州 成都市 苏州工业园区",
    "浙江宁波鄞州区 河北省石家庄市",
)
_COUNTIES = _words(
    "湖南省宁乡市双江口镇 河南省信阳市罗山县莽张镇 四川省成都市双流区黄甲街道 山东省潍坊市昌乐县五图街道",
    "广东省梅州市大埔县湖寮镇 贵州省黔东南苗族侗族自治州凯里市三棵树镇 江苏省徐州市睢宁县王集镇",
    "甘肃省临夏回族自治州临夏县土桥镇 陕西省宝鸡市岐山县蔡家坡镇",
)
_ROADS = _words(
    "文三路 中山北路 建国路 和平大街 解放南路 人民东路 张杨路 深南大道 科华北路 学院路 向阳街 珞喻路",
    "太平巷 延安西路 东风大道 翠竹路 凤凰大街 南锣鼓巷 帽儿胡同 新华路 北三环东路 创业一路 八一路",
    "芙蓉中路二段 和兴路 来广营西路 永和路 为民路 五一大道 滨河路 长江西路 至善路 将军路 过街巷",
    "朝阳门外大街 北京南路 长安街",
)
_HOMES = (
    "阳光小区",
    "翠苑新村",
    "金色家园",
    "东方花园",
    "锦绣花园",
    "丽都花苑",
    "碧水公寓",
    "世纪嘉园",
    "望江山庄",
    "幸福里小区",
    "中海名庭",
)
_BUILDINGS = ("银座大厦", "国际商务大厦", "天元公寓", "财富广场", "中天大厦")
_VILLAGES = ("双江口村", "天桥村", "王家庄村", "南坪村", "李家屯", "上坝村", "和平村", "东风社区")
_HAN = "零一二三四五六七八九"
_LEADS = (
    "",
    "地址：",
    "住址:",
    "我家住在",
    "现住",
    "家庭住址：",
    "收货地址是",
    "位于",
    "请寄到",
    "户籍所在地：",
    "昨天他搬到了",
    "快递送到",
    "公司在",
    "，",
    "姓名：王某，地址：",
    "\n",
    "Address: ",
    '{"address": "',
    "<td>",
    "| ",
    "住",
)
_TAILS = ("", "，", "。", "\n", '"}', "</td>", " |", "，电话见下", "（近地铁）", "的房子", "，邮编310012", "；", "收")
_TRADITIONAL = (
    "台北市信義區信義路五段{n}號{f}樓之{r1}",
    "新北市板橋區文化路一段{n}巷{b}弄{r1}號",
    "高雄市三民區建國三路{n}號{f}樓",
    "臺中市西屯區臺灣大道三段{n}號",
    "香港九龍旺角彌敦道{n}號旺角中心{f}樓{l}室",
    "香港中環皇后大道中{n}號{f}樓",
    "香港新界沙田沙角邨美雁樓{f}樓{r}室",
    "九龍觀塘道{n}號",
    "澳門新馬路{n}號{f}樓{l}座",
    "臺北市大安區忠孝東路四段{n}號{f}樓",
    "廣東省廣州市天河區體育西路{n}號{b}棟{r}室",
    "北京市東城區張自忠路{n}號",
)
_ENGLISH = (
    "Room {r}, Building {b}, No. {n} Wensan Road, Xihu District, Hangzhou",
    "Room {r}, Building {b}, No. {n} Zhangyang Road, Pudong District, Shanghai",
    "Flat {l}, {f}/F, Wing Lee Building, {n} Nathan Road, Kowloon, Hong Kong",
    "No. {n} Jianguo Road, Chaoyang District, Beijing 100022, China",
    "Unit {b}-{r}, Lane {n}, West Nanjing Road, Jing'an District, Shanghai, P.R. China",
    "{n} Zhongshan North Road, Gulou District, Nanjing, Jiangsu Province, China",
    "Rm {r}, Bldg {b}, {n} Xueyuan Rd., Haidian District, Beijing",
    "Floor {f}, Jinmao Tower, No.{n} Century Avenue, Shanghai",
)


def _han(number: int) -> str:
    """Return a number below 1,000 as people write it: 一百二十三."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_HAN[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_HAN[ones] if ones else "")


def _home(rng: random.Random) -> str:
    """Return house, unit and room, or nothing."""
    house, unit, room = rng.randint(1, 40), rng.randint(1, 6), rng.randint(1, 30) * 100 + rng.randint(1, 8)
    return rng.choice(
        (
            f"{house}栋{unit}单元{room}室",
            f"{house}号楼{unit}单元{room}",
            f"{house}幢{room}室",
            f"{house}-{unit}-{room}室",
            f"{room}室",
            f"{house}栋{room}",
            f"{house}座{room}房",
            f"{rng.choice('ABC')}座{room}室",
            f"{_han(house)}栋{_han(unit)}单元{room}号",
            f"{house}号楼{room}室",
            f"{unit}单元{room // 100}楼{room}室",
            f"{house}幢{unit}单元{room // 100}层东户",
            f"{rng.choice('ABC')}栋{room}室",
        )
    )


def _urban(rng: random.Random) -> str:
    number = rng.choice(
        (
            f"{rng.randint(1, 3000)}号",
            f"{_han(rng.randint(1, 300))}号",
            f"{rng.randint(1, 200)}-{rng.randint(1, 9)}号",
            f"{rng.randint(100, 3000)}弄{rng.randint(1, 90)}号",
            f"甲{rng.randint(1, 90)}号",
            f"{rng.randint(1, 90)}号院",
        )
    )
    road = rng.choice(_ROADS)
    return rng.choice(
        (
            f"{rng.choice(_REGIONS)}{road}{number}",
            f"{rng.choice(_REGIONS)}{road}{number}{_home(rng)}",
            f"{rng.choice(_REGIONS)}{road}{number}{rng.choice(_HOMES)}{_home(rng)}",
            f"{rng.choice(_REGIONS)}{rng.choice(_HOMES)}{_home(rng)}",
            f"{road}{number}{rng.choice(_BUILDINGS)}{rng.randint(2, 30)}层{rng.randint(201, 3008)}室",
            f"{road}{number}{_home(rng)}",
            f"{road}{number}",
            f"{rng.choice(_HOMES)}{_home(rng)}",
        )
    )


def _rural(rng: random.Random) -> str:
    number = rng.randint(1, 300)
    part = rng.choice(
        (
            f"{number}号",
            f"{_han(number % 12 + 1)}组",
            f"{number % 12 + 1}组{number}号",
            f"第{_han(number % 12 + 1)}村民小组",
            f"{_han(number % 9 + 1)}队",
        )
    )
    return f"{rng.choice(_COUNTIES)}{rng.choice(_VILLAGES)}{part}"


def _filled(rng: random.Random, forms: tuple[str, ...]) -> str:
    return rng.choice(forms).format(
        n=rng.randint(1, 900),
        f=rng.randint(2, 30),
        b=rng.randint(1, 30),
        r=rng.randint(201, 3008),
        l=rng.choice("ABCDEF"),
        r1=rng.randint(1, 9),
    )


def address(rng: random.Random) -> str:
    """Return an address in one line, in simplified or traditional characters or English."""
    return rng.choices(
        (_urban, _rural, lambda it: _filled(it, _TRADITIONAL), lambda it: _filled(it, _ENGLISH)), (70, 15, 8, 7)
    )[0](rng)


def _disguised(rng: random.Random, plain: str) -> str:
    kind = rng.randrange(10)
    if kind == 0:
        return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in plain)
    if kind == 1 and not plain.isascii():
        return plain.replace("省", "省 ").replace("市", "市 ", 1).replace("号", " 号").strip()
    if kind == 2:
        middle = len(plain) // 2
        return plain[:middle] + "\u200b" + plain[middle:]
    return plain


def material() -> tuple[str, ...]:
    """Return parts of addresses and what stands between them, to make nonsense of."""
    parts = (
        "号",
        "室",
        "栋",
        "号楼",
        "单元",
        "路",
        "街",
        "区",
        "市",
        "村",
        "组",
        "号线",
        "上海",
        "北京",
        "海北",
        "南",
        "山",
        "东",
        "五一",
        "的",
        "在",
        "来",
        "到",
        "和",
        "一",
        "二",
        "3",
        "12",
        "88",
        "A",
        "-",
        " ",
        "，",
        "、",
        "\n",
        "小区",
        "大厦",
        "中心",
        "之",
        "附",
        "第",
        "#",
        "文",
        "层",
        "Road",
        "No. 5 ",
        "Lane 3, ",
        "Room 5, ",
        " Shanghai",
        ", ",
        " Building",
    )
    return (*parts, *_REGIONS, *_ROADS, *_HOMES, *_VILLAGES)


def writings(count: int, seed: int) -> Iterator[tuple[str, int, int]]:
    """Yield texts with one address each, and where it stands, half-open, in code points."""
    rng = random.Random(seed)
    for _ in range(count):
        lead, value, tail = rng.choice(_LEADS), _disguised(rng, address(rng)), rng.choice(_TAILS)
        yield lead + value + tail, len(lead), len(lead) + len(value)
