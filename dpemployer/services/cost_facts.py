"""What a book knows of the cost of support: who works, what they earn, and where the money went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from dpemployer.bookkeeping.accounts import Account
from dpemployer.bookkeeping.awards import Award, Funder, award_in_force
from dpemployer.bookkeeping.forecast import MOST_WEEKS
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry, Split
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.cost_terms import to_the_penny
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    Employment,
    HolidayTerms,
    PayRate,
    PayType,
    PensionMembership,
    Per,
    PersonalAssistant,
)
from dpemployer.payroll.terms import held_on, latest_on
from dpemployer.periods import age_on
from dpemployer.services.cost_rows import CostPerson, FixedCost
from dpemployer.statutory.state_pension_age import over_state_pension_age
from dpemployer.store import account_reading

if TYPE_CHECKING:
    from dpemployer.statutory.rates import Rates
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_YEAR_DAYS = 365
_WEEKS_FOR_HOURS = 13
_BY_THE_HOUR = frozenset({PayType.BASIC, PayType.ENHANCED, PayType.WAKING_NIGHT, PayType.TRAVEL})
"""Time worked that is paid by the hour; a night slept in is paid for apart."""
_UNDER, _FROM = 22, 41
"""The ages at which a year of work adds half a week, one week, or one and a half."""
_ADULT = 21
_CATEGORIES = {
    FixedCost.INSURANCE: ("emp.insurance",),
    FixedCost.PAYROLL: ("emp.payroll_fee", "emp.managed_fee"),
    FixedCost.TRAINING: ("emp.training",),
    FixedCost.RECRUITMENT: ("emp.recruitment", "emp.dbs"),
    FixedCost.OTHER: ("emp.ppe", "emp.admin", "emp.legal"),
}
_PAY = "pay."
"""How the categories begin that payslips account for."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """One person who works here on a day."""

    person: PersonalAssistant
    employment: Employment
    rate: Money
    """For an hour; nothing where none is agreed."""
    hours: Decimal
    """A week: contracted, or the average of the last weeks."""
    night_rate: Money
    nights: Decimal
    """Slept in a week, on average."""
    days: Decimal | None
    """Of work in a week, where the contract says."""
    in_pension: bool


def at_work_on(reading: Reading, on: date) -> tuple[AtWork, ...]:
    """List who works here on a day, in the order they were taken on."""
    people = {person.id: person for person in reading.find(PersonalAssistant)}
    return tuple(
        _one_at_work(reading, one, people[one.assistant_id], on)
        for one in reading.find(Employment)
        if one.started_on <= on and (one.left_on is None or on <= one.left_on)
    )


def _one_at_work(
    reading: Reading, employment: Employment, person: PersonalAssistant, on: date
) -> AtWork:
    rates = reading.find(PayRate, employment_id=employment.id)
    basic = [one for one in rates if one.pay_type is PayType.BASIC and one.per is Per.HOUR]
    rate = latest_on(basic, on)
    agreed = latest_on(reading.find(HolidayTerms, employment_id=employment.id), on)
    contracted = agreed.hours_per_week if agreed else None
    nightly = [one for one in rates if one.pay_type is PayType.SLEEP_IN and one.per is Per.NIGHT]
    night = latest_on(nightly, on)
    hours, nights = _worked(reading, employment, on)
    members = held_on(reading.find(PensionMembership, employment_id=employment.id), on)
    return AtWork(
        person=person,
        employment=employment,
        rate=rate.rate if rate else NOTHING,
        hours=contracted or hours,
        night_rate=night.rate if night else NOTHING,
        nights=nights,
        days=agreed.days_per_week if agreed else None,
        in_pension=any(one.minimum_applies for one in members),
    )


def _worked(reading: Reading, employment: Employment, on: date) -> tuple[Decimal, Decimal]:
    """Return hours and nights a week of the last thirteen weeks of payslips, to a quarter."""
    first = on - _WEEKS_FOR_HOURS * _WEEK
    slips = reading.rows(
        Payslip,
        ("first_day", "last_day", "lines"),
        employment_id=employment.id,
        between={"last_day": (first, on)},
    )
    if not slips:
        return Decimal(0), Decimal(0)
    days = (max(slip[1] for slip in slips) - min(slip[0] for slip in slips)).days + 1
    lines = [line for slip in slips for line in slip[2]]
    minutes = sum(line.minutes for line in lines if line.pay_type in _BY_THE_HOUR)
    nights = sum(line.quantity for line in lines if line.pay_type is PayType.SLEEP_IN)
    weeks = Fraction(days, 7)
    return _quarters(Fraction(minutes, 60) / weeks), _quarters(nights / weeks)


def _quarters(exact: Fraction) -> Decimal:
    return Decimal(int(exact * 4 + Fraction(1, 2))) / 4


def shares_of(
    at_work: tuple[AtWork, ...], hours: Decimal, on: date, rates: Rates
) -> tuple[CostPerson, ...]:
    """Return each person's part of the hours; with nobody yet, one person does all of them."""
    if not at_work:
        return (CostPerson(_("somebody"), Decimal(1)),)
    equal = Decimal(1) / len(at_work)
    return tuple(
        CostPerson(
            name=one.person.name,
            share=(one.hours / hours if hours else equal).quantize(Decimal("0.0001")),
            under_21=age_on(on, one.person.born_on) < _ADULT,
            redundancy_weeks=redundancy_weeks(age_on(on, one.person.born_on)),
            must_enrol=_must_enrol(one.person.born_on, on, rates),
            in_pension=one.in_pension,
        )
        for one in at_work
    )


