"""The program goes from the first window to a book and back, and forgets nothing on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from dpemployer.office import Office
from dpemployer.settings import OPEN_LAST, TEXT_SIZE, THEME, Settings
from tests.ui.looking import heard
from ui import theme
from ui.app import Program
from ui.errors import BugDialog, ErrorDialog, Reporter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

PASSPHRASE = "violet kettle"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book on the disk, closed."""
    folder = tmp_path_factory.mktemp("books") / "Ours"
    Office.create(folder, PASSPHRASE, "Jo Marsh").close()
    return folder


@pytest.fixture
def start(settings: Settings, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Program]]:
    """Start the program on this computer, as often as a test likes."""
    programs: list[Program] = []

    def begin(named: Path | None = None) -> Program:
        program = Program(qapp, settings)
        programs.append(program)
        program.start(named)
        _settle(program, qtbot)
        return program

    yield begin
    for program in programs:
        program.lock()
        qtbot.waitUntil(lambda each=program: each.operations.idle)  # type: ignore[misc]
        program._close_windows()
        program.operations.close()
    theme.apply(qapp, theme.Look.LIGHT, 100)


def _settle(program: Program, qtbot: QtBot) -> None:
    for _turn in range(4):
        qtbot.waitUntil(lambda: program.operations.idle, timeout=20_000)
        QApplication.processEvents()


def _open(program: Program, book: Path, passphrase: str, qtbot: QtBot) -> None:
    assert program.unlock is not None
    program.unlock.use_folder(book)
    program.unlock.passphrase_part.passphrase.set_text(passphrase)
    program.unlock.passphrase_part.unlock.click()
    _settle(program, qtbot)


def test_the_right_passphrase_opens_the_book_and_remembers_where_it_is(
    start: Callable[..., Program], book: Path, settings: Settings, qtbot: QtBot
) -> None:
    program = start()

    _open(program, book, PASSPHRASE, qtbot)

    assert program.main is not None
    assert program.main.isVisible()
    assert program.unlock is None
    assert settings.recent_books == (book,)


def test_a_wrong_passphrase_says_so_and_stays(
    start: Callable[..., Program], book: Path, qtbot: QtBot
) -> None:
    program = start()

    _open(program, book, "violet kettel", qtbot)

    assert program.main is None
    assert program.unlock is not None
    assert program.unlock.isEnabled()
    assert program.unlock.passphrase_part.passphrase.text() == "violet kettel"
    assert "There is a problem" in heard(program.unlock)


