"""Measures against cases computed by hand, intervals that come out the same, and records that are refused."""

from pathlib import Path

import numpy as np
import orjson
import pytest

from pii.evaluation import bootstrap
from pii.evaluation.bootstrap import REPLICATES, interval, resample
from pii.evaluation.counts import ALL, Counts, Row, count
from pii.evaluation.records import Gold, Labelled, Predicted, pairs
from pii.evaluation.score import Evaluation, evaluate
from pii.evaluation.stretches import Stretches
from provenance.errors import ExitCode, GovernanceError

SECRET = "绝不外传"  # noqa: S105  # the point is that it never comes out


def counted(
    gold: list[Labelled], predicted: list[Labelled], characters: int = 100, genre: str = ""
) -> dict[Row, Counts]:
    """Return the counts of one document by row."""
    return dict(count(gold, predicted, characters, genre))


def evaluated(*documents: tuple[list[Labelled], list[Labelled]], templates: list[str] | None = None) -> Evaluation:
    """Evaluate documents of 100 characters each."""
    return evaluate(
        (
            Gold(str(i), i, 100, tuple(gold), (templates or [""] * len(documents))[i], ""),
            Predicted(str(i), i, tuple(found)),
        )
        for i, (gold, found) in enumerate(documents)
    )


def value(evaluation: Evaluation, measure: str, row: Row = ALL) -> float | None:
    """Return a measure of a row."""
    return evaluation.estimates[row][measure].value


def write(path: Path, *records: object) -> Path:
    """Write JSON Lines."""
    path.write_bytes(b"".join((each if isinstance(each, bytes) else orjson.dumps(each)) + b"\n" for each in records))
    return path


def test_union_counts_each_character_once() -> None:
    """Overlapping, touching and nested spans count their characters once, and a place is asked of the union."""
    union = Stretches(
        [Labelled(5, 9, "A"), Labelled(0, 3, "A"), Labelled(2, 5, "B"), Labelled(20, 22, "A"), Labelled(6, 7, "B")]
    )
    assert union.size == 11
    assert [union.inside(Labelled(*each, "A")) for each in ((0, 9), (8, 21), (9, 20), (3, 4), (0, 50))] == [
        9,
        2,
        0,
        1,
        11,
    ]
    assert Stretches([]).inside(Labelled(0, 5, "A")) == 0


def test_measures_of_a_case_by_hand() -> None:
    """Two of four are covered, one in its type; eight of 28 predicted characters are wrong; no document is clean."""
    gold = [Labelled(0, 10, "MOBILE"), Labelled(20, 30, "EMAIL"), Labelled(40, 50, "QQ"), Labelled(60, 70, "NAME")]
    found = [
        Labelled(0, 10, "MOBILE"),  # exact
        Labelled(20, 25, "QQ"),  # two together cover the address, as another type
        Labelled(25, 30, "QQ"),
        Labelled(90, 98, "NAME"),  # over-redaction
    ]
    result = evaluated((gold, found))
    assert result.counts[ALL] == Counts(
        gold=4,
        covered=2,
        typed=1,
        predicted=4,
        exact=1,
        gold_characters=40,
        covered_characters=20,
        inside_characters=20,
        outside_characters=8,
        characters=100,
        documents=1,
        clean=0,
    )
    assert value(result, "covered_recall") == 0.5
    assert value(result, "typed_recall") == 0.25
    assert value(result, "exact_f1") == 2 * 1 / (4 + 4)
    assert value(result, "character_recall") == 0.5
    assert value(result, "character_precision") == 20 / 28
    assert value(result, "over_redaction") == 80.0
    assert value(result, "clean_documents") == 0.0


def test_rows_of_types_say_what_was_missed_and_what_was_miscalled() -> None:
    """An address called a QQ number is covered in its own row and no exact find in either."""
    result = evaluated(([Labelled(0, 10, "EMAIL")], [Labelled(0, 10, "QQ"), Labelled(50, 55, "QQ")]), ([], []))
    mail, qq = Row("type", "EMAIL"), Row("type", "QQ")
    assert (value(result, "covered_recall", mail), value(result, "typed_recall", mail)) == (1.0, 0.0)
    assert value(result, "exact_f1", mail) == 0.0
    assert value(result, "covered_recall", qq) is None
    assert value(result, "character_precision", qq) == 10 / 15
    assert value(result, "over_redaction", qq) == 25.0, "against the characters of both texts"


def test_one_uncovered_character_is_a_leak() -> None:
    """A span short of one character is not covered and its document not clean; with it both are."""
    gold = [Labelled(10, 20, "MOBILE")]
    short = counted(gold, [Labelled(10, 19, "MOBILE")])[ALL]
    whole = counted(gold, [Labelled(9, 21, "MOBILE")])[ALL]
    assert (short.covered, short.clean, short.covered_characters) == (0, 0, 9)
    assert (whole.covered, whole.typed, whole.exact, whole.clean, whole.outside_characters) == (1, 1, 0, 1, 2)