def _must_enrol(born: date, on: date, rates: Rates) -> bool:
    """Whether somebody is of the age at which earning enough means being enrolled."""
    return age_on(on, born) >= _UNDER and not over_state_pension_age(born, on, rates)


def redundancy_weeks(age: int) -> Decimal:
    """Return the weeks of redundancy pay that a year of work adds at an age."""
    if age >= _FROM:
        return Decimal("1.5")
    return Decimal(1) if age >= _UNDER else Decimal("0.5")


def fixed_costs(reading: Reading, on: date) -> tuple[tuple[FixedCost, Money], ...]:
    """Add up what the cash book paid in the last year for what does not go by hours."""
    first = on - timedelta(days=_YEAR_DAYS - 1)
    return tuple(
        (kind, max(NOTHING, -account_reading.received(reading, categories, first, on)))
        for kind, categories in _CATEGORIES.items()
    )


def weekly_award(reading: Reading, on: date) -> Money:
    """Add up what all funders pay for a week, the person's own contribution included."""
    awards = reading.find(Award)
    held = (award_in_force(awards, funder.id, on) for funder in reading.find(Funder))
    return Money.total(
        award.gross_weekly or award.net_weekly + award.contribution_weekly
        for award in held
        if award is not None
    )


def opening_balance(reading: Reading, first: date, on: date) -> Money:
    """Return what the cash book says was there before a day; what accounts began with since."""
    moved = account_reading.moved_before(reading, first)
    return Money.total(
        account.opening_balance + moved.get(account.id, NOTHING)
        for account in reading.find(Account)
        if account.opened_on <= on
    )


def moved_between(reading: Reading, first: date, on: date) -> tuple[Money, Money]:
    """Add up what came in and what was spent; money moved between own accounts is neither."""
    entries = [
        entry
        for entry in reading.find(
            LedgerEntry, between={"day": (first, on)}, status=EntryStatus.LIVE
        )
        if entry.other_leg_id is None and not entry.brought_forward
    ]
    refunds = {entry.id for entry in entries if entry.refund_of_id is not None}
    came = [entry for entry in entries if entry.amount > NOTHING and entry.id not in refunds]
    received = Money.total(entry.amount for entry in came)
    return received, received - Money.total(entry.amount for entry in entries)


class _Slip(NamedTuple):
    """What of a payslip is spread over its days."""

    first_day: date
    last_day: date
    gross_pay: Money
    expenses: Money
    employer_ni: Money
    employer_pension: Money


_FIELDS = _Slip._fields


def weekly_costs(reading: Reading, on: date) -> list[Money]:
    """Return what each of the last weeks cost as it was earned, the oldest first.

    A payslip is spread over its days; everything else is of the day it was paid.
    """
    since = on - MOST_WEEKS * _WEEK
    slips = [
        _Slip(*row) for row in reading.rows(Payslip, _FIELDS, between={"last_day": (since, on)})
    ]
    if not slips:
        return []
    last = max(slip.last_day for slip in slips)
    first = min(slip.first_day for slip in slips)
    weeks = min(MOST_WEEKS, ((last - first).days + 1) // 7)
    other = _other_spending(reading, last - weeks * _WEEK + _ONE_DAY, last)
    costs = []
    for place in reversed(range(weeks)):
        end = last - place * _WEEK
        begin = end - _WEEK + _ONE_DAY
        pay = sum((_part_of(slip, begin, end) for slip in slips), Fraction(0))
        bills = sum(amount.pence for day, amount in other if begin <= day <= end)
        costs.append(to_the_penny((pay + bills) / 100))
    return costs


def _part_of(slip: _Slip, begin: date, end: date) -> Fraction:
    """Return the pence of a payslip's whole cost that fall on some days."""
    days = (min(end, slip.last_day) - max(begin, slip.first_day)).days + 1
    if days <= 0:
        return Fraction(0)
    cost = slip.gross_pay + slip.expenses + slip.employer_ni + slip.employer_pension
    return Fraction(cost.pence * days, (slip.last_day - slip.first_day).days + 1)


def _other_spending(reading: Reading, first: date, last: date) -> list[tuple[date, Money]]:
    """List what was paid for anything but people who have payslips, by day."""
    entries = {
        entry.id: entry
        for entry in reading.find(
            LedgerEntry, between={"day": (first, last)}, status=EntryStatus.LIVE
        )
        if entry.other_leg_id is None and not entry.brought_forward and entry.amount < NOTHING
    }
    splits = reading.find(Split, any_of={"entry_id": list(entries)})
    return [
        (entries[split.entry_id].day, -split.amount)
        for split in splits
        if not split.category.startswith(_PAY)
    ]
