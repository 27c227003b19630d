"""The services on the demonstration: figures against the count made while planting, traces, health, verdicts."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from corpus import shards
from corpus.texts import texts as texts_of
from provenance.errors import ExitCode, GovernanceError
from provenance.events import IngestPlanned, ShardSealed, VerdictConfirmed
from provenance.ids import Digest, ItemId, JobId, source_id
from tests.fakes.played import EXAMPLES, Played
from tests.fakes.terminal import typed
from tests.fakes.workroom import KEYWORDS, Workroom
from ui.bootstrap import House
from ui.services import doctor, ingesting, lexicons, reading, reporting, tracing, verdicts

EXPECTED: dict[str, Any] = json.loads((EXAMPLES / "expected.json").read_text("utf-8"))
SOURCES = EXPECTED["sources"]
AFTER = EXPECTED["after_withdrawal"]
"""What the withdrawal at the end leaves of a source, and of all."""


def rows_by_source(house: House) -> dict[str, list[dict[str, Any]]]:
    """Read every sealed item row from the shards, by source."""
    plans, rows = {}, defaultdict(list)
    for entry in house.workspace.ledger.entries():
        if isinstance(entry.event, IngestPlanned):
            plans[entry.seq] = entry.event.source
        if isinstance(entry.event, ShardSealed):
            rows[plans[entry.event.ingest]] += shards.read(
                house.workspace.items.path(Digest(entry.event.items))
            ).to_pylist()
    return rows


def found(house: House, name: str) -> doctor.Examined:
    """Return one of the doctor's checks."""
    return next(each for each in doctor.examine(house) if each.name == name)


@pytest.mark.parametrize("source", EXPECTED["order"])
def test_the_figures_are_those_planted(played: Played, source: str) -> None:
    """Per source, dispositions, reasons and types in the facts are what was planted, less what was withdrawn."""
    facts = reading.facts_of(played.house()).sources[source_id(source)]
    expected = SOURCES[source] | AFTER.get(source, {})
    items = facts.items
    counted = {name: getattr(items, name) for name in expected["items"]}
    assert counted == expected["items"]
    assert dict(facts.by_reason) == expected["by_reason"]
    assert {name: amount.items for name, amount in facts.by_type.items()} == expected["by_type"]


@pytest.mark.parametrize("source", EXPECTED["order"])
def test_what_was_found_is_what_was_planted(played: Played, source: str) -> None:
    """Per source, personal information, risks, labels and notices in the sealed rows are as often as planted."""
    personal: Counter[tuple[str, str, str]] = Counter()
    risks: Counter[tuple[str, str]] = Counter()
    labels: Counter[str] = Counter()
    notices: Counter[str] = Counter()
    without_version = 0
    for row in rows_by_source(played.house())[source]:
        occurrences = Counter(span["entity"] for span in row["pi"])
        for entity, times in occurrences.items():
            personal[entity, row["disposition"], "items"] += 1
            personal[entity, row["disposition"], "occurrences"] += times
        for hit in row["risk_counts"]:
            risks[hit["risk"], "hits"] += hit["hits"]
        for risk in {hit["risk"] for hit in row["risk_counts"]}:
            risks[risk, "items"] += 1
        labels[row["generated"]] += 1
        notices.update({each["notice"] for each in row["notices"]})
        without_version += bool(row["generated"]) and not row["version_known"]
    expected = SOURCES[source]
    assert +labels == Counter({"": labels[""], **expected["labels"]})
    assert (notices, without_version) == (Counter(expected["notices"]), expected["labelled_without_version"])
    assert personal == +Counter(
        {
            (entity, disposition, measure): n
            for entity, dispositions in expected["personal_information"].items()
            for disposition, measures in dispositions.items()
            for measure, n in measures.items()
        }
    )
    planted = {(risk, measure): n for risk, counts in expected["risks"].items() for measure, n in counts.items()}
    assert risks == Counter(planted)


