"""Statements about sick pay and family pay: what there is, how much, and why where there is none.

They are in our own words and carry the figures that HMRC's forms SSP1, SMP1 and the like ask for,
so that those can be filled in from them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.identifiers import NINO
from dpemployer.money import Money
from dpemployer.payroll.away import FamilyLeave, Sickness, agreed_for, weekdays_in
from dpemployer.payroll.away_findings import FORMS, NEEDS_THE_FORM, WHY_NO_FAMILY_PAY
from dpemployer.payroll.away_pay import NAMES, PayNotKnownError
from dpemployer.payroll.people import Employment, PayType, PersonalAssistant
from dpemployer.services.away_reading import away_of
from dpemployer.services.away_standing import (
    AwayStanding,
    judged,
    leave_found,
    pay_refused,
    weeks_used,
)
from dpemployer.services.reading import employer_on
from dpemployer.statutory.average_earnings import exact_pounds
from dpemployer.statutory.family_pay import earnings_week, rate_day, rate_is_known, weekly_amount
from dpemployer.statutory.sick_pay import NotPaid, amount, week_of
from dpemployer.statutory.sick_pay_steps import WHY_NOT

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.payroll.away_pay import LeaveWorked
    from dpemployer.payroll.household import Party
    from dpemployer.services.away_standing import SickStanding
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading


class AwayPapers:
    """What one book prints about time away."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def sickness(self, sickness_id: int, on: date, *, large: bool = False) -> bytes:
        """Print a statement of the sick pay of one absence, up to a day.

        Raises:
            RefusedError: If pay that counts is not known, or nobody is recorded as the employer.
        """
        with self._book.read() as reading:
            sickness = reading.get(Sickness, sickness_id)
            person, standing = _about(reading, self._rates, sickness.employment_id, on)
            employer = employer_on(reading, on)
        try:
            found = judged(standing, sickness)
        except PayNotKnownError as unknown:
            raise pay_refused(unknown) from unknown
        paper = _sickness_paper(person, employer, standing, sickness, found)
        return letter_pdf(paper, large_print=large)

    def leave(self, leave_id: int, on: date, *, large: bool = False) -> bytes:
        """Print a statement of the pay in one family leave.

        Raises:
            RefusedError: If the week that counts is not over, pay that counts is not known, or
                nobody is recorded as the employer.
        """
        with self._book.read() as reading:
            leave = reading.get(FamilyLeave, leave_id)
            person, standing = _about(reading, self._rates, leave.employment_id, on)
            employer = employer_on(reading, on)
        try:
            found = leave_found(standing, leave)
        except PayNotKnownError as unknown:
            raise pay_refused(unknown) from unknown
        paper = _leave_paper(person, employer, standing, leave, found)
        return letter_pdf(paper, large_print=large)

    def sickness_file_name(self, sickness_id: int) -> str:
        """Say what a statement of sick pay is called when it is saved."""
        with self._book.read() as reading:
            first = reading.get(Sickness, sickness_id).first_day
        return f"Sick pay from {first.isoformat()}.pdf"

    def leave_file_name(self, leave_id: int) -> str:
        """Say what a statement of family pay is called when it is saved."""
        with self._book.read() as reading:
            kind = reading.get(FamilyLeave, leave_id).kind
        return f"Family pay {kind.value.upper()}.pdf"


def _about(
    reading: Reading, rates: RateBook, employment_id: int, on: date
) -> tuple[PersonalAssistant, AwayStanding]:
    employment = reading.get(Employment, employment_id)
    person = reading.get(PersonalAssistant, employment.assistant_id)
    away = away_of(reading, employment, on)
    return person, AwayStanding(person.name, employment, away, rates, on)


def _facts(person: PersonalAssistant, employment: Employment) -> list[tuple[str, str]]:
    facts = [(_("Name"), person.name), (_("Date of birth"), long_date(person.born_on))]
    if person.nino:
        facts.append((_("National Insurance number"), NINO.shown(person.nino)))
    facts.append((_("Job began on"), long_date(employment.started_on)))
    if employment.left_on is not None:
        facts.append((_("Job ended on"), long_date(employment.left_on)))
    return facts


def _sender(employer: Party) -> str:
    return "\n".join(part for part in (employer.name, employer.address) if part)


def _sickness_paper(
    person: PersonalAssistant,
    employer: Party,
    standing: AwayStanding,
    sickness: Sickness,
    found: SickStanding,
) -> LetterPaper:
    agreed = agreed_for(standing.away.agreed, week_of(sickness.first_day))
    weekdays = weekdays_in("" if agreed is None else agreed.weekdays)
    last = found.days[-1].day
    paid = [day for day in found.days if day.not_paid is None]
    ends = _("still going on") if sickness.last_day is None else long_date(sickness.last_day)
    facts = [
        *_facts(person, standing.employment),
        (_("First day of sickness"), long_date(sickness.first_day)),
        (_("Last day of sickness"), ends),
        (_("Linked to sickness from"), long_date(found.series.first_day)),
        (_("Working days agreed"), ", ".join(_weekday(each) for each in sorted(weekdays))),
        (_("Average pay for a week"), exact_pounds(found.series.average)),
    ]
    if paid:
        facts += [
            (_("A week of sick pay"), str(Money.up(paid[-1].weekly))),
            (_("Days of sick pay"), str(len(paid))),
            (_("Sick pay for them"), str(amount(found.days))),
        ]
    facts.append((_("Weeks of 28 used"), weeks_used(found)))
    without = _without_pay(found)
    first = _("This says what Statutory Sick Pay comes to up to {day}.").format(day=long_date(last))
    return LetterPaper(
        heading=_("Statement of Statutory Sick Pay"),
        sender=_sender(employer),
        dated=standing.on,
        to="\n".join(part for part in (person.name, person.address) if part),
        facts=tuple(facts),
        paragraphs=(first, *(_because(reason, days) for reason, days in without.items())),
        closing=_sick_closing(without),
        sign=(_("Employer"),),
    )


