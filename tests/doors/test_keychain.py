"""A keychain is a convenience: trusted only when known, and never the only way in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from dpemployer.errors import OutsideError
from dpemployer.keychain import SAFE, SERVICE, Keychain
from dpemployer.office import Office
from tests.store.conftest import QUICK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PASSPHRASE = "grey heron by the weir"


class Invented(KeyringBackend):
    """A keychain in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring says no types here
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble: Exception | None = None
        self.forgetful = False

    def _answer(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        if not self.forgetful:
            self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        if (service, username) not in self.kept:
            raise PasswordDeleteError(username)
        del self.kept[service, username]


def new(kind: Any) -> KeyringBackend:
    """Make a keychain of a kind that says nothing of types."""
    backend: KeyringBackend = kind()
    return backend


INVENTED = f"{__name__}.Invented"


@pytest.fixture(autouse=True)
def _own_keychain_back() -> Iterator[None]:
    """Put back whatever keychain the tests were run with."""
    mine = keyring.get_keyring()
    yield
    keyring.set_keyring(mine)


@pytest.fixture
def backend() -> Invented:
    """The computer's keychain, for one test."""
    made = Invented()
    keyring.set_keyring(made)
    return made


@pytest.fixture
def keychain(backend: Invented) -> Keychain:  # noqa: ARG001 - it is behind the keychain
    """A keychain that trusts the invented one."""
    return Keychain(SAFE | {INVENTED})


def test_what_is_kept_is_fetched_again_and_forgotten_when_asked(keychain: Keychain) -> None:
    keychain.keep("book", b"\x00\xff")
    assert keychain.fetch("book") == b"\x00\xff"

    keychain.forget("book")
    keychain.forget("book")
    assert keychain.fetch("book") is None


@pytest.mark.parametrize(
    "untrusted", [Invented, null.Keyring, fail.Keyring], ids=["unknown", "null", "fail"]
)
def test_a_keychain_that_is_not_known_counts_as_none(untrusted: Any) -> None:
    keyring.set_keyring(new(untrusted))
    keychain = Keychain()

    assert not keychain.is_there
    uses: list[Callable[[], object]] = [
        lambda: keychain.keep("book", b"key"),
        lambda: keychain.fetch("book"),
        lambda: keychain.forget("book"),
    ]
    for use in uses:
        with pytest.raises(OutsideError, match="no keychain that can be trusted"):
            use()


def test_a_known_keychain_behind_others_is_used_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    known: Any = new(Invented)
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [new(null.Keyring), known])
    keyring.set_keyring(new(chainer.ChainerBackend))

    Keychain({INVENTED}).keep("book", b"key")

    assert (SERVICE, "book") in known.kept


def test_a_keychain_that_says_yes_and_keeps_nothing_is_found_out(
    keychain: Keychain, backend: Invented
) -> None:
    backend.forgetful = True

    with pytest.raises(OutsideError, match="did not answer"):
        keychain.keep("book", b"key")


@pytest.mark.parametrize(
    "trouble",
    [KeyringLocked(), TimeoutError(), RuntimeError("D-Bus")],
    ids=lambda e: type(e).__name__,
)
def test_whatever_a_keychain_raises_the_passphrase_is_named_instead(
    keychain: Keychain, backend: Invented, trouble: Exception
) -> None:
    backend.trouble = trouble

    with pytest.raises(OutsideError) as told:
        keychain.fetch("book")

    assert "passphrase" in told.value.next_step


def test_something_else_in_its_place_is_no_key(keychain: Keychain, backend: Invented) -> None:
    backend.kept[SERVICE, "book"] = "not base64!"

    assert keychain.fetch("book") is None


# ── a book that stays unlocked on this computer ──────────────────────────────────────


def make(folder: Path, keychain: Keychain, **options: Any) -> Office:
    return Office.create(folder, PASSPHRASE, "Ann", keychain=keychain, stretching=QUICK, **options)


def test_a_book_can_stay_unlocked_on_this_computer(tmp_path: Path, keychain: Keychain) -> None:
    make(tmp_path / "book", keychain, use_keychain=True).close()

    with Office.open_with_keychain(tmp_path / "book", keychain=keychain) as office:
        assert office.book.who == "Ann"
        assert [(way.person, way.by_keychain, way.is_mine) for way in office.access.ways_in()] == [
            ("Ann", False, False),
            ("Ann", True, True),
        ]


def test_it_can_be_told_to_ask_again(tmp_path: Path, keychain: Keychain, backend: Invented) -> None:
    with make(tmp_path / "book", keychain, use_keychain=True) as office:
        office.access.forget_in_keychain()

    assert backend.kept == {}
    with pytest.raises(OutsideError, match="keychain does not open this book"):
        Office.open_with_keychain(tmp_path / "book", keychain=keychain)
    Office.open(tmp_path / "book", PASSPHRASE).close()


def test_asking_twice_leaves_one_way_in(tmp_path: Path, keychain: Keychain) -> None:
    with make(tmp_path / "book", keychain, use_keychain=True) as office:
        office.access.keep_in_keychain()
        assert [way.by_keychain for way in office.access.ways_in()] == [False, True]

    Office.open_with_keychain(tmp_path / "book", keychain=keychain).close()


def test_a_book_made_where_there_is_no_keychain_says_so_and_opens_as_ever(tmp_path: Path) -> None:
    keyring.set_keyring(new(fail.Keyring))
    with make(tmp_path / "book", Keychain(), use_keychain=True) as office:
        (finding,) = office.findings
        assert finding.code == "keychain_absent"
        assert "passphrase" in finding.message
        assert not office.access.keychain_is_there

    Office.open(tmp_path / "book", PASSPHRASE).close()


def test_a_key_kept_for_another_book_opens_nothing(
    tmp_path: Path, keychain: Keychain, backend: Invented
) -> None:
    make(tmp_path / "one", keychain, use_keychain=True).close()
    make(tmp_path / "other", keychain, use_keychain=True).close()
    one, other = list(backend.kept)
    backend.kept[one] = backend.kept[other]

    with pytest.raises(OutsideError, match="does not open this book"):
        Office.open_with_keychain(tmp_path / "one", keychain=keychain)
