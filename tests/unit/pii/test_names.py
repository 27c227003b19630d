"""Names: what is found in plain sentences, the weights, the compiled model against the slow reading of it."""

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pii.names.finder import FIRM, STRETCH, Finder, stretches
from pii.names.inference import word_key
from pii.names.latin import latin_names
from pii.names.recognizer import NameRecognizer
from pii.names.weights import FILE, load, save
from provenance.errors import GovernanceError
from tests.fakes.slow_names import SlowNames, key

FINDER = Finder()
RECALL = Finder("recall")


def found(text: str, finder: Finder = FINDER) -> list[str]:
    """Return the names found, as they stand in the text."""
    return [text[name.start : name.end] for name in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("记者王晓明报道，会议由李国强主持。", ["王晓明", "李国强"]),
        ("昨天，张伟和刘芳去了北京。", ["张伟", "刘芳"]),
        ("出席会议的有陈建华、赵丽、欧阳志远等。", ["陈建华", "赵丽", "欧阳志远"]),
        ("姓名：周敏　性别：女", ["周敏"]),
        ("被告人孙某犯盗窃罪。", ["孙某"]),
        ("美国总统克林顿会见了约翰·史密斯。", ["克林顿", "约翰·史密斯"]),
        ("記者張曉華報導，會議由陳國強主持。", ["張曉華", "陳國強"]),
        ("联系人：Mary Brown，王先生不在。", ["Mary Brown", "王"]),
    ],
)
def test_names_in_plain_sentences(text: str, names: list[str]) -> None:
    """Names of all kinds are found in the sentences where they usually stand, whole and nothing else."""
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "大家都很高兴，于是时间过得很快。",
        "各方面都取得了成功，任何困难都不怕，周末金融市场张开双臂。",
        "中华人民共和国境内的公民应当遵守宪法和法律。",
        "他们把黄金和白银运到了江苏和安徽。",
        "方法的返回值为空时，任务不会启动。",
        "每天開車通勤，薑花開了，去花蓮看海。",
        "叶绿素吸收阳光，白糖和姜片小火慢炖。",
        "孤舟听晚钟，梅花照石桥。",
    ],
)
@pytest.mark.parametrize("finder", [FINDER, RECALL])
def test_words_that_begin_like_names(text: str, finder: Finder) -> None:
    """Ordinary words whose first character is a family name are no names."""
    assert found(text, finder) == []


def test_compiled_model_is_the_slow_one() -> None:
    """On short texts of names, words, dots and breaks the compiled model says what the plain reading of it says."""
    rng = random.Random(5)
    pieces = [
        "王",
        "小",
        "明",
        "克林",
        "顿",
        "约翰",
        "·",
        "的",
        "，",
        "高兴",
        "于",
        "是",
        "欧阳",
        "A",
        "1",
        "\n",
        "張",
        "先生",
        "说",
        "阿",
    ]
    slow = {name: SlowNames(load(), load().biases[name]) for name in ("balanced", "recall")}
    checked = total = 0
    while checked < 250:
        text = "".join(rng.choices(pieces, k=rng.randint(1, 7)))
        for name, finder in (("balanced", FINDER), ("recall", RECALL)):
            if (expected := slow[name].find(text)) is None:  # a tie, or too long for trying everything
                continue
            assert [tuple(each) for each in finder.gains(text)] == expected
            checked += 1
            total += len(expected)
    assert total > 50


def test_slow_reading_notices_another_bias() -> None:
    """A seeded fault, another bias, makes the two differ: the comparison above can fail."""
    weights = load()
    text = "王小明的"
    assert (
        SlowNames(weights, weights.biases["balanced"]).find(text) == [tuple(each) for each in FINDER.gains(text)] != []
    )
    assert SlowNames(weights, weights.biases["balanced"] + 1).find(text) != [tuple(each) for each in FINDER.gains(text)]


