"""Read rule data: YAML without dates, without repeated keys, with file and field named in every complaint."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from provenance.canonical import Json, encode
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import Digest, digest

_T = TypeVar("_T")
_CODE = (".py", ".pyc", ".typed")


class _Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]  # either base
    """Plain YAML in which a day stays text and a key stands once."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Build a mapping; a repeated key is an error, or the second would silence the first."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", node.start_mark)
        built: dict[object, object] = super().construct_mapping(node, deep=deep)
        return built


def plain(path: Traversable) -> Json:
    """Read a YAML file.

    Raises:
        GovernanceError: It is no YAML, or a key stands twice.
    """
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}, line {mark.line + 1}" if mark else path.name
        raise damaged(place, "it cannot be read as YAML") from error


@lru_cache(maxsize=128)  # the edition reads every file, and who wants its records reads it again
def _parsed(text: str) -> Json:
    value: Json = yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader
    return value


def shaped(value: Json, shape: type[_T], place: str) -> _T:
    """Build a record from plain values.

    Args:
        value: Mapping read from a file.
        shape: Dataclass to build.
        place: File and record, for the complaint.

    Raises:
        GovernanceError: A field is missing, unknown or of another type; it is named.
    """
    try:
        return _reader(shape).validate_python(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise damaged(f"{place}, field {where}", str(first["msg"]).lower()) from error


_readers: dict[type, TypeAdapter[Any]] = {}


def _reader(shape: type[_T]) -> TypeAdapter[_T]:
    """Return the reader of a shape, built once: building costs more than reading."""
    if shape not in _readers:
        _readers[shape] = TypeAdapter(shape)
    return _readers[shape]


def damaged(place: str, what: str) -> GovernanceError:
    """Return the error for rule data that is not as it must be."""
    return GovernanceError(
        f"The rule data are not as they must be: {what}.",
        code="rules.bad-data",
        remedy="Correct the file, or install Yuliao again.",
        where=place,
        exit_code=ExitCode.ENVIRONMENT,
    )


def edition(root: Traversable | None = None) -> Digest:
    """Return the digest over all rule data: the canonical JSON of YAML files, the bytes of others, by path.

    Comments and layout of YAML do not change it; a changed number or word does.
    """
    root = root if root is not None else resources.files("rules")
    parts = {
        path: digest(encode(plain(file)) if path.endswith(".yaml") else file.read_bytes())
        for path, file in _files(root, "")
    }
    return digest(encode(parts))


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.name.startswith(("__pycache__", ".")):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{above}{entry.name}/")
        elif not entry.name.endswith(_CODE):
            yield f"{above}{entry.name}", entry
