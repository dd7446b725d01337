"""Build a funder's return for one period out of everything that is known about it.

The identities of an account hold to the penny or are shown not to: opening and money in less
money out is closing; the statement, less payments not yet on it, plus receipts not yet on it,
plus cash, is closing too. A difference of a penny is a finding that blocks signing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.accounts import AccountKind
from dpemployer.bookkeeping.categories import Categories, CategoryKind
from dpemployer.bookkeeping.funding import UNCODED, Slice
from dpemployer.money import NOTHING, Money
from dpemployer.returns.balance_rules import WeeklyBase, measure
from dpemployer.returns.figures import (
    Agreement,
    BalanceTest,
    Check,
    EvidenceMissing,
    FunderPart,
    Totals,
)
from dpemployer.returns.monitoring_return import (
    FROM_FUNDERS,
    FROM_THE_PERSON,
    GIVEN_BACK,
    MonitoringReturn,
    rates_in_force,
)
from dpemployer.returns.remarks import exceptions_of, findings_of
from dpemployer.returns.template import Refunds, ReturnTemplate, SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dpemployer.bookkeeping.ledger import Split
    from dpemployer.returns.period_facts import PeriodFacts

_CASH = ("xfer.cash_drawn", "xfer.cash_banked")


def build(template: ReturnTemplate, facts: PeriodFacts, categories: Categories) -> MonitoringReturn:
    """Work out every figure of a return.

    Args:
        template: What the funder asks.
        facts: Everything the book knows of the period.
        categories: The vocabulary the entries are coded in.
    """
    slices = _slices(template, facts, categories)
    income = _by_category(slices, categories, CategoryKind.INCOME)
    expenditure = {
        code: -amount
        for code, amount in _by_category(slices, categories, CategoryKind.EXPENDITURE).items()
    }
    totals = _totals(facts, slices, income, expenditure)
    agreement = _agreement(facts, totals)
    award_by_funder = _award_checks(facts, slices)
    award = Check(
        Money.total(one.amount for one in facts.expected) if facts.payments_known else NOTHING,
        Money.total(income.get(code, NOTHING) for code in FROM_FUNDERS),
    )
    contribution_by_funder = _contribution_checks(facts, slices)
    contribution = Check(
        Money.total(one.amount for one in facts.contributions),
        Money.total(income.get(code, NOTHING) for code in FROM_THE_PERSON),
    )
    commitments = Money.total(one.outstanding for one in facts.owed)
    funders = _funder_parts(facts, slices, categories)
    balance = _balance_test(template, facts, totals, commitments, funders)
    missing = tuple(_evidence_missing(facts, categories))
    lines = {
        line.id: Money.total(
            (income if section.kind is SectionKind.INCOME else expenditure).get(code, NOTHING)
            for code in line.categories
        )
        for kind in (SectionKind.INCOME, SectionKind.EXPENDITURE)
        for section in template.section_of(kind)
        for line in section.lines
    }
    draft = MonitoringReturn(
        template=template,
        facts=facts,
        slices=slices,
        income=income,
        expenditure=expenditure,
        lines=lines,
        totals=totals,
        agreement=agreement,
        award=award,
        award_by_funder=award_by_funder,
        contribution=contribution,
        contribution_by_funder=contribution_by_funder,
        contribution_given_back=expenditure.get(GIVEN_BACK, NOTHING),
        commitments=commitments,
        funders=funders,
        balance=balance,
        evidence_missing=missing,
        exceptions=(),
        findings=(),
    )
    explained = replace(draft, exceptions=exceptions_of(draft))
    return replace(explained, findings=findings_of(explained))


# ── entries, by category ─────────────────────────────────────────────────────────────


def _slices(
    template: ReturnTemplate, facts: PeriodFacts, categories: Categories
) -> tuple[Slice, ...]:
    """Divide every entry that is income or spending; transfers are neither."""
    found = (
        one
        for period_entry in facts.entries
        for one in facts.rules.slices(period_entry.posted)
        if _kind(one, categories) is not CategoryKind.TRANSFER
    )
    if template.refunds is Refunds.AS_INCOME:
        return tuple(replace(one, category=one.own_category, refund=False) for one in found)
    return tuple(found)


def _kind(one: Slice, categories: Categories) -> CategoryKind:
    if one.category == UNCODED:
        return CategoryKind.INCOME if one.amount > NOTHING else CategoryKind.EXPENDITURE
    return categories[one.category].kind


def _by_category(
    slices: Iterable[Slice], categories: Categories, kind: CategoryKind
) -> dict[str, Money]:
    """Add up the slices of one kind; in positive, out negative; what comes to nothing is left."""
    sums: dict[str, Money] = {}
    for one in slices:
        if _kind(one, categories) is kind:
            sums[one.category] = sums.get(one.category, NOTHING) + one.amount
    return {code: amount for code, amount in sums.items() if amount}


# ── the account and the bank ─────────────────────────────────────────────────────────


def _totals(
    facts: PeriodFacts,
    slices: Iterable[Slice],
    income: Mapping[str, Money],
    expenditure: Mapping[str, Money],
) -> Totals:
    money_in, money_out = Money.total(income.values()), Money.total(expenditure.values())
    refunds = Money.total(one.amount for one in slices if one.refund)
    return Totals(
        opening=facts.opening_book,
        income=money_in,
        expenditure=money_out,
        closing=facts.opening_book + money_in - money_out,
        refunds=refunds,
        income_gross=money_in + refunds,
        expenditure_gross=money_out + refunds,
    )


def _agreement(facts: PeriodFacts, totals: Totals) -> Agreement:
    statement = Money.total(one.closing for one in facts.accounts)
    unpresented = -Money.total(one.amount for one in facts.waiting if one.amount < NOTHING)
    outstanding = Money.total(one.amount for one in facts.waiting if one.amount > NOTHING)
    cash = _cash_in_hand(facts)
    reconciled = statement - unpresented + outstanding + cash
    return Agreement(
        statement, unpresented, outstanding, cash, reconciled, reconciled - totals.closing
    )


def _cash_in_hand(facts: PeriodFacts) -> Money:
    """Return what should be in the tin: what was there, what was drawn, what it bought.

    What was drawn is taken from the bank's side, so that a slip on either side shows.
    """
    cash = facts.tin_opening
    for period_entry in facts.entries:
        entry = period_entry.entry
        in_tin = facts.account_kinds[entry.account_id] is AccountKind.CASH
        is_transfer = any(split.category in _CASH for split in period_entry.posted.splits)
        if in_tin and not is_transfer:
            cash += entry.amount
        elif is_transfer and not in_tin:
            cash -= entry.amount
    return cash


# ── what should have come in ─────────────────────────────────────────────────────────


def _received(slices: Iterable[Slice], codes: Sequence[str], funder_id: int) -> Money:
    return Money.total(
        one.amount
        for one in slices
        if one.category in codes and one.funder_id == funder_id and not one.refund
    )


def _award_checks(facts: PeriodFacts, slices: Sequence[Slice]) -> dict[int, Check]:
    if not facts.payments_known:
        return {}
    return {
        funder.id: Check(
            Money.total(one.amount for one in facts.expected if one.funder_id == funder.id),
            _received(slices, FROM_FUNDERS, funder.id),
        )
        for funder in facts.funders
    }


def _contribution_checks(facts: PeriodFacts, slices: Sequence[Slice]) -> dict[int, Check]:
    if not facts.contributions_by_funder:
        return {}
    return {
        funder.id: Check(
            Money.total(one.amount for one in facts.contributions if one.funder_id == funder.id),
            _received(slices, FROM_THE_PERSON, funder.id),
        )
        for funder in facts.funders
    }


# ── funders and the balance ──────────────────────────────────────────────────────────


def _funder_parts(
    facts: PeriodFacts, slices: Sequence[Slice], categories: Categories
) -> tuple[FunderPart, ...]:
    limits = {limit.funder_id: limit for limit in facts.limits}
    owed = [part for one in facts.owed for part in one.by_funder(facts.rules)]
    parts: list[FunderPart] = []
    for funder in facts.funders:
        own = [one for one in slices if one.funder_id == funder.id]
        money_in = Money.total(_by_category(own, categories, CategoryKind.INCOME).values())
        money_out = -Money.total(_by_category(own, categories, CategoryKind.EXPENDITURE).values())
        opening = facts.opening_by_funder.get(funder.id, NOTHING)
        closing = opening + money_in - money_out
        bills = Money.total(amount for funder_id, amount in owed if funder_id == funder.id)
        limit = limits.get(funder.id)
        tested = None if limit is None else measure(closing - bills, limit.weeks, limit.weekly_base)
        parts.append(FunderPart(funder, opening, money_in, money_out, closing, bills, tested))
    return tuple(parts)


def _weekly_base(template: ReturnTemplate, facts: PeriodFacts) -> Money:
    """Return what a week is worth on the last day, all funders added."""
    base = template.balance_rule.weekly_base
    if base is None:
        return NOTHING
    return Money.total(
        award.net_weekly if base is WeeklyBase.NET else award.gross_weekly
        for _funder, award in rates_in_force(facts)
    )


def _balance_test(
    template: ReturnTemplate,
    facts: PeriodFacts,
    totals: Totals,
    commitments: Money,
    funders: Sequence[FunderPart],
) -> BalanceTest:
    rule = template.balance_rule
    reserves = NOTHING
    if rule.deduct_reserves:
        reserves = Money.total(reserve.amount for reserve in facts.reserves)
    bills = commitments if rule.deduct_commitments else NOTHING
    tested = measure(totals.closing - bills - reserves, rule.weeks, _weekly_base(template, facts))
    if facts.limits:
        repay = Money.total(part.tested.surplus for part in funders if part.tested is not None)
    else:
        repay = tested.surplus if rule.repays else NOTHING
    return BalanceTest(
        by_funder=bool(facts.limits),
        tested=tested,
        commitments=bills,
        reserves=reserves,
        repay=repay,
        low=Money(rule.least_weeks * tested.weekly_base.pence).above(tested.net),
        reasons=tuple(
            dict.fromkeys(
                [one.commitment.kind.value for one in facts.owed]
                + [reserve.kind for reserve in facts.reserves]
            )
        ),
    )


# ── papers ───────────────────────────────────────────────────────────────────────────


def _evidence_missing(facts: PeriodFacts, categories: Categories) -> Iterator[EvidenceMissing]:
    """List the entries that ask for a paper and have none at all."""
    for period_entry in facts.entries:
        entry = period_entry.entry
        needs = needed(period_entry.posted.splits, categories)
        if needs and not period_entry.proven:
            yield EvidenceMissing(entry.id, entry.day, entry.payee, abs(entry.amount), needs)


def needed(splits: Iterable[Split], categories: Categories) -> str:
    """Return the paper an entry asks for, by what its parts are for; empty for none."""
    return next((needs for split in splits if (needs := categories[split.category].needs)), "")
