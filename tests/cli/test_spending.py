"""`dpemployer can-i-buy` answers in words and in JSON, with a book and without."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.spending import AgreedSpending, Regime, Standing
from dpemployer.cli import main
from dpemployer.cli.spending import REGIMES
from dpemployer.office import Office
from tests.store.conftest import QUICK

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PASSPHRASE = "grey heron by the weir"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    status = main([str(argument) for argument in arguments])
    return status, capsys.readouterr().out


def test_every_regime_is_offered() -> None:
    assert list(REGIMES) == list(Regime)


def test_one_answer_with_its_reason_and_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, "can-i-buy", "a", "taxi", "--for", "wales")

    assert status == 0
    assert "Taxi or transport in the plan: Ask first." in said
    assert "I would like to use my direct payment for this: a taxi." in said


def test_what_else_it_could_mean_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    _status, said = run(capsys, "can-i-buy", "fine")

    assert "If you meant this:" in said


def test_nothing_that_fits_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, "can-i-buy", "xyzzy")

    assert status == 1
    assert said == "No rule is about “xyzzy”. Ask your funder before you buy it.\n"
    status, said = run(capsys, "can-i-buy", "xyzzy", "--json")
    assert json.loads(said) == {"asked": "xyzzy", "answer": None, "others": []}


def test_a_book_answers_from_its_plan(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder, secret = tmp_path / "book", tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    with Office.create(folder, PASSPHRASE, "Ann", stretching=QUICK) as office:
        office.spending.agree(
            AgreedSpending(0, "clothes", "a winter coat", Standing.PLAN, date(2026, 4, 1), None)
        )

    status, said = run(
        capsys, "can-i-buy", "coat", "--json", "--book", folder, "--passphrase-file", secret
    )

    answer = json.loads(said)["answer"]
    assert (status, answer["answer"], answer["guide"]) == (0, "allowed", "clothes")
    with Office.open(folder, PASSPHRASE) as office:
        assert [each.words for each in office.spending.asked()] == ["coat"]
