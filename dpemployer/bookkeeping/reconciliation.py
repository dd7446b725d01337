"""What each line of the bank's is for, as far as the book can tell.

A proposal is *certain* when everything agrees to the penny and nothing else comes in question;
only then may it be accepted without asking. What a certain proposal uses up (a bill, a cheque on
its way, a payment that was expected) is not offered to the next line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.awards import CONTRIBUTION, Expected, ExpectedKind, Funder, FunderKind
from dpemployer.bookkeeping.commitments import CATEGORY_OF, CommitmentKind, Owed
from dpemployer.bookkeeping.ledger import LedgerEntry, Method
from dpemployer.bookkeeping.statement_merge import wording
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.bookkeeping.accounts import StatementLine

WORDS_SCHEMA = "dp-coding-words/1"

_EARLY, _LATE = timedelta(days=10), timedelta(days=45)
"""How long before and after its day an expected payment may come."""
_BILL_EARLY, _BILL_LATE = timedelta(days=7), timedelta(days=100)
"""How long before and after it was earned a bill may be paid; a tax quarter is three months."""
_CHEQUE_EARLY, _CHEQUE_LATE = timedelta(days=4), timedelta(days=190)
"""A cheque may be presented for about six months."""
_REFUND_WITHIN = timedelta(days=120)
_SMALL_WORDS = {"THE", "AND", "LTD", "LIMITED", "MRS", "MISS", "MR", "MS", "DR", "CO", "UK"}
_OWN_MONEY = {"CONTRIBUTION", "SHARE", "OWN", "STO", "STANDING"}


class ProposalKind(StrEnum):
    """Why a line is thought to be for something, the strongest reason first."""

    WAITING = "waiting"
    """A cheque or paying-in that was waiting to be seen on the statement."""
    COMMITMENT = "commitment"
    """A bill that was owed."""
    PAYSLIP = "payslip"
    """Net pay of a payslip made by a bureau."""
    EXPECTED = "expected"
    """A payment a funder should make."""
    CONTRIBUTION = "contribution"
    INVOICE = "invoice"
    """An invoice kept in the book."""
    REFUND = "refund"
    """Money back from somebody who was paid."""
    BEFORE = "before"
    """The same description was coded so the last time."""
    WORDS = "words"
    """Words in the description say so."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a payment: so much, for this, from this funder, settling that."""

    category: str
    amount: Money
    """In positive, out negative; the parts add up to the payment."""
    funder_id: int | None = None
    """None: the rules decide."""
    commitment_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one statement line is thought to be."""

    line_id: int
    kind: ProposalKind
    certain: bool
    """Everything agrees to the penny, and nothing else comes in question."""
    payee: str
    method: Method
    parts: tuple[Part, ...]
    """Empty when the line belongs to an entry already in the cash book."""
    entry_id: int | None
    refund_of_id: int | None
    why: str
    """A whole sentence."""


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """How a payment was coded: what the next like it is measured by."""

    entry_id: int
    day: date
    payee: str
    amount: Money
    category: str
    """Of its only part."""
    funder_id: int | None
    description: str
    """The bank's words, tidied by `wording`; empty when it was not on a statement."""


@dataclass(frozen=True, slots=True)
class CodingWords:
    """Words that say what money in or out is probably for."""

    out: tuple[tuple[re.Pattern[str], str], ...]
    in_: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def parse(cls, text: str) -> CodingWords:
        """Read the shipped list; anything wrong with it is a mistake of ours."""
        data = tomllib.loads(text)
        if data["schema"] != WORDS_SCHEMA:
            raise ValueError(data["schema"])
        out, in_ = (
            tuple((_whole_words(rule["words"]), rule["category"]) for rule in data[way])
            for way in ("out", "in")
        )
        return cls(out, in_)

    def category(self, description: str, amount: Money) -> str:
        """Return the likeliest category; empty when no word says anything."""
        rules = self.in_ if amount > NOTHING else self.out
        plain = wording(description)
        return next((category for words, category in rules if words.search(plain)), "")


