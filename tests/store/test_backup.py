"""A backup is one file that holds the whole book, still locked, and comes back as it was."""

from __future__ import annotations

import json
import zipfile
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import BookError, DamagedBookError, EntryError, NewerBookError
from dpemployer.office import Office, restore
from dpemployer.payroll.household import Party
from dpemployer.store.backup import back_up
from dpemployer.store.book import Book
from dpemployer.store.files import DATABASE, KEY_FILE, KEY_FILE_COPY
from tests.store.conftest import PASSPHRASE
from tests.store.test_opening import MARKER, contents, flip, remember

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def backup(folder: Path, key: bytes, tmp_path: Path) -> Path:
    """A backup of a book with somebody in it."""
    remember(folder, key)
    return back_up(folder, key, tmp_path / "copy.dpebackup")


def rewrite(backup: Path, **changed: bytes | None) -> None:
    """Put other contents into a backup; None takes a part out."""
    with zipfile.ZipFile(backup) as archive:
        parts: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    parts.update({name.replace("_", "."): content for name, content in changed.items()})
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)


def test_a_restored_book_opens_with_its_passphrase_and_is_what_it_was(
    backup: Path, tmp_path: Path
) -> None:
    restore(backup, tmp_path / "restored")

    with Office.open(tmp_path / "restored", PASSPHRASE) as office:
        assert office.findings == ()
        assert office.checks.everything() == ()
        with office.book.read() as reading:
            assert [party.name for party in reading.find(Party)] == [MARKER]
    assert sorted(contents(tmp_path / "restored")) == [DATABASE, KEY_FILE_COPY, KEY_FILE]


def test_a_backup_is_for_its_owner_alone_and_cannot_be_read(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert MARKER.encode() not in backup.read_bytes()
    assert b"SQLite format 3" not in backup.read_bytes()


def test_a_backup_never_takes_the_place_of_a_file(folder: Path, key: bytes, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(BookError, match="is there already"):
        back_up(folder, key, tmp_path / "mine.txt")

    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_restoring_never_takes_the_place_of_anything(backup: Path, folder: Path) -> None:
    before = contents(folder)

    with pytest.raises(BookError, match="already something in"):
        restore(backup, folder)
    with pytest.raises(BookError, match="already something in"):
        restore(backup, backup)

    assert contents(folder) == before


def test_a_place_that_cannot_be_written_is_said_in_words(folder: Path, key: bytes) -> None:
    with pytest.raises(BookError, match="could not be read or written"):
        back_up(folder, key, folder.parent / "no such folder" / "copy.dpebackup")


def test_a_backup_made_while_somebody_writes_is_one_moment_of_the_book(
    folder: Path, key: bytes, tmp_path: Path
) -> None:
    stop = Event()

    def keep_naming() -> None:
        while not stop.is_set():
            with book.change("Named two people") as tx:
                tx.add(Party(0, "One"))
                tx.add(Party(0, "Other"))

    with Book.open(folder, key, who="Ann Owner") as book:
        writer = Thread(target=keep_naming)
        writer.start()
        copies = [back_up(folder, key, tmp_path / f"{n}.dpebackup") for n in range(5)]
        stop.set()
        writer.join()

    for number, copy in enumerate(copies):
        restored = tmp_path / f"restored {number}"
        restore(copy, restored)
        with Office.open(restored, PASSPHRASE) as office:
            assert office.checks.everything() == ()
            with office.book.read() as reading:
                assert reading.count(Party) == 2 * len(reading.audit_actions())


def test_a_damaged_book_is_not_backed_up_as_if_it_were_sound(
    folder: Path, key: bytes, tmp_path: Path
) -> None:
    flip(folder / DATABASE, (folder / DATABASE).stat().st_size // 2)

    with pytest.raises(DamagedBookError):
        back_up(folder, key, tmp_path / "copy.dpebackup")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a book"]


@pytest.mark.parametrize("place", [0, 60, -300, -10])
def test_a_damaged_backup_is_found_and_nothing_is_left_of_it(
    backup: Path, tmp_path: Path, place: int
) -> None:
    flip(backup, place)

    with pytest.raises(EntryError, match="is not a backup of a book, or it has been damaged"):
        restore(backup, tmp_path / "restored")

    assert not (tmp_path / "restored" / DATABASE).exists()


def test_damage_in_the_middle_of_a_backup_is_found(backup: Path, tmp_path: Path) -> None:
    flip(backup, backup.stat().st_size // 2)

    with pytest.raises(EntryError, match="damaged"):
        restore(backup, tmp_path / "restored")

    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize("part", ["about_json", "keys_json", "book_db"])
def test_a_backup_without_all_its_parts_is_none(backup: Path, tmp_path: Path, part: str) -> None:
    rewrite(backup, **{part: None})

    with pytest.raises(EntryError, match="is not a backup"):
        restore(backup, tmp_path / "restored")


@pytest.mark.parametrize(
    "about", [b"", b"[]", b"{}", b'{"format": 3}', b'{"format": "something-else/1"}']
)
def test_a_file_that_is_something_else_is_no_backup(
    backup: Path, tmp_path: Path, about: bytes
) -> None:
    rewrite(backup, about_json=about)

    with pytest.raises(EntryError, match="is not a backup"):
        restore(backup, tmp_path / "restored")


def test_a_backup_from_a_newer_program_is_refused_as_newer(backup: Path, tmp_path: Path) -> None:
    rewrite(backup, about_json=json.dumps({"format": "dpemployer-backup/2"}).encode())

    with pytest.raises(NewerBookError):
        restore(backup, tmp_path / "restored")


def test_a_backup_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="could not be read or written"):
        restore(tmp_path / "none.dpebackup", tmp_path / "restored")


@pytest.mark.parametrize("about", [b"[" * 100_000, b"[]", b'{"format": 5}', b'{"format": ""}'])
def test_a_file_that_only_looks_like_a_backup_is_refused(tmp_path: Path, about: bytes) -> None:
    with zipfile.ZipFile(tmp_path / "odd", "w") as archive:
        archive.writestr("about.json", about)

    with pytest.raises(EntryError, match="not a backup of a book"):
        restore(tmp_path / "odd", tmp_path / "restored")

    assert not (tmp_path / "restored").exists()
