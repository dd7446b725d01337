"""What people type is understood generously, and never guessed past what it can mean."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from dpemployer.errors import EntryError
from dpemployer.money import Money
from ui import format as words_for

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("6/7/2026", date(2026, 7, 6)),
        ("06.07.26", date(2026, 7, 6)),
        ("6 7 1954", date(1954, 7, 6)),
        ("1/1/54", date(1954, 1, 1)),
        ("2026-07-06", date(2026, 7, 6)),
        ("6 July 2026", date(2026, 7, 6)),
        ("6th jul", date(2026, 7, 6)),
        ("Monday 6 July 2026", date(2026, 7, 6)),
        ("1 jan", date(2027, 1, 1)),
        ("today", SUNDAY),
        ("Yesterday", date(2026, 11, 21)),
        ("tomorrow", date(2026, 11, 23)),
        ("mon", date(2026, 11, 16)),
        ("sunday", SUNDAY),
        ("last sunday", date(2026, 11, 15)),
        ("next monday", date(2026, 11, 23)),
    ],
)
def test_a_day_is_understood(typed: str, day: date) -> None:
    assert words_for.read_date(typed, SUNDAY) == day


@pytest.mark.parametrize("typed", ["31/6/2026", "29 feb 2026", "13/13/2026", "soon", "", "6"])
def test_what_is_no_day_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(EntryError) as refused:
        words_for.read_date(typed, SUNDAY)

    assert "6/7/2026" in refused.value.next_step


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9", time(9)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9.30pm", time(21, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("22h15", time(22, 15)),
        ("24:00", time(0)),
    ],
)
def test_a_time_of_day_is_understood(typed: str, moment: time) -> None:
    assert words_for.read_time(typed) == moment


@pytest.mark.parametrize("typed", ["25", "9:60", "13pm", "", "nine"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(EntryError):
        words_for.read_time(typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("7", 420),
        ("7.5", 450),
        ("7:30", 450),
        ("7h30", 450),
        ("7 h 30 min", 450),
        ("45 min", 45),
        (".5", 30),
        ("0", 0),
    ],
)
def test_hours_are_whole_minutes(typed: str, minutes: int) -> None:
    assert words_for.read_hours(typed) == minutes


@pytest.mark.parametrize("typed", ["-1", "1.333", "h", "", "7:60", "ten"])
def test_impossible_hours_are_refused(typed: str) -> None:
    with pytest.raises(EntryError):
        words_for.read_hours(typed)


def test_money_is_read_with_or_without_its_signs() -> None:
    assert words_for.read_money("£1,234.50") == Money(123_450)
    assert words_for.read_money("12") == Money(1200)
    assert words_for.read_money("-0.05") == Money(-5)


@pytest.mark.parametrize("typed", ["1.234", "ten", "1.2.3", ""])
def test_money_is_never_finer_than_a_penny(typed: str) -> None:
    with pytest.raises(EntryError):
        words_for.read_money(typed)


def test_percentages_lie_between_nothing_and_the_whole() -> None:
    assert words_for.read_percent("5%") == Decimal(5)
    with pytest.raises(EntryError):
        words_for.read_percent("101")
    with pytest.raises(EntryError):
        words_for.read_number("NaN")


def test_days_are_shown_without_saying_a_month_twice() -> None:
    assert words_for.show_days(date(2026, 7, 6), date(2026, 7, 12)) == "6 to 12 July 2026"
    assert words_for.show_days(date(2026, 6, 29), date(2026, 7, 5)) == "29 June to 5 July 2026"
    assert (
        words_for.show_days(date(2026, 12, 28), date(2027, 1, 3))
        == "28 December 2026 to 3 January 2027"
    )
    assert words_for.show_days(SUNDAY, SUNDAY) == "22 November 2026"