def _whole_words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word.upper()) for word in words) + r")\b")


@dataclass(frozen=True, slots=True)
class NetPay:
    """Net pay of a payslip made elsewhere, which some payment should be."""

    assistant: str
    day: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice not yet paid."""

    provider: str
    reference: str
    day: date
    amount: Money
    by_session: bool = False
    """It counts sessions, as clubs and day services do, and not hours."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything in the book that a line of one account might be."""

    words: CodingWords
    funders: Mapping[int, Funder] = field(default_factory=dict)
    waiting: Sequence[LedgerEntry] = ()
    owed: Sequence[Owed] = ()
    expected: Sequence[Expected] = ()
    payslips: Sequence[NetPay] = ()
    bills: Sequence[Bill] = ()
    before: Sequence[PaidBefore] = ()
    """The newest last."""


_INCOME_FROM = {
    FunderKind.LOCAL_AUTHORITY: "inc.council_regular",
    FunderKind.ILF: "inc.ilf",
    FunderKind.NHS: "inc.nhs_phb",
    FunderKind.OTHER: "inc.other_funder",
}


def propose(lines: Sequence[StatementLine], known: Known) -> Mapping[int, tuple[Proposal, ...]]:
    """Say of each line what it may be, the likeliest first."""
    found: dict[int, tuple[Proposal, ...]] = {}
    amounts = [line.amount for line in lines]
    for line in lines:
        offered = list(_offers(line, known, rivals=amounts.count(line.amount)))
        offered.sort(key=lambda one: not one.certain)
        found[line.id] = tuple(offered)
        if offered and offered[0].certain:
            known = _without(known, offered[0])
    return found


def _offers(line: StatementLine, known: Known, rivals: int) -> Iterator[Proposal]:
    yield from _waiting(line, known, rivals)
    if line.amount < NOTHING:
        yield from _bills_owed(line, known)
        yield from _net_pay(line, known)
        yield from _invoices(line, known)
    else:
        yield from _from_funders(line, known)
        yield from _refunds(line, known)
    yield from _as_before(line, known)
    category = known.words.category(line.description, line.amount)
    if category:
        yield _simple(
            line,
            ProposalKind.WORDS,
            _("Words in the bank's description suggest it."),
            payee=_as_name(line.description),
            category=category,
        )


def _without(known: Known, used: Proposal) -> Known:
    """Take what a certain proposal uses up out of the choice for the lines that follow."""
    settled = {part.commitment_id: part.amount for part in used.parts if part.commitment_id}
    owed = [
        replace(one, settled=one.settled - settled[one.commitment.id])
        if one.commitment.id in settled
        else one
        for one in known.owed
    ]
    expected = list(known.expected)
    if used.kind in {ProposalKind.EXPECTED, ProposalKind.CONTRIBUTION}:
        (part,) = used.parts
        is_own = used.kind is ProposalKind.CONTRIBUTION
        taken = next(
            one
            for one in expected
            if one.amount == part.amount
            and one.funder_id == part.funder_id
            and (one.kind == CONTRIBUTION) is is_own
        )
        expected.remove(taken)
    return replace(
        known,
        waiting=[one for one in known.waiting if one.id != used.entry_id],
        owed=[one for one in owed if one.outstanding],
        expected=expected,
    )


# ── what was waiting ─────────────────────────────────────────────────────────────────


def _waiting(line: StatementLine, known: Known, rivals: int) -> Iterator[Proposal]:
    """Offer cheques and payings-in of the same amount that were not seen on a statement yet."""
    fitting = [
        entry
        for entry in known.waiting
        if entry.amount == line.amount
        and entry.account_id == line.account_id
        and -_CHEQUE_EARLY <= line.day - entry.day <= _CHEQUE_LATE
    ]
    numbers = {number.lstrip("0") for number in re.findall(r"\d+", line.description)}
    numbered = [entry for entry in fitting if entry.cheque_no.lstrip("0") in numbers - {""}]
    for entry in sorted(fitting, key=lambda one: (one not in numbered, one.day)):
        only = len(fitting) == 1 and rivals == 1
        another_cheque = bool(entry.cheque_no and numbers) and entry not in numbered
        certain = entry in numbered or (only and not another_cheque)
        yield Proposal(
            line.id,
            ProposalKind.WAITING,
            certain,
            entry.payee,
            entry.method,
            (),
            entry.id,
            None,
            _("It was in the cash book from {day} and not yet on a statement.").format(
                day=long_date(entry.day)
            ),
        )


