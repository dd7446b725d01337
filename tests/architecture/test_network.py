"""No test reaches beyond this computer."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkReachedError


def test_an_address_out_there_is_refused() -> None:
    with socket.socket() as outward, pytest.raises(NetworkReachedError):
        outward.connect(("192.0.2.1", 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(NetworkReachedError):
        socket.getaddrinfo("example.org", 443)


def test_this_computer_may_be_asked() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as inward,
    ):
        assert inward.getpeername() == server.getsockname()
