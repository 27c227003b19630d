"""How certain a requirement is, and what may therefore be printed of it.

- **F** the final text was seen; **S** a secondary source; **D** a draft in full; **M** memory; **H** a house rule;
  **X** asserted but not confirmed.
- A mixed code counts as its weaker letter, in the order F, S, D, M, H, X; a *number* whose code holds S prints as S.
- X is never printed as law, whatever stands beside it.
"""

import re
from typing import Literal

from provenance.errors import ExitCode, GovernanceError

Language = Literal["zh", "en"]

ORDER = "FSDMHX"
"""From the strongest to the weakest."""

_WORDS: dict[str, tuple[str, str]] = {
    "F": ("", ""),
    "S": ("据公开资料", "according to public sources"),
    "D": ("征求意见稿 2024-03", "draft for comment, March 2024"),
    "M": ("自定规则，待核对", "house rule, to be checked"),
    "H": ("自定规则，待核对", "house rule, to be checked"),
}
_FORM = re.compile(r"[FSDMHX](\+[FSDMHX])*")


def weakest(code: str) -> str:
    """Return the weakest letter of a certainty code such as ``S+M``.

    Raises:
        GovernanceError: It is no certainty code.
    """
    _check(code)
    return max(code.split("+"), key=ORDER.index)


def printed(code: str, lang: Language) -> str | None:
    """Say what is printed beside a requirement of this certainty.

    Args:
        code: Certainty code of a clause.
        lang: ``zh`` or ``en``.

    Returns:
        The words; empty for a text that was seen; None where nothing may be printed as law.

    Raises:
        GovernanceError: It is no certainty code.
    """
    return _words(weakest(code), lang)


def printed_number(code: str, lang: Language) -> str | None:
    """Say what is printed beside a number: as :func:`printed`, but a number marked S counts as S.

    Raises:
        GovernanceError: It is no certainty code.
    """
    letters = set(code.split("+"))
    _check(code)
    return _words("S" if "S" in letters and "X" not in letters else weakest(code), lang)


def _words(letter: str, lang: Language) -> str | None:
    words = _WORDS.get(letter)
    return None if words is None else words[0 if lang == "zh" else 1]


def _check(code: str) -> None:
    if not _FORM.fullmatch(code):
        raise GovernanceError(
            "A certainty code is one of the letters F, S, D, M, H and X, or several joined by +.",
            code="rules.bad-certainty",
            remedy="Correct the field `certainty` of the rule data.",
            exit_code=ExitCode.ENVIRONMENT,
        )
