"""What several contract suites share: the server behind the protocol, faked and real."""

import pytest

from tests.fakes.annotation_worlds import FakeWorld, RealWorld, World

REAL = pytest.mark.needs("label-studio")


@pytest.fixture(
    params=[
        "fake",
        pytest.param("sqlite", marks=REAL),
        pytest.param("postgres", marks=[REAL, pytest.mark.needs("postgres")]),
    ]
)
def world(request: pytest.FixtureRequest) -> World:
    """A server with the gate."""
    if request.param == "fake":
        return FakeWorld()
    return RealWorld(request.getfixturevalue("team_site" if request.param == "postgres" else "gated"))
