"""A small workroom to ingest in: a workspace on disk, sources declared and admitted, and a run at one's command."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus import sources as register
from corpus.ingest import Outcome
from provenance.events import ShardSealed
from provenance.ids import source_id
from rules.facts import Facts
from ui.bootstrap import House, create, holds_personal_information, open_house
from ui.services import ingesting, lexicons, reading

ALIKE = "near_duplicates = "
KEYWORDS = "keyword,risk\n乌有国颠覆传单,A1a\n乌有恐怖手册,A1d\n"

DECLARATION = """\
id: {id}
name: {id} of the test
kind: self_produced
region: {{side: domestic, country: CN, reason: our own department}}
unit: {unit}
text_field: text
id_field: {id_field}
types: [zh_text]
languages: [zh]
licence: ""
legal_basis: own work
collected: {{from: 2026-09-01, to: 2026-09-02, before_registration: true, reason: written before the platform stood}}
personal_information: {{names: strip, addresses: strip{orders}}}
details: {{department: editorial department, method: written by the department, produced: 2026-09-01}}
evidence: {{rights_statement: rights.txt, production_record: record.txt}}
"""


@dataclass
class Workroom:
    """A workspace with a folder beside it for declarations and data."""

    folder: Path
    house: House

    @classmethod
    def create(cls, folder: Path) -> "Workroom":
        """Make the workspace below a folder; keys go where the environment says."""
        create(folder / "workspace").workspace.database.close()
        settings = folder / "workspace" / "yuliao.toml"
        settings.write_text(settings.read_text("utf-8").replace(f"{ALIKE}true", f"{ALIKE}false"), "utf-8")
        room = cls.open(folder)
        room.import_keywords(KEYWORDS)
        return room

    @classmethod
    def open(cls, folder: Path) -> "Workroom":
        """Open what another process made."""
        return cls(folder, open_house(folder / "workspace"))

    def import_keywords(self, table: str) -> None:
        """Release a keyword library."""
        file = self.folder / "keywords.csv"
        file.write_text(table, "utf-8")
        lexicons.import_keywords(self.house, file)

    def set_small_units(self) -> None:
        """Make work units of one megabyte, so that a small file is many of them."""
        settings = self.folder / "workspace" / "yuliao.toml"
        settings.write_text(settings.read_text("utf-8").replace("unit_megabytes = 64", "unit_megabytes = 1"), "utf-8")
        self.house = open_house(self.folder / "workspace")

    def look_for_alike(self) -> None:
        """Tell near duplicates from now on: other tests write many texts by one pattern, and mean something else."""
        settings = self.folder / "workspace" / "yuliao.toml"
        settings.write_text(settings.read_text("utf-8").replace(f"{ALIKE}false", f"{ALIKE}true"), "utf-8")
        self.house = open_house(self.folder / "workspace")

    def declare(self, name: str, *, unit: str = "record", id_field: str = '""', orders: str = "") -> str:
        """Register and admit a source of our own production."""
        folder = self.folder / "declared" / name
        folder.mkdir(parents=True)
        (folder / "declaration.yaml").write_text(
            DECLARATION.format(id=name, unit=unit, id_field=id_field, orders=orders), "utf-8"
        )
        (folder / "rights.txt").write_text("all rights are ours\n", "utf-8")
        (folder / "record.txt").write_text("produced in the editorial department\n", "utf-8")
        actor, workspace, scan = self.house.actor, self.house.workspace, holds_personal_information
        register.register(workspace, folder / "declaration.yaml", actor=actor, scan=scan)
        decision = register.admit(
            workspace, name, reason="papers complete", actor=actor, scan=scan, profile="strict_35273"
        )
        assert not decision.missing, [each.check for each in decision.missing]
        return name

    def write(self, name: str, content: bytes) -> Path:
        """Write an input file."""
        path = self.folder / "input" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def write_texts(self, name: str, texts: Iterable[str]) -> Path:
        """Write texts as JSONL."""
        lines = (json.dumps({"text": text}, ensure_ascii=False) for text in texts)
        return self.write(name, "".join(f"{line}\n" for line in lines).encode())

    def ingest(
        self,
        source: str,
        *paths: Path,
        workers: int = 1,
        reconsider: bool = False,
        progress: Callable[[str, int, int], None] = lambda *_: None,
    ) -> Outcome:
        """Ingest as the command line does."""
        job = ingesting.submit(self.house, source_id(source), paths, workers=workers, reconsider=reconsider)
        return ingesting.run(self.house, job, progress=progress)

    def facts(self) -> Facts:
        """Return the facts."""
        return reading.facts_of(self.house)

    def shards(self) -> list[ShardSealed]:
        """Return what was sealed, in ledger order."""
        events = (entry.event for entry in self.house.workspace.ledger.entries(kinds=("ShardSealed",)))
        return [event for event in events if isinstance(event, ShardSealed)]
