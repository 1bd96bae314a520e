"""Where an endpoint is: inside the office's network, or outside it."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

# 198.18.0.0/15 and the like count as "private" for Python; proxies map outside names to them.
_INSIDE = tuple(
    ipaddress.ip_network(net)
    for net in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7",
    )
)  # fmt: skip


def is_outside(url: str) -> bool:
    """Whether anything sent there may leave the network; what cannot be told counts as outside."""
    host = urlsplit(url).hostname
    if not host:
        return True
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True
    return not found or any(not _inside(str(entry[4][0])) for entry in found)


def _inside(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return any(ip.version == net.version and ip in net for net in _INSIDE)
