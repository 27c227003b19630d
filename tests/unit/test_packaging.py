"""The package and the repository: what travels, what is locked, and the habits that a glance at the tree can check."""

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("annotation", "corpus", "pii", "provenance", "rules", "ui")
LINE_LIMIT = 300
LONG = {"provenance/verify.py"}
"""Longer than a file should be: the verifier is copied into bundles by itself."""
START = """\
import sys
for extra in ("streamlit", "psycopg", "tokenizers", "label_studio_sdk", "pytest", "hypothesis"):
    sys.modules[extra] = None
sys.path[:0] = [{target!r}]
sys.path.append({libraries!r})
import ui
assert ui.__file__.startswith({target!r}), ui.__file__
from ui.cli.app import main
main()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this very tree without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel holds, which is all that installing a pure wheel does."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def started(target: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command with its dependencies in reach and this repository not (``-S`` skips .pth files)."""
    libraries = sysconfig.get_path("purelib")
    program = START.format(target=str(target), libraries=libraries)
    return subprocess.run(
        [sys.executable, "-P", "-S", "-c", program, *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield every Python file below some folders with its syntax tree."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the full names that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)
            yield node.module or ""


def calls(tree: ast.Module) -> Iterator[str]:
    """Yield what a file calls, as it is written."""
    yield from (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


def tracked() -> list[Path]:
    """Return every file that is or would be committed."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


# What travels.


def test_the_wheel_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    """Code, rules, number plans, examples and VERIFY.md are in the wheel; tests, tools and leftovers are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    kept = [
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert {path.relative_to(ROOT).as_posix() for path in kept} <= names
    assert {"provenance/VERIFY.md", "provenance/verify.py", "rules/risks.yaml", "ui/i18n/messages.yaml"} <= names
    examples = [path for path in (ROOT / "examples").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {f"ui/{path.relative_to(ROOT).as_posix()}" for path in examples} <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".sqlite"))]
    assert [name for name in names if name.endswith("/licenses/LICENSE")]


def test_the_wheel_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    """Installed elsewhere, with an empty home, without this repository and without extras, the demonstration runs."""
    version = started(installed, tmp_path, "--version")
    assert re.fullmatch(r"yuliao [\d.]+\n", version.stdout), version.stderr
    demo = started(installed, tmp_path, "demo", "--out", "demo")
    assert demo.returncode == 0, demo.stderr
    assert "The bundle verifies" in demo.stdout
    assert str(ROOT) not in demo.stdout


def test_no_other_distribution_has_our_names() -> None:
    """Nothing that is locked provides a package of one of the six names: what is imported is ours."""
    provided = packages_distributions()
    for name in PACKAGES:
        assert set(provided.get(name, ())) <= {"yuliao"}, name


# What is locked.


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_requirements_are_locked_by_hash_and_by_nothing_else(name: str) -> None:
    """Every requirement has one version and its hashes; no line names a host, an index or a way to find one."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    logical = [line for line in re.sub(r"\\\n", " ", text).splitlines() if line.strip() and line.strip()[0] != "#"]
    form = re.compile(
        r"[a-z0-9][a-z0-9.\[\]_-]*==[\w.!+]+( ; [^\\#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", re.IGNORECASE
    )
    assert len(logical) > 40
    assert [line[:80] for line in logical if not form.fullmatch(line)] == []
    assert not re.search(r"://|index-url|find-links|trusted-host|@ ", text)


def test_whatever_is_asked_for_is_locked() -> None:
    """Everything that pyproject.toml asks for is in the lock by name, the extras included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    wanted = {re.split(r"[^\w.-]", each)[0].lower().replace("_", "-") for each in asked} - {"yuliao"}
    locked = {line.split("==")[0] for line in (ROOT / "requirements" / "dev.txt").read_text("utf-8").splitlines()}
    assert "duckdb" in wanted
    assert wanted <= locked


def test_no_file_names_a_registry_or_a_machine() -> None:
    """No committed text names the host of a package registry or a path of somebody's machine."""
    hosts = [
        ".".join(parts)
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("anaconda", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("crates", "io"),
            ("tuna.tsinghua", "edu"),
            ("mirrors.aliyun", "com"),
        )
    ]
    homes = r"(?<![\w.}>'])/(?:root|work|home/(?!me/)\w+|Users/\w+|private/var)/"
    forbidden = re.compile("|".join([*map(re.escape, hosts), homes, r"https?://\S+/simple\b"]))
    assert forbidden.search("see https://" + hosts[0])
    assert forbidden.search("in /" + "root/x")
    files = tracked()
    assert len(files) > 200
    found = []
    for path in files:
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in forbidden.finditer(text)]
    assert found == []


# Habits.


def test_parquet_has_two_doors() -> None:
    """`pyarrow.parquet` is imported by corpus.shards and the Parquet reader alone (import rules see only `pyarrow`)."""
    found = {
        name for name, tree in sources(*PACKAGES) if any(each.startswith("pyarrow.parquet") for each in imported(tree))
    }
    assert found == {"corpus/shards.py", "corpus/readers/parquet.py"}


def test_openssl_is_called_in_two_places() -> None:
    """Only the verifier and the doctor run `openssl`."""
    found = set()
    for name, tree in sources(*PACKAGES):
        sequences = [node for node in ast.walk(tree) if isinstance(node, ast.Tuple | ast.List)]
        firsts = [node.elts[0] for node in sequences if node.elts]
        if any(isinstance(first, ast.Constant) and first.value == "openssl" for first in firsts):
            found.add(name)
    assert found == {"provenance/verify.py", "ui/services/doctor.py"}


def test_nothing_prints_or_sleeps_in_passing() -> None:
    """Words go through the command line and the verifier; the idle worker sleeps, and who waits for a server."""
    called = {name: set(calls(tree)) for name, tree in sources(*PACKAGES)}
    assert {name for name, found in called.items() if "print" in found} == set()
    assert {name for name, found in called.items() if "time.sleep" in found} == {
        "annotation/labelstudio/client.py",
        "annotation/server/launch.py",
        "ui/cli/machine.py",
    }
    written = {"sys.stdout.write", "sys.stdout.buffer.write", "typer.echo", "sys.stderr.write"}
    speakers = {name for name, found in called.items() if found & written}
    # PDFium's script answers the process that asked; the training of the names is a command of whoever maintains them.
    alone = {"provenance/verify.py", "corpus/readers/pdfium.py", "pii/names/train.py"}
    assert {name for name in speakers if not name.startswith("ui/cli/")} == alone


def test_source_files_stay_short() -> None:
    """A file that one cannot read at a sitting is two; what is longer is named with its reason."""
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    }
    assert {name for name, lines in lengths.items() if lines > LINE_LIMIT} == LONG


def test_every_test_says_what_it_defends() -> None:
    """Every test function has a docstring of at least one whole sentence."""
    silent = [
        f"{name}: {node.name}"
        for name, tree in sources("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not (ast.get_docstring(node) or "").split("\n\n")[0].endswith(".")
    ]
    assert silent == []


def test_test_files_have_names_of_their_own() -> None:
    """No two test files share a name, and tests are no package."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))
    assert not list((ROOT / "tests").rglob("__init__.py"))
