"""`yuliao doctor` says where the same is found more slowly than it could be, and that nothing is lost by it."""

import pytest

from pii import scanner
from pii.names import compiled
from ui.services import doctor


def test_everything_at_hand() -> None:
    """With both libraries there is nothing to say but that they are there."""
    found = doctor._detection()
    assert (found.is_well, found.found, found.remedy) == (True, "Hyperscan and Numba at hand", "")


@pytest.mark.parametrize(("module", "library"), [(scanner, "Hyperscan"), (compiled, "Numba")])
def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch, module: object, library: str) -> None:
    """A machine without a library is well, for the same is found; that it takes longer stands there."""
    monkeypatch.setattr(module, f"_has_{library.lower()}", False)
    found = doctor._detection()
    assert found.is_well
    assert f"{library} is not installed" in found.found
    assert "slower" in found.found
    assert "at hand" not in found.found


def test_both_notices_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both are missing, neither notice hides the other."""
    monkeypatch.setattr(scanner, "_has_hyperscan", False)
    monkeypatch.setattr(compiled, "_without_cache", ["look"])
    found = doctor._detection().found
    assert "Hyperscan is not installed" in found
    assert "NUMBA_CACHE_DIR" in found
