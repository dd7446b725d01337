"""Is this book sound? Everything that can be added up, walked or hashed again, is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.accounts import Statement, StatementLine
from dpemployer.bookkeeping.ledger import LedgerEntry, Split
from dpemployer.bookkeeping.papers import IssuedDocument, Paper, PaperContent
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deduction_terms import DeductionLine
from dpemployer.payroll.enrolment import PensionContribution
from dpemployer.payroll.payslip import Payslip
from dpemployer.returns.signed import SignedReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.services.history import HistoryRow
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

AMOUNTS = (
    "gross_pay",
    "tax",
    "employee_ni",
    "student_loan",
    "postgraduate_loan",
    "employee_pension",
    "other_deductions",
    "expenses",
    "redundancy_pay",
    "net_pay",
    "employer_ni",
    "employer_pension",
)


class Checks:
    """Checks of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def everything(self) -> tuple[Finding, ...]:
        """Check the book from end to end. Nothing found means nothing wrong.

        When pages of the database are damaged, only that is said: what is written on them can
        no longer be judged.
        """
        damage = self._book.check_pages()
        if damage:
            return damage
        found = [*self._book.check_facts()]
        if any(one.code == "table_missing" for one in found):
            return tuple(found)
        with self._book.read() as reading:
            for check in (
                _payslips,
                _deductions,
                _pensions,
                _splits,
                _statements,
                _papers,
                _signed_returns,
            ):
                try:
                    found += check(reading)
                except (ValueError, ArithmeticError, TypeError, LookupError):
                    # A record somebody has altered can make no sense at all.
                    if not found:
                        raise
        return tuple(found)

    def history(self, limit: int = 200) -> tuple[HistoryRow, ...]:
        """List what was done to the book, by whom and when: the newest first."""
        from dpemployer.services.history import history  # noqa: PLC0415 - rarely asked

        return history(self._book, limit)


def _payslips(reading: Reading) -> Iterator[Finding]:
    """Every payslip adds up, and every reversal takes back exactly what it reverses."""
    fields = ("id", "name", "pay_date", "reverses_id", *AMOUNTS)
    amounts: dict[int, tuple[Money, ...]] = {}
    for slip_id, name, pay_date, reverses_id, *figures in reading.rows(Payslip, fields):
        amounts[slip_id] = tuple(figures)
        subject = _("Payslip of {name}, {day}").format(name=name, day=long_date(pay_date))
        gross, *taken, expenses, redundancy, net = figures[:10]
        if net != gross + expenses + redundancy - Money.total(taken):
            yield _wrong("payslip_sum", subject, _("The net pay is not pay less deductions."))
        if reverses_id is not None and amounts.get(reverses_id) != tuple(-f for f in figures):
            yield _wrong("payslip_reversal", subject, _("It does not take back what it reverses."))


def _deductions(reading: Reading) -> Iterator[Finding]:
    """What a payslip took under each order and agreement adds up to its other deductions."""
    taken: dict[int, Money] = {}
    for slip_id, amount, charge in reading.rows(DeductionLine, ("payslip_id", "amount", "charge")):
        taken[slip_id] = taken.get(slip_id, NOTHING) + amount + charge
    for slip_id, name, pay_date, other in reading.rows(
        Payslip, ("id", "name", "pay_date", "other_deductions"), any_of={"id": tuple(taken)}
    ):
        if taken[slip_id] != other:
            yield _wrong(
                "deduction_sum",
                _("Payslip of {name}, {day}").format(name=name, day=long_date(pay_date)),
                _("What was taken by order or agreement is not what the payslip says."),
            )


def _pensions(reading: Reading) -> Iterator[Finding]:
    """What each payslip paid into a pension, or gave back, is what it says it took."""
    paid: dict[int, tuple[Money, Money]] = {}
    for slip_id, employee, employer in reading.rows(
        PensionContribution, ("payslip_id", "employee", "employer")
    ):
        before = paid.get(slip_id, (NOTHING, NOTHING))
        paid[slip_id] = (before[0] + employee, before[1] + employer)
    for slip_id, name, pay_date, employee, employer in reading.rows(
        Payslip, ("id", "name", "pay_date", "employee_pension", "employer_pension")
    ):
        if paid.get(slip_id, (NOTHING, NOTHING)) != (employee, employer):
            yield _wrong(
                "pension_sum",
                _("Payslip of {name}, {day}").format(name=name, day=long_date(pay_date)),
                _("What was paid into the pension is not what the payslip says."),
            )


