"""Commands about returns and statements: what they print, and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bookkeeping.ledger import LedgerEntry
from dpemployer.cli import main
from dpemployer.office import Office
from tests.returns.samples import CASES, NAMES, csv_of, differences, read_case

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "grey heron by the weir"
S4 = ("--template", "haringey-like", "--from", "2026-01-01", "--to", "2026-03-31")


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def book(tmp_path: Path, secret: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, ...]:
    """A closed, encrypted book with the sample of two funders in it: how to name it."""
    folder = tmp_path / "book"
    file = CASES / "s4-two-funders.json"
    named = ("--book", str(folder), "--passphrase-file", secret)
    assert main(["sample", "load", str(file), *named]) == 0
    capsys.readouterr()
    return named


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


# ── samples and returns ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_goes_in_and_comes_out_through_a_closed_book(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, secret: str, name: str
) -> None:
    case = read_case(name)
    named = ("--book", tmp_path / "new" / "book", "--passphrase-file", secret)
    status, out, err = run(capsys, "sample", "load", CASES / f"{name}.json", *named, "--json")
    assert (status, err, json.loads(out)["template"]) == (0, "", case["template"])

    period = ("--from", case["period"]["from"], "--to", case["period"]["to"])
    status, out, err = run(
        capsys, "return", "show", *named, "--template", case["template"], *period, "--json"
    )
    assert (status, err) == (0, "")
    assert list(differences(case["expected"], json.loads(out))) == []


def test_numbers_are_numbers_and_not_text(
    capsys: pytest.CaptureFixture[str], book: tuple[str, ...]
) -> None:
    _status, out, _err = run(capsys, "return", "show", *book, *S4, "--json")
    shown = json.loads(out)

    assert shown["staff_hours"]["N"] == {"worked": 88.5, "holiday": 4}
    assert shown["balance_test"]["weeks_held"] == 4.1
    assert "\0" not in out


def test_a_penny_in_the_book_is_shown_and_ends_with_one(
    capsys: pytest.CaptureFixture[str], book: tuple[str, ...]
) -> None:
    with Office.open(_folder(book), PASSPHRASE) as office:  # noqa: SIM117 - one book, one change
        with office.book.change("Slipped by a penny") as tx:
            entry = tx.get(LedgerEntry, 2)
            tx.update(replace(entry, amount=replace(entry.amount, pence=entry.amount.pence + 1)))
    status, out, _err = run(capsys, "return", "show", *book, *S4, "--json")
    shown = json.loads(out)

    assert status == 1
    assert shown["reconciliation_p"]["difference"] == -1
    assert shown["sign_off"]["allowed"] is False
    status, out, err = run(
        capsys,
        "return",
        "sign",
        *book,
        *S4,
        "--name",
        "Test Person Four",
        "--accept-declaration",
        "--on",
        "2026-04-02",
    )
    assert (status, out) == (1, "")
    assert "£0.01" in err


def _folder(book: tuple[str, ...]) -> Path:
    from pathlib import Path  # noqa: PLC0415 - for this alone

    return Path(book[1])


def test_a_return_is_printed_for_people(
    capsys: pytest.CaptureFixture[str], book: tuple[str, ...]
) -> None:
    status, out, _err = run(capsys, "return", "show", *book, *S4)

    assert status == 0
    assert "£2,757.91" in out
    assert "[x] The bank and the book agree to the penny." in out
    assert "Name of the person the payment is for: Test Person Four" in out
    assert "Weavers Yard Club (000415): £62.00" in out


def test_a_return_is_signed_once(capsys: pytest.CaptureFixture[str], book: tuple[str, ...]) -> None:
    who = ("--name", "Test Person Four", "--on", "2026-04-02")
    status, _out, err = run(capsys, "return", "sign", *book, *S4, *who)
    assert status == 1
    assert "declaration" in err

    status, out, _err = run(capsys, "return", "sign", *book, *S4, *who, "--accept-declaration")
    assert status == 0
    assert "Signed by Test Person Four on 2 April 2026: version 1" in out
    again = run(capsys, "return", "sign", *book, *S4, *who, "--accept-declaration", "--json")
    assert again[0] == 1


def test_signing_prints_the_hash_for_programs(
    capsys: pytest.CaptureFixture[str], book: tuple[str, ...]
) -> None:
    status, out, _err = run(
        capsys,
        "return",
        "sign",
        *book,
        *S4,
        "--name",
        "Test Person Four",
        "--accept-declaration",
        "--json",
    )

    assert status == 0
    assert json.loads(out)["version"] == 1
    assert len(json.loads(out)["sha256"]) == 64


def test_the_returns_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _err = run(capsys, "return", "templates", "--json")
    assert (status, len(json.loads(out))) == (0, 21)
    status, out, _err = run(capsys, "return", "templates")
    assert "generic-quarterly: Quarterly return." in out


# ── refused ──────────────────────────────────────────────────────────────────────────


def test_a_folder_with_a_book_is_refused_and_left_alone(
    capsys: pytest.CaptureFixture[str], book: tuple[str, ...]
) -> None:
    status, out, err = run(
        capsys, "sample", "load", CASES / "s1-quarterly-bank-two-pas.json", *book
    )

    assert (status, out) == (2, "")
    assert "already" in err
    status, _out, _err = run(capsys, "return", "show", *book, *S4, "--json")
    assert status == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "dp-sample/1"}'])
def test_a_bad_sample_leaves_nothing_behind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, secret: str, text: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    folder = tmp_path / "book"
    status, out, err = run(
        capsys, "sample", "load", file, "--book", folder, "--passphrase-file", secret
    )

    assert (status, out) == (2, "")
    assert "nothing was made" in err
    assert not folder.exists()


def test_what_fails_on_the_way_leaves_nothing_behind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("dpemployer.services.samples.Sample.keep_in", fail)
    folder = tmp_path / "book"
    status, _out, _err = run(
        capsys,
        "sample",
        "load",
        CASES / f"{NAMES[0]}.json",
        "--book",
        folder,
        "--passphrase-file",
        secret,
    )

    assert status == 2
    assert not folder.exists()


def test_a_file_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, secret: str
) -> None:
    named = ("--book", tmp_path / "book", "--passphrase-file", secret)
    status, _out, err = run(capsys, "sample", "load", tmp_path / "gone.json", *named)

    assert status == 2
    assert "gone.json" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--template", "moon-like", "--from", "2026-01-01", "--to", "2026-03-31"), "moon-like"),
        (("--template", "nhs-phb", "--from", "2026-04-01", "--to", "2026-03-31"), "first day"),
        (("--template", "nhs-phb", "--from", "January", "--to", "2026-03-31"), "January"),
        (("--template", "nhs-phb", "--from", "2026-01-01"), "--to"),
    ],
)
def test_what_cannot_be_shown_is_said(
    capsys: pytest.CaptureFixture[str],
    book: tuple[str, ...],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    status, out, err = run(capsys, "return", "show", *book, *arguments, "--json")

    assert (status, out) == (2, "")
    assert words in err


# ── statements ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_is_shown_and_agrees_with_its_sample(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    file = tmp_path / "bank.csv"
    file.write_bytes(csv_of(name))
    status, out, err = run(capsys, "statement", file, "--json")
    account = read_case(name)["accounts"][0]
    shown = json.loads(out)

    assert (status, err) == (0, "")
    assert set(shown) == {"layout", "lines", "opening_p", "closing_p"}
    assert (shown["opening_p"], shown["closing_p"]) == (
        account["statement_opening_p"],
        account["statement_closing_p"],
    )
    assert shown["lines"] == [
        {key: line[key] for key in ("date", "description", "amount_p", "balance_p")}
        for line in account["lines"]
    ]


def test_a_statement_without_balances_shows_null(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("13/07/2026,SHOP,-5.00\n", encoding="utf-8")
    status, out, _err = run(capsys, "statement", file, "--json")
    shown = json.loads(out)

    assert status == 0
    assert (shown["lines"][0]["balance_p"], shown["opening_p"], shown["closing_p"]) == (
        None,
        None,
        None,
    )
    _status, out, _err = run(capsys, "statement", file)
    assert "13/07/2026" in out
    assert "Nothing has been kept." in out


def test_a_statement_is_printed_for_people(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bank.csv"
    file.write_bytes(csv_of(NAMES[0]))
    status, out, _err = run(capsys, "statement", file)

    assert status == 0
    assert "Before the first line: £3,118.42" in out
    assert "After the last line: £4,664.89" in out


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        (
            "Date,Description,Paid out,Paid in,Balance\n13/07/2026,A,1,,9\n14/07/2026,B,1,,9\n",
            (),
            "Line 3",
        ),
        ("Date,Description,Amount,Balance\n01/02/2026,A,-1,9\n02/03/2026,B,-1,8\n", (), "two ways"),
        ("hello", (), "columns"),
        ("Date,Description\n", ("--layout", "moon"), "moon"),
    ],
)
def test_a_statement_that_cannot_be_read_is_refused(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    text: str,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(text, encoding="utf-8")
    status, out, err = run(capsys, "statement", file, "--json", *arguments)

    assert (status, out) == (2, "")
    assert words in err


def test_a_layout_can_be_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("01/02/2026,A,-1,9\n02/03/2026,B,-1,8\n", encoding="utf-8")
    status, out, _err = run(
        capsys, "statement", file, "--json", "--layout", "date-description-amount-balance"
    )

    assert status == 0
    assert json.loads(out)["lines"][0]["date"] == "2026-02-01"


@pytest.mark.parametrize("place", [".", "gone.csv"])
def test_a_statement_that_is_not_there_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, place: str
) -> None:
    status, _out, _err = run(capsys, "statement", tmp_path / place, "--json")

    assert status == 2


def test_a_statement_needs_no_book_and_no_database() -> None:
    loaded = (
        "import sys; from dpemployer.cli import main; main(['statement', sys.argv[1], '--json']);"
        "print([name for name in ('sqlalchemy', 'PIL', 'reportlab', 'holidays')"
        " if name in sys.modules])"
    )
    csv = next(CASES.glob("s1-*.csv"))
    out = subprocess.run(
        [sys.executable, "-c", loaded, str(csv)], capture_output=True, text=True, check=True
    ).stdout

    assert out.splitlines()[-1] == "[]"