def test_clean_documents_are_counted_among_those_with_gold() -> None:
    """A document without personal information says nothing about leaks; what is found in it is over-redaction."""
    result = evaluated(([Labelled(0, 5, "QQ")], [Labelled(0, 5, "QQ")]), ([Labelled(0, 5, "QQ")], []), ([], []))
    assert value(result, "clean_documents") == 0.5


def test_organisation_codes_are_judged_by_themselves() -> None:
    """A code told apart enters no sum, covers nothing personal, and is over-redaction where taken for a person's."""
    gold = [Labelled(0, 18, "USCC"), Labelled(30, 41, "MOBILE")]
    told = counted(gold, [Labelled(0, 18, "USCC"), Labelled(30, 41, "USCC")])
    assert (told[ALL].gold, told[ALL].covered, told[ALL].predicted, told[ALL].outside_characters) == (1, 0, 0, 0)
    assert (told[Row("type", "USCC")].gold, told[Row("type", "USCC")].exact) == (1, 1)
    taken = counted(gold, [Labelled(0, 18, "BANK_CARD")])[ALL]
    assert taken.outside_characters == 18


def test_rows_of_tricks_and_genres() -> None:
    """Spans are counted under the way they were written, documents under their genre; a trick has no precision."""
    gold = [Labelled(0, 5, "QQ", "plain"), Labelled(10, 15, "QQ", "circled")]
    rows = counted(gold, [Labelled(0, 5, "QQ")], genre="chat")
    assert (rows[Row("trick", "plain")].covered, rows[Row("trick", "circled")].covered) == (1, 0)
    assert rows[Row("genre", "chat")] == rows[ALL]
    result = evaluated((gold, []))
    assert "exact_f1" not in result.estimates[Row("trick", "plain")]


def test_repeated_predictions_count_once() -> None:
    """The same find printed twice is one find."""
    result = evaluated(([Labelled(0, 5, "QQ")], [Labelled(0, 5, "QQ"), Labelled(0, 5, "QQ", "again")]))
    assert value(result, "exact_f1") == 1.0


def test_interval_rests_on_templates() -> None:
    """Twenty texts of two templates, one found and one missed, leave everything open; of twenty they do not."""
    hit, miss = ([Labelled(0, 5, "QQ")], [Labelled(0, 5, "QQ")]), ([Labelled(0, 5, "QQ")], [])
    documents = [hit, miss] * 10
    few = evaluated(*documents, templates=["a", "b"] * 10)
    many = evaluated(*documents, templates=[str(i) for i in range(20)])
    assert (few.clusters, many.clusters, few.by_template) == (2, 20, True)
    assert few.estimates[ALL]["covered_recall"] == (0.5, 0.0, 1.0)
    estimate = many.estimates[ALL]["covered_recall"]
    assert estimate.low is not None
    assert estimate.high is not None
    assert 0.2 <= estimate.low < 0.5 < estimate.high <= 0.8


def test_order_of_documents_does_not_matter() -> None:
    """The same documents in another order give the same evaluation, intervals included."""
    hit, miss = ([Labelled(0, 5, "QQ")], [Labelled(0, 5, "QQ")]), ([Labelled(0, 5, "QQ")], [])
    records = [
        (Gold(str(i), i, 10, tuple(each[0]), f"t{i % 7}" if i % 2 else "", ""), Predicted(str(i), i, tuple(each[1])))
        for i, each in enumerate([hit, miss, hit] * 9)
    ]
    assert evaluate(records) == evaluate(reversed(records))


