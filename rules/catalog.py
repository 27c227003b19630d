"""The standards as data, loaded once: clauses, thresholds, risks, reasons, house rules, profiles.

- A complaint about a file names the file and the field.
- References are checked here: a threshold's clause, a clause's thresholds, a reason's clause, a profile's numbers.
- A profile may be stricter than a threshold and is refused where it is looser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Protocol, TypeVar, cast

from provenance.canonical import Json
from provenance.errors import GovernanceError
from provenance.ids import Digest
from rules import reading
from rules.certainty import weakest
from rules.records import (
    Clause,
    EntityLaw,
    HouseRule,
    Profile,
    Reason,
    Risk,
    RiskGroup,
    Threshold,
    Words,
)

LAW_BOOKS = ("gbt45574", "strict_35273")
"""The two views of what is sensitive personal information (敏感个人信息)."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Record = TypeVar("_Record", bound=_Named)


class House:
    """The numbers and lists that no standard gives (rules/house.yaml), by name."""

    def __init__(self, rules: Mapping[str, HouseRule]) -> None:
        self.rules = rules

    def integer(self, name: str) -> int:
        """Return a number; a name that is not a number's is a broken program."""
        value = self.rules[name].value
        assert isinstance(value, int)
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """Return a list; a name that is not a list's is a broken program."""
        value = self.rules[name].value
        assert isinstance(value, list)
        return tuple(value)


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything under ``rules/`` that is data, by id; ``root`` is the folder it was read from."""

    root: Traversable
    clauses: Mapping[str, Clause]
    thresholds: Mapping[str, Threshold]
    risks: Mapping[str, Risk]
    risk_groups: Mapping[str, RiskGroup]
    reasons: Mapping[str, Reason]
    house: House
    entities: Mapping[str, EntityLaw]
    evidence_kinds: Mapping[str, Words]
    profiles: Mapping[str, Profile]
    code_endings: frozenset[str]

    @cached_property
    def edition(self) -> Digest:
        """Digest over all rule data; made when it is asked for, since it reads every file.

        Raises:
            GovernanceError: A file is not as it must be.
        """
        return reading.edition(self.root)

    def clause(self, clause: str) -> Clause:
        """Return a clause by id.

        Raises:
            GovernanceError: There is no such clause.
        """
        return _known(self.clauses, clause, "clause", "`yuliao clause list` prints them.")

    def profile(self, name: str = "national") -> Profile:
        """Return a profile by name.

        Raises:
            GovernanceError: There is no such profile.
        """
        return _known(self.profiles, name, "profile", f"Use one of: {', '.join(self.profiles)}.")

    def required(self, threshold: str, profile: str = "national") -> int:
        """Return the number that a profile asks: its own where it is stricter, otherwise the standard's."""
        return self.profile(profile).thresholds.get(threshold, self.thresholds[threshold].value)

    def keywords_required(self, profile: str = "national") -> Mapping[str, int]:
        """Return for each risk that the keyword library (关键词库) must cover how many keywords it needs."""
        return {
            risk.id: self.required(f"keywords_{risk.group.replace('.', '')}_min_each", profile)
            for risk in self.risks.values()
            if risk.in17
        }

    def sensitive(self) -> Mapping[str, frozenset[str]]:
        """Return for each law book the sensitive types of personal information (敏感个人信息)."""
        return {
            book: frozenset(each.id for each in self.entities.values() if each.is_sensitive(book)) for book in LAW_BOOKS
        }

    def risk_unions(self) -> Mapping[str, frozenset[str]]:
        """Return the risks that count as illegal or harmful (``*29``) and those keywords must cover (``*17``)."""
        return {
            "*29": frozenset(risk.id for risk in self.risks.values() if risk.in29),
            "*17": frozenset(risk.id for risk in self.risks.values() if risk.in17),
        }


@cache
def load() -> Catalog:
    """Load the rule data of this installation, once per process.

    Raises:
        GovernanceError: A file is not as it must be; file and field are named.
    """
    return load_from(resources.files("rules"))


