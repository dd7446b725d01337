"""Three months of cheques and a cash tin, put into the program from its papers by keyboard alone.

What is typed is what lies on the table: the bank's statement, the cheque stubs, the receipts, the
council's letter and the last return. What comes out is the return worked out by hand.
"""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.returns.answers import answers
from tests.returns.samples import differences
from tests.ui.books import CASES, S2
from tests.ui.keys import press, write
from tests.ui.person import Person, day, pounds
from ui.app import Program
from ui.wizards.new_book import SheetStep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from dpemployer.settings import Settings

TODAY = date(2026, 11, 12)
FIRST, LAST = date(2026, 8, 11), date(2026, 11, 10)
PASSPHRASE = "violet kettle seven hills"
DATA: dict[str, Any] = json.loads((CASES / f"{S2}.json").read_text(encoding="utf-8"))
(BANK,) = DATA["accounts"]
KINDS = {
    "care.self_employed": "Self-employed PA or support worker",
    "care.day_service": "Day service",
    "care.agency": "Care agency",
    "emp.insurance": "Employers",
    "emp.payroll_fee": "Payroll bureau fee",
    "inc.contribution": "My assessed contribution",
    "inc.council_regular": "Direct payment from the council (regular)",
    "inc.topup": "Extra money of mine",
    "pay.net_wages": "Wages paid to personal assistants",
    "plan.activities": "Activities",
    "plan.transport": "Transport",
    "xfer.cash_drawn": "Cash drawn",
}


@pytest.fixture
def program(
    settings: Settings, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Program]:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    made = Program(qapp, settings)
    bugs: list[BaseException] = []
    failures: list[BaseException] = []
    made.operations.broken.connect(lambda bug, _owner: bugs.append(bug))
    made.operations.failed.connect(lambda error, _owner: failures.append(error))
    made.start()
    yield made
    for bug in (*bugs, *failures):
        raise bug
    made.lock()
    qtbot.waitUntil(lambda: made.operations.idle)
    made._close_windows()
    made.operations.close()


