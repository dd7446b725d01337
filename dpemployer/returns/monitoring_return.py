"""A funder's return for one period: every figure, and the entries that make it up.

`build.py` makes one; everything else reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.awards import Award, Funder, award_in_force
from dpemployer.bookkeeping.funding import Slice
from dpemployer.findings import Finding
from dpemployer.money import Money
from dpemployer.returns.figures import (
    Agreement,
    BalanceTest,
    Check,
    EvidenceMissing,
    Exceptional,
    FunderPart,
    Totals,
)
from dpemployer.returns.period_facts import PeriodFacts
from dpemployer.returns.template import ReturnTemplate

if TYPE_CHECKING:
    from collections.abc import Iterable


FROM_FUNDERS = (
    "inc.council_regular",
    "inc.council_oneoff",
    "inc.nhs_phb",
    "inc.ilf",
    "inc.other_funder",
)
FROM_THE_PERSON = ("inc.contribution", "inc.ilf_contribution")
WAGES = ("pay.net_wages", "pay.holiday", "pay.statutory", "pay.standby")
GIVEN_BACK = "fin.contribution_refund"


@dataclass(frozen=True, slots=True)
class MonitoringReturn:
    """The answer to one template for one period."""

    template: ReturnTemplate
    facts: PeriodFacts
    slices: tuple[Slice, ...]
    """Every entry, divided by category and funder."""
    income: Mapping[str, Money]
    expenditure: Mapping[str, Money]
    lines: Mapping[str, Money]
    """The income and expenditure lines of the template."""
    totals: Totals
    agreement: Agreement
    award: Check
    award_by_funder: Mapping[int, Check]
    contribution: Check
    contribution_by_funder: Mapping[int, Check]
    contribution_given_back: Money
    commitments: Money
    funders: tuple[FunderPart, ...]
    """Every funder's part, also where there is only one."""
    balance: BalanceTest
    evidence_missing: tuple[EvidenceMissing, ...]
    exceptions: tuple[Exceptional, ...]
    findings: tuple[Finding, ...]

    @property
    def may_be_signed(self) -> bool:
        """Nothing blocks."""
        return not any(finding.blocks for finding in self.findings)

    def awards_in_force(self) -> tuple[tuple[Funder, Award], ...]:
        """Each funder's rate on the last day."""
        return rates_in_force(self.facts)

    def behind(self, codes: Iterable[str]) -> tuple[Slice, ...]:
        """Return what makes up the sum of some categories."""
        wanted = set(codes)
        return tuple(one for one in self.slices if one.category in wanted)


def rates_in_force(facts: PeriodFacts) -> tuple[tuple[Funder, Award], ...]:
    """Return each funder's rate on the last day, of those that have one."""
    return tuple(
        (funder, award)
        for funder in facts.funders
        if (award := award_in_force(facts.awards, funder.id, facts.last_day)) is not None
    )
