"""What holds for every test: windows are drawn off screen, and nothing reaches the network."""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer import bank_days
from dpemployer.data_files import proclaimed_days, texts
from dpemployer.office import Office
from dpemployer.statutory.rates import RateBook
from dpemployer.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterator

# Before Qt is imported anywhere. QT_QPA_PLATFORM=xcb runs the window tests on a real screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# As the office and the command line do.
bank_days.install(proclaimed_days)


class NetworkReachedError(RuntimeError):
    """A test tried to reach beyond this computer."""


def _refuse_far_away(address: object) -> None:
    """Let a socket of this computer through, and nothing else."""
    if isinstance(address, tuple):
        host = str(address[0])
        if host != "localhost" and not ip_address(host).is_loopback:
            raise NetworkReachedError(host)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Tests run without a network, and fail if they ask for one."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_far_away(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_far_away(address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in {None, "localhost", "127.0.0.1", "::1"}:
            raise NetworkReachedError(str(host))
        return getaddrinfo(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
    yield
    patch.undo()


@pytest.fixture
def book() -> Iterator[Book]:
    """A real book, in memory."""
    with Book.in_memory() as book:
        yield book


@pytest.fixture(scope="session")
def rates() -> RateBook:
    """The rates the program comes with."""
    return RateBook.parse(texts("statutory", ".toml"))


@pytest.fixture
def office(book: Book, rates: RateBook) -> Office:
    """Everything a person can do, on a real book in memory."""
    return Office(book, rates)


@pytest.fixture(autouse=True, scope="session")
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings and reports of the person running the tests are neither read nor written."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        patch.setenv(name, str(home / name.lower()))
    yield
    patch.undo()
