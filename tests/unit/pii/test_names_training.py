"""The training command: what it draws, that it does the same again, and that what it writes can be used."""

import hashlib
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from pii.names import background, lexicon
from pii.names.finder import Finder
from pii.names.generate import Sentences
from pii.names.train import generated, main
from pii.names.weights import FILE, load

ROOT = Path(__file__).resolve().parents[3]
DRAW = (
    "import hashlib\nfrom pii.names.generate import Sentences\ndrawn = Sentences(7, ('应当依照规定办理',))\n"
    "print(hashlib.sha256(repr([drawn.draw() for _ in range(200)]).encode()).hexdigest())"
)


def test_marks_are_where_the_names_are() -> None:
    """Marks lie in the text, one behind the other; most lines have one, some have none."""
    source = Sentences(4)
    drawn = [source.draw() for _ in range(500)]
    for text, names in drawn:
        assert all(0 <= start < end <= len(text) for start, end in names)
        assert all(one[1] <= other[0] for one, other in pairwise(names))
        assert "{" not in text.replace('{"', "")
    assert 300 < sum(bool(each.names) for each in drawn) < 500


def test_drawing_does_not_hang_on_the_hash_seed() -> None:
    """The same seed draws the same lines whatever order sets have."""
    digests = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", DRAW],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        digests.add(ran.stdout.strip())
    assert len(digests) == 1
    assert hashlib.sha256(b"[]").hexdigest() not in digests


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tiny collections in the form the command reads."""
    folder = tmp_path_factory.mktemp("texts")
    for name, text in (
        ("prc-laws", "申请人应当依法申请登记。局长　王大明\n"),
        ("paddle-docs-cn", "使用参数设置张量的维度。\n"),
    ):
        (folder / name).mkdir()
        row = json.dumps({"text": text * 30}, ensure_ascii=False)
        (folder / name / "text.jsonl").write_text(row + "\n", encoding="utf-8")
    return folder


def test_lines_that_somebody_signs_are_left_out(texts: Path) -> None:
    """A signed line is no sentence without a name, so it is not trained on as one."""
    read = list(background.sentences(texts / "prc-laws" / "text.jsonl"))
    assert not any("王大明" in sentence for sentence in read)
    assert len(list(background.sentences(texts / "paddle-docs-cn" / "text.jsonl"))) == 30


def test_names_are_put_where_persons_are() -> None:
    """Real sentences about persons come once more with a drawn name in the person's place."""
    real = {"prc-laws": ["申请人应当依法申请登记。"] * 30}
    named = [each for each in generated(1, 10, real)[40:] if each.names]
    assert len(named) == 10
    assert all(each.text[each.names[0][1] :] == "应当依法申请登记。" for each in named)


def test_words_are_found_by_association() -> None:
    """A string that holds together and meets many neighbours is a word; a part of one is not."""
    fillers = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
    texts = [f"{a}葡萄{b}" for a in fillers for b in fillers] + list(fillers) * 40
    found = background.words(texts)
    assert "葡萄" in found
    assert not any(word.startswith("萄") for word in found)


def test_command_learns_and_repeats_itself(texts: Path, tmp_path: Path) -> None:
    """Two runs write the same bytes; the card has the digest; the weights find a name like those drawn."""
    annotated = tmp_path / "own.jsonl"
    row = {"text": "本报记者王晓明报道。", "names": [[4, 7]]}
    annotated.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    for name in ("one", "two"):
        given = [
            "--texts",
            str(texts),
            "--annotations",
            str(annotated),
            "--lines",
            "3000",
            "--out",
            str(tmp_path / name),
        ]
        main([*given, "--seed", "5"])
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "two" / FILE).read_bytes()
    weights = load(tmp_path / "one" / FILE)
    card = (tmp_path / "one" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert weights.digest in card
    assert "annotations of the user's own: 1 files" in card
    text = "本报记者李建国报道，会议由刘芳主持。"
    assert [text[each.start : each.end] for each in Finder("balanced", weights).find(text)] == ["李建国", "刘芳"]


def test_lists_hold_what_they_say() -> None:
    """Family names, words and pairs of characters are read, and only the pairs hold traditional characters."""
    assert lexicon.surnames()["王"] > lexicon.surnames()["欧阳"] > 0
    assert "高兴" in lexicon.words()
    assert lexicon.simplified()["張"] == "张"
    traditional = set(lexicon.simplified())
    assert not [word for word in (*lexicon.surnames(), *lexicon.words()) if traditional & set(word)]
