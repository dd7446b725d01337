"""How timesheets and their shifts are shown, and the grid of one week."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _, hours_and_minutes, ngettext, weekday_name
from dpemployer.money import NOTHING
from dpemployer.services.rows import PayType, Per, RateChoice, Shift, TimesheetStatus
from ui import format as words_for
from ui import theme
from ui.models.rows import NOWHERE, Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.rows import ShiftRow, TimesheetRow

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
DAYS = 7


def status_words(row: TimesheetRow) -> str:
    """Say how far a timesheet has got."""
    if row.paid:
        return _("Paid")
    if row.status is TimesheetStatus.APPROVED:
        return _("Approved")
    return _("Being filled in") if row.timesheet_id else _("Nothing yet")


def nights_words(nights: int) -> str:
    """Say how many nights."""
    return ngettext("{count} night", "{count} nights", nights).format(count=nights)


TIMESHEETS: tuple[Column[TimesheetRow], ...] = (
    Column(N_("Personal assistant"), text=lambda row: row.name),
    Column(N_("Pay period"), text=lambda row: words_for.show_days(row.first_day, row.last_day)),
    Column(N_("Payday"), text=lambda row: words_for.long_date(row.pay_date)),
    Column(
        N_("Paid time"),
        text=lambda row: hours_and_minutes(row.minutes) if row.minutes else "",
        numeric=True,
    ),
    Column(
        N_("Sleep-ins"),
        text=lambda row: nights_words(row.nights) if row.nights else "",
        numeric=True,
    ),
    Column(N_("How far"), text=status_words),
)


def kind_words(choice: RateChoice) -> str:
    """Name a kind of time as the payslip does."""
    return choice.label


def shift_worth(shift: Shift) -> str:
    """Say what one shift is: its time, its nights, its miles or its amount."""
    if shift.pay_type is PayType.EXPENSES:
        if shift.amount:
            return str(shift.amount)
        return ngettext("{count} mile", "{count} miles", shift.quantity).format(
            count=shift.quantity
        )
    if shift.pay_type is PayType.SLEEP_IN:
        return _("{nights}, {length}").format(
            nights=nights_words(max(1, shift.quantity)), length=hours_and_minutes(shift.minutes)
        )
    return hours_and_minutes(shift.minutes)


def break_words(shift: Shift) -> str:
    """Say what break there was in a shift, and whether it is paid."""
    unpaid, paid = shift.break_minutes, shift.paid_break_minutes
    said = [hours_and_minutes(unpaid)] if unpaid else []
    if paid:
        said.append(_("{length} paid").format(length=hours_and_minutes(paid)))
    return ", ".join(said)


def _clock(moment: time | None, *, next_day: bool = False) -> str:
    shown = words_for.show_time(moment)
    return _("{time} next day").format(time=shown) if shown and next_day else shown


SHIFTS: tuple[Column[ShiftRow], ...] = (
    Column(
        N_("Day"),
        text=lambda row: words_for.show_day(row.shift.day),
        sort_by=lambda row: row.shift.day,
    ),
    Column(N_("What"), text=lambda row: row.shift.label),
    Column(N_("From"), text=lambda row: _clock(row.shift.started)),
    Column(N_("To"), text=lambda row: _clock(row.shift.ended, next_day=row.ends_next_day)),
    Column(
        N_("Break"),
        text=lambda row: break_words(row.shift),
    ),
    Column(N_("Comes to"), text=lambda row: shift_worth(row.shift), numeric=True),
    Column(
        N_("Note"),
        text=lambda row: " ".join(part for part in (row.shift.note, row.clock_change) if part),
    ),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of the grid: a kind of time on one day."""

    choice: RateChoice
    day: date
    shifts: tuple[Shift, ...]

    @property
    def simple(self) -> bool:
        """Whether it can be typed over: there is at most one shift in it."""
        return len(self.shifts) <= 1


