"""The invented household, from an empty book to a signed return, against figures by hand."""

from __future__ import annotations

import copy
import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dpemployer.cli import main
from dpemployer.cli.demo import play
from dpemployer.i18n import long_date
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.services.demo import Demo, DemoFiles
from dpemployer.services.demo_figures import Compared, compare

FILES = DemoFiles.shipped()
PAYSLIPS = [
    pytest.param(slip, id=f"{slip['assistant']} {slip['pay_date']}")
    for slip in FILES.expected["payslip"]
]
SHEETS = [
    pytest.param(sheet, id=f"{sheet['assistant']} {sheet['first_day']}")
    for sheet in FILES.household["timesheet"]
]


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of the command."""

    folder: Path
    status: int
    said: str


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return _run(tmp_path_factory.mktemp("demo") / "demo-output")


def _run(folder: Path, *more: str) -> Ran:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = main(["demo", "--output", str(folder), *more])
    return Ran(folder, status, said.getvalue())


def _live(files: DemoFiles) -> tuple[Compared, ...]:
    """Live through a household in memory, and compare it with the figures by hand."""
    with Office.in_memory() as office:
        demo = Demo(office, files, lambda _words: None)
        demo.begin()
        demo.pay()
        demo.bank()
        assert demo.refused() is not None
        demo.put_right()
        demo.sign()
        return compare(office, demo, files.expected)


def _different(files: DemoFiles) -> set[str]:
    return {one.what for one in _live(files) if not one.same}


def _text(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


# ── the command ──


def test_every_figure_is_the_one_worked_out_by_hand(ran: Ran) -> None:
    assert ran.status == 0, ran.said
    assert "All of them are the same." in ran.said
    assert "DIFFERENT" not in ran.said


def test_nothing_worked_out_by_hand_is_left_out(ran: Ran) -> None:
    found = re.search(r"(\d+) figures were compared", ran.said)

    assert found is not None, ran.said
    assert int(found[1]) >= _figures(FILES.expected)


def _figures(value: Any) -> int:
    """Count the amounts, minutes and days in the file of expected figures."""
    if isinstance(value, dict):
        # A line of pay is compared whole; so is something missing or to be explained.
        if "pay_type" in value or "needs" in value or "code" in value:
            return 0
        # A payslip is found by its payday; everything else of it is compared.
        return sum(_figures(part) for name, part in value.items() if name != "pay_date")
    if isinstance(value, list):
        return sum(_figures(part) for part in value) + any("pay_type" in one for one in value)
    return isinstance(value, int | date)


def test_what_is_compared_is_what_is_in_the_book() -> None:
    figures = {one.what: one.by_program for one in _live(FILES)}

    assert figures["Leila Brook, 14 August 2026: net pay"] == "£284.86"
    assert figures["Morag Kerr, 31 August 2026: tax"] == "£104.95"
    assert figures["HMRC, quarter 2: due"] == "£1,228.24"
    assert figures["Return: money at the end"] == "£4,940.62"


def test_signing_is_refused_for_a_penny_and_says_so(ran: Ran) -> None:
    before, after = ran.said.split("The line is explained.")

    assert "£0.01" in before
    assert "The return is signed by Helen Ashby" in after


def test_the_passphrase_that_is_printed_opens_the_book(ran: Ran) -> None:
    assert f"Its passphrase is: {FILES.passphrase}" in ran.said

    with Office.open(ran.folder / "book", FILES.passphrase) as office:
        assert office.returns.signed()
        assert office.checks.everything() == ()


def test_what_one_payee_is_owed_by_one_day_is_one_bill(ran: Ran) -> None:
    with Office.open(ran.folder / "book", FILES.passphrase) as office:
        prepared = office.returns.prepare("generic-quarterly", date(2026, 7, 1), date(2026, 9, 30))

    lines = {line.line: line for section in prepared.sections for line in section.lines}
    bills = [(item.day, item.label, item.amount) for item in lines["commitments_total"].items]
    by_hand = [(one["due"], Money(one["amount_p"])) for one in FILES.expected["commitment"]]
    assert [(day, amount) for day, _label, amount in bills] == by_hand
    assert [label.partition(": ")[2] for _day, label, _amount in bills] == [
        "Leila Brook",
        "HMRC",
        "Steadwell Pension (invented)",
    ]


def test_a_payslip_made_here_proves_the_wages(ran: Ran) -> None:
    with Office.open(ran.folder / "book", FILES.passphrase) as office:
        missing = office.ledger.evidence_missing(date(2026, 7, 1), date(2026, 9, 30))
        lines = office.ledger.lines()

    assert [(one.payee, one.needs) for one in missing] == [("Bell Street Pharmacy", "receipt")]
    assert [line.payee for line in lines if line.needs] == ["Bell Street Pharmacy"]


def test_a_second_run_starts_afresh_and_says_so(tmp_path: Path, ran: Ran) -> None:
    folder = tmp_path / "demo-output"
    (folder / "book").mkdir(parents=True)
    (folder / "book" / "book.db").write_bytes(b"of an earlier run")
    (folder / "INVENTED.txt").write_bytes((ran.folder / "INVENTED.txt").read_bytes())
    (folder / "my own notes.txt").write_text("kept", encoding="utf-8")

    again = _run(folder, "--json")

    assert again.status == 0, again.said
    assert "Starting afresh" in again.said
    assert "Starting afresh" not in ran.said
    assert (folder / "my own notes.txt").read_text(encoding="utf-8") == "kept"
    figures = json.loads(again.said[again.said.index("\n[") :])
    assert all(figure["same"] for figure in figures)


def test_a_folder_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")

    refused = _run(tmp_path)

    assert refused.status == 2
    assert "is not empty, and no demo made it" in refused.said
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_figure_that_differs_is_shown_and_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = copy.deepcopy(FILES.expected)
    expected["payslip"][0]["net_p"] += 1
    files = replace(FILES, expected=expected)

    assert play(tmp_path / "demo-output", files) == 1

    (line,) = [line for line in capsys.readouterr().out.splitlines() if "DIFFERENT" in line]
    assert "£332.91" in line
    assert "£332.90" in line


# ── one wrong thing shows ──


def _changed() -> tuple[dict[str, Any], DemoFiles]:
    """Return a household to change, and the files it is in."""
    house = copy.deepcopy(FILES.household)
    return house, replace(FILES, household=house)


def test_a_quarter_of_an_hour_more_makes_the_demo_fail() -> None:
    house, files = _changed()
    shift = house["timesheet"][-1]["shifts"][-1]
    assert shift["ended"] == time(13)
    shift["ended"] = time(13, 15)

    different = _different(files)

    assert "Dennis Pryce, 30 September 2026: net pay" in different
    assert "Dennis Pryce, 31 August 2026: net pay" not in different


def test_a_sleep_in_that_was_a_waking_night_makes_the_demo_fail() -> None:
    house, files = _changed()
    shift = house["timesheet"][0]["shifts"][4]
    assert shift["pay_type"] == "sleep_in"
    shift["pay_type"], shift["label"] = "waking_night", "Waking night"

    assert "Leila Brook, 3 July 2026: gross pay" in _different(files)


def test_a_penny_on_a_rate_makes_the_demo_fail() -> None:
    house, files = _changed()
    house["assistant"][1]["rate"][0]["rate_p"] += 1

    assert "Morag Kerr, 6 July 2026: net pay" in _different(files)


def test_a_penny_of_opening_tax_makes_the_demo_fail() -> None:
    house, files = _changed()
    house["assistant"][2]["opening_pay"]["tax_p"] -= 1

    assert "Dennis Pryce, 31 July 2026: tax" in _different(files)


def test_a_penny_on_the_statement_makes_the_demo_fail() -> None:
    wrong = _a_penny_more(FILES, "CARD BELL ST PHARMACY")

    different = _different(wrong)

    assert "Return: Gloves, aprons and other protective items" in different
    assert "Return: money at the end" in different


def _a_penny_more(files: DemoFiles, description: str) -> DemoFiles:
    """Let the bank take a penny more for one line, and carry the balance down."""
    house = copy.deepcopy(files.household)
    rows = files.statement.decode().splitlines()
    found = next(place for place, row in enumerate(rows) if f",{description}," in row)
    for place in range(found, len(rows)):
        day, words, out, into, balance = rows[place].split(",")
        if place == found:
            out = (Money.parse(out) + Money(1)).plain
            house["line"][place - 1]["amount_p"] -= 1
        after = (Money.parse(balance) - Money(1)).plain
        rows[place] = f"{day},{words},{out},{into},{after}"
    return replace(files, household=house, statement="\n".join(rows).encode())


# ── what is printed ──


@pytest.mark.parametrize("folder", ["payslips", "payslips in large print"])
@pytest.mark.parametrize("slip", PAYSLIPS)
def test_a_payslip_shows_the_figures_by_hand(ran: Ran, slip: dict[str, Any], folder: str) -> None:
    name = _name(slip["assistant"])
    (path,) = (ran.folder / folder).glob(f"*{slip['pay_date']}*{name}*")

    text = _text(path)

    amounts = [slip[f"{figure}_p"] for figure in ("gross", "tax", "employee_ni", "net")]
    amounts += [line["amount_p"] for line in slip["lines"]]
    amounts += [slip["to_date"][f"{figure}_p"] for figure in ("pay", "tax")]
    assert [str(Money(pence)) for pence in amounts if str(Money(pence)) not in text] == []
    assert long_date(slip["paid_on"]) in text


def _name(key: str) -> str:
    (person,) = (one for one in FILES.household["assistant"] if one["key"] == key)
    return f"{person['first_names']} {person['surname']}"


@pytest.mark.parametrize("name", ["return", "return in large print"])
def test_the_printed_return_shows_the_figures_by_hand(ran: Ran, name: str) -> None:
    wanted = FILES.expected["return"]

    text = _text(ran.folder / "return" / f"{name}.pdf")

    amounts = [*wanted["template_lines_p"].values(), *wanted["totals_p"].values()]
    amounts += [wanted["commitments_p"]["total"], wanted["reconciliation_p"]["statement_closing"]]
    assert [str(Money(pence)) for pence in amounts if str(Money(pence)) not in text] == []
    assert "Bell Street Pharmacy" in text


def test_every_kind_of_paper_is_written(ran: Ran) -> None:
    written = {str(path.relative_to(ran.folder)) for path in ran.folder.rglob("*.*")}

    assert {
        "recovery sheet.pdf",
        "hmrc/quarter 1.pdf",
        "hmrc/quarter 2.pdf",
        "hmrc/P32 2026-27.pdf",
        "return/return.pdf",
        "return/return in large print.pdf",
        "return/return.csv",
        "return/audit statement.pdf",
        "return/audit statement in large print.pdf",
        "return/audit statement.csv",
    } <= written
    assert len(list((ran.folder / "payslips").iterdir())) == len(PAYSLIPS)
    assert len(list((ran.folder / "payslips in large print").iterdir())) == len(PAYSLIPS)


# ── the files themselves ──


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_signed_timesheet_says_the_same_as_the_shifts(
    tmp_path: Path, sheet: dict[str, Any]
) -> None:
    (name,) = sheet["papers"]
    path = tmp_path / name
    path.write_bytes(FILES.papers[name])

    text = _text(path)

    worked = sum(_minutes(shift) for shift in sheet["shifts"] if "started" in shift)
    assert f"Worked {worked // 60}:{worked % 60:02d}" in text
    assert _name(sheet["assistant"]) in text
    assert "Invented" in text


def _minutes(shift: dict[str, Any]) -> int:
    started, ended = (shift[end].hour * 60 + shift[end].minute for end in ("started", "ended"))
    return int((ended - started) % (24 * 60) - shift.get("break_minutes", 0))


def test_the_papers_are_small_and_say_that_they_are_invented(tmp_path: Path) -> None:
    for name, content in FILES.papers.items():
        assert len(content) < 60_000, name
        if name.endswith(".pdf"):
            path = tmp_path / name
            path.write_bytes(content)
            assert "Invented." in _text(path), name


def test_the_statement_and_what_its_lines_were_agree() -> None:
    rows = [row.split(",") for row in FILES.statement.decode().splitlines()[1:]]
    balance = Money(FILES.household["account"]["opening_balance_p"])

    for (day, description, out, into, after), line in zip(
        rows, FILES.household["line"], strict=True
    ):
        amount = Money.parse(into) if into else -Money.parse(out)
        balance += amount
        assert (f"{line['day']:%d/%m/%Y}", line["description"]) == (day, description)
        assert Money(line["amount_p"]) == amount
        assert balance == Money.parse(after)
