"""Entry fields. None can be made without a label, and each says in words what it understood.

An entry is a label, a hint if one helps, the field, what was understood, and the problem if
there is one: above and below each other, so that it reads the same at any text size. `read`
returns what was typed, checked; nothing typed is ever thrown away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui import format as words_for
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.choices import Option, Tick
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, time
    from decimal import Decimal

    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from dpemployer.money import Money

Value = TypeVar("Value")


class Entry(QWidget, Generic[Value]):
    """One labelled question. Subclasses give it a field and say how to read it."""

    edited = Signal()

    def __init__(self, label: str, *, hint: str = "", needed: bool = True) -> None:
        super().__init__()
        self.label = label
        self.needed = needed
        self._hint = hint
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.gap(1) // 2)
        shown = label if needed else _("{label} (if you have it)").format(label=label)
        self._label = Words(shown, "label")
        self._box.addWidget(self._label)
        if hint:
            self._box.addWidget(Words(hint, "hint"))
        self._understood = Words("", "quiet")
        self._understood.hide()
        self._problem = Words("", "problem")
        self._problem.hide()

    # ── what subclasses say ──

    def field(self) -> QWidget:
        """Return the widget that takes the focus."""
        raise NotImplementedError

    def text(self) -> str:
        """Return exactly what was typed or chosen, for keeping."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Put back what `text` returned."""
        raise NotImplementedError

    def read(self) -> Value | None:
        """Return what was typed, checked; None when nothing was and nothing is needed.

        Raises:
            EntryError: If it cannot be right, or is needed and missing.
        """
        raise NotImplementedError

    # ── what every entry does ──

    def answer(self) -> Value:
        """Return what was typed, checked; for an entry that is needed.

        Raises:
            EntryError: If it cannot be right, or is missing.
        """
        value = self.read()
        if value is None:
            raise self._missing()
        return value

    def show_problem(self, error: EntryError | None) -> None:
        """Say beside the field what is wrong, or take that away."""
        said = "" if error is None else f"{error.what} {error.next_step}"
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        theme.mark(self.field(), problem=bool(said))
        self._describe()

    def rename(self, label: str) -> None:
        """Ask under another label."""
        self.label = label
        self._label.setText(label)
        self.field().setAccessibleName(label)

    def check(self) -> EntryError | None:
        """Read, show the problem if there is one, and return it."""
        try:
            self.read()
        except EntryError as error:
            self.show_problem(error)
            return error
        self.show_problem(None)
        return None

    def take_focus(self) -> None:
        """Put the keyboard here."""
        self.field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, field: QWidget, beside: QPushButton | None = None) -> None:
        """Place the field under its label, and name it for screen readers."""
        self._label.setBuddy(field)
        field.setAccessibleName(self.label)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(1))
        row.addWidget(field, 1000)
        if beside is not None:
            row.addWidget(beside)
        row.addStretch(1)
        self._box.addLayout(row)
        self._box.addWidget(self._understood)
        self._box.addWidget(self._problem)
        self.setFocusProxy(field)
        self._describe()

    def _describe(self) -> None:
        parts = (self._hint, self._understood.text(), self._problem.text())
        self.field().setAccessibleDescription(" ".join(part for part in parts if part))

    def _echo(self, said: str) -> None:
        """Write under the field what was understood."""
        self._understood.setText(said)
        self._understood.setVisible(bool(said))
        self._describe()

    def _missing(self) -> EntryError:
        return EntryError(
            _("“{label}” is empty.").format(label=self.label),
            _("It is needed before this can be saved."),
            _("Fill it in and try again."),
        )


class _LineEntry(Entry[Value]):
    """An entry typed on one line."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        needed: bool = True,
        wide: int = 30,
        beside: QPushButton | None = None,
    ) -> None:
        super().__init__(label, hint=hint, needed=needed)
        self.line = QLineEdit()
        self.line.setMaximumWidth(theme.characters(wide) + theme.gap(8))
        self._put(self.line, beside)
        self.line.textChanged.connect(self._typed)
        self.line.editingFinished.connect(self._left)

    def field(self) -> QWidget:
        return self.line

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def read(self) -> Value | None:
        said = self.line.text().strip()
        if not said:
            if self.needed:
                raise self._missing()
            return None
        return self._understand(said)

    def _understand(self, said: str) -> Value:
        raise NotImplementedError

    def _say(self, _value: Value) -> str:
        """Return what was understood, in words; nothing when it says itself."""
        return ""

    def _typed(self) -> None:
        said = self.line.text().strip()
        echo = ""
        if said:
            try:
                echo = self._say(self._understand(said))
            except EntryError:
                echo = ""
        self._echo(echo)
        self.edited.emit()

    def _left(self) -> None:
        """On leaving the field, say what is wrong with it; an empty one is left alone."""
        if self.line.text().strip():
            self.check()
        else:
            self.show_problem(None)


class TextEntry(_LineEntry[str]):
    """Words on one line, with a check of their own if one is given."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        needed: bool = True,
        wide: int = 40,
        checked_by: Callable[[str], str] | None = None,
    ) -> None:
        self._checked_by = checked_by
        super().__init__(label, hint=hint, needed=needed, wide=wide)

    def value(self) -> str:
        """Return the words, or nothing at all."""
        return self.read() or ""

    def set_value(self, value: str) -> None:
        """Show *value*."""
        self.line.setText(value)

    def _understand(self, said: str) -> str:
        return self._checked_by(said) if self._checked_by else said


