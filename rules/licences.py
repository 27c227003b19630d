"""Licences (许可): what a declared SPDX expression means for training. The only door to the library that reads them.

- An identifier is compared without regard to case, as the SPDX specification asks.
- ``AND`` is as strict as its strictest part and carries the duties of all; ``OR`` is its best alternative, which is
  named; an exception after ``WITH`` keeps the licence's stance where the policy knows that it only adds permissions.
- What the policy does not know is never let through: a mistyped identifier is answered with the nearest, a known one
  that the policy does not list needs a decision.
"""

import difflib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from rules.licence_policy import Stance, policy
from rules.records import Words

__all__ = ["Licence", "Stance", "judge"]

_OWN_TERMS = ("licenseref-", "documentref-")
"""How SPDX writes a licence that is not on its list: a contract's own terms, which a person must judge."""
_NEVER_LISTED = frozenset({"gpl", "bsd-2"})
"""Names that the library knows as former ones although SPDX never had them: they do not say which version is meant."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A declared licence as the policy sees it.

    Attributes:
        expression: The expression in SPDX's spelling, former names replaced; empty where it cannot be read.
        stance: What the policy says.
        duties: Keys of the duties that come with using it, such as ``attribution``.
        chosen: What is used of it: the best alternative of every ``OR``; else the expression itself.
        why: What keeps it from being open, part by part; where it is open, what was read otherwise than written.
    """

    expression: str
    stance: Stance
    duties: tuple[str, ...] = ()
    chosen: str = ""
    why: tuple[Words, ...] = ()


def judge(declared: str, uses: Iterable[str] = ()) -> Licence:
    """Say what the policy makes of a declared licence.

    Args:
        declared: The declaration's field ``licence``, an SPDX expression.
        uses: What the corpus is for, keys of the policy's uses; the strictest decides. Those of the policy by default.

    Returns:
        The licence with its stance; ``UNKNOWN`` where a part is not known or the expression cannot be read.

    Clause:
        R-007, R-022
    """
    return _judged(declared.strip(), tuple(sorted(set(uses))) or policy().default_uses)


@functools.lru_cache(maxsize=4096)
def _judged(declared: str, uses: tuple[str, ...]) -> Licence:
    if declared.lower() in policy().licences:
        return _identifier(declared, uses)  # the usual case needs no library
    if not declared:
        return _unreadable()
    from license_expression import ExpressionError, Licensing, ParseError  # noqa: PLC0415  # few commands need it

    try:
        return _tree(Licensing().parse(declared), uses)
    except (ExpressionError, ParseError, LookupError, AssertionError, RecursionError):
        return _unreadable()  # the library's own two, its answers to `()` and `(AND`, and a prank


def _unreadable() -> Licence:
    why = Words("许可表达式无法读取，请按 SPDX 写法", "The expression cannot be read: write it as SPDX does.")
    return Licence("", Stance.UNKNOWN, why=(why,))


def _tree(node: Any, uses: tuple[str, ...]) -> Licence:  # noqa: ANN401  # untyped library
    operator = str(getattr(node, "operator", "")).strip()
    if operator in ("AND", "OR"):
        parts = [_tree(each, uses) for each in node.args]
        return _all_of(parts) if operator == "AND" else _best_of(parts)
    if hasattr(node, "exception_symbol"):
        return _with_exception(_identifier(node.license_symbol.key, uses), node.exception_symbol.key)
    return _identifier(node.key, uses)


def _all_of(parts: list[Licence]) -> Licence:
    worst = max((each.stance for each in parts), key=lambda each: each.strictness)
    if worst is Stance.UNKNOWN:
        return _unknown(parts)
    return Licence(
        " AND ".join(_bracketed(each.expression) for each in parts),
        worst,
        _union(each.duties for each in parts),
        " AND ".join(_bracketed(each.chosen) for each in parts),
        _union(each.why for each in parts if worst.is_open or each.stance == worst),
    )


def _best_of(parts: list[Licence]) -> Licence:
    """Choose the mildest alternative, then the one with the fewest duties; but nothing unknown is passed by."""
    if any(each.stance is Stance.UNKNOWN for each in parts):
        return _unknown(parts)
    best = min(parts, key=lambda each: (each.stance.strictness, len(each.duties)))
    return replace(best, expression=" OR ".join(each.expression for each in parts))


def _unknown(parts: list[Licence]) -> Licence:
    unknown = [each.why for each in parts if each.stance is Stance.UNKNOWN]
    return Licence("", Stance.UNKNOWN, why=_union(unknown))


