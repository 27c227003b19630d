"""Property: no stage can lose, add or re-decide an item, and cutting a batch anywhere changes nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import intake
from corpus.clearance.collection import CheckCollection
from corpus.clearance.item_papers import ItemPapers
from corpus.measure import Kinds, WeighText, cells
from corpus.readers import Record
from corpus.schema import DISPOSITIONS, QUARANTINED
from corpus.stage import Stage, StageBrokeContractError, fill, run
from corpus.stages.dedup import Keeper, MarkDuplicates
from corpus.stages.describe import DescribeItems, MetadataParams
from corpus.stages.labels import ReadLabels
from corpus.stages.language import LanguageParams
from corpus.stages.notices import DecideRights, RightsParams, ScanNotices
from corpus.stages.privacy import StripPersonalInfo
from corpus.stages.reading import IdentifyLanguage, Normalise, SignText
from corpus.stages.risk import DecideRisk, ScanRisk
from corpus.stages.tokens import counter
from pii.policy import PiiPolicy
from pii.strip import Stripper
from provenance.cells import Cells
from provenance.ids import FileId, ItemId
from rules import labels, notices
from rules.labels import LabelReader
from rules.lexicon import Lexicon
from rules.matcher import KeywordMatcher
from rules.notices import NoticeFinder

KEY = b"k" * 32
FILE = FileId(b"f" * 16)
KINDS = Kinds({"strict_35273": frozenset({"CN_ID18"})}, {"*29": frozenset({"A1a"})})
MATCHER = KeywordMatcher(Lexicon.read("keyword,risk\n乌有国颠覆传单,A1a\n".encode()))


def stages(repeated: Sequence[int] = ()) -> tuple[Stage, ...]:
    """Return the whole pipeline, with some items known to repeat the first."""
    keepers = {ItemId(FILE, place).encode(): Keeper(ItemId(FILE, 0).encode()) for place in repeated if place}
    return (
        Normalise(),
        SignText(KEY),
        CheckCollection(ItemPapers(), KEY),
        IdentifyLanguage(LanguageParams(han_share=500, kana_share=50, min_probability=800)),
        MarkDuplicates(keepers),
        ReadLabels(LabelReader(labels.load())),
        StripPersonalInfo(Stripper(PiiPolicy()), KEY),
        ScanNotices(NoticeFinder(notices.load())),
        ScanRisk(MATCHER),
        DecideRights(RightsParams(withheld=("rights-reserved",))),
        DecideRisk(("zh", "en")),
        WeighText(KEY, counter(None)),
        DescribeItems(MetadataParams(is_declared=True)),
    )


def batch(texts: Sequence[str | None]) -> pa.RecordBatch:
    """Return items as the intake makes them; an absent text is a broken record."""
    records = [
        Record(
            place, len(text or ""), hashlib.sha256(b"%d" % place).digest(), text, None, "" if text else "broken-json"
        )
        for place, text in enumerate(texts)
    ]
    return intake._batch([(FILE, record) for record in records])


TEXTS = st.lists(
    st.one_of(
        st.none(),
        st.sampled_from(
            [
                "今天天气很好，我们去公园散步。",
                "散发乌有国颠覆传单的人",
                "联系 13812345678 或 zhang@example.com",
                "The quick brown fox jumps over the lazy dog near the river bank.",
                "これは日本語の文章です。とてもいい天気ですね。",
                "本文由AI生成。未经授权，不得转载。版权所有，作者可打 13812345678",
                "   ",
                "12345",
            ]
        ),
        st.text(max_size=40).filter(bool),
    ),
    min_size=1,
    max_size=12,
)


@given(TEXTS, st.data())
def test_every_item_leaves_with_exactly_one_disposition(texts: list[str | None], data: st.DataObject) -> None:
    """Taken in = admitted + quarantined + duplicate + rejected, whatever the texts are."""
    repeated = data.draw(st.lists(st.integers(0, len(texts) - 1)))
    done = run(stages(repeated), batch(texts))
    counted = cells(done, KINDS).items_by_disposition()
    assert sum(counted.values()) == len(texts)
    assert set(counted) <= set(DISPOSITIONS)


@given(TEXTS, st.data())
def test_cutting_a_batch_anywhere_changes_nothing(texts: list[str | None], data: st.DataObject) -> None:
    """Items and figures are the same for one batch and for its two halves."""
    whole = batch(texts)
    cut = data.draw(st.integers(0, len(texts)))
    pipeline = stages()
    done = run(pipeline, whole)
    halves = [run(pipeline, half) for half in (whole.slice(0, cut), whole.slice(cut)) if half.num_rows]
    assert pa.Table.from_batches(halves).to_pylist() == pa.Table.from_batches([done]).to_pylist()
    assert sum((cells(half, KINDS) for half in halves), Cells()) == cells(done, KINDS)


@given(TEXTS)
def test_only_kept_items_keep_a_text(texts: list[str | None]) -> None:
    """A duplicate, rejected or unreadable item leaves the pipeline without its text."""
    for row in run(stages(range(0, len(texts), 2)), batch(texts)).to_pylist():
        is_kept = row["disposition"] in {"admitted", "quarantined"} and row["reason"] != "broken-json"
        assert (row["text"] is not None) == is_kept
        assert (row["commitment"] is not None) == is_kept


@given(TEXTS)
def test_notices_lie_in_the_text_and_take_nothing_from_it(texts: list[str | None]) -> None:
    """Spans of notices lie in the released text, and that is the same with the stages of labels and notices or not."""
    marking = (ReadLabels, ScanNotices, DecideRights)
    bare = run(tuple(stage for stage in stages() if not isinstance(stage, marking)), batch(texts))
    marked = run(stages(), batch(texts))
    assert marked["text"].equals(bare["text"])
    assert marked["commitment"].equals(bare["commitment"])
    for row in marked.to_pylist():
        for notice in row["notices"]:
            assert 0 <= notice["start"] < notice["end"] <= len(row["text"])


@dataclass(frozen=True)
class _Broken:
    """A stage with one fault, to show that the runner sees it."""

    fault: str
    name: ClassVar[str] = "broken"
    version: ClassVar[str] = "1"

    def __call__(self, items: pa.RecordBatch, /) -> pa.RecordBatch:
        if self.fault == "drops":
            return items.slice(1)
        if self.fault == "reorders":
            return items.take(pa.array(range(items.num_rows - 1, -1, -1)))
        if self.fault == "renames":
            return fill(items, position=[9] * items.num_rows)
        if self.fault == "redecides":
            return fill(items, disposition=["admitted"] * items.num_rows)
        return items.select(["text"])


@pytest.mark.parametrize("fault", ["drops", "reorders", "renames", "redecides", "forgets columns"])
def test_a_faulty_stage_is_caught(fault: str) -> None:
    """The runner passes a clean batch and refuses every way of losing an item."""
    items = fill(batch(["甲", "乙", "丙"]), disposition=[QUARANTINED, "", ""])
    assert run((Normalise(),), items).num_rows == 3
    with pytest.raises(StageBrokeContractError):
        run((_Broken(fault),), items)