class PassphraseEntry(_LineEntry[str]):
    """A passphrase, hidden until asked to be shown. Spaces at either end count."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        self._show = button(_("Show"), self._toggle)
        self._show.setCheckable(True)
        self._show.setAccessibleName(_("Show {label}").format(label=label))
        super().__init__(label, hint=hint, wide=46, beside=self._show)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def read(self) -> str:
        said = self.line.text()
        if not said:
            raise self._missing()
        return said

    def _understand(self, said: str) -> str:
        return said

    def _toggle(self) -> None:
        shown = self._show.isChecked()
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.setText(_("Hide") if shown else _("Show"))
        self._show.setAccessibleName(
            (_("Hide {label}") if shown else _("Show {label}")).format(label=self.label)
        )


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


class MoneyEntry(_LineEntry["Money"]):
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


class HoursEntry(_LineEntry[int]):
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


class TimeEntry(_LineEntry["time"]):
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


class NumberEntry(_LineEntry["Decimal"]):
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


class DateEntry(_LineEntry["date"]):
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


class PatientCombo(QComboBox):
    """A list of choices that the mouse wheel cannot change by accident, with a plain arrow."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        painter.setPen(QPen(QColor(colours.text if self.isEnabled() else colours.quiet), 2))
        half = self.fontMetrics().xHeight() / 2
        middle = QPointF(self.width() - 2 * theme.gap(1) - 2 * half, self.height() / 2)
        painter.drawPolyline(
            QPolygonF(
                [
                    middle + QPointF(-half, -half / 2),
                    middle + QPointF(0, half / 2),
                    middle + QPointF(half, -half / 2),
                ]
            )
        )
        painter.end()


class ChoiceEntry(Entry[Value]):
    """One of several values. A few are shown as options, more as a list that opens."""

    FEW = 4

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[Value, str]],
        *,
        hint: str = "",
        needed: bool = True,
        as_list: bool | None = None,
    ) -> None:
        super().__init__(label, hint=hint, needed=needed)
        self._choices = tuple(choices)
        self._as_list = len(self._choices) > self.FEW if as_list is None else as_list
        self._combo = PatientCombo()
        self._group = QButtonGroup(self)
        self._options: list[Option] = []
        if self._as_list:
            self._combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self._combo.setMinimumContentsLength(8)
            self._combo.setMaximumWidth(theme.characters(56))
            self._put(self._combo)
            self._combo.currentIndexChanged.connect(self._picked)
            self._fill_combo()
        else:
            self._combo.setParent(self)
            self._combo.hide()
            self._holder = QWidget()
            box = QVBoxLayout(self._holder)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
            for place, (_value, words) in enumerate(self._choices):
                option = Option(words)
                option.setAccessibleName(f"{label}: {words}")
                self._group.addButton(option, place)
                box.addWidget(option)
                self._options.append(option)
            self._box.addWidget(self._holder)
            self._box.addWidget(self._problem)
            self._group.idToggled.connect(self._toggled)
            self.setFocusProxy(self._options[0])
            self._describe()

    def _fill_combo(self) -> None:
        self._combo.addItem(_("Choose…"))
        for _value, words in self._choices:
            self._combo.addItem(words)

    def set_choices(self, choices: Sequence[tuple[Value, str]]) -> None:
        """Offer other values; for an entry shown as a list."""
        chosen = self._chosen()
        before = self._choices[chosen][0] if chosen is not None else None
        self._choices = tuple(choices)
        self._combo.blockSignals(True)
        self._combo.clear()
        self._fill_combo()
        self._combo.blockSignals(False)
        self.set_value(before)

    def field(self) -> QWidget:
        if self._as_list:
            return self._combo
        checked = self._group.checkedButton()
        return checked if isinstance(checked, Option) else self._options[0]

    def text(self) -> str:
        chosen = self._chosen()
        return "" if chosen is None else str(chosen)

    def set_text(self, text: str) -> None:
        self._choose(int(text) if text.isdecimal() else None)

    def set_value(self, value: Value | None) -> None:
        """Show *value* as chosen; one that is not offered leaves nothing chosen."""
        offered = [each for each, _words in self._choices]
        self._choose(offered.index(value) if value in offered else None)

    def read(self) -> Value | None:
        chosen = self._chosen()
        if chosen is None:
            if self.needed:
                raise EntryError(
                    _("Nothing is chosen for “{label}”.").format(label=self.label),
                    _("It is needed before this can be saved."),
                    _("Choose one and try again."),
                )
            return None
        return self._choices[chosen][0]

    @property
    def offered(self) -> tuple[Value, ...]:
        """The values that can be chosen."""
        return tuple(value for value, _words in self._choices)

    def value(self) -> Value | None:
        """Return what is chosen, or None, without complaint."""
        chosen = self._chosen()
        return None if chosen is None else self._choices[chosen][0]

    def _chosen(self) -> int | None:
        place = self._combo.currentIndex() - 1 if self._as_list else self._group.checkedId()
        return place if 0 <= place < len(self._choices) else None

    def _choose(self, place: int | None) -> None:
        if self._as_list:
            self._combo.setCurrentIndex(0 if place is None else place + 1)
        elif place is not None and place < len(self._options):
            self._options[place].setChecked(True)
        else:
            self._group.setExclusive(False)
            for option in self._options:
                option.setChecked(False)
            self._group.setExclusive(True)

    def _toggled(self, _place: int, checked: bool) -> None:
        if checked:
            self._picked()

    def _picked(self) -> None:
        self.show_problem(None)
        self.edited.emit()