def _with_exception(licence: Licence, exception: str) -> Licence:
    listed = policy().exceptions
    name = listed.get(exception.lower()) or _spdx().exceptions.get(exception.lower())
    if name is None:
        return _unknown([licence, Licence("", Stance.UNKNOWN, why=(_not_known(exception, _spdx().exceptions),))])
    if licence.stance is Stance.UNKNOWN:
        return licence
    told = replace(licence, expression=f"{licence.expression} WITH {name}", chosen=f"{licence.chosen} WITH {name}")
    if exception.lower() in listed or licence.stance.strictness >= Stance.DECISION.strictness:
        return told
    why = Words(f"例外条款 {name} 须由负责人决定", f"The exception {name} needs a decision.")
    return replace(told, stance=Stance.DECISION, why=(why,))


def _identifier(written: str, uses: tuple[str, ...]) -> Licence:
    rules, wanted = policy(), written.lower()
    terms = rules.licences.get(wanted)
    if terms is not None:
        stance = terms.stance_for(uses)
        decisive = [use for use in uses if terms.stance_for((use,)) == stance]
        why = () if stance.is_open else (_told(terms.spdx, stance, decisive),)
        return Licence(terms.spdx, stance, terms.duties, terms.spdx, why)
    if wanted.startswith(_OWN_TERMS):
        why = (
            Words(f"{written} 为自有条款，须由负责人决定", f"{written} stands for terms of its own, to be decided on."),
        )
        return Licence(written, Stance.DECISION, (), written, why)
    now = rules.former.get(wanted) or _spdx().former.get(wanted)
    if now:
        licence = _judged(now, uses)
        renamed = Words(f"{written} 现写作 {now}", f"{written} is now written {now}.")
        return replace(licence, why=(*licence.why, renamed))
    if wanted.endswith("+") and (rules.licences.keys() | _spdx().licences.keys()) & {wanted[:-1]}:
        licence = _identifier(written[:-1], uses)  # a later version may be chosen, and need not be
        return replace(licence, expression=f"{licence.expression}+", chosen=licence.expression)
    if wanted in _spdx().licences:
        spdx = _spdx().licences[wanted]
        why = (
            Words(f"许可政策未列 {spdx}，须由负责人决定", f"The policy does not list {spdx}, so it needs a decision."),
        )
        return Licence(spdx, Stance.DECISION, (), spdx, why)
    return Licence("", Stance.UNKNOWN, why=(_not_known(written, _spdx().licences),))


def _told(spdx: str, stance: Stance, decisive: list[str]) -> Words:
    names = [policy().uses[use] for use in decisive]
    zh, en = "、".join(each.zh for each in names), " and ".join(each.en for each in names)
    if stance is Stance.REFUSED:
        return Words(f"{spdx} 不可用于{zh}", f"{spdx} does not allow {en}.")
    return Words(f"{spdx} 用于{zh}须由负责人决定", f"{spdx} needs a signed decision for {en}.")


def _not_known(written: str, known: Mapping[str, str]) -> Words:
    near = difflib.get_close_matches(written.lower(), known, n=1)
    if not near:
        return Words(f"未知的许可标识 {written}，请用 SPDX 标识", f"{written} is unknown: use an SPDX identifier.")
    nearest = known[near[0]]
    return Words(
        f"未知的许可标识 {written}，最接近的是 {nearest}",
        f"{written} is unknown; the nearest known identifier is {nearest}.",
    )


def _bracketed(expression: str) -> str:
    return f"({expression})" if " OR " in expression else expression


def _union(groups: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))


class _Spdx(NamedTuple):
    """The SPDX list by lower-case identifier: spelling of licences and exceptions, and what a former name is now."""

    licences: Mapping[str, str]
    exceptions: Mapping[str, str]
    former: Mapping[str, str]


@functools.cache
def _spdx() -> _Spdx:
    from license_expression import get_license_index  # noqa: PLC0415  # as above

    licences, exceptions, former = dict[str, str](), dict[str, str](), dict[str, str]()
    for each in get_license_index():
        name = each["spdx_license_key"] or ""
        if not name or each["is_deprecated"] or name.lower().startswith(_OWN_TERMS):
            continue
        (exceptions if each["is_exception"] else licences)[name.lower()] = name
        former.update((old.lower(), name) for old in each["other_spdx_license_keys"] if not each["is_exception"])
    wrong = {old for old in former if " " in old or old in _NEVER_LISTED or old.startswith(_OWN_TERMS)}
    return _Spdx(licences, exceptions, {old: now for old, now in former.items() if old not in wrong})
