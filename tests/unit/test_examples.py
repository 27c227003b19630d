"""The example corpus: made by its script alone, counted right, and fit for the register, the detector and the keywords.

The recount here reads the committed files with plain readers and expressions of its own: neither the script's knowledge
of what it planted nor anything of Yuliao's pipeline has a part in it.
"""

import csv
import gzip
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq
import pytest
import zstandard

from corpus.sources import State, admit, register, require_declared
from corpus.workspace import Workspace
from pii.strip import Stripper
from provenance.clock import SystemClock
from provenance.database import Database, sqlite_url
from provenance.ids import WorkspaceId
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from rules import catalog
from rules.lexicon import Lexicon
from rules.matcher import KeywordMatcher

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EXPECTED: dict[str, Any] = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
ADMITTED = [name for name in EXPECTED["order"] if name not in EXPECTED["refused"]]
Seen = tuple[str | None, str]
"""A text, and the reason for which it is none."""


def build(*arguments: str, folder: Path = EXAMPLES) -> subprocess.CompletedProcess[str]:
    """Run the script as a person would."""
    command = [sys.executable, "-B", str(folder / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def planting(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, which knows what it planted in every item."""
    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "examples_build", module)
    spec.loader.exec_module(module)
    return module


def test_the_files_are_what_the_script_makes() -> None:
    """Every data file comes from the script and its fixed seed, so that nobody edits one by hand."""
    ran = build("--check")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    """A data file that was changed, taken away or added by hand makes the check fail and is named."""
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    assert build("--check", folder=folder).returncode == 0
    changed, gone = folder / "chat-user/data/chats.jsonl", folder / "poems-own/data/05.txt"
    changed.write_bytes(changed.read_bytes().replace(b"c001", b"c002", 1))
    gone.unlink()
    (folder / "poems-own/data/extra.txt").touch()
    ran = build("--check", folder=folder)
    assert ran.returncode == 1
    assert {line.rpartition("/")[2] for line in ran.stdout.splitlines()} == {"chats.jsonl", "05.txt", "extra.txt"}


def test_the_corpus_is_small() -> None:
    """The examples travel in every package, so they stay below a megabyte."""
    files = [path for path in EXAMPLES.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 1_000_000


def test_no_identity_number_could_be_somebodys() -> None:
    """Every identity number with a right checksum is of a birth year from 1890 to 1899."""
    found = 0
    for source in EXPECTED["order"]:
        for text, _ in texts_of(source):
            for number in re.findall(r"(?<!\d)\d{17}[\dX]", plain(text or "").replace(" ", "")):
                weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
                rest = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True)) % 11
                if "10X98765432"[rest] == number[17] and number[6:8] in ("18", "19", "20"):
                    found += 1
                    assert number[6:9] == "189"
    assert found


def test_the_recount_agrees_with_what_was_planted() -> None:
    """Reading the files anew, with nothing of the script or of Yuliao, gives the same figures per source."""
    earlier: set[str] = set()
    for source in ADMITTED:
        assert recount(source, earlier) == EXPECTED["sources"][source], source


def test_the_total_is_the_sum() -> None:
    """Nothing is lost: the sum over sources is the total, and dispositions add up to what was taken in."""
    total = EXPECTED["total"]["items"]
    for name in total:
        assert total[name] == sum(each["items"][name] for each in EXPECTED["sources"].values())
    assert total["taken_in"] == sum(total[name] for name in total if name != "taken_in")
    assert set(EXPECTED["sources"]["novels-unlicensed"]["items"].values()) == {0}


def test_the_lexicon_covers_the_seventeen_risks() -> None:
    """The demonstration library has keywords for all risks of A.1 and A.2, and for nothing that is no risk."""
    lexicon = Lexicon.read((EXAMPLES / "lexicon.csv").read_bytes())
    covered = {risk for _, risk in lexicon.keywords}
    wanted = {risk.id for risk in catalog.load().risks.values() if risk.group in ("A.1", "A.2")}
    assert len(wanted) == 17
    assert wanted <= covered
    assert set(EXPECTED["total"]["risks"]) == covered


def test_detector_and_keywords_find_what_was_planted(planting: ModuleType) -> None:
    """In every item the detector finds the planted types as often as planted, and the keywords their risks."""
    stripper = Stripper()
    matcher = KeywordMatcher(Lexicon.read((EXAMPLES / "lexicon.csv").read_bytes()))
    for source in planting.plant():
        for item in source.items:
            if item.disposition != "duplicate" and item.text:
                found = Counter(each.entity for each in stripper.strip(item.text).found)
                assert found == Counter(item.pi), source.id
                assert Counter(hit.risk for hit in matcher.find(item.text)) == Counter(item.risks), source.id


def test_sources_are_admitted_or_refused_as_they_should(tmp_path: Path) -> None:
    """With the real detector at the door, every source but the one without a licence is admitted."""
    database = Database(sqlite_url(tmp_path / "catalogue.db"))
    database.create_tables()
    workspace = Workspace(
        id=WorkspaceId("w-test"),
        database=database,
        ledger=Ledger(database, WorkspaceId("w-test"), SystemClock()),
        items=ObjectStore(tmp_path / "items"),
        evidence=ObjectStore(tmp_path / "evidence"),
        scratch=tmp_path / "scratch",
        item_key=b"k" * 32,
    )
    stripper = Stripper()

    def scan(text: str) -> bool:
        return bool(stripper.strip(text).found)

    classes = Counter[str]()
    for name in EXPECTED["order"]:
        source = register(workspace, EXAMPLES / name / "declaration.yaml", actor="p-0001", scan=scan).source
        assert source.id == name
        admission = admit(workspace, name, reason="papers complete", actor="p-0001", scan=scan, profile="strict_35273")
        assert [each.check for each in admission.missing] == EXPECTED["refused"].get(name, [])
        state = require_declared(workspace.ledger, name).state
        assert state is (State.REFUSED if name in EXPECTED["refused"] else State.ADMITTED)
        classes[source.registered.source_class] += state is State.ADMITTED
    assert +classes == Counter(open_source=3, self_collected=2, commercial=2, user_input=1, synthetic=1)
    database.close()


def test_every_user_gave_an_authorisation() -> None:
    """Each talk belongs to a user whose authorisation stands, and one user who opted out has none in the corpus."""
    table = (EXAMPLES / "chat-user/papers/consent_table.csv").read_text(encoding="utf-8")
    allowed = {row["user"]: row["opted_out"] == "false" for row in csv.DictReader(io.StringIO(table))}
    talks = (EXAMPLES / "chat-user/data/chats.jsonl").read_text(encoding="utf-8")
    users = {json.loads(line)["user"] for line in talks.splitlines()}
    assert all(allowed[user] for user in users)
    assert Counter(allowed.values()) == Counter({True: len(users), False: 1})


# What follows reads and counts on its own.


def texts_of(source: str) -> Iterator[Seen]:
    """Yield every item of a source as a text, or as the reason why it is none."""
    contents: set[bytes] = set()
    for path in sorted((EXAMPLES / source / "data").iterdir()):
        raw = path.read_bytes()
        if raw in contents:
            continue  # the same bytes under another name are the same items
        contents.add(raw)
        if not raw:
            yield None, "file-empty"
        elif path.suffix == ".txt":
            yield raw.decode(), ""
        elif path.suffix == ".csv":
            yield from ((row["text"], "") for row in csv.DictReader(io.StringIO(raw.decode(), newline="")))
        elif path.suffix == ".parquet":
            for text in pq.read_table(io.BytesIO(raw)).column("text").to_pylist():
                yield text, "" if text else "text-missing"
        else:
            yield from map(record, unpacked(path, raw))


def unpacked(path: Path, raw: bytes) -> list[bytes]:
    """Return the lines of a JSONL file, blank ones left out."""
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    if path.suffix == ".zst":
        raw = zstandard.ZstdDecompressor().decompressobj().decompress(raw)
    return [line for line in raw.split(b"\n") if line]


def record(line: bytes) -> Seen:
    """Return the text of one line, or why there is none."""
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        return None, "invalid-utf8"
    except json.JSONDecodeError:
        return None, "broken-json"
    if "text" not in row:
        return None, "wrong-columns"
    if not isinstance(row["text"], str):
        return None, "text-missing"
    return (row["text"], "") if row["text"] else (None, "text-empty")


def plain(text: str) -> str:
    """Take every disguise off: full width, and characters that nobody sees."""
    return unicodedata.normalize("NFKC", text).replace("\u200b", "")


PATTERNS = {
    "CN_ID18": r"(?<!\d)\d{6} ?189\d{5} ?\d{3}[\dX]",
    "BANK_CARD": r"(?<!\d)622202\d{13}(?!\d)|6222 02\d\d \d{4} \d{4} \d{3}(?!\d)",
    "MOBILE": r"(?:(?<!\d)|(?<=\+86))1[3-9]\d([ -]?)\d{4}\1\d{4}(?!\d)",
    "LANDLINE": r"(?<!\d)0\d{2,3}-8\d{7}(?!\d)",
    "EMAIL": r"[a-z.]+\d{3}@example\.com",
    "PLATE": r"[京沪粤浙川][A-Z]·?[A-Z]\d{4}(?!\d)",
    "CN_PASSPORT": r"(?<![A-Z])E\d{8}(?!\d)",
}
KEYWORDS = list(csv.DictReader((EXAMPLES / "lexicon.csv").read_text(encoding="utf-8").splitlines()))


def recount(source: str, earlier: set[str]) -> dict[str, Any]:
    """Count a source's items, in the order of the demonstration, and remember its texts as seen."""
    reasons, found, types = Counter[str](), Counter[tuple[str, str, str]](), Counter[str]()
    risks, states, personal, organisations = Counter[tuple[str, str]](), Counter[str](), 0, 0
    for text, flaw in texts_of(source):
        reason = flaw
        if text is not None:
            key = " ".join(text.split())
            values = {name: len(re.findall(form, plain(text))) for name, form in PATTERNS.items()}
            letters = "".join(sign for sign in text if sign.isalnum())
            hits = Counter(
                row["risk"] for row in KEYWORDS for _ in range(letters.count(re.sub(r"[^\w]", "", row["keyword"])))
            )
            reason = "exact-duplicate" if key in earlier else "risk-keyword" if hits else ""
            reason = reason or ("unscreened" if re.search(r"[ぁ-ヿ]|[àâéêèîôûç]", text) else "")
            earlier.add(key)
        state = disposition(reason)
        reasons[reason] += 1
        states[state] += 1
        if text is None or state == "duplicate":
            continue
        types[kind(source, text)] += state == "admitted"
        personal += any(values.values())
        organisations += len(re.findall(r"(?<!\w)91\d{6}MA\w{8}", text.replace("：", " ")))
        for name, times in values.items():
            found[name, state, "items"] += times > 0
            found[name, state, "occurrences"] += times
        for risk, times in hits.items():
            risks[risk, "items"] += 1
            risks[risk, "hits"] += times
    reasons.pop("", None)
    lines = b"".join(path.read_bytes() for path in (EXAMPLES / source / "data").glob("*.jsonl"))
    return {
        "items": {
            "taken_in": states.total(),
            **{name: states[name] for name in ("admitted", "quarantined", "duplicate", "rejected")},
        },
        "by_reason": dict(reasons),
        "blank_lines": sum(not line for line in lines.split(b"\n")[:-1]),
        "by_type": dict(+types),
        "personal_information": {
            name: {
                state: {measure: found[name, state, measure] for measure in ("items", "occurrences")}
                for state in ("admitted", "quarantined")
            }
            for name in sorted({name for name, _, _ in +found})
        },
        "items_with_personal_information": personal,
        "organisation_codes": organisations,
        "risks": {
            risk: {measure: risks[risk, measure] for measure in ("items", "hits")}
            for risk in sorted({risk for risk, _ in risks})
        },
    }


def disposition(reason: str) -> str:
    """Return what becomes of an item that has this reason against it."""
    if reason in ("", "exact-duplicate", "file-empty"):
        return {"": "admitted", "exact-duplicate": "duplicate", "file-empty": "rejected"}[reason]
    return "quarantined"


def kind(source: str, text: str) -> str:
    """Return an admitted text's type: code by its source, Chinese by its share of Han characters."""
    letters = [sign for sign in text if sign.isalpha()]
    han = sum("\u4e00" <= sign <= "\u9fff" for sign in letters)
    return "code" if source == "snippets-open" else "zh_text" if 2 * han >= len(letters) else "en_text"
