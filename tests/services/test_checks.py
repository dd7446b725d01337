"""A sound book has no findings; each kind of unsoundness has its own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dpemployer.bookkeeping.accounts import Account, AccountKind, Statement, StatementLine
from dpemployer.bookkeeping.ledger import LedgerEntry, Method, Split
from dpemployer.bookkeeping.papers import IssuedDocument, Paper, PaperContent
from dpemployer.findings import Severity
from dpemployer.money import Money
from dpemployer.payroll.enrolment import PensionContribution
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PensionMembership, PersonalAssistant
from dpemployer.returns.signed import SignedReturn
from dpemployer.services.checks import AMOUNTS, Checks
from tests.store.examples import example

if TYPE_CHECKING:
    from dpemployer.findings import Finding
    from dpemployer.store.book import Book

JULY, LAST = date(2026, 7, 1), date(2026, 7, 31)
NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
PDF = b"%PDF-1.7 a receipt"
SHA256 = hashlib.sha256(PDF).hexdigest()
FIGURES = '{"opening":0}'


@pytest.fixture
def sound(book: Book) -> Book:
    """A book with a payslip and its reversal, an entry in two parts, a statement and papers."""
    run = replace(example(PayRun), reverses_id=None, corrects_id=None)
    slip = replace(example(Payslip), reverses_id=None)
    taken_back: Any = {name: -getattr(slip, name) for name in AMOUNTS}
    paid_in = replace(
        example(PensionContribution),
        employee=slip.employee_pension,
        employer=slip.employer_pension,
    )
    with book.change("Recorded") as tx:
        for fact in (
            example(PersonalAssistant),
            example(Employment),
            run,
            replace(run, id=2),
            slip,
            replace(slip, id=2, pay_run_id=2, reverses_id=1, **taken_back),
            example(PensionMembership),
            paid_in,
            replace(
                paid_in, id=2, payslip_id=2, employee=-paid_in.employee, employer=-paid_in.employer
            ),
            Account(1, "main", "Main", AccountKind.BANK, JULY, Money(0)),
            Statement(1, 1, JULY, LAST, Money(10_000), Money(7_000), "typed"),
            StatementLine(1, 1, 1, LAST, 1, "SHOP", Money(-3_000)),
            LedgerEntry(1, 1, LAST, Money(-3_000), "Shop", Method.CARD),
            LedgerEntry(2, 1, LAST, Money(-900), "Not yet coded", Method.CARD),
            Split(1, 1, "exp.equipment", Money(-2_000)),
            Split(2, 1, "exp.other", Money(-1_000)),
            Paper(1, 1, "receipt", "Receipt", None, None, "r.pdf", "application/pdf", 3, SHA256),
            PaperContent(1, 1, PDF),
            IssuedDocument(1, "payslip", 1, "payslip.pdf", SHA256, NOW, PDF),
            SignedReturn(
                1,
                "generic-quarterly",
                "1",
                date(2026, 4, 1),
                date(2026, 6, 30),
                1,
                "Ann",
                "recipient",
                LAST,
                NOW,
                FIGURES,
                hashlib.sha256(FIGURES.encode()).hexdigest(),
            ),
        ):
            tx.add(fact)
    return book


def findings(book: Book, *statements: str) -> list[Finding]:
    """Work on the database as somebody with the key could, and return what is found."""
    with book._engine.connect() as connection, connection.begin():
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.exec_driver_sql(triggers).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = on")
        for statement in statements:
            connection.execute(text(statement))
    tampering = {"trigger_missing", "fact_unlogged"}
    return [found for found in Checks(book).everything() if found.code not in tampering]


def test_a_sound_book_has_no_findings(sound: Book) -> None:
    assert Checks(sound).everything() == ()


def test_tampering_itself_is_found(sound: Book) -> None:
    findings(sound, "UPDATE payslip SET name = 'Somebody else' WHERE id = 1")

    codes = {found.code for found in Checks(sound).everything()}
    assert codes == {"trigger_missing", "fact_unlogged"}


@pytest.mark.parametrize(
    ("statement", "code", "words"),
    [
        (
            "UPDATE payslip SET net_pay = net_pay + 1, tax = tax WHERE id = 2",
            "payslip_sum",
            "The net pay is not pay less deductions.",
        ),
        (
            "UPDATE payslip SET employer_ni = 0 WHERE id = 2",
            "payslip_reversal",
            "It does not take back what it reverses.",
        ),
        (
            "UPDATE pension_contribution SET employer = employer + 1 WHERE id = 2",
            "pension_sum",
            "What was paid into the pension is not what the payslip says.",
        ),
        (
            "UPDATE split SET amount = -999 WHERE id = 2",
            "split_sum",
            "The parts add up to −£29.99, and the entry is −£30.00.",
        ),
        (
            "UPDATE statement SET closing = 7001",
            "statement_sum",
            "Its lines end at £70.00, and it says £70.01.",
        ),
        (
            "UPDATE paper_content SET content = X'00'",
            "paper_altered",
            "What is kept is not the paper that was added, or is missing.",
        ),
        (
            "DELETE FROM paper_content",
            "paper_altered",
            "What is kept is not the paper that was added, or is missing.",
        ),
        (
            "UPDATE issued_document SET content = X'00'",
            "document_altered",
            "What is kept is not the document that was issued.",
        ),
        (
            "UPDATE signed_return SET figures = '{}'",
            "return_altered",
            "Its figures are not those that were signed.",
        ),
    ],
)
def test_each_kind_of_unsoundness_is_found(
    sound: Book, statement: str, code: str, words: str
) -> None:
    found = findings(sound, statement)

    assert (found[0].code, found[0].message) == (code, words)
    assert found[0].subject


def test_a_statement_still_being_typed_is_only_a_warning(sound: Book) -> None:
    with sound.change("Began to type a statement") as tx:
        tx.add(Statement(2, 1, LAST, LAST, Money(7_000), Money(6_000), "typed"))

    assert [found.severity for found in Checks(sound).everything()] == [Severity.WARNING]
