"""The papers a funder asks for with a return: which apply this time, and which are lacking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.i18n import _, ngettext
from dpemployer.returns.template import Required

if TYPE_CHECKING:
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.period_facts import PeriodEntry
    from dpemployer.returns.template import EvidenceRule

_EACH_PAYMENT = {"transaction", "pay_event"}
"""One paper for each payment, where others are one for the whole period or person."""
_PAYROLL = {"payslip", "payroll_summary"}
"""What the book itself holds where it made the payslips."""


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """One kind of paper of the template's list."""

    code: str
    label: str
    required: Required
    applies: bool
    """It is to be sent this time: always, or because there was money it proves."""
    held: int
    """How many such papers the book holds for the payments of the period."""
    lacking: tuple[int, ...]
    """Entries that should have one each and have none."""

    @property
    def words(self) -> str:
        """Say what to do about it."""
        if self.required is Required.ON_REQUEST:
            return _("Keep, and send only when asked")
        if not self.applies:
            return _("Not needed this time")
        if self.lacking:
            count = len(self.lacking)
            return ngettext(
                "Send: {count} payment has none", "Send: {count} payments have none", count
            ).format(count=count)
        return _("Send")


def papers_asked(made: MonitoringReturn) -> tuple[PaperAsked, ...]:
    """List the papers of the template, in its order."""
    return tuple(_asked(rule, made) for rule in made.template.evidence)


def _asked(rule: EvidenceRule, made: MonitoringReturn) -> PaperAsked:
    used = [one for one in made.facts.entries if _is_for(one, rule)]
    group = {
        other.code
        for other in made.template.evidence
        if other.code == rule.code or (rule.group and other.group == rule.group)
    }
    each = rule.per in _EACH_PAYMENT or rule.required is Required.ONE_OF
    kinds = made.facts.paper_kinds
    held = {number for one in used for number in one.papers if kinds.get(number) == rule.code}
    return PaperAsked(
        rule.code,
        rule.label,
        rule.required,
        rule.required is Required.ALWAYS
        or (rule.required in {Required.IF_USED, Required.ONE_OF} and bool(used)),
        len(held),
        tuple(one.entry.id for one in used if each and not _has(one, group, made)),
    )


def _is_for(one: PeriodEntry, rule: EvidenceRule) -> bool:
    return any(split.category in rule.when for split in one.posted.splits)


def _has(one: PeriodEntry, codes: set[str], made: MonitoringReturn) -> bool:
    """Whether an entry has a paper of one of these kinds, or the book's own payslips."""
    kinds = {made.facts.paper_kinds.get(number) for number in one.papers}
    pays_a_bill = any(split.commitment_id is not None for split in one.posted.splits)
    own = one.in_book and pays_a_bill and bool(codes & _PAYROLL)
    return own or bool(kinds & codes)
