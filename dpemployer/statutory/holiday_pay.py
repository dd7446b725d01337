"""What holiday is paid at: averages, the two pots of regular hours, and rolled-up holiday pay.

Source: Working Time Regulations 1998, regulations 16 and 16A, with the Employment Rights Act
1996, sections 221 to 224 and 235; in Northern Ireland the Employment Rights (Northern Ireland)
Order 1996, articles 17 to 20, whose average is over 12 paid weeks however long ago.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.statutory.holiday import (
    FIRST_POT_WEEKS,
    NEW_RULES_FROM,
    REGULATIONS,
    WEEKS,
    HolidayClass,
    Quantity,
    as_read,
)
from dpemployer.statutory.holiday_accrual import ACCRUAL_RATE, LOOK_BACK_WEEKS, RELEVANT_WEEKS
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RELEVANT_WEEKS_NI = 12
"""Paid weeks an average is taken over in Northern Ireland."""

_HALF = Fraction(1, 2)


class RolledUpRefusal(StrEnum):
    """Why holiday pay may not be rolled up into the rate."""

    NOT_IN_NORTHERN_IRELAND = "NI_NOT_PERMITTED"
    LEAVE_YEAR_TOO_EARLY = "LEAVE_YEAR_BEFORE_2024_04_01"
    REGULAR_HOURS = "REGULAR_HOURS_WORKER"

    def sentence(self) -> str:
        """Say it in words."""
        return {
            RolledUpRefusal.NOT_IN_NORTHERN_IRELAND: _(
                "In Northern Ireland holiday pay may not be paid together with the wages."
            ),
            RolledUpRefusal.LEAVE_YEAR_TOO_EARLY: _(
                "Holiday pay may be paid together with the wages only in leave years that begin "
                "on or after 1 April 2024."
            ),
            RolledUpRefusal.REGULAR_HOURS: _(
                "Where the contract fixes the hours, holiday is paid when it is taken. Holiday pay "
                "paid together with the wages would have to be paid again."
            ),
        }[self]


@dataclass(frozen=True, slots=True)
class PaidWeekBefore:
    """A week before leave: what was paid for it, and for how many hours where that is known.

    `reduced`: the week had only Statutory Sick Pay in it, or statutory pay below the usual.
    """

    pay: Money
    hours: Quantity = 0
    reduced: bool = False


@dataclass(frozen=True, slots=True)
class AverageWeek:
    """A week's pay as the average of the paid weeks before leave."""

    weeks_used: int
    total: Money
    hours: Fraction
    """Worked in the same weeks."""
    week_pay: Money | None
    """To the penny; None when there was no paid week yet."""
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class HolidayPaid:
    """Holiday pay, and the exact rate it was worked out at."""

    amount: Money
    hourly: Fraction
    """Pounds an hour, never rounded."""
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TwoPots:
    """What a whole year's leave costs by the two pots of regular hours."""

    first_weeks: Money
    other_weeks: Money
    all_normal: Money
    """Where all of it is paid at normal pay, as this program recommends."""
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def least(self) -> Money:
        """The least the law asks for."""
        return self.first_weeks + self.other_weeks


@dataclass(frozen=True, slots=True)
class RolledUpPay:
    """Holiday pay paid together with the pay for the work, on a line of its own."""

    amount: Money
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class InclusiveRate:
    """An hourly rate said to include holiday pay, taken apart."""

    basic: Fraction
    """Pounds an hour without the holiday pay: only this counts for the minimum wage."""
    lawful: bool
    least_inclusive: Money
    """The lowest inclusive rate in whole pennies that pays the minimum wage."""
    workings: tuple[Step, ...] = field(repr=False)


# ── a week's pay ──


def average_week_pay(
    weeks: Sequence[PaidWeekBefore],
    window: int = RELEVANT_WEEKS,
    look_back: int | None = LOOK_BACK_WEEKS,
) -> AverageWeek:
    """Return the average pay of the paid weeks before leave.

    Weeks without pay, and weeks on reduced statutory pay, are passed over and earlier ones taken
    in their place.

    Args:
        weeks: Complete weeks before the leave, the most recent first, one after the other.
        window: How many paid weeks to use at most.
        look_back: How many weeks back to look at most; None for no limit.
    """
    used = [week for week in weeks[:look_back] if week.pay > NOTHING and not week.reduced][:window]
    total = Money.total(week.pay for week in used)
    hours = sum((Fraction(week.hours) for week in used), Fraction(0))
    if not used:
        return AverageWeek(0, total, hours, None, (Step(_NO_WEEKS, (), None),))
    week_pay = _half_up(Fraction(total.pence, len(used)))
    step = Step(_AVERAGE_WEEK, (len(used), total), week_pay)
    return AverageWeek(len(used), total, hours, week_pay, (step,))


