"""Sentences for the example corpus, all written for it, and the patterns that join them."""

from dice import Dice

_DISHES = (
    "番茄炒蛋",
    "清蒸鲈鱼",
    "红烧茄子",
    "土豆炖牛腩",
    "蒜蓉西兰花",
    "冬瓜排骨汤",
    "麻婆豆腐",
    "葱油拌面",
    "香菇滑鸡",
    "凉拌木耳",
    "小炒黄牛肉",
    "南瓜小米粥",
)
_GOODS = ("姜片", "蒜末", "小葱", "料酒", "生抽", "老抽", "白胡椒粉", "冰糖", "香醋", "淀粉", "干辣椒", "花椒", "香油")
_CUTS = ("切滚刀块", "切薄片", "切细丝", "拍碎", "撕成小朵", "改花刀")
_TASTES = ("口味偏清淡", "汤汁浓稠", "略带甜味", "香气很足", "辣而不燥", "老人孩子都爱吃")
_WEATHER = ("天刚亮", "雨后初晴", "入夜以后", "午后起风", "下了一夜小雪", "太阳快落山")
_PLACES = (
    "城北的老茶馆",
    "河堤边的步道",
    "单位门口的公交站",
    "新开的社区图书馆",
    "山脚的果园",
    "旧货市场",
    "小区的羽毛球场",
    "博物馆东侧的展厅",
)
_HOBBIES = (
    "养多肉",
    "骑车通勤",
    "拍星空",
    "修旧收音机",
    "学手风琴",
    "种阳台番茄",
    "观鸟",
    "练毛笔字",
    "跑半程马拉松",
    "做木工",
)
_ADVICE = (
    "先把工具备齐，再慢慢琢磨手法。",
    "不要贪快，每天二十分钟就够了。",
    "我的经验是记一本小册子，错在哪里一目了然。",
    "入门不用买贵的，借一套试试最划算。",
    "多问问附近的老手，比看视频管用。",
    "天气一变就得调整，照搬别人的办法不行。",
    "头一个月进步最慢，熬过去就顺了。",
    "记得留出休息的时间，手酸了就停。",
)
_FEELINGS = ("心里很踏实", "觉得没白忙", "有点舍不得离开", "忍不住笑出声", "想起小时候", "打算下周再来")
_ISSUES = (
    "租房押金不退",
    "网购商品与描述不符",
    "试用期被辞退",
    "邻居装修漏水",
    "快递丢失",
    "健身卡商家闭店",
    "借条没有写利息",
    "共享单车乱扣费",
)
_STEPS = (
    "先收集聊天记录、付款凭证等材料，按时间排好顺序。",
    "可以和对方书面沟通一次，写明要求和期限。",
    "协商不成的，向当地的调解组织申请调解。",
    "金额不大的纠纷，可以走小额诉讼程序，时间短、费用低。",
    "超过时效的，要看有没有中断的情形。",
    "合同里写明的，一般先按合同约定处理。",
    "口头约定也有效力，只是举证会难一些。",
)
_PRODUCTS = ("电热水壶", "儿童手表", "空气净化器", "蓝牙音箱", "人体工学椅", "扫地机器人", "咖啡机", "雨伞")
_FAULTS = ("按键没有反应", "充不进电", "噪声忽然变大", "外壳有划痕", "说明书缺页", "无法连接网络", "指示灯一直闪")
_REPLIES = (
    "您好，这边先帮您登记，工程师会在一个工作日内联系。",
    "请您先断电五分钟，再按住电源键十秒试试。",
    "这一批次确实有同样的反馈，可以免费更换。",
    "已经为您申请上门取件，费用由我们承担。",
    "麻烦拍一张铭牌的照片，我们好确认型号。",
)
_ANSWERS = ("好的，谢谢。", "能快一点吗？", "那我等消息。", "需要保留包装吗？")
_SCIENCE = (
    ("为什么天空是蓝色的", "阳光穿过大气时，短波长的光更容易被空气分子散射，所以看上去是蓝色。"),
    ("冰为什么浮在水上", "水结冰时体积变大，密度变小，因此冰会浮起来。"),
    ("月亮为什么有圆缺", "月亮绕着地球转，被照亮的一面朝向我们的部分时多时少。"),
    ("彩虹是怎么形成的", "阳光在水滴里折射、反射，又分成不同颜色射出来。"),
    ("声音能在真空里传播吗", "不能，声音要靠介质的振动来传递。"),
    ("树叶秋天为什么变黄", "叶绿素分解以后，原来被盖住的黄色素显了出来。"),
    ("指南针为什么指向南北", "地球本身像一块大磁铁，磁针会顺着磁场方向停下。"),
    ("海水为什么是咸的", "河流把岩石里的盐分带进海里，水分蒸发，盐留了下来。"),
)
_ASKS = ("请用一句话解释：{}？", "给小学生讲讲，{}？", "{}？能举个生活里的例子吗？", "我总忘记{}，怎么记住？")
_CLOSES = (
    "换个说法：可以做个小实验来看。",
    "要点只有一个，记住原因就不会忘。",
    "生活里留心观察，很快就能见到。",
    "这个结论有不少实验支持。",
)
_CHORES = ("刮鱼鳞", "洗玻璃瓶", "收毛衣", "擦灶台", "养绿萝", "存干货", "去茶渍", "磨菜刀")
_TRICKS = ("滴几滴白醋", "撒一小撮盐", "垫一张旧报纸", "先用温水泡透", "顺着纹路来", "放两片橘子皮")
_IMAGES = ("青石", "渔火", "疏钟", "远山", "新竹", "晚渡", "薄雾", "归鸟", "残棋", "秋灯", "芦花", "炊烟")
_VERBS = ("照", "落", "寻", "问", "听", "送", "隔", "绕")
_QUIET = ("无言", "渐远", "入梦", "如旧", "成诗", "未眠", "初醒", "相宜")
_TERMS = (
    "语料",
    "分词",
    "去重",
    "抽样",
    "台账",
    "校验和",
    "编码",
    "许可",
    "标注",
    "审核",
    "批次",
    "来源",
    "复核",
    "留存",
)
_FIELDS = ("数据治理", "软件工程", "档案管理", "图书编目", "质量检验", "统计调查")
_CITIES = ("臺北", "高雄", "香港", "澳門", "花蓮", "九龍")
_TRIPS = (
    "沿著舊鐵道慢慢走，兩旁開滿了野薑花。",
    "老闆娘端來一碗熱湯，說是祖傳的做法。",
    "傍晚的碼頭很熱鬧，孩子們追著風箏跑。",
    "書店門口貼著手寫的詩句，讓人停下腳步。",
    "電車轉過街角，鐘聲剛好響起。",
    "雨停之後，屋簷還滴著水，貓從窗臺跳下來。",
)
_MODULES = ("scheduler", "parser", "cache", "logger", "uploader", "search index", "report builder", "queue")
_EVENTS = ("starts", "times out", "receives an empty file", "loses its connection", "is upgraded", "runs out of space")
_GUIDES = (
    "Read the configuration once at start and keep it unchanged while the process runs.",
    "Write the new file beside the old one and rename it when everything has been flushed.",
    "Prefer small functions that take what they need and return what they found.",
    "The default limits are meant for a laptop and should be raised on a server.",
    "Every message names the file and the position, so that nobody has to guess.",
    "Tests for this behaviour live next to the module and finish within a second.",
    "A failed attempt is tried again three times before the job gives up.",
    "Do not rely on the order of directory entries, because it differs between systems.",
)
_NAMES = ("total", "largest", "average", "distinct", "reverse", "window", "clamp", "chunks")
_BODIES = (
    "    out = []\n    for value in values:\n        out += [] if value in out else [value]\n    return out",
    "    return max(values) if values else 0",
    "    return sum(values) / len(values) if values else 0.0",
    "    return [values[at : at + size] for at in range(0, len(values), size)]",
    "    low, high = size, size * 2\n    return [min(max(value, low), high) for value in values]",
)
JAPANESE = (
    "今日は朝から雨が降っていたので、図書館でゆっくり本を読んで過ごしました。帰り道に小さな喫茶店を見つけました。",
    "この料理は弱火で煮込むのがこつです。焦らずに待てば、野菜の甘みがしっかり出てきます。",
)
FRENCH = (
    "Le marché du samedi commence avant le lever du soleil, et les habitués arrivent toujours avec leurs paniers.",
    "Pour réussir cette recette, il faut laisser reposer la pâte toute une nuit dans un endroit frais et sec.",
)


