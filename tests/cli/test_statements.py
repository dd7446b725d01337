"""`dpemployer import` and `reconcile`: a bank's file into a closed book, and what it is for."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dpemployer.bookkeeping.accounts import Account, AccountKind
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.cli import main
from dpemployer.money import Money
from dpemployer.office import Office
from tests.store.conftest import QUICK

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "grey heron by the weir"
HEAD = "Date,Description,Paid out,Paid in,Balance\n"
JULY = HEAD + "13/07/2026,SHOP,5.00,,995.00\n14/07/2026,DIRECT PAYMENT,,10.00,1005.00\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    with Office.create(folder, PASSPHRASE, "Ann", stretching=QUICK) as office:
        add(office, "bank", "Current account", AccountKind.BANK)
        add(office, "tin", "Cash tin", AccountKind.CASH)
    return folder


def add(office: Office, key: str, name: str, kind: AccountKind) -> None:
    office.opening.set_account(Account(0, key, name, kind, date(2026, 7, 1), Money(1000_00)))


class Terminal:
    """Runs commands on one book."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self._secret = folder.parent / "passphrase"
        self._secret.write_text(PASSPHRASE, encoding="utf-8")

    def file(self, text: str, name: str = "july.csv") -> Path:
        path = self.folder.parent / name
        path.write_text(text, encoding="utf-8")
        return path

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        status = main(
            [
                *(str(argument) for argument in arguments),
                *("--book", str(self.folder), "--passphrase-file", str(self._secret)),
            ]
        )
        said = self._capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture
def terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(folder, capsys)


def test_a_file_goes_in_once(terminal: Terminal) -> None:
    july = terminal.file(JULY)

    assert terminal("import", july)[:2] == (
        0,
        "2 new, 0 already here, 0 explained at once.\n",
    )
    assert terminal("import", july)[1] == "0 new, 2 already here, 0 explained at once.\n"


def test_what_may_be_here_already_is_left_out_and_named(terminal: Terminal) -> None:
    terminal("import", terminal.file(JULY))
    shop = "!Type:Bank\nD13/07/2026\nT-5.00\nPSHOP LIMITED\n^\n"
    file = terminal.file(shop, "july.qif")

    status, said, _err = terminal("import", file, "--json")
    found = json.loads(said)

    assert (status, found["added"]) == (1, 0)
    assert found["left_out"] == [
        {"date": "2026-07-13", "description": "SHOP LIMITED", "amount_p": -500}
    ]
    assert "Left out, it may be here already: 13/07/2026" in terminal("import", file)[1]
    assert terminal("import", file, "--with-doubtful")[:2] == (
        0,
        "1 new, 0 already here, 0 explained at once.\n",
    )


def test_lines_to_explain_are_listed_with_what_they_seem_to_be(terminal: Terminal) -> None:
    terminal("import", terminal.file(JULY))

    status, said, _err = terminal("reconcile")
    assert status == 1
    assert "SHOP\n    Nothing in the book says what it is for." in said

    found = json.loads(terminal("reconcile", "--json")[1])
    assert [line["amount_p"] for line in found["to_explain"]] == [-500, 1000]
    assert found["accepted"] == 0


def test_a_certain_line_is_explained_when_asked_to(terminal: Terminal) -> None:
    with Office.open(terminal.folder, PASSPHRASE) as office:
        office.ledger.add_commitment(a_bill())
    said = terminal("import", terminal.file(HEAD + "13/07/2026,EXAMPLE CARE,50.00,,950.00\n"))[1]
    assert said == "1 new, 0 already here, 1 explained at once.\n"

    assert terminal("reconcile", "--accept-certain")[:2] == (0, "Every line is explained.\n")
    with Office.open(terminal.folder, PASSPHRASE) as office:
        (line,) = office.ledger.lines()
        office.ledger.undo(line.line_id)

    assert terminal("reconcile", "--accept-certain", "--account", "current account")[1] == (
        "1 line explained.\nEvery line is explained.\n"
    )


def a_bill() -> Commitment:
    return Commitment(
        id=0,
        kind=CommitmentKind.INVOICE,
        payee="Example Care",
        amount=Money(50_00),
        incurred_on=date(2026, 7, 10),
        due=date(2026, 7, 14),
        source="a letter",
    )


def test_an_account_that_is_not_there_is_named_with_those_that_are(terminal: Terminal) -> None:
    status, _said, error = terminal("import", terminal.file(JULY), "--account", "Savings")

    assert status == 2
    assert "The accounts with statements are: “Current account”." in error


def test_a_file_that_cannot_be_read_keeps_nothing(terminal: Terminal) -> None:
    wrong = HEAD + "13/07/2026,SHOP,5.00,,995.00\n14/07/2026,BUS,1.00,,993.00\n"
    status, _said, error = terminal("import", terminal.file(wrong))

    assert status == 2
    assert "nothing was kept" in error
    assert terminal("reconcile")[0] == 0


def test_days_that_are_missing_before_it_are_a_finding(terminal: Terminal) -> None:
    later = HEAD + "13/07/2026,SHOP,5.00,,500.00\n"
    status, said, _err = terminal("import", terminal.file(later))

    assert status == 1
    assert said.startswith("1 new, 0 already here")
    assert len(said.splitlines()) == 2
