"""Who may open a book, and how: passphrases, this computer's keychain, the recovery sheet."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.errors import DamagedBookError, OutsideError, WrongPassphraseError
from dpemployer.i18n import _
from dpemployer.store.backup import back_up
from dpemployer.store.book import read_identity
from dpemployer.store.keys import KEY_BYTES, STRETCHING, KeyFile, KeyRole, Opened, SlotKind
from dpemployer.store.recovery_sheet import groups_for

if TYPE_CHECKING:
    from pathlib import Path

    from dpemployer.keychain import Keychain
    from dpemployer.store.keys import Slot, Stretching

__all__ = ["Access", "KeyRole", "WayIn"]


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way of opening the book."""

    id: str
    person: str
    role: KeyRole
    by_keychain: bool
    is_mine: bool
    """Whether the book was opened this way just now."""


class Access:
    """The keys of one open book."""

    def __init__(
        self,
        folder: Path,
        keys: KeyFile,
        opened: Opened,
        keychain: Keychain,
        stretching: Stretching = STRETCHING,
    ) -> None:
        self._folder = folder
        self._keys = keys
        self._opened = opened
        self._keychain = keychain
        self._stretching = stretching

    @property
    def recovery_groups(self) -> tuple[str, ...]:
        """The letters of the recovery sheet. They open the book alone, and never change."""
        return groups_for(self._opened.book_key)

    def ways_in(self) -> tuple[WayIn, ...]:
        """List who may open the book, and how."""
        return tuple(self._row(slot) for slot in self._keys.slots)

    def change_passphrase(self, old: str, new: str) -> None:
        """Change the passphrase of whoever knows the old one.

        Raises:
            WrongPassphraseError: If the old one does not open the book.
            EntryError: If the new one is empty.
        """
        slot = self._keys.open_with_passphrase(old).slot
        self._save(
            self._keys.with_passphrase_changed(
                slot.id, self._opened.book_key, new, self._stretching
            )
        )

    def add_person(self, name: str, passphrase: str, role: KeyRole = KeyRole.HELPER) -> None:
        """Let somebody else open the book, with a passphrase of their own.

        Raises:
            EntryError: If it is empty.
        """
        self._save(
            self._keys.with_passphrase(
                self._opened.book_key, passphrase, name, role, self._stretching
            )
        )

    def remove(self, way_in_id: str) -> None:
        """Take a way of opening the book away.

        Raises:
            RefusedError: If it is the last passphrase of an owner.
        """
        self._save(self._keys.without(way_in_id))

    @property
    def keychain_is_there(self) -> bool:
        """Whether this computer has a keychain that can be trusted."""
        return self._keychain.is_there

    def keep_in_keychain(self) -> None:
        """Let this computer open the book without a passphrase from now on.

        Raises:
            OutsideError: If there is no keychain, or it would not keep the key.
        """
        wrapping_key = secrets.token_bytes(KEY_BYTES)
        self._keychain.keep(self._keys.book_id, wrapping_key)
        self._save(
            self._without_keychain().with_keychain(
                self._opened.book_key, wrapping_key, self._opened.slot
            )
        )

    def forget_in_keychain(self) -> None:
        """Ask for a passphrase on every computer again.

        The book stops trusting keychains even if this one cannot be asked to forget.

        Raises:
            OutsideError: If this computer's keychain did not answer.
        """
        self._save(self._without_keychain())
        self._keychain.forget(self._keys.book_id)

    def back_up(self, destination: Path) -> Path:
        """Write the whole book, keys included and still locked, into one file.

        Raises:
            BookError: If the file is there already, or cannot be written.
        """
        return back_up(self._folder, self._opened.book_key, destination)

    def _without_keychain(self) -> KeyFile:
        keys = self._keys
        for slot in keys.slots:
            if slot.kind is SlotKind.KEYCHAIN:
                keys = keys.without(slot.id)
        return keys

    def _save(self, keys: KeyFile) -> None:
        self._keys = keys.save(self._folder)

    def _row(self, slot: Slot) -> WayIn:
        return WayIn(
            id=slot.id,
            person=slot.person,
            role=slot.role,
            by_keychain=slot.kind is SlotKind.KEYCHAIN,
            is_mine=slot.id == self._opened.slot.id,
        )


def open_with_keychain(keys: KeyFile, keychain: Keychain) -> Opened:
    """Open the book with the key this computer's keychain holds.

    Raises:
        OutsideError: If it holds none, or did not answer.
    """
    wrapping_key = keychain.fetch(keys.book_id)
    opened = keys.open_with_wrapping_key(wrapping_key) if wrapping_key else None
    if opened is None:
        raise OutsideError(
            what=_("This computer's keychain does not open this book."),
            why=_("It was never asked to, or the book came here from another computer."),
            next_step=_("Open the book with its passphrase."),
        )
    return opened


def keys_from_sheet(
    folder: Path,
    found: KeyFile | None,
    book_key: bytes,
    passphrase: str,
    owner_name: str,
    stretching: Stretching,
) -> tuple[KeyFile, Opened]:
    """Give the book's owner a new passphrase, on the word of the recovery sheet.

    `found` are the keys in the folder, or None when they are lost and must be made again.

    Raises:
        WrongPassphraseError: If it is the sheet of another book.
        EntryError: If the passphrase is empty.
    """
    book_id = _identity(folder, book_key)
    keys = found if found is not None and found.book_id == book_id else KeyFile(book_id)
    owners = [slot for slot in keys.passphrases if slot.role is KeyRole.OWNER]
    named = [slot for slot in owners if slot.person == owner_name]
    if owners:
        mine = (named or owners)[0].id
        keys = keys.with_passphrase_changed(mine, book_key, passphrase, stretching)
    else:
        keys = keys.with_passphrase(
            book_key, passphrase, owner_name or _("The owner"), stretching=stretching
        )
        mine = keys.slots[-1].id
    (slot,) = (slot for slot in keys.slots if slot.id == mine)
    return keys, Opened(book_key, slot)


def _identity(folder: Path, book_key: bytes) -> str:
    """Read which book it is, which also shows that the key is the right one."""
    try:
        return read_identity(folder, book_key)
    except DamagedBookError as error:
        raise _wrong_sheet() from error


def _wrong_sheet() -> WrongPassphraseError:
    """Say that a recovery sheet, typed without a slip, does not open a book."""
    return WrongPassphraseError(
        what=_("This recovery sheet does not open the book."),
        why=_("The sheet belongs to another book, or the book has been damaged."),
        next_step=_(
            "Compare the name on the sheet with the book's. If they agree, restore your newest "
            "backup into another folder and try the sheet there."
        ),
    )
