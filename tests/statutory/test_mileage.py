"""Money given back for miles is free of tax up to the approved rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.money import NOTHING
from dpemployer.statutory.mileage import MileagePaid, Vehicle, approved_for, mileage_paid
from dpemployer.workings import explain
from tests.builders import RATES, pounds

MAY_2026, MAY_2025 = RATES.on(date(2026, 5, 1)), RATES.on(date(2025, 5, 1))


def paid(
    miles: str, before: str = "0", rate: str = "0.55", vehicle: Vehicle = Vehicle.CAR
) -> MileagePaid:
    return mileage_paid(Decimal(miles), Decimal(before), Decimal(rate), vehicle, MAY_2026)


@pytest.mark.parametrize(
    ("miles", "before", "approved"),
    [
        ("10000", "0", "5500.00"),
        ("10001", "0", "5500.25"),
        ("1", "9999", "0.55"),
        ("1", "10000", "0.25"),
        ("100", "12000", "25.00"),
        ("300", "9900.5", "104.85"),
        ("0", "0", "0.00"),
    ],
)
def test_the_first_ten_thousand_miles_have_the_higher_rate(
    miles: str, before: str, approved: str
) -> None:
    # 99.5 miles at 55p is 54.725 and 200.5 at 25p is 50.125: 104.85.
    assert paid(miles, before).approved == pounds(approved)


def test_what_is_paid_below_the_approved_rate_is_free_and_leaves_room() -> None:
    old = paid("80", rate="0.45")

    assert (old.paid, old.tax_free, old.taxable) == (pounds("36.00"), pounds("36.00"), NOTHING)
    assert old.room == pounds("8.00")


def test_each_vehicle_has_its_own_rate() -> None:
    assert paid("100", "20000", "0.30", Vehicle.MOTORCYCLE).taxable == pounds("6.00")
    assert paid("100", rate="0.20", vehicle=Vehicle.BICYCLE).taxable == NOTHING
    assert paid("100", vehicle=Vehicle.VAN).taxable == NOTHING


def test_the_rate_is_that_of_the_tax_year() -> None:
    assert approved_for(Decimal(100), Decimal(0), Vehicle.CAR, MAY_2025) == 45


def test_the_steps_say_what_is_free() -> None:
    worth, free, taxed = (step.sentence for step in explain(paid("300", "9900").workings))

    assert worth == "300 miles at 55p is £165.00."
    assert free == (
        "For 300 miles by car, after 9900 miles earlier in the tax year, up to £105.00 may be "
        "given back free of tax."
    )
    assert taxed == "£165.00 is more than £105.00. The rest, £60.00, is taxable pay."


def test_a_rate_may_have_a_part_of_a_penny() -> None:
    steps = explain(paid("12.50", rate="0.455").workings)
    worth, _free, taxed = (step.sentence for step in steps)

    assert worth == "12.5 miles at 45.5p is £5.69."
    assert {step.dated for step in steps} == {"from 6 April 2026"}
    assert taxed == "£5.69 is not more than £6.88, so £0.00 of it is taxed."


@given(
    st.decimals(0, 30_000, places=1),
    st.decimals(0, 30_000, places=1),
    st.decimals(0, 1, places=3),
    st.sampled_from(Vehicle),
)
def test_what_is_free_and_what_is_taxed_add_up(
    miles: Decimal, before: Decimal, rate: Decimal, vehicle: Vehicle
) -> None:
    found = mileage_paid(miles, before, rate, vehicle, MAY_2026)

    assert found.tax_free + found.taxable == found.paid
    assert NOTHING <= found.tax_free <= found.approved
    assert found.room == found.approved - found.tax_free


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 20_000))
def test_two_claims_are_worth_as_much_as_one(before: int, first: int, second: int) -> None:
    one = approved_for(Decimal(first + second), Decimal(before), Vehicle.CAR, MAY_2026)
    two = approved_for(Decimal(first), Decimal(before), Vehicle.CAR, MAY_2026) + approved_for(
        Decimal(second), Decimal(before + first), Vehicle.CAR, MAY_2026
    )

    assert one == two
