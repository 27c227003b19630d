"""What an ingest needs to know: settings, rules and a source's declaration become the parameters of a job."""

from pathlib import Path

from corpus.clearance.item_papers import item_papers
from corpus.ingest import Setup
from corpus.measure import Kinds
from corpus.near.params import NearParams
from corpus.near.signatures import SignatureParams
from corpus.pipeline import PipelineParams
from corpus.readers import Bounds, ReadOptions
from corpus.sources import Source, declaration, sources
from corpus.stages.language import LanguageParams
from corpus.stages.risk import ScreenParams
from corpus.stages.tokens import counter
from provenance.errors import GovernanceError
from provenance.events import LexiconReleased
from provenance.ids import Digest
from rules.catalog import Catalog
from rules.matcher import house_limits
from ui import marks
from ui.bootstrap import House, code_digest
from ui.stripping import stripper_for, uncovered

_MEGABYTE = 2**20


def setup_for(house: House, source: Source) -> Setup:
    """Return all that an ingest of this source needs to know.

    Raises:
        GovernanceError: No keyword library was imported yet, the tokenizer cannot be read, or pseudonyms are ordered
            and their key cannot be had.
    """
    settings, catalog = house.settings.file, house.catalog
    lexicon = released_lexicon(house)
    tokenizer = Path(settings.tokens.tokenizer).expanduser() if settings.tokens.tokenizer else None
    declared = declaration(house.workspace, source)
    stripper = stripper_for(house, source)
    params = PipelineParams(
        workspace_key=house.workspace.item_key,
        reading=read_options(house, source),
        language=language_params(catalog, is_code=declared.code),
        screen=ScreenParams(catalog.house.strings("screened_languages"), house_limits(catalog)),
        stripper=stripper,
        papers=item_papers(house.workspace, source, declared),
        labels=marks.label_params(source, sources(house.workspace.ledger)),
        rights=marks.rights_params(source),
        metadata=marks.metadata_params(source, declared),
        lexicon=house.workspace.evidence.path(Digest(lexicon.digest)),
        tokenizer=tokenizer,
        near=near_params(house) if settings.ingest.near_duplicates else None,
        kinds=Kinds(catalog.sensitive(), catalog.risk_unions()),
        items=house.settings.folder / "items",
        scratch=house.workspace.scratch,
    )
    return Setup(
        pipeline=params,
        unit_bytes=settings.ingest.unit_megabytes * _MEGABYTE,
        lot_units=settings.ingest.lot_units,
        rules_edition=catalog.edition,
        lexicon=lexicon.digest,
        tokenizer=counter(tokenizer).name,
        code=code_digest(),
        uncovered=uncovered(stripper),
    )


def read_options(house: House, source: Source) -> ReadOptions:
    """Return how a source's files are read."""
    declared = declaration(house.workspace, source)
    return ReadOptions(
        unit=declared.unit,
        text_field=declared.text_field,
        id_field=declared.id_field,
        record_limit_bytes=house.settings.file.ingest.record_limit_megabytes * _MEGABYTE,
        url_field=" ".join(declared.values("details.url_field")),
        user_field=" ".join(declared.values("details.user_field")),
        bounds=reading_bounds(house.catalog),
    )


def reading_bounds(catalog: Catalog) -> Bounds:
    """Return how far compressed files, archives and documents may go."""
    number = catalog.house.integer
    return Bounds(
        free_bytes=number("inflated_free_bytes"),
        ratio=number("inflation_ratio_max"),
        inflated_bytes=number("inflated_bytes_max"),
        members=number("archive_members_max"),
        held_bytes=number("document_held_bytes_max"),
        pages=number("document_pages_max"),
        garbled_share=number("garbled_share_max") // 1000,
    )


def near_params(house: House) -> NearParams:
    """Return the numbers of the search for near duplicates."""
    number = house.catalog.house.integer
    signing = SignatureParams(
        house.workspace.item_key, long_from=number("near_long_from"), short_below=number("near_short_below")
    )
    return NearParams(signing, number("near_similarity_min"), number("near_kept_compared_max"))


def released_lexicon(house: House) -> LexiconReleased:
    """Return the keyword library that screens now.

    Raises:
        GovernanceError: None was imported yet; nothing can be admitted unscreened.
    """
    latest: LexiconReleased | None = None
    for entry in house.workspace.ledger.entries(kinds=("LexiconReleased",)):
        assert isinstance(entry.event, LexiconReleased)
        latest = entry.event
    if latest is None:
        raise GovernanceError(
            "This workspace has no keyword library yet, and nothing is taken in unscreened.",
            code="ui.no-lexicon",
            remedy="Import one: `yuliao rules import-keywords FILE.csv` (columns keyword,risk).",
        )
    return latest


def language_params(catalog: Catalog, *, is_code: bool) -> LanguageParams:
    """Return the numbers of the language rule."""
    return LanguageParams(
        han_share=catalog.house.integer("zh_letter_share_min") // 1000,
        kana_share=catalog.house.integer("kana_share_min") // 1000,
        min_probability=catalog.house.integer("language_probability_min") // 1000,
        is_code=is_code,
        sample_characters=catalog.house.integer("language_prefix_max"),
    )