def test_the_totals_are_those_planted(played: Played) -> None:
    """What `yuliao facts --json` prints is the independent total: items, personal information, risks, marks."""
    printed, total = typed("-w", played.workspace, "facts", "--json").json(), EXPECTED["total"]
    left = AFTER["total"]
    assert printed["items"] == {**left["items"], "by_reason": left["by_reason"]}
    assert printed["intake"]["blank_lines"] == total["blank_lines"]
    assert {name: amount["items"] for name, amount in printed["by_type"].items()} == left["by_type"]
    assert printed["labels"]["by_certainty"] == total["labels"]
    assert printed["labels"]["without_version"] == total["labelled_without_version"]
    assert printed["ip"]["by_notice"] == total["notices"]
    assert printed["withdrawals"]["person"]["items"] == sum(EXPECTED["withdrawn"].values())
    assert printed["personal_information_items"]["any"] == total["items_with_personal_information"]
    assert {name: found for name, found in printed["risks"].items() if found["items"]} == total["risks"]
    for entity, planted in total["personal_information"].items():
        for measure in ("items", "occurrences"):
            both = sum(planted[disposition][measure] for disposition in ("admitted", "quarantined"))
            assert printed["personal_information"][entity][measure] == both, entity
    refused = [name for name, source in printed["sources"].items() if source["state"] == "refused"]
    assert refused == list(EXPECTED["refused"])


def test_the_demonstration_obeys_the_limit(played: Played) -> None:
    """At 5 % a source is collected and verified, just over it is refused and gave no item; no work sheet is left."""
    known = reading.facts_of(played.house()).sources
    passed, failed = (known[source_id(name)] for name in ("tips-open", "riddles-open"))
    assert (passed.state, passed.standing.assessment, passed.standing.verification) == ("verified", "passed", "passed")
    assert (failed.state, failed.standing.assessment, failed.items.taken_in) == ("refused", "failed", 0)
    for name, said in (("tips-open", "passed"), ("riddles-open", "failed")):
        bad, judged = (EXPECTED["assessed"][name][part] for part in ("bad", "judged"))
        assert f"{bad} bad of {judged}, limit 5 percent: {said}" in played.said.out
    assert not list((played.folder / "demo").glob("*.jsonl"))
    assert len(played.said.out.splitlines()) < 120


def test_the_demonstration_answers_its_complaint(played: Played) -> None:
    """The complaint is closed with the withdrawal, which is proved, and nobody's number is in what was said of it."""
    (complaint,) = reading.facts_of(played.house()).complaints
    (made,) = played.house().workspace.ledger.entries(kinds=("WithdrawalMade",))
    assert (complaint.is_open, complaint.outcome, complaint.withdrawal) == (False, "upheld", made.seq)
    found = sum(EXPECTED["withdrawn"].values())
    assert f"Found: {found} item(s), duplicates included" in played.said.out
    assert (EXAMPLES / "chat-user" / "withdrawal" / "person.txt").read_text("utf-8").strip() not in played.said.out


def test_text_is_kept_of_admitted_and_quarantined_items_alone(played: Played) -> None:
    """The text files hold as many texts as items were admitted, or set apart with a text that could be read."""
    house = played.house()
    known = texts_of(house.workspace)
    counts: Counter[str] = Counter()
    for event in (entry.event for entry in house.workspace.ledger.entries(kinds=("ShardSealed",))):
        assert isinstance(event, ShardSealed)
        for role in ("admitted_text", "quarantined_text"):
            if getattr(event, role):
                texts = shards.read(known.path(event, role))["text"]
                counts[role] += len(texts) - texts.null_count
                counts["erased"] += texts.null_count
    total = AFTER["total"]
    assert counts["admitted_text"] == total["items"]["admitted"]
    assert counts["erased"] == SOURCES["chat-user"]["items"]["admitted"] - AFTER["chat-user"]["items"]["admitted"] == 1
    readable = ("risk-keyword", "unscreened", "text-empty", "rights-reserved", "licence-contradicts")
    assert counts["quarantined_text"] == sum(total["by_reason"][reason] for reason in readable)


