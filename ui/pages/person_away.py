"""Away from work: sickness, family leave, the working days agreed, and the pay behind averages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _, long_date
from ui import away_names as names
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.question import Question
from ui.dialogs.working import show_working
from ui.forms.away import (
    AgreedDaysForm,
    BlockForm,
    EarlierPayForm,
    FitNoteForm,
    LeaveForm,
    SicknessForm,
)
from ui.models.away import AGREED, LEAVES, MISSING, SICKNESS
from ui.pages.person_part import PersonPart
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.away_rows import (
        AgreedDays,
        LeaveRow,
        MissingPay,
        SickRow,
        TimeAwayDetail,
    )
    from dpemployer.services.rows import EmploymentDetail
    from dpemployer.workings import ExplainedStep
    from ui.actions import Commands
    from ui.pages.person_part import Host


class AwayPart(PersonPart):
    """Sickness and family leave of one person."""

    NAME = N_("Away from work")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.state: TimeAwayDetail | None = None
        self.notices_shown = Notices()
        self.sick: Table[SickRow] = Table(
            _("Sickness"), SICKNESS, empty=_("No sickness is recorded."), stretch=4
        )
        self.leaves: Table[LeaveRow] = Table(
            _("Family leave"), LEAVES, empty=_("No family leave is recorded."), stretch=3
        )
        self.agreed: Table[AgreedDays] = Table(
            _("Working days"),
            AGREED,
            empty=_("No working days are agreed yet. They are asked with the first sickness."),
            stretch=1,
        )
        self.missing: Table[MissingPay] = Table(
            _("Paydays whose pay is not known"),
            MISSING,
            empty=_("Nothing is missing."),
            stretch=1,
        )

    def declare(self) -> None:
        self._declare_sickness()
        self._declare_leave()
        on = self.on(self.agreed)
        self.can("days", _("Agree working days"), self._agree)
        self.can("days.remove", _("Take these days out"), self._remove_agreed, on)
        self.can("away.help", _("About time away"), lambda: self.desk.help("away"))
        self.can("earlier", _("Say what was paid"), self._earlier_pay, self.on(self.missing))
        self.watch(self.sick, self.leaves, self.agreed, self.missing)
        self.card(
            _("Sickness"),
            Words(
                _(
                    "Record the first day they were too ill to work. Each payday then pays "
                    "Statutory Sick Pay for the right days."
                )
            ),
            self.sick,
            self.buttons("sick", "sick.change", "sick.note"),
            self.buttons("sick.explain", "sick.paper", "sick.note.remove", "sick.remove"),
        )
        self.card(
            _("Family leave"),
            Words(_("Maternity, paternity, adoption and other leave with statutory pay.")),
            self.notices_shown,
            self.leaves,
            self.buttons("family", "family.change", "family.weeks", "family.more"),
            self.buttons("family.explain", "family.paper", "family.remove"),
        )
        self.card(
            _("Working days"),
            Words(_("Sick pay for a week is shared by the days agreed for that week.")),
            self.agreed,
            self.buttons("days", "days.remove"),
        )
        self.card(
            _("Pay before this book"),
            Words(
                _(
                    "Pay while away is worked out from what was paid in the weeks before. Where "
                    "this book does not say how much that was, it is asked for here."
                )
            ),
            self.missing,
            self.buttons("earlier", "away.help"),
        )

    def ask(self, office: Office, employment_id: int) -> TimeAwayDetail:
        return office.time_away.detail(employment_id, clock.today())

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        state: TimeAwayDetail = answer
        self.state = state
        self.notices_shown.show_findings(state.findings)
        self.sick.show_rows(state.sick, same=lambda row: row.fact.id)
        self.leaves.show_rows(state.leaves, same=lambda row: row.fact.id)
        self.agreed.show_rows(state.agreed, same=lambda row: row.id)
        self.missing.show_rows(state.missing, same=lambda row: row.pay_date)

    def first_field(self) -> QWidget | None:
        return self.sick.view if self.sick.model.rows else None

    # ── sickness ──

    def _declare_sickness(self) -> None:
        on = self.on(self.sick)
        self.can("sick", _("Record sickness"), self._record_sickness)
        self.can("sick.change", _("Change the days"), self._change_sickness, on)
        self.can("sick.note", _("Add a fit note"), self._fit_note, on)
        self.can(
            "sick.note.remove",
            _("Take out its last fit note"),
            self._remove_fit_note,
            self.on(self.sick, lambda row: bool(row.fit_notes)),
        )
        self.can("sick.explain", _("How was this worked out?"), self._explain_sickness, on)
        self.can("sick.paper", _("See the statement"), self._sickness_paper, on)
        self.can("sick.remove", _("Take this out"), self._remove_sickness, on)

    @property
    def _weekdays(self) -> str:
        return "" if self.state is None else self.state.weekdays_now

    def _record_sickness(self) -> None:
        self._sickness_form(SicknessForm(self._weekdays), 0)

    def _change_sickness(self) -> None:
        row = self.sick.row()
        if row is not None:
            form = SicknessForm()
            form.show_fact(row.fact, row.weekdays)
            self._sickness_form(form, row.fact.id)

    def _sickness_form(self, form: SicknessForm, sickness_id: int) -> None:
        time_away, employment_id = self.desk.office.time_away, self.employment_id

        def save() -> Callable[[], Any]:
            sickness, days = form.fact(employment_id, sickness_id), form.days()
            return lambda: time_away.record_sickness(sickness, days)

        self.fill_in(
            _("Sickness"),
            form,
            save,
            _("Three questions: from when, until when, and which days they would have worked."),
        )

    def _fit_note(self) -> None:
        row, time_away = self.sick.row(), self.desk.office.time_away
        if row is None:
            return
        form = FitNoteForm()

        def save() -> Callable[[], Any]:
            note = form.fact(row.fact.id)
            return lambda: time_away.add_fit_note(note)

        self.fill_in(
            _("A fit note"),
            form,
            save,
            _("After seven days they need one, from a doctor, nurse, pharmacist or therapist."),
        )

    def _remove_fit_note(self) -> None:
        row, time_away = self.sick.row(), self.desk.office.time_away
        if row is not None and row.fit_notes:
            note = max(row.fit_notes, key=lambda each: each.from_day)
            self._take_out(
                _("Take out the fit note from {day}?").format(day=long_date(note.from_day)),
                lambda: time_away.remove_fit_note(note.id),
            )

    def _explain_sickness(self) -> None:
        row, time_away = self.sick.row(), self.desk.office.time_away
        if row is not None:
            title = _("Sick pay of {name} from {day}: {amount}").format(
                name=self.detail.assistant.name,
                day=long_date(row.fact.first_day),
                amount=row.due,
            )
            self._explain(title, lambda: time_away.explain_sickness(row.fact.id, clock.today()))

    def _sickness_paper(self) -> None:
        row, papers = self.sick.row(), self.desk.office.away_papers
        if row is not None:
            self._paper(
                _("Statement of Statutory Sick Pay"),
                lambda: (
                    papers.sickness(row.fact.id, clock.today()),
                    papers.sickness_file_name(row.fact.id),
                ),
            )

    def _remove_sickness(self) -> None:
        row, time_away = self.sick.row(), self.desk.office.time_away
        if row is not None:
            day = long_date(row.fact.first_day)
            self._take_out(
                _("Take out the sickness from {day}?").format(day=day),
                lambda: time_away.remove_sickness(row.fact.id),
            )

    # ── family leave ──

    def _declare_leave(self) -> None:
        on = self.on(self.leaves)
        self.can("family", _("Record family leave"), self._record_leave)
        self.can("family.change", _("Change its days and papers"), self._change_leave, on)
        self.can("family.weeks", _("Change the weeks"), self._change_weeks, on)
        self.can("family.more", _("Add more weeks"), self._more_weeks, on)
        self.can("family.explain", _("How was this worked out?"), self._explain_leave, on)
        self.can("family.paper", _("See the statement"), self._leave_paper, on)
        self.can("family.remove", _("Take this out"), self._remove_leave, on)

    def _record_leave(self) -> None:
        form, time_away = LeaveForm(), self.desk.office.time_away
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            leave = form.fact(employment_id)
            first_day, weeks = form.first_day.answer(), int(form.weeks.answer())
            return lambda: time_away.record_leave(leave, first_day, weeks)

        self.fill_in(
            _("Family leave"),
            form,
            save,
            _("Say what it is for, and only what counts for it is asked."),
        )

    def _change_leave(self) -> None:
        row, time_away = self.leaves.row(), self.desk.office.time_away
        if row is None:
            return
        form, employment_id = LeaveForm(new=False), self.employment_id
        form.show_fact(row.fact)

        def save() -> Callable[[], Any]:
            leave = form.fact(employment_id)
            return lambda: time_away.change_leave(leave)

        self.fill_in(_("Family leave"), form, save)

    def _change_weeks(self) -> None:
        row = self.leaves.row()
        if row is not None:
            form, block = BlockForm(), row.blocks[-1]
            form.show_fact(block)
            self._weeks_form(form, row.fact.id, block.id)

    def _more_weeks(self) -> None:
        row = self.leaves.row()
        if row is not None:
            self._weeks_form(BlockForm(), row.fact.id, 0)

    def _weeks_form(self, form: BlockForm, leave_id: int, block_id: int) -> None:
        time_away = self.desk.office.time_away

        def save() -> Callable[[], Any]:
            block = form.fact(leave_id, block_id)
            return lambda: time_away.set_block(block)

        self.fill_in(
            _("Weeks of leave"),
            form,
            save,
            _("Payslips that are out already stay as they are."),
        )

    def _explain_leave(self) -> None:
        row, time_away = self.leaves.row(), self.desk.office.time_away
        if row is not None:
            title = _("{kind}, {name}").format(
                kind=names.kind_name(row.fact.kind), name=self.detail.assistant.name
            )
            self._explain(title, lambda: time_away.explain_leave(row.fact.id, clock.today()))

    def _leave_paper(self) -> None:
        row, papers = self.leaves.row(), self.desk.office.away_papers
        if row is not None:
            self._paper(
                _("Statement of family pay"),
                lambda: (
                    papers.leave(row.fact.id, clock.today()),
                    papers.leave_file_name(row.fact.id),
                ),
            )

    def _remove_leave(self) -> None:
        row, time_away = self.leaves.row(), self.desk.office.time_away
        if row is not None:
            self._take_out(
                _("Take out this family leave?"), lambda: time_away.remove_leave(row.fact.id)
            )

    # ── working days, and pay before the book ──

    def _agree(self) -> None:
        form, time_away = AgreedDaysForm(self._weekdays), self.desk.office.time_away
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            agreed = form.fact(employment_id)
            return lambda: time_away.agree_days(agreed)

        self.fill_in(_("Working days"), form, save)

    def _remove_agreed(self) -> None:
        row, time_away = self.agreed.row(), self.desk.office.time_away
        if row is not None:
            self._take_out(_("Take these days out?"), lambda: time_away.remove_agreed(row.id))

    def _earlier_pay(self) -> None:
        row, time_away = self.missing.row(), self.desk.office.time_away
        if row is None:
            return
        form, employment_id = EarlierPayForm(row.pay_date), self.employment_id

        def save() -> Callable[[], Any]:
            pay, source = form.pay.answer(), form.source.read() or ""
            return lambda: time_away.say_pay(employment_id, row.pay_date, pay, source)

        self.fill_in(_("Payday of {day}").format(day=long_date(row.pay_date)), form, save)

    # ── for all of them ──

    def _explain(self, title: str, question: Callable[[], tuple[ExplainedStep, ...]]) -> None:
        self.desk.operations.ask(
            question, lambda steps: show_working(self.desk, title, steps, self), owner=self
        )

    def _paper(self, title: str, make: Callable[[], tuple[bytes, str]]) -> None:
        self.desk.operations.ask(
            make, lambda paper: PdfDialog(title, *paper, self).exec(), owner=self
        )

    def _take_out(self, words: str, work: Callable[[], object]) -> None:
        gone = _("What was recorded goes. The history keeps that it was there.")
        if Question(words, words, [gone], _("Take it out"), self).exec():
            self.desk.operations.change(
                work, lambda _none: self.desk.say(_("Taken out.")), owner=self
            )
