"""A real Label Studio with the gate, over SQLite and over PostgreSQL, and the same server as its makers ship it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotation.server import launch
from annotation.server.environment import Environment
from provenance.errors import GovernanceError
from tests.fakes.site import Site, begin, prepare, unmodified

ROOT = Path(__file__).resolve().parents[2]
REMEDY = "Leave these tests out with --without label-studio, or let `yuliao annotate server install` work here."


@pytest.fixture(scope="session")
def label_studio() -> Environment:
    """The server's environment, made once and kept in ``.cache`` (or where ``YULIAO_LABEL_STUDIO`` says)."""
    named = os.environ.get("YULIAO_LABEL_STUDIO")
    environment = Environment(Path(named) if named else ROOT / ".cache" / "label-studio")
    try:
        launch.install(environment, print)
    except GovernanceError as error:
        pytest.fail(f"{error.diagnostics()}\n{REMEDY}", pytrace=False)
    return environment


@pytest.fixture(scope="session")
def sites(label_studio: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Site]]:
    """The gated server and the unmodified one over SQLite, with the same accounts."""
    folder = tmp_path_factory.mktemp("annotate")
    prepared = prepare(label_studio, folder)
    site = begin(label_studio, *prepared)
    try:
        with unmodified(prepared[0], label_studio, site, folder / "unmodified") as plain:
            yield site, plain
            plain.stop()
    finally:
        site.stop()


@pytest.fixture
def gated(sites: tuple[Site, Site]) -> Site:
    """The gated server over SQLite."""
    return sites[0]


@pytest.fixture
def plain(sites: tuple[Site, Site]) -> Site:
    """The server as its makers ship it."""
    return sites[1]


@pytest.fixture(scope="session")
def team_site(
    label_studio: Environment, postgres_server: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The gated server over PostgreSQL, as a team runs it."""
    folder = tmp_path_factory.mktemp("team")
    site = begin(label_studio, *prepare(label_studio, folder, postgres_server.fresh()))
    try:
        yield site
    finally:
        site.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.needs("postgres"))])
def any_site(request: pytest.FixtureRequest) -> Site:
    """The gated server over either database."""
    site: Site = (
        request.getfixturevalue("sites")[0] if request.param == "sqlite" else request.getfixturevalue("team_site")
    )
    return site
