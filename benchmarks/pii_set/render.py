"""Renders templates into gold: ``python -m benchmarks.pii_set.render TEMPLATES.yaml [--copies N] [--seed S]``.

A slot is ``{TYPE}``, then in this order, each optional:

- ``:variant``  the kind of value, ``{MOBILE:hk}``; else one that fits the template's ``lang`` is drawn;
- ``@key``      the same value wherever type and key are the same in one text, ``{NAME@a}``;
- ``|trick``    one way of writing, ``{MOBILE|spaced}``; else one is drawn, half of them plain;
- ``~shape``    every ``#`` takes the next character of the plain value, ``{MOBILE~### #### ####}``;
- ``=literal``  the value as it stands, ``{MEDICAL=二型糖尿病}``.

``{!THING}`` must not be found: a hard negative, or by the name of a type a near miss of it. All else in braces is text.
A template has ``id``, ``genre``, ``text``, and may have ``lang`` (zh, hk, tw, en, mixed), ``tricks`` (any, plain or a
list) and ``filler`` (neutral paragraphs before and behind).
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from benchmarks.pii_set.decoys import DECOYS
from benchmarks.pii_set.filler import paragraphs
from benchmarks.pii_set.tricks import BEARS, NEEDS_VARIANT, TRICKS
from benchmarks.pii_set.values import VALUES

_SLOT = re.compile(
    r"\{(?P<decoy>!?)(?P<type>[A-Z][A-Z0-9_]*)(?::(?P<variant>[a-z0-9]+))?(?:@(?P<key>[A-Za-z0-9]+))?"
    r"(?:\|(?P<trick>[a-z_0-9]+))?(?:~(?P<shape>[^}]*)|=(?P<literal>[^}]*))?\}"
)
_LITERAL_ONLY = frozenset(
    {"BIOMETRIC", "CHATLOG", "CONTACTS", "CRIME", "LODGING_TRAVEL", "RELIGION", "SEX_ORIENT", "TRACK"}
)
_ONE_LINE = frozenset({"code_config", "csv", "json", "log", "markdown_table", "sms", "tsv", "xml"})
"""Genres in which a value never goes on in the next line."""

_VARIANTS: Mapping[str, tuple[str, ...]] = {
    "BANK_CARD": ("16", "19"),
    "BANK_CVV_PWD": ("cvv", "pin"),
    "BIRTH_DATE": ("han", "iso", "slash"),
    "FOREIGN_PR": ("old", "new"),
    "GPS": ("pair",),
    "HKMO_PERMIT": ("9", "11"),
    "TW_PERMIT": ("8", "11"),
    "IP": ("v4", "v4", "v4", "v6"),
    "LANDLINE": ("zh", "zh", "ext"),
    "MAC": ("colon", "dash"),
    "MEDICAL": ("number", "illness"),
    "MOBILE": ("zh",),
    "NAME": ("zh",) * 16 + ("compound", "uyghur", "foreign", "tibetan"),
    "ADDRESS": ("full", "full", "full", "street", "rural"),
    "OAID": ("hex", "uuid"),
    "PLATE": ("blue", "blue", "green"),
    "QQ": ("9", "10"),
    "SECURITIES_ACC": ("stock", "fund"),
}
_LOCAL: Mapping[tuple[str, str], str] = {
    ("hk", "MOBILE"): "hk",
    ("hk", "LANDLINE"): "hk",
    ("hk", "NAME"): "trad",
    ("hk", "ADDRESS"): "hk",
    ("tw", "MOBILE"): "tw",
    ("tw", "LANDLINE"): "tw",
    ("tw", "NAME"): "trad",
    ("tw", "ADDRESS"): "tw",
    ("tw", "BIRTH_DATE"): "roc",
    ("en", "NAME"): "en",
    ("en", "ADDRESS"): "en",
    ("en", "BIRTH_DATE"): "en",
}


@dataclass(frozen=True)
class Template:
    """A text with slots."""

    id: str
    genre: str
    text: str
    lang: str = "zh"
    tricks: tuple[str, ...] = tuple(TRICKS)
    filler: int = 0


class Value(NamedTuple):
    """What stands in a slot, and how it is written."""

    text: str
    trick: str


@dataclass
class Rendering:
    """A text in the making."""

    template: Template
    rng: Random
    values: dict[tuple[str, str], Value] = field(default_factory=dict)

    def document(self, name: str) -> dict[str, Any]:
        """Return the gold record."""
        parts = [paragraphs(self.rng, self.template.lang, self.template.filler)]
        spans = []
        at, length = 0, len(parts[0])
        for slot in _SLOT.finditer(self.template.text):
            value = self._value(slot)
            before = self.template.text[at : slot.start()]
            parts += [before, value.text]
            start = length + len(before)
            at, length = slot.end(), start + len(value.text)
            if not slot["decoy"]:
                spans.append({"start": start, "end": length, "type": slot["type"], "trick": value.trick})
        parts += [self.template.text[at:], paragraphs(self.rng, self.template.lang, self.template.filler)]
        facts = {"template": self.template.id, "genre": self.template.genre, "lang": self.template.lang}
        return {"id": name, **facts, "text": "".join(parts), "spans": spans}

    def _value(self, slot: re.Match[str]) -> Value:
        if slot["literal"] is not None:
            return Value(slot["literal"], "literal")
        place = (slot["decoy"] + slot["type"], slot["key"] or "")
        if not slot["key"] or place not in self.values:
            self.values[place] = self._drawn(slot)
        return self.values[place]

    def _drawn(self, slot: re.Match[str]) -> Value:
        kind = slot["type"]
        if slot["decoy"]:
            return Value(DECOYS[kind](self.rng, slot["variant"] or ""), "plain")
        variants = _VARIANTS.get(kind, ("",))
        variant = slot["variant"] or _LOCAL.get((self.template.lang, kind)) or self.rng.choice(variants)
        plain = VALUES[kind](self.rng, variant)
        if slot["shape"] is not None:
            return Value(_shaped(slot["shape"], plain), "shaped")
        trick = slot["trick"] or self._trick(kind, variant, plain)
        written = TRICKS[trick](self.rng, plain)
        if kind == "HKID" and trick == "plain":
            written = f"{plain[:7]}({plain[7]})"
        return Value(written, trick if written != plain or trick == "plain" else "plain")

    def _trick(self, kind: str, variant: str, plain: str) -> str:
        allowed = [
            each for each in BEARS.get(kind, ()) if each in self.template.tricks and self._fits(each, variant, plain)
        ]
        return self.rng.choice(allowed) if allowed and self.rng.random() < 0.5 else "plain"

    def _fits(self, trick: str, variant: str, plain: str) -> bool:
        if trick == "split_lines":
            return self.template.genre not in _ONE_LINE
        if trick == "name_gap":
            return len(plain) == 2 and variant in {"zh", "trad"}
        return trick not in NEEDS_VARIANT or variant in NEEDS_VARIANT[trick][1]


def _shaped(shape: str, plain: str) -> str:
    rest = iter(plain)
    try:
        written = "".join(next(rest) if each == "#" else each for each in shape)
    except RuntimeError:
        raise ValueError(f"The shape {shape} has more places than the value.") from None
    if next(rest, None) is not None:
        raise ValueError(f"The shape {shape} has fewer places than the value.")
    return written


def load(file: Path) -> list[Template]:
    """Read templates.

    Raises:
        ValueError: An id stands twice, or a slot is unknown; the template is named.
    """
    templates = [_template(entry) for entry in yaml.safe_load(file.read_text("utf-8"))]
    if len({each.id for each in templates}) < len(templates):
        raise ValueError(f"An id stands twice in {file.name}.")
    return templates


def _template(entry: dict[str, Any]) -> Template:
    tricks = entry.pop("tricks", "any")
    chosen = tuple(TRICKS) if tricks == "any" else (tricks,) if isinstance(tricks, str) else tuple(tricks)
    template = Template(**entry, tricks=chosen)
    for slot in re.finditer(r"\{!?[A-Z][^}]*\}", template.text):
        known = _SLOT.fullmatch(slot[0])
        if known is None or not _is_known(known):
            raise ValueError(f"Template {template.id} has an unknown slot {slot[0]}.")
    return template


def _is_known(slot: re.Match[str]) -> bool:
    if slot["decoy"]:
        return slot["type"] in DECOYS
    if slot["literal"] is not None:
        return slot["type"] in VALUES or slot["type"] in _LITERAL_ONLY
    return slot["type"] in VALUES and (slot["trick"] is None or slot["trick"] in TRICKS)


def render(templates: list[Template], copies: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield gold records: so many of each template, the same ones for the same seed."""
    for template in templates:
        for copy in range(copies):
            yield Rendering(template, Random(f"{seed}/{template.id}/{copy}")).document(f"{template.id}-{copy}")


def main() -> None:
    """Print gold as JSON Lines."""
    asked = argparse.ArgumentParser()
    asked.add_argument("templates", type=Path, nargs="+")
    asked.add_argument("--copies", type=int, default=10)
    asked.add_argument("--seed", type=int, default=2025)
    given = asked.parse_args()
    for file in given.templates:
        for record in render(load(file), given.copies, given.seed):
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
