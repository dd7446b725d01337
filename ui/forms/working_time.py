"""What is asked about working time: agreements and checks, a home provided, rest given later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.services.rows import (
    DomesticService,
    HomeProvided,
    RestGiven,
    WageExemption,
    WorkingTimeRecord,
)
from ui import names
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    HoursEntry,
    MoneyEntry,
    TextEntry,
    TickEntry,
)
from ui.widgets.form import Form

if TYPE_CHECKING:
    from datetime import date

_EVERY_DAY = 7


class WorkingTimeForm(Form):
    """What was agreed, asked and offered. Everything may be left open."""

    def __init__(self) -> None:
        super().__init__()
        self.domestic: ChoiceEntry[DomesticService] = self.add(
            "domestic",
            ChoiceEntry(
                _("Are they a domestic servant in a private household?"),
                names.domestic_services(),
                as_list=False,
                hint=_("Some limits on hours and nights do not hold then. Rest is always owed."),
            ),
        )
        self.opted_out_on = self.add(
            "opted_out_on",
            _day(
                _("They signed that the 48-hour limit does not apply"),
                _("The day they signed. They may say no. Nobody under 18 can sign it."),
            ),
        )
        self.opt_out_ends_on = self.add(
            "opt_out_ends_on",
            _day(_("The limit applies again from"), _("After notice of seven days or more.")),
        )
        self.assessed_on = self.add(
            "assessed_on",
            _day(
                _("Health assessment for night work last offered"),
                _("Free, before the first night and once a year."),
            ),
        )
        self.hazard = self.add(
            "hazard", TickEntry(_("The risk assessment says that the nights are hard or dangerous"))
        )
        self.other_work = self.add(
            "other_work",
            HoursEntry(
                _("Hours a week they work for others"),
                hint=_("As they say. Left empty if you have not asked."),
                needed=False,
            ),
        )
        self.usual_break = self.add(
            "usual_break",
            HoursEntry(
                _("Paid break they have in every long shift"),
                hint=_("In one go, such as 0:20. Used where a shift itself says nothing."),
                needed=False,
            ),
        )
        self.lives_in = self.add("lives_in", TickEntry(_("They live in")))
        self.allowed = self.add(
            "allowed",
            HoursEntry(
                _("The most their visa allows in a week"),
                hint=_("For example 20 hours for some students."),
                needed=False,
            ),
        )
        self.exemption: ChoiceEntry[WageExemption] = self.add(
            "exemption",
            ChoiceEntry(_("Minimum wage"), names.wage_exemptions(), as_list=False),
        )
        self.apprentice_from = self.add(
            "apprentice_from",
            _day(
                _("Apprentice from"),
                _("An apprentice under 19 or in the first year has a minimum wage of their own."),
            ),
        )
        self.apprentice_to = self.add(
            "apprentice_to", _day(_("Apprentice until"), _("Left empty while it goes on."))
        )

    def show_fact(self, record: WorkingTimeRecord) -> None:
        """Show what is known."""
        self.domestic.set_value(record.domestic_service)
        self.opted_out_on.set_value(record.opted_out_on)
        self.opt_out_ends_on.set_value(record.opt_out_ends_on)
        self.assessed_on.set_value(record.night_assessment_on)
        self.hazard.set_value(record.night_hazard)
        self.other_work.set_value(record.other_work_minutes)
        self.usual_break.set_value(record.usual_break_minutes)
        self.lives_in.set_value(record.lives_in)
        self.allowed.set_value(record.weekly_minutes_allowed)
        self.exemption.set_value(record.wage_exemption)
        self.apprentice_from.set_value(record.apprentice_from)
        self.apprentice_to.set_value(record.apprentice_to)

    def fact(self, employment_id: int, record_id: int) -> WorkingTimeRecord:
        """Return what was answered."""
        return WorkingTimeRecord(
            id=record_id,
            employment_id=employment_id,
            domestic_service=self.domestic.answer(),
            opted_out_on=self.opted_out_on.read(),
            opt_out_ends_on=self.opt_out_ends_on.read(),
            night_assessment_on=self.assessed_on.read(),
            night_hazard=self.hazard.read(),
            other_work_minutes=self.other_work.read(),
            usual_break_minutes=self.usual_break.read(),
            lives_in=self.lives_in.read(),
            weekly_minutes_allowed=self.allowed.read(),
            wage_exemption=self.exemption.answer(),
            apprentice_from=self.apprentice_from.read(),
            apprentice_to=self.apprentice_to.read(),
        )


def _day(label: str, hint: str) -> DateEntry:
    return DateEntry(label, hint=hint, needed=False)


class HomeForm(Form):
    """A home the employer provides."""

    def __init__(self) -> None:
        super().__init__()
        self.from_day = self.add("from_day", DateEntry(_("From")))
        self.to_day = self.add("to_day", _day(_("Until"), _("Left empty while it goes on.")))
        self.days: ChoiceEntry[int] = self.add(
            "days",
            ChoiceEntry(
                _("Days a week"),
                [(days, str(days)) for days in range(_EVERY_DAY, 0, -1)],
                hint=_("Full days on which it is theirs: seven if always."),
                as_list=True,
            ),
        )
        self.charge = self.add(
            "charge",
            MoneyEntry(
                _("What they pay for it in a week"),
                hint=_(
                    "With heating, electricity, laundry and furniture they have to take. Nothing "
                    "if it is free."
                ),
                needed=False,
            ),
        )
        self.from_day.set_value(clock.today())
        self.days.set_value(_EVERY_DAY)

    def show_fact(self, home: HomeProvided) -> None:
        """Show what is known."""
        self.from_day.set_value(home.from_day)
        self.to_day.set_value(home.to_day)
        self.days.set_value(home.days_a_week)
        self.charge.set_value(home.weekly_charge or None)

    def fact(self, employment_id: int, home_id: int) -> HomeProvided:
        """Return what was answered."""
        return HomeProvided(
            id=home_id,
            employment_id=employment_id,
            from_day=self.from_day.answer(),
            to_day=self.to_day.read(),
            days_a_week=self.days.answer(),
            weekly_charge=self.charge.read() or NOTHING,
        )


class RestForm(Form):
    """Rest given at another time, and why it was too short."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.short_day = self.add(
            "short_day",
            DateEntry(
                _("The day the rest was too short"),
                hint=_("The day the earlier of the two shifts began, as the timesheet says it."),
            ),
        )
        self.given_on = self.add("given_on", DateEntry(_("The day the rest was given")))
        self.length = self.add(
            "length", HoursEntry(_("How much more rest there was"), hint=_("Such as 2:30."))
        )
        self.reason = self.add(
            "reason",
            TextEntry(
                _("Why it was too short"),
                hint=_("For example: care had to go on, or nobody could take over."),
                needed=False,
            ),
        )
        self.given_on.set_value(today)

    def show_fact(self, given: RestGiven) -> None:
        """Show what is known."""
        self.short_day.set_value(given.short_day)
        self.given_on.set_value(given.given_on)
        self.length.set_value(given.minutes)
        self.reason.set_value(given.reason)

    def fact(self, employment_id: int, rest_id: int) -> RestGiven:
        """Return what was answered."""
        return RestGiven(
            id=rest_id,
            employment_id=employment_id,
            short_day=self.short_day.answer(),
            given_on=self.given_on.answer(),
            minutes=self.length.answer(),
            reason=self.reason.value(),
        )