def test_a_folder_that_is_no_book_is_told_apart_from_a_wrong_passphrase(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    empty = tmp_path / "empty"
    empty.mkdir()

    _open(program, empty, PASSPHRASE, qtbot)

    assert program.unlock is not None
    assert "passphrase does not" not in heard(program.unlock)
    assert "There is a problem" in heard(program.unlock)


def test_locking_closes_the_book_and_asks_for_it_again(
    start: Callable[..., Program], book: Path, qtbot: QtBot
) -> None:
    program = start()
    _open(program, book, PASSPHRASE, qtbot)

    program.lock()
    _settle(program, qtbot)

    assert program.main is None
    assert program.unlock is not None
    assert program.unlock.folder == book
    Office.open(book, PASSPHRASE).close()


def test_the_recovery_sheet_opens_it_with_a_new_passphrase(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "Forgotten"
    with Office.create(folder, "long gone", "Jo Marsh") as office:
        groups = " ".join(office.recovery_groups)
    program = start()
    assert program.unlock is not None
    program.unlock.use_folder(folder)
    program.unlock.passphrase_part.forgotten.click()
    program.unlock.sheet_part.form.restore({"code": groups, "passphrase": "new words"})

    program.unlock.sheet_part._ask()
    _settle(program, qtbot)

    assert program.main is not None
    program.lock()
    _settle(program, qtbot)
    Office.open(folder, "new words").close()


def test_a_slip_in_the_recovery_sheet_is_found_and_nothing_typed_is_lost(
    start: Callable[..., Program], book: Path, qtbot: QtBot
) -> None:
    program = start()
    assert program.unlock is not None
    program.unlock.use_folder(book)
    program.unlock.passphrase_part.forgotten.click()
    sheet = program.unlock.sheet_part
    sheet.form.restore({"code": "ABCDE FGHJK", "passphrase": "new words"})

    sheet._ask()
    _settle(program, qtbot)

    assert "2 groups were typed, and the sheet has 14." in heard(program.unlock)
    assert sheet.form.typed()["code"] == "ABCDE FGHJK"


def test_the_keychain_that_holds_nothing_says_so(
    start: Callable[..., Program], book: Path, qtbot: QtBot
) -> None:
    program = start()
    assert program.unlock is not None
    program.unlock.use_folder(book)

    program.unlock.passphrase_part.keychain.click()
    _settle(program, qtbot)

    assert program.main is None
    assert "passphrase" in heard(program.unlock)


def test_text_grows_and_shrinks_by_its_steps_and_is_remembered(
    start: Callable[..., Program], book: Path, settings: Settings, qtbot: QtBot
) -> None:
    program = start()
    _open(program, book, PASSPHRASE, qtbot)
    assert program.main is not None
    sizes = []

    for name in ("view.bigger", "view.bigger", "view.smaller", "view.usual", "view.smaller"):
        program.main.commands.action(name).trigger()
        sizes.append((settings.get(TEXT_SIZE), theme.percent()))

    assert sizes == [(125, 125), (150, 150), (125, 125), (100, 100), (100, 100)]


def test_the_look_of_this_computer_is_in_force_from_the_first_window(
    start: Callable[..., Program], settings: Settings
) -> None:
    settings.set(THEME, "contrast")
    settings.set(TEXT_SIZE, 200)

    start()

    assert theme.colours() == theme.CONTRAST
    assert theme.percent() == 200


def test_books_are_not_named_when_that_is_the_wish(
    start: Callable[..., Program], book: Path, settings: Settings
) -> None:
    settings.remember_book(book)
    settings.set(OPEN_LAST, value=False)

    program = start()

    assert program.unlock is not None
    assert program.unlock.folder is None
    assert "Ours" not in heard(program.unlock)


def test_setting_up_left_half_way_opens_the_book_as_far_as_it_is(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    program.new_book()
    wizard = program.wizard
    assert wizard is not None
    wizard.step.form.restore(
        {
            "your_name": "Jo Marsh",
            "book_name": "New",
            "place": str(tmp_path),
            "passphrase": PASSPHRASE,
            "again": PASSPHRASE,
        }
    )
    wizard.next_step()
    _settle(program, qtbot)

    wizard.close()
    _settle(program, qtbot)

    assert program.main is not None
    assert program.window is program.main
    assert "Finish setting up this book." in heard(program.main)


def test_a_wizard_left_before_there_is_a_book_comes_back_to_the_first_window(
    start: Callable[..., Program],
) -> None:
    program = start()
    program.new_book()
    assert program.wizard is not None

    program.wizard.close()

    assert program.unlock is not None
    assert program.unlock.isVisible()


def test_a_known_error_and_a_bug_are_met_in_different_words(
    start: Callable[..., Program], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start()
    shown: list[str] = []
    monkeypatch.setattr(
        ErrorDialog, "exec", lambda dialog: shown.append(dialog.accessibleDescription())
    )
    monkeypatch.setattr(
        BugDialog, "exec", lambda dialog: shown.append(dialog.accessibleDescription())
    )
    monkeypatch.setattr("ui.errors.keep_report", lambda _error: None)
    qtbot.waitUntil(lambda: bool(program.findChildren(Reporter)))

    program.operations.change(lambda: Office.open(Path("nowhere"), "x"), owner=program)
    program.operations.ask(lambda: 1 // 0, lambda _answer: None, owner=program)
    _settle(program, qtbot)

    assert "nowhere" in shown[0]
    assert shown[1].startswith("The program has made a mistake")


def test_the_book_named_when_it_starts_is_the_one_offered(
    start: Callable[..., Program], book: Path, settings: Settings
) -> None:
    settings.remember_book(book.parent / "Another")

    program = start(book)

    assert program.unlock is not None
    assert program.unlock.folder == book


@pytest.mark.parametrize(("given", "code"), [(("--help",), 0), (("--hlep",), 2), (("a", "b"), 2)])
def test_it_says_how_it_is_started(given: tuple[str, ...], code: int) -> None:
    outcome = subprocess.run(
        [sys.executable, "-P", "-m", "ui", *given],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    said = outcome.stdout if code == 0 else outcome.stderr
    assert "Usage: ./dpe run [BOOK]" in said
    assert outcome.returncode == code
