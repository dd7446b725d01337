"""The keys of a book: one random book key, wrapped once for each way of opening it.

`keys.json` holds the book key in *slots*, each sealed with AES-256-GCM: for every passphrase
(stretched with Argon2id) and, if asked for, for this computer's keychain. What a slot says of
itself (whose it is, how it was stretched, which book it opens) is sealed with it, so that none
of it can be altered unnoticed. A checksum over the file tells damage from a wrong passphrase.

There are two copies. Each is written whole or not at all; one that is damaged is put right from
the other. When both are lost, the recovery sheet still opens the book.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from dpemployer.errors import (
    DamagedKeyFileError,
    EntryError,
    NewerBookError,
    RefusedError,
    WrongPassphraseError,
)
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _
from dpemployer.store.files import (
    KEY_FILE,
    KEY_FILE_COPY,
    file_errors_in_words,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16

_FORMAT_NAME = "dpemployer-keys"
_FORMAT_VERSION = 1
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_PASSES = 64
_MOST_LANES = 64


class SlotKind(StrEnum):
    """A way of opening a book."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind
    KEYCHAIN = "keychain"


class KeyRole(StrEnum):
    """What somebody who knows a passphrase is to the book."""

    OWNER = "owner"
    HELPER = "helper"


@dataclass(frozen=True, slots=True)
class Stretching:
    """How hard a passphrase is to guess: the cost of one guess, with Argon2id."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def stretch(self, passphrase: str, salt: bytes) -> bytes:
        """Turn a passphrase into a wrapping key. The same letters typed on any keyboard agree."""
        typed = unicodedata.normalize("NFKC", passphrase).encode()
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        ).derive(typed)


STRETCHING = Stretching()
"""What every book uses. It is a parameter only so that tests need not take a minute."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The book key, wrapped for one way of opening the book."""

    id: str
    kind: SlotKind
    person: str
    role: KeyRole
    nonce: str
    wrapped: str
    salt: str = ""
    stretching: Stretching | None = None

    def _sealed_with(self, book_id: str) -> bytes:
        """Return what cannot be altered without the slot no longer opening."""
        return _canonical({**self._plain(), "book_id": book_id, "wrapped": "", "nonce": ""})

    def _plain(self) -> dict[str, Any]:
        plain = {item.name: getattr(self, item.name) for item in fields(self)}
        if self.stretching is not None:
            plain["stretching"] = {
                item.name: getattr(self.stretching, item.name) for item in fields(Stretching)
            }
        return plain

    def sealed(self, book_id: str, book_key: bytes, wrapping_key: bytes) -> Slot:
        """Return this slot holding *book_key*."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        wrapped = AESGCM(wrapping_key).encrypt(nonce, book_key, self._sealed_with(book_id))
        return replace(self, nonce=_text(nonce), wrapped=_text(wrapped))

    def opened(self, book_id: str, wrapping_key: bytes) -> bytes | None:
        """Return the book key, or None if this wrapping key is not the one."""
        try:
            return AESGCM(wrapping_key).decrypt(
                b64decode(self.nonce), b64decode(self.wrapped), self._sealed_with(book_id)
            )
        except InvalidTag:
            return None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a passphrase or the keychain opened."""

    book_key: bytes = field(repr=False)
    slot: Slot


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The slots of one book. Every change returns another; `save` keeps it."""

    book_id: str
    slots: tuple[Slot, ...] = ()
    revision: int = 0
    """Counts up with every save, so that the newer of two copies is known."""

    # ── keeping it ──

    @classmethod
    def new(cls) -> KeyFile:
        """Begin the keys of a new book."""
        return cls(book_id=secrets.token_hex(16))

    def save(self, folder: Path) -> KeyFile:
        """Write both copies, one after the other.

        Raises:
            BookError: If the folder cannot be written.
        """
        saved = replace(self, revision=self.revision + 1)
        with file_errors_in_words(folder):
            for name in (KEY_FILE, KEY_FILE_COPY):
                write_whole(folder / name, saved.text())
        return saved

    def text(self) -> bytes:
        """Return what a key file says."""
        plain: dict[str, Any] = {
            "format": f"{_FORMAT_NAME}/{_FORMAT_VERSION}",
            "book_id": self.book_id,
            "revision": self.revision,
            "slots": [slot._plain() for slot in self.slots],  # noqa: SLF001 - a slot is part of it
        }
        plain["checksum"] = _checksum(plain)
        return json.dumps(plain, indent=2, ensure_ascii=False).encode() + b"\n"

    # ── opening ──

    def open_with_passphrase(self, passphrase: str) -> Opened:
        """Return the book key.

        Raises:
            WrongPassphraseError: If no slot opens with it.
        """
        for slot in self.slots:
            if slot.stretching is None:
                continue
            wrapping_key = slot.stretching.stretch(passphrase, b64decode(slot.salt))
            book_key = slot.opened(self.book_id, wrapping_key)
            if book_key is not None:
                return Opened(book_key, slot)
        raise WrongPassphraseError(
            what=_("This passphrase does not open the book."),
            why=_("Capital letters, spaces and accents all count."),
            next_step=_(
                "Type it again. If it is lost, the recovery sheet opens the book and lets you "
                "choose a new one."
            ),
        )

    def open_with_wrapping_key(self, wrapping_key: bytes) -> Opened | None:
        """Return the book key through a keychain slot, or None if none opens with this."""
        for slot in self.slots:
            if slot.kind is SlotKind.KEYCHAIN:
                book_key = slot.opened(self.book_id, wrapping_key)
                if book_key is not None:
                    return Opened(book_key, slot)
        return None

    # ── who may open it ──

    @property
    def passphrases(self) -> tuple[Slot, ...]:
        """The passphrase slots."""
        return tuple(slot for slot in self.slots if slot.kind is SlotKind.PASSPHRASE)

    def with_passphrase(
        self,
        book_key: bytes,
        passphrase: str,
        person: str,
        role: KeyRole = KeyRole.OWNER,
        stretching: Stretching = STRETCHING,
    ) -> KeyFile:
        """Let somebody open the book with a passphrase of their own."""
        slot = self._passphrase_slot(
            secrets.token_hex(8), book_key, passphrase, person, role, stretching
        )
        return replace(self, slots=(*self.slots, slot))

    def with_passphrase_changed(
        self, slot_id: str, book_key: bytes, passphrase: str, stretching: Stretching = STRETCHING
    ) -> KeyFile:
        """Change one passphrase: its slot is made again, and nothing else."""
        old = self._find(slot_id)
        new = self._passphrase_slot(slot_id, book_key, passphrase, old.person, old.role, stretching)
        return replace(self, slots=tuple(new if slot is old else slot for slot in self.slots))

    def with_keychain(self, book_key: bytes, wrapping_key: bytes, opened_by: Slot) -> KeyFile:
        """Let this computer's keychain open the book, as the person who asks for it."""
        slot = Slot(
            secrets.token_hex(8), SlotKind.KEYCHAIN, opened_by.person, opened_by.role, "", ""
        )
        sealed = slot.sealed(self.book_id, book_key, wrapping_key)
        return replace(self, slots=(*self.slots, sealed))

    def without(self, slot_id: str) -> KeyFile:
        """Take a way of opening the book away, and with a passphrase its owner's keychains.

        It keeps somebody out of this folder from now on. Somebody who kept a copy of the old
        key file can still open whatever copy of the book they get hold of.

        Raises:
            RefusedError: If it is the last passphrase, or the last of an owner.
        """
        slot = self._find(slot_id)
        whose = (slot.person, slot.role)
        also = slot.kind is SlotKind.PASSPHRASE
        kept = replace(
            self,
            slots=tuple(
                other
                for other in self.slots
                if other is not slot
                and not (
                    also and other.kind is SlotKind.KEYCHAIN and (other.person, other.role) == whose
                )
            ),
        )
        owners = [other for other in kept.passphrases if other.role is KeyRole.OWNER]
        if slot.kind is SlotKind.PASSPHRASE and not owners:
            raise RefusedError(
                what=_("{person}'s passphrase cannot be taken away.").format(person=slot.person),
                why=_("It is the last passphrase of an owner, and nobody could open the book."),
                next_step=_("Add another owner's passphrase first."),
            )
        return kept

    def _find(self, slot_id: str) -> Slot:
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        raise LookupError(slot_id)

    def _passphrase_slot(
        self,
        slot_id: str,
        book_key: bytes,
        passphrase: str,
        person: str,
        role: KeyRole,
        stretching: Stretching,
    ) -> Slot:
        if not passphrase:
            raise EntryError(
                what=_("The passphrase is empty."),
                why=_("Anybody could open the book."),
                next_step=_("Choose a few words that only you would put together."),
            )
        salt = secrets.token_bytes(_SALT_BYTES)
        slot = Slot(slot_id, SlotKind.PASSPHRASE, person, role, "", "", _text(salt), stretching)
        return slot.sealed(self.book_id, book_key, stretching.stretch(passphrase, salt))