def recipe(dice: Dice) -> str:
    """Return a recipe in Chinese."""
    first, second, third = dice.several(_GOODS, 3)
    return (
        f"{dice.pick(_DISHES)}的做法：主料洗净后{dice.pick(_CUTS)}，加{first}和{second}腌{5 + dice.below(26)}分钟。"
        f"锅烧热，倒油{1 + dice.below(4)}勺，下{third}爆香，{dice.pick(('大火', '中火', '小火'))}翻炒"
        f"{2 + dice.below(9)}分钟，出锅前尝一下咸淡。{dice.pick(_TASTES)}，适合{2 + dice.below(5)}个人吃。"
    )


def post(dice: Dice) -> str:
    """Return a forum post in Chinese."""
    hobby = dice.pick(_HOBBIES)
    told = "".join(dice.several(_ADVICE, 1 + dice.below(3)))
    return (
        f"{dice.pick(_WEATHER)}，我去了{dice.pick(_PLACES)}，一路上都在想{hobby}的事。"
        f"坚持{hobby}已经{2 + dice.below(30)}个月了。{told}回来以后{dice.pick(_FEELINGS)}。"
    )


def law(dice: Dice) -> str:
    """Return a question about everyday law with its answer, in Chinese."""
    issue = dice.pick(_ISSUES)
    steps = "".join(dice.several(_STEPS, 2 + dice.below(3)))
    asked = dice.pick(("怎么办", "可以找谁", "需要准备什么", "能要求赔偿吗"))
    days = 2 + dice.below(20)
    return f"问：遇到{issue}，{asked}？已经过去{days}天了。\n答：{steps}以上仅供参考，具体情况请咨询专业人士。"


