"""What is taken from their pay: orders, money owed back, fixed deductions, and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _, long_date
from ui.dialogs.ask_day import AskDayDialog
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.working import show_working
from ui.forms.deductions import FixedForm, OrderForm, OwedBackForm, VaryForm
from ui.forms.people import LastDayForm
from ui.models.deductions import FIXED, NOTICES, ORDERS, OWED_BACK
from ui.pages.person_part import PersonPart
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.deduction_rows import (
        DeductionsState,
        FixedDeduction,
        NoticeRow,
        OrderRow,
        OwedBackRow,
    )
    from dpemployer.services.rows import EmploymentDetail, FigureExplained
    from ui.actions import Commands
    from ui.pages.person_part import Host


class DeductionsPart(PersonPart):
    """Orders, advances, overpayments and fixed deductions of one person."""

    NAME = N_("Deductions")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.state: DeductionsState | None = None
        self.notices_shown = Notices()
        self.orders: Table[OrderRow] = Table(
            _("Orders"), ORDERS, empty=_("There is no order."), stretch=1
        )
        self.notices: Table[NoticeRow] = Table(
            _("Paydays on which an order took something"),
            NOTICES,
            empty=_("No order has taken anything yet."),
            stretch=1,
        )
        self.owed_back: Table[OwedBackRow] = Table(
            _("Money owed back"), OWED_BACK, empty=_("Nothing is owed back."), stretch=5
        )
        self.fixed: Table[FixedDeduction] = Table(
            _("Fixed deductions"), FIXED, empty=_("There is no fixed deduction."), stretch=0
        )
        self._statement = Words("", "quiet")

    def declare(self) -> None:
        self._declare_orders()
        self._declare_agreed()
        self.watch(self.orders, self.notices, self.owed_back, self.fixed)
        self.card(
            _("Orders to take money from pay"),
            Words(
                _(
                    "A letter from a court, a council, the Child Maintenance Service or the "
                    "Department for Work and Pensions can order you to take money from pay. "
                    "Copy it here, and each payday works it out."
                )
            ),
            self.notices_shown,
            self.orders,
            self.buttons("order", "order.change", "order.vary"),
            self.buttons("order.stop", "order.remove", "order.told"),
        )
        self.card(
            _("Notices to the person"),
            Words(_("Give them one in writing for each payday on which an order took something.")),
            self.notices,
            self.buttons("order.notice", "order.notice.large", "order.notice.explain"),
        )
        self.card(
            _("Money owed back"),
            self.owed_back,
            self.buttons("owed", "owed.change", "owed.agreement"),
            self.buttons("owed.stop", "owed.remove"),
        )
        self.card(
            _("Fixed deductions"),
            self.fixed,
            self._statement,
            self.buttons(
                "fixed",
                "fixed.change",
                "fixed.stop",
                "statement",
                "statement.see",
                "statement.large",
            ),
        )

    def ask(self, office: Office, employment_id: int) -> DeductionsState:
        return office.deductions.state(employment_id, clock.today())

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        state: DeductionsState = answer
        self.state = state
        self.notices_shown.show_findings(state.findings)
        self.orders.show_rows(state.orders, same=lambda row: row.id)
        self.notices.show_rows(state.notices, same=lambda row: row.id)
        self.owed_back.show_rows(state.owed_back, same=lambda row: row.id)
        self.fixed.show_rows(state.fixed, same=lambda row: row.id)
        self._statement.setText(_statement_words(state))

    def first_field(self) -> QWidget | None:
        return self.orders.view if self.orders.model.rows else None

    # ── orders and their notices ──

    def _declare_orders(self) -> None:
        on, noticed = self.on(self.orders), self.on(self.notices)
        self.can("order", _("Add an order"), self._add_order)
        self.can("order.change", _("Change this order"), self._change_order, on)
        self.can(
            "order.vary",
            _("A letter changes the amount"),
            self._vary_order,
            self.on(self.orders, lambda row: row.order.normal is not None),
        )
        self.can("order.remove", _("Take this order out"), self._remove_order, on)
        self.can("order.stop", _("Stop this order"), self._stop_order, on)
        self.can("order.told", _("I have told whoever made it"), self._told, on)
        self.can("order.notice", _("See the notice"), self._notice, noticed)
        self.can("order.notice.large", _("The notice in large print"), self._large_notice, noticed)
        self.can("order.notice.explain", _("How was this worked out?"), self._explain, noticed)

    def _add_order(self) -> None:
        self._order_form(OrderForm(), 0)

    def _change_order(self) -> None:
        row = self.orders.row()
        if row is not None:
            form = OrderForm()
            form.show_fact(row.order)
            self._order_form(form, row.id)

    def _order_form(self, form: OrderForm, order_id: int) -> None:
        deductions, employment_id = self.desk.office.deductions, self.employment_id

        def save() -> Callable[[], Any]:
            order = form.fact(employment_id, order_id)
            return lambda: deductions.set_order(order)

        self.fill_in(
            _("An order to take money from pay"),
            form,
            save,
            _("Copy what the letter says. Keep the letter with their papers."),
        )

    def _vary_order(self) -> None:
        row, deductions = self.orders.row(), self.desk.office.deductions
        if row is None:
            return
        form = VaryForm(row.order)

        def save() -> Callable[[], Any]:
            from_day, normal, protected = form.amounts()
            return lambda: deductions.vary_order(row.id, from_day, normal, protected)

        self.fill_in(
            _("A letter changes the amount"),
            form,
            save,
            _("The order as it was ends the day before. What is still to pay goes on."),
        )

    def _remove_order(self) -> None:
        row, deductions = self.orders.row(), self.desk.office.deductions
        if row is not None:
            self._remove(lambda: deductions.remove_order(row.id))

    def _stop_order(self) -> None:
        row, deductions = self.orders.row(), self.desk.office.deductions
        if row is not None:
            self._last_day(
                _("Stop this order"),
                _("The last day it is met"),
                lambda day: deductions.stop_order(row.id, day),
                _("Only a letter from whoever made it, or the end of the job, ends an order."),
            )

    def _told(self) -> None:
        row, deductions = self.orders.row(), self.desk.office.deductions
        if row is not None:
            AskDayDialog(
                self.desk,
                _("I have told whoever made it"),
                _(
                    "Tell {issuer} in writing when the pay is too low for the order, and when the "
                    "person leaves. Keep a copy."
                ).format(issuer=row.order.issuer),
                _("Day you told them"),
                lambda day: deductions.told_issuer(row.id, day),
                self,
            ).exec()

    def _notice(self) -> None:
        self._show_notice(large=False)

    def _large_notice(self) -> None:
        self._show_notice(large=True)

    def _show_notice(self, *, large: bool) -> None:
        row, papers = self.notices.row(), self.desk.office.deduction_papers
        if row is not None:
            self.desk.operations.ask(
                lambda: (
                    papers.notice(row.payslip_id, large=large),
                    papers.notice_file_name(row.payslip_id),
                ),
                lambda paper: PdfDialog(_("Notice of deductions"), *paper, self).exec(),
                owner=self,
            )

    def _explain(self) -> None:
        row, pay_runs = self.notices.row(), self.desk.office.pay_runs
        if row is not None:
            employment_id = self.employment_id
            self.desk.operations.ask(
                lambda: pay_runs.explain(row.pay_run_id, employment_id, "other_deductions"),
                lambda explained: self._show_working(row, explained),
                owner=self,
            )

    def _show_working(self, row: NoticeRow, explained: FigureExplained) -> None:
        title = _("Deductions of {name} on {day}: {amount}").format(
            name=self.detail.assistant.name, day=long_date(row.pay_date), amount=explained.amount
        )
        show_working(self.desk, title, explained.steps, self)

    # ── what was agreed ──

    def _declare_agreed(self) -> None:
        owed, fixed = self.on(self.owed_back), self.on(self.fixed)
        self.can("owed", _("Add an advance, loan or overpayment"), self._add_owed)
        self.can("owed.change", _("Change how it comes back"), self._change_owed, owed)
        self.can("owed.stop", _("Take no more back"), self._stop_owed, owed)
        self.can("owed.remove", _("Take this out"), self._remove_owed, owed)
        self.can("owed.agreement", _("The agreement to sign"), self._agreement, owed)
        self.can("fixed", _("Add a fixed deduction"), self._add_fixed)
        self.can("fixed.change", _("Change this deduction"), self._change_fixed, fixed)
        self.can("fixed.stop", _("Stop this deduction"), self._stop_fixed, fixed)
        self.can("fixed.remove", _("Take this deduction out"), self._remove_fixed, fixed)
        self.can(
            "statement",
            _("Give a standing statement"),
            self._give_statement,
            lambda: self._shows() and self.state is not None and bool(self.state.fixed),
        )
        self.can("statement.see", _("See the last statement"), self._see_statement, self._given)
        self.can(
            "statement.large",
            _("The statement in large print"),
            self._large_statement,
            self._given,
        )

    def _shows(self) -> bool:
        return self.host.showing() and self.host.in_front(self)

    def _given(self) -> bool:
        return self._shows() and self.state is not None and self.state.statement is not None

    def _add_owed(self) -> None:
        self._owed_form(OwedBackForm())

    def _change_owed(self) -> None:
        row = self.owed_back.row()
        if row is not None:
            form = OwedBackForm()
            form.show_fact(row.owed)
            self._owed_form(form)

    def _owed_form(self, form: OwedBackForm) -> None:
        deductions, employment_id = self.desk.office.deductions, self.employment_id

        def save() -> Callable[[], Any]:
            owed = form.fact(employment_id)
            return lambda: deductions.set_owed_back(owed)

        self.fill_in(_("Money owed back"), form, save)

    def _stop_owed(self) -> None:
        row, deductions = self.owed_back.row(), self.desk.office.deductions
        if row is not None:
            self._last_day(
                _("Take no more back"),
                _("The last day an instalment is taken"),
                lambda day: deductions.stop_owed_back(row.id, day),
                _("{left} stays owed until you stop or it is paid back another way.").format(
                    left=row.left
                ),
            )

    def _remove_owed(self) -> None:
        row, deductions = self.owed_back.row(), self.desk.office.deductions
        if row is not None:
            self._remove(lambda: deductions.remove_owed_back(row.id))

    def _agreement(self) -> None:
        row, papers = self.owed_back.row(), self.desk.office.deduction_papers
        if row is not None:
            self.desk.operations.ask(
                lambda: (papers.agreement(row.id), papers.agreement_file_name(row.id)),
                lambda paper: PdfDialog(_("Agreement to pay back"), *paper, self).exec(),
                owner=self,
            )

    def _add_fixed(self) -> None:
        self._fixed_form(FixedForm())

    def _change_fixed(self) -> None:
        row = self.fixed.row()
        if row is not None:
            form = FixedForm()
            form.show_fact(row)
            self._fixed_form(form)

    def _fixed_form(self, form: FixedForm) -> None:
        deductions, employment_id = self.desk.office.deductions, self.employment_id

        def save() -> Callable[[], Any]:
            fixed = form.fact(employment_id)
            return lambda: deductions.set_fixed(fixed)

        self.fill_in(_("A fixed deduction"), form, save)

    def _stop_fixed(self) -> None:
        row, deductions = self.fixed.row(), self.desk.office.deductions
        if row is not None:
            self._last_day(
                _("Stop this deduction"),
                _("The last day it is taken"),
                lambda day: deductions.stop_fixed(row.id, day),
            )

    def _remove_fixed(self) -> None:
        row, deductions = self.fixed.row(), self.desk.office.deductions
        if row is not None:
            self._remove(lambda: deductions.remove_fixed(row.id))

    def _give_statement(self) -> None:
        """Record it as given today, and show it."""
        deductions, employment_id = self.desk.office.deductions, self.employment_id
        self.desk.operations.change(
            lambda: deductions.give_statement(employment_id, clock.today()),
            self._show_statement,
            owner=self,
        )

    def _see_statement(self) -> None:
        if self.state is not None and self.state.statement is not None:
            self._show_statement(self.state.statement.id)

    def _large_statement(self) -> None:
        if self.state is not None and self.state.statement is not None:
            self._show_statement(self.state.statement.id, large=True)

    def _show_statement(self, statement_id: int, *, large: bool = False) -> None:
        papers = self.desk.office.deduction_papers
        self.desk.operations.ask(
            lambda: (
                papers.statement(statement_id, large=large),
                papers.statement_file_name(statement_id),
            ),
            lambda paper: PdfDialog(
                _("Standing statement of fixed deductions"), *paper, self
            ).exec(),
            owner=self,
        )

    def _remove(self, take_out: Callable[[], object]) -> None:
        """Take out what was put in by mistake; the office refuses what payslips went by."""
        self.desk.operations.change(
            take_out, lambda _none: self.desk.say(_("It was taken out.")), owner=self
        )

    def _last_day(
        self, words: str, label: str, stop: Callable[[date], object], explained: str = ""
    ) -> None:
        form = LastDayForm(label)

        def save() -> Callable[[], Any]:
            last_day = form.last_day.answer()
            return lambda: stop(last_day)

        self.fill_in(words, form, save, explained)


def _statement_words(state: DeductionsState) -> str:
    """Say what a standing statement is, and until when the last one holds."""
    if state.statement is None or state.statement_until is None:
        return _(
            "Payslips name each of these. A standing statement names them once for twelve months, "
            "for whoever wants it in one place."
        )
    return _("The last standing statement was given on {given}. It holds until {until}.").format(
        given=long_date(state.statement.given_on), until=long_date(state.statement_until)
    )
