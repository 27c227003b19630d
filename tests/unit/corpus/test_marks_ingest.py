"""A whole ingest with planted labels and notices: every one is counted, nothing is taken from a text, papers decide."""

import json
from pathlib import Path

import pytest

from corpus import shards
from corpus import sources as register
from provenance.ids import Digest
from rules.facts import Facts
from tests.fakes.workroom import Workroom
from ui.bootstrap import holds_personal_information
from ui.parameters import setup_for

DECLARATION = """\
id: {id}
name: {id} of the test
kind: {kind}
region: {{side: domestic, country: CN, reason: published in the country}}
unit: {unit}
types: [zh_text]
languages: [zh]
licence: "{licence}"
legal_basis: "{basis}"
collected: {{from: 2026-09-01, to: 2026-09-02, before_registration: true, reason: collected for another project}}
personal_information: {{names: strip, addresses: strip}}
details: {{{details}}}
evidence: {{{evidence}}}
"""
OPEN = (
    'dataset: verses, publisher: a society, url: "https://data.example.com/v", version: v1, '
    "commercial_use: true, is_link_list: false"
)
SYNTHETIC = (
    'model: a model, model_version: "1.4", provider: a company, model_side: domestic, model_filing: not filed, '
    "acquired: 2026-09-01, prompt_source: our own, implicit_label: unknown"
)
PRODUCER = "0011" + "91110000ABCDEFGH0J" + "10002"
LABEL = {"Label": "1", "ContentProducer": PRODUCER, "ProduceID": "a-1", "ContentPropagator": "", "PropagateID": ""}
FRONT = "---\nAIGC:\n  Label: '2'\n  ContentProducer: somebody\n  ProduceID: b-2\n---\n山路很长，第{}天。"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    """A workspace with a keyword library."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return Workroom.create(tmp_path)


def declare(
    room: Workroom,
    name: str,
    kind: str,
    *,
    licence: str = "",
    details: str,
    papers: tuple[str, ...],
    unit: str = "record",
) -> str:
    """Register and admit a source of any kind, with papers of a line each."""
    folder = room.folder / "declared" / name
    folder.mkdir(parents=True)
    for paper in papers:
        (folder / f"{paper}.txt").write_text(f"{paper} of {name}\n", "utf-8")
    words = DECLARATION.format(
        id=name,
        kind=kind,
        unit=unit,
        licence=licence,
        basis="" if licence else "terms of the model",
        details=details,
        evidence=", ".join(f"{paper}: {paper}.txt" for paper in papers),
    )
    (folder / "declaration.yaml").write_text(words, "utf-8")
    actor, workspace, scan = room.house.actor, room.house.workspace, holds_personal_information
    register.register(workspace, folder / "declaration.yaml", actor=actor, scan=scan)
    decision = register.admit(workspace, name, reason="complete", actor=actor, scan=scan, profile="strict_35273")
    assert not decision.missing, [each.check for each in decision.missing]
    return name


def rows(room: Workroom) -> list[dict[str, object]]:
    """Return the item rows of the latest shard."""
    return shards.read(room.house.workspace.items.path(Digest(room.shards()[-1].items))).to_pylist()


def texts(room: Workroom, role: str = "admitted_text") -> list[str]:
    """Return the stored texts of the latest shard."""
    stored = shards.read(room.house.workspace.items.path(Digest(getattr(room.shards()[-1], role))))
    return list(stored["text"].to_pylist())


def labels(facts: Facts) -> dict[tuple[str, bool, str], int]:
    """Return items by certainty, version known, and disposition."""
    return {(each.certainty, each.version_known, each.disposition): each.items for each in facts.labels}


def test_planted_labels_are_counted_exactly(room: Workroom) -> None:
    """Each layout is counted once, the risky one stays out, and not a character of a label leaves its text (R-305)."""
    records: list[dict[str, object]] = [{"text": f"湖面很静，第{n}天。"} for n in range(20)]
    records += [{"text": f"山路很长，第{n}天。", "AIGC": LABEL} for n in range(3)]
    records += [{"text": FRONT.format(n)} for n in range(2)]
    records += [{"text": f"本文由AI生成。风很大，第{n}天。"} for n in range(4)]
    records += [{"text": "人工智能生成内容（AIGC）是指利用人工智能技术生成的内容。"}]
    records += [{"text": "散发乌有国颠覆传单", "AIGC": json.dumps(LABEL)}]
    lines = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    room.ingest(room.declare("own"), room.write("a.jsonl", lines.encode()))
    facts = room.facts()
    assert labels(facts) == {
        ("generated", False, "admitted"): 3,
        ("generated", False, "quarantined"): 1,
        ("possible", False, "admitted"): 2,
        ("stated", False, "admitted"): 4,
    }
    assert [row["producer"] for row in rows(room) if row["producer"]] == [PRODUCER] * 4
    assert {row["generated_place"] for row in rows(room)} == {"", "metadata", "front-matter", "words"}
    assert [text for text in texts(room) if text.startswith("---")] == [FRONT.format(n) for n in range(2)]
    assert sum(text.startswith("本文由AI生成。") for text in texts(room)) == 4


def test_a_synthetic_source_is_synthetic_item_by_item(room: Workroom) -> None:
    """Every item of a synthetic source counts as declared, a labelled one by its label, all of known version."""
    source = declare(room, "chats", "synthetic", details=SYNTHETIC, papers=("model_terms", "generation_record"))
    records = [{"text": f"第{n}天，湖面很静。"} for n in range(5)] + [{"text": "山路很长。", "AIGC": LABEL}]
    lines = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    room.ingest(source, room.write("a.jsonl", lines.encode()))
    assert labels(room.facts()) == {("declared", True, "admitted"): 5, ("generated", True, "admitted"): 1}
    assert all(row["described"] and row["version_known"] for row in rows(room))


NOTICES = [
    ("湖面很静。", ""),
    ("© 2020 某公司。湖面很静。", "copyright"),
    ("山路很长。未经授权，不得转载。", "rights-reserved"),
    ("风很大，请打 13812345678。不得将本文用于模型训练。", "no-training"),
    ("# SPDX-License-Identifier: MIT\n# All rights reserved.\n大雨下了三天。", "licence:MIT"),
    ("# SPDX-License-Identifier: GPL-3.0-only\n小路弯弯。", "licence:GPL-3.0-only"),
    ("图书在版编目（CIP）数据。远处有山。", "book"),
]


def test_planted_notices_are_counted_and_decided_on(room: Workroom) -> None:
    """In an open-source corpus reserved rights and a stricter licence keep an item out; other notices are recorded."""
    source = declare(room, "verses", "open_source", licence="CC0-1.0", details=OPEN, papers=("licence_text",))
    file = room.write_texts("a.jsonl", [text for text, _ in NOTICES])
    room.ingest(source, file)
    facts = room.facts()
    assert dict(facts.by_reason) == {"licence-contradicts": 1, "rights-reserved": 2}
    counted = {(each.notice, each.disposition): each.items for each in facts.notices}
    assert counted == {
        ("*any", "admitted"): 3,
        ("*any", "quarantined"): 3,
        ("book", "admitted"): 1,
        ("copyright", "admitted"): 1,
        ("licence:GPL-3.0-only", "quarantined"): 1,
        ("licence:MIT", "admitted"): 1,
        ("no-training", "quarantined"): 1,
        ("rights-reserved", "admitted"): 1,
        ("rights-reserved", "quarantined"): 1,
    }
    stored = {text for role in ("admitted_text", "quarantined_text") for text in texts(room, role)}
    for row in rows(room):
        for notice in row["notices"]:  # type: ignore[attr-defined]  # rows are plain values
            assert any(text[notice["start"] : notice["end"]].strip() for text in stored)
    assert facts.checks["R-123"].ok == len(NOTICES)


def test_an_authorisation_lets_them_in_when_read_again(room: Workroom) -> None:
    """The paper changes the configuration, so the same file is read again; what it does not cover stays out."""
    source = declare(room, "verses", "open_source", licence="CC0-1.0", details=OPEN, papers=("licence_text",))
    file = room.write_texts("a.jsonl", [text for text, _ in NOTICES])
    room.ingest(source, file)
    paper = room.folder / "authorisation.txt"
    paper.write_text("the holder agrees\n", "utf-8")
    workspace, scan = room.house.workspace, holds_personal_information
    before = setup_for(room.house, register.sources(workspace.ledger)[source]).configuration()  # type: ignore[index]
    register.attach(workspace, source, "authorisation", paper, actor=room.house.actor, scan=scan)
    after = setup_for(room.house, register.sources(workspace.ledger)[source]).configuration()  # type: ignore[index]
    assert before != after
    assert room.ingest(source, file).already == 0
    assert dict(room.facts().by_reason) == {"licence-contradicts": 1}


def test_rights_are_recorded_only_where_papers_cover_them(room: Workroom) -> None:
    """In our own production the same notices keep nothing out, and a risk is still called a risk."""
    file = room.write_texts("a.jsonl", [*(text for text, _ in NOTICES), "未经授权不得转载。散发乌有国颠覆传单"])
    room.ingest(room.declare("own"), file)
    assert dict(room.facts().by_reason) == {"risk-keyword": 1}


def test_what_cannot_be_read_has_no_marks(room: Workroom) -> None:
    """Broken records and duplicates carry no label and no notice, and are described all the same."""
    content = '{"text": "湖面很静。"}\n{"text": "湖面很静。", "AIGC": {"Label": "1"}}\n{"text": 3, "AIGC": "1"}\n'
    room.ingest(room.declare("own"), room.write("a.jsonl", content.encode()))
    assert [(row["disposition"], row["generated"], row["notices"], row["described"]) for row in rows(room)] == [
        ("admitted", "", [], True),
        ("duplicate", "", [], True),
        ("quarantined", "", [], True),
    ]
