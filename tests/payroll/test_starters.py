"""A starter gets the code the rules give, until HMRC sends one."""

from __future__ import annotations

from datetime import date

import pytest

from dpemployer.errors import EntryError
from dpemployer.payroll.people import CodeFrom, StarterDeclaration, TaxCodeHeld
from dpemployer.payroll.starters import after_leaving, sent_by_hmrc, starter_code, used_from
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory.tax_code import TaxCode
from tests.builders import RATES

MAY, LATE_MAY = date(2026, 5, 24), date(2026, 5, 25)


@pytest.mark.parametrize(
    ("declaration", "frequency", "code"),
    [
        (StarterDeclaration.A, PayFrequency.WEEKLY, "1257L"),
        (StarterDeclaration.B, PayFrequency.WEEKLY, "1257L W1"),
        (StarterDeclaration.B, PayFrequency.FOUR_WEEKLY, "1257L W1"),
        (StarterDeclaration.B, PayFrequency.MONTHLY, "1257L M1"),
        (StarterDeclaration.B, None, "1257L X"),
        (StarterDeclaration.C, PayFrequency.MONTHLY, "BR"),
        (StarterDeclaration.NONE, PayFrequency.MONTHLY, "0T M1"),
        (StarterDeclaration.P45, PayFrequency.WEEKLY, "0T W1"),
    ],
)
def test_the_statement_on_the_starter_checklist_decides(
    declaration: StarterDeclaration, frequency: PayFrequency | None, code: str
) -> None:
    found = starter_code(declaration, MAY, RATES.on(MAY), frequency=frequency)

    assert (found.code, found.counts_p45) == (code, False)
    assert found.why
    assert found.source


@pytest.mark.parametrize(
    ("p45_code", "left_on", "started_on", "code", "counts"),
    [
        ("1257L", date(2026, 4, 24), MAY, "1257L", True),
        ("1257L M1", date(2026, 4, 24), MAY, "1257L M1", False),
        ("S1257L W1", date(2026, 3, 31), MAY, "S1257L", False),
        ("1257L", date(2026, 3, 31), LATE_MAY, "0T M1", False),
        ("1257L", date(2026, 6, 1), MAY, "1257L", True),
        ("1257L", date(2027, 6, 1), MAY, "0T M1", False),
        ("1257L", date(2025, 4, 6), MAY, "1257L", False),
        ("1257L", date(2025, 4, 5), MAY, "0T M1", False),
        ("1257L", date(2025, 6, 1), date(2026, 4, 5), "1257L", True),
    ],
)
def test_a_p45_is_carried_on_when_it_is_of_this_year(
    p45_code: str, left_on: date, started_on: date, code: str, *, counts: bool
) -> None:
    found = starter_code(
        StarterDeclaration.P45,
        started_on,
        RATES.on(started_on),
        p45_code=p45_code,
        p45_left_on=left_on,
        frequency=PayFrequency.MONTHLY,
    )

    assert (found.code, found.counts_p45) == (code, counts)


def test_a_p45_too_old_to_count_leaves_it_to_the_statement() -> None:
    found = starter_code(
        StarterDeclaration.C,
        LATE_MAY,
        RATES.on(LATE_MAY),
        p45_code="1257L",
        p45_left_on=date(2026, 3, 31),
    )

    assert (found.code, found.kind) == ("BR", CodeFrom.STARTER_CHECKLIST)
    assert found.why.startswith("A P45 counts in its own tax year")
    assert "Statement C" in found.why


def test_a_p45_handed_over_in_the_next_tax_year_brings_its_code_alone() -> None:
    started = date(2026, 3, 16)

    def handed_over(given_on: date) -> tuple[str, bool, CodeFrom]:
        found = starter_code(
            StarterDeclaration.NONE,
            started,
            RATES.on(started),
            p45_code="1257L",
            p45_left_on=date(2026, 2, 27),
            p45_given_on=given_on,
        )
        return found.code, found.counts_p45, found.kind

    assert handed_over(date(2026, 3, 20)) == ("1257L", True, CodeFrom.P45)
    assert handed_over(date(2026, 4, 10)) == ("1257L", False, CodeFrom.P45)


def test_only_a_notice_of_the_tax_year_beats_a_p45() -> None:
    def code(from_day: date, kind: CodeFrom) -> TaxCodeHeld:
        return TaxCodeHeld(0, 1, from_day, "BR", "", kind)

    notice = code(date(2026, 6, 1), CodeFrom.HMRC_NOTICE)
    others = [
        code(date(2025, 6, 1), CodeFrom.HMRC_NOTICE),
        code(date(2026, 7, 1), CodeFrom.TYPED),
    ]

    assert sent_by_hmrc(others, TaxYear(2026)) is None
    assert sent_by_hmrc([*others, notice], TaxYear(2026)) == notice


def test_a_code_is_used_from_the_first_payday_that_is_not_done() -> None:
    day, paid = date(2026, 6, 10), date(2026, 6, 12)

    assert used_from(day, MAY, None) == day
    assert used_from(day, date(2026, 7, 1), None) == date(2026, 7, 1)
    assert used_from(day, MAY, paid) == date(2026, 6, 13)
    assert used_from(day, MAY, date(2026, 6, 5)) == day


@pytest.mark.parametrize(
    ("before", "frequency", "after"),
    [
        ("1257L", PayFrequency.WEEKLY, "0T W1"),
        ("S1257L", PayFrequency.MONTHLY, "S0T M1"),
        ("CBR", PayFrequency.FOUR_WEEKLY, "C0T W1"),
        ("NT", PayFrequency.WEEKLY, "0T W1"),
    ],
)
def test_pay_after_leaving_is_taxed_on_its_own(
    before: str, frequency: PayFrequency, after: str
) -> None:
    assert after_leaving(TaxCode.parse(before), frequency) == after


def test_a_code_on_a_p45_that_does_not_parse_is_refused() -> None:
    with pytest.raises(EntryError, match="is not a tax code"):
        starter_code(StarterDeclaration.P45, MAY, RATES.on(MAY), p45_code="12S7L", p45_left_on=MAY)
