"""Biometric features in writing (个人生物识别信息): templates, vectors and genes behind the word that names them.

GB/T 35273-2020 annex B 个人生物识别信息 (个人基因、指纹、声纹、掌纹、耳廓、虹膜、面部识别特征), GB/T 45574-2025 annex A
生物识别信息, GB/T 40660-2021. Covered is the value: hexadecimal or Base64, a vector of numbers, bases, STR loci.
Pictures, sound and files are for people; so is the rest of a vector longer than the longest find.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.clauses import WIDEST, ClauseRecognizer
from pii.recognizers.cued import Found
from pii.recognizers.subjects import is_about_person, is_of_record
from pii.recognizers.words import labelled, value_of, words

_TRAITS = "指纹 人脸 面部 脸部 虹膜 声纹 掌纹 掌静脉 指静脉 耳廓 步态"
_FORMS = "模板 模版 模板数据 特征 特征值 特征码 特征向量 特征数据 特征模板 识别特征 向量 数据 编码 哈希 信息"
_ENGLISH = [
    f"{trait}_{form}"
    for trait in ("fingerprint", "face", "facial", "iris", "voiceprint", "voice", "palm", "palmprint")
    for form in ("template", "embedding", "vector", "feature", "features", "encoding", "descriptor", "data", "hash")
]
_LABELS = " ".join(
    [*(trait + form for trait in _TRAITS.split() for form in _FORMS.split()), *_ENGLISH, "faceprint voiceprint"]
)
_GENES = "基因序列 基因组序列 DNA序列 基因测序 测序结果 基因检测 基因数据 DNA数据 DNA DNA_sequence gene_sequence genome"
_FLOAT = r"[\-+]?[0-9]?[0-9]?\.[0-9]{2,14}(?:[eE][\-+]?[0-9]{1,3})?"
_VECTOR = rf"{_FLOAT}(?:[ \t\n]{{0,2}}[,， ][ \t\n]{{0,2}}{_FLOAT}){{3,15}}"
_BLOB = (
    "(?:0x)?(?=[A-Fa-f0-9]{16})[A-Fa-f0-9]{16,480}(?![A-Za-z0-9])|"
    "(?=[A-Za-z+/]{0,40}[0-9+/])(?=[^a-z]{0,40}[a-z])[A-Za-z0-9+/]{20,480}={0,2}"
)
_GENOTYPE = re.compile("基因型|genotype")
_SAMPLE = re.compile("受检者|受试者|送检|样本编号|亲子鉴定|个人")
_LOCUS = (
    r"(?:D[0-9]{1,2}S[0-9]{2,4}|TH01|TPOX|FGA|vWA|CSF1PO|Amelogenin|Penta ?[DE])[ "
    r"\t:：=(（]{1,3}[0-9XY.]{1,4}[ \t]?[,，/、][ \t]?[0-9XY.]{1,4}"
)

_TAKEN = (
    "指纹 指模 人脸 人脸照片 人脸底库 面部 面容 容貌 虹膜 声纹 掌纹 掌静脉 指静脉 耳廓 步态 DNA 基因 口腔拭子 血卡 "
    "血样 唾液样本 毛发样本 "
    "基因检测报告 刷脸 faceprint fingerprint fingerprints iris_scan voiceprint face_scan retina_scan palm_print"
)
"""What is taken of a person; beside words of a record it is one's."""


class BiometricRecognizer(ClauseRecognizer):
    """Finds feature values of fingerprint, face, iris, voice, palm and genes (GB/T 35273-2020 annex B)."""

    entities: ClassVar = ("BIOMETRIC",)
    cues: ClassVar = (
        Cue(words(_TAKEN), before=64, after=WIDEST + 24),
        Cue(words(_LABELS), before=0, after=560),
        Cue(words(_GENES), before=0, after=560),
        Cue("基因型|(?i:genotype)", before=16, after=12),
        Cue("D[0-9]{1,2}S[0-9]{2,4}|TH01|TPOX|CSF1PO|FGA|vWA|Amelogenin|Penta", before=16, after=420),
    )
    matter: ClassVar = re.compile(
        "指纹|指紋|指模|虹膜|DNA|声纹|聲紋|人脸|面部|容貌|掌纹|样本|比对|采集|录入|模板|相似度|[拇食中]指|十指|左右手|"
        "血卡|静脉"
    )
    expressions: ClassVar = (
        re.compile(
            "(?P<bare>(?:[左右双][侧手眼]?|[拇食中小]指|十指|本人|正面?脸?|侧脸|和|及|的|"
            f"口腔){{0,5}}(?<![A-Za-z]){words(_TAKEN)}"
            f"(?:{words(_FORMS)}|照片|图像|影像|样本)?)(?![A-Za-z])"
        ),
        labelled(_LABELS, f"{_VECTOR}|{_BLOB}"),
        labelled(_GENES, r"(?:5['′]-?)?[ACGTUNacgtun](?:[ \-]?[ACGTUNacgtun]){19,230}(?![A-Za-z])"),
        re.compile(
            rf"(?<![A-Za-z0-9])(?P<value>{_LOCUS}(?:[)）]?[ \t\n]{{0,2}}[,，;；、 ]?[ \t]{{0,2}}{_LOCUS}){{1,14}})"
        ),
        re.compile(
            r"(?<![A-Za-z0-9])(?P<value>(?:rs[0-9]{3,9}|[A-Z0-9]{3,8})[ \t]?(?:基因型|genotype)[ "
            r"\t:：]{0,3}[ACGT]/?[ACGT](?![A-Za-z]))"
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand of genes that they are somebody's: those of viruses and of many are written in the same letters."""
        if match.lastgroup == "bare":
            start, end = match.span()
            return Found(start, end, "BIOMETRIC", 620) if is_of_record(text, start, start, end) else None
        start, end = match.span("value")
        is_gene = not set(match["value"].upper()) - set("ACGTUN -5'′") or _GENOTYPE.search(match["value"])
        is_somebodys = is_about_person(text, match.start(), start, end, is_form=True) or _SAMPLE.search(
            text, max(0, start - REACH + 1), start
        )
        if is_gene and not is_somebodys:
            return None
        return value_of(match, "BIOMETRIC", 870)
