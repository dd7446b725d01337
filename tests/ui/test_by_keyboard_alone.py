"""The whole main job with the keyboard alone: from an empty folder to a signed return.

What is typed is the invented household of the demo, shift by shift and line by line; what comes
out is compared with the figures that were worked out by hand beforehand.
"""

from __future__ import annotations

import tomllib
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QTableView

from dpemployer import clock
from dpemployer.data_files import read_bytes, read_text
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.periods import TaxYear
from dpemployer.returns.answers import answers
from dpemployer.services.money_rows import CommitmentKind
from tests.ui.keys import press, write
from tests.ui.person import Person, pounds
from ui.app import Program
from ui.wizards.new_book import SheetStep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.services.money_rows import LineRow
    from dpemployer.settings import Settings

HOUSE: dict[str, Any] = tomllib.loads(read_text("demo/household.toml"))
EXPECTED: dict[str, Any] = tomllib.loads(read_text("demo/expected.toml"))
TODAY: date = HOUSE["period"]["signed_on"]
FIRST, LAST = HOUSE["period"]["first_day"], HOUSE["period"]["last_day"]
PASSPHRASE: str = HOUSE["passphrase"]
PARTIES = {party["key"]: party for party in HOUSE["party"]}
NAMES = {who["key"]: f"{who['first_names']} {who['surname']}" for who in HOUSE["assistant"]}
LEFT_ON_PURPOSE: int = HOUSE["wrong_first"]["leave_uncoded_row"]

KINDS = {
    "care.agency": "Care agency",
    "emp.insurance": "Employers",
    "emp.pa_expenses": "PA",
    "emp.ppe": "Gloves",
    "inc.contribution": "My assessed contribution",
    "inc.council_regular": "Direct payment from the council (regular)",
    "inc.interest": "Bank interest",
    "inc.supplier_refund": "Refund",
    "pay.hmrc": "Tax and National Insurance",
    "pay.net_wages": "Wages paid to personal assistants",
    "pay.pension": "Workplace pension",
    "plan.activities": "Activities",
    "plan.equipment": "Equipment",
}
FREQUENCIES = {
    "weekly": "Every week",
    "four_weekly": "Every four weeks",
    "monthly": "Every month",
}
USUAL_RATES = {
    "basic": "For an ordinary hour",
    "enhanced": "For an enhanced hour",
    "sleep_in": "For a sleep-in night",
    "waking_night": "For an hour of a waking night",
}
USUAL_LABELS = {
    "basic": "Basic hours",
    "enhanced": "Enhanced hours",
    "sleep_in": "Sleep-in",
    "waking_night": "Waking night",
    "holiday": "Holiday",
}
TO_DATE = {
    "pay_p": "Gross pay to date",
    "taxable_pay_p": "Taxable pay to date",
    "tax_p": "Tax to date",
    "earnings_for_ni_p": "Earnings for National Insurance to date",
    "employee_ni_p": "Their National Insurance to date",
    "employer_ni_p": "Your National Insurance to date",
    "at_lel_p": "Earnings at the lower earnings limit",
    "lel_to_pt_p": "Earnings from there to the primary threshold",
    "pt_to_uel_p": "Earnings from there to the upper limit",
    "postgraduate_loan_p": "Postgraduate loan to date",
    "employee_pension_p": "Their pension contributions to date",
    "employer_pension_p": "Your pension contributions to date",
}
DECLARATIONS = {"P45": "They gave me a P45", "B": "B:", "C": "C:"}


@pytest.fixture
def program(
    settings: Settings, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Program]:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    made = Program(qapp, settings)
    wrong: list[BaseException] = []
    made.operations.broken.connect(lambda bug, _owner: wrong.append(bug))
    made.operations.failed.connect(lambda error, _owner: wrong.append(error))
    made.start()
    yield made
    for each in wrong:
        raise each
    made.lock()
    qtbot.waitUntil(lambda: made.operations.idle)
    made._close_windows()
    made.operations.close()


