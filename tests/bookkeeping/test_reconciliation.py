"""What a line of the bank's is for, and how sure the program may be of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dpemployer.bookkeeping.accounts import StatementLine
from dpemployer.bookkeeping.awards import (
    CONTRIBUTION,
    Expected,
    ExpectedKind,
    Funder,
    FunderKind,
)
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind, Owed
from dpemployer.bookkeeping.ledger import LedgerEntry, Method
from dpemployer.bookkeeping.reconciliation import (
    Bill,
    CodingWords,
    Known,
    NetPay,
    PaidBefore,
    Proposal,
    ProposalKind,
    method_of,
    propose,
)
from dpemployer.bookkeeping.statement_merge import wording
from dpemployer.data_files import read_text
from dpemployer.money import NOTHING, Money

WORDS = CodingWords.parse(read_text("bookkeeping/words.toml"))
DAY = date(2026, 7, 31)
COUNCIL = Funder(1, "rbc", "Riverton Borough Council", FunderKind.LOCAL_AUTHORITY)
ILF = Funder(2, "ilf", "Independent Living Fund", FunderKind.ILF)


def line(words: str, amount: int, *, number: int = 1, day: date = DAY) -> StatementLine:
    return StatementLine(number, 1, 1, day, number, words, Money(amount))


def known(**facts: object) -> Known:
    return replace(Known(WORDS, {1: COUNCIL, 2: ILF}), **facts)  # type: ignore[arg-type] # a test's own


def offers(one: StatementLine, what: Known) -> tuple[Proposal, ...]:
    return propose([one], what)[one.id]


def first(one: StatementLine, what: Known) -> Proposal:
    return offers(one, what)[0]


def entry(amount: int, *, number: int = 5, days: int = 3, cheque: str = "") -> LedgerEntry:
    return LedgerEntry(
        number, 1, DAY - timedelta(days=days), Money(amount), "Club", Method.CHEQUE, cheque
    )


def bill(
    number: int,
    amount: int,
    *,
    kind: CommitmentKind = CommitmentKind.WAGES,
    payee: str = "Amina Yusuf",
    days: int = 4,
    settled: int = 0,
) -> Owed:
    earned = DAY - timedelta(days=days)
    return Owed(Commitment(number, kind, payee, Money(amount), earned), Money(settled))


# ── cheques on their way ─────────────────────────────────────────────────────────────


def test_a_cheque_is_known_by_its_number() -> None:
    found = first(
        line("CHQ 000118", -8750),
        known(waiting=[entry(-8750, number=4, cheque="000117"), entry(-8750, cheque="118")]),
    )

    assert (found.kind, found.entry_id, found.certain) == (ProposalKind.WAITING, 5, True)
    assert found.parts == ()


def test_the_only_payment_of_an_amount_that_waits_is_certain() -> None:
    assert first(line("CLUB", -8750), known(waiting=[entry(-8750)])).certain


def test_a_cheque_with_another_number_is_not_certain() -> None:
    found = first(line("CHQ 000119", -8750), known(waiting=[entry(-8750, cheque="000118")]))

    assert (found.entry_id, found.certain) == (5, False)


def test_two_that_wait_for_the_same_amount_are_not_certain() -> None:
    found = offers(line("X", -8750), known(waiting=[entry(-8750), entry(-8750, number=6, days=9)]))

    assert [(one.entry_id, one.certain) for one in found] == [(6, False), (5, False)]


def test_two_lines_of_the_same_amount_make_one_cheque_uncertain() -> None:
    lines = [line("A", -8750), line("B", -8750, number=2)]

    assert not propose(lines, known(waiting=[entry(-8750)]))[1][0].certain


@pytest.mark.parametrize("days", [-5, 191])
def test_a_cheque_is_not_presented_before_it_is_written_or_after_half_a_year(days: int) -> None:
    assert offers(line("X", -8750), known(waiting=[entry(-8750, days=days)])) == ()


def test_what_a_certain_line_uses_up_is_not_offered_again() -> None:
    lines = [line("CHQ 118", -8750), line("CHQ 119", -8750, number=2)]
    waiting = [entry(-8750, cheque="118"), entry(-8750, number=6, cheque="119")]
    found = propose(lines, known(waiting=waiting))

    assert [found[number][0].entry_id for number in (1, 2)] == [5, 6]


# ── bills ────────────────────────────────────────────────────────────────────────────


def test_wages_are_settled_to_the_penny_by_name() -> None:
    found = first(line("AMINA Y.", -122371), known(owed=[bill(3, 122371)]))

    assert (found.kind, found.certain, found.payee) == (
        ProposalKind.COMMITMENT,
        True,
        "Amina Yusuf",
    )
    assert [(part.category, part.amount.pence, part.commitment_id) for part in found.parts] == [
        ("pay.net_wages", -122371, 3)
    ]


def test_one_payment_settles_the_last_wages_and_redundancy_pay() -> None:
    def owed(number: int, kind: CommitmentKind, amount: int, run: int, who: int) -> Owed:
        one = bill(number, amount, kind=kind)
        return replace(one, commitment=replace(one.commitment, pay_run_id=run, employment_id=who))

    bills = (
        owed(1, CommitmentKind.WAGES, 20_000, 7, 1),
        owed(2, CommitmentKind.WAGES, 31_000, 8, 1),
        owed(3, CommitmentKind.WAGES, 31_000, 8, 2),
        owed(4, CommitmentKind.REDUNDANCY, 277_200, 8, 1),
    )
    payee = bills[0].commitment.payee

    together = first(line(f"FPO {payee}", -308_200), known(owed=bills))
    apart = first(line(f"FPO {payee}", -277_200), known(owed=bills))

    assert together.certain
    assert [(part.category, part.amount.pence) for part in together.parts] == [
        ("pay.net_wages", -31_000),
        ("pay.redundancy", -277_200),
    ]
    assert [part.commitment_id for part in together.parts] == [2, 4]
    assert [part.category for part in apart.parts] == ["pay.redundancy"]


def test_the_same_wage_each_week_settles_the_week_that_is_due() -> None:
    owed = [bill(3, 500, days=25), bill(4, 500, days=4), bill(5, 500, days=11)]

    assert first(line("AMINA", -500), known(owed=owed)).parts[0].commitment_id == 4


def test_two_equal_wages_on_one_day_settle_two_bills() -> None:
    lines = [line("AMINA", -500), line("AMINA", -500, number=2)]
    found = propose(lines, known(owed=[bill(3, 500, days=4), bill(4, 500, days=11)]))

    assert [found[number][0].parts[0].commitment_id for number in (1, 2)] == [3, 4]
    assert all(found[number][0].certain for number in (1, 2))


def test_a_tax_quarter_settles_its_three_months() -> None:
    months = [
        bill(number, amount, kind=CommitmentKind.HMRC, payee="HMRC", days=days)
        for number, amount, days in ((3, 100, 90), (4, 200, 60), (5, 300, 30))
    ]
    found = first(line("HMRC CUMBERNAULD", -600), known(owed=months))

    assert found.certain
    assert [part.commitment_id for part in found.parts] == [3, 4, 5]


def test_twenty_pounds_too_much_and_then_twenty_less() -> None:
    owed = [bill(3, 50000, days=4)]
    over = first(line("AMINA", -52000), known(owed=owed))

    assert not over.certain
    assert "£20.00 more" in over.why
    assert [(part.amount.pence, part.commitment_id) for part in over.parts] == [(-52000, 3)]

    after = [bill(3, 50000, days=11, settled=52000), bill(4, 50000, days=4)]
    under = first(line("AMINA", -48000), known(owed=after))

    assert under.certain
    assert [(part.amount.pence, part.commitment_id) for part in under.parts] == [
        (-50000, 4),
        (2000, 3),
    ]


def test_less_than_was_owed_is_said() -> None:
    assert "£1.00 less" in first(line("AMINA", -400), known(owed=[bill(3, 500)])).why


def test_an_amount_alone_is_a_guess() -> None:
    found = first(line("FASTER PAYMENT 77", -500), known(owed=[bill(3, 500)]))

    assert not found.certain
    assert "exactly" in found.why


def test_an_amount_two_bills_share_says_nothing() -> None:
    owed = [bill(3, 500), bill(4, 500, payee="Joe Park")]

    assert offers(line("FASTER PAYMENT 77", -500), known(owed=owed)) == ()


def test_nothing_is_offered_to_somebody_who_was_only_overpaid() -> None:
    assert offers(line("AMINA", -500), known(owed=[bill(3, 500, settled=900)])) == ()


@pytest.mark.parametrize("days", [-8, 101])
def test_a_bill_is_not_paid_long_before_or_after(days: int) -> None:
    assert offers(line("AMINA", -500), known(owed=[bill(3, 500, days=days)])) == ()


def test_a_pension_is_known_by_the_word_or_the_provider() -> None:
    owed = [bill(3, 6249, kind=CommitmentKind.PENSION, payee="Nest Corporation")]

    assert first(line("PENSION PROVIDER", -6249), known(owed=owed)).certain
    assert first(line("NEST DD", -6249), known(owed=owed)).certain


# ── payslips of a bureau, invoices ───────────────────────────────────────────────────


def test_the_net_pay_of_a_bureaus_payslip_is_recognised() -> None:
    found = first(line("AMINA Y.", -500), known(payslips=[NetPay("A", DAY, Money(500))]))

    assert (found.kind, found.certain) == (ProposalKind.PAYSLIP, False)
    assert found.payee == "Amina Y."
    far = NetPay("A", DAY - timedelta(days=30), Money(500))
    assert offers(line("AMINA Y.", -500), known(payslips=[far])) == ()


@pytest.mark.parametrize(
    ("words", "provider", "by_session", "category"),
    [
        ("KESTREL HOMECARE", "Kestrel Homecare", False, "care.agency"),
        ("THE OLD MILL", "The Old Mill", True, "care.day_service"),
        ("T MARSH", "T Marsh Support", False, "care.agency"),
        ("CHQ 000119", "T Marsh Support", False, "care.agency"),
    ],
)
def test_an_invoice_is_paid_by_name_or_by_cheque(
    words: str, provider: str, by_session: bool, category: str
) -> None:
    bills = [Bill(provider, "INV-1", DAY, Money(500), by_session)]
    found = first(line(words, -500), known(bills=bills))

    assert (found.kind, found.parts[0].category) == (ProposalKind.INVOICE, category)
    assert found.payee == provider


def test_an_invoice_is_for_what_its_provider_was_paid_for_before() -> None:
    before = [paid("T Marsh Support", -900, "care.self_employed", days=30)]
    bills = [Bill("T Marsh Support", "2", DAY, Money(500))]
    found = first(line("MARSH", -500), known(bills=bills, before=before))

    assert found.parts[0].category == "care.self_employed"


def test_an_invoice_of_somebody_else_is_not_offered() -> None:
    assert offers(line("FLOWERS", -500), known(bills=[Bill("Mill", "1", DAY, Money(500))])) == ()


# ── money in ─────────────────────────────────────────────────────────────────────────


def due(
    amount: int, *, funder: int | None = 1, kind: str = ExpectedKind.REGULAR, days: int = 2
) -> Expected:
    return Expected(funder, DAY - timedelta(days=days), Money(amount), kind)


def test_the_councils_payment_is_recognised_by_amount_and_name() -> None:
    found = first(line("RIVERTON BC DP 4WKLY", 227500), known(expected=[due(227500)]))

    assert (found.kind, found.certain) == (ProposalKind.EXPECTED, True)
    assert (found.parts[0].category, found.parts[0].funder_id) == ("inc.council_regular", 1)


def test_an_amount_without_the_name_is_a_guess() -> None:
    assert not first(line("BACS 7", 227500), known(expected=[due(227500)])).certain


def test_the_name_with_another_amount_is_a_guess_for_the_nearest() -> None:
    expected = [due(129320, days=14), due(9940, kind=ExpectedKind.RATE_ADJUSTMENT)]
    found = first(line("RIVERTON DP ADJ", 7455), known(expected=expected))

    assert not found.certain
    assert found.parts[0].category == "inc.council_oneoff"


@pytest.mark.parametrize(
    ("kind", "category"),
    [
        (FunderKind.ILF, "inc.ilf"),
        (FunderKind.NHS, "inc.nhs_phb"),
        (FunderKind.OTHER, "inc.other_funder"),
    ],
)
def test_each_kind_of_funder_has_its_own_income(kind: FunderKind, category: str) -> None:
    funder = replace(ILF, kind=kind)
    what = known(funders={2: funder}, expected=[due(71520, funder=2)])

    assert first(line("INDEPENDENT LIVING", 71520), what).parts[0].category == category


@pytest.mark.parametrize("days", [-11, 46])
def test_a_payment_is_not_looked_for_long_before_or_after(days: int) -> None:
    expected = [due(227500, days=days)]

    assert all(
        one.kind is not ProposalKind.EXPECTED
        for one in offers(line("RIVERTON", 227500), known(expected=expected))
    )


def test_contributions_are_the_persons_own_words() -> None:
    expected = [due(7125, kind=CONTRIBUTION), due(3840, kind=CONTRIBUTION, funder=2)]
    own = first(line("STO CONTRIBUTION", 7125), known(expected=expected))
    to_ilf = first(line("ILF MY SHARE", 3840), known(expected=expected))

    assert (own.kind, own.certain, own.parts[0].category) == (
        ProposalKind.CONTRIBUTION,
        True,
        "inc.contribution",
    )
    assert (to_ilf.certain, to_ilf.parts[0].category) == (True, "inc.ilf_contribution")


def test_a_contribution_is_known_by_how_it_came_before() -> None:
    before = [paid("Own account", 7125, "inc.contribution", words="A PATEL")]
    what = known(expected=[due(7125, kind=CONTRIBUTION, funder=None)], before=before)

    assert first(line("A PATEL", 7125), what).certain
    assert not first(line("B PATEL", 7125), what).certain


def test_the_same_amount_expected_from_two_is_not_certain() -> None:
    expected = [due(500), due(500, funder=2)]

    assert not first(line("RIVERTON AND LIVING", 500), known(expected=expected)).certain
    assert first(line("RIVERTON", 500), known(expected=expected)).certain


def test_each_expected_payment_is_used_once() -> None:
    lines = [line("RIVERTON", 500), line("RIVERTON", 500, number=2)]
    found = propose(lines, known(expected=[due(500)]))

    assert found[1][0].certain
    assert not any(one.kind is ProposalKind.EXPECTED for one in found[2])


def test_a_contribution_used_once_leaves_the_award_of_the_same_amount() -> None:
    lines = [line("STO SHARE", 500), line("RIVERTON", 500, number=2)]
    found = propose(lines, known(expected=[due(500, kind=CONTRIBUTION), due(500)]))

    assert [found[number][0].kind for number in (1, 2)] == [
        ProposalKind.CONTRIBUTION,
        ProposalKind.EXPECTED,
    ]
    assert all(found[number][0].certain for number in (1, 2))


# ── money back, as before, words ─────────────────────────────────────────────────────


def paid(
    payee: str, amount: int, category: str, *, words: str = "", days: int = 14, number: int = 9
) -> PaidBefore:
    return PaidBefore(
        number, DAY - timedelta(days=days), payee, Money(amount), category, None, wording(words)
    )


def test_money_from_somebody_who_was_paid_may_be_money_back() -> None:
    before = [paid("Home aids shop", -3499, "plan.equipment")]
    found = first(line("HOME AIDS SHOP", 3499), known(before=before))

    assert (found.kind, found.refund_of_id, found.certain) == (ProposalKind.REFUND, 9, False)
    assert found.parts[0].category == "inc.supplier_refund"


@pytest.mark.parametrize(
    "before",
    [
        paid("Home aids shop", -100, "plan.equipment"),
        paid("Home aids shop", -3499, "plan.equipment", days=200),
        paid("Home aids shop", -3499, "pay.net_wages"),
        paid("Corner shop", -3499, "plan.equipment"),
    ],
    ids=["less", "long ago", "wages", "another"],
)
def test_money_back_is_for_something_paid_lately(before: PaidBefore) -> None:
    found = offers(line("HOME AIDS", 3499), known(before=[before]))

    assert all(one.kind is not ProposalKind.REFUND for one in found)


def test_the_same_description_is_for_the_same_again() -> None:
    once = [paid("Bureau", -1350, "emp.payroll_fee", words="BUREAU 01")]
    twice = [*once, paid("Bureau", -1350, "emp.payroll_fee", words="BUREAU 02")]

    assert [
        first(line("BUREAU 03", -1350), known(before=some)).certain for some in (once, twice)
    ] == [
        False,
        True,
    ]
    assert not first(line("BUREAU 03", -1400), known(before=twice)).certain
    assert first(line("BUREAU 03", -1350), known(before=twice)).kind is ProposalKind.BEFORE


def test_wages_are_never_certain_only_because_they_were_paid_before() -> None:
    before = [paid("Amina", -500, "pay.net_wages", words="AMINA")] * 2

    assert not first(line("AMINA", -500), known(before=before)).certain
    assert offers(line("AMINA", 500), known(before=before)) == ()
    assert offers(line("12345", -500), known(before=before)) == ()


@pytest.mark.parametrize(
    ("words", "amount", "category"),
    [
        ("CREDIT INTEREST", 186, "inc.interest"),
        ("HMRC PAYE", -500, "pay.hmrc"),
        ("HMRC NDDS", 500, "inc.hmrc_refund"),
        ("CASH 14OCT", -4000, "xfer.cash_drawn"),
        ("PAYROLL BUREAU", -900, "emp.payroll_fee"),
        ("CASHMERE LTD", -900, ""),
    ],
)
def test_words_say_what_it_may_be(words: str, amount: int, category: str) -> None:
    assert WORDS.category(words, Money(amount)) == category
    found = offers(line(words, amount), known())
    assert [one.parts[0].category for one in found] == ([category] if category else [])


def test_words_of_another_schema_are_a_mistake_of_ours() -> None:
    text = read_text("bookkeeping/words.toml").replace("words/1", "words/9")
    with pytest.raises(ValueError, match="words/9"):
        CodingWords.parse(text)


@pytest.mark.parametrize(
    ("words", "method"),
    [
        ("CHQ 118", Method.CHEQUE),
        ("STO MY SHARE", Method.STANDING_ORDER),
        ("DD NEST", Method.DIRECT_DEBIT),
        ("ATM HIGH ST", Method.CASH),
        ("VISA SHOP", Method.CARD),
        ("AMINA", Method.BACS),
    ],
)
def test_words_say_how_it_moved(words: str, method: Method) -> None:
    assert method_of(words) is method


def test_a_mixed_case_description_is_left_as_it_is() -> None:
    found = first(line("Payroll bureau", -900), known())

    assert found.payee == "Payroll bureau"
    assert Money.total(part.amount for part in found.parts) + Money(900) == NOTHING
