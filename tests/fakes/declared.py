"""Declarations of every kind with papers that go with them, as a person would lay them into a folder."""

from collections.abc import Callable, Mapping
from pathlib import Path

from rules.source_kinds import load, template

CONTENT: Mapping[str, str] = {
    "collection_log": "url,time,status\nhttps://forum.example.com/t/1,2026-09-01T02:00:00+08:00,200\n",
    "robots": "User-agent: *\nDisallow: /private/\n",
    "consent_table": "user,version,scope,time,opt_out\nu-0001,2026-03,用于改进模型训练,2026-03-15T10:00:00+08:00,\n",
}
"""Papers that are read when they are attached; of all others any text will do."""
ALSO_NEEDED = {"open_source": frozenset({"licence_text"})}
"""Papers of which one is needed although none is compulsory."""


def needed(kind: str) -> frozenset[str]:
    """Return the papers without which a source of this kind is refused."""
    return frozenset(each.name for each in load()[kind].evidence if each.required) | ALSO_NEEDED.get(kind, frozenset())


def written(
    folder: Path,
    kind: str = "open_source",
    edit: Callable[[str], str] = str,
    *,
    papers: bool = True,
    before: bool = True,
) -> Path:
    """Write a declaration with its papers and return its path.

    Args:
        folder: Where.
        kind: Kind of source.
        edit: Changes the declaration.
        papers: Whether the declaration names its papers.
        before: Whether the source was collected before its registration, as its days in the past demand.
    """
    text = template(kind, with_examples=True)
    if before:
        text = text.replace("before_registration: false", "before_registration: true")
        text = text.replace('  reason: ""', "  reason: 平台启用之前已采集")
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    for name in needed(kind):
        (folder / "papers" / f"{name}.txt").write_text(CONTENT.get(name, f"invented {name}\n"), encoding="utf-8")
        text = text.replace(f'{name}: ""', f'{name}: "papers/{name}.txt"')
    if not papers:
        text = text[: text.index("evidence:\n")]
    path = folder / "declaration.yaml"
    path.write_text(edit(text), encoding="utf-8")
    return path