def test_an_item_of_every_format_leads_to_its_bytes_and_its_seal(played: Played) -> None:
    """From JSONL, gzip, zstd, CSV, Parquet and text, a trace reads the very record back and names the seal over it."""
    house = played.house()
    seen = set()
    for source, rows in rows_by_source(house).items():
        for row in (rows[0], rows[-1]):
            item = ItemId(row["file"], row["position"])
            told = tracing.trace(house, item)
            assert told["matches_source"] is True
            assert told["source"] == source
            assert ItemId.parse(told["item"]) == item
            assert [seal["ledger_entry"] > told["ledger_entry"] for seal in told["seals"]] == [True]
            assert "text" not in told
            seen.add("".join(Path(told["path"]).suffixes))
    assert seen == {".jsonl.gz", ".jsonl.zst", ".jsonl", ".csv", ".parquet", ".txt"}


def test_a_changed_source_file_is_noticed(room: Workroom) -> None:
    """A record that is no longer what was taken in does not match, and a file that is gone is said to be gone."""
    file = room.write_texts("a.jsonl", ["湖面很静。", "山路很长。"])
    room.ingest(room.declare("own"), file)
    (row, *_) = rows_by_source(room.house)["own"]
    item = ItemId(row["file"], row["position"])
    assert tracing.trace(room.house, item)["matches_source"] is True
    room.write_texts("a.jsonl", ["湖面不静。", "山路不长。"])
    assert tracing.trace(room.house, item)["matches_source"] is False
    file.unlink()
    assert tracing.trace(room.house, item)["matches_source"] is None


def test_what_was_kept_apart_is_listed_with_its_place(played: Played) -> None:
    """Every quarantined and rejected item is listed with reason, file and offset; a source and a limit narrow it."""
    house = played.house()
    rows = tracing.kept_apart(house, source="", limit=1000)
    total = AFTER["total"]
    assert len(rows) == total["items"]["quarantined"] + total["items"]["rejected"]
    reasons = Counter(row["reason"] for row in rows)
    assert reasons == Counter({**total["by_reason"], "exact-duplicate": 0, "near-duplicate": 0}) - Counter()
    assert all(Path(row["path"]).is_file() and row["item"].endswith(f"-{row['position']}") for row in rows)
    forum = tracing.kept_apart(house, source="forum-web", limit=1000)
    assert len(forum) == sum(SOURCES["forum-web"]["items"][name] for name in ("quarantined", "rejected"))
    assert {row["source"] for row in forum} == {"forum-web"}
    assert len(tracing.kept_apart(house, source="", limit=7)) == 7


