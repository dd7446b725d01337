"""Any calculation can be asked as a case; one that cannot be answered leaves the others alone."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.services.calculations.asking import Answer, Kind, answers, shipped_rates
from dpemployer.statutory.rates import RateBook
from tests.vectors import sequences, vector, vectors

if TYPE_CHECKING:
    from tests.vectors import Sequence, Vector

RATES = RateBook.parse(texts("statutory", ".toml"))
FOLDERS = {
    Kind.PAYE: "income_tax",
    Kind.NATIONAL_INSURANCE: "national_insurance",
    Kind.STUDENT_LOANS: "student_loans",
    Kind.PENSION: "pension",
    Kind.MINIMUM_WAGE: "minimum_wage",
    Kind.P32: "p32",
    Kind.WORKING_TIME: "working_time",
    Kind.ATTACHMENT_ORDERS: "attachment_orders",
    Kind.FUNDING: "funding",
    Kind.SSP: "ssp",
    Kind.PARENTAL_PAY: "parental_pay",
}
EXAMPLES = [(kind, example) for kind, folder in FOLDERS.items() for example in vectors(folder)]
FIRST = {
    kind: vector(FOLDERS[kind], name).case
    for kind, name in {
        Kind.PAYE: "hmrc-2627-sct-gen-cumul-mthly-r6",
        Kind.NATIONAL_INSURANCE: "hmrc-2526-A-1",
        Kind.STUDENT_LOANS: "p1-m-2241.66",
        Kind.PENSION: "qe-m-1500",
        Kind.MINIMUM_WAGE: "plain-ok",
        Kind.P32: "p32-ea-covers",
        Kind.WORKING_TIME: "WT-V10",
        Kind.ATTACHMENT_ORDERS: "deo-published",
        Kind.FUNDING: "FUND-006",
        Kind.SSP: "flat-5qd-3",
        Kind.PARENTAL_PAY: "spp-300-2",
    }.items()
}
YEAR = next(sequence for sequence in sequences() if sequence.id == "open-emergency")
SECOND_QUESTION = {Kind.PENSION: vector("pension", "cat-elig").case}


def ask(kind: Kind, case: object) -> Answer:
    (answer,) = answers(kind, [case], RATES)
    return answer


def asked(kind: Kind, /, **changes: Any) -> Answer:
    """Ask the first example of a kind with some of its inputs put differently."""
    case = deepcopy(FIRST[kind])
    case["inputs"].update(changes)
    return ask(kind, case)


def year_asked(period: dict[str, Any] | None = None, **changes: Any) -> Answer:
    """Ask the first three months of a year, with the second put differently."""
    question = deepcopy(YEAR.question)
    question["periods"] = question["periods"][:3]
    question["periods"][1].update(period or {})
    question.update(changes)
    return ask(Kind.PAYROLL_YEAR, question)


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=str)
def test_agrees_with_the_example(kind: Kind, example: Vector) -> None:
    answer = ask(kind, example.case).as_json()

    assert answer["id"] == example.id
    assert {key: answer["result"][key] for key in example.expected} == example.expected


@pytest.mark.parametrize("sequence", sequences(), ids=str)
def test_agrees_with_the_whole_year(sequence: Sequence) -> None:
    answer = ask(Kind.PAYROLL_YEAR, sequence.question).as_json()

    assert answer == {"id": sequence.id, "periods": sequence.expected}


def test_the_result_has_every_key_of_the_examples() -> None:
    for kind, example in EXAMPLES:
        answer = ask(kind, example.case).as_json()
        assert set(example.expected) <= set(answer["result"])


def test_a_case_that_cannot_be_answered_leaves_the_others_alone() -> None:
    good = FIRST[Kind.P32]
    bad = {"id": "bad", "tax_year": "2026-27", "inputs": {}}

    first, second, third = answers(Kind.P32, [good, bad, good], RATES)

    assert first.result == third.result is not None
    assert second.as_json() == {
        "id": "bad",
        "error": "“inputs.income_tax” is missing. This calculation needs it. Add it and ask again.",
    }


def test_unknown_keys_are_ignored() -> None:
    case = deepcopy(FIRST[Kind.PAYE])
    case["colour"] = "red"
    case["inputs"]["weather"] = ["wet"]

    assert ask(Kind.PAYE, case).result == ask(Kind.PAYE, FIRST[Kind.PAYE]).result


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.PAYE, ["payrolled_benefits_in_pay"]),
        (Kind.STUDENT_LOANS, ["postgraduate"]),
        (Kind.MINIMUM_WAGE, ["accommodation_days", "accommodation_charge", "rates_from"]),
        (
            Kind.P32,
            ["student_loans", "postgraduate_loans", "statutory_parental_paid", "small_employer"],
        ),
    ],
)
def test_a_key_that_does_not_apply_may_be_null_or_left_out(kind: Kind, names: list[str]) -> None:
    as_it_was = ask(kind, FIRST[kind]).result
    null = asked(kind, **dict.fromkeys(names))
    absent = deepcopy(FIRST[kind])
    for name in names:
        absent["inputs"].pop(name, None)

    assert null.result == as_it_was
    assert ask(kind, absent).result == as_it_was


def test_week_1_needs_no_totals_and_cumulative_does() -> None:
    missing = {"pay_to_date_before": None, "tax_to_date_before": None}

    assert asked(Kind.PAYE, basis="week1_month1", **missing).result
    assert "pay_to_date_before” is missing" in asked(Kind.PAYE, **missing).error
    assert asked(Kind.PAYE, frequency="weekly", period_number=53, **missing).result


def test_the_payday_too_many_adds_its_tax_to_what_was_taken_before() -> None:
    question = {"frequency": "weekly", "period_number": 53, "tax_code": "BR"}
    said = {"pay_to_date_before": "9000.00", "tax_to_date_before": "1800.00"}
    for basis, to_date in (("cumulative", "1820.00"), ("week1_month1", None)):
        answer = asked(Kind.PAYE, basis=basis, pay_this_period="100.00", **question, **said)
        assert answer.result is not None
        assert answer.result["tax_this_period"] == "20.00"
        assert answer.result["tax_to_date"] == to_date
    unsaid = asked(Kind.PAYE, pay_this_period="100.00", **question, **dict.fromkeys(said))
    assert unsaid.result is not None
    assert unsaid.result["tax_to_date"] is None


def test_the_mark_on_a_code_says_the_basis_when_nothing_else_does() -> None:
    marked = asked(Kind.PAYE, tax_code="1257L M1", basis=None, period_number=9)
    said = asked(Kind.PAYE, tax_code="1257L", basis="week1_month1", period_number=9)

    assert marked.result == said.result
    assert "contradict each other" in asked(Kind.PAYE, tax_code="1257L M1").error
    assert asked(Kind.PAYE, tax_code="1257L", basis=None).result


def test_a_key_that_does_not_apply_to_the_answer_is_null() -> None:
    alone = asked(Kind.PAYE, basis="week1_month1").result
    no_tax = asked(Kind.PAYE, tax_code="NT").result
    no_loan = asked(Kind.STUDENT_LOANS, plan=None).result

    assert alone is not None
    assert alone["tax_to_date"] is None
    assert no_tax is not None
    assert (no_tax["free_pay_applied"], no_tax["taxable_pay_rounded"]) == (None, None)
    assert no_loan == dict.fromkeys(
        ["plan_threshold", "student_loan", "postgraduate_threshold", "postgraduate_loan"]
    )


def test_a_case_without_a_date_uses_the_rates_at_the_start_of_its_tax_year() -> None:
    weekly = {"category": "A", "frequency": "weekly", "gross": "400.00"}

    def employee(**changes: str) -> str:
        case = {"id": 1, "tax_year": "2023-24", "inputs": {**weekly, **changes}}
        answer = ask(Kind.NATIONAL_INSURANCE, case)
        assert answer.result
        return str(answer.result["employee"])

    assert employee() == "18.96"
    assert employee(pay_date="2024-01-06") == "15.80"


def test_a_payday_outside_the_tax_year_is_refused() -> None:
    outside = asked(Kind.NATIONAL_INSURANCE, pay_date="2024-01-06")

    assert "It is not in the tax year 2025-26" in outside.error


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_day_too_far_away_to_count_from_is_refused(day: str) -> None:
    inputs = {"employment_start": "2020-01-06", "as_of": day}

    answer = ask(Kind.REDUNDANCY, {"fn": "statutory_notice_employer", "inputs": inputs})

    assert "The year should be from 1900 to 2200." in answer.error


def test_each_wage_band_of_2023_24_has_its_own_rate() -> None:
    def due(band: str, day: str) -> str:
        answer = asked(Kind.MINIMUM_WAGE, rate_band=band, rates_from=day)
        return answer.error or str(answer.result and answer.result["minimum_due"])

    assert due("23+", "2023-04-01") == "1042.00"
    assert due("21-22", "2023-04-01") == "1018.00"
    assert due("under 18", "2023-04-01") == "528.00"
    assert "Choose “23+” or “21-22”" in due("21+", "2023-04-01")
    assert due("23+", "2024-04-01") == "1144.00"
    assert "not known for 1 April 2027" in due("21+", "2027-04-02")


def test_sick_pay_under_the_other_rules_of_its_year_is_refused() -> None:
    assert "are not those of 2026-27" in asked(Kind.SSP, pay_date_rules="to_2026_04_05").error


def test_sick_pay_before_april_2026_needed_enough_earnings() -> None:
    old = vector("ssp", "old-2526-5qd-7").case
    old["inputs"] = {**old["inputs"], "awe": "124.99"}

    assert ask(Kind.SSP, old).result == {"waiting_days": 3, "ssp": "0.00"}


def test_sick_pay_is_never_more_than_its_weeks() -> None:
    answer = asked(Kind.SSP, sick_qualifying_days=1000)

    assert answer.result is not None
    assert answer.result["ssp"] == "3451.00"


def test_an_average_may_have_as_many_decimals_as_it_has() -> None:
    # 80% of 162.611538461538... is 130.0892...: above the flat rate. Of 106.66666666 it is not.
    answer = asked(Kind.SSP, awe="106.66666666", sick_qualifying_days=5)

    assert answer.result == {"weekly_rate_unrounded": "85.333333328", "ssp": "85.34"}
    assert "is never less than nothing" in asked(Kind.SSP, awe="-1.00").error


def test_sickness_after_the_change_cannot_have_been_paid_before_it() -> None:
    case = vector("ssp", "tr-protected").case
    case["inputs"] = {**case["inputs"], "first_sick_day": "2026-04-06"}

    assert "cannot have been paid before it began" in ask(Kind.SSP, case).error


def test_absences_that_overlap_are_refused() -> None:
    case = vector("ssp", "link-56").case
    case["inputs"] = {**case["inputs"], "first_day_of_next_absence": "2026-06-12"}

    assert "before the first is over" in ask(Kind.SSP, case).error


def test_family_pay_is_never_more_than_its_weeks() -> None:
    answer = asked(Kind.PARENTAL_PAY, weeks=5)

    assert answer.result == {"weekly": "194.32", "total": "388.64"}


def test_the_new_rate_of_maternity_pay_is_the_one_of_its_year() -> None:
    case = vector("parental_pay", "smp-350").case
    case["tax_year"] = "2024-25"

    answer = ask(Kind.PARENTAL_PAY, case).result
    assert answer is not None
    assert answer["weeks_7_to_39"] == "184.03"


def test_neonatal_care_pay_began_in_april_2025_and_not_in_northern_ireland() -> None:
    case = vector("parental_pay", "sncp-400-12").case
    case["tax_year"] = "2024-25"

    assert "no such payment in that tax year" in ask(Kind.PARENTAL_PAY, case).error
    elsewhere = asked(Kind.PARENTAL_PAY, kind="sncp", nation="northern_ireland")
    assert "no Statutory Neonatal Care Pay in Northern Ireland" in elsewhere.error
    assert asked(Kind.PARENTAL_PAY, kind="spp", nation="northern_ireland").result


def test_an_average_over_nothing_is_refused() -> None:
    for kind in (Kind.SSP, Kind.PARENTAL_PAY):
        question = {"kind": "awe", "earnings_total": "100.00", "units": "weeks", "count": 0}
        assert "a whole number from 1" in asked(kind, **question).error


def test_a_home_without_a_charge_has_to_say_that_it_is_free() -> None:
    assert (
        "accommodation_charge” is missing" in asked(Kind.MINIMUM_WAGE, accommodation_days=7).error
    )


def test_parental_pay_needs_to_know_whether_the_employer_is_small() -> None:
    paid = {"statutory_parental_paid": "100.00", "small_employer": None}

    assert "small_employer” is missing" in asked(Kind.P32, **paid).error


def test_more_tax_may_be_given_back_than_taken_in_a_month() -> None:
    answer = asked(Kind.P32, income_tax="-500.00")

    assert answer.result
    assert answer.result["due_to_hmrc"] == "-403.36"
    assert "never less than nothing" in asked(Kind.P32, employer_ni="-1.00").error


def test_hours_may_be_a_number_or_text() -> None:
    for hours in ("37.5", Decimal("37.5")):
        answer = asked(Kind.MINIMUM_WAGE, hours=hours)
        assert answer.result
        assert answer.result["minimum_due"] == "476.63"
    assert asked(Kind.MINIMUM_WAGE, hours=100).result == asked(Kind.MINIMUM_WAGE).result


@pytest.mark.parametrize(
    "amount",
    [
        100,
        Decimal("100.00"),
        True,
        ["100.00"],
        {"amount": "100.00"},
        "",
        "abc",
        "NaN",
        "Infinity",
        "1e5",
        "100.001",
        "1,000.00",
        "£100.00",
        " 100.00",
        "99999999999.00",
        "-0.01",
    ],
)
def test_an_amount_is_pounds_as_text_and_nothing_else(amount: object) -> None:
    answer = asked(Kind.NATIONAL_INSURANCE, gross=amount)

    assert answer.result is None
    assert answer.error.startswith("“inputs.gross” cannot be “")


def test_pay_taken_back_gives_tax_back() -> None:
    # £1,200.00 paid and £30.20 taken, at 20% of £151.00 over the month's £1,048.26; £50.00 of it
    # taken back leaves £1,150.00, and 20% of £101.00.
    answer = asked(
        Kind.PAYE,
        tax_code="1257L",
        pay_this_period="-50.00",
        pay_to_date_before="1200.00",
        tax_to_date_before="30.20",
    )

    assert answer.result == {
        "tax_this_period": "-10.00",
        "tax_to_date": "20.20",
        "free_pay_applied": "1048.26",
        "taxable_pay_rounded": "101",
        "regulatory_limit_applied": False,
    }


def test_more_pay_taken_back_than_was_paid_is_looked_back_on() -> None:
    answer = asked(
        Kind.PAYE,
        tax_code="BR",
        pay_this_period="150.00",
        pay_to_date_before="-50.00",
        tax_to_date_before="0.00",
    )

    assert answer.result is not None
    assert answer.result["tax_this_period"] == "20.00"


@pytest.mark.parametrize(("amount", "same"), [("100", "100.00"), ("100.5", "100.50")])
def test_an_amount_may_leave_out_decimals_that_are_nothing(amount: str, same: str) -> None:
    short, full = (asked(Kind.PAYE, pay_this_period=each) for each in (amount, same))

    assert short.result == full.result


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        (Kind.PAYE, {"tax_code": "1257 LL"}, "is not a tax code"),
        (Kind.PAYE, {"tax_code": 1257}, "It should be text"),
        (Kind.PAYE, {"basis": "cumul"}, "one of: cumulative, week1_month1"),
        (Kind.PAYE, {"frequency": "yearly"}, "one of: weekly, fortnightly"),
        (Kind.PAYE, {"frequency": ["weekly"]}, "one of: weekly, fortnightly"),
        (Kind.PAYE, {"period_number": True}, "a whole number from 1 to 56"),
        (Kind.PAYE, {"period_number": "1"}, "a whole number from 1 to 56"),
        (Kind.PAYE, {"period_number": 10**30}, "a whole number from 1 to 56"),
        (Kind.PAYE, {"period_number": 13}, "not a tax week or month"),
        (Kind.PAYE, {"payrolled_benefits_in_pay": "9999.00"}, "cannot be part of pay"),
        (Kind.PAYE, {"tax_code": "x" * 500}, "is not a tax code"),
        (Kind.NATIONAL_INSURANCE, {"category": "Q"}, "not a National Insurance category"),
        (Kind.NATIONAL_INSURANCE, {"pay_date": "2025-13-01"}, "written year first"),
        (Kind.NATIONAL_INSURANCE, {"pay_date": "20250510"}, "written year first"),
        (Kind.NATIONAL_INSURANCE, {"pay_date": 20250510}, "written year first"),
        (Kind.STUDENT_LOANS, {"plan": "3"}, "not a student loan plan"),
        (Kind.STUDENT_LOANS, {"plan": 1}, "It should be text"),
        (Kind.STUDENT_LOANS, {"postgraduate": "yes"}, "true or false"),
        (Kind.PENSION, {"employee_percent": "101"}, "cannot be a share of pay"),
        (Kind.PENSION, {"employee_percent": "-5"}, "a number such as 37.5"),
        (Kind.PENSION, {"employee_percent": False}, "a number such as 37.5"),
        (Kind.PENSION, {"employee_percent": None}, "is missing"),
        (Kind.PENSION, {"kind": "lottery"}, "one of: contribution, category"),
        (Kind.MINIMUM_WAGE, {"hours": "1E+9"}, "a number such as 37.5"),
        (Kind.MINIMUM_WAGE, {"hours": "745"}, "hours cannot be"),
        (Kind.MINIMUM_WAGE, {"hours": [10]}, "a number such as 37.5"),
        (Kind.MINIMUM_WAGE, {"accommodation_days": 32}, "a whole number from 0 to 31"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    kind: Kind, changes: dict[str, Any], words: str
) -> None:
    answer = asked(kind, **changes)

    assert answer.result is None
    assert words in answer.error


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (None, "It should be an object"),
        ([1, 2], "It should be an object"),
        ("paye", "It should be an object"),
        ({}, "“tax_year” is missing"),
        ({"tax_year": 2026}, "A tax year is written"),
        ({"tax_year": "2026-28"}, "A tax year is written"),
        ({"tax_year": "next"}, "A tax year is written"),
        ({"tax_year": "2026-27"}, "“inputs” is missing"),
        ({"tax_year": "2026-27", "inputs": []}, "It should be an object"),
        ({**FIRST[Kind.PAYE], "tax_year": "2027-28"}, "No rates are known for 6 April 2027"),
        ({**FIRST[Kind.PAYE], "tax_year": "2022-23"}, "No rates are known for 6 April 2022"),
    ],
)
def test_what_is_not_a_case_is_refused_with_the_reason(case: object, words: str) -> None:
    assert words in ask(Kind.PAYE, case).error


def test_a_case_keeps_its_id_whatever_it_is() -> None:
    assert ask(Kind.P32, {"id": ["a", 1]}).id == ["a", 1]
    assert ask(Kind.P32, 7).id is None


def test_a_long_value_is_cut_short_in_the_reason() -> None:
    answer = asked(Kind.PAYE, frequency="w" * 1000)

    assert len(answer.error) < 250


# ── a whole year ──


def test_a_year_stops_at_a_period_that_cannot_be() -> None:
    assert year_asked().periods
    assert "“periods[2].pay” cannot be “lots”" in year_asked({"pay": "lots"}).error
    assert "is not in the tax year" in year_asked({"pay_date": "2027-04-06"}).error
    assert "Period 1 comes after period 1" in year_asked({"period": 1}).error
    assert "from 1 to 12" in year_asked({"period": 13}).error
    assert "is not a tax code" in year_asked({"code": "1257"}).error
    assert "It should be a list" in year_asked(periods={}).error
    assert "“periods[1]” cannot be" in year_asked(periods=["A"]).error
    assert "“brought_forward” cannot be" in year_asked(brought_forward=3).error


def test_a_year_needs_no_dates_no_loans_and_nothing_brought_forward() -> None:
    bare = {"pay_date": None, "plan": None, "pg": None}

    assert year_asked(bare, brought_forward=None).periods == year_asked().periods


def test_a_month_without_pay_run_leaves_a_gap() -> None:
    answer = year_asked(
        {"period": 5, "basis": "cumulative", "pay_date": "2026-08-28"}, periods=None
    )
    assert "“periods” is missing" in answer.error

    question = deepcopy(YEAR.question)
    question["periods"] = [question["periods"][0], question["periods"][4]]
    gap = ask(Kind.PAYROLL_YEAR, question)

    assert gap.periods is not None
    assert len(gap.periods) == 2


@pytest.mark.parametrize(
    ("frequency", "last", "weeks"),
    [("weekly", 53, 1), ("fortnightly", 27, 2), ("four_weekly", 14, 4)],
)
def test_the_payday_too_many_is_taxed_on_its_own(frequency: str, last: int, weeks: int) -> None:
    def period(number: int) -> dict[str, Any]:
        return {"period": number, "pay": f"{400 * weeks}.00", "code": "1257L", "ni": "A"}

    year = {
        "id": 1,
        "tax_year": "2026-27",
        "frequency": frequency,
        "periods": [period(last - 1), period(last)],
    }

    (before, extra) = ask(Kind.PAYROLL_YEAR, year).periods or []

    assert before["tax"] == "0.00"
    assert Decimal(extra["tax"]) == Decimal("31.60") * weeks
    year["periods"] = [period(last + 1)]
    assert f"from 1 to {last}" in ask(Kind.PAYROLL_YEAR, year).error


def test_every_result_comes_with_its_workings_in_words() -> None:
    one = ask(Kind.PAYE, FIRST[Kind.PAYE]).explained()
    year = year_asked().explained()

    assert [len(steps) > 2 for steps in one] == [True]
    assert [steps[-1].title for steps in year] == ["Pay in hand"] * 3
    assert ask(Kind.PAYE, {}).explained() == ()


def test_the_shipped_rates_are_read_once() -> None:
    assert shipped_rates() is shipped_rates()
    assert shipped_rates().years == RATES.years


# ── whatever is asked, an answer or a sentence comes back ──

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.text(max_size=12)
    | st.sampled_from(["NaN", "-1.00", "1e9", "2026-02-30", "9999-12-31", "0", "１２.00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)
QUESTIONS = [*FIRST.items(), *SECOND_QUESTION.items(), (Kind.PAYROLL_YEAR, YEAR.question)]


@given(st.data())
def test_a_case_with_anything_in_any_place_is_answered_or_refused(data: st.DataObject) -> None:
    kind, case = data.draw(st.sampled_from(QUESTIONS))
    spoilt = deepcopy(case)
    holder = data.draw(st.sampled_from(_holders(spoilt)))
    holder[data.draw(st.sampled_from(sorted(holder)))] = data.draw(JUNK)

    answer = ask(kind, spoilt)

    assert bool(answer.error) != (answer.result is not None or answer.periods is not None)


def _holders(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Every object in a case that has keys."""
    found = [case]
    for value in case.values():
        if isinstance(value, dict):
            found += _holders(value)
        if isinstance(value, list):
            found += [item for item in value if isinstance(item, dict)]
    return found
