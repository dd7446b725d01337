"""Orders, advances and fixed deductions in a real book: taken, stored, owed, reversed, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bank_days import Nation
from dpemployer.bookkeeping.accounts import Account, AccountKind, StatementLine
from dpemployer.bookkeeping.commitments import Owed
from dpemployer.bookkeeping.ledger import LedgerEntry, Method, Split
from dpemployer.clock import today
from dpemployer.errors import EntryError, RefusedError
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deduction_terms import (
    DeductionLine,
    OrderKind,
    OwedBackKind,
    StandingStatement,
    StatedDeduction,
)
from dpemployer.payroll.household import OpeningHousehold, Party, Role
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.periods import TaxYear
from dpemployer.services.checks import Checks
from dpemployer.services.deduction_papers import DeductionPapers
from dpemployer.services.deductions import PayDeductions
from dpemployer.services.rows import CommitmentKind
from tests.bookkeeping.test_reconciliation import first, known
from tests.builders import MONDAY
from tests.documents.reading import ReadBack
from tests.payroll.test_deductions import a_debt, a_fixed, an_order

if TYPE_CHECKING:
    from dpemployer.services.deduction_rows import DeductionsState
    from tests.services.household import Household

CAME = date(2026, 5, 1)
LATER = date(2026, 6, 30)


def words_of(pdf: bytes) -> str:
    return ReadBack.of(pdf).text


WEEK = timedelta(weeks=1)


@pytest.fixture
def deductions(household: Household) -> PayDeductions:
    return PayDeductions(household.book)


@pytest.fixture
def papers(household: Household) -> DeductionPapers:
    return DeductionPapers(household.book)


@pytest.fixture
def ada(household: Household) -> int:
    """Somebody with thirty hours in each of two weeks."""
    employment_id = household.take_on()
    household.hours(employment_id)
    household.hours(employment_id, MONDAY + WEEK)
    return employment_id


def ordered(employment_id: int, **said: Any) -> Any:
    return an_order(id=0, employment_id=employment_id, **said)


def of(deductions: PayDeductions, employment_id: int) -> DeductionsState:
    return deductions.state(employment_id, date(2026, 6, 30))


def test_what_an_order_takes_is_stored_and_owed_to_its_maker(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(ordered(ada, charge=True, charge_told_on=CAME))

    household.pay(ada)

    (slip,) = household.slips(ada)
    assert slip.other_deductions == Money(51_00)
    (owed,) = household.owed(CommitmentKind.DEDUCTION)
    # The 19th of July is a Sunday, so the money is sent by the Friday before.
    assert (owed.payee, owed.amount, owed.due) == (
        "Child Maintenance Service",
        Money(50_00),
        date(2026, 7, 17),
    )
    assert owed.note == "123"
    (row,) = of(deductions, ada).orders
    assert (row.taken, row.carried, row.left, row.in_force) == (Money(50_00), NOTHING, None, True)


def test_a_pay_run_shows_each_deduction_and_how_it_was_worked_out(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(ordered(ada))
    deductions.set_owed_back(a_debt(id=0, employment_id=ada))
    run = household.draft(ada)

    (row,) = household.pay_runs.preview(run).payslips
    shown = [(one.key, one.label, one.amount.pence) for one in row.figures]
    explained = household.pay_runs.explain(run, ada, "taken:1")

    assert ("taken:0", "Child maintenance order, Child Maintenance Service", 50_00) in shown
    assert ("taken:1", "Advance of pay paid back", 40_00) in shown
    assert ("other_deductions", "Other deductions together", 90_00) in shown
    assert (explained.label, explained.amount) == ("Advance of pay paid back", Money(40_00))
    assert [step.rule for step in explained.steps] == ["deduction.agreed"]


def test_money_without_a_day_is_owed_on_the_payday(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(ordered(ada, kind=OrderKind.CTAEO, issuer="Leeds", nation=Nation.ENGLAND))
    deductions.set_fixed(a_fixed(id=0, employment_id=ada, payee="The union"))

    household.pay(ada)

    owed = household.owed(CommitmentKind.DEDUCTION)
    # 17% of £383.68 is £65.2256
    assert [(one.payee, one.amount.pence, one.due) for one in owed] == [
        ("Leeds", 65_23, date(2026, 6, 12)),
        ("The union", 3_50, date(2026, 6, 12)),
    ]


def test_what_is_carried_is_taken_on_the_next_payday_and_a_reversal_undoes_it(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(ordered(ada, normal=Money(160_00)))

    first = household.pay(ada)
    assert of(deductions, ada).orders[0].carried == Money(6_53)
    household.pay(ada, MONDAY + WEEK)
    assert of(deductions, ada).orders[0].carried == Money(13_06)

    household.pay_runs.correct(first.pay_run_id, "The wrong week")

    (row,) = of(deductions, ada).orders
    assert (row.taken, row.carried) == (Money(153_47), Money(6_53))
    owed = household.owed(CommitmentKind.DEDUCTION)
    assert Money.total(one.amount for one in owed) == Money(153_47)
    household.pay(ada)
    assert of(deductions, ada).orders[0].carried == Money(13_06)
    with household.book.read() as reading:
        lines = reading.find(DeductionLine)
    assert Money.total(line.amount for line in lines) == Money(306_94)


def test_working_a_payslip_out_again_leaves_its_own_lines_out(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(ordered(ada, total=Money(60_00)))
    deductions.set_owed_back(a_debt(id=0, employment_id=ada))
    household.pay(ada)
    household.pay(ada, MONDAY + WEEK)

    assert [slip.other_deductions for slip in household.slips(ada)] == [
        Money(90_00),
        Money(50_00),
    ]
    assert household.pay_runs.differences(TaxYear(2026), ada) == ()


def test_an_advance_is_owed_until_it_is_paid_out_and_comes_back_from_pay(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    owed_id = deductions.set_owed_back(a_debt(id=0, employment_id=ada))

    (bill,) = household.owed(CommitmentKind.ADVANCE)
    assert (bill.payee, bill.amount, bill.due) == ("Ada Keane", Money(100_00), CAME)
    household.pay(ada)
    (row,) = of(deductions, ada).owed_back
    assert (row.name, row.taken, row.left, row.in_force) == (
        "Advance of pay",
        Money(40_00),
        Money(60_00),
        True,
    )

    deductions.set_owed_back(replace(row.owed, amount=Money(80_00)))
    (bill,) = household.owed(CommitmentKind.ADVANCE)
    assert bill.amount == Money(80_00)
    household.pay(ada, MONDAY + WEEK)
    (row,) = of(deductions, ada).owed_back
    assert (row.left, row.in_force) == (NOTHING, False)
    with pytest.raises(EntryError, match=r"£80\.00 has been taken already"):
        deductions.set_owed_back(replace(row.owed, amount=Money(79_00)))
    deductions.stop_owed_back(owed_id, date(2026, 6, 30))
    assert of(deductions, ada).owed_back[0].owed.stopped_on == date(2026, 6, 30)


def test_an_advance_that_was_paid_out_keeps_its_amount(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_owed_back(a_debt(id=0, employment_id=ada))
    (row,) = of(deductions, ada).owed_back
    (bill,) = household.owed(CommitmentKind.ADVANCE)
    _paid(household, bill.id, Money(100_00))

    deductions.set_owed_back(replace(row.owed, instalment=Money(20_00)))
    with pytest.raises(RefusedError, match="paid out already"):
        deductions.set_owed_back(replace(row.owed, amount=Money(120_00)))


def _paid(household: Household, commitment_id: int, amount: Money) -> None:
    with household.book.change("Paid") as tx:
        account = tx.add(Account(0, "main", "Current account", AccountKind.BANK, CAME, NOTHING))
        entry = tx.add(LedgerEntry(0, account, CAME, -amount, "Ada Keane", Method.BACS))
        tx.add(Split(0, entry, "pay.net_wages", -amount, commitment_id=commitment_id))


def test_an_overpayment_and_an_advance_from_before_the_book_leave_no_bill(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    household.opening.set_household(OpeningHousehold(0, date(2026, 5, 31), "The last payslips"))

    deductions.set_owed_back(a_debt(id=0, employment_id=ada))
    deductions.set_owed_back(
        a_debt(
            id=0,
            employment_id=ada,
            kind=OwedBackKind.OVERPAYMENT,
            agreed_on=None,
            reason="Paid twice",
        )
    )

    assert household.owed(CommitmentKind.ADVANCE) == []
    assert [row.name for row in of(deductions, ada).owed_back] == ["Advance of pay", "Overpayment"]


def test_an_overpayment_that_comes_back_leaves_nothing_owed_either_way(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    # £383.68 was owed, and £463.68 was paid: £80.00 too much.
    household.pay(ada)
    (wages,) = household.owed(CommitmentKind.WAGES)
    _paid(household, wages.id, Money(463_68))
    deductions.set_owed_back(
        a_debt(
            id=0,
            employment_id=ada,
            kind=OwedBackKind.OVERPAYMENT,
            amount=Money(80_00),
            instalment=Money(80_00),
            day=date(2026, 6, 12),
            first_on=date(2026, 6, 13),
            agreed_on=None,
            reason="A slip of the pen",
        )
    )

    run = household.pay(ada, MONDAY + WEEK)

    owed = household.owed(CommitmentKind.WAGES)[1:]
    assert [(one.amount.pence, one.due, one.note) for one in owed] == [
        (303_68, date(2026, 6, 19), ""),
        (80_00, None, "Overpayment paid back from pay"),
    ]
    # 303.68 to pay now, and 80.00 that was overpaid is set off: that is all.
    outstanding = Money.total(one.amount for one in owed) - Money(80_00)
    assert outstanding == Money(303_68)
    household.pay_runs.correct(run.pay_run_id, "Wrong")
    assert Money.total(one.amount for one in household.owed(CommitmentKind.WAGES)[1:]) == NOTHING


def test_orders_and_fixed_deductions_stop(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    order_id = deductions.set_order(ordered(ada))
    fixed_id = deductions.set_fixed(a_fixed(id=0, employment_id=ada))

    deductions.stop_order(order_id, date(2026, 6, 11))
    deductions.stop_fixed(fixed_id, date(2026, 6, 11))
    with pytest.raises(EntryError):
        deductions.stop_order(order_id, date(2026, 4, 30))

    household.pay(ada)
    (slip,) = household.slips(ada)
    assert slip.other_deductions == NOTHING
    assert not of(deductions, ada).orders[0].in_force


def test_a_letter_that_changes_the_amount_leaves_what_was_paid_as_it_was(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    order_id = deductions.set_order(ordered(ada, normal=Money(160_00), total=Money(500_00)))
    household.pay(ada)

    with pytest.raises(EntryError, match="before the order itself"):
        deductions.vary_order(order_id, CAME, Money(20_00), None)
    later_id = deductions.vary_order(order_id, date(2026, 6, 15), Money(20_00), None)
    household.pay(ada, MONDAY + WEEK)

    before, after = of(deductions, ada).orders
    assert (before.taken, before.in_force) == (Money(153_47), False)
    # £20.00 and the £6.53 carried; £346.53 was still to pay
    assert (after.id, after.taken, after.carried, after.left) == (
        later_id,
        Money(26_53),
        NOTHING,
        Money(320_00),
    )
    assert household.pay_runs.differences(TaxYear(2026), ada) == ()


def test_what_was_put_in_by_mistake_is_taken_out_until_a_payslip_went_by_it(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    order_id = deductions.set_order(ordered(ada))
    owed_id = deductions.set_owed_back(a_debt(id=0, employment_id=ada))
    fixed_id = deductions.set_fixed(a_fixed(id=0, employment_id=ada))
    deductions.remove_order(order_id)
    deductions.remove_owed_back(owed_id)
    deductions.remove_fixed(fixed_id)
    assert household.owed(CommitmentKind.ADVANCE) == []
    state = of(deductions, ada)
    assert (state.orders, state.owed_back, state.fixed) == ((), (), ())

    order_id = deductions.set_order(ordered(ada))
    fixed_id = deductions.set_fixed(a_fixed(id=0, employment_id=ada))
    owed_id = deductions.set_owed_back(a_debt(id=0, employment_id=ada, first_on=date(2026, 8, 1)))
    overpaid = a_debt(
        id=0,
        employment_id=ada,
        kind=OwedBackKind.OVERPAYMENT,
        reason="x",
        first_on=date(2026, 8, 1),
    )
    deductions.remove_owed_back(deductions.set_owed_back(overpaid))
    (bill,) = household.owed(CommitmentKind.ADVANCE)
    _paid(household, bill.id, Money(100_00))
    household.pay(ada)
    for take_out, what in (
        (deductions.remove_order, order_id),
        (deductions.remove_fixed, fixed_id),
    ):
        with pytest.raises(RefusedError, match="taken something under this already"):
            take_out(what)
    with pytest.raises(RefusedError, match="paid out already"):
        deductions.remove_owed_back(owed_id)


def test_what_is_in_force_is_looked_at(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    household.scheme()
    deductions.set_order(ordered(ada))
    deductions.set_order(ordered(ada, reference="456"))
    deductions.set_order(ordered(ada, kind=OrderKind.EARNINGS_ARRESTMENT, issuer="Scott & Co"))

    assert [one.code for one in of(deductions, ada).findings] == [
        "orders_of_one_kind",
        "order_of_another_nation",
    ]


def test_the_book_says_when_what_was_taken_does_not_add_up(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(ordered(ada, charge=True, charge_told_on=CAME))
    run = household.draft(ada)
    household.pay_runs.finalise(run)
    assert Checks(household.book).everything() == ()

    with household.book.change("A second line") as tx:
        slip = tx.find(Payslip)[0]
        final = tx.get(PayRun, run)
        draft = tx.add(replace(final, id=0, status=PayRunStatus.DRAFT, finalised_at=None))
        other = tx.add(replace(slip, id=0, pay_run_id=draft))
        (line,) = tx.find(DeductionLine)
        tx.add(replace(line, id=0, payslip_id=other, amount=Money(1)))

    assert [one.code for one in Checks(household.book).everything()] == ["deduction_sum"]


def test_the_bank_finds_what_is_owed_to_the_maker_of_an_order(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(
        ordered(ada, kind=OrderKind.CTAEO, issuer="Leeds City Council", nation=Nation.ENGLAND)
    )
    household.pay(ada)
    (owed,) = household.owed(CommitmentKind.DEDUCTION)
    paid = StatementLine(1, 1, 1, date(2026, 6, 15), 1, "LEEDS CITY COUNCIL CT", Money(-65_23))

    found = first(paid, known(owed=[Owed(owed, NOTHING)]))

    assert found.certain
    assert found.parts[0].category == "pay.deductions"
    assert found.parts[0].commitment_id == owed.id


# ── whom to tell ──


def says(deductions: PayDeductions, on: date) -> list[tuple[str, date | None, bool]]:
    return [(each.says, each.by, each.late) for each in deductions.to_do(on)]


def test_the_maker_is_told_when_pay_is_too_low(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    order_id = deductions.set_order(ordered(ada, normal=Money(160_00)))
    assert says(deductions, date(2026, 6, 11)) == []
    household.pay(ada)

    ((sentence, by, late),) = says(deductions, date(2026, 6, 15))
    assert sentence == (
        "Tell Child Maintenance Service that the pay of Ada Keane on 12 June 2026 was too low for "
        "their order."
    )
    assert (by, late) == (date(2026, 6, 22), False)
    deductions.told_issuer(order_id, date(2026, 6, 15))
    assert says(deductions, date(2026, 6, 16)) == []


def test_a_payday_that_took_everything_asked_for_asks_for_nothing(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(ordered(ada))
    household.pay(ada)

    assert says(deductions, date(2026, 6, 15)) == []


def test_the_maker_is_told_when_somebody_leaves(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    order_id = deductions.set_order(ordered(ada))
    paid_up = deductions.set_order(ordered(ada, reference="paid", total=Money(1)))
    household.pay(ada)
    household.pay(ada, MONDAY + WEEK)
    household.people.end_employment(ada, date(2026, 6, 14))

    ((sentence, by, late),) = says(deductions, date(2026, 6, 30))
    assert sentence == (
        "Tell Child Maintenance Service that Ada Keane left on 14 June 2026: there is an order of "
        "theirs."
    )
    assert (by, late) == (date(2026, 6, 24), True)
    deductions.told_issuer(order_id, date(2026, 6, 30))
    assert says(deductions, date(2026, 6, 30)) == []
    assert paid_up


def test_a_standing_statement_is_renewed_each_year(deductions: PayDeductions, ada: int) -> None:
    with pytest.raises(RefusedError, match="no fixed deduction"):
        deductions.give_statement(ada, CAME)
    fixed_id = deductions.set_fixed(a_fixed(id=0, employment_id=ada))
    given = deductions.give_statement(ada, CAME)
    assert of(deductions, ada).statement == StandingStatement(
        given, ada, CAME, (StatedDeduction("Union subscription", Money(3_50), CAME, ""),)
    )

    state = of(deductions, ada)
    assert state.statement_until == date(2027, 4, 30)
    assert says(deductions, date(2027, 3, 30)) == []
    (thing,) = deductions.to_do(date(2027, 4, 1))
    assert thing.says == "Give Ada Keane a new standing statement of fixed deductions."
    assert thing.what == (ada, "deductions")
    deductions.stop_fixed(fixed_id, date(2027, 3, 31))
    assert says(deductions, date(2027, 4, 1)) == []


def test_there_is_nothing_to_do_for_who_has_nothing(deductions: PayDeductions, ada: int) -> None:
    assert of(deductions, ada).orders == ()
    assert says(deductions, today()) == []


# ── papers ──


def test_the_notice_says_what_each_order_took_with_the_charge(
    household: Household, deductions: PayDeductions, papers: DeductionPapers, ada: int
) -> None:
    _employer(household)
    deductions.set_order(ordered(ada, normal=Money(160_00), charge=True, charge_told_on=CAME))
    household.pay(ada)
    (notice,) = of(deductions, ada).notices

    said = words_of(papers.notice(notice.payslip_id))

    assert notice.amount == Money(154_47)
    assert "Notice of deductions from your pay of 12 June 2026" in said
    for words in ("Child maintenance order", "Child Maintenance Service", "123", "£153.47"):
        assert words in said
    assert "£1.00" in said
    assert "£6.53 could not be taken this time" in said
    name = papers.notice_file_name(notice.payslip_id)
    assert name == "notice of deductions 2026-06-12 Ada Keane.pdf"
    assert words_of(papers.notice(notice.payslip_id, large=True)) != ""


def test_a_payday_without_an_order_has_no_notice(
    household: Household, deductions: PayDeductions, papers: DeductionPapers, ada: int
) -> None:
    _employer(household)
    household.pay(ada)
    (slip,) = household.slips(ada)

    with pytest.raises(RefusedError, match="Nothing was taken by order on 12 June 2026"):
        papers.notice(slip.id)
    assert of(deductions, ada).notices == ()


def test_a_standing_statement_is_printed_once_and_for_good(
    household: Household, deductions: PayDeductions, papers: DeductionPapers, ada: int
) -> None:
    _employer(household)
    fixed_id = deductions.set_fixed(a_fixed(id=0, employment_id=ada, payee="The union"))
    statement_id = deductions.give_statement(ada, CAME)

    first = papers.statement(statement_id)
    deductions.set_fixed(a_fixed(id=fixed_id, employment_id=ada, amount=Money(9_00)))

    assert papers.statement(statement_id) == first
    said = words_of(first)
    for words in ("Union subscription", "£3.50", "each week", "The union", "twelve months"):
        assert words in said
    assert "£3.50" in words_of(papers.statement(statement_id, large=True))
    assert papers.statement_file_name(statement_id).endswith("Ada Keane.pdf")


def test_the_agreement_says_how_it_comes_back_and_has_places_to_sign(
    household: Household, deductions: PayDeductions, papers: DeductionPapers, ada: int
) -> None:
    _employer(household)
    for kind, words in (
        (OwedBackKind.ADVANCE, "an advance of pay"),
        (OwedBackKind.LOAN, "a loan"),
        (OwedBackKind.OVERPAYMENT, "pay that was too much"),
    ):
        owed_id = deductions.set_owed_back(
            a_debt(id=0, employment_id=ada, kind=kind, reason="Paid twice", agreed_on=CAME)
        )
        said = words_of(papers.agreement(owed_id))
        assert words in said
        assert "£40.00 each week" in said
        assert "Signed by the personal assistant" in said
    assert papers.agreement_file_name(owed_id).startswith("agreement to pay back 2026-05-01")


def _employer(household: Household) -> None:
    party = household.people.add_party(Party(0, "Helen Ashby", "1 Hill Road"))
    household.people.hold_role(party, Role.EMPLOYER, date(2026, 4, 6))


def test_a_payday_before_the_order_was_typed_is_not_said_to_be_too_low(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    household.pay(ada)
    deductions.set_order(ordered(ada))

    (thing,) = deductions.to_do(LATER)

    assert thing.says == (
        "The payslip of Ada Keane for 12 June 2026 was made without the order of Child Maintenance "
        "Service. Correct that payday, or tell Child Maintenance Service that the order is met "
        "from the next one."
    )
    household.pay(ada, MONDAY + WEEK)
    assert tuple(deductions.to_do(LATER)) == ()


def test_what_is_not_certain_of_a_table_is_said_once(
    household: Household, deductions: PayDeductions, ada: int
) -> None:
    deductions.set_order(ordered(ada, kind=OrderKind.CTAEO, issuer="Leeds", nation=Nation.ENGLAND))
    first = household.draft(ada)
    said = [one.subject for one in household.pay_runs.preview(first).findings]
    assert "Council tax attachment of earnings order, England" in said
    household.pay_runs.finalise(first)

    second = household.draft(ada, MONDAY + WEEK)
    again = household.pay_runs.correct(first, "Something was wrong.").draft_id

    repeated = [one.subject for one in household.pay_runs.preview(second).findings]
    assert "Council tax attachment of earnings order, England" not in repeated
    assert [one.subject for one in household.pay_runs.preview(again).findings] == said
