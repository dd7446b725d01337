"""A ten-year book against its last year alone: a payday, a return, and the whole process."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.ledger import LedgerEntry, Split
from dpemployer.office import Office
from dpemployer.payroll.payslip import Payslip
from tests.bench import books, peers
from tests.bench.books import PASSPHRASE, QUARTER, TEMPLATE, WEEKS, WEEKS_PAID, one_and_ten_years
from tests.bench.measuring import Comparison, run, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable


def payday() -> Comparison:
    """Finalise the next paydays of both books, one after another."""
    with one_and_ten_years() as made, ExitStack() as opened:
        long, short = (_open(folder, opened) for folder in (made.ten_years, made.one_year))
        size = books.size(long)
        runs = {
            id(office): iter([books.draft(office, week) for week in range(WEEKS_PAID, WEEKS)])
            for office in (long, short)
        }

        def finalise(office: Office) -> Callable[[], object]:
            return lambda: office.pay_runs.finalise(next(runs[id(office)]))

        timings = side_by_side(
            ("ten years", finalise(long)),
            ("one tax year", finalise(short)),
            rounds=WEEKS - WEEKS_PAID - 1,
        )
    return Comparison(
        "Finalising a payday in a ten-year book, against a book of the same tax year alone",
        f"five people, {WEEKS - WEEKS_PAID - 1} paydays one after another; {size}",
        *timings,
        goal=1.2,
    )


def quarter() -> Comparison:
    """Prepare the same quarter's return from both books."""
    with one_and_ten_years() as made, ExitStack() as opened:
        long, short = (_open(folder, opened) for folder in (made.ten_years, made.one_year))
        size = books.size(long)
        timings = side_by_side(
            ("ten years", lambda: long.returns.figures(TEMPLATE, *QUARTER)),
            ("one tax year", lambda: short.returns.figures(TEMPLATE, *QUARTER)),
            rounds=15,
        )
    return Comparison(
        "The quarterly return of a ten-year book, against a book of the same tax year alone",
        f"October to December 2026; {size}",
        *timings,
        goal=1.2,
    )


def whole_process() -> Comparison:
    """`dpemployer return show` from nothing, against hledger on the same transactions."""
    program = peers.hledger()
    with one_and_ten_years() as made, TemporaryDirectory() as place:
        journal = Path(place, "ten-years.journal")
        with ExitStack() as opened:
            transactions = _write_journal(_open(made.ten_years, opened), journal)
        first, last = (day.isoformat() for day in QUARTER)
        show = (
            *(sys.executable, "-P", "-m", "dpemployer", "return", "show", "--json"),
            *("--book", made.ten_years, "--passphrase-file", made.passphrase),
            *("--template", TEMPLATE, "--from", first, "--to", last),
        )
        report = (program, "-f", journal, "incomestatement", "-b", first, "-e", "2027-01-01")
        timings = side_by_side(
            ("dpemployer return show", run(show, Path(place))),
            ("hledger incomestatement", run(report, Path(place))),
            rounds=9,
        )
    return Comparison(
        "The whole process `dpemployer return show`, against hledger on the same transactions",
        f"a quarter out of {transactions:,} transactions; ours also asks Argon2id and decrypts",
        *timings,
        goal=1.0,
    )


def _open(folder: Path, opened: ExitStack) -> Office:
    office = Office.open(folder, PASSPHRASE)
    opened.callback(office.close)
    return office


def _write_journal(office: Office, journal: Path) -> int:
    """Write every entry and every payslip of a book as hledger's plain text; return how many."""
    with office.book.read() as now:
        entries = now.find(LedgerEntry, order_by="day")
        splits = {split.entry_id: split for split in now.find(Split)}
        payslips = now.find(Payslip, order_by="pay_date")
    with journal.open("w", encoding="utf-8") as text:
        for entry in entries:
            category = splits[entry.id].category.replace(".", ":")
            kind = "income" if category.startswith("inc") else "expenses"
            text.write(
                f"{entry.day} {entry.payee}\n"
                f"    assets:bank  £{entry.amount.plain}\n"
                f"    {kind}:{category}  £{(-entry.amount).plain}\n\n"
            )
        for slip in payslips:
            taken = slip.gross_pay - slip.net_pay
            text.write(
                f"{slip.pay_date} Payslip {slip.name}\n"
                f"    earned:{slip.employment_id}  £{slip.gross_pay.plain}\n"
                f"    owed:net:{slip.employment_id}  £{(-slip.net_pay).plain}\n"
                f"    owed:taken  £{(-taken).plain}\n\n"
            )
    return len(entries) + len(payslips)
