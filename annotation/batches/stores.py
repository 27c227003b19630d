"""Where answers and labels are stored: safety annotations (安全性标注) in a store of their own (隔离存储).

The chain of the server's outbox, which tells of both, lies with the safety annotations, and so does what was marked as
personal information in raw text.
"""

from dataclasses import dataclass
from pathlib import Path

from provenance.disk import told
from provenance.ids import Digest
from provenance.objects import ObjectStore
from rules.annotation.batches import PI_CHECK, SAFETY


@dataclass(frozen=True)
class Stores:
    """The two stores, each a folder that its owner alone may enter.

    Clause:
        R-040
    """

    safety: ObjectStore
    functional: ObjectStore

    @classmethod
    def under(cls, folder: Path) -> "Stores":
        """Make the stores below a folder, where they are not there yet.

        Raises:
            GovernanceError: The disk refuses.
        """
        for name in ("safety", "functional"):
            with told("make the store of annotations", folder / name):
                (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(ObjectStore(folder / "safety"), ObjectStore(folder / "functional"))

    def of(self, kind: str) -> ObjectStore:
        """Return the store of a kind of batch."""
        return self.safety if kind in (SAFETY, PI_CHECK) else self.functional

    def read(self, kind: str, name: str) -> bytes:
        """Return what is stored under a digest; what does not have it is not believed.

        Raises:
            GovernanceError: It is not there, or its bytes are others.
        """
        store = self.of(kind)
        store.check(Digest(name))
        with store.open(Digest(name)) as stored:
            return stored.read()
