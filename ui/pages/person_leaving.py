"""Their leaving: how the job ends, what is left to do, the P45, and pay after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from ui import names
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.question import Question
from ui.dialogs.working import show_working
from ui.forms.leaving import DayForm, PayAfterForm
from ui.models.rows import Column
from ui.pages.person_tasks import TasksPart
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Words
from ui.wizards.leaving import leaving_wizard

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.office import Office
    from dpemployer.services.leaving_rows import LeavingState, PayAfterLeaving
    from dpemployer.services.rows import EmploymentDetail
    from dpemployer.services.tasks import TaskRow
    from ui.actions import Commands
    from ui.pages.person_part import Host

AFTER: tuple[Column[tuple[PayAfterLeaving, bool]], ...] = (
    Column(N_("What it is for"), text=lambda row: row[0].label),
    Column(N_("Amount"), text=lambda row: str(row[0].amount), numeric=True),
    Column(N_("Paid with the days from"), text=lambda row: long_date(row[0].first_day)),
    Column(N_("How it stands"), text=lambda row: _("Paid") if row[1] else _("Not paid yet")),
)


class LeavingPart(TasksPart):
    """How the job ends."""

    NAME = N_("Leaving")
    LIST = N_("What there is to do when somebody leaves")
    KEY = "leaving"

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.state: LeavingState | None = None
        self._said = Words()
        self._notices = Notices()
        self.after: Table[tuple[PayAfterLeaving, bool]] = Table(
            _("Paid after the last pay"), AFTER, empty=_("Nothing."), stretch=0
        )

    def declare(self) -> None:
        self.can("leave", _("They are leaving"), self._leave, self._open_to_change)
        self.can("leave.back", _("They are not leaving"), self._take_back, self._may_take_back)
        self.can("leave.how", _("How was this worked out?"), self._show_how, self._leaving)
        self.can("leave.statement", _("Redundancy statement"), self._statement, self._redundant)
        self.can("leave.p45", _("Figures for the P45"), self._p45, self._final)
        self.can("leave.p45.given", _("The P45 has been given"), self._given, self._may_give)
        self.can("leave.after", _("Pay something after the last pay"), self._pay, self._final)
        self.can(
            "leave.after.remove",
            _("Take this out"),
            self._remove,
            self.on(self.after, lambda row: not row[1]),
        )
        self.watch(self.after)
        self.card(
            _("How the job ends"),
            self._said,
            self._notices,
            self.buttons("leave", "leave.back", "leave.how"),
        )
        self.declare_tasks()
        self.card(_("Papers"), self.buttons("leave.statement", "leave.p45", "leave.p45.given"))
        self.card(
            _("Paid after the last pay"),
            self.after,
            self.buttons("leave.after", "leave.after.remove"),
        )

    def ask(self, office: Office, employment_id: int) -> Any:
        return office.leavings.state(employment_id), office.tasks.leaving(employment_id)

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        state: LeavingState = answer[0]
        rows: tuple[TaskRow, ...] = answer[1]
        self.state = state
        self._said.setText("\n".join(_sentences(state)))
        findings = () if state.worked is None or state.final else state.worked.findings
        self._notices.show_findings(findings)
        self.show_tasks(rows)
        self.after.show_rows(state.after, same=lambda row: row[0].id)

    # ── when what can be done ──

    def _current(self) -> LeavingState | None:
        return self.state if self.host.showing() and self.host.in_front(self) else None

    def _open_to_change(self) -> bool:
        if not self.host.showing():
            return False
        state = self._current()
        return state is None or (not state.final and self._not_given(state))

    @staticmethod
    def _not_given(state: LeavingState) -> bool:
        return state.leaving is None or state.leaving.p45_given_on is None

    def _leaving(self) -> bool:
        state = self._current()
        return state is not None and state.leaving is not None and bool(state.leaving.workings)

    def _may_take_back(self) -> bool:
        state = self._current()
        return (
            state is not None
            and state.leaving is not None
            and not state.final
            and self._not_given(state)
        )

    def _redundant(self) -> bool:
        state = self._current()
        return (
            state is not None and state.leaving is not None and bool(state.leaving.redundancy_pay)
        )

    def _final(self) -> bool:
        state = self._current()
        return state is not None and state.final

    def _may_give(self) -> bool:
        state = self._current()
        return state is not None and state.final and self._not_given(state)

    # ── what can be done ──

    def _leave(self) -> None:
        self.desk.wizard_asked.emit(
            leaving_wizard(
                self.desk.operations,
                self.desk.office,
                self.employment_id,
                self.detail.assistant.name,
            )
        )

    def _take_back(self) -> None:
        question = Question(
            _("They are not leaving"),
            _("Does the job go on as before?"),
            (_("The last day and everything that goes with it is taken out."),),
            _("The job goes on"),
            self,
        )
        if question.exec():
            leavings, employment_id = self.desk.office.leavings, self.employment_id
            self.desk.operations.change(
                lambda: leavings.take_back(employment_id),
                lambda _none: self.desk.say(_("The job goes on as before.")),
                owner=self,
            )

    def _show_how(self) -> None:
        if self.state is not None and self.state.leaving is not None:
            title = _("How {name} leaves").format(name=self.detail.assistant.name)
            show_working(self.desk, title, self.state.leaving.workings, self)

    def _statement(self) -> None:
        words = _("Redundancy statement for {name}").format(name=self.detail.assistant.name)
        papers, employment_id = self.desk.office.leaving_papers, self.employment_id
        self._print(words, lambda: papers.redundancy_statement(employment_id))

    def _p45(self) -> None:
        words = _("Figures for the P45 of {name}").format(name=self.detail.assistant.name)
        papers, employment_id = self.desk.office.leaving_papers, self.employment_id
        self._print(words, lambda: papers.p45_figures(employment_id))

    def _print(self, words: str, make: Callable[[], bytes]) -> None:
        self.desk.operations.ask(
            make, lambda pdf: PdfDialog(words, pdf, f"{words}.pdf", self).exec(), owner=self
        )

    def _given(self) -> None:
        form = DayForm(_("The day it was given"))
        leavings, employment_id = self.desk.office.leavings, self.employment_id

        def save() -> Callable[[], Any]:
            day = form.day.answer()
            return lambda: leavings.give_p45(employment_id, day)

        self.fill_in(
            _("The P45 has been given"),
            form,
            save,
            _(
                "One P45 is given for a job. Whatever is paid after it is taxed with code 0T, each "
                "payday on its own."
            ),
        )

    def _pay(self) -> None:
        form = PayAfterForm()
        leavings, employment_id = self.desk.office.leavings, self.employment_id

        def save() -> Callable[[], Any]:
            label, amount = form.label.answer(), form.amount.answer()
            return lambda: leavings.pay_after(employment_id, label, amount)

        self.fill_in(
            _("Pay something after the last pay"),
            form,
            save,
            _("It is paid with the next payday that is not done, on a payslip of its own."),
        )

    def _remove(self) -> None:
        row, leavings = self.after.row(), self.desk.office.leavings
        if row is not None:
            late_id = row[0].id
            self.desk.operations.change(
                lambda: leavings.remove_pay_after(late_id),
                lambda _none: self.desk.say(_("It was taken out.")),
                owner=self,
            )


def _sentences(state: LeavingState) -> list[str]:
    leaving = state.leaving
    if leaving is None:
        if state.employment.left_on is not None:
            return [
                _("Their last day is {day}. How the job ends has not been said.").format(
                    day=long_date(state.employment.left_on)
                )
            ]
        return [_("Nobody has said that they are leaving.")]
    said = [
        _("{reason}. Their last day is {day}.").format(
            reason=names.name(leaving.reason, names.leaving_reasons()),
            day=long_date(leaving.last_day),
        )
    ]
    if leaving.notice_given_on is not None:
        said.append(
            _("{who}, on {day}.").format(
                who=names.name(leaving.notice_by, names.notice_bys()),
                day=long_date(leaving.notice_given_on),
            )
        )
    if state.pay_date is not None:
        words = (
            _("The last pay was on {day} and is final.")
            if state.final
            else _("The last pay is on {day}.")
        )
        said.append(words.format(day=long_date(state.pay_date)))
    if state.holiday_left and not state.final:
        said.append(
            _("Holiday left by the payslips so far: {time}.").format(
                time=hours_and_minutes(state.holiday_left)
            )
        )
    if leaving.redundancy_pay:
        said.append(_("Redundancy pay: {amount}.").format(amount=leaving.redundancy_pay))
    if leaving.p45_given_on is not None:
        said.append(_("The P45 was given on {day}.").format(day=long_date(leaving.p45_given_on)))
    return said