def test_the_doctor_finds_lost_and_changed_files(spoilt: Played) -> None:
    """A healthy workspace passes; a file that was deleted and one with a changed byte are both counted."""
    house = spoilt.house()
    assert all(each.is_well for each in doctor.examine(house) if each.name not in ("disk", "openssl"))
    stored = [house.workspace.items.path(digest) for digest in house.workspace.items.list()]
    stored[0].unlink()
    content = bytearray(stored[1].read_bytes())
    content[len(content) // 2] ^= 1
    stored[1].write_bytes(content)
    items = found(house, "items")
    assert not items.is_well
    assert "2 missing or changed" in items.found
    next(iter(house.workspace.evidence.root.glob("[0-9a-f][0-9a-f]/*"))).unlink()
    assert "1 missing or changed" in found(house, "evidence").found
    assert typed("-w", spoilt.workspace, "doctor").code == ExitCode.FINDINGS


def test_a_sweep_deletes_orphans_and_nothing_else(spoilt: Played) -> None:
    """What no event names goes, what an event names stays."""
    house = spoilt.house()
    kept = set(house.workspace.items.list()) | set(house.workspace.evidence.list())
    house.workspace.items.put_bytes(b"left by a run that was killed")
    house.workspace.evidence.put_bytes(b"left by a declaration that was refused")
    assert found(house, "orphans").found.startswith("2 files")
    assert set(house.workspace.items.list()) - kept
    doctor.examine(house, sweep=True)
    assert set(house.workspace.items.list()) | set(house.workspace.evidence.list()) == kept
    assert all(found(house, name).is_well for name in ("items", "evidence"))


def test_nothing_is_swept_while_a_job_is_unfinished(room: Workroom) -> None:
    """Files of an interrupted ingest wait for its next run; given up, they may go."""
    file = room.write_texts("a.jsonl", ["湖面很静。"])
    source = room.declare("own")

    def stop(name: str, done: int, _total: int) -> None:
        if name == "sign" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.ingest(source, file, progress=stop)
    orphan = room.house.workspace.items.put_bytes(b"finished, but not yet fact")
    refused = next(each for each in doctor.examine(room.house, sweep=True) if each.name == "orphans")
    assert not refused.is_well
    assert "jobs cancel" in refused.remedy
    assert room.house.workspace.items.has(orphan)
    (job, *_) = reading.jobs_of(room.house)
    assert job.state == "interrupted"
    ingesting.cancel(room.house, JobId(job.id))
    doctor.examine(room.house, sweep=True)
    assert not room.house.workspace.items.has(orphan)


def _confirm(house: House, clause: str, **words: Any) -> None:
    said: dict[str, Any] = {"verdict": "", "reason": "", "evidence": (), "measure": "", "owner": "", "due": "", **words}
    verdicts.confirm(house, clause, **{**said, "evidence": [str(each) for each in said["evidence"]]})


@pytest.mark.parametrize(
    ("clause", "words", "code"),
    [
        ("R-999", {"verdict": "符合"}, "rules.unknown-clause"),
        ("R-020", {"verdict": "maybe"}, "rules.unknown-verdict"),
        ("R-020", {"verdict": "符合"}, "rules.evidence-missing"),
        ("R-020", {"verdict": "不适用"}, "rules.reason-missing"),
        ("R-020", {"verdict": "不符合", "reason": "还没有分类模型"}, "rules.measure-missing"),
        (
            "R-020",
            {"verdict": "不符合", "reason": "x", "measure": "y", "owner": "p-1", "due": "soon"},
            "rules.measure-missing",
        ),
        ("R-020", {"verdict": "不适用", "reason": "请打13800001111"}, "ui.personal-verdict"),
        ("R-050", {"verdict": "符合", "evidence": (EXAMPLES / "lexicon.csv",)}, "rules.contradicted"),
        ("R-020", {"verdict": "符合", "evidence": (EXAMPLES / "none",)}, "ui.evidence-unreadable"),
    ],
)
def test_a_verdict_without_proof_is_refused(played: Played, clause: str, words: dict[str, Any], code: str) -> None:
    """What is not proved, not explained, contradicted or personal is refused, and nothing is recorded."""
    house = played.house()
    size = house.workspace.ledger.head().size
    with pytest.raises(GovernanceError) as refused:
        _confirm(house, clause, **words)
    assert refused.value.code == code
    assert house.workspace.ledger.head().size == size


def test_a_verdict_with_proof_stands(spoilt: Played) -> None:
    """Each of the three words stands in the matrix once it has what it needs, with the person who gave it."""
    house = spoilt.house()
    paper = spoilt.folder / "minutes.txt"
    paper.write_text("minutes of the review", "utf-8")
    plan = {"reason": "少于要求", "measure": "扩充词库", "owner": "p-0002", "due": "2027-01-31"}
    _confirm(house, "R-020", verdict="conforms", evidence=(paper,))
    _confirm(house, "R-050", verdict="fails", **plan)
    _confirm(house, "R-300", verdict="不适用", reason="不提供图片生成")
    rows = {row.clause: row for row in reading.clause_rows_of(house)}
    assert [rows[clause].verdict for clause in ("R-020", "R-050", "R-300")] == ["符合", "不符合", "不适用"]
    assert {rows[clause].confirmed_by for clause in ("R-020", "R-050", "R-300")} == {house.actor}
    assert (rows["R-050"].owner, rows["R-050"].due) == ("p-0002", "2027-01-31")
    assert found(house, "evidence").is_well
    events = [entry.event for entry in house.workspace.ledger.entries(kinds=("VerdictConfirmed",))]
    assert all(isinstance(event, VerdictConfirmed) for event in events)
    assert len(events) == 3


def test_the_same_library_twice_is_recorded_once(room: Workroom) -> None:
    """Importing what screens already records nothing; another library is a new release, and so is the old one again."""

    def released() -> int:
        return len(list(room.house.workspace.ledger.entries(kinds=("LexiconReleased",))))

    assert released() == 1
    room.import_keywords(KEYWORDS)
    assert released() == 1
    room.import_keywords(KEYWORDS + "乌有菜谱,A2a\n")
    room.import_keywords(KEYWORDS)
    assert released() == 3
    held = {row["risk"]: row["keywords"] for row in lexicons.coverage(room.house)}
    assert (held["A1a"], held["A1d"], held["A2a"]) == (1, 1, 0)


def test_a_finished_report_agrees_until_somebody_touches_it(spoilt: Played) -> None:
    """A clean report passes; a cell changed in DOCX, XLSX or JSON is found in its file, and the exit code is 3."""
    house = spoilt.house()
    check = ("-w", spoilt.workspace, "report", "--check", spoilt.report)
    assert reporting.check(house, spoilt.report)[1] == []
    assert typed(*check).code == ExitCode.FINE

    letter = spoilt.report / "report.zh.docx"
    original = letter.read_bytes()
    document = docx.Document(str(letter))
    document.tables[0].rows[1].cells[1].paragraphs[0].runs[0].text = "999"
    document.save(str(letter))
    assert [each.partition(":")[0] for each in reporting.check(house, spoilt.report)[1]] == [letter.name]
    letter.write_bytes(original)

    sheets = spoilt.report / "tables.zh.xlsx"
    original = sheets.read_bytes()
    book = openpyxl.load_workbook(sheets)
    book["T2"]["B4"] = 1
    book.save(sheets)
    assert [each.partition(":")[0] for each in reporting.check(house, spoilt.report)[1]] == [sheets.name]
    sheets.write_bytes(original)

    plain = spoilt.report / "report.json"
    plain.write_bytes(plain.read_bytes().replace(b'"national"', b'"national2"', 1))
    said = typed(*check)
    assert said.code == ExitCode.VERIFICATION_FAILED
    assert "report.json" in said.out


def test_an_old_report_still_agrees_with_its_own_day(spoilt: Played) -> None:
    """A report is compared with the facts at the ledger size it names, not with those of today."""
    house = spoilt.house()
    _confirm(house, "R-300", verdict="不适用", reason="不提供图片生成")
    assert reporting.check(house, spoilt.report)[1] == []


def _change_byte(bundle: Path) -> str:
    file = bundle / "data" / "facts.json"
    admitted = AFTER["total"]["items"]["admitted"]
    old, new = (f'"admitted":{number}'.encode() for number in (admitted, admitted + 1))
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new))
    return "data/facts.json"


