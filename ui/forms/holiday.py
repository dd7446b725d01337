"""What is asked about somebody's holiday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _, hours_and_minutes, long_date, ngettext
from dpemployer.services.holiday_rows import (
    AskedBy,
    BookedLeave,
    CarryReason,
    LeaveStatus,
    days_between,
    leave_notice,
)
from dpemployer.services.rows import HolidayClass, HolidayTerms
from ui import names
from ui.forms.people import JobForm
from ui.models.holiday import asked_by_choices, carry_reasons
from ui.widgets.choice_entry import ChoiceEntry
from ui.widgets.entries import DateEntry, HoursEntry, NumberEntry, TextEntry, TickEntry
from ui.widgets.form import Form
from ui.widgets.weekdays import WeekdaysEntry
from ui.widgets.words import Words

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.services.holiday_rows import CarryChoice, HolidayOverview


class _HowItBuildsUp:
    """The entries that say how holiday builds up, in whichever form they are."""

    def __init__(self, form: Form) -> None:
        self.kind = form.add(
            "holiday",
            ChoiceEntry(_("Their hours, for holiday"), names.holiday_classes(), as_list=False),
        )
        self.hours = form.add("hours", NumberEntry(_("Hours a week in the contract"), needed=False))
        self.days = form.add("days", NumberEntry(_("Days a week in the contract"), needed=False))
        self.leave_year = form.add(
            "leave_year",
            DateEntry(
                _("First day of a holiday year"),
                hint=_("Left empty, the holiday year begins on the day the job began."),
                needed=False,
            ),
        )
        self.kind.set_value(HolidayClass.IRREGULAR)
        self.kind.edited.connect(self.ask_what_counts)
        self.ask_what_counts()

    def ask_what_counts(self) -> None:
        """Ask for contracted hours only where they count."""
        counted = self.kind.value() in {HolidayClass.REGULAR, HolidayClass.NORTHERN_IRELAND}
        self.hours.setVisible(counted)
        self.days.setVisible(counted)

    def show(self, terms: HolidayTerms) -> None:
        """Show what is known."""
        self.kind.set_value(terms.holiday_class)
        self.hours.set_value(terms.hours_per_week)
        self.days.set_value(terms.days_per_week)
        self.leave_year.set_value(terms.leave_year_start)
        self.ask_what_counts()

    def terms(
        self, terms_id: int, employment_id: int, from_day: date, reason: str, *, rolled_up: bool
    ) -> HolidayTerms:
        """Return what was typed."""
        kind = self.kind.answer()
        fixed = not kind.by_the_hour
        return HolidayTerms(
            terms_id,
            employment_id,
            from_day,
            kind,
            self.leave_year.read(),
            self.hours.read() if fixed else None,
            self.days.read() if fixed else None,
            rolled_up,
            reason,
        )


class StartingJobForm(JobForm):
    """A new job: when it is paid, and how its holiday builds up."""

    def __init__(self) -> None:
        super().__init__()
        self._holiday = _HowItBuildsUp(self)
        self.holiday = self._holiday.kind
        self._held: HolidayTerms | None = None

    def show_holiday(self, terms: HolidayTerms) -> None:
        """Show what is known of the holiday."""
        self._held = terms
        self._holiday.show(terms)

    def holiday_terms(self, employment_id: int) -> HolidayTerms:
        """Return what was typed about the holiday."""
        held = self._held
        return self._holiday.terms(
            held.id if held else 0,
            employment_id,
            self.started_on.answer(),
            held.reason if held else "",
            rolled_up=bool(held and held.rolled_up),
        )


class HolidayTermsForm(Form):
    """Terms of holiday that hold from a day."""

    def __init__(self, from_day: date | None = None) -> None:
        super().__init__()
        self.from_day = self.add(
            "from_day",
            DateEntry(
                _("From"),
                hint=_("What was earned before this day stays as it is."),
            ),
        )
        self._builds_up = _HowItBuildsUp(self)
        self.rolled_up = self.add(
            "rolled_up",
            TickEntry(
                _("Holiday is paid with the wages, on its own line"),
                hint=_("Leave is still earned and taken; days off are then unpaid."),
            ),
        )
        self.reason = self.add(
            "reason",
            TextEntry(
                _("What the contract says, or what was agreed and when"),
                needed=False,
                wide=40,
            ),
        )
        self.from_day.set_value(from_day)
        self._builds_up.kind.edited.connect(self._ask_what_is_lawful)
        self._ask_what_is_lawful()

    def show_fact(self, terms: HolidayTerms) -> None:
        """Show what is known."""
        self.from_day.set_value(terms.from_day)
        self._builds_up.show(terms)
        self.rolled_up.set_value(terms.rolled_up)
        self.reason.set_value(terms.reason)
        self._ask_what_is_lawful()

    def fact(self, employment_id: int, terms_id: int = 0) -> HolidayTerms:
        """Return what was typed."""
        kind = self._builds_up.kind.answer()
        return self._builds_up.terms(
            terms_id,
            employment_id,
            self.from_day.answer(),
            self.reason.value(),
            rolled_up=kind.by_the_hour and self.rolled_up.read(),
        )

    def _ask_what_is_lawful(self) -> None:
        """Ask about holiday paid with the wages only where the law allows it."""
        kind = self._builds_up.kind.value()
        self.rolled_up.setVisible(kind is not None and kind.by_the_hour)


class LeaveForm(Form):
    """Leave that is asked for, or agreed to at once."""

    def __init__(self, overview: HolidayOverview, today: date) -> None:
        super().__init__()
        self.first_day = self.add("first_day", DateEntry(_("First day of leave")))
        self.last_day = self.add("last_day", DateEntry(_("Last day of leave")))
        self.weekdays = self.add(
            "weekdays",
            WeekdaysEntry(
                _("Days of the week they would work"), hint=_("Other days use up no leave.")
            ),
        )
        self.hours = self.add(
            "hours",
            HoursEntry(_("Hours for each day off"), hint=_("As long as the work would have been.")),
        )
        self._comes_to = Words("", "quiet")
        self.add_widget(self._comes_to)
        self.asked_by = self.add(
            "asked_by", ChoiceEntry(_("Whose wish it is"), asked_by_choices(), as_list=False)
        )
        self.asked_on = self.add("asked_on", DateEntry(_("Asked or told on")))
        self.agreed = self.add("agreed", TickEntry(_("It is agreed already")))
        self.in_advance = self.add(
            "in_advance", TickEntry(_("They may take more than has built up"))
        )
        self.while_sick = self.add(
            "while_sick", TickEntry(_("They asked for it although they are off sick"))
        )
        self.note = self.add("note", TextEntry(_("Note"), needed=False))
        self.weekdays.set_value("".join(str(day) for day in overview.weekdays))
        self.hours.set_value(overview.day_minutes)
        self.asked_by.set_value(AskedBy.ASSISTANT)
        self.asked_on.set_value(today)
        for entry in (self.first_day, self.last_day, self.weekdays, self.hours):
            entry.edited.connect(self._say_what_it_comes_to)

    def fact(self, employment_id: int) -> BookedLeave:
        """Return what was typed."""
        first, last = self.first_day.answer(), self.last_day.answer()
        agreed = self.agreed.read()
        asked_on = self.asked_on.answer()
        return BookedLeave(
            id=0,
            employment_id=employment_id,
            first_day=first,
            last_day=last,
            days=days_between(first, last, self._weekdays(), self.hours.answer()),
            asked_on=asked_on,
            asked_by=self.asked_by.answer(),
            status=LeaveStatus.APPROVED if agreed else LeaveStatus.REQUESTED,
            decided_on=asked_on if agreed else None,
            while_sick=self.while_sick.read(),
            in_advance=self.in_advance.read(),
            note=self.note.value(),
        )

    def _weekdays(self) -> frozenset[int]:
        return frozenset(int(digit) for digit in self.weekdays.answer())

    def _say_what_it_comes_to(self) -> None:
        """Say how much leave it is, and by when it is asked for and refused."""
        said = ""
        try:
            first, last, minutes = self.first_day.read(), self.last_day.read(), self.hours.read()
            if first is not None and last is not None and minutes is not None:
                days = days_between(first, last, self._weekdays(), minutes)
                notice = leave_notice(first, len(days))
                said = _(
                    "{days} of leave, {time} together. To be asked for by {ask_by}; it may be "
                    "refused until {refuse_by}, unless the contract says otherwise."
                ).format(
                    days=ngettext("{count} day", "{count} days", len(days)).format(count=len(days)),
                    time=hours_and_minutes(minutes * len(days)),
                    ask_by=long_date(notice.ask_by),
                    refuse_by=long_date(notice.refuse_by),
                )
        except EntryError:
            said = ""
        self._comes_to.setText(said)


class AnswerForm(Form):
    """Why leave is refused or called off, and when."""

    def __init__(self, question: str, today: date) -> None:
        super().__init__()
        self.day = self.add("day", DateEntry(_("The day they are told")))
        self.reason = self.add("reason", TextEntry(question, wide=50))
        self.day.set_value(today)


class CarryForm(Form):
    """How much of the leave left at the end of a leave year goes on."""

    def __init__(self, choice: CarryChoice) -> None:
        super().__init__()
        self._choice = choice
        self.reason = self.add(
            "reason", ChoiceEntry(_("Why it was not taken"), carry_reasons(), as_list=False)
        )
        self._least = Words("", "quiet")
        self.add_widget(self._least)
        self.hours = self.add("hours", HoursEntry(_("Hours that go on")))
        self.note = self.add("note", TextEntry(_("Note"), needed=False))
        self.reason.edited.connect(self._say_the_least)
        self.reason.set_value(CarryReason.AGREEMENT)
        self.hours.set_value(choice.left_minutes)
        self._say_the_least()

    def _say_the_least(self) -> None:
        reason = self.reason.value()
        for each, least, use_by in self._choice.least:
            if each is reason:
                said = _("For this reason the law asks for at least {least}.").format(
                    least=hours_and_minutes(least)
                )
                if use_by is not None:
                    last = _("It has to be used by {day}.").format(day=long_date(use_by))
                    said = f"{said} {last}"
                self._least.setText(said)


class ReminderForm(Form):
    """That somebody was told to take their leave."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.day = self.add("day", DateEntry(_("The day they were told")))
        self.how = self.add("how", TextEntry(_("How"), hint=_("By letter, by message, or said.")))
        self.day.set_value(today)