class WeekModel(QAbstractTableModel):
    """Seven days across, kinds of time down. What is typed is handed over, never kept here.

    A text that could not be understood or was refused stays in its box, with the reason, until
    it is put right.
    """

    typed = Signal(object, str)
    """A cell, and what was typed in it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[RateChoice, ...] = ()
        self._first = date(2024, 1, 1)
        self._shifts: tuple[Shift, ...] = ()
        self._inside = (date.min, date.max)
        self._open = False
        self._refused: dict[tuple[RateChoice, date], tuple[str, EntryError]] = {}

    def show_week(
        self,
        first: date,
        choices: Sequence[RateChoice],
        shifts: Sequence[Shift],
        *,
        inside: tuple[date, date],
        open_: bool,
    ) -> None:
        """Show a week. Days outside the pay period, and an approved sheet, are not typed in."""
        same = (self._first, self._choices) == (first, tuple(choices))
        if not same:
            self.beginResetModel()
        self._first, self._choices = first, tuple(choices)
        self._shifts = tuple(shifts)
        self._inside = inside
        self._open = open_
        if not same:
            self._refused.clear()
            self.endResetModel()
        elif self._choices:
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
            )

    @property
    def first_day(self) -> date:
        """The first day shown."""
        return self._first

    def day(self, column: int) -> date:
        """Return the day of a column."""
        return self._first + timedelta(days=column)

    def cell(self, row: int, column: int) -> Cell:
        """Return one box."""
        choice, day = self._choices[row], self.day(column)
        shifts = tuple(
            shift
            for shift in self._shifts
            if shift.day == day and (shift.pay_type, shift.label) == (choice.pay_type, choice.label)
        )
        return Cell(choice, day, shifts)

    def refuse(self, cell: Cell, text: str, error: EntryError) -> None:
        """Keep what was typed in its box, with the reason it could not be kept."""
        self._refused[cell.choice, cell.day] = (text, error)
        self._tell(cell)

    def accept(self, cell: Cell) -> None:
        """Forget an earlier refusal."""
        if self._refused.pop((cell.choice, cell.day), None):
            self._tell(cell)

    @property
    def problems(self) -> tuple[EntryError, ...]:
        """Why anything still in the grid has not been kept."""
        return tuple(error for _text, error in self._refused.values())

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else DAYS + 1

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() < DAYS and self._may_type(index):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        refused = self._refusal(index)
        answer: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                answer = refused[0] if refused else self._text(index)
            case Qt.ItemDataRole.EditRole:
                answer = refused[0] if refused else self._as_typed(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                answer = self._spoken(index)
            case Qt.ItemDataRole.AccessibleDescriptionRole | Qt.ItemDataRole.ToolTipRole:
                answer = f"{refused[1].what} {refused[1].next_step}" if refused else None
            case Qt.ItemDataRole.TextAlignmentRole:
                answer = Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.BackgroundRole:
                answer = self._ground(index, refused=bool(refused))
            case Qt.ItemDataRole.ForegroundRole if refused:
                answer = QColor(theme.colours().stop)
        return answer

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = _EDIT
    ) -> bool:
        if role != _EDIT or not index.isValid() or index.column() >= DAYS:
            return False
        text = str(value).strip()
        if text != str(self.data(index, _EDIT)).strip():
            self.typed.emit(self.cell(index.row(), index.column()), text)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role in {_DISPLAY, int(Qt.ItemDataRole.AccessibleTextRole)}:
            if orientation == Qt.Orientation.Vertical:
                return kind_words(self._choices[section])
            if section == DAYS:
                return _("Week")
            day = self.day(section)
            short = f"{weekday_name(day)[:3]} {day.day}"
            return short if role == _DISPLAY else words_for.show_day(day)
        return None

    # ── the words in a box ──

    def _text(self, index: QModelIndex | QPersistentModelIndex) -> str:
        if index.column() == DAYS:
            return self._week_of(index.row())
        cell = self.cell(index.row(), index.column())
        if not cell.shifts:
            return ""
        if not cell.simple:
            return _("{total} in {count}").format(total=_sum(cell.shifts), count=len(cell.shifts))
        return _short(cell.shifts[0])

    def _as_typed(self, index: QModelIndex | QPersistentModelIndex) -> str:
        if index.column() == DAYS:
            return ""
        cell = self.cell(index.row(), index.column())
        if not cell.shifts or not cell.simple:
            return ""
        shift = cell.shifts[0]
        if shift.started is not None and shift.ended is not None:
            return f"{words_for.show_time(shift.started)}-{words_for.show_time(shift.ended)}"
        if shift.pay_type is PayType.EXPENSES:
            return str(shift.quantity) if shift.quantity else shift.amount.plain
        return words_for.show_hours_plainly(shift.minutes)

    def _spoken(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Say a box as a sentence, for whoever hears it."""
        kind = kind_words(self._choices[index.row()])
        if index.column() == DAYS:
            return _("{kind}, the week: {total}").format(
                kind=kind, total=self._week_of(index.row()) or _("nothing")
            )
        day = self.day(index.column())
        return _("{day}, {kind}: {what}").format(
            day=words_for.show_day(day), kind=kind, what=self.data(index) or _("nothing")
        )

    def _week_of(self, row: int) -> str:
        shifts = [shift for column in range(DAYS) for shift in self.cell(row, column).shifts]
        return _sum(shifts) if shifts else ""

    def _ground(self, index: QModelIndex | QPersistentModelIndex, *, refused: bool) -> Any:
        colours = theme.colours()
        if refused:
            return QColor(colours.stop_ground)
        if index.column() == DAYS or not self._may_type(index):
            return QColor(colours.page)
        return None

    def _may_type(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        first, last = self._inside
        cell = self.cell(index.row(), index.column())
        return self._open and first <= cell.day <= last and cell.simple

    def _refusal(self, index: QModelIndex | QPersistentModelIndex) -> tuple[str, EntryError] | None:
        if index.column() >= DAYS:
            return None
        return self._refused.get((self._choices[index.row()], self.day(index.column())))

    def _tell(self, cell: Cell) -> None:
        if cell.choice in self._choices:
            row, column = self._choices.index(cell.choice), (cell.day - self._first).days
            if 0 <= column < DAYS:
                index = self.index(row, column)
                self.dataChanged.emit(index, index)


def _short(shift: Shift) -> str:
    """Write one shift as shortly as a box allows."""
    if shift.pay_type is PayType.EXPENSES:
        return shift_worth(shift)
    return words_for.show_hours_plainly(shift.minutes)


def _sum(shifts: Sequence[Shift]) -> str:
    """Add up the shifts of one kind, for show."""
    kind = shifts[0].pay_type
    if kind is PayType.EXPENSES:
        amount = sum(shift.amount.pence for shift in shifts)
        miles = sum(shift.quantity for shift in shifts)
        return shift_worth(
            replace(shifts[0], quantity=miles, amount=replace(NOTHING, pence=amount))
        )
    minutes = words_for.show_hours_plainly(sum(shift.minutes for shift in shifts))
    if kind is PayType.SLEEP_IN:
        nights = sum(max(1, shift.quantity) for shift in shifts)
        return nights_words(nights)
    return minutes


def understood(cell: Cell, text: str, timesheet_id: int) -> Shift | None:
    """Turn what was typed in a box into a shift; nothing means that there is none.

    Hours (`7.5`, `7:30`), a start and an end (`9:00-17:00`), whole miles, or an amount.

    Raises:
        EntryError: If it is none of these.
    """
    if not text or text == "0":
        return None
    before = cell.shifts[0] if cell.shifts else None
    shift = Shift(
        id=before.id if before else 0,
        timesheet_id=timesheet_id,
        day=cell.day,
        pay_type=cell.choice.pay_type,
        label=cell.choice.label,
        awake_minutes=before.awake_minutes if before else 0,
        note=before.note if before else "",
    )
    if cell.choice.pay_type is PayType.EXPENSES:
        if cell.choice.per is Per.MILE:
            return replace(shift, quantity=_miles(text))
        return replace(shift, amount=words_for.read_money(text))
    start, dash, end = text.replace("–", "-").partition("-")
    if dash and start.strip():
        return replace(
            shift,
            started=words_for.read_time(start),
            ended=words_for.read_time(end),
            break_minutes=before.break_minutes if before else 0,
        )
    return replace(shift, minutes=words_for.read_hours(text))


def _miles(text: str) -> int:
    number = words_for.read_number(text)
    if number != number.to_integral_value() or number < 0:
        raise EntryError(
            _("“{text}” is not a number of miles.").format(text=text),
            _("Miles are counted whole."),
            _("Type the nearest whole number of miles."),
        )
    return int(number)