# ── reading it ───────────────────────────────────────────────────────────────────────


def load(folder: Path) -> tuple[KeyFile, tuple[Finding, ...]]:
    """Read the keys of the book in *folder*, from whichever copy is sound and newer.

    A finding says that one copy is damaged, missing or old; `KeyFile.save` puts it right.

    Raises:
        DamagedKeyFileError: If neither copy can be read.
        NewerBookError: If a newer program wrote them.
    """
    copies = {name: _read(folder / name) for name in (KEY_FILE, KEY_FILE_COPY)}
    sound = [copy for copy in copies.values() if copy is not None]
    if not sound:
        raise _damaged(folder)
    best = max(sound, key=lambda copy: copy.revision)
    findings = tuple(
        Finding(
            Severity.WARNING,
            "key_file_healed",
            name,
            _(
                "One of the two key files, {name}, was damaged, missing or out of date. It has "
                "been put right from the other. If this happens again, the disk may be failing: "
                "make a backup somewhere else."
            ).format(name=name),
        )
        for name, copy in copies.items()
        if copy != best
    )
    return best, findings


def parse(text: bytes) -> KeyFile:
    """Read a key file.

    Raises:
        ValueError, TypeError, LookupError: If it is damaged.
        NewerBookError: If a newer program wrote it.
    """
    plain = json.loads(text)
    if not isinstance(plain, dict):
        raise TypeError(type(plain))
    name, _slash, version = str(plain.get("format", "")).partition("/")
    if name != _FORMAT_NAME or plain.pop("checksum", "") != _checksum(plain):
        raise ValueError(name)
    if version != str(_FORMAT_VERSION):
        raise newer_book()
    slots = tuple(_slot(slot) for slot in plain["slots"])
    return KeyFile(str(plain["book_id"]), slots, int(plain["revision"]))