# Off screen there is nothing to raise, and no keyboard but ours: Qt's list of file names says so.
# Tab on the last box of a week is left to Qt, to go on: the sender of our keys says that.
@pytest.mark.qt_log_ignore(
    "does not support (raise|grabbing the keyboard)",
    "Keyboard event not accepted by receiving widget",
)
def test_from_an_empty_folder_to_the_payslips_and_the_return_of_the_demo(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    person = Person(program, qtbot)
    person.settle()

    _make_a_book(person, tmp_path)
    _say_who_is_who(person)
    _say_who_pays(person)
    first, *others = HOUSE["assistant"]
    _take_on(person, first)
    _say_where_things_stand(person)
    _copy_the_figures_so_far(person, first)
    for who in others:
        _take_on_one_more(person, who)
    _pay_everybody(person)
    _copy_the_cheques(person)
    _bring_in_the_statement(person, tmp_path)
    _explain_what_is_left(person)
    _copy_the_invoices(person)
    _keep_the_papers(person, tmp_path)
    _try_to_sign_with_a_penny_missing(person)
    _explain_the_penny(person)
    _sign(person)

    with _reopened(program, tmp_path) as office:
        _compare_payslips(office)
        _compare_holiday_and_bills(office)
        _compare_the_return(office)


# ── setting up ────────────────────────────────────────────────────────────────────────


def _as_typed(on: date) -> str:
    return f"{on.day}/{on.month}/{on.year}"


def _make_a_book(person: Person, folder: Path) -> None:
    person.press_button("Make a new book")
    wizard = person.program.wizard
    assert wizard is not None
    person.form(
        ("Your name", PARTIES["helen"]["name"]),
        ("A name for the book", "Our book"),
        ("The folder it goes in", str(folder)),
        ("Passphrase", PASSPHRASE),
        ("The same passphrase again", PASSPHRASE),
    )
    _go_on(person)
    sheet = wizard.step
    assert isinstance(sheet, SheetStep)
    person.fill("Group number", sheet.proof.asked)
    _go_on(person)


def _go_on(person: Person) -> None:
    person.keys(Qt.Key.Key_Return)


def _about(person: Person, party: dict[str, Any]) -> None:
    person.form(
        ("Full name", party["name"]),
        ("Address", party["address"]),
        ("Telephone or email", party["contact"]),
    )


def _say_who_is_who(person: Person) -> None:
    since = {(role["party"], role["role"]): role["from_day"] for role in HOUSE["role"]}
    _about(person, PARTIES["rowan"])
    person.fill("The council's number for this person", PARTIES["rowan"]["reference"])
    person.fill("Since", _as_typed(since["rowan", "person_supported"]))
    _go_on(person)
    person.choose("Who manages the money?", "Somebody else")
    _about(person, PARTIES["helen"])
    person.choose("They act as", "Nominated person")
    person.fill("Since", _as_typed(since["helen", "money_manager"]))
    _go_on(person)
    person.choose("Who is the employer?", PARTIES["rowan"]["name"])
    person.fill("Since", _as_typed(since["rowan", "employer"]))
    _go_on(person)
    person.choose("Who signs?", PARTIES["helen"]["name"])
    person.choose("They act as", "Nominated person")
    person.fill("Since", _as_typed(since["helen", "signatory"]))
    _go_on(person)
    scheme = HOUSE["scheme"]
    person.form(
        ("Employer PAYE reference", scheme["paye_reference"]),
        ("Accounts Office reference", scheme["accounts_office_reference"]),
    )
    for tick in ("I pay HMRC every three months", "I claim Employment Allowance"):
        person.to(tick)
        press(Qt.Key.Key_Space)
    person.fill("Pension provider", scheme["pension_provider"])
    person.fill("This has been so since", _as_typed(scheme["from_day"]))
    _go_on(person)


def _say_who_pays(person: Person) -> None:
    (funder,), (award,), (plan,) = HOUSE["funder"], HOUSE["award"], HOUSE["contribution_plan"]
    person.fill("Name", funder["name"])
    person.choose("The return they ask for", "Quarterly return")
    person.fill("First day of the first return", _as_typed(FIRST))
    _go_on(person)
    person.choose("Your own contribution", "They pay what is left")
    person.fill("What the letter says a week costs", pounds(award["gross_weekly_p"]))
    person.fill("Your contribution for a week", pounds(award["contribution_weekly_p"]))
    person.choose("How often you pay it in", FREQUENCIES[plan["frequency"]])
    person.fill("A day you pay it in", _as_typed(plan["first_due"]))
    person.choose("How often they pay", FREQUENCIES[award["frequency"]])
    person.form(
        ("How much each payment is", pounds(award["payment_p"])),
        ("This rate is from", _as_typed(award["from_day"])),
        ("A day they pay on", _as_typed(award["first_payment"])),
    )
    _go_on(person)
    account = HOUSE["account"]
    person.form(
        ("The first day this book answers for", _as_typed(account["opened_on"])),
        ("How much was in it", pounds(account["opening_balance_p"])),
    )
    _go_on(person)


def _take_on(person: Person, who: dict[str, Any]) -> None:
    """Say who somebody is, and the terms of their job."""
    person.form(
        ("First names", who["first_names"]),
        ("Surname", who["surname"]),
        ("Date of birth", _as_typed(who["born_on"])),
        ("National Insurance number", who["nino"]),
    )
    person.choose("Where they live", who["lives_in"].capitalize())
    person.form(("Address", who["address"]), ("Telephone or email", who["contact"]))
    _go_on(person)
    first_day, payday = _a_period_of(who)
    person.fill("First day of the job", _as_typed(who["started_on"]))
    person.choose("How often they are paid", FREQUENCIES[who["frequency"]])
    person.fill("First day of any one pay period", _as_typed(first_day))
    person.fill("Payday of that pay period", _as_typed(payday))
    person.choose("What they said when they started", DECLARATIONS[who["starter_declaration"]])
    if who["holiday_class"] == "regular":
        person.choose("Their hours, for holiday", "The same hours every week")
        person.fill("Hours a week in the contract", who["hours_per_week"])
        person.fill("Days a week in the contract", who["days_per_week"])
        person.fill("First day of a holiday year", _as_typed(who["leave_year_start"]))
    person.fill("Payroll number", who["payroll_id"])
    _go_on(person)
    first_rates = who["rate"][0]["from_day"]
    for rate in who["rate"]:
        if rate["from_day"] == first_rates:
            person.fill(USUAL_RATES[rate["pay_type"]], pounds(rate["rate_p"]))
    person.fill("These rates are from", _as_typed(first_rates))
    _go_on(person)
    if who["starter_declaration"] == "P45":
        # Its figures are copied with those from before the book.
        person.save("Skip for now")
    (code,), (letter,) = who["tax_code"], who["ni_letter"]
    person.form(("Tax code", code["code"]), ("Where it comes from", code["source"]))
    person.choose("National Insurance letter", f"{letter['letter']}:")
    if who.get("loan"):
        person.choose("Student loan", "Postgraduate loan")
    person.fill("Use these from", _as_typed(code["from_day"]))
    _go_on(person)
    for pension in who.get("pension", ()):
        person.to("They are in a workplace pension")
        press(Qt.Key.Key_Space)
        person.settle()
        person.fill("Pension provider", pension["provider"])
        person.fill("From", _as_typed(pension["from_day"]))
        person.choose("Contributions are worked out on", "Qualifying earnings")
        person.choose("Tax relief", "Relief at source")
        person.fill("The worker pays, in percent", pension["employee_percent"])
        person.fill("You pay, in percent", pension["employer_percent"])
    _go_on(person)


def _a_period_of(who: dict[str, Any]) -> tuple[date, date]:
    """Return the first day of one pay period, and its payday, as a payslip shows them."""
    anchor: date = who["period_anchor"]
    if who["frequency"] == "monthly":
        return anchor, anchor.replace(day=who["day_of_month"])
    weeks = {"weekly": 1, "four_weekly": 4}[who["frequency"]]
    return anchor, anchor + timedelta(days=7 * weeks - 1 + who["days_after"])


def _say_where_things_stand(person: Person) -> None:
    opening, owed = HOUSE["opening"], HOUSE["opening_owed"]
    hmrc = sum(each["amount_p"] for each in owed if each["kind"] == "hmrc_due")
    (pension,) = (each for each in owed if each["kind"] == "pension_due")
    person.choose("Has anybody been paid already this tax year?", "Yes.")
    person.form(
        ("The last day before this book", _as_typed(opening["as_of"])),
        ("Where the figures come from", opening["source"]),
        ("Employment Allowance used so far", pounds(opening["allowance_used_p"])),
        ("Still owed to HMRC", pounds(hmrc)),
        ("The last payday that is owed to HMRC for", _as_typed(opening["as_of"])),
        ("Still owed to the pension provider", pounds(pension["amount_p"])),
        ("Pension provider", pension["payee"]),
        ("When the pension must be paid", _as_typed(pension["due"])),
    )
    _go_on(person)


def _copy_the_figures_so_far(person: Person, who: dict[str, Any]) -> None:
    pay, holiday = who["opening_pay"], who["opening_holiday"]
    person.fill("Where the figures come from", pay["source"])
    for key, label in TO_DATE.items():
        person.fill(label, pounds(pay[key]))
    if pay["previous_pay_p"]:
        person.fill("Pay on the P45", pounds(pay["previous_pay_p"]))
        person.fill("Tax on the P45", pounds(pay["previous_tax_p"]))
    person.fill("Hours of holiday left", _hours(holiday["minutes_left"]))
    _go_on(person)
    if weeks := who.get("paid_week"):
        newest_first = sorted(weeks, key=lambda week: week["week_ending"], reverse=True)
        person.fill("Week 1 ended on", _as_typed(newest_first[0]["week_ending"]))
        for number, week in enumerate(newest_first, start=1):
            person.fill(f"Week {number}: hours", _hours(week["minutes"]))
            person.fill(f"Week {number}: pay", pounds(week["pay_p"]))
        _go_on(person)


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _take_on_one_more(person: Person, who: dict[str, Any]) -> None:
    person.go("People")
    person.shortcut_to_wizard(Qt.Key.Key_N)
    _take_on(person, who)
    _go_on(person)  # where the household stands was said with the first
    _copy_the_figures_so_far(person, who)
    first_rates = who["rate"][0]["from_day"]
    later = [rate for rate in who["rate"] if rate["from_day"] != first_rates]
    if not later:
        return
    person.go("People")
    person.on_row("Personal assistants", NAMES[who["key"]])
    person.enter()
    person.turn_to("Pay")
    for rate in later:

        def add(rate: dict[str, Any] = rate) -> None:
            kind = {"basic": "Ordinary hours", "enhanced": "Enhanced hours"}[rate["pay_type"]]
            person.choose("What it is for", kind)
            person.fill("Rate", pounds(rate["rate_p"]))
            person.fill("From", _as_typed(rate["from_day"]))
            person.save("Save")

        person.button("Add a rate", add)
    person.press_button("Back to everybody")


# ── hours, and paydays ────────────────────────────────────────────────────────────────


def _pay_everybody(person: Person) -> None:
    """Fill in and approve the hours of each pay period, then pay it, in the order of paydays."""
    sheets = {(sheet["assistant"], sheet["first_day"]): sheet for sheet in HOUSE["timesheet"]}
    paydays = sorted(EXPECTED["payslip"], key=lambda slip: (slip["paid_on"], slip["pay_date"]))
    for slip in paydays:
        _fill_in_hours(person, sheets[slip["assistant"], slip["first_day"]])
        _finalise(person, slip)


def _fill_in_hours(person: Person, sheet: dict[str, Any]) -> None:
    person.go("Timesheets")
    if person.hears == "Hours of the week":
        person.press_button("Back to all timesheets")
    person.fill("Around which day?", _as_typed(sheet["first_day"]))
    person.settle()
    person.on_row("Timesheets", NAMES[sheet["assistant"]])
    person.enter()
    assert person.hears == "Hours of the week"
    week, by_form = sheet["first_day"], []
    for shift in sheet["shifts"]:
        if "break_minutes" in shift or "awake_minutes" in shift:
            by_form.append(shift)
            continue
        while shift["day"] >= week + timedelta(days=7):
            week += timedelta(days=7)
            person.keys(Qt.Key.Key_PageDown)
        _type_into_the_grid(person, shift, week)
    for shift in by_form:
        person.shortcut(Qt.Key.Key_N, partial(_fill_in_a_shift, person, shift))
    person.keys(Qt.Key.Key_Return)


def _type_into_the_grid(person: Person, shift: dict[str, Any], week: date) -> None:
    grid = person.to("Hours of the week", QTableView)
    assert isinstance(grid, QTableView)
    kinds = [
        str(grid.model().headerData(row, Qt.Orientation.Vertical))
        for row in range(grid.model().rowCount())
    ]
    press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Down, times=kinds.index(USUAL_LABELS[shift["pay_type"]]))
    press(Qt.Key.Key_Right, times=(shift["day"] - week).days)
    if "started" in shift:
        write(f"{_clock(shift['started'])}-{_clock(shift['ended'])}")
    else:
        write(_hours(shift["minutes"]))
    person.enter()


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}"