def _splits(reading: Reading) -> Iterator[Finding]:
    """The parts of every entry add up to it."""
    totals: dict[int, Money] = {}
    for entry_id, amount in reading.rows(Split, ("entry_id", "amount")):
        totals[entry_id] = totals.get(entry_id, NOTHING) + amount
    for entry_id, day, payee, amount in reading.rows(LedgerEntry, ("id", "day", "payee", "amount")):
        if totals.get(entry_id, amount) != amount:
            yield _wrong(
                "split_sum",
                _("{payee}, {day}").format(payee=payee, day=long_date(day)),
                _("The parts add up to {parts}, and the entry is {amount}.").format(
                    parts=totals[entry_id], amount=amount
                ),
            )


def _statements(reading: Reading) -> Iterator[Finding]:
    """Every finished statement runs from its opening to its closing balance."""
    moved: dict[int, Money] = {}
    for statement_id, amount in reading.rows(StatementLine, ("statement_id", "amount")):
        moved[statement_id] = moved.get(statement_id, NOTHING) + amount
    for statement in reading.find(Statement):
        end = statement.opening + moved.get(statement.id, NOTHING)
        if end != statement.closing:
            yield _wrong(
                "statement_sum",
                _("Statement of {first} to {last}").format(
                    first=long_date(statement.first_day), last=long_date(statement.last_day)
                ),
                _("Its lines end at {end}, and it says {closing}.").format(
                    end=end, closing=statement.closing
                ),
                Severity.WARNING,
            )


def _papers(reading: Reading) -> Iterator[Finding]:
    """Every paper and every issued document is byte for byte what was kept."""
    for paper in reading.find(Paper):
        kept = reading.find_one(PaperContent, paper_id=paper.id)
        if kept is None and paper.sha256 == "":
            continue  # known by its name alone: a sample says which papers there are, no more
        if kept is None or _sha256(kept.content) != paper.sha256:
            yield _wrong(
                "paper_altered",
                _("Paper {number}, {title}").format(number=paper.number, title=paper.title),
                _("What is kept is not the paper that was added, or is missing."),
            )
    for (document_id,) in reading.rows(IssuedDocument, ("id",)):
        document = reading.get(IssuedDocument, document_id)
        if _sha256(document.content) != document.sha256:
            yield _wrong(
                "document_altered",
                document.file_name,
                _("What is kept is not the document that was issued."),
            )


def _signed_returns(reading: Reading) -> Iterator[Finding]:
    """The figures of every signed return are those that were signed."""
    for signed in reading.find(SignedReturn):
        if _sha256(signed.figures.encode()) != signed.sha256:
            yield _wrong(
                "return_altered",
                _("Return of {first} to {last}").format(
                    first=long_date(signed.first_day), last=long_date(signed.last_day)
                ),
                _("Its figures are not those that were signed."),
            )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _wrong(
    code: str, subject: str, message: str, severity: Severity = Severity.BLOCKING
) -> Finding:
    return Finding(severity, code, subject, message)


def check_program() -> int:
    """Read everything that came with the program, keep a fact in a book, and count what was read.

    For a program that was frozen or installed: whatever is missing raises.
    """
    from dpemployer.data_files import texts  # noqa: PLC0415 - only asked for by a release
    from dpemployer.services import shipped  # noqa: PLC0415 - the same
    from dpemployer.statutory.rates import RateBook  # noqa: PLC0415 - the same
    from dpemployer.store.book import Book  # noqa: PLC0415 - the same

    rates = texts("statutory", ".toml")
    RateBook.parse(rates)
    templates = [shipped.shipped_template(name) for name in shipped.template_names()]
    with Book.in_memory() as book:
        with book.change("Tried it") as tx:
            tx.add(Paper(0, 1, "letter", "A try", None, None, "try.txt", "text/plain", 0, ""))
        with book.read() as reading:
            kept = reading.count(Paper)
    return len(rates) + len(templates) + len(shipped.statement_layouts()) + kept
