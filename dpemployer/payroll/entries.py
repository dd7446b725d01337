"""What is typed about people and the household, checked where it is typed.

Each function returns the fact tidied, or refuses it with a sentence that says what cannot be
right, why, and what to do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.identifiers import ACCOUNTS_OFFICE_REFERENCE, NINO, PAYE_REFERENCE
from dpemployer.money import NOTHING
from dpemployer.payroll.people import ADDED_PAY, HolidayClass, PayType, Per
from dpemployer.periods import age_on
from dpemployer.statutory.pensions import least_shares

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from dpemployer.payroll.enrolment import PensionArrangement
    from dpemployer.payroll.household import EmployerScheme, Party
    from dpemployer.payroll.people import (
        Employment,
        HolidayTerms,
        PayRate,
        PensionMembership,
        PersonalAssistant,
    )
    from dpemployer.statutory.rates import Rates

_YOUNGEST, _OLDEST = 13, 110
_FAR_AWAY = timedelta(days=366)
_LIVES_IN = frozenset(nation.value for nation in Nation) | {"abroad"}


def checked_person(person: PersonalAssistant, today: date) -> PersonalAssistant:
    """Return a personal assistant with tidy names and number."""
    first, surname = person.first_names.strip(), person.surname.strip()
    if not surname:
        raise EntryError(
            what=_("The surname is missing."),
            why=_("Payslips and HMRC need it. Somebody with one name has it here."),
            next_step=_("Type the surname as it is on their passport."),
        )
    age = age_on(today, person.born_on)
    if person.born_on > today or not _YOUNGEST <= age <= _OLDEST:
        raise EntryError(
            what=_("{day} cannot be this person's date of birth.").format(
                day=long_date(person.born_on)
            ),
            why=_("Nobody under 13 may be employed, and nobody is over 110 and working."),
            next_step=_("Check the year; it has four figures."),
        )
    if person.lives_in not in _LIVES_IN:
        raise EntryError(
            what=_("“{place}” is not one of the nations.").format(place=person.lives_in),
            why=_("Where somebody lives decides which nation's tax they pay."),
            next_step=_("Choose England, Wales, Scotland, Northern Ireland or abroad."),
        )
    nino = NINO.validate(person.nino) if person.nino.strip() else ""
    return replace(person, first_names=first, surname=surname, nino=nino)


def checked_employment(
    employment: Employment, person: PersonalAssistant, today: date
) -> Employment:
    """Return an employment whose days and pattern can be."""
    started, left = employment.started_on, employment.left_on
    if started > today + _FAR_AWAY:
        raise EntryError(
            what=_("{day} is more than a year away.").format(day=long_date(started)),
            why=_("The first day of an employment is known when somebody is taken on."),
            next_step=_("Check the year; it has four figures."),
        )
    if age_on(started, person.born_on) < _YOUNGEST:
        raise EntryError(
            what=_("{name} was under 13 on {day}.").format(
                name=person.name, day=long_date(started)
            ),
            why=_("Nobody under 13 may be employed."),
            next_step=_("Check the first day and the date of birth."),
        )
    if left is not None and left < started:
        raise EntryError(
            what=_("The last day, {day}, is before the first, {first}.").format(
                day=long_date(left), first=long_date(started)
            ),
            why=_("An employment ends on or after the day it began."),
            next_step=_("Type the days again."),
        )
    if not 1 <= employment.day_of_month <= 31 or not 0 <= employment.months_after <= 1:
        raise EntryError(
            what=_("That is not a day of the month to be paid on."),
            why=_("A payday is between the 1st and the 31st, in the month worked or the next."),
            next_step=_("Type 31 for the last day of every month."),
        )
    if not -27 <= employment.days_after <= 31:
        raise EntryError(
            what=_("The payday is too far from the days it pays for."),
            why=_("Wages are paid at most a month after the last day worked."),
            next_step=_("Type how many days after the last day of the period pay is due."),
        )
    return replace(employment, payroll_id=employment.payroll_id.strip())


def checked_holiday_terms(terms: HolidayTerms) -> HolidayTerms:
    """Return terms of holiday whose hours and way of paying can be."""
    hours, days = terms.hours_per_week, terms.days_per_week
    if not _is_part_of(hours, 168) or not _is_part_of(days, 7):
        raise EntryError(
            what=_("Those hours or days a week cannot be."),
            why=_("A week has 7 days and 168 hours."),
            next_step=_("Type the hours and days of an ordinary week."),
        )
    if terms.holiday_class is HolidayClass.REGULAR and (hours is None or days is None):
        raise EntryError(
            what=_("Regular hours need the hours and the days of a week."),
            why=_("Holiday is 5.6 weeks of them."),
            next_step=_("Type both, or choose irregular hours."),
        )
    reason = terms.reason.strip()
    if terms.rolled_up and not reason:
        raise EntryError(
            what=_("It is not said why holiday is paid with the wages."),
            why=_(
                "The contract has to say so, and somebody already employed has to agree. What is "
                "typed here is the proof."
            ),
            next_step=_("Type what the contract says, or what was agreed and when."),
        )
    return replace(terms, reason=reason)


def refuse_leave_year_inside(terms: HolidayTerms, before: HolidayTerms, started_on: date) -> None:
    """Refuse terms that move the start of the leave year, and begin on another day than it does.

    Args:
        terms: The terms as they would be.
        before: The terms in force until then.
        started_on: The first day of the employment.
    """
    begins = terms.leave_year_start or started_on
    until_now = before.leave_year_start or started_on
    day = terms.from_day
    moved = (begins.month, begins.day) != (until_now.month, until_now.day)
    if moved and (begins.month, begins.day) != (day.month, day.day):
        raise EntryError(
            what=_("The leave year would begin on another day than these terms."),
            why=_(
                "Where the start of the leave year moves, a short leave year ends the day before "
                "the new one begins."
            ),
            next_step=_("Let the terms hold from the first day of the new leave year."),
        )


def _is_part_of(amount: Decimal | None, most: int) -> bool:
    """Whether an amount is not said, or is more than nothing and no more than *most*."""
    return amount is None or (amount.is_finite() and 0 < amount <= most)


def checked_rate(rate: PayRate) -> PayRate:
    """Return a rate that can be paid."""
    label = rate.label.strip()
    if rate.rate <= NOTHING:
        raise EntryError(
            what=_("A rate of {rate} cannot be paid.").format(rate=rate.rate),
            why=_("A rate of pay is more than nothing."),
            next_step=_("Type the rate in pounds, such as 13.20."),
        )
    if not label:
        raise EntryError(
            what=_("This rate has no name."),
            why=_("The payslip shows each kind of time by its name."),
            next_step=_("Type a name, such as Day, Weekend or Sleep-in."),
        )
    if rate.pay_type is PayType.HOLIDAY:
        raise EntryError(
            what=_("Holiday has no rate of its own."),
            why=_("The law says what holiday is paid at: the average or the usual rate."),
            next_step=_("Record holiday on the timesheet; its pay is worked out."),
        )
    if rate.pay_type in ADDED_PAY:
        raise EntryError(
            what=_("This kind of pay has no rate of its own."),
            why=_("It is worked out, by law or by agreement, when somebody is owed it."),
            next_step=_("Choose a kind of time that is worked."),
        )
    by_the_mile = rate.per is Per.MILE
    if by_the_mile != (rate.pay_type is PayType.EXPENSES):
        raise EntryError(
            what=_("Only mileage is paid by the mile."),
            why=_("Expenses are given back by the mile or at cost; work is paid by time."),
            next_step=_("Choose expenses for a rate by the mile, or another unit."),
        )
    return replace(rate, label=label)


def checked_pension(membership: PensionMembership) -> PensionMembership:
    """Return a membership whose shares and days can be."""
    provider = _checked_terms(
        membership.provider, membership.employee_percent, membership.employer_percent
    )
    if membership.to_day is not None:
        refuse_backwards(membership.from_day, membership.to_day)
    return replace(membership, provider=provider)


def checked_arrangement(arrangement: PensionArrangement, rates: Rates) -> PensionArrangement:
    """Return the pension an employer enrols people in, with shares that the law allows."""
    provider = _checked_terms(
        arrangement.provider, arrangement.employee_percent, arrangement.employer_percent
    )
    employee, employer = arrangement.employee_percent, arrangement.employer_percent
    together, own = least_shares(arrangement.basis, rates)
    if employer < own or employee + employer < together:
        raise EntryError(
            what=_(
                "{employee}% from them and {employer}% from you are less than is allowed."
            ).format(employee=employee, employer=employer),
            why=_(
                "For this kind of pay both together must be at least {together}%, and yours at "
                "least {own}%."
            ).format(together=together, own=own),
            next_step=_("Type the percentages the pension provider gave you."),
        )
    return replace(
        arrangement,
        provider=provider,
        reference=arrangement.reference.strip(),
        worker_group=arrangement.worker_group.strip(),
        contact=arrangement.contact.strip(),
    )


def _checked_terms(provider: str, *percents: Decimal) -> str:
    for percent in percents:
        if not percent.is_finite() or not 0 <= percent <= 100:
            raise EntryError(
                what=_("{percent}% cannot be a share of pay.").format(percent=percent),
                why=_("A share is between 0% and 100%."),
                next_step=_("Check the percentages the pension provider gave you."),
            )
    if not provider.strip():
        raise EntryError(
            what=_("The pension provider is missing."),
            why=_("Contributions are owed to it, and the payslip names it."),
            next_step=_("Type its name, such as NEST."),
        )
    return provider.strip()


def refuse_backwards(first: date, last: date) -> None:
    """Refuse a last day before the first."""
    if last < first:
        raise EntryError(
            what=_("The last day, {day}, is before the first, {first}.").format(
                day=long_date(last), first=long_date(first)
            ),
            why=_("Something ends on or after the day it began."),
            next_step=_("Type the last day again."),
        )


def checked_party(party: Party) -> Party:
    """Return a party with a name."""
    name = party.name.strip()
    if not name:
        raise EntryError(
            what=_("The name is missing."),
            why=_("Papers say who it is."),
            next_step=_("Type the name."),
        )
    return replace(party, name=name)


def checked_scheme(scheme: EmployerScheme) -> EmployerScheme:
    """Return how an employer stands with HMRC, with tidy references."""
    if not 1 <= scheme.pension_due_day <= 31:
        raise EntryError(
            what=_("{day} is not a day of the month.").format(day=scheme.pension_due_day),
            why=_("Pension contributions are due on a day of the month after."),
            next_step=_("Type the day your provider gave you; most use the 22nd."),
        )
    paye, office = scheme.paye_reference.strip(), scheme.accounts_office_reference.strip()
    return replace(
        scheme,
        paye_reference=PAYE_REFERENCE.validate(paye) if paye else "",
        accounts_office_reference=ACCOUNTS_OFFICE_REFERENCE.validate(office) if office else "",
    )