# Off screen there is nothing to raise, and no keyboard but ours: Qt's list of file names says so.
@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)")
def test_three_months_of_cheques_and_cash_from_their_papers(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    person = Person(program, qtbot)
    person.settle()

    _make_a_book(person, tmp_path)
    _say_who_is_who(person)
    _say_who_pays(person)
    _leave_the_staff_to_the_bureau(person)
    person.go("Money")
    _copy_the_cheque_of_the_last_return(person)
    _copy_the_cheque_stubs(person)
    _copy_the_statement(person)
    _explain_what_is_left(person)
    _copy_the_receipts_of_the_cash_tin(person)
    _add_the_bills_and_what_is_set_aside(person)
    _copy_what_the_bureau_and_providers_wrote(person)
    _keep_the_papers(person, tmp_path)
    _sign(person)

    with _reopened(program, tmp_path) as office:
        made = office.returns.figures(DATA["template"], FIRST, LAST)
        (signed,) = office.returns.signed()
        statement = office.ledger.statements()[0]
    assert list(differences(DATA["expected"], answers(made))) == []
    assert made.totals.closing == Money(321_223)
    assert statement.closing == Money(322_263)
    assert made.agreement.difference == Money(0)
    assert [(one.payee, one.amount) for one in made.evidence_missing] == [
        ("Craft group", Money(775))
    ]
    assert made.balance.tested.surplus == Money(18_223)
    assert made.balance.repay == Money(0)
    assert (signed.closing, signed.signed_by) == (Money(321_223), "Test Person Two")


# ── setting up ────────────────────────────────────────────────────────────────────────


def _make_a_book(person: Person, folder: Path) -> None:
    person.press_button("Make a new book")
    wizard = person.program.wizard
    assert wizard is not None
    person.form(
        ("Your name", "Test Person Two"),
        ("A name for the book", "Our book"),
        ("The folder it goes in", str(folder)),
        ("Passphrase", PASSPHRASE),
        ("The same passphrase again", PASSPHRASE),
    )
    person.keys(Qt.Key.Key_Return)
    sheet = wizard.step
    assert isinstance(sheet, SheetStep)
    person.fill("Group number", sheet.proof.asked)
    person.keys(Qt.Key.Key_Return)


def _say_who_is_who(person: Person) -> None:
    start = day(DATA["awards"][0]["from"])
    person.form(
        ("Full name", DATA["person"]["name"]),
        ("The council's number for this person", DATA["person"]["reference"]),
        ("Since", start),
    )
    person.keys(Qt.Key.Key_Return)
    for part in ("manager", "employer", "signatory"):
        if part != "employer":
            person.choose("They act as", "For themselves")
        person.fill("Since", start)
        person.keys(Qt.Key.Key_Return)
    person.press_button("Skip for now")


def _say_who_pays(person: Person) -> None:
    award = DATA["awards"][0]
    person.fill("Name", DATA["funders"][0]["name"])
    person.choose("The return they ask for", "Quarterly declaration with annotated statements")
    person.fill("First day of the first return", day(DATA["period"]["from"]))
    person.keys(Qt.Key.Key_Return)
    person.choose("Your own contribution", "They pay what is left")
    person.fill("What the letter says a week costs", pounds(award["gross_weekly_p"]))
    person.fill("Your contribution for a week", pounds(award["contribution_weekly_p"]))
    plan = DATA["contribution_schedule"]
    person.choose("How often you pay it in", "Every month")
    person.fill("How much you pay in each time", pounds(plan["monthly_p"]))
    person.fill("A day you pay it in", f"{plan['due_day']}/9/2026")
    person.choose("How often they pay", "Every month")
    person.form(
        ("How much each payment is", pounds(award["payment_p"])),
        ("This rate is from", day(award["from"])),
        ("A day they pay on", day(award["payment_dates_in_period"][0])),
    )
    person.keys(Qt.Key.Key_Return)
    person.form(
        ("The first day this book answers for", day(BANK["statement_first_day"])),
        ("How much was in it", pounds(BANK["statement_opening_p"])),
    )
    person.keys(Qt.Key.Key_Return)


def _leave_the_staff_to_the_bureau(person: Person) -> None:
    """A bureau works the wages out: nobody is taken on here."""
    while person.program.wizard is not None:
        person.press_button("Skip for now")


# ── copying papers ────────────────────────────────────────────────────────────────────


def _copy_the_cheque_of_the_last_return(person: Person) -> None:
    (before,) = DATA["opening_unpresented"]
    person.turn_to("Waiting for the bank")

    def fill_in() -> None:
        person.form(
            ("The day it was written", day(before["date"])),
            ("How much", pounds(before["amount_p"])),
            ("Who was paid", before["payee"]),
            ("Cheque number", before["cheque_no"]),
        )
        person.enter()

    person.button("Add one from before this book", fill_in)


def _copy_the_cheque_stubs(person: Person) -> None:
    """Everything written or paid in by cheque, before the statement is opened."""
    for entry in DATA["ledger"]:
        if entry["method"] == "cheque":
            person.shortcut(Qt.Key.Key_N, partial(_record, person, entry, bank=True))


def _record(person: Person, entry: dict[str, Any], *, bank: bool) -> None:
    if _has_tin(person):
        account = "Direct payment account" if bank else "Cash tin"
        person.choose("From which account?", account)
    if entry["amount_p"] > 0:
        person.choose("Which way did it go?", "Money in")
    person.form(
        ("Day", day(entry["date"])),
        ("How much", pounds(abs(entry["amount_p"]))),
        ("Who was paid", entry["payee"]),
    )
    if entry.get("cheque_no"):
        person.fill("Cheque number", entry["cheque_no"])
    if entry.get("note"):
        person.fill("A note", entry["note"])
    person.choose("What was it for?", KINDS[entry["category"]])
    person.save("Keep this")


def _has_tin(person: Person) -> bool:
    office = person.program._office
    assert office is not None
    return len(office.ledger.accounts()) > 1


def _copy_the_statement(person: Person) -> None:
    def top() -> None:
        person.fill("Last day of the statement", day(BANK["statement_last_day"]))
        person.fill("Balance at the end", pounds(BANK["statement_closing_p"]))
        person.enter()

    def lines() -> None:
        person.settle()
        for line in BANK["lines"]:
            write(day(line["date"]))
            press(Qt.Key.Key_Tab, times=2)
            write(line["description"])
            press(Qt.Key.Key_Tab)
            amount = line["amount_p"]
            write(pounds(-amount) if amount < 0 else "")
            press(Qt.Key.Key_Tab)
            write(pounds(amount) if amount > 0 else "")
            press(Qt.Key.Key_Tab)
            write(pounds(line["balance_p"]))
            person.enter()
        person.save("Close")

    person.shortcut(Qt.Key.Key_T, top, lines)


def _explain_what_is_left(person: Person) -> None:
    """What the program is sure of is explained; Enter takes what it found, if it is right."""
    entries = {entry["bank_line"]: entry for entry in DATA["ledger"] if entry["bank_line"]}
    by_line = {(line["date"], line["amount_p"]): entries.get(line["id"]) for line in BANK["lines"]}
    office = person.program._office
    assert office is not None
    person.turn_to("To explain")
    while left := office.ledger.lines(to_code_only=True):
        line = left[0]
        entry = by_line[line.day.isoformat(), line.amount.pence]
        assert entry is not None
        person.on_row("Lines to explain", f"{line.day:%d/%m/%Y}", line.description)
        proposal = line.proposal
        right = proposal is not None and [part.category for part in proposal.parts] == [
            entry["category"]
        ]

        def say(entry: dict[str, Any] = entry, *, right: bool = right) -> None:
            if right:
                person.enter()
                return
            if person.hears.startswith("What it may be"):
                person.press_button("No, I will say it myself")
            person.fill("Who", entry["payee"])
            person.choose("What was it for?", KINDS[entry["category"]])
            person.save("Keep this")

        person.asked(lambda: press(Qt.Key.Key_Return), say)


def _copy_the_receipts_of_the_cash_tin(person: Person) -> None:
    for entry in DATA["ledger"]:
        if entry["account"] == "cash":
            person.shortcut(Qt.Key.Key_N, partial(_record, person, entry, bank=False))


def _add_the_bills_and_what_is_set_aside(person: Person) -> None:
    kinds = {
        "wages_earned_unpaid": "Wages earned and not yet paid",
        "holiday_accrued": "Holiday built up",
    }
    last = day(DATA["period"]["to"])
    for bill in DATA["commitments"]:
        person.turn_to("Bills on the way")

        def fill_in(bill: dict[str, Any] = bill) -> None:
            person.choose("What is it for?", kinds[bill["kind"]])
            person.form(
                ("Who is it owed to?", bill["payee"]),
                ("How much", pounds(bill["amount_p"])),
                ("Owed since", last),
                ("Counts until", last),
                ("A note", bill["note"]),
            )
            person.enter()

        person.button("Add a bill", fill_in)
    (reserve,) = DATA["reserves"]
    person.turn_to("Set aside")

    def set_aside() -> None:
        person.choose("What kind is it?", "A planned break")
        person.form(
            ("What is it for?", reserve["label"]),
            ("How much", pounds(reserve["amount_p"])),
            ("Who agreed to it?", "The social worker"),
        )
        person.enter()

    person.button("Set money aside", set_aside)


def _copy_what_the_bureau_and_providers_wrote(person: Person) -> None:
    person.turn_to("Invoices and bureau")
    for invoice in DATA["invoices"]:

        def copy(invoice: dict[str, Any] = invoice) -> None:
            person.form(
                ("Who sent it?", invoice["provider"]),
                ("Its number", invoice["id"]),
                ("The day on it", day(invoice["date"])),
                ("How much", pounds(invoice["amount_p"])),
                ("Hours", str(invoice.get("hours", ""))),
                ("Sessions or days", str(invoice.get("sessions", ""))),
                ("For each hour or session", pounds(invoice["rate_p"])),
            )
            person.enter()

        person.button("Add an invoice", copy)
    sheets = {sheet["month"]: sheet for sheet in DATA["timesheets"]}
    for slip in DATA["payslips"]:
        sheet = sheets[_month_before(slip["pay_date"])]

        def copy_slip(slip: dict[str, Any] = slip, sheet: dict[str, Any] = sheet) -> None:
            person.form(
                ("Whose is it?", slip["pa"]),
                ("Payday", day(slip["pay_date"])),
                ("Its number", slip["id"]),
                ("Gross pay", pounds(slip["gross_p"])),
                ("Net pay", pounds(slip["net_p"])),
                ("First day", f"1/{sheet['month'][5:]}/2026"),
                ("Hours worked", str(sheet["hours_worked"])),
                ("Rate for an hour", pounds(sheet["rate_p"])),
            )
            person.enter()

        person.button("Add a payslip from a bureau", copy_slip)


def _month_before(iso: str) -> str:
    year, month, _day = iso.split("-")
    return f"{year}-{int(month) - 1:02d}"


# ── papers, and the return ────────────────────────────────────────────────────────────


def _keep_the_papers(person: Person, folder: Path) -> None:
    """Every payment that asks for a paper gets the one that lies on the table for it."""
    office = person.program._office
    assert office is not None
    papers = {
        (entry["date"], abs(entry["amount_p"])): entry["evidence"] for entry in DATA["ledger"]
    }
    person.turn_to("Papers missing")
    for row in office.ledger.evidence_missing(FIRST, LAST):
        held = papers[row.day.isoformat(), row.amount.pence]
        if not held:
            continue
        scan = folder / f"{held[0]}.txt"
        scan.write_text(f"{held[0]}: {row.payee}, {row.amount}", encoding="utf-8")
        person.on_row("Papers missing", f"{row.day:%d/%m/%Y}", row.payee)

        def add(scan: Path = scan) -> None:
            person.choose_file(scan)
            person.save("Keep it")

        person.asked(lambda: press(Qt.Key.Key_Return), add)


def _sign(person: Person) -> None:
    person.go("Return")
    person.settle()

    def sign() -> None:
        person.choose("Who signs?", "")
        office = person.program._office
        assert office is not None
        declaration = office.returns.prepare(DATA["template"], FIRST, LAST).declaration
        for sentence in declaration.statements:
            person.to(sentence)
            press(Qt.Key.Key_Space)
        person.save("Sign it")

    person.shortcut(Qt.Key.Key_G, sign)


def _reopened(program: Program, folder: Path) -> Office:
    """Close the book and open it from the disk."""
    office = program._office
    assert office is not None
    office.close()
    return Office.open(folder / "Our book", PASSPHRASE)
