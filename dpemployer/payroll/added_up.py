"""Figures that are other figures added up, each with the step that says of which.

What HMRC is told to date, what a P60 says and what a P32 says are sums over payslips. A payslip
that was taken back stands in the sum with its mirror image, and whoever looks at the working sees
both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dpemployer.payroll.payslip import Payslip
    from dpemployer.payroll.people import OpeningPay
    from dpemployer.workings import Amounts

_STATUTORY = {
    "smp": N_("Statutory maternity pay"),
    "spp": N_("Statutory paternity pay"),
    "sap": N_("Statutory adoption pay"),
    "shpp": N_("Statutory shared parental pay"),
    "spbp": N_("Statutory parental bereavement pay"),
    "sncp": N_("Statutory neonatal care pay"),
}
"""Statutory payments HMRC is told apart, by their pay type. Sick pay is only part of the pay."""


def statutory_names() -> tuple[tuple[str, str], ...]:
    """Return the statutory payments HMRC is told apart: pay type and name."""
    return tuple((key, _(name)) for key, name in _STATUTORY.items())


@dataclass(frozen=True, slots=True)
class Added:
    """A figure that is a sum, and how it came to that."""

    key: str
    label: str
    amount: Money
    steps: tuple[Step, ...]
    whole_pounds: bool = False
    """HMRC takes no pence here."""

    @property
    def shown(self) -> str:
        """The amount as it is written in HMRC's boxes."""
        return str(self.amount).removesuffix(".00") if self.whole_pounds else str(self.amount)


def added(
    key: str,
    label: str,
    slips: Sequence[Payslip],
    of: Callable[[Payslip], Money],
    openings: Iterable[tuple[str, Money]] = (),
    *,
    whole_pounds: bool = False,
    source: Rule | None = None,
) -> Added:
    """Add up one figure over payslips.

    Args:
        key: What the figure is asked for by.
        label: What people call it.
        slips: The payslips, in order, those that take others back included.
        of: What of each payslip counts.
        openings: What came from before the book, with where it comes from.
        whole_pounds: Whether HMRC takes whole pounds only.
        source: The rule to name, when it is not only adding up.
    """
    parts = [(where, amount) for where, amount in openings]
    parts += [(_which(slip), of(slip)) for slip in slips]
    total = Money.total(amount for _what, amount in parts)
    return Added(
        key, label, total, (Step(source or ADDED_UP, (label, tuple(parts)), total),), whole_pounds
    )


def statutory_of(slip: Payslip, pay_type: str) -> Money:
    """Return what of one statutory payment a payslip pays."""
    return Money.total(line.amount for line in slip.lines if line.pay_type.value == pay_type)


def pension_before_tax(slip: Payslip) -> Money:
    """Return the pension contribution taken before tax (a net pay arrangement)."""
    return slip.gross_pay - slip.taxable_pay


def pension_after_tax(slip: Payslip) -> Money:
    """Return the pension contribution taken from taxed pay (relief at source)."""
    return slip.employee_pension - pension_before_tax(slip)


def opening_parts(
    openings: Iterable[OpeningPay], of: Callable[[OpeningPay], Money]
) -> tuple[tuple[str, Money], ...]:
    """Return what of the figures from before the book counts, each with its source."""
    return tuple(
        (_("from before this book ({source})").format(source=opening.source), of(opening))
        for opening in openings
    )


def together(key: str, label: str, parts: Sequence[Added]) -> Added:
    """Add figures that are sums themselves, every step of theirs first."""
    amounts: Amounts = tuple((part.label, part.amount) for part in parts)
    total = Money.total(part.amount for part in parts)
    steps = tuple(step for part in parts if part.amount != NOTHING for step in part.steps)
    return Added(key, label, total, (*steps, Step(ADDED_UP, (label, amounts), total)))


def _which(slip: Payslip) -> str:
    day = long_date(slip.pay_date)
    if slip.reverses_id is not None:
        return _("on {day}, taken back").format(day=day)
    return _("on {day}").format(day=day)


ADDED_UP = Rule(
    "record.added_up",
    N_("Added up"),
    N_("{figure}: {parts}. Together that is {result}."),
    ("figure", "parts"),
    "Income Tax (Pay As You Earn) Regulations 2003, regulation 66 (deductions working sheet)",
    rounding=EXACT,
)