def test_random_numbers_are_those_of_splitmix64(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the seed of its published test vector the generator gives the published numbers, from any place on."""
    monkeypatch.setattr(bootstrap, "SEED", 1234567)
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    assert bootstrap._random(0, 4).tolist() == published
    assert bootstrap._random(2, 2).tolist() == published[2:]


def test_every_replicate_draws_as_many_clusters_as_there_are() -> None:
    """Each replicate holds three clusters out of three, and on average each cluster once."""
    drawn = resample(np.eye(3))
    assert drawn.shape == (REPLICATES, 3)
    assert set(drawn.sum(axis=1)) == {3.0}
    assert abs(drawn.mean(axis=0) - 1).max() < 0.1
    assert (drawn == resample(np.eye(3))).all()


def test_interval_is_by_nearest_rank_of_what_is_defined() -> None:
    """Of 1,000 values 25 lie on either side; undefined ones are left out; of none there is no interval."""
    values = np.arange(1000.0)[::-1].copy()
    assert interval(values) == (25.0, 974.0)
    assert interval(np.array([np.nan, 3.0])) == (3.0, 3.0)
    assert interval(np.array([np.nan])) is None


def test_files_are_joined_by_id(tmp_path: Path) -> None:
    """Documents are matched by id whatever their order, ids of numbers and of text alike, blank lines passed over."""
    gold = write(
        tmp_path / "gold.jsonl",
        {"id": 1, "text": SECRET, "spans": [{"start": 0, "end": 2, "type": "QQ", "trick": "plain"}], "genre": "chat"},
        b"",
        {"id": "b", "text": "", "spans": []},
    )
    found = write(
        tmp_path / "found.jsonl",
        {"id": "b", "spans": []},
        {"id": "1", "spans": [{"start": 1, "end": 4, "type": "QQ", "score": 0.5}]},
    )
    read = sorted(pairs(gold, found))
    assert read == [
        (Gold("1", 1, 4, (Labelled(0, 2, "QQ", "plain"),), "", "chat"), Predicted("1", 2, (Labelled(1, 4, "QQ"),))),
        (Gold("b", 3, 0, (), "", ""), Predicted("b", 1, ())),
    ]


FINE = {"id": "a", "text": SECRET, "spans": []}
FOUND = {"id": "a", "spans": []}


def spanned(start: object, end: object, kind: object = "QQ", **more: object) -> dict[str, object]:
    """Return a gold record with one span."""
    return {**FINE, "spans": [{"start": start, "end": end, "type": kind, **more}]}


@pytest.mark.parametrize(
    ("gold", "found", "code", "place"),
    [
        (b"{", FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        (b"[1]", FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        ({"text": SECRET, "spans": []}, FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        ({"id": True, "text": SECRET, "spans": []}, FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        ({"id": "a", "spans": []}, FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        ({"id": "a", "text": SECRET}, FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        ({**FINE, "spans": [3]}, FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        ({**FINE, "genre": 3}, FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        (spanned("0", 1), FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        (spanned(False, 1), FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        (spanned(0.0, 1), FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        (spanned(0, 1, trick=1), FOUND, "evaluation-malformed", "gold.jsonl line 2"),
        (spanned(0, 1, SECRET), FOUND, "evaluation-type", "gold.jsonl line 2"),
        (spanned(0, 1, 7), FOUND, "evaluation-type", "gold.jsonl line 2"),
        (spanned(0, 5), FOUND, "span-outside", "gold.jsonl line 2"),
        (spanned(-1, 2), FOUND, "span-outside", "gold.jsonl line 2"),
        (spanned(2, 2), FOUND, "span-outside", "gold.jsonl line 2"),
        (FINE, {**FOUND, "spans": spanned(0, 5)["spans"]}, "span-outside", "found.jsonl line 2"),
        (FINE, {**FOUND, "spans": spanned(0, 1, "SHOE")["spans"]}, "evaluation-type", "found.jsonl line 2"),
        (FINE, {"id": SECRET, "spans": []}, "ids-differ", "gold.jsonl line 2"),
        ({**FINE, "id": "first"}, {"id": "first", "spans": []}, "id-twice", "gold.jsonl line 2"),
    ],
)
def test_bad_records_are_told_by_file_and_line(
    tmp_path: Path, gold: object, found: object, code: str, place: str
) -> None:
    """A record that is wrong is refused with its place and a remedy, and nothing of the text is told."""
    first = {"id": "first", "text": SECRET, "spans": []}
    good, answer = tmp_path / "good.jsonl", tmp_path / "answer.jsonl"
    assert len(list(pairs(write(good, first, FINE), write(answer, {"id": "first", "spans": []}, FOUND)))) == 2
    with pytest.raises(GovernanceError) as caught:
        list(
            pairs(
                write(tmp_path / "gold.jsonl", first, gold),
                write(tmp_path / "found.jsonl", {"id": "first", "spans": []}, found),
            )
        )
    assert caught.value.code == f"pii.{code}"
    assert caught.value.where.endswith(place)
    assert caught.value.exit_code is ExitCode.USAGE
    assert SECRET not in caught.value.diagnostics()
    assert caught.value.__cause__ is None


def test_overlapping_gold_is_refused(tmp_path: Path) -> None:
    """Gold that annotates a character twice is refused, touching spans are not; predictions may overlap."""
    spans = [{"start": 0, "end": 2, "type": "QQ"}, {"start": 2, "end": 4, "type": "NAME"}]
    both = [{"start": 0, "end": 3, "type": "QQ"}, {"start": 2, "end": 4, "type": "NAME"}]
    found = write(tmp_path / "found.jsonl", {**FOUND, "spans": both})
    assert list(pairs(write(tmp_path / "gold.jsonl", {**FINE, "spans": spans}), found))
    with pytest.raises(GovernanceError, match="overlap") as caught:
        list(pairs(write(tmp_path / "gold.jsonl", {**FINE, "spans": both}), found))
    assert caught.value.where.endswith("gold.jsonl line 1")


def test_missing_documents_are_counted(tmp_path: Path) -> None:
    """Documents on one side only are counted, and the first is told by its line."""
    gold = write(tmp_path / "gold.jsonl", FINE)
    found = write(tmp_path / "found.jsonl", FOUND, {"id": "b", "spans": []}, {"id": "c", "spans": []})
    with pytest.raises(GovernanceError, match="2 of these documents are missing in the file of gold") as caught:
        list(pairs(gold, found))
    assert caught.value.where.endswith("found.jsonl line 2")


def test_nothing_to_evaluate_is_refused() -> None:
    """An empty gold file has no measure."""
    with pytest.raises(GovernanceError, match="no document"):
        evaluate([])
