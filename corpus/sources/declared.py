"""What a declaration (来源声明) states: its fields, the form of each, and what they must agree on among themselves.

Every value arrives as text (see ``corpus.sources.plain_yaml``). The fields of a kind stand under ``details`` and are
described in ``rules/sources``; :func:`form_problem` checks them.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from corpus.evidence.addresses import normalise_host
from corpus.sources.plain_yaml import Plain
from pii.entities import ENTITIES
from pii.policy import Treatment
from provenance.errors import GovernanceError
from provenance.ids import SourceId, source_id
from rules.licence_policy import policy
from rules.source_kinds import Field as KindField

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CHINA = "CN"
_EITHER_SIDE = frozenset({"HK", "MO", "TW"})
_LONGEST_TEXT = 500
_STATED_APART = frozenset({"NAME", "ADDRESS"})
_TREATMENTS = tuple(each for each in Treatment if each is not Treatment.KEEP)
"""How a value may be stripped."""


def _date(value: object) -> dt.date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError("must be a day that exists, written like 2026-11-22")


def _flag(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise ValueError("must be true or false")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be filled in")
    if len(value) > _LONGEST_TEXT:
        raise ValueError(f"must not be longer than {_LONGEST_TEXT} characters")
    return value.strip()


def _brief(value: object) -> str:
    return _text(value) if value else ""


def _matching(pattern: re.Pattern[str], sentence: str) -> BeforeValidator:
    def check(value: object) -> str:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        raise ValueError(sentence)

    return BeforeValidator(check)


def _id(value: object) -> SourceId:
    try:
        return source_id(value if isinstance(value, str) else "")
    except GovernanceError:
        raise ValueError("must be 1 to 63 lower-case letters, digits and hyphens") from None


def _entity(value: object) -> str:
    if isinstance(value, str) and value in ENTITIES and ENTITIES[value].is_personal:
        return value
    raise ValueError("must be a type of personal information that `yuliao pii types` lists, such as MOBILE")


def _treatment(value: object) -> str:
    if value in _TREATMENTS:
        return str(value)
    raise ValueError(f"must be one of {', '.join(_TREATMENTS)}")


def _stated(value: object) -> object:
    return value or None


def _fields(value: object) -> object:
    return value or {}


def _use(value: object) -> str:
    if value in policy().uses:
        return str(value)
    raise ValueError(f"must be one of {', '.join(policy().uses)}")


def _uses(value: object) -> object:
    return value or policy().default_uses


Text = Annotated[str, BeforeValidator(_text)]
Brief = Annotated[str, BeforeValidator(_brief)]
Day = Annotated[dt.date, BeforeValidator(_date)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Order = Annotated[Literal["strip", "keep"] | None, BeforeValidator(_stated)]
Language = Annotated[str, _matching(_LANGUAGE, "must be a language code such as zh")]
Country = Annotated[str, _matching(_COUNTRY, "must be two capital letters such as CN")]
Entity = Annotated[str, BeforeValidator(_entity)]
Stripping = Annotated[str, BeforeValidator(_treatment)]
Use = Annotated[str, BeforeValidator(_use)]
ItemType = Literal["zh_text", "en_text", "code", "image", "audio", "video", "other"]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Region(_Stated):
    """Where the publisher is established, declared and never inferred."""

    side: Literal["domestic", "overseas"]
    country: Country
    reason: Text

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.country not in _EITHER_SIDE and (self.country == _CHINA) != (self.side == "domestic"):
            raise ValueError("side and country contradict each other: domestic means CN")
        return self


class Collected(_Stated):
    """When the source's data was collected; ``before_registration`` needs its reason."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    before_registration: Flag = False
    reason: str = ""

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.last < self.first:
            raise ValueError("the last day of collection lies before the first")
        if self.before_registration and not self.reason.strip():
            raise ValueError("collected before registration: the reason must be filled in")
        return self


