"""Every figure the law sets is there for every year, says who says so, and is never carried on."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dpemployer.data_files import texts
from dpemployer.errors import RatesUnknownError
from dpemployer.money import Money
from dpemployer.periods import TaxYear
from dpemployer.statutory.rates import Entry, RateBook, RatesFileError

FILES = texts("statutory", ".toml")
BOOK = RateBook.parse(FILES)
YEARLY = [name for name, parameter in BOOK.parameters.items() if not parameter.standing]

TINY = {
    "parameters": """
        [pay.top]
        label = "Top"
        unit = "GBP"
        figures = { value = "money", share = "rate?", often = "money or none?" }
    """,
    "uk-2025-26": """
        tax_year = "2025-26"
        [[pay.top]]
        from = 2025-04-06
        value = "10.00"
        source = "A page"
        evidence = []
        confirmed = true
    """,
}


STARTS = "from = 2025-04-06\n"
SOURCE = 'source = "S"\nevidence = []\nconfirmed = true'


def tiny(**changes: str) -> dict[str, str]:
    """The smallest rates files there can be, with one of them put differently."""
    return {**TINY, **{name.replace("_", "-"): text for name, text in changes.items()}}


def the_year(entry: str) -> str:
    return 'tax_year = "2025-26"\n[[pay.top]]\n' + entry


# ── the shipped files ──


def test_four_tax_years_are_known() -> None:
    assert [str(year) for year in BOOK.years] == ["2023-24", "2024-25", "2025-26", "2026-27"]


@pytest.mark.parametrize("year", BOOK.years, ids=str)
@pytest.mark.parametrize("parameter", YEARLY)
def test_every_figure_is_restated_every_year(parameter: str, year: TaxYear) -> None:
    stated = {entry.parameter.name for entry in BOOK.entries if entry.file == f"uk-{year}"}

    assert parameter in stated


@pytest.mark.parametrize("entry", BOOK.entries, ids=lambda e: f"{e.file}-{e.parameter.name}")
def test_every_figure_names_its_source_and_its_evidence(entry: Entry) -> None:
    known = _evidence()

    assert entry.source
    assert entry.evidence
    assert set(entry.evidence) <= known


@pytest.mark.parametrize(
    "entry",
    [entry for entry in BOOK.entries if entry.file != "standing"],
    ids=lambda e: f"{e.file}-{e.parameter.name}-{e.starts}",
)
def test_every_figure_starts_inside_its_year_or_says_why_not(entry: Entry) -> None:
    year = TaxYear.parse(entry.file.removeprefix("uk-"))

    assert entry.starts in year or entry.starts_outside_the_year


def test_nothing_says_it_starts_outside_a_year_it_starts_in() -> None:
    claimed = [entry for entry in BOOK.entries if entry.starts_outside_the_year]

    assert claimed
    for entry in claimed:
        assert entry.starts not in TaxYear.parse(entry.file.removeprefix("uk-"))


def test_a_figure_said_to_be_unchanged_is_the_same_as_the_year_before() -> None:
    claimed = [entry for entry in BOOK.entries if entry.unchanged_since]

    assert claimed
    for entry in claimed:
        assert entry.unchanged_since is not None
        before = BOOK.on(max(entry.unchanged_since, BOOK.first_day)).entry(entry.parameter.name)
        assert repr(_plain(before)) == repr(_plain(entry))


def test_every_day_of_every_year_has_every_figure() -> None:
    day = BOOK.first_day
    seen = set()
    while day <= BOOK.last_day:
        seen.add(BOOK.on(day))
        day += timedelta(days=1)

    for rates in seen:
        for parameter in BOOK.parameters:
            assert parameter in rates or rates.starts >= date(2027, 4, 1) or _not_yet(parameter)


def test_what_could_not_be_checked_is_a_finding() -> None:
    findings = BOOK.on(date(2026, 11, 24)).unconfirmed()
    unconfirmed = {entry.parameter.label for entry in BOOK.entries if not entry.confirmed}

    assert {finding.subject for finding in findings} <= unconfirmed
    assert any("PAYE scheme must be opened" in finding.subject for finding in findings)
    assert all("Compare it with" in finding.message for finding in findings)


def test_what_is_said_of_a_figure_in_doubt_is_whole_sentences() -> None:
    """It is read by the employer, at the end of a finding."""
    for note in {entry.note for entry in BOOK.entries if entry.note and not entry.confirmed}:
        assert note[0].isupper(), note
        assert note.endswith("."), note


def test_every_unconfirmed_figure_of_any_year_is_a_finding_on_some_day() -> None:
    found = {
        (finding.subject, rates.starts)
        for day in {max(entry.starts, BOOK.first_day) for entry in BOOK.entries}
        for rates in [BOOK.on(day)]
        for finding in rates.unconfirmed()
    }

    for entry in BOOK.entries:
        if not entry.confirmed and entry.starts >= BOOK.first_day:
            assert (entry.parameter.label, entry.starts) in found


def test_findings_can_be_asked_for_the_figures_a_calculation_used() -> None:
    january = BOOK.on(date(2024, 1, 12))

    assert january.unconfirmed(["national_insurance.lel"]) == ()
    (finding,) = january.unconfirmed(
        ["national_insurance.lel", "national_insurance.employee_rates"]
    )
    assert "6 January 2024" in finding.message
    assert "3.85%" in finding.message


def test_a_doubt_can_be_about_part_of_a_figure() -> None:
    january = BOOK.on(date(2024, 1, 12))
    rates = ["national_insurance.employee_rates"]

    assert len(january.unconfirmed(rates, about="B")) == 1
    assert january.unconfirmed(rates, about="A") == ()
    assert BOOK.on(date(2023, 5, 1)).unconfirmed(["income_tax.uplift"], about="L")


# ── which day has which figure ──


def test_a_change_in_the_middle_of_a_year_needs_nothing_special() -> None:
    def main_rate(day: date) -> Decimal:
        rows = BOOK.on(day)["national_insurance.employee_rates"].rows("groups")
        return next(row for row in rows if "A" in row.texts("categories")).rate(
            "to_upper_earnings_limit"
        )

    assert main_rate(date(2024, 1, 5)) == Decimal("0.12")
    assert main_rate(date(2024, 1, 6)) == Decimal("0.10")
    assert main_rate(date(2024, 4, 6)) == Decimal("0.08")


def test_the_minimum_wage_changes_five_days_before_the_tax_year() -> None:
    assert BOOK.on(date(2026, 3, 31))["minimum_wage"].money("age_21_plus") == Money(1221)
    assert BOOK.on(date(2026, 4, 1))["minimum_wage"].money("age_21_plus") == Money(1271)
    assert BOOK.on(date(2023, 4, 1))["minimum_wage"].money("age_23_plus") == Money(1042)


def test_days_without_a_change_share_one_set_of_rates() -> None:
    assert BOOK.on(date(2026, 5, 1)) is BOOK.on(date(2026, 12, 31))
    assert BOOK.for_year(TaxYear(2026)).name == "uk-2026-27"


@pytest.mark.parametrize("day", [date(2027, 4, 6), date(2030, 1, 1), date(2023, 3, 31)])
def test_a_day_outside_the_years_known_is_refused_by_name(day: date) -> None:
    with pytest.raises(RatesUnknownError) as refusal:
        BOOK.on(day)

    assert str(day.year) in refusal.value.what
    assert "6 April 2023 to 5 April 2027" in refusal.value.why
    assert "newest version" in refusal.value.next_step


def test_a_minimum_wage_that_may_have_changed_is_not_carried_on() -> None:
    known = BOOK.on(date(2027, 3, 31))
    unknown = BOOK.on(date(2027, 4, 1))

    assert known["minimum_wage"].money("age_21_plus") == Money(1271)
    with pytest.raises(RatesUnknownError, match="is not known for 1 April 2027"):
        unknown.entry("minimum_wage")
    assert unknown["national_insurance.primary_threshold"].money("weekly") == Money(24200)


def test_tax_before_the_first_year_is_refused_though_the_minimum_wage_is_known() -> None:
    with pytest.raises(RatesUnknownError, match="is not known for 2 April 2023"):
        BOOK.on(date(2023, 4, 3)).entry("income_tax.personal_allowance")


def test_what_did_not_exist_yet_says_so() -> None:
    rates = BOOK.on(date(2025, 6, 1))

    assert "student_loans.plan_5" not in rates
    assert "student_loans.plan_1" in rates
    with pytest.raises(RatesUnknownError, match="There was no “Plan 5"):
        rates.entry("student_loans.plan_5")


def test_a_parameter_nobody_heard_of_is_a_mistake_in_the_program() -> None:
    with pytest.raises(KeyError):
        BOOK.on(date(2025, 6, 1)).entry("income_tax.window_tax")


def test_every_kind_of_figure_can_be_read() -> None:
    rates = BOOK.on(date(2026, 5, 1))

    assert rates["ssp.earnings_test"].yes() is False
    assert rates["ssp.waiting_days"].whole() == 0
    assert rates["ssp.transition"].day("long_absence_cutoff") == date(2025, 9, 21)
    assert rates["income_tax.emergency_code"].text() == "1257L"
    assert rates["ssp.earnings_share"].rate_if_any("value") == Decimal("0.80")
    allowance = rates["national_insurance.employment_allowance"]
    assert allowance.money_if_any("value") == Money(1_050_000)
    assert allowance.money_if_any("class1_liability_cap") is None
    assert BOOK.on(date(2025, 5, 1))["ssp.earnings_share"].rate_if_any("value") is None
    assert "weekly" in rates["national_insurance.lel"].names()


def test_reading_a_figure_as_something_it_is_not_is_a_mistake_in_the_program() -> None:
    with pytest.raises(TypeError, match="not Money"):
        BOOK.on(date(2026, 5, 1))["ssp.waiting_days"].money()


# ── files that may not be ──


def test_the_smallest_file_is_read() -> None:
    book = RateBook.parse(tiny())

    assert book.on(date(2025, 5, 1))["pay.top"].money() == Money(1000)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            the_year(f'{STARTS}value = "1"\nbottom = "2"\n{SOURCE}'),
            r"unknown .*bottom",
        ),
        (
            the_year(f"{STARTS}{SOURCE}"),
            r"missing .*value",
        ),
        (the_year(f'{STARTS}value = "1"\nevidence = []\nconfirmed = true'), "no source"),
        (the_year(f'{STARTS}value = "1"\n{SOURCE}\nin_doubt = ["B"]'), "yet in doubt for"),
        (
            the_year(f'value = "1"\n{SOURCE}'),
            "no day it starts",
        ),
        (
            the_year(f"{STARTS}value = 1\n{SOURCE}"),
            "1 is not money",
        ),
        (
            the_year(f'{STARTS}value = "1"\nshare = 2\n{SOURCE}'),
            "2 is not rate",
        ),
        (
            the_year(f'{STARTS}value = "1"\nnot_in_force = "No"\n{SOURCE}'),
            "not in force, and yet",
        ),
        ('tax_year = "2025-26"\n[[pay.bottom]]\nfrom = 2025-04-06', "no parameter 'pay.bottom'"),
        ('tax_year = "2025-26"\nextra = 1', "no parameter 'extra'"),
        ('tax_year = "2024-25"', "tax_year is '2024-25', not '2025-26'"),
    ],
)
def test_a_file_that_says_what_it_may_not_is_refused(text: str, why: str) -> None:
    with pytest.raises(RatesFileError, match=why):
        RateBook.parse(tiny(uk_2025_26=text))


def test_a_parameter_described_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(RatesFileError, match=r"unknown .*colour"):
        RateBook.parse(tiny(parameters=TINY["parameters"] + 'colour = "red"'))


def test_a_figure_may_say_that_there_is_none() -> None:
    text = TINY["uk-2025-26"] + 'often = "none"'

    figures = RateBook.parse(tiny(uk_2025_26=text)).on(date(2025, 5, 1))["pay.top"]

    assert figures.money_if_any("often") is None
    assert figures.rate_if_any("share") is None


def _evidence() -> set[str]:
    return set(tomllib.loads(FILES["evidence"])["evidence"])


def _plain(entry: Entry) -> object:
    return _values({name: entry.figures._values[name] for name in entry.figures.names()})


def _values(value: object) -> object:
    if isinstance(value, dict):
        return {key: _values(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_values(getattr(item, "_values", item)) for item in value]
    return value


def _not_yet(parameter: str) -> bool:
    return parameter in {"student_loans.plan_5", "ssp.transition"}