def _fill_in_a_shift(person: Person, shift: dict[str, Any]) -> None:
    person.settle()
    person.fill("Day", _as_typed(shift["day"]))
    person.choose("What it was", USUAL_LABELS[shift["pay_type"]])
    person.fill("From", _clock(shift["started"]))
    person.fill("To", _clock(shift["ended"]))
    if "break_minutes" in shift:
        person.fill("Unpaid break", _hours(shift["break_minutes"]))
    if "awake_minutes" in shift:
        person.fill("Time awake and working", _hours(shift["awake_minutes"]))
    person.save("Save")


def _finalise(person: Person, slip: dict[str, Any]) -> None:
    person.go("Pay")
    on = slip["pay_date"]
    months = ("July", "August", "September", "October")
    payday = f"{on.day} {months[on.month - 7]} {on.year}"
    person.on_row("Paydays to come", payday, NAMES[slip["assistant"]])
    person.enter()

    def agree() -> None:
        person.save("Finalise")

    person.shortcut(Qt.Key.Key_Return, agree)
    person.press_button("Back to all paydays")


# ── the bank ──────────────────────────────────────────────────────────────────────────


def _copy_the_cheques(person: Person) -> None:
    person.go("Money")
    (before,), (waiting,) = HOUSE["opening_uncleared"], HOUSE["uncleared"]
    person.turn_to("Waiting for the bank")

    def earlier() -> None:
        person.form(
            ("The day it was written", _as_typed(before["day"])),
            ("How much", pounds(abs(before["amount_p"]))),
            ("Who was paid", before["payee"]),
            ("Cheque number", before["cheque_no"]),
        )
        person.enter()

    person.button("Add one from before this book", earlier)

    def stub() -> None:
        person.form(
            ("Day", _as_typed(waiting["day"])),
            ("How much", pounds(abs(waiting["amount_p"]))),
            ("Who was paid", waiting["payee"]),
            ("Cheque number", waiting["cheque_no"]),
            ("A note", waiting["note"]),
        )
        person.choose("What was it for?", KINDS[waiting["category"]])
        person.save("Keep this")

    person.shortcut(Qt.Key.Key_N, stub)