def _add_file(bundle: Path) -> str:
    (bundle / "data" / "extra.txt").write_text("never sealed", "utf-8")
    return "data/extra.txt"


def _make_manifest_anew(bundle: Path) -> str:
    changed = _change_byte(bundle)
    manifest = bundle / "manifest-sha256.txt"
    lines = [line.split("  ", 1)[1] for line in manifest.read_text("utf-8").splitlines()]
    digests = {name: hashlib.sha256((bundle / name).read_bytes()).hexdigest() for name in lines}
    manifest.write_text("".join(f"{digests[name]}  {name}\n" for name in lines), "utf-8")
    return changed


@pytest.mark.parametrize("harm", [_change_byte, _add_file, _make_manifest_anew])
def test_a_touched_bundle_does_not_verify(spoilt: Played, harm: Callable[[Path], str]) -> None:
    """`yuliao verify` passes the untouched bundle; a changed byte, an added file, a re-made manifest end with 3."""
    words = ["verify", spoilt.bundle, "--fingerprint", spoilt.fingerprint]
    assert typed(*words).code == ExitCode.FINE
    culprit = harm(spoilt.bundle)
    said = typed(*words)
    assert said.code == ExitCode.VERIFICATION_FAILED
    assert culprit in said.out
    assert "NOT VERIFIED" in said.out
    steps = typed(*words, "--json").json()
    assert not steps["verified"]
    assert culprit in [name for step in steps["steps"] for name in step["files"]]


def test_a_bundle_of_another_key_does_not_verify(played: Played) -> None:
    """Whoever seals anew has another key, and the fingerprint from the printed report tells."""
    said = typed("verify", played.bundle, "--fingerprint", "0" * 64)
    assert said.code == ExitCode.VERIFICATION_FAILED
    assert "seal/pub.pem" in said.out