# ── bills ────────────────────────────────────────────────────────────────────────────


def _bills_owed(line: StatementLine, known: Known) -> Iterator[Proposal]:
    """Offer the bills of whoever the line names, and any bill of exactly this amount."""
    paid = -line.amount
    near = [
        one
        for one in known.owed
        if -_BILL_EARLY <= line.day - one.commitment.incurred_on <= _BILL_LATE
    ]
    named = [one for one in near if _names_payee(line.description, one)]
    exact = next((group for group in _groups(named, line.day) if _sum(group) == paid), None)
    if exact is not None:
        yield _settling(line, exact, True, _("It pays what was owed to {payee}, to the penny."))
        return
    others = [one for one in near if one not in named and one.outstanding == paid]
    if len(others) == 1:
        yield _settling(line, others, False, _("It is exactly what was owed to {payee}."))
    positive = [one for one in named if one.outstanding > NOTHING]
    if positive:
        nearest = min(positive, key=lambda one: abs(_day_of(one) - line.day))
        difference = paid - nearest.outstanding
        why = (
            _("It names {payee}, and is {difference} more than was owed.")
            if difference > NOTHING
            else _("It names {payee}, and is {difference} less than was owed.")
        )
        part = Part(CATEGORY_OF[nearest.commitment.kind], line.amount, None, nearest.commitment.id)
        yield Proposal(
            line.id,
            ProposalKind.COMMITMENT,
            False,
            nearest.commitment.payee,
            method_of(line.description),
            (part,),
            None,
            None,
            why.format(payee=nearest.commitment.payee, difference=abs(difference)),
        )


def _settling(line: StatementLine, group: Sequence[Owed], certain: bool, why: str) -> Proposal:
    """Propose that a line settles bills; what was overpaid before is set off as its own part."""
    payee = group[0].commitment.payee
    parts = tuple(
        Part(CATEGORY_OF[one.commitment.kind], -one.outstanding, None, one.commitment.id)
        for one in group
    )
    return Proposal(
        line.id,
        ProposalKind.COMMITMENT,
        certain,
        payee,
        method_of(line.description),
        parts,
        None,
        None,
        why.format(payee=payee),
    )


def _groups(named: Sequence[Owed], day: date) -> Iterator[Sequence[Owed]]:
    """Yield the bills, alone and together, that one payment might settle.

    Somebody's last wages with their redundancy pay; then one bill, the nearest first; then one
    bill less what was overpaid before; then the oldest two, three and so on, as a tax quarter is
    paid.
    """
    for one in named:
        if one.commitment.kind is CommitmentKind.REDUNDANCY:
            yield from ([wages, one] for wages in named if _paid_with(wages, one))
    by_payee: dict[tuple[str, CommitmentKind], list[Owed]] = {}
    for one in named:
        by_payee.setdefault((one.commitment.payee, one.commitment.kind), []).append(one)
    for together in by_payee.values():
        together.sort(key=lambda one: one.commitment.incurred_on)
        nearest = sorted(together, key=lambda one: abs(_day_of(one) - day))
        overpaid = [one for one in together if one.outstanding < NOTHING]
        bills = [one for one in nearest if one.outstanding > NOTHING]
        yield from ([one] for one in bills)
        if overpaid:
            yield from ([one, *overpaid] for one in bills)
        yield from list(accumulate(([one] for one in together), lambda some, more: some + more))[1:]


