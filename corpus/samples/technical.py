"""The technical sample (技术抽检): released texts of drawn items, read shard by shard and screened again.

A tenth of a large corpus is a large corpus: texts are read a shard at a time and dropped, verdicts alone are kept.
"""

from collections.abc import Callable, Collection

from corpus.samples.verdict_files import CANNOT_JUDGE, FAIL, PASS, Verdict
from corpus.tracing import released
from corpus.workspace import Workspace
from provenance.ids import ItemId

Screen = Callable[[str], tuple[str, ...]]
"""Returns the risks that a text shows, sorted."""


def judge(workspace: Workspace, items: Collection[ItemId], judge_name: str, screen: Screen) -> dict[ItemId, Verdict]:
    """Judge drawn items by what a screen finds in their released text.

    Args:
        workspace: Where.
        items: The items drawn.
        judge_name: Who judges, ``machine:NAME/VERSION+DIGEST``: the digest tells the very tool.
        screen: Finds risks.

    Returns:
        A verdict for every item; one whose text is gone cannot be judged, which is not a pass.

    Clause:
        R-071, R-155
    """
    at = workspace.ledger.now()
    verdicts = {item: Verdict(item, judge_name, CANNOT_JUDGE, (), at) for item in sorted(items)}
    for item, text in released.each_stored(workspace, items):
        risks = screen(text)
        verdicts[item] = Verdict(item, judge_name, FAIL if risks else PASS, risks, at)
    return verdicts
