"""Addresses in one form: equal ones become equal, different ones stay apart, and what is none is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.evidence.addresses import above, host_of, normalise_host, normalise_url, url_key
from provenance.errors import GovernanceError


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTP://Web.Example/a", "http://web.example/a"),
        ("http://web.example", "http://web.example/"),
        ("http://web.example:80/a", "http://web.example/a"),
        ("https://web.example:443/a", "https://web.example/a"),
        ("https://web.example/a#part", "https://web.example/a"),
        ("https://web.example/%7ea", "https://web.example/~a"),
        ("https://web.example/%e4%b8%ad", "https://web.example/中"),
        ("https://web.example/a/./b/../c", "https://web.example/a/c"),
        ("https://例子.example/a", "https://xn--fsqu00a.example/a"),
        ("https://web.example./a", "https://web.example/a"),
        (" https://web.example/a\n", "https://web.example/a"),
    ],
)
def test_equal_addresses_have_one_form(one: str, other: str) -> None:
    """What RFC 3986 calls equivalent is written the same, and so has the same key."""
    assert normalise_url(one) == normalise_url(other)
    assert url_key(bytes(32), one) == url_key(bytes(32), other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://web.example/a", "https://web.example/a"),
        ("http://web.example/a", "http://web.example/A"),
        ("http://web.example/a", "http://web.example/a/"),
        ("http://web.example/?a=1&b=2", "http://web.example/?b=2&a=1"),
        ("http://web.example/a%2Fb", "http://web.example/a/b"),
        ("http://web.example:8080/", "http://web.example/"),
    ],
)
def test_different_addresses_stay_apart(one: str, other: str) -> None:
    """What a server may answer differently is not made equal."""
    assert normalise_url(one) != normalise_url(other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "web.example/a",
        "ftp://web.example/",
        "http://",
        "http:///a",
        "http://a b/",
        "http://u:p@web.example/",
        "http://[::1/",
        "http://web..example/",
        "http://web.example:x/",
        "javascript:alert(1)",
        "http://-/",
    ],
)
def test_what_is_no_address_is_told_without_repeating_it(text: str) -> None:
    """A malformed address, or one with a user name, is refused by one sentence that does not hold it."""
    with pytest.raises(GovernanceError) as refused:
        normalise_url(text)
    assert refused.value.code == "corpus.bad-address"
    assert "u:p" not in refused.value.diagnostics()


@given(st.text(max_size=40), st.text(max_size=20))
def test_the_form_is_its_own_form(path: str, query: str) -> None:
    """Normalising twice changes nothing, whatever stands in path and query."""
    try:
        once = normalise_url(f"https://web.example/{path}?{query}")
    except GovernanceError:
        return
    assert normalise_url(once) == once
    assert host_of(once) == "web.example"


@given(st.text("ab.~_-/", max_size=12), st.text("ab.~_-/&=", max_size=8))
def test_the_short_way_gives_what_the_long_way_gives(path: str, query: str) -> None:
    """An address that looks normal already is taken as it is, and that is what normalising it would give."""
    address = f"//web.example/{path}" + (f"?{query}" if query else "")
    assert normalise_url(f"https:{address}") == normalise_url(f"HTTPS:{address}")


def test_a_domain_means_the_hosts_below_it() -> None:
    """A host stands below itself and every domain above, and below nothing else."""
    assert above("a.b.example") == ("a.b.example", "b.example", "example")
    assert normalise_host(" Forum.Example. ") == "forum.example"
    for wrong in ("https://web.example", "web.example/a", "web example", ""):
        with pytest.raises(GovernanceError):
            normalise_host(wrong)