def _bring_in_the_statement(person: Person, folder: Path) -> None:
    file = folder / "statement.csv"
    file.write_bytes(read_bytes("demo/statement.csv"))

    def keep() -> None:
        person.choose_file(file)
        person.save("Keep the new lines")

    person.shortcut(Qt.Key.Key_I, keep)


def _explain_what_is_left(person: Person) -> None:
    """Say what each line was for that did not find that out by itself; but one."""
    told = {(each["day"], each["amount_p"], each["description"]): each for each in HOUSE["line"]}
    person.turn_to("To explain")
    tried: set[int] = set()
    while left := [line for line in _left(person) if line.line_id not in tried]:
        line = left[0]
        tried.add(line.line_id)
        said = told[line.day, line.amount.pence, line.description]
        if said["row"] != LEFT_ON_PURPOSE:
            _explain(person, line, said)
    assert len(_left(person)) == 1


def _left(person: Person) -> tuple[LineRow, ...]:
    office = person.program._office
    assert office is not None
    return office.ledger.lines(to_code_only=True)


def _explain(person: Person, line: LineRow, said: dict[str, Any]) -> None:
    person.on_row("Lines to explain", f"{line.day:%d/%m/%Y}", line.description)
    person.asked(lambda: press(Qt.Key.Key_Return), partial(_say, person, line, said))


