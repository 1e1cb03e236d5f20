"""Hosts that belong together: loopback, and a domain that one owner registered."""

from __future__ import annotations

import ipaddress

# Second labels under which country registries sell names; the whole public-suffix list would be
# a data set to keep fresh for one warning.
SOLD_UNDER = ("ac", "co", "com", "edu", "gob", "gov", "ltd", "me", "mil", "net", "nhs", "org", "plc")


def is_loopback(host: str) -> bool:
    """True where only this machine reaches the host (RFC 6761 for *.localhost)."""
    host = host.strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def registrable(host: str) -> str:
    """The part of a host that one owner registered; an address is its own."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        labels = host.lower().rstrip(".").split(".")
    if labels[-2:] == ["sch", "uk"]:
        return ".".join(labels[-4:])
    taken = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SOLD_UNDER else 2
    return ".".join(labels[-taken:])
