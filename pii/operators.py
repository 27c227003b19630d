"""The operators (处理方式) at work: what was decided on is applied by Presidio's AnonymizerEngine.

It is the door to ``presidio_anonymizer``; stripping de-identifies (去标识化) and is not called anonymisation, whatever
the library's name.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from presidio_anonymizer import AnonymizerEngine, OperatorConfig
from presidio_anonymizer import RecognizerResult as Mark
from presidio_anonymizer.operators import Operator, OperatorType

from pii.presidio import silence, translate
from pii.pseudonyms import Pseudonyms
from pii.tags import tag

_MARKS_AT_ONCE = 64

silence()  # an import after the first silence brings its logger's voice back


class Edit(NamedTuple):
    """A stretch to change, half-open in code points of the text, its type, and Presidio's operator for it."""

    start: int
    end: int
    entity: str
    operator: str


class PseudonymOperator(Operator):
    """Presidio's operator for a keyed pseudonym; its parameters are ``entity`` and ``pseudonyms``."""

    def operate(self, text: str, params: dict[str, Any]) -> str:  # type: ignore[override] # Presidio's default is None
        """Return the tag that stands for the text."""
        pseudonyms: Pseudonyms = params["pseudonyms"]
        return pseudonyms.tag(params["entity"], text)

    def validate(self, params: dict[str, Any]) -> None:  # type: ignore[override] # as above
        """Demand a key; a policy without one was refused long before."""
        assert isinstance(params["pseudonyms"], Pseudonyms)

    def operator_name(self) -> str:
        """Return its name."""
        return "pseudonym"

    def operator_type(self) -> OperatorType:
        """Return that it cannot be turned round."""
        return OperatorType.Anonymize


def apply(text: str, edits: Sequence[Edit], pseudonyms: Pseudonyms | None = None) -> tuple[str, list[tuple[int, int]]]:
    """Change a text with Presidio's AnonymizerEngine.

    Args:
        text: The text.
        edits: In text order, none overlapping another; ``operator`` is replace, mask, redact, pseudonym or keep.
        pseudonyms: Makes the tags of those that get pseudonyms.

    Returns:
        The new text, and where each edit's outcome stands in it.
    """
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    done = size = 0
    for first in range(0, len(edits), _MARKS_AT_ONCE):  # the engine copies its text once per mark
        group = edits[first : first + _MARKS_AT_ONCE]
        start, end = group[0].start, group[-1].end
        parts.append(text[done:start])
        size += start - done
        changed, inner = _apply_group(text, start, end, group, pseudonyms)
        places.extend((size + a, size + b) for a, b in inner)
        parts.append(changed)
        size += len(changed)
        done = end
    parts.append(text[done:])
    return "".join(parts), places


def _apply_group(
    text: str, start: int, end: int, edits: Sequence[Edit], pseudonyms: Pseudonyms | None
) -> tuple[str, list[tuple[int, int]]]:
    # A type of its own for each edit keeps the engine from merging neighbours: overlaps are resolved already.
    marks = [Mark(str(i), edit.start - start, edit.end - start, 1.0) for i, edit in enumerate(edits)]
    operators = {str(i): _operator(edit, pseudonyms) for i, edit in enumerate(edits)}
    result = translate(lambda: _engine().anonymize(text[start:end], marks, operators, merge_entities_with_spaces=False))
    places = sorted((int(item.entity_type), item.start, item.end) for item in result.items)
    return result.text, [(first, last) for _, first, last in places]


@cache
def _engine() -> AnonymizerEngine:
    build: Callable[[], AnonymizerEngine] = AnonymizerEngine  # its constructor carries no annotations
    engine = build()
    engine.add_anonymizer(PseudonymOperator)
    return engine


def _operator(edit: Edit, pseudonyms: Pseudonyms | None) -> OperatorConfig:
    if edit.operator == "replace":
        return OperatorConfig("replace", {"new_value": tag(edit.entity)})
    if edit.operator == "pseudonym":
        return OperatorConfig("pseudonym", {"entity": edit.entity, "pseudonyms": pseudonyms})
    if edit.operator == "mask":
        return OperatorConfig("mask", {"masking_char": "*", "chars_to_mask": edit.end - edit.start, "from_end": False})
    return OperatorConfig(edit.operator)