def _paid_with(wages: Owed, redundancy: Owed) -> bool:
    """Whether wages and redundancy pay are on one payslip."""
    ours, theirs = wages.commitment, redundancy.commitment
    return (
        ours.kind is CommitmentKind.WAGES
        and ours.pay_run_id == theirs.pay_run_id
        and ours.employment_id == theirs.employment_id
    )


def _sum(group: Iterable[Owed]) -> Money:
    return Money.total(one.outstanding for one in group)


def _day_of(one: Owed) -> date:
    """Return the day a bill is likeliest paid on."""
    return one.commitment.due or one.commitment.incurred_on


def _names_payee(description: str, one: Owed) -> bool:
    plain = wording(description)
    match one.commitment.kind:
        case CommitmentKind.HMRC:
            return bool(re.search(r"\b(HMRC|HM REVENUE|REVENUE AND CUSTOMS|PAYE)\b", plain))
        case CommitmentKind.PENSION:
            return "PENSION" in plain or _names(plain, one.commitment.payee)
        case _:
            return _names(plain, one.commitment.payee)


def _names(plain: str, name: str) -> bool:
    """Whether a description has a word of a name in it."""
    return bool(_telling(name) & set(plain.split()))


def _telling(name: str) -> set[str]:
    """Return the words of a name that tell it from others."""
    return {word for word in wording(name).split() if len(word) > 1} - _SMALL_WORDS


# ── payslips of a bureau, invoices ───────────────────────────────────────────────────


def _net_pay(line: StatementLine, known: Known) -> Iterator[Proposal]:
    for one in known.payslips:
        if one.amount == -line.amount and abs(line.day - one.day) <= _EARLY:
            yield _simple(
                line,
                ProposalKind.PAYSLIP,
                _("It is the net pay of {assistant}'s payslip of {day}.").format(
                    assistant=one.assistant, day=long_date(one.day)
                ),
                payee=_as_name(line.description),
                category="pay.net_wages",
            )
            return


def _invoices(line: StatementLine, known: Known) -> Iterator[Proposal]:
    """Offer an invoice of this amount: of whoever the line names, or for a cheque of anybody."""
    by_cheque = method_of(line.description) is Method.CHEQUE
    for bill in known.bills:
        if bill.amount == -line.amount and (
            by_cheque or _names(wording(line.description), bill.provider)
        ):
            usual = [one.category for one in known.before if one.payee == bill.provider]
            guess = known.words.category(f"{line.description} {bill.provider}", line.amount)
            plain = "care.day_service" if bill.by_session else "care.agency"
            yield _simple(
                line,
                ProposalKind.INVOICE,
                _("It could pay invoice {reference} of {provider}, to the penny.").format(
                    reference=bill.reference, provider=bill.provider
                ),
                payee=bill.provider,
                category=usual[-1] if usual else guess or plain,
            )
            return


# ── money in ─────────────────────────────────────────────────────────────────────────


def _from_funders(line: StatementLine, known: Known) -> Iterator[Proposal]:
    """Offer what funders should pay, and the person pay in, about this day."""
    near = [one for one in known.expected if -_EARLY <= line.day - one.day <= _LATE]
    near.sort(key=lambda one: abs(one.day - line.day))
    exact = [one for one in near if one.amount == line.amount]
    said = [one for one in exact if _says_so(line, one, known)]
    if exact:
        alike = {(one.funder_id, one.kind == CONTRIBUTION) for one in said}
        yield _expected(line, (said or exact)[0], known, certain=len(alike) == 1)
        return
    named = [one for one in near if one.kind != CONTRIBUTION and _says_so(line, one, known)]
    for one in named[:1]:
        yield _expected(line, one, known, certain=False)


def _says_so(line: StatementLine, one: Expected, known: Known) -> bool:
    """Whether the bank's words fit: they name the funder, or say it is the person's own money."""
    said = set(wording(line.description).split())
    if one.kind == CONTRIBUTION:
        return bool(said & _OWN_MONEY) or any(
            before.description == wording(line.description)
            and before.category.endswith(CONTRIBUTION)
            for before in known.before
        )
    funder = known.funders.get(one.funder_id or 0)
    return funder is not None and bool(_telling(funder.name) & said) and not said & _OWN_MONEY