def chat(dice: Dice) -> str:
    """Return a customer-service talk in Chinese."""
    return (
        f"用户：上周买的{dice.pick(_PRODUCTS)}{dice.pick(_FAULTS)}，用了才{1 + dice.below(14)}天。\n"
        f"客服：{dice.pick(_REPLIES)}\n用户：{dice.pick(_ANSWERS)}\n"
        f"客服：{dice.pick(_REPLIES)}工单尾号{dice.digits(3)}。"
    )


def dialogue(dice: Dice) -> str:
    """Return an exchange about science in Chinese, as a model might write it."""
    question, answer = dice.pick(_SCIENCE)
    opening = dice.pick(("好的。", "没问题。", "简单说，", "可以这样理解：", "这是个好问题。", "一句话："))
    return f"提问：{dice.pick(_ASKS).format(question)}\n回答：{opening}{answer}{dice.pick(_CLOSES)}"


def poem(dice: Dice) -> str:
    """Return four lines of verse in Chinese."""
    images = dice.several(_IMAGES, 8)
    lines = [f"{images[at]}{dice.pick(_VERBS)}{images[at + 1]}{dice.pick(_QUIET)}" for at in (0, 2, 4, 6)]
    return f"《{images[0]}小札》\n{lines[0]}，{lines[1]}。\n{lines[2]}，{lines[3]}。"


def term(dice: Dice) -> str:
    """Return the explanation of a term in Chinese."""
    one, other = dice.several(_TERMS, 2)
    return (
        f"{one}：在{dice.pick(_FIELDS)}中，指围绕“{other}”开展的第{1 + dice.below(9)}类工作，"
        f"通常每{2 + dice.below(11)}周检查一次，并与{dice.pick(_TERMS)}、{dice.pick(_TERMS)}相互印证。"
    )


def tip(dice: Dice) -> str:
    """Return a household tip in Chinese."""
    first, second = dice.several(_TRICKS, 2)
    return f"{dice.pick(_CHORES)}的时候，{first}，再{second}，等{3 + dice.below(40)}分钟，省力又干净。"


def riddle(dice: Dice) -> str:
    """Return a riddle in Chinese."""
    one, other = dice.several(_IMAGES, 2)
    return (
        f"谜面：像{one}不是{one}，见了{other}就{dice.pick(_VERBS)}，{2 + dice.below(9)}个字。谜底下期揭晓，欢迎来猜。"
    )


def travel(dice: Dice) -> str:
    """Return a travel note in traditional Chinese characters."""
    told = "".join(dice.several(_TRIPS, 3))
    return f"第{2 + dice.below(8)}次來到{dice.pick(_CITIES)}，住了{2 + dice.below(9)}天。{told}"


def manual(dice: Dice) -> str:
    """Return a paragraph of software documentation in English."""
    module = dice.pick(_MODULES)
    told = " ".join(dice.several(_GUIDES, 3))
    return f"What happens when the {module} {dice.pick(_EVENTS)} after {2 + dice.below(58)} seconds? {told}"


def code(dice: Dice) -> str:
    """Return a Python function with a comment in English."""
    name = dice.pick(_NAMES)
    size = 2 + dice.below(60)
    return (
        f"# {dice.pick(_GUIDES)}\n# {dice.pick(_GUIDES)}\n"
        f'def {name}_{size}(values, size={size}):\n    """Return the {name} of the values that were given to this '
        f'function by its caller."""\n{dice.pick(_BODIES)}\n'
    )


def mixed(dice: Dice) -> str:
    """Return a Chinese text with English words in it."""
    return f"{post(dice)}顺便说一句，我的 README 里写着 “{dice.pick(_GUIDES)[:24]}”，同事看了都说好。"
