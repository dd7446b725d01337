"""Two years until 2027, six months after, and one year in Northern Ireland."""

from __future__ import annotations

from datetime import date

import pytest

from dpemployer.bank_days import Nation
from dpemployer.data_files import texts
from dpemployer.statutory.rates import RateBook
from dpemployer.statutory.unfair_dismissal import qualifying
from dpemployer.workings import explain

RATES = RateBook.parse(texts("statutory", ".toml"))


@pytest.mark.parametrize(
    ("start", "day", "nation", "qualifies"),
    [
        (date(2024, 12, 31), date(2026, 12, 30), Nation.ENGLAND, True),
        (date(2025, 1, 1), date(2026, 12, 30), Nation.ENGLAND, False),
        (date(2025, 1, 1), date(2026, 12, 31), Nation.WALES, True),
        (date(2026, 7, 2), date(2027, 1, 1), Nation.SCOTLAND, True),
        (date(2026, 7, 3), date(2027, 1, 1), Nation.SCOTLAND, False),
        (date(2027, 1, 1), date(2027, 6, 30), Nation.ENGLAND, True),
        (date(2027, 1, 1), date(2027, 6, 29), Nation.ENGLAND, False),
        (date(2026, 1, 2), date(2027, 1, 1), Nation.NORTHERN_IRELAND, True),
        (date(2026, 1, 3), date(2027, 1, 1), Nation.NORTHERN_IRELAND, False),
        (date(2018, 5, 1), date(2020, 4, 30), Nation.ENGLAND, True),
    ],
)
def test_who_has_worked_long_enough(
    start: date, day: date, nation: Nation, *, qualifies: bool
) -> None:
    found = qualifying(start, day, nation, RATES)

    assert found.qualifies is qualifies
    assert found.effective_date == day
    assert "{" not in explain(found.workings)[-1].sentence


def test_notice_that_was_not_given_can_reach_the_new_rule() -> None:
    start, day = date(2026, 7, 4), date(2026, 12, 28)

    assert not qualifying(start, day, Nation.ENGLAND, RATES, 1).qualifies
    assert qualifying(start, day, Nation.ENGLAND, RATES, 0).effective_date == date(2027, 1, 4)
    assert qualifying(start, day, Nation.ENGLAND, RATES, 0).qualifies
