"""The kinds of source: their data is whole, and their template is a declaration once it is filled in."""

import pytest

from corpus.sources import declarations
from corpus.sources.declared import Declaration
from provenance.errors import GovernanceError
from rules import catalog
from rules.licence_policy import policy
from rules.source_kinds import SourceKind, common_fields_and_papers, load, source_kind, template

KINDS = (
    "commercial",
    "cooperation",
    "derived",
    "open_source",
    "outside_copyright",
    "self_collected_web",
    "self_produced",
    "synthetic",
    "user_input",
)


def test_every_kind_of_the_standard_is_there() -> None:
    """The register knows the nine kinds of source and no other."""
    assert tuple(load()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_template_is_valid(kind: str) -> None:
    """What `source template` prints is a valid declaration once its examples stand in it."""
    read = declarations.parse(template(kind, with_examples=True).encode())
    assert read.declaration.kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_template_names_what_is_required(kind: str) -> None:
    """An unfilled template is refused with every required field of its kind, and nothing else of the details."""
    with pytest.raises(GovernanceError) as caught:
        declarations.parse(template(kind).encode())
    required = {each.name for each in source_kind(kind).fields if each.required}
    optional = {each.name for each in source_kind(kind).fields if not each.required}
    assert all(f"details.{name}: is required" in caught.value.message for name in required)
    assert not any(f"details.{name}:" in caught.value.message for name in optional)


def test_the_common_fields_are_those_of_the_model() -> None:
    """The template asks for exactly the fields that the declaration's model reads."""
    asked = {each.name.partition(".")[0] for each in common_fields_and_papers().fields}
    assert asked | {"kind", "details", "evidence"} == set(Declaration.model_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_every_check_can_be_met(kind: str) -> None:
    """A check names only evidence and fields that a declaration of its kind can have, and only listed values."""
    described = source_kind(kind)
    papers = {each.name for each in described.evidence}
    fields = {f"details.{each.name}": each for each in described.fields}
    common = {each.name for each in common_fields_and_papers().fields}
    for check in described.checks:
        assert check.evidence or check.fields or check.rule
        assert papers.issuperset(check.evidence)
        assert common.union(fields).issuperset(check.fields + check.filled)
        for path in check.fields:
            choices = fields[path].values if path in fields else ()
            assert not check.values or not choices or set(choices).issuperset(check.values)


@pytest.mark.parametrize("kind", KINDS)
def test_every_check_and_paper_cites_a_clause_that_exists(kind: str) -> None:
    """Nothing is demanded of a source without a clause of the standards."""
    clauses = set(catalog.load().clauses)
    described = source_kind(kind)
    for part in (*described.checks, *described.evidence):
        assert part.clauses
        assert clauses.issuperset(part.clauses)


@pytest.mark.parametrize("kind", KINDS)
def test_names_within_a_kind_are_unique(kind: str) -> None:
    """A field, a paper and a check are each found by one name."""
    described: SourceKind = source_kind(kind)
    for names in (
        [each.name for each in described.fields],
        [each.name for each in described.evidence],
        [each.id for each in described.checks],
    ):
        assert len(names) == len(set(names))
    assert described.origin in {each.name for each in described.fields}


def test_an_unknown_kind_names_the_nearest() -> None:
    """A typing mistake in a kind's name is answered with the name that was meant."""
    with pytest.raises(GovernanceError, match="Did you mean open_source") as caught:
        source_kind("open_sorce")
    assert caught.value.code == "rules.unknown-source-kind"


def test_an_unknown_paper_names_the_nearest() -> None:
    """A typing mistake in a kind of evidence is answered with the kind that was meant."""
    with pytest.raises(GovernanceError, match="Did you mean licence_text"):
        source_kind("open_source").evidence_kind("license_text")


def test_the_uses_of_the_template_are_those_of_the_policy() -> None:
    """What a declaration may name as intended use is what the licence policy has an answer for."""
    asked = next(each for each in common_fields_and_papers().fields if each.name == "intended_uses")
    assert asked.values == tuple(policy().uses)
    assert asked.default == f"[{', '.join(policy().default_uses)}]"
