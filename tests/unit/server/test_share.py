"""`--share`: the address on the local network, found without a packet, and what Streamlit is told of it."""

import socket

import pytest

from explorer.server import application, share


class Socket:
    """A socket that connects from `source`, or to nowhere; it cannot send."""

    source: str | None = "192.168.1.7"

    def __init__(self, family: int, kind: int) -> None:
        assert (family, kind) == (socket.AF_INET, socket.SOCK_DGRAM)  # connecting a UDP socket sends nothing

    def __enter__(self) -> "Socket":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def connect(self, _: tuple[str, int]) -> None:
        if self.source is None:
            raise OSError("Network is unreachable")

    def getsockname(self) -> tuple[str, int]:
        return self.source, 50000


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine whose way out is known and whose interfaces are not."""
    monkeypatch.setattr(socket, "socket", Socket)
    monkeypatch.setattr(share, "_by_interfaces", lambda: iter(()))
    monkeypatch.setattr(share, "_shared", None)
    return monkeypatch


@pytest.mark.parametrize(
    ("source", "found"),
    [("192.168.1.7", "192.168.1.7"), ("127.0.0.1", None), ("0.0.0.0", None), ("169.254.3.4", None), (None, None)],
)
def test_the_address_is_where_packets_would_start(
    source: str | None, found: str | None, network: pytest.MonkeyPatch
) -> None:
    network.setattr(Socket, "source", source)
    assert share.address() == found


def test_without_a_way_out_an_interface_tells_it(network: pytest.MonkeyPatch) -> None:
    network.setattr(Socket, "source", None)
    network.setattr(share, "_by_interfaces", lambda: iter(["127.0.0.1", "10.42.0.1"]))
    assert share.address() == "10.42.0.1"


def test_interfaces_are_asked_of_the_system() -> None:
    """The loopback interface is on every machine that tells its interfaces so."""
    pytest.importorskip("fcntl")
    found = list(share._by_interfaces())
    assert "127.0.0.1" in found or found == []


def test_shared_opens_to_the_network(network: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert application.listening(8600, "localhost", to_others=True) == {
        "server.port": 8600,
        "server.address": "0.0.0.0",
        "browser.serverAddress": "localhost",
    }
    assert share.shared() == "http://192.168.1.7:8600"
    assert capsys.readouterr().out == ""  # said once the port is bound


def test_unshared_stays_as_it_was(network: pytest.MonkeyPatch) -> None:
    assert application.listening(8501, "10.0.0.1", to_others=False) == {
        "server.port": 8501,
        "server.address": "10.0.0.1",
        "browser.serverAddress": "10.0.0.1",
    }
    assert share.shared() is None


@pytest.mark.parametrize("listened", ["0.0.0.0", "::", None])
def test_one_line_says_where_others_open_it(network: pytest.MonkeyPatch, listened: str | None) -> None:
    line = share.reach(listened, 8600, "explorer")
    assert line.startswith("Open http://localhost:8600/explorer. ")
    assert line.endswith(" http://192.168.1.7:8600/explorer")
    assert "\n" not in line


def test_without_a_network_it_says_so(network: pytest.MonkeyPatch) -> None:
    network.setattr(Socket, "source", None)
    assert "on no local network" in share.reach("0.0.0.0", 8600)


@pytest.mark.parametrize("listened", ["localhost", "127.0.0.1", "::1"])
def test_alone_it_says_so(listened: str) -> None:
    assert share.reach(listened, 8600).endswith("Only this computer can reach it.")
