"""What is done with a source's personal information: declaration, settings and key become a stripper."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import cast

from corpus.sources import Source
from pii import entities
from pii.paths import without_pi
from pii.policy import PiiPolicy, Treatment
from pii.pseudonyms import Pseudonyms
from pii.strip import Stripper
from provenance import keys
from provenance.errors import GovernanceError
from provenance.events import PiOrder
from ui.bootstrap import House

_WORDS = {"strip": "replace"}


def stripper_for(house: House, source: Source) -> Stripper:
    """Return what strips the texts of a source as its declaration orders.

    Raises:
        GovernanceError: It orders what this release does not know, or pseudonyms, and their key cannot be had.
    """
    policy = pii_policy(source.registered.pi_orders, house.profile.pi_profile)
    settings = house.settings.file.personal_information
    return Stripper(
        policy,
        _pseudonyms(house) if policy.needs_key else None,
        dt.date.fromisoformat(source.registered.collected_to),
        None if settings.names == "off" else settings.names,
        settings.model,
    )


def pii_policy(orders: Iterable[PiOrder], profile: entities.Profile) -> PiiPolicy:
    """Return what a declaration orders in the detector's words: ``strip`` replaces by the type's tag."""
    words = {each.entity: _WORDS.get(each.treatment, each.treatment) for each in orders}
    return PiiPolicy(cast("dict[str, Treatment]", words), profile)  # refuses others


def path_without_pi(stripper: Stripper) -> Callable[[str], str]:
    """Return what puts tags into a path where a name in it holds personal information."""
    return partial(without_pi, stripper=stripper)


@contextmanager
def telling_no_names(stripper: Stripper) -> Iterator[None]:
    """Let no error out that names a path in which personal information stands."""
    try:
        yield
    except GovernanceError as error:
        error.where = without_pi(error.where, stripper)
        raise


def uncovered(stripper: Stripper) -> tuple[str, ...]:
    """Return the types of personal information to be stripped that are not looked for (未覆盖)."""
    personal = {name for name, entity in entities.ENTITIES.items() if entity.is_personal}
    ordered = {name for name in personal if stripper.policy.treatment(name) is not Treatment.KEEP}
    return tuple(sorted(ordered - stripper.covered))


def _pseudonyms(house: House) -> Pseudonyms:
    path = house.settings.pseudonym_key
    if path is None:
        raise GovernanceError(
            "A declaration orders pseudonyms, and no key to make them with is configured.",
            code="ui.no-pseudonym-key",
            remedy="Make a key with `(umask 077; openssl rand -hex 32 > FILE)` outside the workspace and name its file "
            "in yuliao.toml, [personal_information] pseudonym_key, or in YULIAO_PSEUDONYM_KEY.",
        )
    return Pseudonyms(keys.load_pseudonym_key(path, workspace=house.settings.folder))