def _say(person: Person, line: LineRow, said: dict[str, Any]) -> None:
    """Take what the program found where it is right, else say it."""
    if _is_right(line, said):
        person.enter()
        return
    if person.hears.startswith("What it may be"):
        person.press_button("No, I will say it myself")
    person.fill("Who", said["payee"])
    parts = _parts(said)
    _say_parts(person, parts)
    if "refund_of" in said:
        person.choose("Is it money back for something paid before?", "21 August 2026")
    if said.get("note"):
        person.fill("A note", said["note"])
    person.save("Keep this")


def _say_parts(person: Person, parts: list[dict[str, Any]]) -> None:
    """Divide a payment, where it was for more than one thing."""
    for number in range(2, len(parts) + 1):
        person.press_button("It was for" if number == 2 else "Add another part")
    for number, part in enumerate(parts, start=1):
        _say_part(person, f"Part {number}: " if len(parts) > 1 else "", part)


def _parts(said: dict[str, Any]) -> list[dict[str, Any]]:
    if "category" in said:
        return [{"category": said["category"], "amount_p": said["amount_p"]}]
    names = {"wages": "pay.net_wages", "hmrc": "pay.hmrc", "pension": "pay.pension"}
    parts = said.get("parts", [{"settles": said.get("settles"), "amount_p": said["amount_p"]}])
    return [part | {"category": names[part["settles"].partition("/")[0]]} for part in parts]


