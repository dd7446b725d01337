"""Opening a book, and the different sentences for the different things that go wrong."""

from __future__ import annotations

import hashlib
import secrets
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import (
    BookError,
    BookInUseError,
    DamagedBookError,
    DamagedKeyFileError,
    EntryError,
    NewerBookError,
    NotABookError,
    WrongPassphraseError,
)
from dpemployer.office import Office
from dpemployer.payroll.household import Party
from dpemployer.store.book import Book
from dpemployer.store.engine import connect
from dpemployer.store.files import DATABASE, KEY_FILE, KEY_FILE_COPY
from dpemployer.store.recovery_sheet import groups_for
from tests.store.conftest import PASSPHRASE, QUICK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARKER = "Zebedee Quill-Thistlewood"


def contents(folder: Path) -> dict[str, str]:
    """Return every file of a folder and the hash of what is in it."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x01
    path.write_bytes(content)


def remember(folder: Path, key: bytes, name: str = MARKER) -> None:
    with Book.open(folder, key, who="Ann Owner") as book, book.change("Named somebody") as tx:
        tx.add(Party(0, name))


def set_version(folder: Path, key: bytes, version: int) -> None:
    connection = connect(folder / DATABASE, key)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


# ── the ordinary way ─────────────────────────────────────────────────────────────────


def test_what_was_written_is_there_when_the_book_is_opened_again(folder: Path, key: bytes) -> None:
    remember(folder, key)

    with Office.open(folder, PASSPHRASE) as office, office.book.read() as reading:
        assert [party.name for party in reading.find(Party)] == [MARKER]
        assert office.book.who == "Ann Owner"
        assert office.findings == ()


def test_a_closed_book_is_one_database_and_two_key_files_for_its_owner_alone(
    folder: Path, key: bytes
) -> None:
    remember(folder, key)

    assert sorted(contents(folder)) == [DATABASE, KEY_FILE_COPY, KEY_FILE]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_an_open_book_lets_nobody_else_read_its_files(folder: Path, key: bytes) -> None:
    with Book.open(folder, key, who="Ann Owner") as book:
        with book.change("Named somebody") as tx:
            tx.add(Party(0, MARKER))
        files = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}

    assert f"{DATABASE}-wal" in files
    assert set(files.values()) == {0o600}


def test_nothing_written_can_be_read_off_the_disk(folder: Path, key: bytes) -> None:
    with Book.open(folder, key, who="Ann Owner") as book:
        with book.change("Named somebody", reason=MARKER) as tx:
            tx.add(Party(0, MARKER))
        open_files = {path.name: path.read_bytes() for path in folder.iterdir()}
    closed_files = {path.name: path.read_bytes() for path in folder.iterdir()}

    for name, content in [*open_files.items(), *closed_files.items()]:
        assert MARKER.encode() not in content, name
        assert MARKER.encode("utf-16-le") not in content, name
        assert b"SQLite format 3" not in content, name


# ── the sentences ────────────────────────────────────────────────────────────────────


def wrong_passphrase(folder: Path, _key: bytes) -> Path:
    return folder


def damaged_book(folder: Path, _key: bytes) -> Path:
    flip(folder / DATABASE, 100)
    return folder


def damaged_keys(folder: Path, _key: bytes) -> Path:
    for name in (KEY_FILE, KEY_FILE_COPY):
        flip(folder / name, 200)
    return folder


def newer(folder: Path, key: bytes) -> Path:
    set_version(folder, key, 9_999)
    return folder


def no_book(folder: Path, _key: bytes) -> Path:
    return folder.parent


@pytest.mark.parametrize(
    ("prepare", "kind", "sentence"),
    [
        (wrong_passphrase, WrongPassphraseError, "This passphrase does not open the book."),
        (damaged_book, DamagedBookError, "This book has been damaged."),
        (damaged_keys, DamagedKeyFileError, "The key file of this book has been damaged"),
        (newer, NewerBookError, "This book was last opened with a newer version"),
        (no_book, NotABookError, "is not a book."),
    ],
)
def test_each_thing_that_goes_wrong_has_its_own_sentence_and_changes_nothing(
    folder: Path,
    key: bytes,
    prepare: Callable[[Path, bytes], Path],
    kind: type[BookError],
    sentence: str,
) -> None:
    place = prepare(folder, key)
    before = contents(folder)
    passphrase = "another one" if prepare is wrong_passphrase else PASSPHRASE

    with pytest.raises(kind, match=sentence) as told:
        Office.open(place, passphrase)

    assert type(told.value) is kind
    assert told.value.why
    assert told.value.next_step
    assert contents(folder) == before


OPEN_AND_WAIT = (
    "import sys, time; from pathlib import Path; from dpemployer.office import Office\n"
    "office = Office.open(Path(sys.argv[1]), sys.argv[2]); print('open', flush=True)\n"
    "time.sleep(60)"
)


def test_a_second_process_is_told_and_gets_in_when_the_first_is_gone(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OPEN_AND_WAIT, str(folder), PASSPHRASE],
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        with pytest.raises(BookInUseError, match="is already open"):
            Office.open(folder, PASSPHRASE)
        first.kill()
        first.wait()

    Office.open(folder, PASSPHRASE).close()


def test_opening_that_fails_lets_the_next_try_in(folder: Path, key: bytes) -> None:
    with pytest.raises(DamagedBookError):
        Book.open(folder, secrets.token_bytes(32), who="Eve")

    Book.open(folder, key, who="Ann Owner").close()


@pytest.mark.parametrize("place", [0, 15, 16, 100, 2_000, 4_095])
def test_a_flipped_bit_in_the_first_page_is_damage(folder: Path, key: bytes, place: int) -> None:
    flip(folder / DATABASE, place)

    with pytest.raises(DamagedBookError):
        Book.open(folder, key, who="Ann Owner")


def test_a_flipped_bit_anywhere_else_is_found_by_the_checks(folder: Path) -> None:
    size = (folder / DATABASE).stat().st_size
    flip(folder / DATABASE, size // 2)

    with Office.open(folder, PASSPHRASE) as office:
        findings = office.checks.everything()

    assert {finding.code for finding in findings} == {"database_damaged"}
    assert str(size // 2 // 4_096 + 1) in findings[0].message


def test_reading_a_damaged_page_is_said_to_be_damage(folder: Path, key: bytes) -> None:
    remember(folder, key)
    content = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(content[: 4_096 * 2] + bytes(len(content) - 4_096 * 2))

    def look() -> None:
        with Book.open(folder, key, who="Ann Owner") as book, book.read() as reading:
            reading.find(Party)

    with pytest.raises(DamagedBookError):
        look()


def test_a_book_that_was_cut_short_is_damage(folder: Path, key: bytes) -> None:
    (folder / DATABASE).write_bytes(b"")

    with pytest.raises(DamagedBookError) as told:
        Book.open(folder, key, who="Ann Owner")

    assert "never finished being made" in told.value.why


# ── making one ───────────────────────────────────────────────────────────────────────


def test_a_new_book_never_takes_the_place_of_another(folder: Path, key: bytes) -> None:
    remember(folder, key)
    before = contents(folder)

    with pytest.raises(BookError, match="already a book"):
        Office.create(folder, "another passphrase", "Eve", stretching=QUICK)

    assert contents(folder) == before


def test_a_book_without_a_passphrase_is_not_begun(tmp_path: Path) -> None:
    with pytest.raises(EntryError, match="empty"):
        Office.create(tmp_path / "new", "", "Ann", stretching=QUICK)

    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BookError, match="could not be read or written"):
        Office.create(tmp_path / "file" / "new", PASSPHRASE, "Ann", stretching=QUICK)


@pytest.mark.parametrize("what", ["keys.write_whole", "book.lay_out"])
def test_a_book_that_cannot_be_finished_can_be_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(f"dpemployer.store.{what}", full)
        with pytest.raises(BookError, match="could not be read or written"):
            Office.create(tmp_path / "new", PASSPHRASE, "Ann", stretching=QUICK)
    with pytest.raises(NotABookError):
        Office.open(tmp_path / "new", PASSPHRASE)

    Office.create(tmp_path / "new", PASSPHRASE, "Ann", stretching=QUICK).close()
    assert sorted(contents(tmp_path / "new")) == [DATABASE, KEY_FILE_COPY, KEY_FILE]


def test_a_copy_of_an_open_book_opens_without_what_the_system_keeps_beside_it(
    folder: Path, key: bytes, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    with Book.open(folder, key, who="Ann Owner") as book:
        with book.change("Named somebody") as tx:
            tx.add(Party(0, MARKER))
        copy.mkdir()
        for path in folder.iterdir():
            if not path.name.endswith(("-shm", ".lock")):
                (copy / path.name).write_bytes(path.read_bytes())

    with Office.open(copy, PASSPHRASE) as office, office.book.read() as reading:
        assert [party.name for party in reading.find(Party)] == [MARKER]


# ── the recovery sheet ───────────────────────────────────────────────────────────────


def open_with_sheet(folder: Path, key: bytes, passphrase: str = "new words") -> Office:
    return Office.open_with_sheet(folder, groups_for(key), passphrase, stretching=QUICK)


def test_the_sheet_printed_when_the_book_was_made_opens_it(tmp_path: Path) -> None:
    with Office.create(tmp_path / "new", PASSPHRASE, "Ann", stretching=QUICK) as office:
        groups = office.recovery_groups

    typed = " ".join(groups).lower()
    with Office.open_with_sheet(tmp_path / "new", typed, "new words", stretching=QUICK) as office:
        assert office.book.who == "Ann"


def test_with_both_key_files_lost_the_sheet_opens_the_book(folder: Path, key: bytes) -> None:
    remember(folder, key)
    for name in (KEY_FILE, KEY_FILE_COPY):
        (folder / name).unlink()

    with open_with_sheet(folder, key) as office, office.book.read() as reading:
        assert [party.name for party in reading.find(Party)] == [MARKER]

    with Office.open(folder, "new words") as office:
        assert office.recovery_groups == groups_for(key)


def test_with_both_key_files_damaged_it_opens_the_book_too(folder: Path, key: bytes) -> None:
    damaged_keys(folder, key)

    open_with_sheet(folder, key).close()

    Office.open(folder, "new words").close()


def test_the_sheet_replaces_the_passphrase_that_was_forgotten_and_no_other(
    folder: Path, key: bytes
) -> None:
    with Office.open(folder, PASSPHRASE) as office:
        office.access._stretching = QUICK
        office.access.add_person("Bob", "his words")

    open_with_sheet(folder, key).close()

    with pytest.raises(WrongPassphraseError):
        Office.open(folder, PASSPHRASE)
    for passphrase, who in (("new words", "Ann Owner"), ("his words", "Bob")):
        with Office.open(folder, passphrase) as office:
            assert office.book.who == who


def test_the_sheet_of_another_book_is_told_from_a_slip(folder: Path, key: bytes) -> None:
    before = contents(folder)

    with pytest.raises(WrongPassphraseError, match="recovery sheet does not open"):
        open_with_sheet(folder, secrets.token_bytes(32))
    groups = groups_for(key)
    slip = (*groups[:4], groups[4][::-1], *groups[5:])
    with pytest.raises(EntryError, match="not what the recovery sheet says"):
        Office.open_with_sheet(folder, slip, "new words", stretching=QUICK)

    assert contents(folder) == before


def test_the_sheet_without_a_new_passphrase_changes_nothing(folder: Path, key: bytes) -> None:
    before = contents(folder)

    with pytest.raises(EntryError, match="empty"):
        open_with_sheet(folder, key, passphrase="")

    assert contents(folder) == before


def test_a_damaged_copy_of_the_keys_is_put_right_on_opening(folder: Path) -> None:
    flip(folder / KEY_FILE, 200)

    with Office.open(folder, PASSPHRASE) as office:
        assert [finding.code for finding in office.findings] == ["key_file_healed"]

    with Office.open(folder, PASSPHRASE) as office:
        assert office.findings == ()
