"""One program at a time: the second is told who has the book, and a dead one does not count."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import BookInUseError
from dpemployer.store import lock as lock_module
from dpemployer.store.lock import NAME, BookLock, Holder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLD = (
    "import sys, time; from pathlib import Path; from dpemployer.store.lock import BookLock\n"
    "held = BookLock.take(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the book open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_program_is_told_who_has_the_book(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(BookInUseError, match="is already open") as refused:
        BookLock.take(tmp_path)

    me = Holder.this_process()
    assert f"{me.user} has had it open on {me.host} since" in refused.value.why
    assert f"(process {holder.pid})" in refused.value.why


def test_a_program_that_was_killed_leaves_no_lock(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / NAME).exists()

    BookLock.take(tmp_path).release()

    assert list(tmp_path.iterdir()) == []


def test_the_same_program_cannot_open_it_twice_either(tmp_path: Path) -> None:
    held = BookLock.take(tmp_path)

    with pytest.raises(BookInUseError, match="is already open"):
        BookLock.take(tmp_path)

    held.release()
    held.release()
    BookLock.take(tmp_path).release()


def test_a_file_that_cannot_be_read_still_says_that_somebody_has_it(tmp_path: Path) -> None:
    held = BookLock.take(tmp_path)
    (tmp_path / NAME).write_text("nonsense", encoding="utf-8")

    with pytest.raises(BookInUseError) as refused:
        BookLock.take(tmp_path)

    assert refused.value.why == "Another program has it open."
    held.release()


@pytest.fixture
def _disk_without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some shared folders cannot lock a file at all."""
    monkeypatch.setattr(lock_module, "_lock", lambda _descriptor: None)


def write(folder: Path, holder: Holder) -> None:
    (folder / NAME).write_text(json.dumps(asdict(holder)), encoding="utf-8")


@pytest.mark.usefixtures("_disk_without_locks")
def test_without_locks_what_the_file_says_decides(tmp_path: Path) -> None:
    write(tmp_path, replace(Holder.this_process(), pid=os.getppid()))

    with pytest.raises(BookInUseError):
        BookLock.take(tmp_path)


@pytest.mark.usefixtures("_disk_without_locks")
def test_without_locks_another_computer_is_believed(tmp_path: Path) -> None:
    write(tmp_path, replace(Holder.this_process(), host="another-computer", pid=1))

    with pytest.raises(BookInUseError) as refused:
        BookLock.take(tmp_path)

    assert "another-computer" in refused.value.why


@pytest.mark.usefixtures("_disk_without_locks")
def test_without_locks_a_process_that_is_gone_is_passed_over(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    write(tmp_path, replace(Holder.this_process(), pid=gone.pid))

    BookLock.take(tmp_path).release()


@pytest.mark.usefixtures("_disk_without_locks")
def test_without_locks_an_empty_file_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()

    BookLock.take(tmp_path).release()


@pytest.mark.usefixtures("_disk_without_locks")
def test_without_locks_a_process_one_may_not_ask_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_yours(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr("os.kill", not_yours)
    write(tmp_path, Holder.this_process())

    with pytest.raises(BookInUseError):
        BookLock.take(tmp_path)


def test_a_disk_that_cannot_lock_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_args: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", cannot)

    BookLock.take(tmp_path).release()


def test_a_file_its_last_holder_is_just_removing_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_lock = lock_module._lock
    gone: list[bool] = []

    def lock_what_is_going(descriptor: int) -> bool | None:
        if not gone:
            (tmp_path / NAME).unlink()
            gone.append(True)
        return true_lock(descriptor)

    monkeypatch.setattr(lock_module, "_lock", lock_what_is_going)

    held = BookLock.take(tmp_path)

    assert (tmp_path / NAME).exists()
    held.release()


def test_a_user_without_a_name_is_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nameless)

    assert Holder.this_process().user == "Somebody"
