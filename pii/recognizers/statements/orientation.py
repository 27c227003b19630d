"""Sexual orientation and life of a person (性取向、性生活): said of somebody, or a field of a form.

GB/T 35273-2020 annex B 其他信息, GB/T 45574-2025 annex A 特定身份信息. Covered is the orientation or the act. The words
in debate, statutes and teaching are left; so is to people what is only implied by a partner.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.clauses import WIDEST
from pii.recognizers.spoken import SpokenRecognizer
from pii.recognizers.statements.belief import IS
from pii.recognizers.words import NAMED, labelled, words

_ORIENTATIONS = (
    "同性恋者 同性恋 双性恋者 双性恋 无性恋者 无性恋 泛性恋者 泛性恋 异性恋者 异性恋 跨性别者 跨性别 "
    "变性人 男同 女同 拉拉 "
    "gay lesbian bisexual homosexual heterosexual transgender asexual pansexual"
)
_FIELDS = "性取向 性倾向 性向 sexual_orientation"
_ACTS = (
    "出柜 有过一夜情 发生一夜情 性伴侣 婚外性行为 婚外性关系 发生过性关系 发生了性关系 发生性关系 "
    "发生过性行为 came_out_as"
)
_OWNS = (
    "(?:属于|屬於|承认|承認|坦言|坦白|自称|自稱|自己|向家人|(?i:as|identif(?:y|ies) as))[ \t]?(?:是|为|"
    "為)?(?:一?[名个個])?"
)


_LIKES = (
    "(?:只|其实|從來|从来|一直|更|就)?(?:喜欢|喜歡|爱|愛)(?:的是)?(?:男|女|同性|异性)(?:生|人|的|孩|"
    "性)?(?=[，,。；;！!）)”」\\s]|$)"
    "|对[男女](?:人|生|性)(?:都)?(?:没有?|无|有)(?:感觉|兴趣|欲望)|(?:交往|结婚|恋爱)(?:对象|對象)[为為是][男女]性?|"
    "弯的(?=[，,。；;！!]|$)"
    "|形婚|[男女]同志|同志身[份分]|同妻|同直婚|攻受|约炮|约砲|一夜情|多人运动|婚外情|出轨|(?:跟|和|与)[男女]网友约"
    "|(?:无|没有?|有|缺乏)?(?:性生活|夫妻生活|房事)(?![教指])|性伴侣|安全套|性冷淡|性功能障碍|(?i:same-sex partner|"
    "his husband|her wife)"
)
"""What tells of orientation and life without its name."""


class OrientationRecognizer(SpokenRecognizer):
    """Finds the sexual orientation and life of a person (GB/T 35273-2020 annex B, 性取向)."""

    entities: ClassVar = ("SEX_ORIENT",)
    cues: ClassVar = (
        Cue(words(f"{_ORIENTATIONS} {_ACTS}"), before=48, after=WIDEST + 16),
        Cue(
            "[男女性弯]|同[妻直]|攻受|安全套|房事|夫妻生活|约[炮砲]|一夜情|婚外情|出轨|(?i:same-sex|husband|wife)",
            before=48,
            after=WIDEST + 48,
        ),
        Cue(words(_FIELDS), before=0, after=REACH),
    )
    matter: ClassVar = re.compile(
        "男|女|同性|约|约会|伴侣|伴侶|对象|對象|安全套|性[^质格能]|gay|partner|喜欢|喜歡|出轨|家人"
    )
    expressions: ClassVar = (
        re.compile(f"(?<![A-Za-z不])(?P<said>{_LIKES})"),
        re.compile(f"(?<![A-Za-z不])(?P<bare>{words(_ORIENTATIONS)})(?![A-Za-z])"),
        re.compile(f"(?<![A-Za-z不])(?:{IS}|{_OWNS})(?P<said>{words(_ORIENTATIONS)})(?![A-Za-z])"),
        re.compile(f"(?<![A-Za-z])(?P<said>{words(_ACTS)})(?![A-Za-z])"),
        labelled(
            _FIELDS,
            f"(?:{words(_ORIENTATIONS)}|[男女](?=[性\"'|,，。<\n ]|$))(?![A-Za-z])",
            NAMED,
        ),
    )
    general: ClassVar = re.compile(
        r"[ \t]?(?:权|权利|婚姻|群体|人群|话题|题材|问题|运动|电影|平权|歧视|们|們|国家|文化|社区|酒吧|的(?:权|"
        r"电影|故事|人|幼女|对象))"
    )