def _is_right(line: LineRow, said: dict[str, Any]) -> bool:
    """Whether what the program found is what happened."""
    proposal = line.proposal
    if proposal is None or (said.get("refund_of") and proposal.refund_of_id is None):
        return False
    if "clears" in said:
        return proposal.entry_id is not None
    found = {(part.category, part.amount.pence) for part in proposal.parts}
    totals: dict[str, int] = {}
    for part in _parts(said):
        totals[part["category"]] = totals.get(part["category"], 0) + part["amount_p"]
    joined: dict[str, int] = {}
    for category, pence in found:
        joined[category] = joined.get(category, 0) + pence
    settles = "settles" in said or "parts" in said
    return joined == totals and (
        not settles or all(part.commitment_id is not None for part in proposal.parts)
    )


def _say_part(person: Person, prefix: str, part: dict[str, Any]) -> None:
    what = "What was it for?" if not prefix else f"{prefix}what was it for?"
    person.choose(what, KINDS[part["category"]])
    if prefix:
        person.fill(f"{prefix}how much of it", pounds(-part["amount_p"]))
    if "settles" in part:
        kind, who, payday = part["settles"].split("/")
        assert kind == "wages"
        slip = next(
            each
            for each in EXPECTED["payslip"]
            if (each["assistant"], str(each["pay_date"])) == (who, payday)
        )
        combo = person.to(
            f"{prefix}which bill does it pay?" if prefix else "Which bill does it pay?"
        )
        assert isinstance(combo, QComboBox)
        (place,) = (
            place
            for place in range(combo.count())
            if NAMES[who] in combo.itemText(place)
            and _as_typed_long(slip["pay_date"]) in combo.itemText(place)
        )
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Down, times=place)


