"""The last pay of somebody who leaves: every part of it, and what tax and National Insurance see.

Wages, holiday not taken and notice paid instead of worked are ordinary earnings. Redundancy pay is
outside both, up to £30,000. Source: Income Tax (Earnings and Pensions) Act 2003, sections 62, 402D
and 403; Working Time Regulations 1998, regulation 14.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.statutory.redundancy import FREE_OF_TAX
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from dpemployer.workings import Amounts


@dataclass(frozen=True, slots=True)
class FinalPay:
    """The parts of a last pay."""

    wages: Money
    holiday_in_lieu: Money
    """Below nothing where more holiday was taken than had been earned."""
    notice_in_lieu: Money
    redundancy: Money
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def taxable(self) -> Money:
        """What Income Tax and National Insurance are worked out on."""
        return self.wages + self.holiday_in_lieu + self.notice_in_lieu

    @property
    def exempt(self) -> Money:
        """Redundancy pay free of both."""
        return min(self.redundancy, FREE_OF_TAX)


def final_pay(
    *,
    hourly_rate: Money,
    unpaid_hours: Decimal,
    untaken_holiday_hours: Decimal,
    notice_weeks: Decimal,
    redundancy_weeks: Decimal,
    week_pay: Money,
) -> FinalPay:
    """Add up a last pay; each part is settled to the penny on its own.

    `untaken_holiday_hours` is below nothing where more was taken than earned. `week_pay` is what a
    week of notice comes to, and what counts for a week of redundancy pay, its limit applied.
    """
    wages = _times(hourly_rate, unpaid_hours)
    holiday = _times(hourly_rate, untaken_holiday_hours)
    notice = _times(week_pay, notice_weeks)
    redundancy = _times(week_pay, redundancy_weeks)
    taxed: Amounts = (
        (N_("for hours worked"), wages),
        (N_("for holiday not taken"), holiday),
        (N_("instead of notice"), notice),
    )
    found = FinalPay(wages, holiday, notice, redundancy, ())
    return FinalPay(
        wages,
        holiday,
        notice,
        redundancy,
        (
            Step(_WAGES, (unpaid_hours, hourly_rate), wages),
            Step(_HOLIDAY, (untaken_holiday_hours, hourly_rate), holiday),
            Step(_NOTICE, (notice_weeks, week_pay), notice),
            Step(_REDUNDANCY, (redundancy_weeks, week_pay), redundancy),
            Step(_TAXED, (taxed,), found.taxable),
            Step(_EXEMPT, (redundancy, FREE_OF_TAX), found.exempt),
        ),
    )


def _times(amount: Money, how_many: Decimal) -> Money:
    if not how_many:
        return NOTHING
    exact = Fraction(amount.pence, 100) * Fraction(how_many)
    return Money.of(Decimal(exact.numerator) / Decimal(exact.denominator), Rounding.PAY)


_WAGES = Rule(
    "final_pay.wages",
    N_("Pay for hours worked"),
    N_("{hours} hours at {rate} come to {result}."),
    ("hours", "rate"),
    "Employment contract: time worked, at the agreed rate",
    rounding=Rounding.PAY,
)
_HOLIDAY = Rule(
    "final_pay.holiday",
    N_("Holiday not taken"),
    N_("{hours} hours of holiday at {rate} come to {result}."),
    ("hours", "rate"),
    "Working Time Regulations 1998, regulation 14",
    rounding=Rounding.PAY,
)
_NOTICE = Rule(
    "final_pay.notice",
    N_("Notice paid instead of worked"),
    N_("{weeks} weeks at {pay} a week come to {result}. It is taxed like other pay."),
    ("weeks", "pay"),
    "Income Tax (Earnings and Pensions) Act 2003, sections 402B to 402E",
    rounding=Rounding.PAY,
)
_REDUNDANCY = Rule(
    "final_pay.redundancy",
    N_("Redundancy pay"),
    N_("{weeks} weeks at {pay} a week come to {result}."),
    ("weeks", "pay"),
    "Employment Rights Act 1996, section 162",
    rounding=Rounding.PAY,
)
_TAXED = Rule(
    "final_pay.taxed",
    N_("What tax and National Insurance are worked out on"),
    N_("Added together, {parts}: {result}."),
    ("parts",),
    "Income Tax (Earnings and Pensions) Act 2003, section 62",
    rounding=EXACT,
)
_EXEMPT = Rule(
    "final_pay.exempt",
    N_("Free of tax and National Insurance"),
    N_("Redundancy pay of {redundancy} is free of both up to {limit}: {result}."),
    ("redundancy", "limit"),
    "Income Tax (Earnings and Pensions) Act 2003, section 403",
    rounding=EXACT,
)
