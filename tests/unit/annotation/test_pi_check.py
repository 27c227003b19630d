"""Internal people mark personal information in raw text; what they mark is held against what stripping takes out."""

from pathlib import Path

import pytest

from annotation.batches import answers, mirror
from corpus.samples import drawing
from pii.taken_out import TakenOut
from provenance.errors import GovernanceError
from provenance.events import PersonalInformationChecked
from rules.sample_plans import plan
from tests.fakes.batch_desk import BatchDesk
from tests.fakes.byte_search import searched
from tests.fakes.identities import mobile
from tests.fakes.raw_checks import CHECKERS, LETTERS, NAME, RawCheck
from ui.services import inspecting, raw_texts, sampling

NUMBERS = tuple(mobile(at) for at in range(len(LETTERS)))


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RawCheck:
    """A desk with a sample for the check."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr("ui.services.inspecting.holds_personal_information", lambda _: False)
    return RawCheck.at(BatchDesk.fresh(tmp_path))


def _spoilt(check: RawCheck, *canaries: str) -> set[str]:
    """Return the canaries that stand in any file of the workspace, whatever wraps them."""
    return set().union(*searched(canaries, check.desk.room.folder / "workspace").values())


def test_people_see_raw_text_and_no_hint(check: RawCheck) -> None:
    """What is shown is what the file holds, line breaks normalised, and nothing tells what was found in it."""
    batch = check.publish().batch
    shown = {key: check.desk.server.data(batch.projects[0].number, key) for key in check.texts(batch)}
    assert len(shown) == batch.units == 18
    assert {each.text for each in shown.values()} >= {each.replace("\r\n", "\n") for each in LETTERS}
    assert not any(each.hints or each.shown for each in shown.values())


def test_what_stripping_leaves_is_missed(check: RawCheck) -> None:
    """A number that is taken out is covered; a name that stays fails its item, by the risk of personal information."""
    batch = check.publish().batch
    check.mark(batch, CHECKERS[0])
    verdicts = check.collect().verdicts
    assert (
        sorted((each.verdict, each.risks) for each in verdicts.values())
        == [("fail", ("A4f",))] * 2 + [("pass", ())] * 16
    )
    assert (check.fact.items, check.fact.items_missed) == (18, 2)
    assert [(each.entity, each.marked, each.missed) for each in check.fact.counts] == [("MOBILE", 6, 0), ("NAME", 2, 2)]
    sample = drawing.sample(check.desk.desk.workspace, check.sample)
    assert (sample.judged, sample.failed, sample.is_closed) == (18, 2, True)


def test_collecting_again_records_nothing_new(check: RawCheck) -> None:
    """Counts and accesses are recorded once for the same answers and rows."""
    batch = check.publish().batch
    check.mark(batch, CHECKERS[0])
    check.collect()
    size = check.desk.desk.workspace.ledger.head().size
    check.collect()
    assert check.desk.desk.workspace.ledger.head().size == size


def test_where_two_differ_a_third_person_is_shown_the_text(check: RawCheck) -> None:
    """One who overlooked a name passes what the other fails; the third one's marks decide, and alone are counted."""
    batch = check.publish(overlap=2).batch
    check.mark(batch, "p-k1")
    check.mark(batch, "p-k2", skip_names=True)
    first = check.collect()
    assert (len(first.verdicts), first.thirds_put) == (16, 2)
    check.mark(batch, "p-k3", place=1)
    last = check.collect()
    assert [each.inspector for each in last.verdicts.values() if each.verdict == "fail"] == ["p-k3"] * 2
    assert [(each.entity, each.marked, each.missed) for each in check.fact.counts] == [("MOBILE", 6, 0), ("NAME", 2, 2)]


def test_no_work_sheet_holds_raw_text(check: RawCheck, tmp_path: Path) -> None:
    """The plan is drawn without a sheet, and asked for one it says where the sample is judged instead."""
    sheet = tmp_path / "sheet.jsonl"
    with pytest.raises(GovernanceError, match="no work sheet may hold") as refused:
        sampling.draw(check.desk.room.house, "pi-check", source="", size=0, out=sheet, reason="again")
    assert "yuliao annotate publish" in refused.value.remedy
    assert not sheet.exists()


def test_a_file_of_verdicts_says_only_what_could_not_be_shown(check: RawCheck, tmp_path: Path) -> None:
    """Pass and fail follow from marks; a file may say that an item cannot be judged."""
    item = drawing.drawn_items(check.desk.desk.workspace, drawing.sample(check.desk.desk.workspace, check.sample))[0]
    at, file = check.desk.desk.workspace.ledger.now(), tmp_path / "verdicts.jsonl"
    line = f'{{"item": "{item}", "inspector": "p-k1", "verdict": "%s", "risks": [], "at": "{at}"}}\n'
    file.write_text(line % "pass", "utf-8")
    with pytest.raises(GovernanceError) as refused:
        sampling.record(check.desk.room.house, check.sample, file)
    assert refused.value.code == "corpus.judged-in-the-server"
    file.write_text(line % "cannot_judge", "utf-8")
    assert sampling.record(check.desk.room.house, check.sample, file).sample.unsure == 1


