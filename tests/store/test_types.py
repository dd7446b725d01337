"""Values come back from their columns exactly as they went in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.money import Money
from dpemployer.payroll.people import PayType
from dpemployer.store.types import (
    Clock,
    Day,
    DecimalText,
    Instant,
    OneOf,
    Pence,
    Structured,
    YesNo,
    canonical_json,
)
from dpemployer.workings import ExplainedStep


@dataclass(frozen=True, slots=True)
class Inner:
    """A part of a fact."""

    kind: PayType
    amount: Money
    rate: Decimal
    on: date
    begun: time


@dataclass(frozen=True, slots=True)
class Outer:
    """A fact with parts of every kind."""

    name: str
    count: int
    sure: bool
    at: datetime
    parts: tuple[Inner, ...]
    pair: tuple[str, Money]
    perhaps: Inner | None = None


def there_and_back(column: Any, value: Any) -> Any:
    stored = column.process_bind_param(value, None)
    assert stored is None or type(stored) in {int, str}
    return column.process_result_value(stored, None)


INNER = Inner(PayType.SLEEP_IN, Money(-5), Decimal("0.10"), date(2026, 4, 5), time(23, 59))
INSTANT = datetime(2026, 4, 5, 23, 59, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("perhaps", [INNER, None])
def test_facts_inside_facts_come_back_whole(perhaps: Inner | None) -> None:
    outer = Outer("ünï", 3, True, INSTANT, (INNER, INNER), ("a", Money(1)), perhaps)

    assert there_and_back(Structured(Outer), outer) == outer
    assert there_and_back(Structured(tuple[Outer, ...]), (outer,)) == (outer,)


def test_workings_kept_before_a_step_said_more_are_still_read() -> None:
    column = Structured(tuple[ExplainedStep, ...])
    kept = (
        '[{"inputs":[["pay","£10.00"]],"result":"£5.00","rule":"test.half",'
        '"sentence":"Half of £10.00 is £5.00.","source":"A source","title":"A half"}]'
    )

    (step,) = column.process_result_value(kept, None)  # type: ignore[arg-type,misc] # no dialect

    assert step == ExplainedStep(
        "test.half",
        "A half",
        "Half of £10.00 is £5.00.",
        (("pay", "£10.00"),),
        "£5.00",
        "A source",
        rounding="",
        dated="",
    )


@pytest.mark.parametrize(
    "column",
    [Pence(), Day(), Clock(), Instant(), DecimalText(), YesNo(), OneOf(PayType), Structured(Outer)],
    ids=lambda column: type(column).__name__,
)
def test_nothing_stays_nothing(column: Any) -> None:
    assert there_and_back(column, None) is None


@given(st.integers(-(10**12), 10**12))
def test_money_is_kept_in_pence(pence: int) -> None:
    assert there_and_back(Pence(), Money(pence)) == Money(pence)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_are_kept_digit_for_digit(number: Decimal) -> None:
    assert there_and_back(DecimalText(), number) == number


@given(st.dates(), st.dates())
def test_days_sort_as_they_are_kept(one: date, other: date) -> None:
    kept = [Day().process_bind_param(day, None) for day in (one, other)]  # type: ignore[arg-type] # no dialect is asked

    assert (kept[0] < kept[1]) == (one < other)  # type: ignore[operator] # both are text


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=1))])))
def test_instants_are_kept_in_utc(at: datetime) -> None:
    back = there_and_back(Instant(), at)

    assert back == at
    assert back.utcoffset() == timedelta(0)


@given(st.times().map(lambda at: at.replace(microsecond=0)))
def test_times_are_kept_to_the_second(at: time) -> None:
    assert there_and_back(Clock(), at) == at


@pytest.mark.parametrize("choice", list(PayType))
def test_choices_are_kept_by_their_value(choice: PayType) -> None:
    assert OneOf(PayType).process_bind_param(choice, None) == choice.value  # type: ignore[arg-type] # no dialect
    assert there_and_back(OneOf(PayType), choice) is choice


def test_a_choice_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        OneOf(PayType).process_bind_param("nonsense", None)  # type: ignore[arg-type] # on purpose


@given(st.recursive(st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
def test_the_same_thing_is_always_written_the_same_way(value: Any) -> None:
    again = json.loads(canonical_json(value))

    assert again == value
    assert canonical_json(again) == canonical_json(value)
