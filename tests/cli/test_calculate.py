"""`dpemployer calculate` answers a list of cases, and says so by its exit status."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.cli import main
from dpemployer.cli.calculate import KINDS
from dpemployer.services.calculations.asking import Kind
from tests.vectors import sequences, vector, vectors

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = {
    "paye": "income_tax",
    "national-insurance": "national_insurance",
    "student-loans": "student_loans",
    "pension": "pension",
    "minimum-wage": "minimum_wage",
    "p32": "p32",
    "working-time": "working_time",
    "funding": "funding",
}
CASE = vector("income_tax", "hmrc-2627-sct-gen-cumul-mthly-r6").case


class _Stdin(io.TextIOWrapper):
    """Standard input, as bytes."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(io.BytesIO(raw))


def asked(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    raw: bytes | list[Any],
    *options: str,
) -> tuple[int, str, str]:
    """Ask on standard input; return the status and what was printed."""
    sent = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    monkeypatch.setattr(sys, "stdin", _Stdin(sent))
    status = main(["calculate", kind, *options])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_every_kind_is_offered() -> None:
    assert list(KINDS) == list(Kind)


@pytest.mark.parametrize("kind", FOLDERS)
def test_every_example_is_answered_to_the_penny(
    kind: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = vectors(FOLDERS[kind])

    status, out, err = asked(capsys, monkeypatch, kind, [v.case for v in examples], "-", "--json")

    assert (status, err) == (0, "")
    for example, answer in zip(examples, json.loads(out), strict=True):
        assert answer["id"] == example.id
        got = {key: answer["result"][key] for key in example.expected}
        assert got == example.expected, example.id


def test_every_whole_year_is_answered_to_the_penny(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    years = sequences()

    status, out, _err = asked(
        capsys, monkeypatch, "payroll-year", [year.question for year in years], "--json"
    )

    assert status == 0
    assert json.loads(out) == [{"id": year.id, "periods": year.expected} for year in years]


def test_a_file_may_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([CASE]), encoding="utf-8-sig")

    assert main(["calculate", "paye", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["result"]["tax_this_period"] == "20.33"


def test_one_bad_case_makes_the_status_1_and_the_others_are_answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, _err = asked(
        capsys, monkeypatch, "paye", [CASE, {"id": "bad"}, CASE], "-", "--json"
    )

    first, second, third = json.loads(out)
    assert status == 1
    assert first == third
    assert second["id"] == "bad"
    assert second["error"].endswith(".")


def test_no_cases_at_all_is_an_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(capsys, monkeypatch, "paye", [], "--json")[:2] == (0, "[]\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"{}",
        b'"paye"',
        b"3",
        b"null",
        b"",
        b"[",
        b"[1,]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"[" + b"9" * 5_000 + b"]",
        b'{"schema": "payroll-year/1", "sequences": []}',
    ],
    ids=range(11),
)
def test_what_is_not_a_list_of_cases_is_refused(
    raw: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, err = asked(capsys, monkeypatch, "paye", raw, "-", "--json")

    assert (status, out) == (2, "")
    assert err.startswith("Standard input is not ")
    assert err.endswith(".\n")


def test_a_file_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calculate", "paye", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_kind_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calculate", "lottery"]) == 2
    assert "invalid choice" in capsys.readouterr().err


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"0.1"])
def test_a_bare_number_of_money_is_refused_in_its_own_case_only(
    number: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = json.dumps(CASE).encode().replace(b'"1156.25"', number)
    raw = b"[" + spoilt + b"," + json.dumps(CASE).encode() + b"]"

    status, out, _err = asked(capsys, monkeypatch, "paye", raw, "-", "--json")

    bad, good = json.loads(out)
    assert status == 1
    assert "pay_this_period" in bad["error"]
    assert good["result"]["tax_this_period"] == "20.33"


def test_whatever_stands_in_an_id_comes_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = b'[{"id": "\\ud800 caf\\u00e9"}, {"id": 1.50}, {"id": [null, true]}]'

    _status, out, _err = asked(capsys, monkeypatch, "p32", raw, "-", "--json")

    assert [answer["id"] for answer in json.loads(out)] == ["\ud800 café", "1.50", [None, True]]


def test_people_are_told_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, _err = asked(capsys, monkeypatch, "paye", [CASE, {"id": "\ud800"}])

    assert status == 1
    assert f"{CASE['id']}:" in out
    assert "lets £1,048.26 a month through free of tax" in out
    assert "“tax_year” is missing" in out


def test_people_are_told_of_each_payday_of_a_year(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    year = next(year for year in sequences() if year.id == "open-emergency")

    status, out, _err = asked(capsys, monkeypatch, "payroll-year", [year.question])

    assert status == 0
    assert out.count("Pay in hand") == 12
    assert "Payday 12 of those asked" in out


def test_a_file_of_examples_may_say_more_about_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = asked(capsys, monkeypatch, "paye", [CASE], "--json")
    within = json.dumps({"as_of": "2026-11-22", "vectors": [CASE]}).encode()

    assert asked(capsys, monkeypatch, "paye", within, "--json") == alone
    status, _out, said = asked(capsys, monkeypatch, "paye", b'{"as_of": "2026-11-22"}')
    assert status == 2
    assert "is not a JSON list of cases" in said