def _without_pay(found: SickStanding) -> dict[NotPaid, list[date]]:
    without: dict[NotPaid, list[date]] = {}
    for day in found.days:
        if day.not_paid is not None and day.not_paid is not NotPaid.NOT_QUALIFYING:
            without.setdefault(day.not_paid, []).append(day.day)
    return without


def _because(reason: NotPaid, days: list[date]) -> str:
    count = ngettext("{count} day", "{count} days", len(days)).format(count=len(days))
    return _("No sick pay for {days}, the first of them {first}: {reason}.").format(
        days=count, first=long_date(days[0]), reason=_(WHY_NOT[reason])
    )


def _sick_closing(without: dict[NotPaid, list[date]]) -> tuple[str, ...]:
    if not NEEDS_THE_FORM & without.keys():
        return ()
    return (
        _(
            "Form SSP1 says the same to the Department for Work and Pensions. With it you may be "
            "able to claim Universal Credit or Employment and Support Allowance."
        ),
        _disputes(),
    )


def _leave_paper(
    person: PersonalAssistant,
    employer: Party,
    standing: AwayStanding,
    leave: FamilyLeave,
    found: LeaveWorked,
) -> LetterPaper:
    payment = _(NAMES[PayType(leave.kind.value)])
    plain = LetterPaper(
        heading="",
        sender=_sender(employer),
        dated=standing.on,
        to="\n".join(part for part in (person.name, person.address) if part),
        facts=_leave_facts(person, standing, leave, found),
        sign=(_("Employer"),),
    )
    if found.entitlement.entitled:
        entitled = _("You are entitled to {payment} for these weeks.").format(payment=payment)
        return replace(
            plain,
            heading=_("Statement of {payment}").format(payment=payment),
            paragraphs=(entitled,),
            columns=(_("Weeks"), _("From"), _("To"), _("A week")),
            rows=_week_rows(leave, found, standing.rates),
            closing=(
                _("It is paid on your usual paydays, with tax and National Insurance taken off."),
                *_later_rates(leave, found, standing.rates),
            ),
        )
    reasons = tuple(
        _("Because {reason}.").format(reason=_(WHY_NO_FAMILY_PAY[reason]))
        for reason in found.entitlement.reasons
    )
    not_entitled = _("You are not entitled to {payment}.").format(payment=payment)
    return replace(
        plain,
        heading=_("Why there is no {payment}").format(payment=payment),
        paragraphs=(not_entitled, *reasons),
        closing=(*_form_says(leave), _disputes()),
    )


def _leave_facts(
    person: PersonalAssistant, standing: AwayStanding, leave: FamilyLeave, found: LeaveWorked
) -> tuple[tuple[str, str], ...]:
    days = (
        (_("Baby due on"), leave.expected_on),
        (_("Day of birth, placement or death, or care began"), leave.happened_on),
        (_("Told of the match on"), leave.matched_on),
        (_("Leave asked for on"), leave.notice_on),
    )
    return (
        *_facts(person, standing.employment),
        *((label, long_date(day)) for label, day in days if day is not None),
        (_("Week that counts ends on"), long_date(earnings_week(leave.event)[1])),
        (_("Average pay for a week"), exact_pounds(found.average.exact)),
    )


def _form_says(leave: FamilyLeave) -> tuple[str, ...]:
    form = FORMS[leave.kind]
    if not form:
        return ()
    return (
        _(
            "Form {form} says the same to the Department for Work and Pensions. With it you may be "
            "able to claim another benefit, such as Maternity Allowance."
        ).format(form=form),
    )


def _disputes() -> str:
    return _("If you do not agree, ask me first. HMRC’s statutory payment team decides disputes.")


def _week_rows(
    leave: FamilyLeave, found: LeaveWorked, rates: RateBook
) -> tuple[tuple[str, ...], ...]:
    """Return the weeks with the same amount together."""
    groups: list[tuple[Money, list[date], date]] = []
    for week in found.weeks:
        if not (week.paid and rate_is_known(leave.kind, week, rates)):
            continue
        known = rates.on(rate_day(leave.kind, week, week.first_day))
        amount_of = weekly_amount(leave.kind, found.average.exact, week.number, known)
        if groups and groups[-1][0] == amount_of:
            groups[-1][1].append(week.first_day)
            groups[-1] = (amount_of, groups[-1][1], week.last_day)
        else:
            groups.append((amount_of, [week.first_day], week.last_day))
    return tuple(
        (str(len(firsts)), long_date(firsts[0]), long_date(last), str(amount_of))
        for amount_of, firsts, last in groups
    )


def _later_rates(leave: FamilyLeave, found: LeaveWorked, rates: RateBook) -> tuple[str, ...]:
    unknown = [week for week in found.weeks if not rate_is_known(leave.kind, week, rates)]
    if not unknown:
        return ()
    return (
        _("For the weeks from {day} on, the rate of the next tax year is not known yet.").format(
            day=long_date(unknown[0].first_day)
        ),
    )


def _weekday(number: int) -> str:
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[number]
