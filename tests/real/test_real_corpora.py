"""The main job on thirty megabytes of real Chinese text, against a count that shares no code with ours."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks import real_corpora

pytestmark = pytest.mark.realdata

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\U00020000-\U0003ffff]")
EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}+(?!:\S)")
"""What a colon follows is the address of a repository, not of a person."""


class Ran(NamedTuple):
    """What the command line made of the corpora."""

    folder: Path
    environment: dict[str, str]
    facts: dict[str, Any]

    def yuliao(self, *words: str) -> str:
        """Run a command in the workspace."""
        return _yuliao(self.environment, "-w", str(self.folder / "workspace"), *words)


def _yuliao(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from ui.cli.app import main; main()", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Run init, source add, source admit, ingest and facts as a data engineer types them."""
    folder = tmp_path_factory.mktemp("real")
    environment = {**os.environ, "YULIAO_KEYS": str(folder / "keys")}
    corpora = real_corpora.corpora()
    _yuliao(environment, "init", str(folder / "workspace"))
    # What is counted beside is the texts that are the same; which are nearly so is told by tests of their own.
    settings = folder / "workspace" / "yuliao.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("near_duplicates = true", "near_duplicates = false"), "utf-8"
    )
    made = Ran(folder, environment, {})
    made.yuliao("rules", "import-keywords", str(real_corpora.keyword_file(folder)))
    for each in corpora:
        made.yuliao("source", "add", str(real_corpora.papers(each, folder)))
        made.yuliao("source", "admit", each.name, "--reason", "licence note read")
        made.yuliao("ingest", each.name, str(each.file), "--workers", "2")
    return made._replace(facts=json.loads(made.yuliao("facts", "--json")))


def _lines(name: str) -> Iterator[tuple[int, bytes]]:
    offset = 0
    with (real_corpora.DATA / name / "text.jsonl").open("rb") as file:
        for line in file:
            yield offset, line
            offset += len(line)


def _form(text: str) -> str:
    return " ".join(text.split())


def test_every_line_is_counted_once(ran: Ran) -> None:
    """Items and bytes taken in per source are the lines of its file and their bytes without the line ends."""
    for name in real_corpora.NAMES:
        lines = [line for _, line in _lines(name) if line.strip()]
        source = ran.facts["sources"][name]
        assert source["items"]["taken_in"] == len(lines)
        assert source["intake"]["bytes"] == sum(len(line.rstrip(b"\n")) for line in lines)
    items = ran.facts["items"]
    assert items["taken_in"] == sum(items[each] for each in ("admitted", "quarantined", "duplicate", "rejected"))


def test_duplicates_are_the_repeated_texts(ran: Ran) -> None:
    """Duplicates are as many as texts that had been seen before, white space apart, over all sources in order."""
    seen: set[str] = set()
    repeated: Counter[str] = Counter()
    for name in real_corpora.NAMES:
        for _, line in _lines(name):
            text = _form(json.loads(line)["text"])
            key = hashlib.sha256(text.encode()).hexdigest()
            repeated[name] += key in seen
            seen.add(key)
    found = {name: ran.facts["sources"][name]["items"]["duplicate"] for name in real_corpora.NAMES}
    assert found == {name: repeated[name] for name in real_corpora.NAMES}


def test_chinese_text_is_what_is_half_han(ran: Ran) -> None:
    """Admitted Chinese items are those whose letters are at least half Han, where no kana stand in them."""
    for name in ("prc-laws", "chinese-poetry"):
        chinese = set()
        for _, line in _lines(name):
            text = json.loads(line)["text"]
            letters = sum(character.isalpha() for character in text)
            if letters and 2 * len(HAN.findall(text)) >= letters:
                chinese.add(_form(text))
        assert ran.facts["sources"][name]["by_type"]["zh_text"]["items"] == len(chinese)


def test_every_address_of_electronic_mail_is_stripped(ran: Ran) -> None:
    """Every e-mail address that a plain pattern sees was found, but placeholders, which are nobody's; and no more."""
    texts: dict[str, str] = {}
    for name in real_corpora.NAMES:
        for _, line in _lines(name):
            text = json.loads(line)["text"]
            texts.setdefault(_form(text), text)
    seen = [address for text in texts.values() for address in EMAIL.findall(text)]
    somebodys = [each for each in seen if not each.endswith("@example.com") and "@yyy-" not in each]
    assert len(somebodys) > 10
    assert len(somebodys) <= ran.facts["personal_information"]["EMAIL"]["occurrences"] <= len(seen)


def test_an_item_traces_back_to_its_line(ran: Ran) -> None:
    """Items drawn from each file lead back to the very line, whose bytes still have the digest taken at intake."""
    listed = json.loads(ran.yuliao("quarantine", "list", "--limit", "5", "--json"))
    assert listed
    for row in listed:
        found = json.loads(ran.yuliao("trace", row["item"], "--json"))
        lines = dict(_lines(found["source"]))
        assert found["position"] in lines
        assert found["intake_bytes"] == len(lines[found["position"]].rstrip(b"\n"))
        assert found["matches_source"] is True


def test_report_seal_and_verify(ran: Ran) -> None:
    """Documents repeat the facts, the bundle verifies, and a changed byte, an added file and a new manifest do not."""
    report, bundle = ran.folder / "report", ran.folder / "bundle"
    ran.yuliao("report", "--out", str(report))
    ran.yuliao("report", "--check", str(report))
    ran.yuliao("seal", "--out", str(bundle))
    verify = [sys.executable, "-I", str(bundle / "verify.py"), str(bundle)]
    assert subprocess.run(verify, capture_output=True, check=False).returncode == 0
    facts = bundle / "data" / "facts.json"
    whole = facts.read_bytes()
    facts.write_bytes(whole.replace(b"1", b"2", 1))
    changed = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert changed.returncode == 3
    assert "data/facts.json" in changed.stdout
    facts.write_bytes(whole)
    (bundle / "data" / "more.txt").write_text("more", "utf-8")
    added = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert added.returncode == 3
    assert "data/more.txt" in added.stdout
