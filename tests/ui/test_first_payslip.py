"""From an empty folder to the first payslip, with the keyboard alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.periods import TaxYear
from tests.ui.keyboard import Keyboard
from tests.ui.keys import press, write
from ui.app import Program
from ui.dialogs.finalise_pay_run import FinalisePayRunDialog
from ui.dialogs.pdf_view import PdfDialog
from ui.wizards.new_book import SheetStep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.settings import Settings

FRIDAY = date(2026, 7, 10)
PASSPHRASE = "violet kettle seven hills"
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def program(
    settings: Settings, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Program]:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    made = Program(qapp, settings)
    bugs: list[BaseException] = []
    made.operations.broken.connect(lambda bug, _owner: bugs.append(bug))
    made.start()
    yield made
    for bug in bugs:
        raise bug
    made.lock()
    qtbot.waitUntil(lambda: made.operations.idle)
    made._close_windows()
    made.operations.close()


@pytest.fixture
def keyboard(program: Program, qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot, lambda: program.operations.idle)


def test_from_an_empty_folder_to_the_first_payslip(
    program: Program,
    keyboard: Keyboard,
    tmp_path: Path,
) -> None:
    said: list[str] = []
    keyboard.settle()

    _make_a_book(program, keyboard, tmp_path)
    _say_who_is_who(keyboard)
    _say_who_pays(keyboard)
    _take_asha_on(keyboard)
    _start_afresh(keyboard)
    assert program.main is not None
    _fill_in_the_week(keyboard)
    _pay(keyboard, said)

    assert "Asha Khan" in said[0]
    assert "£273.00" in said[0]
    with _reopened(program, tmp_path) as office:
        (slip,) = office.pay_runs.payslips(TaxYear(2026))
        assert (slip.gross_pay, slip.minutes) == (Money(27_300), 1260)


def _go_past_the_safe_answer() -> None:
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)


def _make_a_book(program: Program, keyboard: Keyboard, folder: Path) -> None:
    keyboard.press_button("Make a new book")
    assert program.wizard is not None
    keyboard.fill("Your name", "Jo Marsh")
    keyboard.fill("A name for the book", "Our book")
    keyboard.fill("The folder it goes in", str(folder))
    keyboard.fill("Passphrase", PASSPHRASE)
    keyboard.fill("The same passphrase again", PASSPHRASE)
    keyboard.keys(Qt.Key.Key_Return)
    sheet = program.wizard.step
    assert isinstance(sheet, SheetStep)
    keyboard.fill("Group number", sheet.proof.asked)
    keyboard.keys(Qt.Key.Key_Return)


def _say_who_is_who(keyboard: Keyboard) -> None:
    keyboard.fill("Full name", "Jo Marsh")
    keyboard.fill("Address", "1 Mill Lane, Exampleton")
    keyboard.fill("Since", "1/6/2026")
    keyboard.keys(Qt.Key.Key_Return)
    for part in ("manager", "employer", "signatory"):
        if part != "employer":
            keyboard.choose("They act as", "For themselves")
        keyboard.fill("Since", "1/6/2026")
        keyboard.keys(Qt.Key.Key_Return)
    keyboard.fill("Employer PAYE reference", "123/AB456")
    keyboard.fill("This has been so since", "1/6/2026")
    keyboard.keys(Qt.Key.Key_Return)


def _say_who_pays(keyboard: Keyboard) -> None:
    keyboard.fill("Name", "Example Borough Council")
    keyboard.keys(Qt.Key.Key_Return)
    keyboard.choose("Your own contribution", "I have no contribution")
    keyboard.fill("What the letter says a week costs", "412.50")
    keyboard.choose("How often they pay", "Every four weeks")
    keyboard.fill("How much each payment is", "1650")
    keyboard.fill("This rate is from", "1/6/2026")
    keyboard.fill("A day they pay on", "3/7/2026")
    keyboard.keys(Qt.Key.Key_Return)
    keyboard.fill("The first day this book answers for", "1/7/2026")
    keyboard.fill("How much was in it", "2,000")
    keyboard.keys(Qt.Key.Key_Return)


def _take_asha_on(keyboard: Keyboard) -> None:
    keyboard.fill("First names", "Asha")
    keyboard.fill("Surname", "Khan")
    keyboard.fill("Date of birth", "3 May 1990")
    keyboard.keys(Qt.Key.Key_Return)
    keyboard.fill("First day of the job", "29 June 2026")
    keyboard.choose("How often they are paid", "Every week")
    keyboard.fill("First day of any one pay period", "29/6")
    keyboard.fill("Payday of that pay period", "10/7")
    keyboard.keys(Qt.Key.Key_Return)
    keyboard.fill("For an ordinary hour", "13")
    keyboard.keys(Qt.Key.Key_Return)
    keyboard.press_button("Use what the rules give")
    keyboard.keys(Qt.Key.Key_Return)
    keyboard.keys(Qt.Key.Key_Return)


def _start_afresh(keyboard: Keyboard) -> None:
    keyboard.choose("Has anybody been paid already this tax year?", "No.")
    keyboard.keys(Qt.Key.Key_Return)


def _fill_in_the_week(keyboard: Keyboard) -> None:
    keyboard.keys(Qt.Key.Key_3, _ALT)
    keyboard.fill("Around which day?", "29/6")
    keyboard.settle()
    keyboard.to("Timesheets")
    press(Qt.Key.Key_Return)
    keyboard.settle()
    assert keyboard.hears == "Hours of the week"
    for hours in ("7", "7", "7:00"):
        write(hours)
        press(Qt.Key.Key_Tab)
        keyboard.settle()
    keyboard.keys(Qt.Key.Key_Return)


def _pay(keyboard: Keyboard, said: list[str]) -> None:
    keyboard.keys(Qt.Key.Key_4, _ALT)
    keyboard.press_button("Work out this payday")
    keyboard.when_asked(FinalisePayRunDialog, _go_past_the_safe_answer)
    keyboard.keys(Qt.Key.Key_Return)
    keyboard.when_asked(PdfDialog, lambda: _read_and_close(said))
    keyboard.press_button("Payslip")


def _read_and_close(said: list[str]) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PdfDialog)
    said.append(dialog.text.toPlainText())
    press(Qt.Key.Key_Escape, on=dialog)


def _reopened(program: Program, folder: Path) -> Office:
    """Close the book and open it from the disk."""
    office = program._office
    assert office is not None
    office.close()
    return Office.open(folder / "Our book", PASSPHRASE)
