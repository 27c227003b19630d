"""Pseudonyms shown in a text (假名化): equal values of a type get equal marks, which lead nowhere without the key.

A pseudonym is de-identification (去标识化) and still personal information: who has the key can try all telephone
numbers in minutes, and who has the corpus can link what one person wrote. PIPL article 73.
"""

import hmac
from dataclasses import dataclass, field
from functools import cached_property

from pii.identify import canonical
from pii.tags import MARK_BYTES, tag

_MARK, _KEY_ID = b"yuliao/shown-pseudonym/1", b"yuliao/pseudonym-key-id/1"


@dataclass(frozen=True)
class Pseudonyms:
    """Makes the tags of values by a secret key.

    Args:
        key: At least 32 secret bytes that live outside the workspace and are written nowhere.
    """

    key: bytes = field(repr=False)

    def tag(self, entity: str, surface: str) -> str:
        """Return what stands for a value: HMAC-SHA-256 over its type and its canonical form, 64 bits of it.

        Args:
            entity: Its type; equal values of two types have different marks.
            surface: The value as it was found, however written.
        """
        message = b"\0".join((_MARK, entity.encode(), canonical(entity, surface).encode("utf-8", "surrogatepass")))
        return tag(entity, hmac.digest(self.key, message, "sha256")[:MARK_BYTES])

    @cached_property
    def key_id(self) -> str:
        """What names the key without telling it: 16 hexadecimal digits, a keyed digest of a constant."""
        return hmac.digest(self.key, _KEY_ID, "sha256").hex()[:16]
