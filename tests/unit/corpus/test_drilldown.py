"""Every figure leads back to its rows: counted anew over the items, amended ones included, it is the same number."""

import pytest

from corpus.decisions.amendments import Overlay
from corpus.tracing.drilldown import count
from provenance.errors import GovernanceError
from rules.figures import Amount
from rules.queries import Figure, Query, figures
from tests.fakes.amender import Amender
from tests.fakes.identities import mobile
from tests.fakes.packing import png, wav
from tests.fakes.workroom import Workroom

TEXTS = [
    "山路很滑请小心",
    f"请拨打{mobile(7)}或者{mobile(8)}联系",
    "乌有国颠覆传单在此，乌有国颠覆传单在彼",
    "乌有恐怖手册",
    "The river runs quietly through the valley and nobody hears it in the evening.",
    "山路很滑请小心",
]


def _wrong(amender: Amender) -> list[Figure]:
    house = amender.room.house
    profile = house.profile.pi_profile
    return [
        figure
        for figure in figures(amender.room.facts())
        if count(house.workspace, figure.query, amender.kinds, profile=profile) != figure.value
    ]


@pytest.fixture
def amender(room: Workroom) -> Amender:
    """Two sources with repeats, personal information and risks, and media in the second."""
    room.ingest(room.declare("first"), room.write_texts("first.jsonl", TEXTS))
    room.ingest(room.declare("second"), room.write_texts("second.jsonl", TEXTS[1:3]))
    room.ingest("second", room.write("sound.wav", wav(1500)), room.write("picture.png", png(640, 480)))
    return Amender(room)


def test_every_figure_is_the_count_of_its_rows(amender: Amender) -> None:
    """As sealed, media too; after items were moved, released and held; after a file was read again over them."""
    assert len(figures(amender.room.facts())) > 50
    assert _wrong(amender) == []
    media = [item for item, state in amender.items("second").items() if state == ("quarantined", "unscreened")]
    amender.amend(media, "admitted", "released")
    assert amender.room.facts().by_type["audio"] == Amount(1, len(wav(1500)), 0, 1500)
    assert amender.room.facts().by_type["image"] == Amount(1, len(png(640, 480)))
    assert _wrong(amender) == []
    items = sorted(amender.items("first"))
    amender.amend(items[:1], "rejected", "text-erased")
    amender.amend(items[2:4], "admitted", "released")
    assert _wrong(amender) == []
    amender.hold("first")
    assert _wrong(amender) == []
    amender.room.ingest("second", amender.room.folder / "input" / "second.jsonl", reconsider=True)
    amender.restore("first")
    assert _wrong(amender) == []


def test_a_row_that_is_counted_as_it_was_sealed_is_noticed(amender: Amender, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded bug, a drill-down that overlooks amendments, contradicts the figures."""
    amender.amend(list(amender.items("first"))[:1], "rejected", "text-erased")
    assert _wrong(amender) == []
    monkeypatch.setattr(Overlay, "apply", lambda _self, batch, _shard: batch)
    assert {"items.rejected", "items.admitted"} <= {figure.path for figure in _wrong(amender)}


def test_a_figure_of_an_earlier_day_is_not_counted_over_other_rows(amender: Amender) -> None:
    """Once items moved, the rows of an old figure are no longer there to be counted."""
    size = amender.room.house.workspace.ledger.head().size
    amender.amend(list(amender.items("first"))[:1], "rejected", "text-erased")
    with pytest.raises(GovernanceError, match="since this figure was made"):
        count(amender.room.house.workspace, Query(size), amender.kinds, profile="strict_35273")
