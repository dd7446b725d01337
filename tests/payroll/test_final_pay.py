"""The parts of a last pay, and which of them are taxed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.final_pay import FinalPay, final_pay
from dpemployer.workings import explain


def pay(hours: str = "0", holiday: str = "0", notice: str = "0", redundancy: str = "0") -> FinalPay:
    return final_pay(
        hourly_rate=Money(13_10),
        unpaid_hours=Decimal(hours),
        untaken_holiday_hours=Decimal(holiday),
        notice_weeks=Decimal(notice),
        redundancy_weeks=Decimal(redundancy),
        week_pay=Money(262_00),
    )


def test_holiday_taken_too_much_lowers_what_is_taxed() -> None:
    found = pay(hours="10", holiday="-2.5")

    assert found.holiday_in_lieu == Money(-32_75)
    assert found.taxable == Money(98_25)


def test_redundancy_pay_above_the_limit_is_not_all_free() -> None:
    found = pay(redundancy="120")

    assert found.redundancy == Money(31_440_00)
    assert found.exempt == Money(30_000_00)


@given(
    st.decimals(0, 500, places=2),
    st.decimals(-50, 200, places=6),
    st.decimals(0, 12, places=0),
    st.decimals(0, 30, places=1),
)
def test_the_parts_add_up(
    hours: Decimal, holiday: Decimal, notice: Decimal, weeks: Decimal
) -> None:
    found = pay(str(hours), str(holiday), str(notice), str(weeks))

    assert found.taxable == found.wages + found.holiday_in_lieu + found.notice_in_lieu
    assert NOTHING <= found.exempt <= found.redundancy
    assert all("{" not in step.sentence for step in explain(found.workings))
