"""Others on the local network: the address at which they reach this machine, and whether the app is open to them."""

from __future__ import annotations

import ipaddress
import socket
import struct
from collections.abc import Iterator

EVERYWHERE = "0.0.0.0"  # what a server listens on to be reached from the network
ALL_ADDRESSES = {EVERYWHERE, "::", "", None}  # an address of each of these kinds means all that this computer has
ALONE = "Open {here}. Only this computer can reach it."
OTHERS = "Open {here}. Others on your network open {there}"
ANYBODY = "Open {here}. Everybody who can reach this address can open it."
NO_NETWORK = (
    "Open {here}. This computer is on no local network, so others cannot open the app. Join one and start it again."
)
ELSEWHERE = "192.0.2.1"  # no machine has it (RFC 5737); it only asks which way leads out
SIOCGIFADDR = 0x8915  # Linux: the address of a network interface
VIRTUAL = ("docker", "br-", "veth", "virbr")  # interfaces that lead to no other machine

_shared: str | None = None


def open_to_network(port: int) -> str | None:
    """Say that the app listens on the local network from now on; the address for others, None if there is no network.

    >>> open_to_network(8501)                                                            # doctest: +SKIP
    'http://192.168.1.7:8501'
    """
    global _shared
    host = address()
    _shared = f"http://{host}:{port}" if host else None
    return _shared


def shared() -> str | None:
    """The address for others, as `http://192.168.1.7:8501`; None if the app is not open to them."""
    return _shared


def reach(listened: str | None, port: int, base: str = "", scheme: str = "http") -> str:
    """One line that says where to open the app, and who else can, for what a server listens on.

    >>> reach("localhost", 8501)
    'Open http://localhost:8501. Only this computer can reach it.'
    >>> reach("10.0.0.7", 80, "explorer")
    'Open http://10.0.0.7:80/explorer. Everybody who can reach this address can open it.'
    """

    def url(host: str | None) -> str:
        return address_of(host, port, base, scheme)

    if listened in ALL_ADDRESSES:
        found = address()
        if found is None:
            return NO_NETWORK.format(here=url("localhost"))
        return OTHERS.format(here=url("localhost"), there=url(found))
    assert listened is not None
    return (ALONE if _alone(listened) else ANYBODY).format(here=url(listened))


def address_of(listened: str | None, port: int, base: str = "", scheme: str = "http") -> str:
    """Where this computer's own browser finds what a server listens on.

    >>> address_of("10.0.0.7", 80, "explorer"), address_of("0.0.0.0", 8501), address_of("::1", 8501)
    ('http://10.0.0.7:80/explorer', 'http://localhost:8501', 'http://[::1]:8501')
    """
    return f"{scheme}://{opened_at(listened)}:{port}" + (f"/{base}" if base else "")


def opened_at(listened: str | None) -> str:
    """The host in that address."""
    if listened is None or listened in ALL_ADDRESSES:
        return "localhost"
    return f"[{listened}]" if ":" in listened else listened


def _alone(host: str) -> bool:
    """Whether only this computer reaches a host of this name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address() -> str | None:
    """The IPv4 address of this machine on its local network, None if it is on none. Nothing is sent to find it."""
    return next((found for found in addresses() if _reachable(found)), None)


def addresses() -> tuple[str, ...]:
    """All IPv4 addresses of this machine that it tells, that of its way out first."""
    return (*_by_route(), *_by_interfaces())


def _by_route() -> Iterator[str]:
    """The address from which packets to other networks would start: connecting a UDP socket sends none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((ELSEWHERE, 9))
            yield str(probe.getsockname()[0])
        except OSError:  # no way leads out, as on the hotspot of a laptop without internet
            return


def _by_interfaces() -> Iterator[str]:
    """The addresses of the network interfaces, where the system tells them as Linux does."""
    try:
        from fcntl import ioctl
    except ImportError:  # Windows
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            if name.startswith(VIRTUAL):
                continue
            try:
                answer = ioctl(probe, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:  # without an address, or another system
                continue
            yield socket.inet_ntoa(answer[20:24])


def _reachable(found: str) -> bool:
    """Whether others can reach this machine there.

    >>> _reachable("192.168.1.7"), _reachable("127.0.0.1"), _reachable("0.0.0.0")
    (True, False, False)
    """
    place = ipaddress.ip_address(found)
    return not (place.is_loopback or place.is_unspecified or place.is_link_local)
