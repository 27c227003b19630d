"""The two secrets of a workspace, kept outside it: the seal key (签封密钥) and the item key (条目密钥).

- The seal key signs evidence bundles (Ed25519, RFC 8032). Its **fingerprint** is the SHA-256 of the 32 raw bytes of
  the public key, as hexadecimal digits. It must reach the auditor by another route than the bundle (printed in the
  stamped report, say): whoever rewrites a whole bundle signs it with a key of their own.
- The item key salts every digest over an item's content, so that an erased line cannot be guessed from its digest.
- Files are readable by their owner alone, and are never overwritten.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from provenance.disk import flush_folder, told
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import Digest

ITEM_KEY_BYTES = 32


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key that signs."""

    private: Ed25519PrivateKey

    @classmethod
    def generate(cls) -> "SigningKey":
        """Make a fresh key."""
        return cls(Ed25519PrivateKey.generate())

    @property
    def public_raw(self) -> bytes:
        """The public key as its 32 raw bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> Digest:
        """SHA-256 of the raw public key, 64 hexadecimal digits."""
        return Digest(hashlib.sha256(self.public_raw).hexdigest())

    def public_pem(self) -> bytes:
        """Return the public key as OpenSSL reads it (RFC 8410, PEM)."""
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature over a message."""
        return self.private.sign(message)

    def __repr__(self) -> str:
        """Show the fingerprint, never the secret."""
        return f"SigningKey({self.fingerprint})"


def load_or_create(path: Path, *, workspace: Path | None = None) -> SigningKey:
    """Return the seal key at a path, making one where there is none.

    Args:
        path: The key file (PEM, PKCS #8, not encrypted), outside the workspace.
        workspace: The workspace's folder, where given: a key inside it is refused, since it would travel in every
            copy of what it protects.

    Raises:
        GovernanceError: The file is inside the workspace, readable by others, damaged, or the disk refuses.
    """
    _create(path, workspace, lambda: _private_pem(SigningKey.generate()))
    return load(path)


def load(path: Path) -> SigningKey:
    """Return the seal key at a path.

    Raises:
        GovernanceError: There is none, others may read it, or it is no Ed25519 key.
    """
    try:
        private = serialization.load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _no_key(path, "an Ed25519 private key in PEM without a password") from None  # it may quote the file
    if not isinstance(private, Ed25519PrivateKey):
        raise _no_key(path, "an Ed25519 private key in PEM without a password")
    return SigningKey(private)


def load_or_create_item_key(path: Path, *, workspace: Path | None = None) -> bytes:
    """Return the 32-byte item key at a path, making one where there is none.

    Raises:
        GovernanceError: As for :func:`load_or_create`.
    """
    _create(path, workspace, lambda: secrets.token_hex(ITEM_KEY_BYTES).encode() + b"\n")
    return load_item_key(path)


def load_item_key(path: Path) -> bytes:
    """Return the 32-byte item key at a path, stored as 64 hexadecimal digits.

    Raises:
        GovernanceError: There is none, others may read it, or it has another form.
    """
    try:
        key = bytes.fromhex(_read(path).decode("ascii"))
    except ValueError:
        raise _no_key(path, "64 hexadecimal digits") from None  # the cause quotes the file
    if len(key) != ITEM_KEY_BYTES:
        raise _no_key(path, "64 hexadecimal digits")
    return key


def load_pseudonym_key(path: Path, *, workspace: Path) -> bytes:
    """Return the key of the pseudonyms that are shown in texts (假名化密钥): at least 64 hexadecimal digits in a file.

    Nobody makes one by the way: who holds it decides who can lead a text back to a person, and may destroy it.

    Args:
        path: The file.
        workspace: The workspace's folder, in which it may not lie.

    Raises:
        GovernanceError: There is none, it lies inside the workspace, others may read it, or it is too short.
    """
    how = (
        f"Make one: `(umask 077; openssl rand -hex {ITEM_KEY_BYTES} > FILE)`, outside the workspace; keep a copy safe."
    )
    _demand_outside(path, workspace)
    if not path.is_file():
        raise GovernanceError(
            "There is no key file for pseudonyms where the settings look for it.",
            code="provenance.no-pseudonym-key",
            remedy=how,
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        )
    try:
        key = bytes.fromhex(_read(path).decode("ascii"))
    except ValueError:
        key = b""  # the cause quotes the file
    if len(key) < ITEM_KEY_BYTES:
        raise GovernanceError(
            f"The key file for pseudonyms does not hold {2 * ITEM_KEY_BYTES} hexadecimal digits or more.",
            code="provenance.bad-key",
            remedy=how,
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        )
    return key


def item_key_id(key: bytes) -> str:
    """Return what names an item key without telling it: 16 hexadecimal digits, recorded when the workspace begins."""
    return hmac.digest(key, b"yuliao/item-key-id/1", "sha256").hex()[:16]


def _private_pem(key: SigningKey) -> bytes:
    return key.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _create(path: Path, workspace: Path | None, content: Callable[[], bytes]) -> None:
    """Write a new key file whole and durable; of several who try at once, one wins and all read its file."""
    if workspace is not None:
        _demand_outside(path, workspace)
    if path.exists():
        return
    with told("write a key file", path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)  # made with permission 0600
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(content())
                target.flush()
                os.fsync(target.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(name, path)
        finally:
            Path(name).unlink()
        flush_folder(path.parent)


def _demand_outside(path: Path, workspace: Path) -> None:
    if path.resolve().is_relative_to(workspace.resolve()):
        raise GovernanceError(
            "A key may not be kept inside the workspace.",
            code="provenance.key-inside-workspace",
            remedy="Choose a path outside the workspace's folder, on a disk that is backed up.",
            where=str(path),
        )


def _read(path: Path) -> bytes:
    with told("read a key file", path), path.open("rb") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise GovernanceError(
                "Other users of this machine may read a key file.",
                code="provenance.key-exposed",
                remedy=f"Run `chmod 600 {path}`; if others could have copied it, make a new key.",
                where=str(path),
                exit_code=ExitCode.ENVIRONMENT,
            )
        return file.read()


def _no_key(path: Path, form: str) -> GovernanceError:
    return GovernanceError(
        f"A key file does not hold {form}.",
        code="provenance.bad-key",
        remedy="Restore the key file from its backup.",
        where=str(path),
        exit_code=ExitCode.ENVIRONMENT,
    )
