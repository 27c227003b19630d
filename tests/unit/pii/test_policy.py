"""Policies: what is ordered, and what is refused."""

import pickle

import pytest

from pii.policy import PiiPolicy, Treatment
from provenance.errors import GovernanceError


def test_default_is_replace() -> None:
    """A type that is not named is replaced by its tag."""
    assert PiiPolicy().treatment("MOBILE") is Treatment.REPLACE
    assert PiiPolicy({"EMAIL": Treatment.KEEP}).treatment("EMAIL") is Treatment.KEEP


@pytest.mark.parametrize(
    ("orders", "profile", "code"),
    [
        ({"SHOE_SIZE": "replace"}, "strict_35273", "pii.unknown-entity"),
        ({"MOBILE": "anonymise"}, "strict_35273", "pii.unknown-treatment"),
        ({"USCC": "replace"}, "strict_35273", "pii.not-personal"),
        ({}, "gdpr", "pii.unknown-profile"),
    ],
)
def test_unknown_combinations_are_refused_at_construction(orders: dict[str, str], profile: str, code: str) -> None:
    """An unknown type, treatment or profile, or an order on what is not personal, never becomes a policy."""
    with pytest.raises(GovernanceError) as caught:
        PiiPolicy(orders, profile)  # type: ignore[arg-type] # the mistake is the point
    assert caught.value.code == code
    assert caught.value.remedy


def test_words_are_understood_and_the_policy_travels() -> None:
    """Treatments may be given as text, and a policy survives the way to a worker process."""
    policy = PiiPolicy({"MOBILE": "mask"})  # type: ignore[dict-item] # declarations hold text
    assert policy.treatment("MOBILE") is Treatment.MASK
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301 - our own bytes


def test_sensitivity_follows_the_profile() -> None:
    """A policy reads sensitivity by its own profile."""
    assert PiiPolicy().is_sensitive("CN_ID18")
    assert not PiiPolicy(profile="gbt45574").is_sensitive("CN_ID18")
