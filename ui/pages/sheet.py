"""One timesheet: its weeks as a grid, its shifts as a list, its totals, and its approval."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.findings import Severity
from dpemployer.i18n import N_, _, hours_and_minutes
from dpemployer.services.rows import TimesheetStatus
from ui import format as words_for
from ui import theme
from ui.actions import Command, Commands
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.paper import PaperDialog, Proof
from ui.dialogs.pdf_view import PdfDialog
from ui.forms.shift import ShiftForm
from ui.models.timesheets import SHIFTS, WeekModel, nights_words, status_words, understood
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.week_grid import WeekGrid
from ui.widgets.words import Card, Words, heading, hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.errors import DpEmployerError
    from dpemployer.services.money_rows import PaperRow
    from dpemployer.services.rows import ShiftRow, TimesheetDetail, TypeTotal
    from ui.desk import Desk
    from ui.models.timesheets import Cell

_HERE = N_("This page")
_WEEK = timedelta(weeks=1)
_SIX_DAYS = timedelta(days=6)
_ROWS_TO_WRITE_IN = 6
"""Empty lines on a printed sheet, for what is worked after it was printed."""
_SIGNED_SHEET = "timesheet"
"""The code of this kind of paper, in the categories."""


class Sheet(QWidget):
    """One person's hours in one pay period."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.desk = desk
        self._commands = commands
        self.detail: TimesheetDetail | None = None
        self._timesheet_id = 0
        self._day = clock.today()
        self._papers: Sequence[PaperRow] = ()
        self._leave: Sequence[tuple[date, int]] = ()
        """Agreed days of leave that are not on the sheet yet, with their minutes."""
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(3))
        self._name = heading("")
        self._where = Words("", "quiet")
        self.problems = Notices()
        self.notices = Notices()
        self.week = WeekModel(self)
        self.grid = WeekGrid(self.week)
        self.shifts: Table[ShiftRow] = Table(
            _("Shifts"), SHIFTS, empty=_("Nothing is recorded yet."), stretch=6
        )
        self._totals = Words()
        self._kept = Words("", "quiet")
        self._seen = Words("", "quiet")
        self._week_words = Words("", "label")
        self.week.typed.connect(self._typed)
        self.grid.detail_asked.connect(self._show_shifts_of)

    def declare(self) -> None:
        """Declare what can be done with a timesheet, and lay it out."""
        open_, long, here = self._open, self._has_weeks, self._showing
        shift = lambda: self._open() and self.shifts.row() is not None  # noqa: E731 - one line
        for name, words, does, keys, available, kind in (
            ("earlier", _("Week before"), lambda: self._move(-_WEEK), "Ctrl+PgUp", long, ""),
            ("later", _("Week after"), lambda: self._move(_WEEK), "Ctrl+PgDown", long, ""),
            ("copy", _("Copy last week"), self._copy, "Ctrl+D", open_, ""),
            ("leave", _("Put the leave in"), self._put_leave, "", self._leave_waits, ""),
            ("add", _("Add a shift with times"), self._add, "Ctrl+N", open_, ""),
            ("change", _("Change this shift"), self._change, "", shift, ""),
            ("remove", _("Take this shift out"), self._remove, "", shift, ""),
            ("print", _("Print to sign"), self._print, "Ctrl+P", here, ""),
            ("paper", _("Keep the signed sheet"), self._keep_paper, "", here, ""),
            ("approve", _("Approve"), self._approve, "Ctrl+Return", open_, "main"),
            ("unapprove", _("Take back approval"), self._unapprove, "", self._approved, ""),
        ):
            self._commands.add(
                Command(f"sheet.{name}", words, does, _HERE, keys, "", available, kind)
            )
        self.shifts.pointed.connect(lambda _row: self._commands.refresh())
        buttons = self._commands.buttons
        self.box.addWidget(buttons("timesheets.back"))
        self.box.addWidget(self._name)
        self.box.addWidget(self._where)
        card = Card()
        card.box.addWidget(self._week_words)
        card.box.addWidget(self.problems)
        card.box.addWidget(self.grid)
        card.box.addWidget(
            hint(
                _(
                    "Type hours such as 7.5 or 7:30, or times such as 9:00-17:00. Enter goes down, "
                    "Tab goes on to the next day, Delete empties a box."
                )
            )
        )
        card.box.addWidget(
            buttons("sheet.copy", "sheet.leave", "sheet.earlier", "sheet.later", hides=True)
        )
        self.box.addWidget(card)
        totals = Card(_("This pay period"))
        totals.box.addWidget(self._totals)
        totals.box.addWidget(self.notices)
        totals.box.addWidget(self._kept)
        totals.box.addWidget(self._seen)
        totals.box.addWidget(
            buttons("sheet.approve", "sheet.unapprove", "sheet.print", "sheet.paper", hides=True)
        )
        self.box.addWidget(totals)
        shifts = Card(_("Shift by shift"))
        shifts.box.addWidget(self.shifts)
        shifts.box.addWidget(buttons("sheet.add", "sheet.change", "sheet.remove"))
        self.box.addWidget(shifts)

    def show_timesheet(self, timesheet_id: int, day: date) -> None:
        """Show one timesheet at the week that holds *day*."""
        self._timesheet_id, self._day = timesheet_id, day
        self.detail = None
        self.problems.clear()
        self.refresh()

    def refresh(self) -> None:
        """Ask again about the timesheet shown, if one is."""
        timesheet_id, office = self._timesheet_id, self.desk.office
        if timesheet_id:
            self.desk.operations.ask(
                lambda: (
                    office.timesheets.show(timesheet_id),
                    office.ledger.papers(),
                    office.holiday.waiting(timesheet_id),
                ),
                lambda answer: self._show(*answer),
                owner=self,
            )

    # ── showing ──

    def _show(
        self,
        detail: TimesheetDetail,
        papers: Sequence[PaperRow],
        leave: Sequence[tuple[date, int]],
    ) -> None:
        self.detail = detail
        self._leave = leave
        self._papers = papers
        kept = [paper for paper in papers if self._timesheet_id in paper.timesheet_ids]
        self._kept.setText(_("The signed sheet is kept in this book.") if kept else "")
        self._kept.setVisible(bool(kept))
        row = detail.row
        self._name.setText(row.name)
        self._where.setText(
            _("{days}, paid on {payday}. {status}.").format(
                days=words_for.show_days(row.first_day, row.last_day),
                payday=words_for.long_date(row.pay_date),
                status=status_words(row),
            )
        )
        self._totals.setText("\n".join(_total_words(total) for total in detail.totals))
        if not detail.totals:
            self._totals.setText(
                _("Nothing worked. It can be approved as it is, to say that nothing was.")
            )
        self.notices.show_findings(detail.findings)
        self._seen.setText(_seen_words(detail))
        self._seen.setVisible(bool(detail.seen))
        self.shifts.show_rows(detail.shifts, same=lambda each: each.shift.id)
        self._show_week()
        self._commands.refresh()

    def _show_week(self) -> None:
        if self.detail is None:
            return
        row = self.detail.row
        day = min(max(self._day, row.first_day), row.last_day)
        first = row.first_day + (day - row.first_day) // _WEEK * _WEEK
        was_at = self.grid.currentIndex()
        place = (was_at.row(), was_at.column()) if was_at.isValid() else (0, 0)
        self.week.show_week(
            first,
            self.detail.choices,
            [each.shift for each in self.detail.shifts],
            inside=(row.first_day, row.last_day),
            open_=self._open(),
        )
        if self.week.rowCount():
            self.grid.setCurrentIndex(self.week.index(*place))
        self.grid.updateGeometry()
        last = min(first + _SIX_DAYS, row.last_day)
        self._week_words.setText(words_for.show_days(first, last))

    def _showing(self) -> bool:
        return not self.isHidden() and self.detail is not None

    def _has_weeks(self) -> bool:
        """Whether the pay period is longer than the week shown."""
        return (
            self._showing()
            and self.detail is not None
            and self.detail.row.last_day - self.detail.row.first_day > _SIX_DAYS
        )

    def _open(self) -> bool:
        return (
            self._showing()
            and self.detail is not None
            and self.detail.row.status is TimesheetStatus.DRAFT
            and not self.detail.row.paid
        )

    def _approved(self) -> bool:
        return (
            self._showing()
            and self.detail is not None
            and self.detail.row.status is TimesheetStatus.APPROVED
            and not self.detail.row.paid
        )

    # ── typing in the grid ──

    def _typed(self, cell: Cell, text: str) -> None:
        """Keep what was typed in a box; what cannot be kept stays there with the reason."""
        try:
            shift = understood(cell, text, self._timesheet_id)
        except EntryError as error:
            self._refuse(cell, text, error)
            return
        timesheets = self.desk.office.timesheets
        before = cell.shifts[0] if cell.shifts else None
        if shift is None and before is None:
            self.week.accept(cell)
            return

        def keep() -> None:
            if shift is None and before is not None:
                timesheets.remove_shift(before.id)
            elif shift is not None and shift.id:
                timesheets.change_shift(shift)
            elif shift is not None:
                timesheets.add_shift(shift)

        self.desk.operations.change(
            keep,
            lambda _none: self._accept(cell),
            owner=self,
            or_else=lambda error: self._refuse(cell, text, error),
        )

    def _accept(self, cell: Cell) -> None:
        self.week.accept(cell)
        self._say_problems()

    def _refuse(self, cell: Cell, text: str, error: DpEmployerError) -> None:
        if isinstance(error, EntryError):
            self.week.refuse(cell, text, error)
            self._say_problems()
        else:
            self.problems.show_error(error)

    def _say_problems(self) -> None:
        self.problems.clear()
        for error in self.week.problems:
            self.problems.add(Severity.BLOCKING, str(error), word=_("Not kept yet"))

    # ── what can be done ──

    def _move(self, step: timedelta) -> None:
        if self.detail is not None:
            row = self.detail.row
            self._day = min(max(self._day + step, row.first_day), row.last_day)
            self._show_week()
            self.desk.say(self._week_words.text())

    def _copy(self) -> None:
        timesheets, timesheet_id = self.desk.office.timesheets, self._timesheet_id
        first = self.week.first_day
        self.desk.operations.change(
            lambda: timesheets.copy_week(timesheet_id, first), self._copied, owner=self
        )

    def _copied(self, count: int) -> None:
        if count:
            self.desk.say(_("Last week was copied. Change what was different."))
        else:
            self.problems.say(
                Severity.NOTE, _("There was nothing in the week before that could be copied.")
            )

    def _leave_waits(self) -> bool:
        return self._open() and bool(self._leave)

    def _put_leave(self) -> None:
        """Put agreed leave on the sheet, to be looked at before it is approved."""
        holiday, timesheet_id = self.desk.office.holiday, self._timesheet_id
        self.desk.operations.change(
            lambda: holiday.confirm(timesheet_id),
            lambda _count: self.desk.say(_("The leave is on the timesheet.")),
            owner=self,
        )

    def _add(self) -> None:
        if self.detail is not None:
            cell = self.grid.cell()
            day = cell.day if cell is not None else self._day
            form = ShiftForm(self.detail.choices, day)
            if cell is not None:
                form.kind.set_value(cell.choice)
            self._shift_form(form, 0, _("Add a shift"))

    def _change(self) -> None:
        row = self.shifts.row()
        if row is not None and self.detail is not None:
            form = ShiftForm(self.detail.choices, row.shift.day)
            form.show_fact(row.shift)
            self._shift_form(form, row.shift.id, _("Change a shift"))

    def _shift_form(self, form: ShiftForm, shift_id: int, words: str) -> None:
        timesheets, timesheet_id = self.desk.office.timesheets, self._timesheet_id

        def save() -> Any:
            fact = form.fact(timesheet_id, shift_id)
            if fact.id:
                return lambda: timesheets.change_shift(fact)
            return lambda: timesheets.add_shift(fact)

        FormDialog(self.desk, words, form, save, said=_("The shift is kept."), parent=self).exec()

    def _remove(self) -> None:
        row, timesheets = self.shifts.row(), self.desk.office.timesheets
        if row is not None:
            self.desk.operations.change(
                lambda: timesheets.remove_shift(row.shift.id),
                lambda _none: self.desk.say(_("The shift was taken out.")),
                owner=self,
            )

    def _approve(self) -> None:
        if self.week.problems:
            self._say_problems()
            self.grid.setFocus()
            self.problems.bring_into_sight()
            return
        office, timesheet_id = self.desk.office, self._timesheet_id
        self.desk.operations.change(
            lambda: office.timesheets.approve(timesheet_id, office.book.who, clock.today()),
            lambda _findings: self.desk.say(_("Approved. It can be paid now.")),
            owner=self,
            or_else=self.problems.show_error,
        )

    def _print(self) -> None:
        papers, timesheet_id = self.desk.office.papers, self._timesheet_id
        name = self.detail.row.name if self.detail is not None else ""
        words = _("Timesheet of {name}").format(name=name)
        self.desk.operations.ask(
            lambda: papers.timesheet(timesheet_id, blank_rows=_ROWS_TO_WRITE_IN),
            lambda pdf: PdfDialog(words, pdf, f"{words}.pdf", self).exec(),
            owner=self,
        )

    def _keep_paper(self) -> None:
        ledger = self.desk.office.ledger
        self.desk.operations.ask(ledger.evidence_kinds, self._ask_for_paper, owner=self)

    def _ask_for_paper(self, kinds: Sequence[tuple[str, str]]) -> None:
        if self.detail is None:
            return
        proof = Proof(
            _("A photograph or scan of the sheet, signed. Many councils ask for it."),
            timesheet_id=self._timesheet_id,
            kind=_SIGNED_SHEET,
            day=self.detail.row.last_day,
        )
        if PaperDialog(self.desk, kinds, self._papers, proof, self).exec():
            self.desk.say(_("The signed sheet is kept."))
            self.refresh()

    def _unapprove(self) -> None:
        timesheets, timesheet_id = self.desk.office.timesheets, self._timesheet_id
        self.desk.operations.change(
            lambda: timesheets.unapprove(timesheet_id),
            lambda _none: self.desk.say(_("It is open again.")),
            owner=self,
            or_else=self.problems.show_error,
        )

    def _show_shifts_of(self, cell: Cell) -> None:
        """Point at the shifts in a box that holds more than one."""
        if self.shifts.select(lambda row: row.shift in cell.shifts):
            self.shifts.view.setFocus()


def _seen_words(detail: TimesheetDetail) -> str:
    """Say what was seen when the hours were approved; in full only what is no longer so."""
    day = detail.timesheet.approved_on
    if not detail.seen or day is None:
        return ""
    since = [finding.message for finding in detail.seen if finding not in detail.findings]
    words = (
        _("Seen by {name} when these hours were approved on {day}:")
        if since
        else _("{name} saw this when these hours were approved on {day}.")
    )
    who = words.format(name=detail.timesheet.approved_by, day=words_for.long_date(day))
    return "\n".join((who, *since))


def _total_words(total: TypeTotal) -> str:
    """Say what one kind of time comes to in the pay period."""
    if total.quantity and not total.minutes:
        how_much = str(total.quantity)
    elif total.quantity:
        how_much = _("{nights}, {length}").format(
            nights=nights_words(total.quantity), length=hours_and_minutes(total.minutes)
        )
    else:
        how_much = hours_and_minutes(total.minutes)
    return _("{label}: {how_much}, {amount}").format(
        label=total.label, how_much=how_much, amount=total.amount
    )