def test_keys_are_those_of_the_specification() -> None:
    """The compiled hash of a word is the one written down: numbers of 64 bits that overflow the same way."""
    for word in ("王子", "高兴", "办公室", "千方百计", "龘龘龘龘"):
        assert word_key(*(ord(char) for char in word.ljust(4, "\0"))) == key(word)


def test_plain_python_finds_the_same() -> None:
    """Where numba is missing names are still found, the same ones, and a notice says that it is slow."""
    text = "记者王晓明报道，美国总统克林顿会见了李国强。高兴的时候，于是说。"
    program = (
        "import sys; sys.modules['numba'] = None\n"
        "from pii.names.compiled import notice\nfrom pii.names.finder import Finder\n"
        f"print([tuple(each) for each in Finder().find({text!r})]); print(notice())"
    )
    command = [sys.executable, "-c", program]
    root = Path(__file__).resolve().parents[3]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=120)
    names, said = ran.stdout.splitlines()
    assert names == str([tuple(each) for each in FINDER.find(text)])
    assert "Numba" in said


def _first_name(cache: Path, before: str = "") -> str:
    """Find a name in a new process whose cache folder is this one; return the names and the notice."""
    program = (
        f"{before}\nfrom pii.names.compiled import notice\nfrom pii.names.finder import Finder\n"
        "print(len(Finder().find('记者王晓明报道。')), notice())"
    )
    root = Path(__file__).resolve().parents[3]
    environment = {"PATH": os.environ["PATH"], "HOME": str(cache), "XDG_CACHE_HOME": str(cache)}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert ran.stderr == ""
    return ran.stdout.strip()


