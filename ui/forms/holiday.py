"""What is asked about somebody's holiday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.services.rows import HolidayClass, HolidayTerms
from ui import names
from ui.forms.people import JobForm
from ui.widgets.choice_entry import ChoiceEntry
from ui.widgets.entries import DateEntry, NumberEntry, TextEntry, TickEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from datetime import date


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
