"""The scanner: one pass, places in code points, a cache that is never trusted, and `re` where Hyperscan is not."""

import multiprocessing
import re
from pathlib import Path

import pytest

from pii import scanner, shelf
from pii.scanner import Expression, Hit, Scanner, notice
from provenance.errors import GovernanceError

EXPRESSIONS = [Expression("护照|證照"), Expression("[0-9]{3,}"), Expression("x[a-z]{2,4}", re.IGNORECASE)]
TEXT = "他的护照𠀀123456é XAB"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.fixture(params=["hyperscan", "re"])
def _engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "re":
        monkeypatch.setattr(scanner, "_has_hyperscan", False)


@pytest.mark.usefixtures("_engine")
def test_hits_are_sorted_and_in_code_points() -> None:
    """Characters of one, two, three and four bytes before a hit count as one each."""
    assert Scanner(EXPRESSIONS).scan(TEXT) == [Hit(0, 2, 4), Hit(1, 5, 11), Hit(2, 13, 16)]


@pytest.mark.usefixtures("_engine")
def test_empty_text_and_no_expressions_hit_nothing() -> None:
    """Nothing in, nothing out."""
    assert Scanner(EXPRESSIONS).scan("") == []
    assert Scanner([]).scan(TEXT) == []


@pytest.mark.usefixtures("_engine")
def test_lone_surrogates_count_as_one_character() -> None:
    """Half characters neither crash the scan nor move the places behind them."""
    assert Scanner(EXPRESSIONS).scan("\ud800\udc00\ud800123") == [Hit(1, 3, 6)]


@pytest.mark.usefixtures("_engine")
def test_i_without_and_with_dot_is_an_i() -> None:
    """Where case is ignored, both Turkish letters are hit as `re` hits them, at the places of the text as given."""
    assert Scanner([Expression("id[0-9]", re.IGNORECASE)]).scan("文İd1 ıD2") == [Hit(0, 1, 4), Hit(0, 5, 8)]


@pytest.mark.usefixtures("_engine")
def test_overlapping_matches_are_one_hit() -> None:
    """A run of a million digits is one hit, not a million."""
    assert Scanner([Expression("[0-9]{11}")]).scan("。" + "7" * 1_000_000) == [Hit(0, 1, 1_000_001)]


@pytest.mark.usefixtures("_engine")
@pytest.mark.parametrize("pattern", ["(", "a*", "a|"])
def test_expression_that_says_nothing_is_refused_by_name(pattern: str) -> None:
    """No expression, or one that matches everywhere, is refused, and named."""
    with pytest.raises(GovernanceError) as caught:
        Scanner([Expression("b"), Expression(pattern)])
    assert caught.value.where == pattern


def test_look_around_is_refused_unless_loose() -> None:
    """What Hyperscan cannot do is an error where an exact hit was asked for."""
    with pytest.raises(GovernanceError, match="cannot be scanned"):
        Scanner([Expression("(?<=a)b")])


def test_loose_expression_tells_its_ends_and_more() -> None:
    """With look-around hits are a superset, and begin and end where matches end."""
    looking = Scanner([Expression(r"(?<![0-9])[0-9]{3}(?![0-9])", is_loose=True)])
    assert looking.scan("文1234") == [Hit(0, 4, 5)]
    assert looking.scan("123" + "文" * 100 + "456") == [Hit(0, 3, 3), Hit(0, 106, 106)]


def test_loose_expression_that_cannot_be_taken_is_blind() -> None:
    """What may match nothing at all is never hit and said to be blind; the others are scanned for all the same."""
    mixed = Scanner([Expression("(?=a)", is_loose=True), Expression("b", is_loose=True)])
    assert mixed.blind == {0}
    assert mixed.scan("ab") == [Hit(1, 2, 2)]


def test_without_hyperscan_loose_is_blind_and_a_notice_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to say where all is well, and a sentence where the library is not there."""
    assert not notice()
    monkeypatch.setattr(scanner, "_has_hyperscan", False)
    assert "Hyperscan is not installed" in notice()
    assert Scanner([Expression("b", is_loose=True)]).blind == {0}


def _files() -> list[Path]:
    return sorted(shelf.folder().iterdir())


@pytest.fixture
def keeps_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small databases are kept too."""
    monkeypatch.setattr(scanner, "_WORTH_KEEPING", 0)


def test_a_small_database_does_not_drive_a_large_one_from_the_shelf() -> None:
    """It is compiled in no time, so it is not kept at all."""
    assert Scanner(EXPRESSIONS).scan(TEXT)
    assert not shelf.folder().exists() or _files() == []


@pytest.mark.usefixtures("keeps_all")
def test_database_comes_from_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second scanner of the same expressions compiles none of them, and hits the same."""
    expected = Scanner(EXPRESSIONS).scan(TEXT)
    (file,) = _files()
    monkeypatch.setattr(scanner, "_taken", lambda _: pytest.fail("compiled again"))
    assert Scanner(EXPRESSIONS).scan(TEXT) == expected
    assert _files() == [file]


@pytest.mark.usefixtures("keeps_all")
@pytest.mark.parametrize("damage", [lambda _: b"", lambda all_: all_[:-1], lambda all_: all_[:99] + b"!" + all_[100:]])
def test_damaged_database_is_built_anew(damage: object) -> None:
    """A file that is empty, cut or changed counts as absent, and is whole afterwards."""
    expected = Scanner(EXPRESSIONS).scan(TEXT)
    (file,) = _files()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))  # type: ignore[operator] # one of the lambdas above
    assert Scanner(EXPRESSIONS).scan(TEXT) == expected
    assert file.read_bytes() == whole


@pytest.mark.usefixtures("keeps_all")
def test_foreign_database_is_built_anew() -> None:
    """A whole file that is no database of this library's is replaced."""
    expected = Scanner(EXPRESSIONS).scan(TEXT)
    (file,) = _files()
    shelf.keep(file.name, b"[]\nsomething else")
    assert Scanner(EXPRESSIONS).scan(TEXT) == expected


def test_cache_that_cannot_be_written_is_done_without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the folder cannot be made, the scan works and nothing is kept."""
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert Scanner(EXPRESSIONS).scan(TEXT)
    assert blocked.read_bytes() == b""


def test_cache_does_not_grow_without_end() -> None:
    """What was asked for last stays, and the oldest goes."""
    shelf.keep("first", b"")
    shelf.keep("second", b"")
    for number in range(shelf._MOST - 1):
        assert shelf.kept("first") == b""
        shelf.keep(str(number), b"")
    assert shelf.kept("first") == b""
    assert shelf.kept("second") is None
    assert len(_files()) == shelf._MOST


def test_relative_cache_folder_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The XDG rules demand an absolute path; anything else means the default."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert shelf.folder() == tmp_path / ".cache" / "yuliao" / "scans"


def _keep(size: int) -> None:
    for _ in range(50):
        shelf.keep("shared", bytes([size % 256]) * size)


def test_two_processes_never_leave_a_mixed_file() -> None:
    """Whoever writes last, the file is one of the two whole."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_keep, args=(size,)) for size in (70_001, 90_003)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
        assert each.exitcode == 0
    kept = shelf.kept("shared")
    assert kept is not None
    assert (len(kept), len(set(kept))) in {(70_001, 1), (90_003, 1)}
    assert [each.name for each in _files()] == ["shared"]
