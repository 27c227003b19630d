"""The keyword library (关键词库) that was released last, ready to screen texts."""

from corpus.samples.technical import Screen
from provenance.ids import Digest
from rules.lexicon import Lexicon
from rules.matcher import KeywordMatcher, house_limits
from ui.bootstrap import House
from ui.parameters import released_lexicon


def keyword_screen(house: House) -> tuple[Digest, Screen]:
    """Return the digest of the library that screens now, and the screen.

    Raises:
        GovernanceError: None was imported yet.
    """
    digest = Digest(released_lexicon(house).digest)
    with house.workspace.evidence.open(digest) as stored:
        matcher = KeywordMatcher(Lexicon.read(stored.read(), house.catalog), house_limits(house.catalog))

    def screen(text: str) -> tuple[str, ...]:
        return tuple(sorted({risk for risk, _grade in matcher.screen(text).counts}))

    return digest, screen
