"""What is taken from net pay: by order, by agreement, or to put an overpayment right.

Tax, National Insurance, loans and pensions come first; `work_out.py` takes those.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.findings import Finding
from dpemployer.money import NOTHING, Money
from dpemployer.workings import Step

if TYPE_CHECKING:
    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.payday import PayRun
    from dpemployer.payroll.payslip import PayslipInputs
    from dpemployer.statutory.rates import RateBook


@dataclass(frozen=True, slots=True)
class Deductions:
    """What is taken from one person's net pay on one payday, each with its purpose."""

    lines: tuple[tuple[str, Money], ...] = ()
    for_employer: Money = NOTHING
    """Of them, for the employer's own use or benefit: it lowers what the minimum wage counts."""
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()


def deductions(
    _run: PayRun, _draft: DraftPay, inputs: PayslipInputs, _rates: RateBook
) -> Deductions:
    """Return what is taken from one person's net pay.

    Args:
        inputs: Everything the engine needs to work out the net pay before these deductions.
    """
    return Deductions(inputs.other_deductions)
