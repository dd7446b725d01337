"""Whether the pay of a period reaches the minimum wage, and what is about to change it.

The pay reference period is the pay period: a week, two or four weeks, or a month, never longer.
Pay worked out week by week and paid for a month is averaged over the month, as regulation 6 has
it for somebody paid by the month. The rate and the age of its first day hold for all of it.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.errors import RatesUnknownError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.pay_elements import rates_on
from dpemployer.payroll.people import PayType, Per
from dpemployer.payroll.working_time import WageExemption
from dpemployer.statutory.holiday_pay import inclusive_rate
from dpemployer.statutory.minimum_wage import (
    Accommodation,
    WageBand,
    WageCheck,
    check_pay,
    hourly_minimum,
    wage_band,
)
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.pay_elements import Elements
    from dpemployer.payroll.payday import PayRun
    from dpemployer.payroll.people import PayRate, PersonalAssistant
    from dpemployer.payroll.working_time import HomeProvided, WorkingTimeRecord
    from dpemployer.statutory.rates import RateBook, Rates

_REGULATIONS = "National Minimum Wage Regulations 2015 (SI 2015/621)"
_DAYS_IN_A_WEEK = 7
_A_DAY = timedelta(days=1)
_BY_THE_HOUR = frozenset({PayType.BASIC, PayType.ENHANCED, PayType.WAKING_NIGHT, PayType.TRAVEL})

COUNTED_PAY = Rule(
    "wage.counted_pay",
    N_("The pay that counts"),
    N_(
        "Pay of {pay} has {left_out} in it that does not count: holiday, time not worked, or what "
        "is above the basic rate. That leaves {result}."
    ),
    ("pay", "left_out"),
    f"{_REGULATIONS}, regulations 9 and 10",
    rounding=EXACT,
)
COUNTED_HOURS = Rule(
    "wage.counted_hours",
    N_("The hours that count"),
    N_(
        "Of {worked} at work, {left_out} does not count: the time asleep on a sleep-in. That "
        "leaves {result}."
    ),
    ("worked", "left_out"),
    f"{_REGULATIONS}, regulation 32; Royal Mencap Society v Tomlinson-Blake [2021] UKSC 8",
    rounding=EXACT,
)
TAKEN_OFF = Rule(
    "wage.taken_off",
    N_("What is taken for the employer’s own use"),
    N_(
        "{taken} is taken from {pay} for the employer’s own use or benefit. That does not reach "
        "the person, so {result} counts."
    ),
    ("pay", "taken"),
    f"{_REGULATIONS}, regulation 12",
    rounding=EXACT,
)


def home_in(homes: Iterable[HomeProvided], first_day: date, last_day: date) -> Accommodation | None:
    """Return the home provided in a pay period: its full days, and what was paid for it.

    Of a home for a part of each week, a part of the days counts, rounded down; the charge is
    rounded up. Neither can make pay look higher than it is.
    """
    days, charge = Fraction(0), Fraction(0)
    found = False
    for home in homes:
        first = max(home.from_day, first_day)
        last = last_day if home.to_day is None else min(home.to_day, last_day)
        if first > last:
            continue
        found = True
        weeks = Fraction((last - first).days + 1, _DAYS_IN_A_WEEK)
        days += weeks * home.days_a_week
        charge += weeks * home.weekly_charge.pence
    if not found:
        return None
    return Accommodation(int(days), Money(-int(-charge // 1)))


def wages_of(
    run: PayRun, draft: DraftPay, elements: Elements, taken: Money, book: RateBook
) -> tuple[WageCheck, tuple[Finding, ...]]:
    """Check one person's pay in one run against the minimum wage, and say what there is to look at.

    `taken` is as for `wage_check`.
    """
    person, record = draft.assistant, draft.working_time
    check = wage_check(
        elements,
        person,
        run.first_day,
        book.on(run.first_day),
        home_in(draft.homes, run.first_day, run.last_day),
        taken,
        record,
    )
    exemption = WageExemption.NONE if record is None else record.wage_exemption
    findings = wage_findings(check, exemption, run.first_day, person)
    if exemption.holds(run.first_day):
        return check, findings
    findings = (*findings, *rate_findings(elements, check, person))
    next_first, left_on = run.last_day + _A_DAY, draft.employment.left_on
    if left_on is not None and left_on < next_first:
        return check, findings
    coming = coming_findings(person, draft.terms.rates, run.first_day, next_first, book, record)
    return check, (*findings, *coming)


def wage_room(run: PayRun, draft: DraftPay, elements: Elements, book: RateBook) -> Money | None:
    """Return how far the employer's own deductions may lower pay and leave the minimum wage.

    None where the minimum wage does not apply.
    """
    record = draft.working_time
    if record is not None and record.wage_exemption.holds(run.first_day):
        return None
    check, _findings = wages_of(run, draft, elements, NOTHING, book)
    return check.counted_pay.above(check.minimum_due)


def wage_check(
    elements: Elements,
    person: PersonalAssistant,
    first_day: date,
    rates: Rates,
    home: Accommodation | None = None,
    taken: Money = NOTHING,
    record: WorkingTimeRecord | None = None,
) -> WageCheck:
    """Compare the pay of a period with the minimum wage.

    Of a sleep-in only the time awake for work counts; holiday and time paid while not needed
    count neither as time nor as pay; of an hour at a premium only the basic rate counts as pay.

    Args:
        elements: The lines of pay.
        person: Whose age decides the rate.
        first_day: The first day of the pay period.
        rates: What is in force that day.
        home: A home the employer provides.
        taken: Deductions for the employer's own use or benefit, which lower the pay that counts.
        record: What is known of them, an apprenticeship too.
    """
    steps: list[Step] = []
    counted, minutes = elements.counted_pay, elements.counted_minutes
    if elements.gross != counted:
        left_out = elements.gross - counted
        steps.append(Step(COUNTED_PAY, (elements.gross, left_out), counted))
    if elements.worked_minutes != minutes:
        lengths = (elements.worked_minutes, elements.worked_minutes - minutes)
        said = tuple(hours_and_minutes(length) for length in lengths)
        steps.append(Step(COUNTED_HOURS, said, hours_and_minutes(minutes)))
    if taken:
        left = counted.above(taken)
        steps.append(Step(TAKEN_OFF, (counted, taken), left))
        counted = left
    band = _band(person, record, first_day, rates)
    found = check_pay(counted, Fraction(minutes, 60), band, rates, home)
    return WageCheck(
        found.counted_pay,
        found.minimum_due,
        found.shortfall,
        found.hourly_rate,
        (*steps, *found.workings),
    )


def wage_findings(
    check: WageCheck, exemption: WageExemption, first_day: date, person: PersonalAssistant
) -> tuple[Finding, ...]:
    """Say whether the minimum wage is missed; it stops the pay run unless none is owed."""
    short = check.finding(person.name)
    if exemption.holds(first_day):
        if short is None:
            return ()
        return (_outside(check, exemption, person),)
    ended = _exemption_ended(person) if exemption is WageExemption.LIVED_AS_FAMILY else None
    return tuple(finding for finding in (ended, short) if finding is not None)


def rate_findings(
    elements: Elements, check: WageCheck, person: PersonalAssistant
) -> tuple[Finding, ...]:
    """Say which hourly rates are under the minimum although the pay of the period is not.

    Rates may differ by task as long as the period as a whole passes; one low rate is still likely
    to fail in another period.
    """
    if not check.lawful:
        return ()
    low = [
        line
        for line in elements.lines
        if line.pay_type in _BY_THE_HOUR and line.per is Per.HOUR and line.rate < check.hourly_rate
    ]
    return tuple(
        Finding(
            severity=Severity.WARNING,
            code="rate_below_minimum",
            subject=person.name,
            message=_(
                "“{label}” at {rate} an hour is less than the minimum of {minimum}. The pay of "
                "this period as a whole is enough, so it may be paid. With fewer other hours it "
                "would not be: raise the rate."
            ).format(label=line.label, rate=line.rate, minimum=check.hourly_rate),
            source=f"{_REGULATIONS}, regulation 7",
        )
        for line in low
    )


def agreed_rate_findings(
    person: PersonalAssistant,
    rates_of_pay: Sequence[PayRate],
    day: date,
    book: RateBook,
    *,
    rolled_up: bool,
    record: WorkingTimeRecord | None = None,
) -> tuple[Finding, ...]:
    """Say which rates in force on a day are under the minimum wage, before anything is paid.

    With holiday pay rolled up, a rate that was agreed as including it is a trap: without the
    12.07% it may be under the minimum. Whether it was, only the employer knows.
    """
    try:
        minimum = _minimum(person, record, day, book)
    except RatesUnknownError:
        return ()
    findings: list[Finding] = []
    for rate in rates_on(rates_of_pay, day):
        if rate.pay_type not in _BY_THE_HOUR or rate.per is not Per.HOUR:
            continue
        if rate.rate < minimum:
            findings.append(_agreed_too_low(rate, minimum, person))
        elif rolled_up and not inclusive_rate(rate.rate, minimum).lawful:
            findings.append(_inclusive_trap(rate, minimum, person))
    return tuple(findings)


def _agreed_too_low(rate: PayRate, minimum: Money, person: PersonalAssistant) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="rate_below_minimum",
        subject=person.name,
        message=_(
            "“{label}” at {rate} an hour is less than the minimum wage of {minimum} for this "
            "person. Add a rate that is not, from the day it was due."
        ).format(label=rate.label, rate=rate.rate, minimum=minimum),
        source=f"{_REGULATIONS}, regulations 4 and 7",
    )


def _inclusive_trap(rate: PayRate, minimum: Money, person: PersonalAssistant) -> Finding:
    found = inclusive_rate(rate.rate, minimum)
    return Finding(
        severity=Severity.NOTE,
        code="rate_if_inclusive",
        subject=person.name,
        message=_(
            "“{label}” at {rate} an hour is the rate before holiday pay, which is added to it. If "
            "you agreed {rate} with the holiday pay in it, only {basic} of it counts. That is "
            "under the minimum wage of {minimum}. Such a rate is lawful from {least}."
        ).format(
            label=rate.label,
            rate=rate.rate,
            basic=Money(int(found.basic * 100)),
            minimum=minimum,
            least=found.least_inclusive,
        ),
        source="Working Time Regulations 1998, regulation 16A; National Minimum Wage Regulations "
        "2015, regulation 10",
    )


def coming_findings(
    person: PersonalAssistant,
    rates_of_pay: Sequence[PayRate],
    first_day: date,
    next_first_day: date,
    book: RateBook,
    record: WorkingTimeRecord | None = None,
) -> tuple[Finding, ...]:
    """Say that another minimum begins with the next pay period, and which rates it is above.

    A rise on 1 April or a birthday inside a period counts from the first period that begins
    after it. Where the next rates are not known yet, nothing is said.
    """
    try:
        now = _minimum(person, record, first_day, book)
        coming = _minimum(person, record, next_first_day, book)
    except RatesUnknownError:
        return ()
    if coming <= now:
        return ()
    low = [
        _("“{label}” at {rate}").format(label=rate.label, rate=rate.rate)
        for rate in rates_on(rates_of_pay, next_first_day)
        if rate.pay_type in _BY_THE_HOUR and rate.per is Per.HOUR and rate.rate < coming
    ]
    said = {"minimum": coming, "day": long_date(next_first_day), "rates": ", ".join(low)}
    if low:
        severity = Severity.WARNING
        message = _(
            "The minimum wage for this person is {minimum} an hour from the pay period that "
            "begins on {day}. These rates are under it: {rates}. Add new rates from that day."
        )
    else:
        severity = Severity.NOTE
        message = _(
            "The minimum wage for this person is {minimum} an hour from the pay period that "
            "begins on {day}. Every rate is enough. This period keeps the rate of its first day."
        )
    return (
        Finding(
            severity=severity,
            code="minimum_wage_rises",
            subject=person.name,
            message=message.format(**said),
            source=f"{_REGULATIONS}, regulations 4 and 4B",
        ),
    )


def _minimum(
    person: PersonalAssistant, record: WorkingTimeRecord | None, day: date, book: RateBook
) -> Money:
    rates = book.on(day)
    return hourly_minimum(_band(person, record, day, rates), rates)


def _band(
    person: PersonalAssistant, record: WorkingTimeRecord | None, day: date, rates: Rates
) -> WageBand:
    since = None if record is None else record.apprentice_since(day)
    return wage_band(person.born_on, day, rates, since)


def _outside(check: WageCheck, exemption: WageExemption, person: PersonalAssistant) -> Finding:
    reasons = {
        WageExemption.FAMILY_HOME: _(
            "they are of your family, live in your home and share what is done in it"
        ),
        WageExemption.FAMILY_BUSINESS: _(
            "they live in your home and work in the family’s business"
        ),
        WageExemption.LIVED_AS_FAMILY: _("they live in your home as one of the family"),
    }
    return Finding(
        severity=Severity.NOTE,
        code="outside_minimum_wage",
        subject=person.name,
        message=_(
            "This pay is {shortfall} under the minimum wage. None is owed here, because {reason}. "
            "Keep what shows it."
        ).format(shortfall=check.shortfall, reason=reasons[exemption]),
        source=f"{_REGULATIONS}, regulations 57 and 58",
    )


def _exemption_ended(person: PersonalAssistant) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="wage_exemption_ended",
        subject=person.name,
        message=_(
            "The exception for somebody who lives with a family as one of it ended on 1 April "
            "2024. The minimum wage is owed now. Change what is said about it in the job."
        ),
        source="National Minimum Wage (Amendment) (No. 2) Regulations (SI 2024/75)",
    )
