"""The stages about persons: every text that may be stored is stripped, every identifier keyed, the refused kept out."""

import hashlib
from typing import Any

import pyarrow as pa

from corpus import intake
from corpus.readers import Record
from corpus.schema import DUPLICATE, QUARANTINED, REJECTED
from corpus.stage import fill, run
from corpus.stages.privacy import RefusePersons, StripPersonalInfo
from pii.policy import PiiPolicy, Treatment
from pii.strip import Stripper
from provenance.ids import FileId
from provenance.pseudonyms import pseudonym
from tests.fakes.identities import mobile

KEY = b"k" * 32
PHONE, OTHER = mobile(1), mobile(2)
STAGE = StripPersonalInfo(Stripper(PiiPolicy({"EMAIL": Treatment.KEEP})), KEY)


def _batch(*texts: str, **columns: list[Any]) -> pa.RecordBatch:
    records = [
        Record(place, len(text), hashlib.sha256(b"%d" % place).digest(), text, None, "")
        for place, text in enumerate(texts)
    ]
    return fill(intake._batch([(FileId(b"f" * 16), record) for record in records]), **columns)


def _keyed(*identifiers: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"entity": entity, "key": pseudonym(KEY, entity, value)} for entity, value in identifiers]


def test_identifiers_are_keyed_distinct_and_sorted() -> None:
    """Whatever is personal is kept as a keyed digest, what the declaration keeps too, each once and in order."""
    done = run((STAGE,), _batch(f"电话{PHONE}，+86-{PHONE}，b@c.com", "没有"))
    found = done["identifiers"].to_pylist()
    assert found == [_keyed(("EMAIL", "b@c.com"), ("MOBILE", PHONE)), []]
    assert PHONE not in str(done.to_pylist())


def test_ids_and_addresses_lead_to_their_persons() -> None:
    """An identifier in the publisher's id or in the address counts as one in the text, on decided rows too."""
    batch = _batch(
        "甲",
        "乙",
        external_id=[f"tel-{PHONE}", None],
        url=[None, f"https://e.org/u/{OTHER}"],
        disposition=["", DUPLICATE],
    )
    done = run((STAGE,), batch)
    assert done["identifiers"].to_pylist() == [_keyed(("MOBILE", PHONE)), _keyed(("MOBILE", OTHER))]
    assert PHONE not in str(done["external_id"].to_pylist())
    assert OTHER not in str(done["url"].to_pylist())


def test_a_text_kept_apart_before_is_stripped_too() -> None:
    """An item that an earlier stage quarantined is stored, so it is stripped; one that is not stored is passed by."""
    text = f"电话{PHONE}"
    batch = _batch(text, text, disposition=[QUARANTINED, REJECTED], reason=["robots-disallowed", "x"])
    done = run((STAGE,), batch)
    assert done["text"].to_pylist() == ["电话<MOBILE>", text]
    assert [len(each) for each in done["pi"].to_pylist()] == [1, 0]


def test_the_stage_does_not_show_its_key() -> None:
    """Neither the key nor a refused person is printed."""
    assert KEY.decode() not in repr(STAGE)
    assert str(KEY[:16]) not in repr(RefusePersons(frozenset({KEY[:16]})))


def test_a_refused_person_is_kept_apart_and_out() -> None:
    """An item of a refused person keeps its row alone; others, and the same digest of another type, pass."""
    refused = RefusePersons(frozenset({pseudonym(KEY, "MOBILE", PHONE)}))
    batch = _batch(f"电话{PHONE}", f"电话{OTHER}", external_id=["1", "2"], user_key=[b"u" * 16, b"v" * 16])
    clean = run((STAGE, RefusePersons()), batch)
    assert clean["disposition"].to_pylist() == ["", ""]
    done = run((STAGE, refused), batch).to_pylist()
    assert (done[0]["disposition"], done[0]["reason"]) == (QUARANTINED, "person-refused")
    assert done[0]["pi"]
    for name in ("text", "duplicate_key", "external_id", "url", "url_key", "user_key"):
        assert done[0][name] is None
    assert done[0]["identifiers"] == []
    assert (done[1]["disposition"], done[1]["text"], done[1]["external_id"]) == ("", "电话<MOBILE>", "2")


def test_what_was_decided_stays_decided() -> None:
    """An item that an earlier stage decided on keeps its reason, and loses the same."""
    refused = RefusePersons(frozenset({pseudonym(KEY, "MOBILE", PHONE)}))
    batch = _batch(f"电话{PHONE}", disposition=[QUARANTINED], reason=["text-empty"])
    done = run((STAGE, refused), batch).to_pylist()[0]
    assert (done["reason"], done["text"], done["identifiers"]) == ("text-empty", None, [])