def _as_typed_long(on: date) -> str:
    months = ("July", "August", "September", "October")
    return f"{on.day} {months[on.month - 7]}"


def _copy_the_invoices(person: Person) -> None:
    person.turn_to("Invoices and bureau")
    for invoice in HOUSE["invoice"]:
        person.button("Add an invoice", partial(_copy_an_invoice, person, invoice))


def _copy_an_invoice(person: Person, invoice: dict[str, Any]) -> None:
    person.form(
        ("Who sent it?", invoice["provider"]),
        ("Its number", invoice["reference"]),
        ("The day on it", _as_typed(invoice["day"])),
    )
    if "credits" in invoice:
        person.to("It is a credit note")
        press(Qt.Key.Key_Space)
        person.settle()
        person.choose("Which invoice does it reduce?", invoice["provider"])
    person.form(
        ("How much", pounds(abs(invoice["amount_p"]))),
        ("Hours", str(abs(Decimal(invoice["hours"])))),
        ("For each hour or session", pounds(invoice["rate_p"])),
        ("For the days from", _as_typed(invoice["service_from"])),
        ("To", _as_typed(invoice["service_to"])),
    )
    person.enter()


def _keep_the_papers(person: Person, folder: Path) -> None:
    """Every payment that asks for a paper gets the one that lies on the table for it."""
    papers = {
        (each["day"], abs(each["amount_p"])): each["papers"]
        for each in (*HOUSE["line"], *HOUSE["uncleared"])
        if each.get("papers")
    }
    office = person.program._office
    assert office is not None
    person.turn_to("Papers missing")
    for row in office.ledger.evidence_missing(FIRST, LAST):
        for name in papers.get((row.day, row.amount.pence), ())[:1]:
            scan = folder / name
            scan.write_bytes(read_bytes(f"demo/papers/{name}"))
            person.on_row("Papers missing", f"{row.day:%d/%m/%Y}", str(row.amount))
            person.asked(lambda: press(Qt.Key.Key_Return), partial(_keep, person, scan))


def _keep(person: Person, scan: Path) -> None:
    person.choose_file(scan)
    person.save("Keep it")


# ── the return ────────────────────────────────────────────────────────────────────────


def _declare(person: Person) -> None:
    """Choose who signs, and accept every sentence of the declaration."""
    office = person.program._office
    assert office is not None
    template = HOUSE["period"]["template"]
    declaration = office.returns.prepare(template, FIRST, LAST).declaration
    name = PARTIES["helen"]["name"]
    who = next(each for each in declaration.signatories if each.name == name)
    if len(declaration.signatories) > 1:
        person.choose("Who signs?", f"{who.label}: {name}")
    for sentence in declaration.statements:
        person.to(sentence)
        press(Qt.Key.Key_Space)


def _try_to_sign_with_a_penny_missing(person: Person) -> None:
    person.go("Return")
    heard: list[str] = []

    def try_it() -> None:
        _declare(person)
        person.save("Sign it")
        window = QApplication.activeModalWidget()
        assert window is not None
        heard.append(window.notices.shown[0].message)  # type: ignore[attr-defined]
        person.asked(lambda: press(Qt.Key.Key_Escape), lambda: person.save("Leave without saving"))

    person.shortcut(Qt.Key.Key_G, try_it)
    assert "This return cannot be signed yet." in heard[0]
    assert "£0.01" in heard[0]