def _expected(line: StatementLine, one: Expected, known: Known, *, certain: bool) -> Proposal:
    funder = known.funders.get(one.funder_id or 0)
    kind = funder.kind if funder is not None else FunderKind.LOCAL_AUTHORITY
    if one.kind == CONTRIBUTION:
        category = "inc.ilf_contribution" if kind is FunderKind.ILF else "inc.contribution"
        why = _("The contribution of {amount} was due on {day}.")
    else:
        category = _INCOME_FROM[kind]
        if kind is FunderKind.LOCAL_AUTHORITY and one.kind != ExpectedKind.REGULAR:
            category = "inc.council_oneoff"
        why = _("A payment of {amount} was expected on {day}.")
    return Proposal(
        line.id,
        ProposalKind.CONTRIBUTION if one.kind == CONTRIBUTION else ProposalKind.EXPECTED,
        certain,
        _("Own account") if one.kind == CONTRIBUTION or funder is None else funder.name,
        method_of(line.description),
        (Part(category, line.amount, one.funder_id),),
        None,
        None,
        why.format(amount=one.amount, day=long_date(one.day)),
    )


def _refunds(line: StatementLine, known: Known) -> Iterator[Proposal]:
    """Offer the newest cost from the same name that money back could reduce."""
    plain = wording(line.description)
    for before in reversed(known.before):
        if (
            before.amount <= -line.amount
            and timedelta(0) <= line.day - before.day <= _REFUND_WITHIN
            and not before.category.startswith(("pay.", "xfer."))
            and _names(plain, before.payee)
        ):
            yield Proposal(
                line.id,
                ProposalKind.REFUND,
                False,
                before.payee,
                method_of(line.description),
                (Part("inc.supplier_refund", line.amount),),
                None,
                before.entry_id,
                _("{payee} was paid {amount} on {day}; this could be money back.").format(
                    payee=before.payee, amount=-before.amount, day=long_date(before.day)
                ),
            )
            return


# ── as before, and in general ────────────────────────────────────────────────────────


def _as_before(line: StatementLine, known: Known) -> Iterator[Proposal]:
    """Offer what the same description was coded as the last time."""
    plain = wording(line.description)
    alike = [
        one
        for one in known.before
        if plain and one.description == plain and (one.amount > NOTHING) == (line.amount > NOTHING)
    ]
    if not alike:
        return
    last = alike[-1]
    same = [one for one in alike[-2:] if (one.category, one.amount) == (last.category, line.amount)]
    certain = len(same) == 2 and not last.category.startswith(("pay.", "inc.", "xfer."))
    yield replace(
        _simple(
            line,
            ProposalKind.BEFORE,
            _("The same description was for this on {day}.").format(day=long_date(last.day)),
            payee=last.payee,
            category=last.category,
            funder_id=last.funder_id,
        ),
        certain=certain,
    )


def _simple(
    line: StatementLine,
    kind: ProposalKind,
    why: str,
    *,
    payee: str,
    category: str,
    funder_id: int | None = None,
) -> Proposal:
    return Proposal(
        line.id,
        kind,
        False,
        payee,
        method_of(line.description),
        (Part(category, line.amount, funder_id),),
        None,
        None,
        why,
    )


def _as_name(description: str) -> str:
    """Write the bank's capitals as a name."""
    return description.title() if description.isupper() else description


def method_of(description: str) -> Method:
    """Say how money probably moved, from the bank's words."""
    said = set(wording(description).split())
    for words, method in (
        ({"CHQ", "CHEQUE"}, Method.CHEQUE),
        ({"STO", "SO", "STANDING"}, Method.STANDING_ORDER),
        ({"DD", "DIRECT"}, Method.DIRECT_DEBIT),
        ({"CASH", "ATM", "CASHPOINT"}, Method.CASH),
        ({"CARD", "VISA", "CONTACTLESS"}, Method.CARD),
    ):
        if said & words:
            return method
    return Method.BACS