def newer_book() -> NewerBookError:
    """Say that a newer program wrote this book."""
    return NewerBookError(
        what=_("This book was last opened with a newer version of DP Employer."),
        why=_("This version does not know everything that is in it, so it has not opened it."),
        next_step=_("Update DP Employer on this computer, then open the book again."),
    )


def _read(path: Path) -> KeyFile | None:
    """Read one copy; None if it is damaged or not there.

    Raises:
        BookError: If the computer does not let us read it, which says nothing about it.
    """
    if not path.is_file():
        return None
    with file_errors_in_words(path):
        text = path.read_bytes()
    try:
        return parse(text)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _slot(plain: Mapping[str, Any]) -> Slot:
    stretching = None
    if plain["stretching"] is not None:
        stretching = Stretching(**plain["stretching"])
        possible = (
            0 < stretching.memory_kib <= _MOST_MEMORY_KIB
            and 0 < stretching.passes <= _MOST_PASSES
            and 0 < stretching.lanes <= _MOST_LANES
        )
        if not possible:
            raise ValueError(stretching)
    kind = SlotKind(plain["kind"])
    if (kind is SlotKind.PASSPHRASE) != (stretching is not None):
        raise ValueError(kind)
    return Slot(**{**plain, "kind": kind, "role": KeyRole(plain["role"]), "stretching": stretching})


def _damaged(folder: Path) -> DamagedKeyFileError:
    missing = not any((folder / name).exists() for name in (KEY_FILE, KEY_FILE_COPY))
    return DamagedKeyFileError(
        what=(
            _("The key files of this book are missing.")
            if missing
            else _("The key file of this book has been damaged, and so has its copy.")
        ),
        why=_("No passphrase can open the book without one; the book itself may be sound."),
        next_step=_(
            "Open the book with its recovery sheet, which needs no key file, or restore your "
            "newest backup into another folder."
        ),
    )


def _checksum(plain: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in plain.items() if name != "checksum"}
    return hashlib.sha256(_canonical(kept)).hexdigest()


def _canonical(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text(value: bytes) -> str:
    return b64encode(value).decode()