class PersonalInformation(_Stated):
    """What is done with names and addresses, which other types are kept on which basis, and how types are stripped."""

    names: Order = None
    addresses: Order = None
    basis: str = ""
    keep: Annotated[dict[Entity, Text], BeforeValidator(_fields)] = {}
    treat: Annotated[dict[Entity, Stripping], BeforeValidator(_fields)] = {}

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if "keep" in (self.names, self.addresses) and not self.basis.strip():
            raise ValueError("names or addresses are kept: the basis must be filled in")
        if not _STATED_APART.isdisjoint(self.keep):
            raise ValueError("state NAME and ADDRESS by the fields names and addresses, not under keep")
        both = {*self.keep, *(entity for entity, order in self.stated_apart if order == "keep")} & self.treat.keys()
        if both:
            raise ValueError(f"{', '.join(sorted(both))} cannot be kept and treated: take it out of one of the two")
        return self

    @property
    def stated_apart(self) -> tuple[tuple[str, str | None], ...]:
        """What is stated about names and about addresses."""
        return ("NAME", self.names), ("ADDRESS", self.addresses)


class Declaration(_Stated):
    """A checked declaration. ``details`` holds the fields of its kind, every value as text."""

    id: Annotated[SourceId, BeforeValidator(_id)]
    name: Text
    kind: str
    region: Region
    unit: Literal["record", "line", "file"]
    text_field: Text = "text"
    id_field: str = ""
    types: Annotated[tuple[ItemType, ...], Field(min_length=1)]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    code: Flag = False
    licence: Brief = ""
    legal_basis: Brief = ""
    intended_uses: Annotated[tuple[Use, ...], BeforeValidator(_uses)] = policy().default_uses
    collected: Collected
    personal_information: Annotated[PersonalInformation, BeforeValidator(_fields)] = PersonalInformation()
    evidence: Annotated[dict[str, str], BeforeValidator(_fields)] = {}
    details: Annotated[dict[str, str | tuple[str, ...]], BeforeValidator(_fields)] = {}

    def values(self, path: str) -> tuple[str, ...]:
        """Return what a field of the checks holds, as text: ``licence``, ``details.url``, and so on.

        An empty or absent field gives nothing, a list its members.
        """
        head, _, leaf = path.partition(".")
        value: object = getattr(self, head)
        if leaf:
            value = value.get(leaf, "") if isinstance(value, Mapping) else getattr(value, leaf)
        if isinstance(value, tuple):
            return tuple(str(each) for each in value)
        return (str(value),) if value else ()

    @property
    def papers(self) -> Mapping[str, str]:
        """The evidence that names a file."""
        return {kind: path for kind, path in self.evidence.items() if path}


def form_problem(field: KindField, value: Plain) -> str:
    """Return what is wrong with a value of a kind's own field, or nothing."""
    if not value or (isinstance(value, str) and not value.strip()):
        return "is required" if field.required else ""
    if field.form == "choice" and value not in field.values:
        return f"must be one of {', '.join(field.values)}"
    is_fit, sentence = _FORMS.get(field.form, _FORMS["text"])
    return "" if is_fit(value) else sentence


def is_day(value: object) -> bool:
    """Say whether a value is a day that exists, written like 2026-11-22."""
    try:
        return _date(value) is not None
    except ValueError:
        return False


def _is_id(value: object) -> bool:
    try:
        return bool(_id(value))
    except ValueError:
        return False


def _is_host(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(normalise_host(value))
    except GovernanceError:
        return False


def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


_FORMS: Mapping[str, tuple[Callable[[Plain], bool], str]] = {
    "text": (lambda value: isinstance(value, str) and len(value) <= _LONGEST_TEXT, "must be text, and not a long one"),
    "date": (is_day, "must be a day that exists, written like 2026-11-22"),
    "flag": (lambda value: value in ("true", "false"), "must be true or false"),
    "url": (_is_address, "must be an address that begins with http:// or https:// and holds no user name"),
    "hosts": (
        lambda value: all(map(_is_host, value if isinstance(value, list) else [value])),
        "must be the name of a host, or a list of them, without http:// and without a path",
    ),
    "sources": (
        lambda value: isinstance(value, list) and all(map(_is_id, value)),
        "must be a list of source ids such as [recipes-open]",
    ),
}
"""Forms of a kind's own fields: whether a value fits, and the sentence where it does not."""
