"""YAML as people write it in a declaration: mappings, lists and text, with the line of everything.

- Every scalar is text; the reader's model decides what a value is. So ``NO`` is Norway and ``1_000`` is no number.
- What a declaration never needs is refused with its line: two documents, a key that stands twice, anchors and aliases
  (which make bombs), tags (which make objects), nesting without end, a file that is not UTF-8.
- No message repeats what the file holds, for it may be personal; a line number is enough to find it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
KeyPath = tuple[str | int, ...]

_LONGEST_BYTES = 1 << 20
_DEEPEST = 16
_EMPTY = frozenset({"~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainYamlError(ValueError):
    """The text is no plain YAML; the sentence says why, ``line`` where (from 1, 0 where it cannot be said)."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


@dataclass(frozen=True)
class Document:
    """What was read, and on which line (from 1) each path of keys and list positions begins."""

    content: dict[str, Plain]
    lines: dict[KeyPath, int]

    def line(self, path: KeyPath) -> int:
        """Return the line of a path, or of the nearest part of it that is written; 0 where nothing is."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


@dataclass
class _Tree:
    """The document while its events come in: a stack of what is open, with the key that waits for its value."""

    open: list[tuple[KeyPath, dict[str, Plain] | list[Plain]]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    lines: dict[KeyPath, int] = field(default_factory=dict)
    root: "Plain | None" = None

    def add(self, value: Plain, line: int) -> KeyPath:
        """Put a value at its place and return its path."""
        if not self.open:
            self.root, self.lines[()] = value, line
            return ()
        parent, holder = self.open[-1]
        if isinstance(holder, list):
            path = (*parent, len(holder))
            holder.append(value)
        elif (key := self.keys[-1]) is None:
            return self._take_key((*parent,), holder, value, line)
        else:
            path = (*parent, key)
            holder[key] = value
            self.keys[-1] = None
        self.lines.setdefault(path, line)
        return path

    def _take_key(self, parent: KeyPath, holder: dict[str, Plain], key: Plain, line: int) -> KeyPath:
        if not isinstance(key, str) or not key:
            raise PlainYamlError("a key must be plain text", line)
        if key in holder:
            raise PlainYamlError("a key stands twice in the same place", line)
        self.keys[-1] = key
        self.lines[*parent, key] = line
        return parent


def read(raw: bytes) -> Document:
    """Read one YAML document whose top is a mapping.

    Args:
        raw: The file's bytes, at most 1 MiB.

    Returns:
        The mapping; empty scalars, ``~`` and ``null`` are empty text.

    Raises:
        PlainYamlError: It is not plain YAML in UTF-8.
    """
    if len(raw) > _LONGEST_BYTES:
        raise PlainYamlError("the file is larger than 1 MiB and cannot be a declaration")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PlainYamlError("the file is not UTF-8 text; save it as UTF-8", line) from None
    tree = _Tree()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            _grow(tree, event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise PlainYamlError(_told(text, line), line) from None
    except yaml.YAMLError:
        raise PlainYamlError("the file holds characters that YAML does not allow") from None
    if not isinstance(tree.root, dict):
        raise PlainYamlError("the file must hold fields, one `name: value` per line")
    return Document(tree.root, tree.lines)


def texts(value: Plain) -> Iterator[str]:
    """Yield every text in a value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    else:
        for key, each in value.items():
            yield key
            yield from texts(each)


def _grow(tree: _Tree, event: Event) -> None:
    line = event.start_mark.line + 1 if event.start_mark else 0
    if isinstance(event, DocumentStartEvent) and tree.root is not None:
        raise PlainYamlError("the file holds more than one document; keep one per file", line)
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        raise PlainYamlError("anchors and aliases (& and *) are not allowed here", line)
    if isinstance(event, NodeEvent) and getattr(event, "tag", None) is not None:
        raise PlainYamlError("tags (!) are not allowed here", line)
    if isinstance(event, ScalarEvent):
        is_empty = event.style in (None, "") and event.value in _EMPTY
        tree.add("" if is_empty else event.value, line)
    elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
        held: dict[str, Plain] | list[Plain] = {} if isinstance(event, MappingStartEvent) else []
        path = tree.add(held, line)
        tree.open.append((path, held))
        tree.keys.append(None)
        if len(tree.open) > _DEEPEST:
            raise PlainYamlError("fields are nested too deep", line)
    elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
        tree.open.pop()
        tree.keys.pop()


def _told(text: str, line: int) -> str:
    lines = text.split("\n")
    near = "".join(lines[max(0, line - 2) : line])
    if "\t" in near:
        return "the file cannot be read as YAML here: indent with spaces, not with tabs"
    return "the file cannot be read as YAML here; check indentation, colons and quotes"
