"""The licence policy: one stance to every expression and use, and nothing unknown ever passes."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.licence_policy import Stance, policy
from rules.licences import judge

RESEARCH, PASSING_ON = ("research-training",), ("redistribution",)
SAMPLE = ("CC0-1.0", "MIT", "Apache-2.0", "CC-BY-SA-4.0", "GPL-3.0-only", "CC-BY-NC-4.0", "LicenseRef-own", "NO-SUCH")


@pytest.mark.parametrize(
    ("declared", "stance"),
    [
        ("CC0-1.0", Stance.ALLOWED),
        ("mit", Stance.DUTY),
        ("CC-BY-SA-4.0", Stance.DUTY),
        ("Apache-2.0+", Stance.DUTY),
        ("GPL-3.0-only", Stance.DECISION),
        ("LicenseRef-vendor-2026", Stance.DECISION),
        ("DocumentRef-annex:LicenseRef-vendor", Stance.DECISION),
        ("SSPL-1.0", Stance.DECISION),
        ("CC-BY-NC-ND-4.0", Stance.REFUSED),
        ("NOASSERTION", Stance.REFUSED),
        ("", Stance.UNKNOWN),
        ("free to use", Stance.UNKNOWN),
        ("MIT, Apache-2.0", Stance.UNKNOWN),
        ("MIT AND", Stance.UNKNOWN),
        ("(MIT AND " * 3000 + "MIT" + ")" * 3000, Stance.UNKNOWN),
        ("(" * 240 + "MIT" + ")" * 240, Stance.DUTY),
        ("MIT AND GPL-3.0-only", Stance.DECISION),
        ("MIT OR GPL-3.0-only", Stance.DUTY),
        ("MIT OR NO-SUCH-1.0", Stance.UNKNOWN),
        ("mit and (apache-2.0 or cc-by-nc-4.0)", Stance.DUTY),
        ("Apache-2.0 WITH LLVM-exception", Stance.DUTY),
        ("Apache-2.0 WITH eCos-exception-2.0", Stance.DECISION),
        ("Apache-2.0 WITH LLVM-exeption", Stance.UNKNOWN),
        ("GPL-2.0-only WITH Classpath-exception-2.0", Stance.DECISION),
        ("CC-BY-NC-4.0 WITH eCos-exception-2.0", Stance.REFUSED),
    ],
)
def test_a_licence_has_one_stance(declared: str, stance: Stance) -> None:
    """The policy says one thing to each expression, without regard to case, and never lets an unknown one through."""
    assert judge(declared).stance is stance


def test_all_of_several_licences_is_the_strictest_with_all_duties() -> None:
    """Who takes data under several licences at once has the duties of all of them."""
    licence = judge("MIT AND CC-BY-SA-4.0 AND Apache-2.0")
    assert licence.stance is Stance.DUTY
    assert set(licence.duties) == {"notice", "attribution", "share-alike", "state-changes"}


def test_the_chosen_alternative_is_named() -> None:
    """Of several licences on offer the best is used, and it is said which; its duties alone apply."""
    licence = judge("GPL-3.0-only OR MIT AND (CC-BY-SA-4.0 OR CC-BY-4.0)")
    assert licence.chosen == "MIT AND CC-BY-4.0"
    assert licence.duties == ("notice", "attribution")
    assert licence.expression == "GPL-3.0-only OR MIT AND (CC-BY-SA-4.0 OR CC-BY-4.0)"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Apache-2", "Apache-2.0"),
        ("CC-BY-40", "CC-BY-4.0"),
        ("MIT OR Apach-2.0", "Apache-2.0"),
        ("GPL-2.0-only WITH Claspath-exception-2.0", "Classpath-exception-2.0"),
    ],
)
def test_a_typing_mistake_names_what_was_meant(written: str, meant: str) -> None:
    """A mistyped identifier is answered with the nearest one, wherever it stands in an expression."""
    licence = judge(written)
    assert licence.stance is Stance.UNKNOWN
    assert any(meant in each.en and meant in each.zh for each in licence.why)


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("GPL-2.0", "GPL-2.0-only"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("BSD-2-Clause-FreeBSD", "BSD-2-Clause-Views"),
    ],
)
def test_a_former_name_is_read_as_the_present_one(former: str, now: str) -> None:
    """An identifier that SPDX gave up is judged as what it is called now, and that is said."""
    licence = judge(former)
    assert licence.expression == now
    assert any(now in each.en for each in licence.why)


def test_a_family_name_is_no_licence() -> None:
    """A name that leaves the version open is unknown, although the library would guess one."""
    assert judge("GPL").stance is Stance.UNKNOWN
    assert judge("BSD-2").stance is Stance.UNKNOWN


def test_the_use_decides() -> None:
    """The same licence may be open to one use and closed to another; of several uses the strictest answer counts."""
    assert judge("CC-BY-NC-4.0").stance is Stance.REFUSED
    assert judge("CC-BY-NC-4.0", RESEARCH).stance is Stance.DUTY
    assert judge("CC-BY-NC-4.0", RESEARCH + PASSING_ON).stance is Stance.DECISION
    assert judge("GPL-3.0-only", PASSING_ON).stance is Stance.DUTY
    assert "research inside the house" not in judge("CC-BY-NC-4.0", (*RESEARCH, *PASSING_ON)).why[0].en


@given(st.lists(st.sampled_from(SAMPLE), min_size=2, max_size=5), st.sampled_from([" AND ", " OR "]))
def test_joining_follows_the_parts(parts: list[str], word: str) -> None:
    """``AND`` is never milder than any part, ``OR`` never stricter than its mildest; unknown stays unknown."""
    alone = [judge(part) for part in parts]
    joined = judge(word.join(parts))
    if any(each.stance is Stance.UNKNOWN for each in alone):
        assert joined.stance is Stance.UNKNOWN
        return
    measures = [each.stance.strictness for each in alone]
    assert joined.stance.strictness == (max(measures) if word == " AND " else min(measures))
    if word == " AND ":
        assert set(joined.duties) == {duty for each in alone for duty in each.duties}


@given(st.text(max_size=80) | st.text("()MITANDORWITH-.+ 0129", max_size=80))
def test_any_text_has_a_stance(text: str) -> None:
    """Whatever stands in the field, the answer is a stance; only what can be read passes."""
    licence = judge(text)
    assert licence.stance is Stance.UNKNOWN or licence.expression
    assert licence.stance.is_open or licence.why


def test_the_policy_is_whole() -> None:
    """Every licence of the policy is a present SPDX identifier, and every duty and use it names is described."""
    rules = policy()
    for terms in rules.licences.values():
        assert set(terms.duties) <= rules.duties.keys()
        assert terms.by_use.keys() <= rules.uses.keys()
    listed = [terms.spdx for terms in rules.licences.values() if terms.stance is not Stance.REFUSED]
    for spdx in listed:
        assert judge(f"({spdx})").expression == spdx, "the library knows it under this very name"
    for now in rules.former.values():
        assert judge(now).stance is not Stance.UNKNOWN
    assert set(rules.default_uses) <= rules.uses.keys()


def test_the_library_is_loaded_for_expressions_alone() -> None:
    """No command waits for the SPDX list before an expression is read."""
    told = "import sys, ui.cli.app; from rules.licences import judge; judge('MIT'); "
    told += "print('license_expression' in sys.modules)"
    done = subprocess.run([sys.executable, "-P", "-c", told], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
