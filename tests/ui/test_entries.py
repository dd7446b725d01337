"""Entry fields say their name, their problem and what they understood; and keep what was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.money import Money
from tests.ui.keys import press
from tests.ui.looking import heard, unnamed
from ui.widgets.calendar import CalendarDialog
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    HoursEntry,
    LongTextEntry,
    MoneyEntry,
    TextEntry,
    TickEntry,
)
from ui.widgets.form import Form
from ui.widgets.notice import GOOD, Notices
from ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    day = date(2026, 7, 8)
    monkeypatch.setattr(clock, "today", lambda: day)
    return day


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    made.add("name", TextEntry("First names"))
    made.add("amount", MoneyEntry("Rate"))
    made.add("day", DateEntry("From", needed=False))
    made.add("note", LongTextEntry("Note", needed=False))
    made.add("kind", ChoiceEntry("Kind", [(1, "One"), (2, "Two")]))
    made.add("long", ChoiceEntry("Longer", [(n, f"No {n}") for n in range(9)], needed=False))
    made.add("yes", TickEntry("I agree", hint="Only if you do."))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def _description(entry: TextEntry | DateEntry) -> str:
    node = QAccessible.queryAccessibleInterface(entry.line)
    assert node is not None
    return node.text(QAccessible.Text.Description)


def test_every_field_has_its_label_for_a_name(form: Form) -> None:
    said = heard(form)

    assert unnamed(form) == []
    for words in ("First names", "Rate", "From", "Note", "Kind: One", "Longer", "I agree"):
        assert words in said


def test_what_was_understood_is_written_out(qtbot: QtBot, today: date) -> None:
    entry = DateEntry("From")
    qtbot.addWidget(entry)

    entry.set_text("monday")

    assert today == date(2026, 7, 8)
    assert entry.answer() == date(2026, 7, 6)
    assert "Monday 6 July 2026" in _description(entry)


def test_hours_typed_as_a_decimal_are_said_in_hours_and_minutes(qtbot: QtBot) -> None:
    entry = HoursEntry("Hours")
    qtbot.addWidget(entry)

    entry.set_text("7.25")

    assert entry._understood.text() == "7 h 15 min"


def test_a_problem_is_said_beside_the_field_and_to_a_screen_reader(qtbot: QtBot) -> None:
    entry = DateEntry("From")
    qtbot.addWidget(entry)
    entry.set_text("31/6/2026")

    problem = entry.check()

    assert problem is not None
    assert "“31/6/2026” is not a date." in _description(entry)
    assert entry.text() == "31/6/2026"


def test_a_form_lists_every_problem_and_puts_the_keyboard_on_the_first(form: Form) -> None:
    assert not form.check()

    said = heard(form)
    assert "There is a problem" in said
    assert "“First names” is empty." in said
    assert "“Rate” is empty." in said
    assert "Nothing is chosen for “Kind”." in said
    press(Qt.Key.Key_Space)
    assert form.entries["name"].field().hasFocus()


def test_a_form_that_is_right_says_nothing(form: Form) -> None:
    form.restore({"name": "Asha", "amount": "£12.60", "kind": "1"})

    assert form.check()
    assert form.notices.shown == ()
    assert form.entries["amount"].read() == Money(1260)
    assert form.entries["kind"].read() == 2


def test_everything_typed_can_be_kept_and_put_back(form: Form) -> None:
    typed = {
        "name": "Asha ",
        "amount": "12.6o",
        "day": "31 june",
        "note": "two\nlines",
        "kind": "0",
        "long": "7",
        "yes": "yes",
    }

    form.restore(typed)

    assert form.typed() == typed


def test_an_error_from_the_office_leaves_everything_typed(form: Form) -> None:
    form.restore({"name": "Asha", "amount": "12.60"})

    form.show_error(EntryError("That cannot be.", "For a reason.", "Do this."))

    assert form.typed()["name"] == "Asha"
    assert "That cannot be." in heard(form)


def test_f4_opens_a_calendar_and_enter_chooses_its_day(
    qtbot: QtBot, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = DateEntry("From")
    qtbot.addWidget(entry)
    entry.show()
    entry.take_focus()

    def use(dialog: CalendarDialog) -> int:
        dialog.show()
        press(Qt.Key.Key_Right, on=dialog.calendar.focusProxy() or dialog.calendar)
        assert unnamed(dialog) == []
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(CalendarDialog, "exec", use)
    press(Qt.Key.Key_F4, on=entry.line)

    assert today == date(2026, 7, 8)
    assert entry.answer() == date(2026, 7, 9)


def test_the_wheel_does_not_change_a_choice(form: Form) -> None:
    entry = form.entries["long"]
    entry.set_text("3")
    field = entry.field()
    field.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(field, wheel)

    assert entry.read() == 3


# Off screen there is nothing to raise a list over, and no keyboard to take.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("count", [2, 12])
def test_an_opened_list_shows_each_choice_whole(count: int, qtbot: QtBot) -> None:
    entry = ChoiceEntry("Where they live", [(n, f"Place {n}") for n in range(count)], as_list=True)
    qtbot.addWidget(entry)
    entry.show()
    entry.set_value(1)
    combo = entry.field()
    assert isinstance(combo, QComboBox)

    combo.showPopup()

    view = combo.view()
    last = view.model().index(count, 0)
    assert view.viewport().rect().contains(view.visualRect(view.model().index(0, 0)))
    assert view.viewport().rect().contains(view.visualRect(last))
    combo.hidePopup()


def test_a_message_out_of_sight_is_scrolled_to(qtbot: QtBot) -> None:
    scroll, notices = Scroll(), Notices()
    scroll.box.addWidget(notices)
    for number in range(60):
        scroll.box.addWidget(QLabel(f"Line {number}"))
    qtbot.addWidget(scroll)
    scroll.resize(400, 300)
    scroll.show()
    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())

    notices.say(GOOD, "It is done.")

    qtbot.waitUntil(lambda: bar.value() < bar.maximum())
    assert scroll.viewport().rect().contains(notices.mapTo(scroll.viewport(), QPoint(1, 1)))
