"""Strip personal information (去标识化): text in, released text and places out."""

import datetime as dt
import gc
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pii.entities import ENTITIES, covered
from pii.identify import Identifier, identified
from pii.minors import is_minor
from pii.policy import PiiPolicy, Treatment
from pii.pseudonyms import Pseudonyms
from pii.tags import outside
from provenance.errors import GovernanceError
from provenance.spans import Span

if TYPE_CHECKING:
    from pii.engine import Detector
    from pii.names.weights import Setting
    from pii.operators import Edit


class Found(NamedTuple):
    """Where something was found: ``[start, end)`` in code points of the released text, of what stands there now."""

    start: int
    end: int
    entity: str
    treatment: Treatment
    score: int
    """Thousandths."""
    is_minor: bool = False
    """Whether the value says that its person was under 14 (不满十四周岁); counted as a ``CN_MINOR`` beside its own."""


class Stripped(NamedTuple):
    """A released text and what was found in it, in text order; the values only as identifiers, for memory alone."""

    text: str
    found: tuple[Found, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    """Distinct and sorted, whatever their treatment. They do not print themselves, and nobody stores them."""


class Round(NamedTuple):
    """One look at a text (一遍识别): what was found in it, what it became, where each find's outcome stands there."""

    before: str
    spans: tuple[Span, ...]
    after: str
    places: tuple[tuple[int, int], ...]
    found: tuple[Found, ...]
    """All that was found so far, in code points of ``after``."""


@dataclass(frozen=True)
class Stripper:
    """Strips texts by a policy. Cheap to build and to pickle: engines are built per process, on the first text.

    Args:
        policy: What is done with what type.
        pseudonyms: Makes the tags of types that get pseudonyms.
        collected_to: The day on which ages count, see :mod:`pii.minors`; without one no age is told from a number.
        names: The setting for names, ``balanced`` or ``recall``; None where they are not looked for.
        model: A spaCy model by package or folder that finds names too; empty for none.

    Raises:
        GovernanceError: A type gets pseudonyms, and there is no key for them.
    """

    policy: PiiPolicy = field(default_factory=PiiPolicy)
    pseudonyms: Pseudonyms | None = None
    collected_to: dt.date | None = None
    names: "Setting | None" = "balanced"
    model: str = ""

    def __post_init__(self) -> None:
        """Refuse pseudonyms without a key."""
        if self.policy.needs_key and self.pseudonyms is None:
            raise GovernanceError(
                "Pseudonyms are ordered for a type of personal information, and there is no key to make them with.",
                code="pii.no-pseudonym-key",
                remedy="Name a key file in yuliao.toml, [personal_information] pseudonym_key, or order another "
                "treatment.",
            )

    def decisive(self) -> dict[str, str | None]:
        """Return all that decides on an outcome, for a digest of it: of the key only its id."""
        return {
            "profile": self.policy.profile,
            "key": self.pseudonyms.key_id if self.pseudonyms else None,
            "collected_to": self.collected_to.isoformat() if self.collected_to else None,
            "names": self.names,
            "model": self.model,
            **self.policy.treatments,
        }

    @property
    def covered(self) -> frozenset[str]:
        """The types that are looked for."""
        return covered() if self.names or self.model else covered() - {"NAME"}

    def detect(self, text: str) -> tuple[Span, ...]:
        """Return what was found in the text as given, tags apart; see :meth:`pii.engine.Detector.detect`."""
        return tuple(outside(text, _detector(self.names, self.model).detect(text)))

    def strip(self, text: str) -> Stripped:
        """Treat every find by the policy, until a look at the outcome finds nothing more.

        What stood beside a value may only now be seen as one (two numbers run together, say), so the outcome is looked
        at again; stripping a stripped text therefore changes nothing.

        Raises:
            GovernanceError: A recogniser failed; the text must not be stored.
        """
        found: tuple[Found, ...] = ()
        identifiers: set[Identifier] = set()
        for each in self.rounds(text):
            identifiers |= identified(each.before, each.spans)
            text, found = each.after, each.found
        return Stripped(text, found, tuple(sorted(identifiers)))

    def rounds(self, text: str) -> Iterator[Round]:
        """Yield the looks at a text in which something was found, each at what the one before made of it.

        Raises:
            GovernanceError: As for :meth:`strip`.
        """
        found: tuple[Found, ...] = ()
        while fresh := self._fresh(text, found):
            done = self._treat(text, fresh, found)
            yield done
            text, found = done.after, done.found

    def _fresh(self, text: str, known: tuple[Found, ...]) -> list[Span]:
        """Return what is to be treated yet: all that is personal, but not once more the values kept before.

        A value that was kept gives way to one over it that has to go and is seen only now.
        """
        kept = [each for each in known if each.treatment is Treatment.KEEP]
        spans = [span for span in self.detect(text) if ENTITIES[span.label].is_personal]
        return [
            span for span in spans if self.policy.treatment(span.label) is not Treatment.KEEP or not _meets(span, kept)
        ]

    def _treat(self, text: str, spans: list[Span], known: tuple[Found, ...]) -> Round:
        from pii.operators import Edit, apply  # noqa: PLC0415 - as below

        edits = [Edit(span.start, span.end, span.label, self.policy.treatment(span.label)) for span in spans]
        released, places = apply(text, edits, self.pseudonyms)
        fresh = [
            Found(*place, span.label, self.policy.treatment(span.label), span.score, self._is_minor(text, span))
            for span, place in zip(spans, places, strict=True)
        ]
        standing = tuple(each for each in known if each.treatment is not Treatment.KEEP or not _meets(each, spans))
        every = tuple(sorted([*fresh, *_moved(standing, edits, places)]))
        return Round(text, tuple(spans), released, tuple(places), every)

    def _is_minor(self, text: str, span: Span) -> bool:
        return self.collected_to is not None and is_minor(span.label, text[span.start : span.end], self.collected_to)


def _meets(one: Span | Found, others: Sequence[Span] | Sequence[Found]) -> bool:
    behind = bisect_left(others, one.end, key=lambda each: each.start)
    return behind > 0 and one.start < others[behind - 1].end


def _moved(known: tuple[Found, ...], edits: "list[Edit]", places: list[tuple[int, int]]) -> list[Found]:
    """Return earlier finds where they stand after the edits; one that left nothing may now lie inside an edit."""
    moved = []
    shift = at = 0
    for each in known:
        while at < len(edits) and edits[at].end <= each.start:
            shift = places[at][1] - edits[at].end
            at += 1
        start, end = each.start + shift, each.end + shift
        if at < len(edits) and edits[at].start < each.start:
            start = end = places[at][0]
        moved.append(each._replace(start=start, end=end))
    return moved


@cache
def _detector(names: "Setting | None", model: str) -> "Detector":
    with _without_collection():
        from pii.engine import Detector  # noqa: PLC0415 - Presidio and spaCy take seconds; no command waits in vain

        return Detector(model=model, names=names)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: what is built stays, and looking through it takes a tenth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
