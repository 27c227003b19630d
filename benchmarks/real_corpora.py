"""The four real corpora, declared and ingested as a user would: what the measurements and the real-data tests share.

The data lie outside the project, in the folder ``shared/data`` beside the checkout, and nothing of them is kept.
"""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import sources as register
from corpus.ingest import Outcome
from provenance.ids import source_id
from ui.bootstrap import House, create, holds_personal_information
from ui.services import ingesting, lexicons

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared" / "data"
NAMES = ("prc-laws", "chinese-poetry", "paddle-docs-cn", "pingcap-docs-cn")
KEYWORDS = 10_000


@dataclass(frozen=True)
class Real:
    """One corpus: where its file is."""

    name: str
    file: Path


def corpora() -> list[Real]:
    """Return the four corpora, or stop with a sentence where they are not there."""
    found = [Real(name, DATA / name / "text.jsonl") for name in NAMES]
    missing = [each.file for each in found if not each.file.is_file()]
    if missing:
        sys.exit(f"The real corpora are not in {DATA}; put the shared data beside the checkout.")
    return found


def keyword_file(folder: Path) -> Path:
    """Write a library of ten thousand invented keywords, the size a filing needs, with those of the example.

    Four rare characters in a row, so that ordinary text holds none of them.
    """
    example = (HERE.parent / "examples" / "lexicon.csv").read_text("utf-8").splitlines()
    rare = [chr(0x9A00 + n) for n in range(1000)]
    risks = [line.rpartition(",")[2] for line in example[1:]]
    lines = [
        f"{rare[n % 997]}{rare[n * 7 % 991]}{rare[n * 13 % 983]}{rare[n * 29 % 977]},{risks[n % len(risks)]}"
        for n in range(KEYWORDS)
    ]
    file = folder / "keywords.csv"
    file.write_text("\n".join([*example, *lines]) + "\n", "utf-8")
    return file


def papers(corpus: Real, folder: Path) -> Path:
    """Lay the declaration of a corpus beside its licence note in a folder of its own, and return it."""
    place = folder / "papers" / corpus.name
    place.mkdir(parents=True)
    shutil.copyfile(HERE / "sources" / f"{corpus.name}.yaml", place / "declaration.yaml")
    shutil.copyfile(corpus.file.parent / "LICENSE-NOTE.txt", place / "LICENSE-NOTE.txt")
    return place / "declaration.yaml"


def declared(folder: Path, corpora: Sequence[Real]) -> House:
    """Make a workspace below the folder with the corpora declared and admitted and the keywords imported."""
    os.environ["YULIAO_KEYS"] = str(folder / "keys")
    house = create(folder / "workspace")
    lexicons.import_keywords(house, keyword_file(folder))
    for each in corpora:
        register.register(house.workspace, papers(each, folder), actor=house.actor, scan=holds_personal_information)
        decision = register.admit(
            house.workspace,
            each.name,
            reason="licence note read",
            actor=house.actor,
            scan=holds_personal_information,
            profile=house.profile.pi_profile,
        )
        assert not decision.missing, [lack.check for lack in decision.missing]
    return house


def ingest(
    house: House, name: str, file: Path, workers: int, progress: Callable[[str, int, int], None] = lambda *_: None
) -> Outcome:
    """Ingest one file."""
    job = ingesting.submit(house, source_id(name), [file], workers=workers)
    return ingesting.run(house, job, progress=progress)