def _explain_the_penny(person: Person) -> None:
    person.go("Money")
    person.turn_to("To explain")
    (line,) = _left(person)
    said = next(each for each in HOUSE["line"] if each["row"] == LEFT_ON_PURPOSE)
    _explain(person, line, said)


def _sign(person: Person) -> None:
    person.go("Return")

    def sign() -> None:
        _declare(person)
        person.save("Sign it")

    person.shortcut(Qt.Key.Key_G, sign)


# ── what came of it ───────────────────────────────────────────────────────────────────


def _reopened(program: Program, folder: Path) -> Office:
    """Close the book and open it from the disk."""
    office = program._office
    assert office is not None
    office.close()
    return Office.open(folder / "Our book", PASSPHRASE)


def _compare_payslips(office: Office) -> None:
    slips = {(slip.name, slip.pay_date): slip for slip in office.pay_runs.payslips(TaxYear(2026))}
    assert len(slips) == len(EXPECTED["payslip"])
    names = {
        "gross_p": "gross_pay",
        "tax_p": "tax",
        "employee_ni_p": "employee_ni",
        "employer_ni_p": "employer_ni",
        "postgraduate_loan_p": "postgraduate_loan",
        "employee_pension_p": "employee_pension",
        "employer_pension_p": "employer_pension",
        "net_p": "net_pay",
    }
    for by_hand in EXPECTED["payslip"]:
        slip = slips[NAMES[by_hand["assistant"]], by_hand["pay_date"]]
        got = {key: getattr(slip, name).pence for key, name in names.items()}
        assert got == {key: by_hand[key] for key in names}, (slip.name, slip.pay_date)


def _compare_holiday_and_bills(office: Office) -> None:
    jobs = {
        person.name: job.employment_id
        for person in office.people.assistants(TODAY)
        for job in person.employments
    }
    left = {
        key: office.pay_runs.holiday(jobs[name], LAST + timedelta(days=2)).left
        for key, name in NAMES.items()
    }
    assert left == EXPECTED["holiday_left_minutes"]
    owed = [
        (str(row.kind), row.outstanding.pence)
        for row in office.ledger.commitments(LAST)
        if row.outstanding > Money(0)
    ]
    totals: dict[str, int] = {}
    for kind, pence in owed:
        totals[kind] = totals.get(kind, 0) + pence
    assert totals == {each["kind"]: each["amount_p"] for each in EXPECTED["commitment"]}
    assert set(totals) == {CommitmentKind.WAGES, CommitmentKind.HMRC, CommitmentKind.PENSION}


def _compare_the_return(office: Office) -> None:
    expected = EXPECTED["return"]
    made = answers(office.returns.figures(HOUSE["period"]["template"], FIRST, LAST))
    for key in (
        "income_by_category_p",
        "expenditure_by_category_p",
        "template_lines_p",
        "totals_p",
        "as_income_alternative_p",
        "reconciliation_p",
        "award_p",
        "contribution_p",
        "commitments_p",
    ):
        # What is shown funder by funder besides is no part of this household's figures.
        figures = {name: value for name, value in made[key].items() if not isinstance(value, dict)}
        got = {name: value for name, value in figures.items() if value}
        assert got == {name: value for name, value in expected[key].items() if value}, key
    balance = made["balance_test"]
    for name, value in expected["balance_test"].items():
        assert str(balance[name]) == str(value), name
    assert [(row["date"], row["payee"], row["amount_p"]) for row in made["evidence_missing"]] == [
        (str(row["date"]), row["payee"], row["amount_p"]) for row in expected["evidence_missing"]
    ]
    (signed,) = office.returns.signed()
    assert signed.signed_by == PARTIES["helen"]["name"]
    assert signed.closing.pence == expected["totals_p"]["closing_book"]
