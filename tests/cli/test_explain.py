"""`dpemployer explain` says how a case, or a figure kept in a book, was worked out."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import pytest

from dpemployer.cli import explain, main
from dpemployer.cli.calculate import KINDS
from dpemployer.office import Office
from tests.services.household import Household
from tests.store.conftest import QUICK
from tests.vectors import vector

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


PASSPHRASE = "grey heron by the weir"
CASE = vector("income_tax", "hmrc-2627-sct-gen-cumul-mthly-r6").case
Run: TypeAlias = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; return its status and what it printed."""

    def command(*arguments: object) -> tuple[int, str, str]:
        status = main([str(one) for one in arguments])
        said = capsys.readouterr()
        assert "mistake" not in said.err
        return status, said.out, said.err

    return command


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([CASE, {"id": "bad"}]), encoding="utf-8")
    return file


@pytest.fixture
def book(tmp_path: Path) -> tuple[object, ...]:
    """A book with one payslip in it, as a command is told of it."""
    folder, secret = tmp_path / "book", tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    with Office.create(folder, PASSPHRASE, "Ann", stretching=QUICK) as office:
        household = Household(
            office.book, office.people, office.opening, office.timesheets, office.pay_runs
        )
        ada = household.take_on()
        household.hours(ada)
        household.pay(ada)
    return ("--book", folder, "--passphrase-file", secret)


def test_every_kind_of_calculation_can_be_explained(run: Run) -> None:
    for kind in KINDS:
        status, _out, err = run("explain", kind, "/nowhere.json")
        assert status == 2
        assert "cannot be read" in err


def test_a_case_is_explained_step_by_step(cases: Path, run: Run) -> None:
    status, out, _err = run("explain", "paye", cases)

    assert status == 1
    assert out.startswith(
        "hmrc-2627-sct-gen-cumul-mthly-r6\n\n1. Taxable pay so far this tax year: "
    )
    assert "\nFigures: before: £" in out
    assert "\nRounded: down to the penny below\n" in out
    assert "\nIn force: from 6 April 2026\n" in out
    assert "\nThe rule: HMRC, Specification for PAYE tax table routines" in out
    assert "bad: “tax_year” is missing." in out


def test_a_case_is_explained_for_programs(cases: Path, run: Run) -> None:
    status, out, _err = run("explain", "paye", cases, "--json")
    first, second = json.loads(out)

    assert status == 1
    (steps,) = first["workings"]
    assert steps[0]["rule"] == "tax.pay_to_date"
    assert set(steps[0]) == {
        *("rule", "title", "sentence", "inputs", "result", "source", "rounding", "dated"),
    }
    assert second["error"].startswith("“tax_year” is missing.")


def test_a_case_without_a_day_is_explained_as_the_rules_are_today(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explain, "today", lambda: date(2026, 11, 28))
    file = tmp_path / "rest.json"
    file.write_text(json.dumps([vector("working_time", "WT-V02").case]), encoding="utf-8")

    status, out, _err = run("explain", "working-time", file)

    assert status == 0
    assert "In force: on 28 November 2026" in out


def test_each_payday_of_a_year_is_explained(tmp_path: Path, run: Run) -> None:
    period = {"code": "1257L", "ni": "A", "pay": "1000.00"}
    year = {
        "id": "year",
        "tax_year": "2026-27",
        "frequency": "monthly",
        "periods": [{**period, "period": 1}, {**period, "period": 2}],
    }
    file = tmp_path / "year.json"
    file.write_text(json.dumps([year]), encoding="utf-8")

    status, out, _err = run("explain", "payroll-year", file)

    assert status == 0
    assert "year, payday 1 of those asked\n\n1. " in out
    assert "year, payday 2 of those asked\n\n1. " in out


def test_payslips_are_listed_with_their_numbers(book: tuple[object, ...], run: Run) -> None:
    status, out, _err = run("explain", "payslip", *book)

    assert status == 0
    assert out == "1: Ada Keane, 12 June 2026, net pay £383.68\n"
    assert json.loads(run("explain", "payslip", *book, "--json")[1]) == [
        {"number": 1, "name": "Ada Keane", "pay_date": "2026-06-12", "net_pay": "383.68"}
    ]


def test_a_book_without_payslips_says_so(tmp_path: Path, run: Run) -> None:
    folder, secret = tmp_path / "book", tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    Office.create(folder, PASSPHRASE, "Ann", stretching=QUICK).close()

    said = run("explain", "payslip", "--book", folder, "--passphrase-file", secret)

    assert said[:2] == (0, "There are no payslips in this book yet.\n")


def test_a_payslip_is_explained_as_it_was_kept(book: tuple[object, ...], run: Run) -> None:
    _status, whole, _err = run("explain", "payslip", *book, 1)
    _status, one, _err = run("explain", "payslip", *book, 1, "employee_ni")

    assert whole.startswith("Net pay: £383.68\n\n1. Pay for hours: ")
    assert one.startswith("National Insurance: £12.32\n\n1. Employee’s National Insurance: ")
    assert "In force: from 6 April 2026" in one
    assert "In force: on 12 June 2026" in whole
    assert whole.count("\nThe rule: ") > one.count("\nThe rule: ") == 1


def test_a_figure_that_is_not_money_and_one_with_nothing_behind_it(
    book: tuple[object, ...], run: Run
) -> None:
    assert run("explain", "payslip", *book, 1, "minimum_wage")[1].startswith("Minimum wage\n\n1. ")
    assert (
        "There is nothing to work out here."
        in run("explain", "payslip", *book, 1, "student_loan")[1]
    )


def test_a_figure_is_explained_for_programs(book: tuple[object, ...], run: Run) -> None:
    (figure,) = json.loads(run("explain", "payslip", *book, 1, "line:0", "--json")[1])
    (holiday,) = json.loads(run("explain", "payslip", *book, 1, "holiday", "--json")[1])

    assert (figure["figure"], figure["amount"]) == ("line:0", "396.00")
    assert figure["steps"][0]["inputs"]["rate"] == "£13.20"
    assert holiday["amount"] is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((9,), "There is no payslip 9 in this book."),
        ((1, "colour"), "There is no figure “colour” on this payslip."),
        ((1, "line:7"), "There is no figure “line:7” on this payslip."),
        (("one",), "invalid int value"),
    ],
)
def test_what_is_not_there_is_said(
    asked: tuple[object, ...], words: str, book: tuple[object, ...], run: Run
) -> None:
    status, out, err = run("explain", "payslip", *book, *asked)

    assert (status, out) == (2, "")
    assert words in err


def test_what_hmrc_is_owed_is_explained(book: tuple[object, ...], run: Run) -> None:
    status, out, _err = run("explain", "owed", *book, "2026-27", 3)
    found = json.loads(run("explain", "owed", *book, "2026-27", 3, "--json")[1])

    assert status == 0
    assert out.startswith("To HMRC for month 3 of 2026-27: £")
    assert "In force: on 5 July 2026" in out
    assert found["steps"][0]["rule"] == "p32.gross"
    assert run("explain", "owed", *book, "someday", 3)[0] == 2
    assert run("explain", "owed", *book, "2026-27", 13)[0] == 2
