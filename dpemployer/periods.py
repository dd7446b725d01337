"""Tax years, tax months and weeks, pay frequencies and pay periods.

Every period includes both its first and its last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class TaxYear:
    """6 April to 5 April, named by the calendar year it starts in.

    >>> str(TaxYear(2026))
    '2026-27'
    """

    start: int

    @classmethod
    def of(cls, day: date) -> TaxYear:
        """Return the tax year that *day* falls in."""
        return cls(day.year if (day.month, day.day) >= (4, 6) else day.year - 1)

    @classmethod
    def parse(cls, label: str) -> TaxYear:
        """Read a label such as `2026-27`.

        Raises:
            ValueError: If it is not one.
        """
        head, _dash, tail = label.partition("-")
        year = cls(int(head))
        if len(head) != 4 or str(year) != f"{head}-{tail}":
            raise ValueError(label)
        return year

    @property
    def first_day(self) -> date:
        """6 April."""
        return date(self.start, 4, 6)

    @property
    def last_day(self) -> date:
        """5 April of the year after."""
        return date(self.start + 1, 4, 5)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"


def tax_week(day: date) -> int:
    """Return the number of the tax week *day* falls in: 1 on 6 April, 53 on the last day or two."""
    return (day - TaxYear.of(day).first_day).days // 7 + 1


def tax_month(day: date) -> int:
    """Return the number of the tax month *day* falls in: 1 is 6 April to 5 May."""
    months = (day.month - 4) % 12 + 1
    return months if day.day >= 6 else (months - 2) % 12 + 1


@dataclass(frozen=True, slots=True, order=True)
class TaxMonth:
    """The 6th of one month to the 5th of the next; number 1 starts on 6 April."""

    year: TaxYear
    number: int

    @classmethod
    def of(cls, day: date) -> TaxMonth:
        """Return the tax month that *day* falls in."""
        return cls(TaxYear.of(day), tax_month(day))

    @property
    def first_day(self) -> date:
        """The 6th."""
        return plus_months(self.year.first_day, self.number - 1)

    @property
    def last_day(self) -> date:
        """The 5th."""
        return plus_months(self.year.first_day, self.number) - _ONE_DAY

    @property
    def quarter(self) -> int:
        """The tax quarter it belongs to, 1 to 4: quarter 1 ends on 5 July."""
        return (self.number - 1) // 3 + 1


class PayFrequency(StrEnum):
    """How often somebody is paid."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"

    @property
    def weeks(self) -> int:
        """Whole weeks in a period; none for a month."""
        return {"weekly": 1, "fortnightly": 2, "four_weekly": 4}.get(self.value, 0)

    @property
    def periods_in_year(self) -> int:
        """52, 26, 13 or 12."""
        return {"weekly": 52, "fortnightly": 26, "four_weekly": 13, "monthly": 12}[self.value]

    def tax_period(self, pay_date: date) -> int:
        """Return the tax week, or for monthly pay the tax month, of the normal payday."""
        return tax_month(pay_date) if self is PayFrequency.MONTHLY else tax_week(pay_date)


@dataclass(frozen=True, slots=True, order=True)
class PayPeriod:
    """The days somebody is paid for together, and the normal payday."""

    first_day: date
    last_day: date
    pay_date: date

    @property
    def days(self) -> int:
        """How many days it has, both ends counted."""
        return (self.last_day - self.first_day).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class PaySchedule:
    """When somebody is paid, and for which days.

    `anchor` is the first day of any one pay period. A week-based payday falls `days_after` the
    last day of its period (below zero: before it). A monthly payday falls on `day_of_month`
    (31 is the last day of a short month) of the month in which the period ends, or
    `months_after` later.
    """

    frequency: PayFrequency
    anchor: date
    days_after: int = 0
    day_of_month: int = 31
    months_after: int = 0

    def period_of(self, day: date) -> PayPeriod:
        """Return the pay period that holds *day*."""
        if self.frequency is PayFrequency.MONTHLY:
            return self._month_of(day)
        length = 7 * self.frequency.weeks
        first = day - timedelta(days=(day - self.anchor).days % length)
        last = first + timedelta(days=length - 1)
        return PayPeriod(first, last, last + timedelta(days=self.days_after))

    def after(self, period: PayPeriod) -> PayPeriod:
        """Return the pay period that follows *period*."""
        return self.period_of(period.last_day + _ONE_DAY)

    def _month_of(self, day: date) -> PayPeriod:
        months = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
        if plus_months(self.anchor, months) > day:
            months -= 1
        first = plus_months(self.anchor, months)
        last = plus_months(self.anchor, months + 1) - _ONE_DAY
        paid_in = plus_months(last, self.months_after)
        pay_date: date = paid_in + relativedelta(day=self.day_of_month)
        return PayPeriod(first, last, pay_date)


def plus_months(day: date, months: int) -> date:
    """Return the same day of the month some months on, or the month's last day if it is shorter."""
    later: date = day + relativedelta(months=months)
    return later


def age_on(day: date, born: date) -> int:
    """Return completed years of age on *day*."""
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (not had_birthday)