def pay_at_average(total_pay: Money, total_hours: Quantity, leave_hours: Quantity) -> HolidayPaid:
    """Return the pay for hours of leave at the average hour of the paid weeks before it.

    The average week's pay over the average hours of the same weeks is all their pay over all
    their hours. The fraction is kept, and only the payment is rounded.

    Raises:
        EntryError: If no hours were worked in the weeks.
    """
    hours = Fraction(total_hours)
    if hours <= 0:
        raise EntryError(
            what=_("There are no hours in the weeks before."),
            why=_("An hour of holiday is paid what an hour in those weeks was paid on average."),
            next_step=_("Give the hours worked in the weeks the pay is for."),
        )
    hourly = Fraction(total_pay.pence, 100) / hours
    amount = _half_up(hourly * 100 * Fraction(leave_hours))
    figures = (total_pay, as_read(total_hours), as_read(hourly, 4), as_read(leave_hours))
    return HolidayPaid(amount, hourly, (Step(_AT_AVERAGE, figures, amount),))


def pay_for_shift(week_pay: Money, weekly_hours: Quantity, shift_hours: Quantity) -> HolidayPaid:
    """Return the pay for a shift booked off by somebody whose week has fixed hours.

    Raises:
        EntryError: If the week has no hours.
    """
    hours = Fraction(weekly_hours)
    if hours <= 0:
        raise EntryError(
            what=_("The week has no hours."),
            why=_("A shift off is paid its share of the week."),
            next_step=_("Give the hours of a week in the contract."),
        )
    hourly = Fraction(week_pay.pence, 100) / hours
    amount = _half_up(hourly * 100 * Fraction(shift_hours))
    figures = (week_pay, as_read(weekly_hours), as_read(shift_hours))
    return HolidayPaid(amount, hourly, (Step(_SHIFT_OFF, figures, amount),))


def two_pots(basic: Money, normal: Money, holiday_class: HolidayClass) -> TwoPots:
    """Return what a year's leave costs where a week's basic pay and normal pay differ.

    Regular hours must have four weeks at normal pay; the other 1.6 may be at basic pay. Irregular
    hours and part-year work have normal pay for all of it.
    """
    other = normal if holiday_class.by_the_hour else basic
    first_weeks = Money(FIRST_POT_WEEKS * normal.pence)
    other_weeks = _half_up((WEEKS - FIRST_POT_WEEKS) * other.pence)
    all_normal = _half_up(WEEKS * normal.pence)
    figures = (first_weeks, normal, other_weeks, other, all_normal)
    step = Step(_TWO_POTS, figures, first_weeks + other_weeks)
    return TwoPots(first_weeks, other_weeks, all_normal, (step,))


# ── rolled-up holiday pay ──


def rolled_up_refusal(
    holiday_class: HolidayClass, leave_year_start: date, nation: Nation
) -> RolledUpRefusal | None:
    """Return why holiday pay may not be rolled up, or nothing when it may."""
    if nation is Nation.NORTHERN_IRELAND or holiday_class is HolidayClass.NORTHERN_IRELAND:
        return RolledUpRefusal.NOT_IN_NORTHERN_IRELAND
    if leave_year_start < NEW_RULES_FROM:
        return RolledUpRefusal.LEAVE_YEAR_TOO_EARLY
    if holiday_class is HolidayClass.REGULAR:
        return RolledUpRefusal.REGULAR_HOURS
    return None


def rolled_up_pay(pay_for_work: Money) -> RolledUpPay:
    """Return the holiday pay to show on its own line beside pay for work.

    Pay for work is everything paid for working: basic, overtime, sleep-ins, waking nights and
    premiums. Expenses, mileage, statutory pay and rolled-up pay itself are not in it.
    """
    amount = Money.of(pay_for_work.pounds * ACCRUAL_RATE, Rounding.PAY)
    return RolledUpPay(amount, (Step(ROLLED_UP, (pay_for_work,), amount),))


def rolled_up_while_absent(paid: Iterable[Money]) -> RolledUpPay:
    """Return the rolled-up pay for a pay period of sick or statutory leave.

    Args:
        paid: What was paid in each pay period of the 52 weeks before the absence, or since
            rolled-up pay began. Where it had not begun there is nothing to go by, and nothing due.
    """
    amounts = tuple(paid)
    total = Money.total(amounts)
    amount = _half_up(Fraction(total.pence, len(amounts))) if amounts else NOTHING
    step = Step(ROLLED_UP_ABSENT, (total, len(amounts)), amount)
    return RolledUpPay(amount, (step,))