def test_what_is_compiled_is_kept(tmp_path: Path) -> None:
    """The compiled model lies in the user's cache folder and is taken from there; damaged files are done without."""
    assert _first_name(tmp_path) == "1"
    kept = sorted(path for path in (tmp_path / "yuliao" / "compiled").rglob("*") if path.is_file())
    assert {path.suffix for path in kept} == {".nbi", ".nbc"}
    before = [path.stat().st_mtime_ns for path in kept]
    assert _first_name(tmp_path) == "1"
    assert [path.stat().st_mtime_ns for path in kept] == before
    for path in kept:
        path.write_bytes(path.read_bytes()[:40])
    assert _first_name(tmp_path).startswith("1 ")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Where numba can keep nothing, every process compiles, names are found, and the notice says so."""
    nowhere = "from numba.core import caching\ncaching.CacheImpl._locator_classes = []"
    said = _first_name(tmp_path, nowhere)
    assert said.startswith("1 ")
    assert "NUMBA_CACHE_DIR" in said


def test_a_disk_that_fills_up_is_no_end(tmp_path: Path) -> None:
    """Where what was compiled cannot be written in the end, the name is found all the same."""
    full = (
        "from numba.core import caching\ndef full(self, *given):\n    raise OSError(28, 'no space')\n"
        "caching.IndexDataCacheFile.save = full"
    )
    assert _first_name(tmp_path, full).startswith("1 ")


def test_weights_are_those_of_the_card() -> None:
    """The model card beside the weights names their digest."""
    card = (Path(__file__).resolve().parents[3] / "pii" / "names" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert load().digest in card


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    """Weights that were changed, cut or are absent are refused by their digest; the same ones are taken."""
    good = load()
    path = tmp_path / FILE
    assert save(path, good.tables, good.biases) == good.digest
    assert load(path).digest == good.digest
    for name, content in (("cut", path.read_bytes()[:1000]), ("empty", b"")):
        (tmp_path / name).write_bytes(content)
    with np.load(path) as archive:
        stored = {each: archive[each] for each in archive.files}
    stored["weights"][7, 0] += 1
    np.savez(tmp_path / "changed.npz", allow_pickle=False, **stored)
    for name in ("cut", "empty", "changed.npz", "absent"):
        with pytest.raises(GovernanceError) as refusal:
            load(tmp_path / name)
        assert refusal.value.code == "pii.weights-damaged"


def test_recall_finds_more() -> None:
    """The recall setting covers nearly all characters that the balanced one covers, and more besides."""
    text = "".join(
        f"{lead}{name}{tail}"
        for lead in "，和对"
        for name in ("段飞", "成龙", "时雨", "齐白", "万方")
        for tail in "的说用。"
    )
    covered = [{at for each in finder.find(text) for at in range(each.start, each.end)} for finder in (FINDER, RECALL)]
    assert len(covered[0] - covered[1]) <= len(covered[0]) // 20
    assert len(covered[1]) > len(covered[0])


def test_a_name_found_once_is_found_elsewhere() -> None:
    """A full name that is certain in one sentence is marked where the sentence says nothing about it."""
    names = [f"{a}{b}{c}" for a in "王李张江段" for b in "晓泽建人方" for c in "民明国成"]
    unseen = [(name, f"，{name}主席。") for name in names if name not in found(f"，{name}主席。")]
    assert unseen
    texts = [(name, f"记者{name}报道{text}") for name, text in unseen if _gain(f"记者{name}报道，") >= FIRM]
    assert texts
    for name, text in texts:
        assert found(text).count(name) == 2


def test_weak_finds_in_long_texts_without_names_are_dropped() -> None:
    """What alone would be taken for a name is taken for a word in a long text in which nobody is named."""
    weak = next(
        text
        for text in (f"{a}{b}{c}本条。" for c in "的说了" for a in "段成时齐万方于田高" for b in "飞龙雨白方是洋甜洁")
        if 0 < _gain(text) < 32
    )
    assert found(weak)
    assert found(weak + "本条的规定适用。" * 800) == []
    assert found(weak + "本条的规定适用。" * 800, RECALL)


def _gain(text: str) -> int:
    return max((each.score for each in FINDER.gains(text)), default=0)


def test_long_texts_are_cut_behind_a_line() -> None:
    """Stretches cover the text without gap, none is too long, and lines and sentences stay whole."""
    text = ("王晓明说，" * 9 + "好。\n") * 4000
    places = list(stretches(text))
    assert [start for start, _ in places[1:]] == [end for _, end in places[:-1]]
    assert places[0][0] == 0
    assert places[-1][1] == len(text)
    assert all(end - start <= STRETCH and text[end - 1] == "\n" for start, end in places)
    assert len(list(stretches("字" * 200_000))) == 4
    assert list(stretches("")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. John Smith and Mrs Dalloway came.", ["John Smith", "Dalloway"]),
        ("Name: John Q. Public", ["John Q. Public"]),
        ("收件人：Tom Hanks，电话", ["Tom Hanks"]),
        ("邀请Peter Lee先生发言", ["Peter Lee"]),
        ("Dear Alice Cooper,", ["Alice Cooper"]),
        ("the New York Times and Visual Studio Code", []),
        ("Hmr. Smith 的参数", []),
    ],
)
def test_latin_names(text: str, names: list[str]) -> None:
    """A Latin name is taken where a title or a field says so, capitals alone are not enough."""
    assert [text[each.start : each.end] for each in latin_names(text)] == names


def test_unknown_setting_is_refused() -> None:
    """A setting that does not exist is refused by name when the recogniser is built."""
    with pytest.raises(GovernanceError) as refusal:
        NameRecognizer(setting="strict")  # type: ignore[arg-type] # the point of the test
    assert refusal.value.code == "pii.unknown-setting"


def test_hidden_characters_belong_to_the_name() -> None:
    """A zero-width space inside a name does not hide it, and the span covers it."""
    text = "记者王\u200b晓明报道。"
    (result,) = NameRecognizer().analyze(text, ["NAME"])
    assert text[result.start : result.end] == "王\u200b晓明"
    assert NameRecognizer().analyze(text, ["MOBILE"]) == []
