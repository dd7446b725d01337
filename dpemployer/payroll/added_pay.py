"""Lines of pay that no shift made: what law or contract adds to a payslip.

Statutory pay while somebody is away, holiday pay rolled up with the pay for work, what is paid
in lieu of holiday or notice, redundancy pay. Each kind has its own module, which says what it
adds to one person's pay for one period; they meet here and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.payroll.away_pay import statutory_pay
from dpemployer.payroll.leaving_pay import leaving_pay
from dpemployer.payroll.pay_elements import Elements
from dpemployer.payroll.rolled_up import rolled_up_holiday

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.payday import PayRun
    from dpemployer.statutory.rates import RateBook

    Adds = Callable[[PayRun, DraftPay, Elements, RateBook], Elements]

_ADDING: tuple[Adds, ...] = (statutory_pay, rolled_up_holiday, leaving_pay)
"""What adds lines, each seeing the worked lines and what was added before it."""


def added_pay(run: PayRun, draft: DraftPay, worked: Elements, rates: RateBook) -> Elements:
    """Return the lines to add to one person's pay.

    Args:
        run: The payday and the days it pays for.
        draft: Every fact that decides this person's pay.
        worked: The lines their shifts are worth.
        rates: Every dated rate of the law.
    """
    added = Elements((), ())
    for adds in _ADDING:
        added = added.with_added(adds(run, draft, worked.with_added(added), rates))
    return added
