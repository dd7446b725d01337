"""A starter gets the code the rules give, until HMRC sends one."""

from __future__ import annotations

from datetime import date

import pytest

from dpemployer.errors import EntryError
from dpemployer.payroll.people import StarterDeclaration
from dpemployer.payroll.starters import starter_code
from dpemployer.periods import PayFrequency
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


def test_a_code_on_a_p45_that_does_not_parse_is_refused() -> None:
    with pytest.raises(EntryError, match="is not a tax code"):
        starter_code(StarterDeclaration.P45, MAY, RATES.on(MAY), p45_code="12S7L", p45_left_on=MAY)
