"""What is final stays as it was, whatever asks: the database itself refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dpemployer.bookkeeping.accounts import Account, AccountKind, Statement, StatementLine
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry, Method, Split
from dpemployer.bookkeeping.papers import IssuedDocument, Paper, PaperContent, PaperLink
from dpemployer.errors import RefusedError
from dpemployer.money import Money
from dpemployer.payroll.enrolment import PensionContribution
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    Employment,
    PaidWeek,
    PensionMembership,
    PersonalAssistant,
)
from dpemployer.returns.signed import ReturnAmendment, SignedReturn
from tests.store.examples import example

if TYPE_CHECKING:
    from dpemployer.store.book import Book

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
JULY, SEPTEMBER = date(2026, 7, 1), date(2026, 9, 30)
IN_THE_QUARTER, AFTER_IT = date(2026, 8, 14), date(2026, 10, 6)


def add(book: Book, *facts: Any) -> None:
    with book.change("Recorded") as tx:
        for fact in facts:
            tx.add(fact)


def update(book: Book, fact: Any) -> None:
    with book.change("Changed") as tx:
        tx.update(fact)


def remove(book: Book, fact: Any) -> None:
    with book.change("Removed") as tx:
        tx.remove(fact)


def run_sql(book: Book, statement: str) -> None:
    with book.change("Went round the program") as tx:
        tx._connection.execute(text(statement))


def final(run: PayRun, reason: str = "") -> PayRun:
    return replace(run, status=PayRunStatus.FINAL, finalised_at=NOW, reason=reason)


# ── pay ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def draft(book: Book) -> PayRun:
    """A pay run in draft, with one payslip in it."""
    run: PayRun = replace(example(PayRun), reverses_id=None, corrects_id=None)
    slip = replace(example(Payslip), reverses_id=None)
    add(book, example(PersonalAssistant), example(Employment), run, slip)
    return run


def test_a_draft_pay_run_can_be_changed_and_given_up(book: Book) -> None:
    run = replace(example(PayRun), reverses_id=None, corrects_id=None)
    add(book, run)

    update(book, replace(run, reason="Another payday"))
    remove(book, run)


def test_a_final_pay_run_refuses_to_be_changed(book: Book, draft: PayRun) -> None:
    update(book, final(draft))

    with pytest.raises(RefusedError, match="pay run cannot be changed"):
        update(book, final(draft, "Quietly"))
    with pytest.raises(RefusedError, match="pay run cannot be changed"):
        update(book, draft)
    with pytest.raises(RefusedError, match="cannot be changed"):
        run_sql(book, "DELETE FROM pay_run")


def test_a_final_pay_run_says_when_it_was_made_final(book: Book, draft: PayRun) -> None:
    with pytest.raises(Exception, match="final_says_when"):
        update(book, replace(draft, status=PayRunStatus.FINAL))


def test_a_payslip_refuses_to_be_changed(book: Book, draft: PayRun) -> None:
    with book.read() as reading:
        slip = reading.get(Payslip, draft.id)

    with pytest.raises(RefusedError, match="payslip cannot be changed") as refused:
        update(book, replace(slip, name="Somebody else"))
    with pytest.raises(RefusedError, match="payslip cannot be changed"):
        remove(book, slip)
    assert "Correct this pay run" in refused.value.next_step


def test_no_payslip_is_added_to_a_final_pay_run(book: Book, draft: PayRun) -> None:
    add(book, replace(example(Employment), id=2, payroll_id="2"))
    update(book, final(draft))

    with pytest.raises(RefusedError, match="added to once its pay run is final"):
        add(book, replace(example(Payslip), id=2, employment_id=2, reverses_id=None))


@pytest.mark.usefixtures("draft")
def test_what_a_payslip_paid_into_a_pension_stays_as_it_was(book: Book) -> None:
    paid_in = example(PensionContribution)
    add(book, example(PensionMembership), paid_in)

    with pytest.raises(RefusedError, match="payslip cannot be changed"):
        update(book, replace(paid_in, employee=Money(1)))
    with pytest.raises(RefusedError, match="payslip cannot be changed"):
        remove(book, paid_in)


@pytest.mark.usefixtures("draft")
def test_net_pay_that_does_not_add_up_is_refused(book: Book) -> None:
    add(book, replace(example(Employment), id=2, payroll_id="2"))
    wrong = replace(example(Payslip), id=2, employment_id=2, reverses_id=None)

    with pytest.raises(Exception, match="net_pay_adds_up"):
        add(book, replace(wrong, net_pay=wrong.net_pay + Money(1)))


def test_a_payslip_is_reversed_once(book: Book, draft: PayRun) -> None:
    for number in (2, 3):
        add(book, replace(draft, id=number))
    slip = replace(example(Payslip), reverses_id=1)
    add(book, replace(slip, id=2, pay_run_id=2))

    with pytest.raises(Exception, match="UNIQUE"):
        add(book, replace(slip, id=3, pay_run_id=3))


# ── the account ──────────────────────────────────────────────────────────────────────


def entry(number: int, day: date, **changes: Any) -> LedgerEntry:
    made = LedgerEntry(number, 1, day, Money(-5_000), "Shop", Method.CARD)
    return replace(made, **changes)


def line(number: int, day: date) -> StatementLine:
    return StatementLine(number, 1, 1, day, number, "SHOP", Money(-5_000))


@pytest.fixture
def account(book: Book) -> Book:
    """A book with an account, an entry in the quarter and one after it, each with its part."""
    add(
        book,
        Account(1, "main", "Main", AccountKind.BANK, JULY, Money(0)),
        Statement(1, 1, JULY, AFTER_IT, Money(0), Money(0), "typed"),
        line(1, IN_THE_QUARTER),
        line(2, AFTER_IT),
        entry(1, IN_THE_QUARTER),
        Split(1, 1, "exp.equipment", Money(-5_000)),
        entry(2, AFTER_IT),
        Split(2, 2, "exp.equipment", Money(-5_000)),
        Paper(1, 1, "receipt", "Receipt", None, None, "r.pdf", "application/pdf", 3, "x"),
        PaperContent(1, 1, b"abc"),
        PaperLink(1, 1, entry_id=1),
    )
    return book


SIGNED = SignedReturn(
    1, "generic-quarterly", "1", JULY, SEPTEMBER, 1, "Ann", "recipient", AFTER_IT, NOW, "{}", "x"
)


@pytest.fixture
def signed(account: Book) -> Book:
    """The same book, with the return for the quarter signed."""
    add(account, SIGNED)
    return account


CHANGES_TO_THE_QUARTER = [
    ("UPDATE ledger_entry SET amount = -5001 WHERE id = 1"),
    ("UPDATE ledger_entry SET day = '2026-10-06' WHERE id = 1"),
    ("UPDATE ledger_entry SET day = '2026-08-14' WHERE id = 2"),
    ("UPDATE ledger_entry SET status = 'void', void_reason = 'x' WHERE id = 1"),
    ("UPDATE ledger_entry SET statement_line_id = 1 WHERE id = 1"),
    ("DELETE FROM ledger_entry WHERE id = 1"),
    ("UPDATE split SET category = 'exp.other' WHERE id = 1"),
    ("UPDATE split SET entry_id = 1 WHERE id = 2"),
    ("UPDATE split SET entry_id = 2 WHERE id = 1"),
    ("DELETE FROM split WHERE id = 1"),
    ("INSERT INTO split VALUES (9, 1, 'exp.other', 1, NULL, NULL, '')"),
    ("UPDATE statement_line SET amount = -5001 WHERE id = 1"),
    ("UPDATE statement_line SET day = '2026-08-14' WHERE id = 2"),
    ("DELETE FROM statement_line WHERE id = 1"),
    ("INSERT INTO statement_line VALUES (9, 1, 1, '2026-09-30', 9, 'SHOP', 1, NULL)"),
    ("DELETE FROM paper_link WHERE id = 1"),
    ("UPDATE paper_link SET entry_id = 2 WHERE id = 1"),
]


@pytest.mark.parametrize("statement", CHANGES_TO_THE_QUARTER)
def test_before_it_is_signed_a_quarter_can_be_changed(account: Book, statement: str) -> None:
    if statement == "DELETE FROM ledger_entry WHERE id = 1":
        run_sql(account, "DELETE FROM split WHERE entry_id = 1")
        run_sql(account, "DELETE FROM paper_link")

    run_sql(account, statement)


@pytest.mark.parametrize("statement", CHANGES_TO_THE_QUARTER)
def test_after_it_is_signed_a_quarter_refuses(signed: Book, statement: str) -> None:
    with pytest.raises(RefusedError, match="period whose return has been signed"):
        run_sql(signed, statement)


@pytest.mark.parametrize("statement", CHANGES_TO_THE_QUARTER)
def test_an_opened_return_lets_its_quarter_be_changed(signed: Book, statement: str) -> None:
    add(signed, ReturnAmendment(1, 1, NOW, "A receipt was missed"))
    if statement == "DELETE FROM ledger_entry WHERE id = 1":
        run_sql(signed, "DELETE FROM split WHERE entry_id = 1")
        run_sql(signed, "DELETE FROM paper_link")

    run_sql(signed, statement)


def test_nothing_is_added_to_a_signed_quarter_until_it_is_opened_again(signed: Book) -> None:
    with pytest.raises(RefusedError, match="period whose return has been signed"):
        add(signed, entry(9, IN_THE_QUARTER))

    add(signed, ReturnAmendment(1, 1, NOW, "A receipt was missed"))
    add(signed, entry(9, IN_THE_QUARTER))


def test_once_the_next_version_is_signed_the_quarter_refuses_again(signed: Book) -> None:
    add(signed, ReturnAmendment(1, 1, NOW, "A receipt was missed"))
    add(signed, replace(SIGNED, id=2, version=2, replaces_id=1, what_changed="The receipt"))

    with pytest.raises(RefusedError, match="has been signed"):
        run_sql(signed, CHANGES_TO_THE_QUARTER[0])


def test_what_had_not_cleared_may_be_matched_to_a_later_line(signed: Book) -> None:
    with signed.read() as reading:
        kept = reading.get(LedgerEntry, 1)

    update(signed, replace(kept, statement_line_id=2))
    update(signed, replace(kept, statement_line_id=None))

    with pytest.raises(RefusedError, match="has been signed"):
        update(signed, replace(kept, statement_line_id=2, note="and more"))


def test_entries_outside_the_quarter_can_still_be_changed(signed: Book) -> None:
    with signed.read() as reading:
        kept = reading.get(LedgerEntry, 2)

    update(signed, replace(kept, note="A new kettle"))
    add(signed, entry(3, date(2026, 6, 30)), entry(4, date(2026, 10, 1)))


def test_papers_can_still_be_added_to_what_was_signed(signed: Book) -> None:
    add(
        signed,
        replace(example(Paper), id=2, number=2),
        PaperLink(2, 2, entry_id=1),
    )


def test_signed_returns_and_their_reopening_refuse_to_be_changed(signed: Book) -> None:
    add(signed, ReturnAmendment(1, 1, NOW, "A receipt was missed"))

    for statement in (
        "UPDATE signed_return SET figures = '[]'",
        "DELETE FROM signed_return",
        "UPDATE return_amendment SET reason = 'Nothing'",
        "DELETE FROM return_amendment",
    ):
        with pytest.raises(RefusedError, match="signed return cannot be changed"):
            run_sql(signed, statement)


def test_a_void_entry_says_why_and_stays_as_it_is(account: Book) -> None:
    with account.read() as reading:
        kept = reading.get(LedgerEntry, 2)
    with pytest.raises(Exception, match="void_says_why"):
        update(account, replace(kept, status=EntryStatus.VOID))
    update(account, replace(kept, status=EntryStatus.VOID, void_reason="Typed twice"))

    with pytest.raises(RefusedError, match="voided cannot be changed"):
        update(account, kept)
    with pytest.raises(RefusedError, match="voided cannot be changed"):
        run_sql(account, "DELETE FROM ledger_entry WHERE id = 2")


def test_what_was_issued_and_what_was_kept_stay_as_they_are(account: Book) -> None:
    add(account, example(IssuedDocument))

    for statement, words in (
        ("UPDATE issued_document SET content = 'other'", "document that was issued"),
        ("DELETE FROM issued_document", "document that was issued"),
        ("UPDATE paper_content SET content = 'other'", "paper kept in the book"),
        ("UPDATE book_identity SET book_id = 'other'", "identity"),
        ("DELETE FROM book_identity", "identity"),
    ):
        with pytest.raises(RefusedError, match=words):
            run_sql(account, statement)


def test_replacing_a_record_counts_as_deleting_it(signed: Book) -> None:
    with pytest.raises(RefusedError):
        run_sql(
            signed, "INSERT OR REPLACE INTO split VALUES (1, 2, 'exp.other', 1, NULL, NULL, '')"
        )


# ── what a pay run leaves behind ─────────────────────────────────────────────────────


@pytest.fixture
def owing(book: Book, draft: PayRun) -> Commitment:
    """What a final pay run left owing, and the week it paid for."""
    owed: Commitment = replace(example(Commitment), kind=CommitmentKind.WAGES, amount=Money(83_600))
    add(book, owed, replace(example(PaidWeek), payslip_id=1))
    update(book, final(draft))
    return owed


def test_what_a_final_pay_run_left_owing_stays_what_it_was(book: Book, owing: Commitment) -> None:
    with pytest.raises(RefusedError, match="pay run cannot be changed"):
        update(book, replace(owing, amount=Money(1)))
    with pytest.raises(RefusedError, match="pay run cannot be changed"):
        remove(book, owing)


def test_what_it_left_owing_may_be_said_to_have_ended(book: Book, owing: Commitment) -> None:
    update(book, replace(owing, until_day=AFTER_IT, ends_reason="Written off"))


def test_only_what_hmrc_is_owed_may_come_to_be_due_on_another_day(
    book: Book, draft: PayRun
) -> None:
    wages = replace(example(Commitment), kind=CommitmentKind.WAGES)
    hmrc = replace(example(Commitment), id=2, kind=CommitmentKind.HMRC)
    add(book, wages, hmrc)
    update(book, final(draft))

    update(book, replace(hmrc, due=AFTER_IT))
    with pytest.raises(RefusedError, match="pay run cannot be changed"):
        update(book, replace(wages, due=AFTER_IT))
    with pytest.raises(RefusedError, match="pay run cannot be changed"):
        update(book, replace(hmrc, due=AFTER_IT, amount=Money(1)))


@pytest.mark.usefixtures("owing")
def test_the_weeks_it_paid_for_stay_what_they_were(book: Book) -> None:
    with book.read() as reading:
        week = reading.get(PaidWeek, 1)

    with pytest.raises(RefusedError, match="payslip cannot be changed"):
        update(book, replace(week, minutes=99))
    with pytest.raises(RefusedError, match="payslip cannot be changed"):
        remove(book, week)


def test_weeks_from_before_the_book_and_other_debts_can_be_put_right(
    book: Book, draft: PayRun
) -> None:
    week = replace(example(PaidWeek), payslip_id=None)
    owed = replace(example(Commitment), pay_run_id=None)
    from_a_draft = replace(example(Commitment), id=2, pay_run_id=draft.id)
    add(book, week, owed, from_a_draft)

    for fact in (replace(week, minutes=9), replace(owed, note="x"), replace(owed, payee="HMRC")):
        update(book, fact)
    for fact in (week, owed, from_a_draft):
        remove(book, fact)
