"""Internet addresses: what a written one says. No Presidio is needed, so identifiers are told without loading it."""

import ipaddress
import re

from pii.normalise import DOT

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address_of(surface: str) -> Address | None:
    """Return the address that a folded surface writes (RFC 791, RFC 4291), disguised dots included, or None."""
    try:
        return ipaddress.ip_address(surface if ":" in surface else re.sub(DOT, ".", surface))
    except ValueError:
        return None
