"""Average weekly earnings count what was paid in the weeks before, and are never rounded."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dpemployer.money import NOTHING, Money
from dpemployer.periods import PayFrequency, PaySchedule
from dpemployer.statutory.average_earnings import (
    Payday,
    Span,
    average_by_contract,
    average_of,
    average_over,
    exact_pounds,
    look_back,
)
from dpemployer.workings import explain

MONDAY = date(2026, 6, 1)
LONG_AGO = date(2020, 1, 1)


def paydays(
    schedule: PaySchedule, first: date, count: int, pay: str | None = "100.00"
) -> list[Payday]:
    """Return paydays one after the other, each with the same pay."""
    amount = None if pay is None else Money.parse(pay)
    period = schedule.period_of(first)
    found = []
    for _number in range(count):
        found.append(Payday(period.pay_date, period.first_day, period.last_day, amount))
        period = schedule.after(period)
    return found


WEEKLY = PaySchedule(PayFrequency.WEEKLY, MONDAY, days_after=5)
FOUR_WEEKLY = PaySchedule(PayFrequency.FOUR_WEEKLY, MONDAY)
MONTHLY = PaySchedule(PayFrequency.MONTHLY, date(2026, 6, 1))


def test_eight_weekly_paydays_count() -> None:
    paid = paydays(WEEKLY, MONDAY, 12)

    weeks = look_back(paid, paid[10].pay_date, LONG_AGO)

    assert weeks is not None
    assert weeks.full
    assert [payday.pay_date for payday in weeks.paydays] == [p.pay_date for p in paid[3:11]]
    assert weeks.first_day == paid[2].pay_date + timedelta(days=1)
    assert weeks.last_day == paid[10].pay_date
    average = average_over(weeks, PayFrequency.WEEKLY)
    assert average.exact == 100


def test_two_monthly_paydays_count_and_are_brought_to_a_week() -> None:
    paid = paydays(MONTHLY, MONDAY, 6, "704.65")

    weeks = look_back(paid, paid[5].pay_date - timedelta(days=1), LONG_AGO)

    assert weeks is not None
    assert [payday.pay_date for payday in weeks.paydays] == [date(2026, 9, 30), date(2026, 10, 31)]
    average = average_over(weeks, PayFrequency.MONTHLY)
    assert average.exact == Fraction("1409.30") / 2 * 12 / 52
    assert average.shown == "£162.61153"


def test_two_four_weekly_paydays_are_eight_weeks() -> None:
    paid = paydays(FOUR_WEEKLY, MONDAY, 4, "550.00")

    weeks = look_back(paid, paid[3].pay_date, LONG_AGO)

    assert weeks is not None
    assert len(weeks.paydays) == 2
    assert average_over(weeks, PayFrequency.FOUR_WEEKLY).exact == Fraction("137.5")


def test_a_payday_nobody_has_named_the_pay_of_is_asked_for() -> None:
    paid = paydays(WEEKLY, MONDAY, 9, None)

    weeks = look_back(paid, paid[8].pay_date, LONG_AGO)

    assert weeks is not None
    assert weeks.missing == tuple(p.pay_date for p in paid[1:])
    assert weeks.total == NOTHING


def test_somebody_who_began_with_a_pay_period_has_fewer_whole_weeks() -> None:
    paid = paydays(WEEKLY, MONDAY, 3)

    weeks = look_back(paid, paid[2].pay_date, MONDAY)

    assert weeks is not None
    assert not weeks.full
    assert weeks.first_day == MONDAY
    assert average_over(weeks, PayFrequency.WEEKLY).exact == 100


def test_somebody_who_began_inside_a_pay_period_is_counted_by_the_day() -> None:
    # 20 June to 31 July is 42 days; 600 / 42 x 7 = 100.
    paid = paydays(MONTHLY, MONDAY, 2, "300.00")

    weeks = look_back(paid, date(2026, 8, 10), date(2026, 6, 20))

    assert weeks is not None
    assert average_over(weeks, PayFrequency.MONTHLY).exact == 100


def test_nobody_paid_yet_has_no_weeks_and_the_contract_counts() -> None:
    paid = paydays(WEEKLY, MONDAY, 2)

    assert look_back(paid, MONDAY, MONDAY) is None
    assert look_back(paid, paid[0].pay_date, paid[1].pay_date) is None
    contract = average_by_contract(Money.parse("160.50"))
    assert contract.exact == Fraction("160.5")
    assert explain(contract.workings)[0].sentence.endswith("counts: £160.50.")


def test_a_pay_rise_that_counts_is_added() -> None:
    paid = paydays(WEEKLY, MONDAY, 9)

    weeks = look_back(paid, paid[8].pay_date, LONG_AGO)

    assert weeks is not None
    average = average_over(weeks, PayFrequency.WEEKLY, Money.parse("80.00"))
    assert average.exact == 110
    assert "It adds £80.00, which makes £880.00." in explain(average.workings)[2].sentence


@given(st.integers(0, 10**7), st.sampled_from(Span), st.integers(1, 100))
def test_an_average_times_its_weeks_is_the_whole_again(pence: int, span: Span, count: int) -> None:
    average = average_of(Money(pence), span, count).exact

    weeks = {
        Span.WEEKS: Fraction(count),
        Span.MONTHS: Fraction(count * 52, 12),
        Span.DAYS: Fraction(count, 7),
    }[span]
    assert average * weeks == Fraction(pence, 100)


# ── at the edges ──


def test_a_payday_on_the_first_day_of_the_job_counts() -> None:
    paid = paydays(WEEKLY, MONDAY, 9)

    begun = look_back(paid, paid[7].pay_date, paid[0].pay_date)
    whole = look_back(paid, paid[8].pay_date, paid[0].pay_date)

    assert begun is not None
    assert (begun.full, len(begun.paydays)) == (False, 8)
    assert whole is not None
    assert (whole.full, len(whole.paydays)) == (True, 8)


def test_somebody_who_began_on_the_first_of_a_month_is_counted_by_the_month() -> None:
    # 600 over two months is 69.23 a week; over 61 days it would be 68.85.
    weeks = look_back(paydays(MONTHLY, MONDAY, 2, "300.00"), date(2026, 8, 10), MONDAY)

    assert weeks is not None
    average = average_over(weeks, PayFrequency.MONTHLY)
    assert average.exact == Fraction(300) * 12 / 52
    assert average.workings[0].rule.id == "average.short"


def test_days_are_counted_to_the_end_of_the_last_pay_period() -> None:
    # From Wednesday 3 June to Sunday 21 June are 19 days.
    weeks = look_back(paydays(WEEKLY, MONDAY, 3, "95.00"), date(2026, 6, 26), date(2026, 6, 3))

    assert weeks is not None
    assert average_over(weeks, PayFrequency.WEEKLY).exact == Fraction(285, 19) * 7


def test_exact_pounds_are_written_without_empty_places() -> None:
    written = [
        exact_pounds(Fraction(text)) for text in ("100", "12.345", "107.52625", "103.9", "0")
    ]

    assert written == ["£100.00", "£12.345", "£107.52625", "£103.90", "£0.00"]
