"""Miles over a tax year: what is free of tax, and what may be added to claims at the old rate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dpemployer.findings import Severity
from dpemployer.payroll.mileage import mileage_findings, top_up_findings
from dpemployer.payroll.people import PayType, Per
from tests.builders import RATES, a_person, a_rate, a_shift, pounds

if TYPE_CHECKING:
    from dpemployer.findings import Finding
    from dpemployer.payroll.people import PayRate
    from dpemployer.payroll.timesheet import Shift

APRIL_2025, JUNE = date(2025, 4, 6), date(2026, 6, 1)


def per_mile(amount: str, from_day: date = APRIL_2025) -> PayRate:
    return a_rate(amount, PayType.EXPENSES, "Mileage", per=Per.MILE, from_day=from_day)


def miles(count: int, day: date = JUNE) -> Shift:
    return a_shift(day, pay_type=PayType.EXPENSES, label="Mileage", quantity=count)


def found(*now: Shift, earlier: tuple[Shift, ...] = (), rate: str = "0.55") -> tuple[Finding, ...]:
    return mileage_findings(now, earlier, (per_mile(rate),), a_person(), RATES)


def test_miles_at_the_approved_rate_are_free_of_tax() -> None:
    assert found(miles(10_000)) == ()
    assert found(miles(5), earlier=(miles(9_995),)) == ()
    assert found() == ()


def test_a_higher_rate_is_taxable_above_the_approved_one() -> None:
    (finding,) = found(miles(80), rate="0.60")

    assert finding.severity is Severity.WARNING
    assert "£48.00 is given back for 80 miles in the tax year 2026-27. Up to £0.55" in (
        finding.message
    )
    assert "so £4.00 of it is taxable" in finding.message


def test_ten_thousand_miles_themselves_are_at_the_higher_rate() -> None:
    (finding,) = found(miles(10_000), rate="0.60")

    assert finding.message == (
        "£6,000.00 is given back for 10000 miles in the tax year 2026-27. Up to £0.55 a mile is "
        "free of tax, so £500.00 of it is taxable. Pay that part as pay, or lower the rate."
    )


def test_past_ten_thousand_miles_the_lower_rate_is_free() -> None:
    (finding,) = found(miles(300), earlier=(miles(9_900),))

    assert "after 9900 earlier in the tax year 2026-27" in finding.message
    assert "only £0.25 a mile is free of tax, so £60.00 of it is taxable" in finding.message


def test_each_tax_year_is_counted_by_itself() -> None:
    last_day, first_day = date(2026, 4, 5), date(2026, 4, 6)

    (finding,) = found(
        miles(100, last_day), miles(100, first_day), earlier=(miles(9_999, APRIL_2025),)
    )

    # 100 miles of 2025-26 at 55p is 55.00; one mile at 45p and 99 at 25p is 25.20.
    assert "the tax year 2025-26" in finding.message
    assert "so £29.80 of it is taxable" in finding.message


def test_costs_and_miles_without_a_rate_are_not_mileage() -> None:
    cost = a_shift(pay_type=PayType.EXPENSES, label="Parking", amount=pounds("500.00"))
    worked = a_shift(minutes=60)
    unknown = a_shift(pay_type=PayType.EXPENSES, label="Bicycle", quantity=500)

    assert found(cost, worked, unknown, rate="0.90") == ()


def top_ups(*claimed: Shift, rates: tuple[PayRate, ...] = (per_mile("0.45"),)) -> list[str]:
    findings = top_up_findings(claimed, rates, a_person(), RATES)
    assert all(finding.severity is Severity.NOTE for finding in findings)
    return [finding.message for finding in findings]


def test_claims_at_the_old_rate_may_be_topped_up() -> None:
    new = per_mile("0.55", date(2026, 6, 1))

    (message,) = top_ups(
        miles(80, date(2026, 4, 20)), miles(10, JUNE), rates=(per_mile("0.45"), new)
    )

    assert message.startswith("80 miles of the tax year 2026-27 were given back at £0.45 a mile.")
    assert "You may give back £8.00 more" in message


def test_a_top_up_never_goes_past_what_is_free_of_tax() -> None:
    # 10,100 miles at 45p is 4,545.00; 10,000 at 55p and 100 at 25p is 5,525.00: 980.00 is left,
    # less than 10p for each mile.
    (message,) = top_ups(miles(10_100))

    assert "£980.00 more" in message


def test_only_miles_at_the_old_rate_are_topped_up() -> None:
    # 130 miles leave room for 20.50; 80 of them were at 45p, and 10p more for those is 8.00.
    agreed = per_mile("0.30", JUNE)

    (message,) = top_ups(
        miles(80, date(2026, 4, 20)), miles(50, JUNE), rates=(per_mile("0.45"), agreed)
    )

    assert "You may give back £8.00 more" in message


def test_a_year_without_a_rise_does_not_hide_the_next() -> None:
    (message,) = top_ups(miles(100, date(2025, 6, 1)), miles(5, JUNE))

    assert message.startswith("5 miles of the tax year 2026-27")
    assert "You may give back £0.50 more" in message


def test_nobody_is_told_where_nothing_may_be_added() -> None:
    agreed = (per_mile("0.30"),)

    assert top_ups(miles(80), rates=agreed) == []
    assert top_ups(miles(80, date(2025, 6, 1))) == []
    assert top_ups(miles(80, date(2023, 6, 1)), rates=(per_mile("0.45", date(2023, 4, 6)),)) == []
    assert top_ups(miles(80, date(2027, 6, 1))) == []
    assert top_ups(miles(29_000)) == []
