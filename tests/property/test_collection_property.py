"""Property: what papers and lists say of an item depends on the item alone, and keys stand on every row."""

import pickle
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import intake
from corpus.clearance import refusals
from corpus.clearance.collection import FORGOTTEN, CheckCollection, prepare
from corpus.clearance.item_papers import ItemPapers, ListFile, UserPapers, WebPapers
from corpus.clearance.refusals import Refusals
from corpus.evidence.addresses import url_key
from corpus.evidence.authorisations import Wanted
from corpus.readers import Record
from corpus.readers.records import Beside
from corpus.schema import REJECTED
from corpus.stage import run
from corpus.stages.reading import Normalise, SignText
from provenance.ids import FileId
from provenance.objects import ObjectStore
from provenance.pseudonyms import USER, pseudonym
from tests.fakes.collected import HOST, SPRING, log, log_row

KEY = b"k" * 32
FILE = FileId(b"f" * 16)
URLS = ("/t/1", "/t/2", "/private/1", "/gone", "/unknown", "/withdrawn")
USERS = ("u-in", "u-out", "u-refused", "u-nobody")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> CheckCollection:
    """The stage with papers of both kinds and three lists, prepared."""
    folder = tmp_path_factory.mktemp("papers")
    store = ObjectStore(folder / "evidence")
    rows = [log_row(path, status=404 if path == "/gone" else 200) for path in URLS if path != "/unknown"]
    web = WebPapers(
        (HOST,),
        "*",
        "2026-09-01",
        "2026-09-03",
        store.path(store.put_bytes(log(rows))),
        store.path(store.put_bytes(b"User-agent: *\nDisallow: /private/\n")),
    )
    keyed = {user: pseudonym(KEY, USER, user).hex() for user in USERS}
    table = [f"{keyed['u-in']},v,s,{SPRING},", f"{keyed['u-out']},v,s,{SPRING},{SPRING}"]
    table.append(f"{keyed['u-refused']},v,s,{SPRING},")
    content = "\n".join(["user,version,scope,time,opt_out", *sorted(table), ""])
    users = UserPapers(Wanted("v", "s", "2026-08-31"), store.path(store.put_bytes(content.encode())))
    withdrawn = Refusals(url=frozenset({url_key(KEY, f"https://{HOST}/withdrawn").hex()}))
    lists = {"refused": Refusals(user=frozenset({keyed["u-refused"]})), "withdrawn": withdrawn}
    files = tuple(ListFile(name, store.path(refusals.write(store, held))) for name, held in lists.items())
    return CheckCollection(prepare(ItemPapers(web, users, files), KEY, folder), KEY)


def _batch(items: Sequence[tuple[str | None, str | None]]) -> pa.RecordBatch:
    records = [
        Record(place, 3, bytes(32), f"第{place}条", str(place), "", Beside(url and f"https://{HOST}{url}", user))
        for place, (url, user) in enumerate(items)
    ]
    return intake._batch([(FILE, record) for record in records])


ITEMS = st.lists(st.tuples(st.none() | st.sampled_from(URLS), st.none() | st.sampled_from(USERS)), min_size=1)


@given(ITEMS, st.integers(0, 8))
def test_cutting_a_batch_changes_nothing(stage: CheckCollection, items: list[tuple[str, str]], cut: int) -> None:
    """Whole or in two pieces, here or in another process: every item is judged the same."""
    stages = (Normalise(), SignText(KEY), stage)
    whole = run(stages, _batch(items))
    abroad = (*stages[:2], pickle.loads(pickle.dumps(stage)))  # noqa: S301  # its own bytes
    pieces = [run(abroad, part) for part in (_batch(items)[:cut], _batch(items)[cut:]) if part.num_rows]
    assert pa.Table.from_batches(pieces).equals(pa.Table.from_batches([whole]))


@given(ITEMS)
def test_what_is_kept_out_keeps_no_text(stage: CheckCollection, items: list[tuple[str | None, str | None]]) -> None:
    """A refused item has neither text nor signature; one that is let in has both, with its user's and address's key."""
    for row, (url, user) in zip(
        run((Normalise(), SignText(KEY), stage), _batch(items)).to_pylist(), items, strict=True
    ):
        is_fine = url in ("/t/1", "/t/2") and user == "u-in"
        assert (row["reason"] == "") == is_fine
        assert (row["text"] is None) == (row["duplicate_key"] is None) == (not is_fine)
        keys = [url and url_key(KEY, f"https://{HOST}{url}"), user and pseudonym(KEY, USER, user)]
        assert [row["url_key"], row["user_key"]] == ([None, None] if row["reason"] in FORGOTTEN else keys)
        assert row["disposition"] == (
            "" if is_fine else "quarantined" if url == "/withdrawn" and user != "u-refused" else REJECTED
        )