def inclusive_rate(rate: Money, minimum: Money) -> InclusiveRate:
    """Take the holiday pay out of an inclusive hourly rate and test what is left."""
    with_holiday = Fraction(1 + ACCRUAL_RATE)
    basic = Fraction(rate.pence, 100) / with_holiday
    least = Money(ceil(minimum.pence * with_holiday))
    step = Step(_INCLUSIVE, (rate, as_read(basic, 4), minimum), least)
    return InclusiveRate(basic, rate.pence >= least.pence, least, (step,))


def _half_up(pence: Fraction) -> Money:
    """Settle an exact number of pence, never below nothing, a half going up."""
    return Money(int(pence + _HALF))


# ── what each step says ──

_PAY_SOURCE = "Employment Rights Act 1996, sections 221 to 224; " + REGULATIONS + ", regulation 16"

_NO_WEEKS = Rule(
    id="holiday.no_weeks",
    title=N_("A week’s pay for holiday"),
    sentence=N_(
        "No complete week has been paid yet. Use the pay for the work expected under the contract, "
        "and keep a note of why."
    ),
    names=(),
    source=_PAY_SOURCE,
    rounding=EXACT,
)
_AVERAGE_WEEK = Rule(
    id="holiday.average_week",
    title=N_("A week’s pay for holiday"),
    sentence=N_(
        "Paid weeks before the leave: {weeks}. They come to {total}, so an average week is "
        "{result}. Weeks without pay, or with only reduced statutory pay, are passed over."
    ),
    names=("weeks", "total"),
    source=_PAY_SOURCE,
    rounding=Rounding.PAY,
    since=date(2020, 4, 6),
)
_AT_AVERAGE = Rule(
    id="holiday.at_average",
    title=N_("Holiday pay at the average hour"),
    sentence=N_(
        "{total} for {hours} hours is £{hourly} an hour. At that, {leave} hours of holiday come to "
        "{result}."
    ),
    names=("total", "hours", "hourly", "leave"),
    source=f"{REGULATIONS}, regulation 16",
    rounding=Rounding.PAY,
    since=NEW_RULES_FROM,
)
_SHIFT_OFF = Rule(
    id="holiday.shift_off",
    title=N_("Holiday pay for a shift off"),
    sentence=N_(
        "A week’s pay is {week} for {hours} hours. The shift booked off has {shift} hours, so its "
        "share is {result}."
    ),
    names=("week", "hours", "shift"),
    source=f"{REGULATIONS}, regulation 16",
    rounding=Rounding.PAY,
)
_TWO_POTS = Rule(
    id="holiday.two_pots",
    title=N_("What a year’s leave costs"),
    sentence=N_(
        "Four weeks at {normal} are {first}. The other 1.6 weeks at {other} are {rest}. The least "
        "the law asks for is {result}; all of it at normal pay is {all_normal}."
    ),
    names=("first", "normal", "rest", "other", "all_normal"),
    source=f"{REGULATIONS}, regulations 13, 13A and 16",
    rounding=Rounding.PAY,
)
ROLLED_UP = Rule(
    id="holiday.rolled_up",
    title=N_("Holiday pay paid with the wages"),
    sentence=N_("12.07% of pay for work of {pay} is {result}, paid on a line of its own."),
    names=("pay",),
    source=f"{REGULATIONS}, regulation 16A",
    rounding=Rounding.PAY,
    since=NEW_RULES_FROM,
)
ROLLED_UP_ABSENT = Rule(
    id="holiday.rolled_up_absent",
    title=N_("Holiday pay while away"),
    sentence=N_(
        "{total} of holiday pay was paid over {periods} paydays before. The average for one payday "
        "is {result}."
    ),
    names=("total", "periods"),
    source=f"{REGULATIONS}, regulation 16A",
    rounding=Rounding.PAY,
    since=NEW_RULES_FROM,
)
_INCLUSIVE = Rule(
    id="holiday.inclusive",
    title=N_("A rate that includes holiday pay"),
    sentence=N_(
        "Without the 12.07% for holiday, {rate} an hour is £{basic}. Only that counts for the "
        "minimum wage of {minimum}. The lowest rate with holiday in it that is lawful is {result}."
    ),
    names=("rate", "basic", "minimum"),
    source=f"{REGULATIONS}, regulation 16A; National Minimum Wage Regulations 2015",
    rounding=N_("up to the next penny, so that the rate is never too low"),
    since=NEW_RULES_FROM,
)