def test_what_would_be_stripped_otherwise_now_is_not_shown(check: RawCheck, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the stripping gives another text than is stored, what would be checked is not what was released."""
    monkeypatch.setattr(raw_texts, "taken_out", lambda _, text: TakenOut(text, ()))
    batch = check.publish().batch
    assert batch.units == 12
    assert not any(number in text for text in check.texts(batch).values() for number in NUMBERS)


def test_a_changed_file_is_not_shown(check: RawCheck) -> None:
    """A record that is no longer the one taken in is passed over: nobody checks a text that was never released."""
    path = check.desk.room.folder / "input" / "letters.jsonl"
    path.write_bytes(path.read_bytes().replace("第0封".encode(), "第9封".encode()))
    batch = check.publish().batch
    assert batch.units == 17
    assert inspecting.not_shown(check.desk.room.house, batch) == 1
    check.mark(batch, CHECKERS[0])
    assert check.close().texts_deleted == 17, "what was shown is judged, and raw text does not wait for the rest"


def test_it_ends_when_what_was_shown_is_judged_and_nothing_raw_is_left(check: RawCheck) -> None:
    """An open check is not accepted; accepted, the server has no text, and no file of ours ever had a number of it."""
    batch = check.publish().batch
    with pytest.raises(GovernanceError, match="18 of 18 items"):
        check.close()
    check.mark(batch, CHECKERS[0])
    assert check.close().texts_deleted == 18
    assert check.desk.server.tasks(batch.projects[0].number) == {}
    assert _spoilt(check, *NUMBERS) == set()
    assert _spoilt(check, NAME) == {NAME}, "what was missed stands in the released text, and the search finds it"


def test_a_withdrawn_text_leaves_the_server_at_the_next_collection(
    check: RawCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's withdrawal does not wait for the end of the batch; the item's marks count no more."""
    batch = check.publish().batch
    check.mark(batch, CHECKERS[0])
    may = raw_texts.showable
    monkeypatch.setattr(raw_texts, "showable", lambda house, items: frozenset(sorted(may(house, items))[1:]))
    found = check.collect().collected.found
    assert [each.reason for each in found.kept_out] == ["text-gone"]
    assert len(check.desk.server.tasks(batch.projects[0].number)) == 17
    assert {each.reason for each in check.collect().collected.found.kept_out} == {"deleted"}
    assert len(check.collect().verdicts) == 17


def test_what_is_shown_while_it_ends_is_told(check: RawCheck) -> None:
    """The projects are closed before the last look, so that no access comes after it."""
    batch = check.publish().batch
    check.mark(batch, CHECKERS[0])
    number, key = batch.projects[0].number, min(check.desk.server.tasks(batch.projects[0].number))
    check.desk.server.show(number, key, "p-k2")
    check.close()
    assert ("p-k2", number) in check.fact.accesses


def test_a_void_check_deletes_its_texts(check: RawCheck) -> None:
    """Given up, nothing raw stays either."""
    batch = check.publish().batch
    assert check.close("void").texts_deleted == 18
    assert check.desk.server.tasks(batch.projects[0].number) == {}


def test_marks_are_kept_with_the_safety_annotations(check: RawCheck) -> None:
    """Where personal information stands in raw text is kept apart from functional annotation."""
    batch = check.publish().batch
    check.mark(batch, CHECKERS[0])
    check.collect()
    stored = check.desk.desk.batch("b-pi").answers
    assert check.desk.desk.stores.safety.path(stored).exists()  # type: ignore[arg-type]  # a digest is a word
    assert answers.of_batch(check.desk.desk, check.desk.desk.batch("b-pi")).answers


def test_events_hold_counts_and_ids_alone(check: RawCheck) -> None:
    """Neither a number nor a piece of text stands in the ledger or in the copy of the outbox."""
    batch = check.publish().batch
    check.mark(batch, CHECKERS[0])
    check.collect()
    told = "".join(str(each.event) for each in check.desk.desk.workspace.ledger.entries())
    told += "".join(each.body for each in mirror.read(check.desk.desk).rows)
    assert not any(each in told for each in (*NUMBERS, NAME, "谢谢", "封信"))
    kinds = [each.event for each in check.desk.desk.workspace.ledger.entries(kinds=("PersonalInformationChecked",))]
    assert [type(each) for each in kinds] == [PersonalInformationChecked]


def test_the_plan_asks_for_what_the_house_says(check: RawCheck) -> None:
    """More than the house's share of items with something missed is over the limit: 2 of 18 is more than 5 percent."""
    batch = check.publish().batch
    check.mark(batch, CHECKERS[0])
    check.collect()
    house = check.desk.room.house
    sample = drawing.sample(house.workspace, check.sample)
    assert plan(sample.plan).required(house.catalog, "national") == 300
    assert sampling.asked(house, sample) == "2 failed, and the house allows 5 percent"
    assert sampling._outcome(house, sample) == "failed"
