"""From shifts and dated rates to lines of pay.

Each shift is worth the rate in force on its own day, so that a rise in the middle of a period
makes two lines. A line is rounded once, to the nearest penny, however many shifts are in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, hours_and_minutes, long_date, ngettext
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import ADDED_PAY, NOT_PAY, PayType, Per
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dpemployer.payroll.people import PayRate
    from dpemployer.payroll.timesheet import Shift

HOURS = Rule(
    "pay.line.hours",
    N_("Pay for hours"),
    N_("{label}: {time} at {rate} an hour is {result}."),
    ("label", "time", "rate"),
    "Employment contract: time worked, at the agreed rate",
    rounding=Rounding.PAY,
)
NIGHTS = Rule(
    "pay.line.nights",
    N_("Pay for nights slept in"),
    N_("{label}: {nights} at {rate} a night is {result}."),
    ("label", "nights", "rate"),
    "Employment contract: an agreed amount for each night",
    rounding=EXACT,
)
MILES = Rule(
    "pay.line.miles",
    N_("Mileage given back"),
    N_("{label}: {miles} at {rate} a mile is {result}. This is not pay."),
    ("label", "miles", "rate"),
    "Income Tax (Earnings and Pensions) Act 2003, sections 229 and 230",
    rounding=Rounding.PAY,
)
COST = Rule(
    "pay.line.cost",
    N_("Cost given back"),
    N_("{label}: {result} spent for the employer is given back. This is not pay."),
    ("label",),
    "Income Tax (Earnings and Pensions) Act 2003, section 289A",
    rounding=EXACT,
)
HOLIDAY_AVERAGE = Rule(
    "pay.line.holiday_average",
    N_("Holiday pay at the average of the weeks before"),
    N_(
        "Paid weeks before the leave: {weeks}. They come to {pay} for {time}. At that average, "
        "holiday of {leave} comes to {result}."
    ),
    ("weeks", "pay", "time", "leave"),
    "Employment Rights Act 1996, sections 221 to 224; Working Time Regulations 1998, regulation 16",
    rounding=Rounding.PAY,
)
HOLIDAY_RATE = Rule(
    "pay.line.holiday_rate",
    N_("Holiday pay at the usual rate"),
    N_("Holiday of {leave} at {rate} an hour comes to {result}. {reason}"),
    ("leave", "rate", "reason"),
    "Working Time Regulations 1998, regulation 16",
    rounding=Rounding.PAY,
)
GROSS = Rule(
    "pay.gross",
    N_("Gross pay"),
    N_("The lines of pay, without expenses, are {lines}. Together that is {result}."),
    ("lines",),
    "Employment Rights Act 1996, section 8",
    rounding=EXACT,
)
GROSS_OF_ONE = Rule(
    "pay.gross_of_one",
    N_("Gross pay"),
    N_("There is one line of pay, of {result}."),
    (),
    "Employment Rights Act 1996, section 8",
    rounding=EXACT,
)
GROSS_OF_NONE = Rule(
    "pay.gross_of_none",
    N_("Gross pay"),
    N_("There is no pay for these days: {result}."),
    (),
    "Employment Rights Act 1996, section 8",
    rounding=EXACT,
)

_NOT_WORKED = ADDED_PAY | {PayType.HOLIDAY, PayType.RETAINER, PayType.EXPENSES}
_HOLIDAY = frozenset({PayType.HOLIDAY, PayType.HOLIDAY_IN_LIEU})
_AT_A_PREMIUM = frozenset({PayType.ENHANCED, PayType.WAKING_NIGHT})
_ORDER = {pay_type: place for place, pay_type in enumerate(PayType)}
_SIXTIETHS = Decimal(6000)
"""Sixtieths of a penny in a pound: minutes times pence an hour are exact in them."""

RateName: TypeAlias = "tuple[PayType, str]"


@dataclass(frozen=True, slots=True)
class HolidayHour:
    """What holiday is paid at: so much for so many minutes.

    `weeks` is how many paid weeks the average is over; none when it is the usual rate, and
    then `reason` says why.
    """

    pay: Money
    minutes: int
    weeks: int = 0
    reason: str = ""

    def worth(self, minutes: int) -> Decimal:
        """Return the exact pounds *minutes* of holiday come to."""
        return Decimal(minutes * self.pay.pence) / Decimal(self.minutes * 100)

    @property
    def an_hour(self) -> Money:
        """What an hour comes to, to the penny, for showing."""
        return Money.of(self.worth(60), Rounding.PAY)


@dataclass(frozen=True, slots=True)
class Element:
    """One line of pay, with what the rest of payroll needs to know of it.

    `days` holds, for each day, the minutes on it and their weight in the amount. `counts_pay`
    and `counts_minutes` are the part that the minimum wage looks at.
    """

    line: PayslipLine
    step: Step
    days: tuple[tuple[date, int, int], ...]
    counts_pay: Decimal = Decimal(0)
    counts_minutes: int = 0
    basic_pay: Decimal = Decimal(0)
    """In pounds, any premium above the basic rate left out: for pension sets 1 and 2."""
    explained: tuple[Step, ...] = ()
    """How the amount was worked out, where `step` alone does not say it all."""
    about: int = 0
    """The id of what the line is for, where a pay type has several."""

    @property
    def is_pay(self) -> bool:
        """Whether it is pay at all, and not money given back or redundancy pay."""
        return self.line.pay_type not in NOT_PAY

    @property
    def worked(self) -> bool:
        """Whether its time was worked."""
        return self.line.pay_type not in _NOT_WORKED

    @property
    def averaged(self) -> bool:
        """Whether the average of the weeks before a holiday looks at it.

        Holiday that was paid with the wages comes to nothing when it is taken; its time would
        only lower the average.
        """
        paid_before = self.line.pay_type is PayType.HOLIDAY and not self.line.amount
        return self.is_pay and not paid_before and self.line.pay_type not in ADDED_PAY


@dataclass(frozen=True, slots=True)
class Elements:
    """Everything the shifts of one period are worth."""

    elements: tuple[Element, ...]
    findings: tuple[Finding, ...]

    @property
    def lines(self) -> tuple[PayslipLine, ...]:
        """The lines of the payslip, in order."""
        return tuple(element.line for element in self.elements)

    @property
    def gross(self) -> Money:
        """All pay; expenses and redundancy pay are not pay."""
        return Money.total(element.line.amount for element in self.elements if element.is_pay)

    @property
    def expenses(self) -> Money:
        """Given back on top of net pay."""
        return self.of_types(frozenset({PayType.EXPENSES}))

    @property
    def redundancy_pay(self) -> Money:
        """Paid on top of net pay."""
        return self.of_types(frozenset({PayType.REDUNDANCY}))

    def of_types(self, pay_types: frozenset[PayType]) -> Money:
        """Add up the lines of some types."""
        return Money.total(line.amount for line in self.lines if line.pay_type in pay_types)

    def with_added(self, added: Elements) -> Elements:
        """Return these lines and some that no shift made, in the order payslips list them."""
        together = sorted((*self.elements, *added.elements), key=_place)
        return Elements(tuple(together), (*self.findings, *added.findings))

    @property
    def basic_pay(self) -> Money:
        """The part of pay that counts as basic for pension sets 1 and 2."""
        exact = sum((element.basic_pay for element in self.elements), Decimal(0))
        return Money.of(exact, Rounding.PAY)

    @property
    def hourly_minutes(self) -> int:
        """All time paid by the hour; holiday settled at the end is not time of these days."""
        return sum(
            line.minutes
            for line in self.lines
            if line.per is Per.HOUR and line.pay_type is not PayType.HOLIDAY_IN_LIEU
        )

    @property
    def worked_minutes(self) -> int:
        """All time worked, nights slept in included."""
        return sum(element.line.minutes for element in self.elements if element.worked)

    @property
    def holiday_minutes(self) -> int:
        """All holiday taken, and what is settled in its place at the end."""
        return sum(line.minutes for line in self.lines if line.pay_type in _HOLIDAY)

    @property
    def counted_pay(self) -> Money:
        """The pay that counts for the minimum wage."""
        exact = sum((element.counts_pay for element in self.elements), Decimal(0))
        return Money.of(exact, Rounding.PAY)

    @property
    def counted_minutes(self) -> int:
        """The time that counts for the minimum wage."""
        return sum(element.counts_minutes for element in self.elements)

    def steps(self) -> tuple[Step, ...]:
        """Return how each line was worked out, in order, and then their sum."""
        amounts = [str(element.line.amount) for element in self.elements if element.is_pay]
        if len(amounts) > 1:
            total = Step(GROSS, (" + ".join(amounts),), self.gross)
        else:
            total = Step(GROSS_OF_ONE if amounts else GROSS_OF_NONE, (), self.gross)
        lines = (step for each in self.elements for step in (*each.explained, each.step))
        return (*lines, total)


def rate_on(rates: Iterable[PayRate], day: date, name: RateName) -> PayRate | None:
    """Return the rate of one kind of time that is in force on a day."""
    started = [
        rate for rate in rates if (rate.pay_type, rate.label) == name and rate.from_day <= day
    ]
    return max(started, key=lambda rate: rate.from_day, default=None)


def rates_on(rates: Iterable[PayRate], day: date) -> tuple[PayRate, ...]:
    """Return every rate in force on a day, in the order payslips list them."""
    latest: dict[RateName, PayRate] = {}
    for rate in sorted(rates, key=lambda rate: rate.from_day):
        if rate.from_day <= day:
            latest[rate.pay_type, rate.label] = rate
    return tuple(sorted(latest.values(), key=lambda rate: (_ORDER[rate.pay_type], rate.label)))


def basic_rate_on(rates: Iterable[PayRate], day: date) -> PayRate | None:
    """Return the lowest basic rate for an hour in force on a day."""
    basic = (
        rate
        for rate in rates_on(rates, day)
        if rate.pay_type is PayType.BASIC and rate.per is Per.HOUR
    )
    return min(basic, key=lambda rate: rate.rate, default=None)


def pay_elements(
    shifts: Sequence[Shift],
    rates: Sequence[PayRate],
    holiday_hour: Callable[[date], HolidayHour | None],
) -> Elements:
    """Turn the shifts of a period into lines of pay.

    Args:
        shifts: The shifts of one timesheet.
        rates: Every dated rate of the employment.
        holiday_hour: What holiday taken on a day is paid at; None when nothing can say.

    Returns:
        The lines in the order payslips list them. A shift nothing gives a rate for is a
        blocking finding and is on no line.
    """
    by_rate: dict[PayRate, list[Shift]] = defaultdict(list)
    by_hour: dict[HolidayHour, list[Shift]] = defaultdict(list)
    costs: dict[str, list[Shift]] = defaultdict(list)
    missing: list[Shift] = []
    for shift in shifts:
        if shift.pay_type is PayType.HOLIDAY:
            hour = holiday_hour(shift.day)
            (by_hour[hour] if hour else missing).append(shift)
        elif shift.pay_type is PayType.EXPENSES and not shift.quantity:
            costs[shift.label].append(shift)
        else:
            rate = rate_on(rates, shift.day, (shift.pay_type, shift.label))
            (by_rate[rate] if rate else missing).append(shift)
    found = [
        *(_at_a_rate(rate, group, rates) for rate, group in by_rate.items()),
        *(_holiday(hour, group) for hour, group in by_hour.items()),
        *(_cost(label, group) for label, group in costs.items()),
    ]
    found.sort(key=_place)
    return Elements(tuple(found), tuple(_no_rate(shift) for shift in missing))


def _place(element: Element) -> tuple[int, str, date]:
    line = element.line
    first = min((day for day, _minutes, _weight in element.days), default=date.min)
    return _ORDER[line.pay_type], line.label, first


def _at_a_rate(rate: PayRate, shifts: list[Shift], rates: Sequence[PayRate]) -> Element:
    """Make the line of everything paid at one rate."""
    minutes = sum(shift.minutes for shift in shifts)
    quantity = sum(_count(shift, rate) for shift in shifts)
    pence = rate.rate.pence
    by_the_hour = rate.per is Per.HOUR
    weights = [
        pence * (shift.minutes if by_the_hour else _count(shift, rate) * 60) for shift in shifts
    ]
    exact = Decimal(sum(weights)) / _SIXTIETHS
    line = PayslipLine(
        pay_type=rate.pay_type,
        label=rate.label,
        amount=Money.of(exact, Rounding.PAY),
        minutes=minutes,
        quantity=0 if by_the_hour else quantity,
        rate=rate.rate,
        per=rate.per,
    )
    days = tuple(
        (shift.day, shift.minutes, weight) for shift, weight in zip(shifts, weights, strict=True)
    )
    if rate.pay_type is PayType.EXPENSES:
        return Element(line, _rate_step(line), days)
    without_premium = _without_premium(rate, shifts, rates, exact)
    counts_pay, counts_minutes = without_premium, minutes
    if rate.pay_type is PayType.SLEEP_IN:
        counts_minutes = sum(shift.awake_minutes for shift in shifts)
    elif rate.pay_type is PayType.RETAINER:
        counts_pay, counts_minutes = Decimal(0), 0
    return Element(line, _rate_step(line), days, counts_pay, counts_minutes, without_premium)


def _count(shift: Shift, rate: PayRate) -> int:
    """How many nights or miles a shift is; a night paid by the night is at least one."""
    return max(shift.quantity, 1) if rate.per is Per.NIGHT else shift.quantity


def _without_premium(
    rate: PayRate, shifts: list[Shift], rates: Sequence[PayRate], exact: Decimal
) -> Decimal:
    """Return what the shifts would come to if no hour were paid above the basic rate."""
    if rate.pay_type not in _AT_A_PREMIUM or rate.per is not Per.HOUR:
        return exact
    weights = 0
    for shift in shifts:
        basic = basic_rate_on(rates, shift.day)
        pence = min(rate.rate.pence, basic.rate.pence) if basic else rate.rate.pence
        weights += pence * shift.minutes
    return Decimal(weights) / _SIXTIETHS


def _rate_step(line: PayslipLine) -> Step:
    match line.per:
        case Per.HOUR:
            time = hours_and_minutes(line.minutes)
            return Step(HOURS, (line.label, time, line.rate), line.amount)
        case Per.NIGHT:
            count = ngettext("{count} night", "{count} nights", line.quantity)
            rule = NIGHTS
        case _:
            count = ngettext("{count} mile", "{count} miles", line.quantity)
            rule = MILES
    counted = count.format(count=line.quantity)
    return Step(rule, (line.label, counted, line.rate), line.amount)


def _holiday(hour: HolidayHour, shifts: list[Shift]) -> Element:
    """Make the line of all holiday paid at one average or rate."""
    minutes = sum(shift.minutes for shift in shifts)
    exact = hour.worth(minutes)
    line = PayslipLine(
        pay_type=PayType.HOLIDAY,
        label=_("Holiday"),
        amount=Money.of(exact, Rounding.PAY),
        minutes=minutes,
        rate=hour.an_hour,
    )
    leave = hours_and_minutes(minutes)
    if hour.weeks:
        time = hours_and_minutes(hour.minutes)
        step = Step(HOLIDAY_AVERAGE, (hour.weeks, hour.pay, time, leave), line.amount)
    else:
        step = Step(HOLIDAY_RATE, (leave, hour.an_hour, hour.reason), line.amount)
    days = tuple((shift.day, shift.minutes, shift.minutes) for shift in shifts)
    return Element(line, step, days, basic_pay=exact)


def _cost(label: str, shifts: list[Shift]) -> Element:
    """Make the line of everything spent under one label and given back."""
    amount = Money.total(shift.amount for shift in shifts)
    name = label or _("Expenses")
    line = PayslipLine(pay_type=PayType.EXPENSES, label=name, amount=amount)
    days = tuple((shift.day, 0, shift.amount.pence) for shift in shifts)
    return Element(line, Step(COST, (name,), amount), days)


def _no_rate(shift: Shift) -> Finding:
    return Finding(
        severity=Severity.BLOCKING,
        code="no_rate",
        subject=long_date(shift.day),
        message=_(
            "There is no rate for “{label}” on {day}. Add the rate to this person's terms from "
            "that day or before, or change the shift."
        ).format(label=shift.label or _("Holiday"), day=long_date(shift.day)),
    )


def pay_by_week(
    elements: Iterable[Element], week_of: Callable[[date], date]
) -> Mapping[date, tuple[int, Money]]:
    """Divide pay and its time among the weeks they belong to, by the day a week ends.

    The parts of each line add up to the line, to the penny. Expenses are left out, and so is all
    that no shift made.
    """
    minutes: dict[date, int] = defaultdict(int)
    pay: dict[date, Money] = defaultdict(lambda: NOTHING)
    for element in elements:
        if not element.averaged:
            continue
        weights: dict[date, int] = defaultdict(int)
        for day, length, weight in element.days:
            minutes[week_of(day)] += length
            weights[week_of(day)] += weight
        if element.line.amount:
            parts = element.line.amount.shared(list(weights.values()))
            for week, part in zip(weights, parts, strict=True):
                pay[week] += part
    return {week: (minutes[week], pay[week]) for week in sorted(minutes)}
