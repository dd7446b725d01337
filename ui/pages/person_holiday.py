"""Their holiday: what is left, leave on a calendar, the end of a leave year, and the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from dpemployer.services.holiday_rows import LeaveStatus
from ui import files
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.working import show_working
from ui.forms.holiday import AnswerForm, CarryForm, HolidayTermsForm, LeaveForm, ReminderForm
from ui.models.holiday import CARRIED, LEAVES
from ui.models.people import HOLIDAY_TERMS
from ui.pages.leave_calendar import LeaveCalendar
from ui.pages.person_part import PersonPart
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.holiday_rows import BookedLeave, HolidayOverview, LeaveCarried
    from dpemployer.services.rows import EmploymentDetail, HolidayTerms
    from ui.actions import Commands
    from ui.pages.person_part import Host


class HolidayPart(PersonPart):
    """How much holiday there is, leave that is booked, and how it builds up."""

    NAME = N_("Holiday")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.overview: HolidayOverview | None = None
        self._left = Words()
        self.notices = Notices()
        self.leaves: Table[BookedLeave] = Table(
            _("Leave"), LEAVES, empty=_("No leave is booked yet."), stretch=2
        )
        self.calendar = LeaveCalendar(self.desk, commands)
        self._year_end = Words()
        self.carried: Table[LeaveCarried] = Table(
            _("Carried over"), CARRIED, empty=_("Nothing has been carried over."), stretch=3
        )
        self.terms: Table[HolidayTerms] = Table(
            _("Holiday terms"), HOLIDAY_TERMS, empty=_("No holiday terms yet."), stretch=4
        )

    def declare(self) -> None:
        asked = self.on(self.leaves, lambda leave: leave.status is LeaveStatus.REQUESTED)
        stands = self.on(self.leaves, lambda leave: leave.stands)
        self.can("holiday.working", _("How was this worked out?"), self._explain)
        self.can("holiday.record", _("See the holiday record"), self._record)
        self.can("holiday.csv", _("Save it as a spreadsheet (CSV)"), self._save_table)
        self.can("holiday.book", _("Book leave"), self._book)
        self.can("holiday.approve", _("Agree to it"), self._approve, asked)
        self.can("holiday.refuse", _("Refuse it"), self._refuse, asked)
        self.can("holiday.cancel", _("Call it off"), self._cancel, stands)
        self.can("holiday.carry", _("Decide what goes on"), self._carry, self._to_decide)
        self.can("holiday.letter", _("See the reminder to print"), self._letter)
        self.can("holiday.remind", _("They were reminded"), self._remind)
        self._declare_terms()
        self.watch(self.leaves, self.terms)
        self.card(
            _("Holiday"),
            self._left,
            self.notices,
            self.buttons("holiday.working", "holiday.record", "holiday.csv"),
        )
        self.card(
            _("Leave"),
            self.leaves,
            self.buttons("holiday.book", "holiday.approve", "holiday.refuse", "holiday.cancel"),
        )
        self.calendar.declare()
        self.card(_("Calendar"), self.calendar)
        self.card(
            _("The end of the leave year"),
            self._year_end,
            self.carried,
            self.buttons("holiday.carry", "holiday.letter", "holiday.remind"),
        )
        self.card(
            _("How holiday builds up"),
            self.terms,
            self.buttons("holiday.terms", "holiday.terms.change", "holiday.terms.remove"),
        )

    def ask(self, office: Office, employment_id: int) -> HolidayOverview:
        return office.holiday.overview(employment_id, clock.today())

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:
        overview: HolidayOverview = answer
        self.overview = overview
        self._left.setText("\n".join(_left_words(overview)))
        self.notices.show_findings(overview.findings)
        self.leaves.show_rows(overview.leaves, same=lambda leave: leave.id)
        self.calendar.show_for(detail.employment.id)
        self._year_end.setText(_year_end_words(overview))
        self.carried.show_rows(overview.carried, same=lambda each: each.id)
        self.terms.show_rows(detail.holiday, same=lambda row: row.id)

    def first_field(self) -> QWidget | None:
        return self.leaves.view if self.leaves.model.rows else None

    # ── what is left ──

    def _explain(self) -> None:
        holiday, employment_id, today = self.desk.office.holiday, self.employment_id, clock.today()
        title = _("Holiday of {name} on {day}").format(
            name=self.detail.assistant.name, day=long_date(today)
        )
        self.desk.operations.ask(
            lambda: holiday.explain(employment_id, today),
            lambda steps: show_working(self.desk, title, steps, self),
            owner=self,
        )

    def _record(self) -> None:
        papers, employment_id = self.desk.office.holiday_papers, self.employment_id
        self.desk.operations.ask(
            lambda: (papers.record(employment_id), papers.record_file_name(employment_id)),
            lambda paper: PdfDialog(_("Holiday record"), *paper, self).exec(),
            owner=self,
        )

    def _save_table(self) -> None:
        papers, employment_id = self.desk.office.holiday_papers, self.employment_id
        self.desk.operations.ask(
            lambda: (papers.table(employment_id), papers.record_file_name(employment_id, "csv")),
            lambda made: self._keep_table(*made),
            owner=self,
        )

    def _keep_table(self, content: bytes, name: str) -> None:
        place = files.choose_place(self, _("Save the holiday record"), name, _("Tables (*.csv)"))
        if place is not None:
            files.write(place, content)
            self.desk.say(_("The holiday record is saved."))

    # ── leave ──

    def _book(self) -> None:
        if self.overview is None:
            return
        holiday, employment_id = self.desk.office.holiday, self.employment_id
        form = LeaveForm(self.overview, clock.today())
        day = self.calendar.day()
        if day is not None and day >= clock.today():
            form.first_day.set_value(day)
            form.last_day.set_value(day)

        def save() -> Callable[[], Any]:
            leave = form.fact(employment_id)
            return lambda: holiday.book(leave)

        self.fill_in(
            _("Book leave"),
            form,
            save,
            _("{free} may still be booked.").format(free=hours_and_minutes(self.overview.free)),
        )

    def _approve(self) -> None:
        leave, holiday = self.leaves.row(), self.desk.office.holiday
        if leave is not None:
            today = clock.today()
            self.desk.operations.change(
                lambda: holiday.approve(leave.id, today),
                lambda _none: self.desk.say(
                    _("Agreed. It waits on the timesheet to be confirmed there.")
                ),
                owner=self,
            )

    def _refuse(self) -> None:
        leave, holiday = self.leaves.row(), self.desk.office.holiday
        if leave is not None:
            self._answer(
                _("Refuse this leave"),
                _("Why it cannot be then"),
                lambda day, reason: holiday.refuse(leave.id, day, reason),
                _(
                    "It may be refused until {day}, unless the contract says otherwise. Nobody may "
                    "be refused so often that they cannot take their leave at all."
                ).format(day=long_date(leave.notice.refuse_by)),
            )

    def _cancel(self) -> None:
        leave, holiday = self.leaves.row(), self.desk.office.holiday
        if leave is not None:
            self._answer(
                _("Call this leave off"),
                _("Why, and who wanted it"),
                lambda day, reason: holiday.cancel(leave.id, day, reason),
                _(
                    "If it is on a timesheet that is still open, take it out there. Leave that was "
                    "agreed to is called off only when they agree, or as early as it could have "
                    "been refused."
                ),
            )

    def _answer(
        self, words: str, question: str, does: Callable[[date, str], Any], explained: str
    ) -> None:
        form = AnswerForm(question, clock.today())

        def save() -> Callable[[], Any]:
            day, reason = form.day.answer(), form.reason.answer()
            return lambda: does(day, reason)

        self.fill_in(words, form, save, explained)

    # ── the end of a leave year ──

    def _to_decide(self) -> bool:
        return (
            self.host.showing()
            and self.host.in_front(self)
            and self.overview is not None
            and self.overview.choice is not None
        )

    def _carry(self) -> None:
        choice = self.overview.choice if self.overview else None
        if choice is None:
            return
        holiday, today = self.desk.office.holiday, clock.today()
        form = CarryForm(choice)

        def save() -> Callable[[], Any]:
            minutes, reason = form.hours.answer(), form.reason.answer()
            note = form.note.value()
            return lambda: holiday.carry_over(choice.employment_id, minutes, reason, today, note)

        self.fill_in(
            _("What goes on into the next leave year"),
            form,
            save,
            _("{left} was left on {day}. What does not go on is lost.").format(
                left=hours_and_minutes(choice.left_minutes), day=long_date(choice.year_end)
            ),
        )

    def _letter(self) -> None:
        papers, employment_id = self.desk.office.holiday_papers, self.employment_id
        name = _("Please take your holiday {day}").format(day=clock.today().isoformat())
        self.desk.operations.ask(
            lambda: papers.reminder(employment_id),
            lambda pdf: PdfDialog(_("Reminder"), pdf, f"{name}.pdf", self).exec(),
            owner=self,
        )

    def _remind(self) -> None:
        holiday, employment_id = self.desk.office.holiday, self.employment_id
        form = ReminderForm(clock.today())

        def save() -> Callable[[], Any]:
            day, how = form.day.answer(), form.how.answer()
            return lambda: holiday.remind(employment_id, day, how)

        self.fill_in(
            _("They were reminded"),
            form,
            save,
            _("Keep a copy: it shows that they were told before any leave is lost."),
        )

    # ── terms ──

    def _declare_terms(self) -> None:
        self.can("holiday.terms", _("New holiday terms"), self._add_terms)
        self.can(
            "holiday.terms.change", _("Change these terms"), self._change_terms, self.on(self.terms)
        )
        self.can(
            "holiday.terms.remove",
            _("Take these terms out"),
            self._remove_terms,
            self.on(self.terms, lambda row: row is not self.terms.model.rows[-1]),
        )

    def _add_terms(self) -> None:
        form = HolidayTermsForm()
        form.show_fact(self.detail.holiday[0])
        form.from_day.set_value(clock.today())
        form.reason.set_value("")
        self._terms_form(form, 0)

    def _change_terms(self) -> None:
        terms = self.terms.row()
        if terms is not None:
            form = HolidayTermsForm()
            form.show_fact(terms)
            self._terms_form(form, terms.id)

    def _terms_form(self, form: HolidayTermsForm, terms_id: int) -> None:
        people, employment_id = self.desk.office.people, self.employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, terms_id)
            return lambda: people.set_holiday_terms(fact)

        self.fill_in(
            _("How holiday builds up"),
            form,
            save,
            _(
                "Each part of a leave year counts by its own terms. Payslips that are out already "
                "stay as they are."
            ),
        )

    def _remove_terms(self) -> None:
        terms, people = self.terms.row(), self.desk.office.people
        if terms is not None:
            self.desk.operations.change(
                lambda: people.remove_holiday_terms(terms.id),
                lambda _none: self.desk.say(_("The terms were taken out.")),
                owner=self,
            )


def _left_words(overview: HolidayOverview) -> list[str]:
    """Say what is left, what is booked, and what may be taken yet."""
    balance = overview.balance
    said = [
        _("{left} left: {earned} built up and {taken} taken since {day}.").format(
            left=hours_and_minutes(balance.left),
            earned=hours_and_minutes(balance.brought_forward + balance.earned),
            taken=hours_and_minutes(balance.taken),
            day=long_date(balance.leave_year_first),
        ),
        _("The leave year ends on {day}.").format(day=long_date(balance.leave_year_last)),
    ]
    if overview.free < 0 < overview.booked:
        said.append(
            _("{booked} is booked: {over} more than is left.").format(
                booked=hours_and_minutes(overview.booked), over=hours_and_minutes(-overview.free)
            )
        )
    elif overview.booked:
        said.append(
            _("{booked} of it is booked, and {free} may still be booked.").format(
                booked=hours_and_minutes(overview.booked), free=hours_and_minutes(overview.free)
            )
        )
    if overview.first_year_minutes is not None:
        said.append(
            _(
                "In the first year {time} may be taken so far; more if you let them take it in "
                "advance."
            ).format(time=hours_and_minutes(overview.first_year_minutes))
        )
    if overview.rolled_up:
        said.append(_("Holiday is paid with the wages, so days off are unpaid when taken."))
    return said


def _year_end_words(overview: HolidayOverview) -> str:
    choice = overview.choice
    if choice is not None:
        return _("{left} was left on {day}. Decide how much of it goes on.").format(
            left=hours_and_minutes(choice.left_minutes), day=long_date(choice.year_end)
        )
    reminders = overview.reminders
    if reminders:
        return _("They were last reminded to take their leave on {day}.").format(
            day=long_date(reminders[0].sent_on)
        )
    return _("Leave that is not taken in time can be lost, and only after they were told so.")
