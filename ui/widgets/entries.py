"""Every kind of entry field. None can be made without a label.

Each says in words what it understood: a date with its weekday, hours in hours and minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui import format as words_for
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.choice_entry import ChoiceEntry, PatientCombo
from ui.widgets.choices import Tick
from ui.widgets.entry import Entry, LineEntry, PassphraseEntry, TextEntry
from ui.widgets.words import Words

if TYPE_CHECKING:
    from datetime import date, time
    from decimal import Decimal

    from dpemployer.money import Money

__all__ = [
    "ChoiceEntry",
    "DateEntry",
    "Entry",
    "HoursEntry",
    "LongTextEntry",
    "MoneyEntry",
    "NumberEntry",
    "PassphraseEntry",
    "PatientCombo",
    "PercentEntry",
    "TextEntry",
    "TickEntry",
    "TimeEntry",
]


class LongTextEntry(Entry[str]):
    """Words on several lines. Tab leaves it, as it leaves every field."""

    def __init__(self, label: str, *, hint: str = "", needed: bool = True, lines: int = 3) -> None:
        super().__init__(label, hint=hint, needed=needed)
        self.area = QPlainTextEdit()
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(theme.line_height(lines) + theme.gap(4))
        self.area.setMaximumWidth(theme.characters(60) + theme.gap(8))
        self._put(self.area)
        self.area.textChanged.connect(self.edited)

    def field(self) -> QWidget:
        return self.area

    def text(self) -> str:
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        self.area.setPlainText(text)

    def value(self) -> str:
        """Return the words, or nothing at all."""
        return self.read() or ""

    def set_value(self, value: str) -> None:
        """Show *value*."""
        self.area.setPlainText(value)

    def read(self) -> str | None:
        said = self.area.toPlainText().strip()
        if not said and self.needed:
            raise self._missing()
        return said or None


class MoneyEntry(LineEntry["Money"]):
    """An amount of pounds."""

    def __init__(self, label: str, *, hint: str = "", needed: bool = True) -> None:
        super().__init__(label, hint=hint, needed=needed, wide=14)

    def set_value(self, value: Money | None) -> None:
        """Show *value* as it would be typed."""
        self.line.setText("" if value is None else value.plain)

    def _understand(self, said: str) -> Money:
        return words_for.read_money(said)

    def _say(self, value: Money) -> str:
        return str(value)


class HoursEntry(LineEntry[int]):
    """A length of time, read as whole minutes."""

    def __init__(self, label: str, *, hint: str = "", needed: bool = True) -> None:
        super().__init__(label, hint=hint, needed=needed, wide=10)

    def set_value(self, minutes: int | None) -> None:
        """Show *minutes* as they would be typed."""
        self.line.setText("" if minutes is None else words_for.show_hours_plainly(minutes))

    def _understand(self, said: str) -> int:
        return words_for.read_hours(said)

    def _say(self, value: int) -> str:
        return words_for.hours_and_minutes(value)


class TimeEntry(LineEntry["time"]):
    """A time of day."""

    def __init__(self, label: str, *, hint: str = "", needed: bool = True) -> None:
        super().__init__(label, hint=hint, needed=needed, wide=10)

    def set_value(self, value: time | None) -> None:
        """Show *value* by the 24-hour clock."""
        self.line.setText(words_for.show_time(value))

    def _understand(self, said: str) -> time:
        return words_for.read_time(said)

    def _say(self, value: time) -> str:
        return words_for.show_time(value)


class NumberEntry(LineEntry["Decimal"]):
    """A number that may have decimals."""

    def __init__(self, label: str, *, hint: str = "", needed: bool = True) -> None:
        super().__init__(label, hint=hint, needed=needed, wide=10)

    def set_value(self, value: Decimal | None) -> None:
        """Show *value* as it would be typed."""
        self.line.setText("" if value is None else words_for.show_number(value))

    def _understand(self, said: str) -> Decimal:
        return words_for.read_number(said)


class PercentEntry(NumberEntry):
    """A percentage."""

    def _understand(self, said: str) -> Decimal:
        return words_for.read_percent(said)

    def _say(self, value: Decimal) -> str:
        return f"{words_for.show_number(value)}%"


class DateEntry(LineEntry["date"]):
    """A day, typed in figures or words, or found on a calendar with F4 or its button."""

    def __init__(self, label: str, *, hint: str = "", needed: bool = True) -> None:
        calendar = button(_("Calendar"), self.open_calendar)
        calendar.setAccessibleName(_("Find {label} on a calendar").format(label=label))
        super().__init__(label, hint=hint, needed=needed, wide=20, beside=calendar)
        self.line.setPlaceholderText(_("day/month/year"))
        self.line.installEventFilter(self)

    def value(self) -> date | None:
        """Return the day, or None when what is typed is not one yet."""
        try:
            return self.read()
        except EntryError:
            return None

    def set_value(self, value: date | None) -> None:
        """Show *value* day first."""
        self.line.setText("" if value is None else words_for.short_date(value))

    def open_calendar(self) -> None:
        """Let the person find the day on a calendar."""
        from ui.widgets.calendar import CalendarDialog  # noqa: PLC0415 - only when asked for

        try:
            start = self.read() or clock.today()
        except EntryError:
            start = clock.today()
        dialog = CalendarDialog(self.label, start, self)
        if dialog.exec():
            self.set_value(dialog.chosen())
        self.take_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and self._asks(event):
            self.open_calendar()
            return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _asks(event: QKeyEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        alt_down = (
            event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier
        )
        return alt_down or event.key() == Qt.Key.Key_F4

    def _understand(self, said: str) -> date:
        return words_for.read_date(said, clock.today())

    def _say(self, value: date) -> str:
        return words_for.show_day(value)


class TickEntry(Entry[bool]):
    """A yes or no. Its label is the words beside the tick."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(label)
        self._hint = hint
        self._label.hide()
        self.tick = Tick(label)
        self._put(self.tick)
        if hint:
            self._box.addWidget(Words(hint, "hint"))
        self.tick.toggled.connect(self.edited)

    def field(self) -> QWidget:
        return self.tick

    def text(self) -> str:
        return "yes" if self.tick.isChecked() else ""

    def set_text(self, text: str) -> None:
        self.tick.setChecked(bool(text))

    def set_value(self, value: bool) -> None:
        """Show *value*."""
        self.tick.setChecked(value)

    def read(self) -> bool:
        return self.tick.isChecked()
