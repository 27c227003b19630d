"""Our own recognisers have a gate of their own, which exact mode asks too."""

from presidio_analyzer import EntityRecognizer

from pii.exact import characters
from pii.normalise import fold
from pii.recognizers.cued import CuedRecognizer
from pii.recognizers.looks import looks


def is_ours(recognizer: EntityRecognizer) -> bool:
    """Tell whether a recogniser finds what one of ours finds, and nothing else."""
    kind = type(recognizer)
    return (
        isinstance(recognizer, CuedRecognizer)
        and kind in {type(each.recognizer) for each in looks().looks}
        and kind.find is CuedRecognizer.find
        and "expressions" not in vars(recognizer)
    )


def kinds_seen(text: str, *, is_odd: bool) -> set[type[EntityRecognizer]]:
    """Return the classes of ours that may find something in a text.

    Args:
        text: As given, not folded.
        is_odd: A scan may see some of its characters otherwise than `re` does.
    """
    gate, every = looks()
    folded = fold(text).text
    if is_odd and characters.has_odd(folded):
        return {type(each.recognizer) for each in every}
    seen = {stretch.watch for stretch in gate.stretches(folded)}
    return {type(each.recognizer) for number, each in enumerate(every) if number in seen}
