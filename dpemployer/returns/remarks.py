"""What the person must explain on a return, and what stands in the way of signing it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.funding import UNCODED
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.money import NOTHING, Money
from dpemployer.returns.balance_rules import RuleKind
from dpemployer.returns.figures import Exceptional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpemployer.returns.figures import Check
    from dpemployer.returns.monitoring_return import MonitoringReturn

_UNAPPROVED = {
    "fin.unapproved": lambda: _("was spent on something that is not in the plan"),
    "fin.penalty": lambda: _("was a penalty or late-payment interest"),
    "fin.cash_unexplained": lambda: _("is cash nobody can account for"),
}
_BANK_CHARGE = "fin.bank_charges"
_STALE = timedelta(days=183)
"""A bank need not pay a cheque older than about six months."""


def exceptions_of(made: MonitoringReturn) -> tuple[Exceptional, ...]:
    """List what the person must explain."""
    return (
        *_difference(made),
        *_balance(made),
        *_checks(made),
        *_papers(made),
        *_spending(made),
        *_unallocated(made),
    )


def _difference(made: MonitoringReturn) -> Iterator[Exceptional]:
    difference = made.agreement.difference
    if difference:
        yield Exceptional(
            "difference",
            abs(difference),
            "",
            _("The bank and the book differ by {amount}.").format(amount=abs(difference)),
        )


def _balance(made: MonitoringReturn) -> Iterator[Exceptional]:
    """Say what is over, for each funder or for the whole, and what is too little."""
    test, rule = made.balance, made.template.balance_rule
    for part in made.funders:
        if part.tested is not None and part.tested.surplus:
            yield Exceptional(
                "balance_over",
                part.tested.surplus,
                part.funder.key,
                _("The part of {funder} is {amount} over {weeks} weeks' money.").format(
                    funder=part.funder.name, amount=part.tested.surplus, weeks=part.tested.weeks
                ),
            )
    if rule.kind is RuleKind.NONE:
        return
    if test.tested.surplus and not test.by_funder:
        yield Exceptional(
            "balance_over",
            test.tested.surplus,
            "",
            _over(rule.kind).format(amount=test.tested.surplus, weeks=rule.weeks),
        )
    low = test.tested.below_allowed if rule.kind is RuleKind.EXPLAIN_THRESHOLD else test.low
    if low:
        weeks = rule.weeks if rule.kind is RuleKind.EXPLAIN_THRESHOLD else rule.least_weeks
        yield Exceptional(
            "balance_low",
            low,
            "",
            _("The balance is {amount} under {weeks} weeks' money.").format(
                amount=low, weeks=weeks
            ),
        )


def _over(kind: RuleKind) -> str:
    match kind:
        case RuleKind.EXPLAIN_THRESHOLD:
            return _(
                "The balance is {amount} over {weeks} weeks' money: a reason must be given, and "
                "nothing is repaid by itself."
            )
        case RuleKind.EQUIVALENCY:
            return _(
                "The balance is {amount} over {weeks} weeks' money: the next payment will be "
                "smaller by so much."
            )
        case RuleKind.CARRY_FORWARD_YEAR_END:
            return _(
                "The balance is {amount} over {weeks} weeks' money, which counts on the last "
                "return of the budget year."
            )
        case _:
            return _("The balance is {amount} over {weeks} weeks' money.")


def _checks(made: MonitoringReturn) -> Iterator[Exceptional]:
    """Say what funders and the person paid short or over, for each funder where it is known."""
    if made.facts.payments_known:
        for subject, name, check in _each(made, made.award, made.award_by_funder):
            if check.over > NOTHING:
                text = _("{funder} paid {amount} more than was due.")
                yield Exceptional(
                    "award_over", check.over, subject, text.format(funder=name, amount=check.over)
                )
            elif check.over < NOTHING:
                text = _("{funder} paid {amount} less than was due.")
                yield Exceptional(
                    "award_short",
                    check.short,
                    subject,
                    text.format(funder=name, amount=check.short),
                )
    for subject, _name, check in _each(made, made.contribution, made.contribution_by_funder):
        if check.short > NOTHING:
            text = _("{amount} of the assessed contribution was not paid in.")
            yield Exceptional(
                "contribution_short", check.short, subject, text.format(amount=check.short)
            )
        elif check.short < NOTHING:
            text = _("{amount} more than the assessed contribution was paid in.")
            yield Exceptional(
                "contribution_over", check.over, subject, text.format(amount=check.over)
            )


def _each(
    made: MonitoringReturn, whole: Check, by_funder: Mapping[int, Check]
) -> Iterator[tuple[str, str, Check]]:
    """Yield each funder's check, with its key and name; or the one for the whole account."""
    parted = Money.total(check.over for check in by_funder.values())
    if by_funder and parted == whole.over:
        for funder in made.facts.funders:
            yield funder.key, funder.name, by_funder[funder.id]
    else:
        only = made.facts.funders[0] if len(made.facts.funders) == 1 else None
        yield (only.key, only.name, whole) if only else ("", _("Together, the funders"), whole)


def _papers(made: MonitoringReturn) -> Iterator[Exceptional]:
    for missing in made.evidence_missing:
        yield Exceptional(
            "evidence_missing",
            missing.amount,
            missing.payee,
            _("There is no paper for {amount} on {day}: {payee}.").format(
                amount=missing.amount, day=long_date(missing.day), payee=missing.payee
            ),
            missing.entry_id,
        )


