"""Keys are made once, kept private and outside, and are never shown."""

import hashlib
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, x25519

from provenance import keys
from provenance.errors import GovernanceError


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    """The first call makes the key, readable by its owner alone; the next ones return the same."""
    path = tmp_path / "new" / "seal.pem"
    made = keys.load_or_create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.load_or_create(path).fingerprint == keys.load(path).fingerprint == made.fingerprint
    assert list(path.parent.iterdir()) == [path]


def test_the_fingerprint_is_the_hash_of_the_raw_public_key(tmp_path: Path) -> None:
    """The fingerprint is SHA-256 over 32 bytes that anyone finds in the public key's PEM."""
    key = keys.load_or_create(tmp_path / "seal.pem")
    public = serialization.load_pem_public_key(key.public_pem())
    assert isinstance(public, ed25519.Ed25519PublicKey)
    assert key.fingerprint == hashlib.sha256(public.public_bytes_raw()).hexdigest()
    public.verify(key.sign(b"message"), b"message")
    assert repr(key) == f"SigningKey({key.fingerprint})"


def test_several_who_begin_at_once_get_one_key(tmp_path: Path) -> None:
    """Of threads that race to make the key one wins, and all hold its key."""
    found: list[bytes] = []
    racing = [
        threading.Thread(target=lambda: found.append(keys.load_or_create_item_key(tmp_path / "item.key")))
        for _ in range(8)
    ]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_the_item_key_has_32_bytes_and_an_id_that_does_not_tell_it(tmp_path: Path) -> None:
    """The item key comes back the same; its id has 16 digits and holds nothing of it."""
    key = keys.load_or_create_item_key(tmp_path / "item.key")
    assert len(key) == 32
    assert keys.load_item_key(tmp_path / "item.key") == key
    assert len(keys.item_key_id(key)) == 16
    assert keys.item_key_id(key) not in key.hex()
    assert keys.item_key_id(key) != keys.item_key_id(bytes(32))


@pytest.mark.parametrize("make", [keys.load_or_create, keys.load_or_create_item_key])
def test_a_key_inside_the_workspace_is_refused(tmp_path: Path, make: object) -> None:
    """A key may not lie in what it protects, not by a detour either; beside it it may."""
    assert callable(make)
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    make(tmp_path / "outside.key", workspace=workspace)
    (tmp_path / "detour").symlink_to(workspace)
    for path in (workspace / "a.key", workspace / "deep/a.key", tmp_path / "detour/a.key"):
        with pytest.raises(GovernanceError) as refused:
            make(path, workspace=workspace)
        assert refused.value.code == "provenance.key-inside-workspace"
        assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    """Rights for group or others stop the key's use, with the command that mends it."""
    path = tmp_path / "seal.pem"
    keys.load_or_create(path)
    path.chmod(mode)
    with pytest.raises(GovernanceError, match="may read") as refused:
        keys.load(path)
    assert "chmod 600" in refused.value.remedy
    path.chmod(0o400)
    keys.load(path)


def test_a_file_that_is_no_key_is_told_and_not_quoted(tmp_path: Path) -> None:
    """Other content, another kind of key and a locked one are refused without a word of the content."""
    private = x25519.X25519PrivateKey.generate()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    contents = [
        b"",
        b"secret words",
        b"\xff\x00",
        b"ab" * 31,
        private.private_bytes(pem, pkcs8, serialization.NoEncryption()),
        ed25519.Ed25519PrivateKey.generate().private_bytes(
            pem, pkcs8, serialization.BestAvailableEncryption(b"password")
        ),
    ]
    for n, content in enumerate(contents):
        path = tmp_path / f"{n}.key"
        path.touch(mode=0o600)
        path.write_bytes(content)
        for load in (keys.load_or_create, keys.load_or_create_item_key):
            with pytest.raises(GovernanceError) as refused:
                load(path)
            assert refused.value.code == "provenance.bad-key"
            assert "secret" not in refused.value.diagnostics()
        assert path.read_bytes() == content


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    """Loading alone makes no key."""
    with pytest.raises(GovernanceError) as refused:
        keys.load(tmp_path / "none.pem")
    assert refused.value.code == "provenance.disk"
    assert not (tmp_path / "none.pem").exists()


def _pseudonym_key(path: Path, digits: str = "0f" * 32) -> Path:
    path.write_text(f"{digits}\n", "ascii")
    path.chmod(0o600)
    return path


def test_a_key_of_pseudonyms_is_read_and_never_made(tmp_path: Path) -> None:
    """A file of 64 hexadecimal digits or more is the key; where there is none the words say how to make one."""
    assert keys.load_pseudonym_key(_pseudonym_key(tmp_path / "key"), workspace=tmp_path / "space") == b"\x0f" * 32
    assert len(keys.load_pseudonym_key(_pseudonym_key(tmp_path / "long", "ab" * 64), workspace=tmp_path / "s")) == 64
    with pytest.raises(GovernanceError) as refused:
        keys.load_pseudonym_key(tmp_path / "none", workspace=tmp_path / "space")
    assert refused.value.code == "provenance.no-pseudonym-key"
    assert "openssl rand -hex 32" in refused.value.remedy
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("digits", ["", "0f" * 31, "zz" * 32, "密钥" * 40])
def test_a_short_or_strange_key_of_pseudonyms_is_refused_unquoted(tmp_path: Path, digits: str) -> None:
    """Too few digits, or none, are no key; nothing of the file is repeated."""
    path = tmp_path / "key"
    path.write_text(digits, "utf-8")
    path.chmod(0o600)
    with pytest.raises(GovernanceError) as refused:
        keys.load_pseudonym_key(path, workspace=tmp_path / "space")
    assert refused.value.code == "provenance.bad-key"
    assert "0f0f" not in refused.value.diagnostics()
    assert "openssl" in refused.value.remedy


def test_a_key_of_pseudonyms_that_lies_open_or_inside_is_refused(tmp_path: Path) -> None:
    """Nobody else may read it, and it may not lie in the workspace, by a link neither."""
    path = _pseudonym_key(tmp_path / "key")
    path.chmod(0o640)
    with pytest.raises(GovernanceError) as refused:
        keys.load_pseudonym_key(path, workspace=tmp_path / "space")
    assert refused.value.code == "provenance.key-exposed"
    inside = tmp_path / "space" / "key"
    inside.parent.mkdir()
    _pseudonym_key(inside)
    (tmp_path / "link").symlink_to(inside)
    for place in (inside, tmp_path / "link"):
        with pytest.raises(GovernanceError) as refused:
            keys.load_pseudonym_key(place, workspace=tmp_path / "space")
        assert refused.value.code == "provenance.key-inside-workspace"
