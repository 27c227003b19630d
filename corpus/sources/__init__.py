"""The source register (来源台账): declaring a source, attaching its papers, admitting, refusing and suspending it.

This is the front door; the rooms behind it are ``registration`` (declaring, papers), ``admission`` (decisions),
``gate`` (what may be taken in today), ``states`` (the fold over the ledger), ``papers`` (the hard checks),
``lineage`` (what a derived source comes from), ``days`` and ``declarations``.

- Whatever is recorded together is one transaction; a request that is refused leaves nothing half recorded.
- A declaration given again unchanged records nothing; a changed one, or a paper whose bytes are others, is looked at
  anew: an admitted source goes back to registered and has to be admitted again.
- Admission is decided by the hard checks of the kind (``rules/sources``). A missing document refuses the source.
- No free text enters an event before ``scan`` has found no personal information in it.
"""

from corpus.sources.admission import Admission, admit, outstanding, refuse, suspend
from corpus.sources.declarations import Declaration
from corpus.sources.evidence_files import Scan
from corpus.sources.gate import require_admitted
from corpus.sources.papers import Missing
from corpus.sources.registration import Registration, attach, register
from corpus.sources.states import Paper, Source, State, declaration, require_declared, sources

__all__ = [
    "Admission",
    "Declaration",
    "Missing",
    "Paper",
    "Registration",
    "Scan",
    "Source",
    "State",
    "admit",
    "attach",
    "declaration",
    "outstanding",
    "refuse",
    "register",
    "require_admitted",
    "require_declared",
    "sources",
    "suspend",
]