def _spending(made: MonitoringReturn) -> Iterator[Exceptional]:
    """List payments the funder will ask about whatever they were."""
    for period_entry in made.facts.entries:
        entry, splits = period_entry.entry, period_entry.posted.splits
        for category in dict.fromkeys(split.category for split in splits):
            # Divided between funders it is still one payment.
            parts = [split.amount for split in splits if split.category == category]
            amount = entry.amount if len(parts) == len(splits) else Money.total(parts)
            if category in _UNAPPROVED:
                text = _("{amount} on {day}, to {payee}, {what}.")
                code, what = "unapproved", _UNAPPROVED[category]()
            elif category == _BANK_CHARGE:
                text = _("{amount} on {day} was a charge by {payee}.")
                code, what = "bank_charge", ""
            else:
                continue
            yield Exceptional(
                code,
                abs(amount),
                entry.payee,
                text.format(
                    amount=abs(amount), day=long_date(entry.day), payee=entry.payee, what=what
                ),
                entry.id,
            )
    if made.facts.retainer:
        yield Exceptional(
            "retainer",
            made.facts.retainer,
            "",
            _("{amount} was paid to keep a personal assistant while not needed.").format(
                amount=made.facts.retainer
            ),
        )


def _unallocated(made: MonitoringReturn) -> Iterator[Exceptional]:
    unknown: dict[int, Money] = {}
    for one in made.slices:
        if not one.allotted:
            unknown[one.entry_id] = unknown.get(one.entry_id, NOTHING) + one.amount
    first = made.facts.funders[0].name if made.facts.funders else ""
    for period_entry in made.facts.entries:
        entry = period_entry.entry
        if entry.id in unknown:
            yield Exceptional(
                "unallocated",
                abs(unknown[entry.id]),
                entry.payee,
                _(
                    "Nothing says which funder {amount} on {day}, {payee}, belongs to; it was put "
                    "down to {funder}."
                ).format(
                    amount=abs(unknown[entry.id]),
                    day=long_date(entry.day),
                    payee=entry.payee,
                    funder=first,
                ),
                entry.id,
            )


# ── what stands in the way ───────────────────────────────────────────────────────────


def findings_of(made: MonitoringReturn) -> tuple[Finding, ...]:
    """List what stands in the way of signing, and what to look at first."""
    return (*made.facts.findings, *_blocking(made), *_looking(made))


def _blocking(made: MonitoringReturn) -> Iterator[Finding]:
    facts, difference = made.facts, made.agreement.difference
    if difference:
        yield _block(
            "difference",
            _(
                "The bank and the book differ by {amount}. Look for a line still to be explained, "
                "or an entry whose amount is not the bank's."
            ).format(amount=abs(difference)),
        )
    if facts.lines_to_code:
        yield _block(
            "lines_to_code",
            ngettext(
                "{count} line of the statement has still to be explained.",
                "{count} lines of the statement have still to be explained.",
                facts.lines_to_code,
            ).format(count=facts.lines_to_code),
        )
    if any(one.category == UNCODED for one in made.slices):
        yield _block("uncoded", _("Some entries do not say what the money was for."))
    for period_entry in facts.entries:
        if not period_entry.posted.adds_up:
            entry = period_entry.entry
            yield _block(
                "parts",
                _("The parts of {payee}, {day}, do not add up to {amount}.").format(
                    payee=entry.payee, day=long_date(entry.day), amount=entry.amount
                ),
            )
    shared = Money.total(facts.opening_by_funder.values())
    if len(facts.funders) > 1 and shared != facts.opening_book:
        yield _block(
            "opening_shares",
            _(
                "The funders' parts of the opening balance come to {parts}; the balance is "
                "{whole}. Say again which part is whose."
            ).format(parts=shared, whole=facts.opening_book),
        )


def _looking(made: MonitoringReturn) -> Iterator[Finding]:
    facts = made.facts
    if made.agreement.cash_in_hand < NOTHING:
        yield _warn(
            "tin_below_nothing",
            _("More cash was spent than was in the tin. Look for a receipt entered twice."),
        )
    for entry in facts.waiting:
        if entry.amount < NOTHING and facts.last_day - entry.day > _STALE:
            yield _warn(
                "stale_cheque",
                _(
                    "{payee}, {amount}, was paid on {day} and never reached the statement. A "
                    "cheque so old may not be paid any more."
                ).format(payee=entry.payee, amount=abs(entry.amount), day=long_date(entry.day)),
            )
    yield from _accounts_and_reserves(made)
    names = {funder.key: funder.name for funder in facts.funders}
    for exceptional in made.exceptions:
        about = names.get(exceptional.subject, exceptional.subject)
        said = about in exceptional.text
        yield _warn(exceptional.code, exceptional.text, "" if said else about)


def _accounts_and_reserves(made: MonitoringReturn) -> Iterator[Finding]:
    facts, rule = made.facts, made.template.balance_rule
    if made.template.account_kinds:
        for account in facts.accounts:
            if account.account.kind.value not in made.template.account_kinds:
                yield _warn(
                    "account_kind",
                    _("This return is not made for an account such as {account}.").format(
                        account=account.account.name
                    ),
                )
    if rule.deduct_reserves and rule.reserves_need_agreement:
        for reserve in facts.reserves:
            if not reserve.agreed_by:
                yield _warn(
                    "reserve_not_agreed",
                    _("Nobody is named who agreed to set aside {amount}: {label}.").format(
                        amount=reserve.amount, label=reserve.label
                    ),
                )


def _block(code: str, message: str) -> Finding:
    return Finding(Severity.BLOCKING, code, "", message)


def _warn(code: str, message: str, subject: str = "") -> Finding:
    return Finding(Severity.WARNING, code, subject, message)
