"""Passphrases, keychains and key files: who gets in, and what is said when they do not."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import (
    DamagedKeyFileError,
    EntryError,
    NewerBookError,
    RefusedError,
    WrongPassphraseError,
)
from dpemployer.store.files import KEY_FILE, KEY_FILE_COPY
from dpemployer.store.keys import (
    STRETCHING,
    KeyFile,
    KeyRole,
    SlotKind,
    _checksum,
    load,
)
from tests.store.conftest import PASSPHRASE, QUICK

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))


@pytest.fixture
def keys() -> KeyFile:
    """Keys with one owner."""
    return KeyFile.new().with_passphrase(KEY, PASSPHRASE, "Ann", stretching=QUICK)


def alter(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_passphrase_opens_its_slot_and_another_does_not(keys: KeyFile) -> None:
    opened = keys.open_with_passphrase(PASSPHRASE)

    assert opened.book_key == KEY
    assert (opened.slot.person, opened.slot.role) == ("Ann", KeyRole.OWNER)
    with pytest.raises(WrongPassphraseError, match="does not open the book"):
        keys.open_with_passphrase(PASSPHRASE + " ")


def test_the_same_letters_typed_on_another_keyboard_open_it() -> None:
    composed, decomposed = "caf\u00e9 n\u00famero", "cafe\u0301 nu\u0301mero"
    keys = KeyFile.new().with_passphrase(KEY, composed, "Ann", stretching=QUICK)

    assert keys.open_with_passphrase(decomposed).book_key == KEY


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(EntryError, match="empty"):
        KeyFile.new().with_passphrase(KEY, "", "Ann", stretching=QUICK)


def test_every_guess_at_a_real_passphrase_costs_64_mib_and_real_time() -> None:
    keys = KeyFile.new().with_passphrase(KEY, PASSPHRASE, "Ann")
    begun = time.process_time()

    assert keys.open_with_passphrase(PASSPHRASE).book_key == KEY

    assert time.process_time() - begun > 0.02
    assert keys.slots[0].stretching == STRETCHING
    assert (STRETCHING.memory_kib, STRETCHING.passes, STRETCHING.lanes) == (65_536, 3, 4)


def test_changing_a_passphrase_rewrites_its_slot_alone(keys: KeyFile) -> None:
    both = keys.with_passphrase(KEY, "his words", "Bob", KeyRole.HELPER, QUICK)
    changed = both.with_passphrase_changed(both.slots[0].id, KEY, "new words", QUICK)

    assert changed.open_with_passphrase("new words").slot.person == "Ann"
    assert changed.slots[1] == both.slots[1]
    with pytest.raises(WrongPassphraseError):
        changed.open_with_passphrase(PASSPHRASE)


def test_a_helper_can_be_let_in_and_kept_out_again(keys: KeyFile) -> None:
    both = keys.with_passphrase(KEY, "his words", "Bob", KeyRole.HELPER, QUICK)
    bob = both.open_with_passphrase("his words").slot
    with_his_laptop = both.with_keychain(KEY, bytes(32), bob)

    alone = with_his_laptop.without(bob.id)

    assert [slot.person for slot in alone.slots] == ["Ann"]
    with pytest.raises(WrongPassphraseError):
        alone.open_with_passphrase("his words")
    assert alone.open_with_wrapping_key(bytes(32)) is None


def test_the_last_owner_cannot_be_shut_out(keys: KeyFile) -> None:
    both = keys.with_passphrase(KEY, "his words", "Bob", KeyRole.HELPER, QUICK)

    with pytest.raises(RefusedError, match="Ann's passphrase cannot be taken away"):
        both.without(both.slots[0].id)


def test_a_keychain_slot_opens_with_its_wrapping_key_and_no_other(keys: KeyFile) -> None:
    kept = keys.with_keychain(KEY, bytes(32), keys.slots[0])
    opened = kept.open_with_wrapping_key(bytes(32))

    assert opened is not None
    assert (opened.book_key, opened.slot.kind, opened.slot.person) == (
        KEY,
        SlotKind.KEYCHAIN,
        "Ann",
    )
    assert kept.open_with_wrapping_key(bytes(31) + b"\x01") is None


def test_keys_come_back_from_disk_as_they_were(keys: KeyFile, tmp_path: Path) -> None:
    saved = keys.save(tmp_path)

    assert load(tmp_path) == (saved, ())
    assert (tmp_path / KEY_FILE).read_bytes() == (tmp_path / KEY_FILE_COPY).read_bytes()
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_the_book_key_is_nowhere_in_the_key_file(keys: KeyFile) -> None:
    kept = keys.with_keychain(KEY, bytes(32), keys.slots[0]).text()

    assert KEY not in kept
    assert KEY.hex().encode() not in kept


@pytest.mark.parametrize("name", [KEY_FILE, KEY_FILE_COPY])
def test_one_damaged_copy_is_put_right_from_the_other(
    keys: KeyFile, tmp_path: Path, name: str
) -> None:
    saved = keys.save(tmp_path)
    alter(tmp_path / name, "Ann", "Amm")

    found, findings = load(tmp_path)
    assert found == saved
    assert [(finding.code, finding.subject) for finding in findings] == [("key_file_healed", name)]

    found.save(tmp_path)
    assert load(tmp_path)[1] == ()


def test_a_missing_copy_is_put_right_too(keys: KeyFile, tmp_path: Path) -> None:
    keys.save(tmp_path)
    (tmp_path / KEY_FILE).unlink()

    _found, findings = load(tmp_path)

    assert [finding.subject for finding in findings] == [KEY_FILE]


def test_of_two_sound_copies_the_newer_counts(keys: KeyFile, tmp_path: Path) -> None:
    old = keys.save(tmp_path)
    before = (tmp_path / KEY_FILE_COPY).read_bytes()
    new = old.with_passphrase_changed(old.slots[0].id, KEY, "new words", QUICK).save(tmp_path)
    (tmp_path / KEY_FILE_COPY).write_bytes(before)  # the program stopped between the two

    found, findings = load(tmp_path)

    assert found == new
    assert [finding.subject for finding in findings] == [KEY_FILE_COPY]


def test_damage_to_both_copies_is_not_called_a_wrong_passphrase(
    keys: KeyFile, tmp_path: Path
) -> None:
    keys.save(tmp_path)
    for name in (KEY_FILE, KEY_FILE_COPY):
        alter(tmp_path / name, keys.slots[0].wrapped[:8], "AAAAAAAA")

    with pytest.raises(DamagedKeyFileError, match="has been damaged, and so has its copy"):
        load(tmp_path)


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{", b'"x"', b'{"format": "dpemployer-keys/1"}', b"\xff\xfe", b"null"]
)
def test_whatever_is_in_a_damaged_key_file_it_is_said_to_be_damaged(
    tmp_path: Path, text: bytes
) -> None:
    for name in (KEY_FILE, KEY_FILE_COPY):
        (tmp_path / name).write_bytes(text)

    with pytest.raises(DamagedKeyFileError):
        load(tmp_path)


def test_missing_key_files_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(DamagedKeyFileError, match="are missing") as lost:
        load(tmp_path)

    assert "recovery sheet" in lost.value.next_step


def write_with(keys: KeyFile, tmp_path: Path, **changes: object) -> None:
    """Write a key file that says something else, with the right checksum."""
    plain = {**json.loads(keys.text()), **changes}
    plain["checksum"] = _checksum(plain)
    for name in (KEY_FILE, KEY_FILE_COPY):
        (tmp_path / name).write_text(json.dumps(plain), encoding="utf-8")


def test_a_newer_key_file_is_refused_as_newer(keys: KeyFile, tmp_path: Path) -> None:
    write_with(keys, tmp_path, format="dpemployer-keys/2")

    with pytest.raises(NewerBookError):
        load(tmp_path)


@pytest.mark.parametrize("cost", ["memory_kib", "passes", "lanes"])
def test_a_key_file_cannot_ask_for_the_whole_computer(
    keys: KeyFile, tmp_path: Path, cost: str
) -> None:
    slot = json.loads(keys.text())["slots"][0]
    slot["stretching"][cost] = 10**9
    write_with(keys, tmp_path, slots=[slot])

    with pytest.raises(DamagedKeyFileError):
        load(tmp_path)


@pytest.mark.parametrize(
    "change", [{"person": "Eve"}, {"role": "helper"}, {"id": "0"}], ids=["person", "role", "id"]
)
def test_what_a_slot_says_of_itself_is_sealed_with_it(
    keys: KeyFile, tmp_path: Path, change: dict[str, str]
) -> None:
    slot = {**json.loads(keys.text())["slots"][0], **change}
    write_with(keys, tmp_path, slots=[slot])

    with pytest.raises(WrongPassphraseError):
        load(tmp_path)[0].open_with_passphrase(PASSPHRASE)


def test_a_slot_opens_its_own_book_and_no_other(keys: KeyFile, tmp_path: Path) -> None:
    write_with(keys, tmp_path, book_id="0" * 32)

    with pytest.raises(WrongPassphraseError):
        load(tmp_path)[0].open_with_passphrase(PASSPHRASE)


def test_a_passphrase_slot_without_its_cost_is_damage(keys: KeyFile, tmp_path: Path) -> None:
    slot = {**json.loads(keys.text())["slots"][0], "stretching": None}
    write_with(keys, tmp_path, slots=[slot])

    with pytest.raises(DamagedKeyFileError):
        load(tmp_path)


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"\xff" * 50, b"[" * 100_000])
def test_whatever_a_damaged_copy_says_the_other_is_used(
    keys: KeyFile, tmp_path: Path, text: bytes
) -> None:
    saved = keys.save(tmp_path)
    (tmp_path / KEY_FILE).write_bytes(text)

    assert load(tmp_path)[0] == saved
    (tmp_path / KEY_FILE_COPY).write_bytes(text)
    with pytest.raises(DamagedKeyFileError, match="so has its copy"):
        load(tmp_path)


def test_a_folder_in_the_place_of_a_key_file_is_a_missing_one(
    keys: KeyFile, tmp_path: Path
) -> None:
    saved = keys.save(tmp_path)
    (tmp_path / KEY_FILE).unlink()
    (tmp_path / KEY_FILE).mkdir()

    assert load(tmp_path)[0] == saved
