"""Our forms in the server's own environment: its library takes them, and the gate holds answers to the rule book."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.forms import for_gate, form, from_outbox, to_results
from annotation.port import Entry
from annotation.server import policy
from annotation.server.environment import Environment
from annotation.server.policy import Policy
from rules.annotation import books

pytestmark = [pytest.mark.contract, pytest.mark.needs("label-studio")]

TEXT = "甲\n乙\r😀丙尾，山川异域。"
DRIVER = """
import json, sys
from label_studio_sdk.label_interface import LabelInterface
from yuliao_gate import content, form, policy
told = json.load(sys.stdin)
rule_books = policy.parse(open(told["policy"], "rb").read()).rule_books
answers = []
for each in told["asked"]:
    LabelInterface(each["form"]).validate()
    data = {"text": each["text"], "first": "x", "key": "0" * 32}
    try:
        entries = content.judge(each["form"], data, each["results"], rule_books[each["book"]].demands)
        answers.append({"told": content.told(form.read(each["form"]), entries)})
    except content.refusals.Refused as error:
        answers.append({"code": error.get_codes(), "sentence": str(error.detail)})
json.dump(answers, sys.stdout)
"""
SPAN, SAFE, RISKY = Entry("span", ("suspect",), 1, 6), Entry("verdict", ("safe",)), Entry("verdict", ("risky",))
RISK, WHY = Entry("risk", ("A1a", "A5b")), Entry("reason", text="依据规则要点")
UNSURE = Entry("verdict", ("cannot_judge",))
CLEAN, USABLE, REVISE = Entry("illegal", ("no",)), Entry("usable", ("usable",)), Entry("usable", ("revise",))
GOOD = {
    "safe": ("safety", "annotate", (SAFE,)),
    "risky": ("safety", "annotate", (SPAN, RISKY, RISK, WHY)),
    "unsure": ("safety", "annotate", (UNSURE, WHY)),
    "approved": ("safety", "review", (Entry("decision", ("approve",)),)),
    "inaccurate": ("safety", "review", (Entry("decision", ("inaccurate",)), WHY)),
    "usable": ("functional", "annotate", (CLEAN, USABLE)),
    "revise": ("functional", "annotate", (CLEAN, REVISE, Entry("quality", ("accuracy", "diversity")), WHY)),
    "illegal": ("functional", "annotate", (Entry("illegal", ("yes",)), USABLE, WHY)),
    "void": ("functional", "review", (Entry("decision", ("illegal",)), WHY)),
    "passed": ("inspection", "inspect", (Entry("verdict", ("pass",)),)),
    "failed": ("inspection", "inspect", (Entry("verdict", ("fail",)), RISK, WHY)),
    "clean": ("pi_check", "inspect", (Entry("verdict", ("clean",)),)),
    "found": ("pi_check", "inspect", (Entry("span", ("NAME",), 7, 8), Entry("verdict", ("found",)))),
}
BAD = {
    "nothing": ("safety", "annotate", ()),
    "no risk": ("safety", "annotate", (RISKY, WHY)),
    "no reason": ("safety", "annotate", (RISKY, RISK)),
    "short reason": ("safety", "annotate", (RISKY, RISK, Entry("reason", text="对"))),
    "two verdicts": ("safety", "annotate", (SAFE, UNSURE, WHY)),
    "safe with a risk": ("safety", "annotate", (SAFE, RISK)),
    "unsure in silence": ("safety", "annotate", (UNSURE,)),
    "inaccurate in silence": ("safety", "review", (Entry("decision", ("inaccurate",)),)),
    "no look at the law": ("functional", "annotate", (USABLE,)),
    "revise what": ("functional", "annotate", (CLEAN, REVISE, WHY)),
    "revise in silence": ("functional", "annotate", (CLEAN, REVISE, Entry("quality", ("accuracy",)))),
    "illegal in silence": ("functional", "annotate", (Entry("illegal", ("yes",)), USABLE)),
    "failed at random": ("inspection", "inspect", (Entry("verdict", ("fail",)), WHY)),
    "found nowhere": ("pi_check", "inspect", (Entry("verdict", ("found",)),)),
}


@pytest.fixture(scope="module")
def judged(label_studio: Environment, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the gate says of each answer, asked in one go in the server's environment."""
    folder = tmp_path_factory.mktemp("forms")
    key = folder / "gate.key"
    key.write_text("ab" * 32)
    key.chmod(0o600)
    told = {each.name: for_gate(each) for each in books.load().values()}
    policy.write(folder / "policy.json", Policy(rule_books=told), gate="0" * 64)
    cases = {**GOOD, **BAD, **_foreign()}
    asked = [_asked(*case) for case in cases.values()]
    answers = _ask(label_studio, key, {"policy": str(folder / "policy.json"), "asked": asked})
    return dict(zip(cases, answers, strict=True))


def _foreign() -> dict[str, tuple[str, str, Sequence[Any]]]:
    """Answers that no form of ours could have made."""
    good = to_results(books.named("safety"), "annotate", TEXT, (SPAN, RISKY, RISK, WHY))
    tree, place = json.loads(json.dumps(good)), json.loads(json.dumps(good))
    tree[2]["value"]["taxonomy"] = [["A.1"]]
    place[0]["value"]["text"] = TEXT[1:6] + "多"
    return {"a group for a risk": ("safety", "annotate", tree), "a wrong stretch": ("safety", "annotate", place)}


def _asked(book_id: str, stage: str, said: Sequence[Any]) -> dict[str, Any]:
    book = books.named(book_id)
    entries = [each for each in said if isinstance(each, Entry)]
    results = to_results(book, stage, TEXT, entries) if entries else list(said)
    return {"form": form(book, stage), "text": TEXT, "book": book.name, "results": results}


def _ask(environment: Environment, key: Path, body: object) -> list[dict[str, Any]]:
    done = subprocess.run(
        [environment.python, "-P", "-c", DRIVER],
        input=json.dumps(body),
        env={"PATH": os.environ["PATH"], "YULIAO_GATE_KEY": str(key)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize("case", GOOD)
def test_the_gate_takes_a_whole_answer_and_the_outbox_tells_it(judged: dict[str, Any], case: str) -> None:
    """A complete answer passes the server's library and the gate, and the outbox's row reads back as the answer."""
    book, stage, entries = GOOD[case]
    assert "told" in judged[case], judged[case]
    found = from_outbox(books.named(book), stage, judged[case]["told"])
    assert [replace(each, digest="") for each in found] == [replace(each, text="") for each in entries]
    assert all(len(each.digest) == 64 for each in found if each.control == "reason")


@pytest.mark.parametrize("case", [*BAD, *_foreign()])
def test_the_gate_refuses_what_the_rule_book_does_not_allow(judged: dict[str, Any], case: str) -> None:
    """What is missing, contradicts itself or was made outside the form is refused, in a Chinese sentence."""
    assert str(judged[case].get("code", "")).startswith("gate."), judged[case]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in judged[case]["sentence"])