def load_from(root: Traversable) -> Catalog:
    """Load the rule data below a folder.

    Raises:
        GovernanceError: A file is not as it must be; file and field are named.
    """
    profiles = [_profile(file) for file in _yaml_files(root, "profiles")]
    kinds = cast("Mapping[str, Json]", _mapping(root, "evidence_kinds.yaml")["kinds"])
    catalog = Catalog(
        root=root,
        clauses=_by_id([each for file in _yaml_files(root, "clauses") for each in _clauses(file)], "clauses"),
        thresholds=_records(root, "thresholds.yaml", "thresholds", Threshold),
        risks=_records(root, "risks.yaml", "risks", Risk),
        risk_groups=_records(root, "risks.yaml", "groups", RiskGroup),
        reasons=_records(root, "reasons.yaml", "reasons", Reason),
        house=House(_records(root, "house.yaml", "house", HouseRule)),
        entities=_records(root, "sensitive.yaml", "entities", EntityLaw),
        evidence_kinds=MappingProxyType(
            {name: reading.shaped(words, Words, f"evidence_kinds.yaml, {name}") for name, words in kinds.items()}
        ),
        profiles=_by_id(profiles, "profiles"),
        code_endings=frozenset(cast("list[str]", _mapping(root, "endings.yaml")["code"])),
    )
    _check_references(catalog)
    return catalog


def _check_references(catalog: Catalog) -> None:
    for clause in catalog.clauses.values():
        weakest(clause.certainty)
        for named in clause.thresholds:
            _demand(named in catalog.thresholds, f"clauses, {clause.id}, field thresholds", "unknown threshold")
    for threshold in catalog.thresholds.values():
        weakest(threshold.certainty)
        place = f"thresholds.yaml, {threshold.id}, field clause"
        _demand(threshold.clause in catalog.clauses, place, "unknown clause")
    for reason in catalog.reasons.values():
        is_known = not reason.clause or reason.clause in catalog.clauses
        _demand(is_known, f"reasons.yaml, {reason.id}, field clause", "unknown clause")
    for risk in catalog.risks.values():
        place = f"risks.yaml, {risk.id}"
        _demand(risk.group in catalog.risk_groups, f"{place}, field group", "unknown group")
        if risk.in17:
            same = catalog.keywords_required()[risk.id] == risk.kw
            _demand(same, f"{place}, field kw", "it differs from thresholds.yaml")
    for profile in catalog.profiles.values():
        for name, value in profile.thresholds.items():
            place = f"profiles/{profile.id}.yaml, field thresholds.{name}"
            _demand(name in catalog.thresholds, place, "unknown threshold")
            _demand(catalog.thresholds[name].is_stricter(value), place, "looser than the clause")


def _clauses(file: Traversable) -> list[Clause]:
    content = cast("dict[str, Json]", reading.plain(file))
    standard = content.get("standard")
    rows = cast("list[dict[str, Json]]", content["clauses"])
    return [reading.shaped({"standard": standard, **row}, Clause, f"{file.name}, {row.get('id')}") for row in rows]


def _profile(file: Traversable) -> Profile:
    return reading.shaped(reading.plain(file), Profile, f"profiles/{file.name}")


def _mapping(root: Traversable, name: str) -> Mapping[str, Json]:
    content = reading.plain(root.joinpath(name))
    if not isinstance(content, dict):
        raise reading.damaged(name, "it holds no mapping")
    return content


def _records(root: Traversable, name: str, field: str, shape: type[_Record]) -> Mapping[str, _Record]:
    rows = _mapping(root, name).get(field)
    if not isinstance(rows, list):
        raise reading.damaged(f"{name}, field {field}", "it holds no list")
    return _by_id([reading.shaped(row, shape, f"{name}, row {n}") for n, row in enumerate(rows, 1)], name)


def _by_id(records: list[_Record], place: str) -> Mapping[str, _Record]:
    found: dict[str, _Record] = {}
    for record in records:
        _demand(record.id not in found, f"{place}, {record.id}", "an id stands twice")
        found[record.id] = record
    return MappingProxyType(found)


def _yaml_files(root: Traversable, folder: str) -> list[Traversable]:
    files = [file for file in root.joinpath(folder).iterdir() if file.name.endswith(".yaml")]
    return sorted(files, key=lambda file: file.name)


def _demand(holds: bool, place: str, what: str) -> None:
    if not holds:
        raise reading.damaged(place, what)


_Found = TypeVar("_Found")


def _known(table: Mapping[str, _Found], wanted: str, kind: str, remedy: str) -> _Found:
    if wanted not in table:
        raise GovernanceError(f"There is no such {kind}.", code=f"rules.unknown-{kind}", remedy=remedy)
    return table[wanted]
