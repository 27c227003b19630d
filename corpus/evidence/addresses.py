"""Addresses (网址) in one written form, so that a log, a list and an item that mean the same page say the same.

Only what RFC 3986 calls equivalent is made equal (6.2.2, 6.2.3): case of scheme and host, the scheme's own port, dot
segments, needless percent-encoding, an empty path. A fragment never reaches the server and is dropped; the query stays
as it is, for its order may matter.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from provenance.errors import GovernanceError
from provenance.pseudonyms import URL, pseudonym

_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_KEPT = "%/?:@!$&'()*+,;=~"
"""Characters that stand for themselves; all others are percent-encoded as UTF-8 (RFC 3987, 3.1)."""
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\]")
_PLAIN = re.compile(r"https?://([a-z0-9]+(?:[.-][a-z0-9]+){1,9})/[A-Za-z0-9._~/-]*(?:\?[A-Za-z0-9._~/&=-]+)?", re.ASCII)
"""What most addresses look like, and are in their form already."""
_LONGEST_HOST = 253
_HOSTS_REMEMBERED = 4096


class Address(NamedTuple):
    """An address in its one form, and its host."""

    url: str
    host: str


def parse_url(text: str) -> Address:
    """Read an address.

    Args:
        text: An address that begins with ``http://`` or ``https://``.

    Raises:
        GovernanceError: It is none, or holds a user name; it is not repeated in the message.
    """
    plain = _PLAIN.fullmatch(text)
    if plain and "/." not in text and len(plain[1]) <= _LONGEST_HOST:
        return Address(text, plain[1])
    parts, host = _split(text)
    try:
        port = parts.port
    except ValueError:
        raise _malformed() from None
    place = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    path = _without_dots(_encoded(parts.path)) or "/"
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    return Address(f"{parts.scheme}://{place}{path}{query}", host)


def normalise_url(text: str) -> str:
    """Return an address in the one form that equal addresses share.

    Raises:
        GovernanceError: As for :func:`parse_url`.
    """
    return parse_url(text).url


def host_of(text: str) -> str:
    """Return the host of an address: lower case, international names in their ASCII form, no port.

    Raises:
        GovernanceError: As for :func:`parse_url`.
    """
    return parse_url(text).host


def normalise_host(text: str) -> str:
    """Return the name of a host in the form that :func:`host_of` gives.

    Raises:
        GovernanceError: It is no host's name.
    """
    return _host(text.strip())


def url_key(workspace_key: bytes, url: str) -> bytes:
    """Return the keyed digest by which items of an address are found.

    Raises:
        GovernanceError: The text is no address.
    """
    return pseudonym(workspace_key, URL, normalise_url(url))


def above(host: str) -> tuple[str, ...]:
    """Return a host and every domain above it, the nearest first: what a list may name to mean it."""
    labels = host.split(".")
    return tuple(".".join(labels[at:]) for at in range(len(labels)))


def _split(text: str) -> tuple[SplitResult, str]:
    text = text.strip()
    try:
        if not _FORBIDDEN.search(text):
            parts = urlsplit(text)
            if parts.scheme in _PORTS and parts.hostname and "@" not in parts.netloc:
                host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
                return parts, _host(host)
    except ValueError:
        pass
    raise _malformed()


@lru_cache(maxsize=_HOSTS_REMEMBERED)
def _host(name: str) -> str:
    found = name.lower().removesuffix(".")
    try:
        found = found if found.isascii() else found.encode("idna").decode()
    except UnicodeError:
        raise _malformed() from None
    if len(found) > _LONGEST_HOST or not _HOST.fullmatch(found):
        raise _malformed()
    return found


def _encoded(part: str) -> str:
    written = quote(part, safe=_KEPT, errors="surrogatepass")
    return _ESCAPE.sub(_plainest, written) if "%" in written else written


def _plainest(escape: re.Match[str]) -> str:
    character = chr(int(escape[0][1:], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == ".." and kept:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    ends_open = segments[-1] in (".", "..")
    return "/" + "/".join(kept) + ("/" if ends_open and kept else "")


def _malformed() -> GovernanceError:
    return GovernanceError(
        "This is no address of a page or no name of a host.",
        code="corpus.bad-address",
        remedy="An address begins with http:// or https://, names a host and holds no user name.",
    )
