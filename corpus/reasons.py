"""The reason (理由) that a person gives for a decision: compulsory, and without personal information, for it stays."""

from corpus.sources.evidence_files import Scan
from provenance.errors import GovernanceError


def demand_reason(reason: str, scan: Scan, *, of: str) -> None:
    """Demand that a decision has a reason which may enter the ledger.

    Args:
        reason: As it was given.
        scan: Finds personal information.
        of: What it is the reason of, as a sentence begins: ``A decision on a source``.

    Raises:
        GovernanceError: The reason is empty or holds personal information.
    """
    if not reason.strip():
        raise GovernanceError(
            f"{of} needs its reason.",
            code="corpus.reason-missing",
            remedy="Give it with --reason.",
        )
    if scan(reason):
        raise GovernanceError(
            "The reason holds personal information, which the ledger must never hold.",
            code="corpus.personal-in-reason",
            remedy="Write the reason without names, numbers or addresses of persons.",
        )
