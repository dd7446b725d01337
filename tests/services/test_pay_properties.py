"""What is true of every pay run, whatever was worked and whatever is put right."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpemployer.payroll.people import PaidWeek, PayType, PensionMembership
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.services.opening import Opening
from dpemployer.services.pay_runs import PayRuns
from dpemployer.services.people import People
from dpemployer.services.rows import Commitment
from dpemployer.services.timesheets import Timesheets
from dpemployer.statutory.income_tax import PaidBefore, tax_on
from dpemployer.statutory.tax_code import TaxCode
from dpemployer.store.book import Book
from tests.builders import MONDAY, RATES, a_shift, an_employment
from tests.services.household import Household, sleep_in

if TYPE_CHECKING:
    from collections.abc import Iterator

YEAR = TaxYear(2026)
END_OF_YEAR = YEAR.last_day
SOMETIMES = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Week:
    """What somebody did in one week."""

    minutes: int
    nights: int
    leave: int
    miles: int


@dataclass(frozen=True)
class Person:
    """On what terms somebody works."""

    code: str
    letter: str
    plan: str | None
    pension: bool


WEEKS = st.builds(
    Week,
    minutes=st.sampled_from([0, 45, 360, 600, 1440]),
    nights=st.integers(0, 2),
    leave=st.sampled_from([0, 0, 90, 420]),
    miles=st.sampled_from([0, 0, 17]),
)
PEOPLE = st.builds(
    Person,
    code=st.sampled_from(["1257L", "S1257L", "BR", "K100", "0T", "500L W1", "NT"]),
    letter=st.sampled_from("ACM"),
    plan=st.sampled_from([None, "2", "5"]),
    pension=st.booleans(),
)


@contextmanager
def a_household() -> Iterator[Household]:
    """A book of its own, in memory."""
    with Book.in_memory(who="Helen Ashby") as book:
        found = Household(
            book,
            People(book, RATES),
            Opening(book, RATES),
            Timesheets(book, RATES),
            PayRuns(book, RATES),
        )
        found.scheme(claims_employment_allowance=True, pays_quarterly=True)
        yield found


def take_on(household: Household, person: Person, name: str = "Ada", **changes: Any) -> int:
    employment = household.take_on(
        an_employment(**changes),
        code=person.code,
        letter=person.letter,
        first_names=name,
        nino="",
    )
    if person.plan:
        household.people.set_loan(employment, person.plan, date(2026, 4, 6), "SL1")
    if person.pension:
        household.people.set_pension(PensionMembership(0, employment, date(2026, 4, 6), "NEST"))
    return employment


def record(household: Household, employment: int, week: Week, monday: date) -> int:
    """Record and approve a week's hours."""
    sheet = household.timesheets.open(employment, monday)
    if week.minutes:
        household.timesheets.add_shift(a_shift(monday, week.minutes, timesheet_id=sheet))
    for night in range(week.nights):
        day = monday + timedelta(days=2 + night)
        household.timesheets.add_shift(sleep_in(day, timesheet_id=sheet))
    if week.leave:
        day = monday + timedelta(days=5)
        leave = a_shift(day, week.leave, PayType.HOLIDAY, "Holiday", timesheet_id=sheet)
        household.timesheets.add_shift(leave)
    if week.miles:
        drive = a_shift(monday, 0, PayType.EXPENSES, "Mileage", quantity=week.miles)
        household.timesheets.add_shift(replace(drive, timesheet_id=sheet))
    household.timesheets.approve(sheet, "Helen Ashby", monday)
    return sheet


def state_of(household: Household, employments: list[int]) -> dict[str, Any]:
    """Everything that pay runs add up to, with what came to nothing left out."""
    owed: Counter[tuple[str, str, str]] = Counter()
    weeks: Counter[tuple[int, date, str]] = Counter()
    with household.book.read() as reading:
        for one in reading.find(Commitment):
            owed[one.kind.value, one.payee, one.tax_month] += one.amount.pence
        for week in reading.find(PaidWeek):
            weeks[week.employment_id, week.week_ending, "minutes"] += week.minutes
            weeks[week.employment_id, week.week_ending, "pay"] += week.pay.pence
    runs = household.pay_runs
    return {
        "year": [runs.year_to_date(each, END_OF_YEAR) for each in employments],
        "holiday": [runs.holiday(each, END_OF_YEAR) for each in employments],
        "hmrc": [runs.employer_payment(YEAR, month).due_amount for month in range(1, 13)],
        "allowance": runs.employer_payment(YEAR, 12).allowance_left,
        "owed": {key: pence for key, pence in owed.items() if pence},
        "weeks": {key: number for key, number in weeks.items() if number},
    }


@SOMETIMES
@given(PEOPLE, st.lists(WEEKS, min_size=1, max_size=4), st.data())
def test_a_reversal_undoes_a_pay_run_exactly(
    person: Person, weeks: list[Week], data: st.DataObject
) -> None:
    with a_household() as household:
        ada = take_on(household, person)
        mondays = [MONDAY + timedelta(days=7 * place) for place in range(len(weeks))]
        for week, monday in zip(weeks[:-1], mondays, strict=False):
            record(household, ada, week, monday)
            household.pay(ada, monday)
        before = state_of(household, [ada])

        record(household, ada, weeks[-1], mondays[-1])
        final = household.pay(ada, mondays[-1])
        if data.draw(st.booleans()):
            outcome = household.pay_runs.correct(final.pay_run_id, "a test")
            final = household.pay_runs.finalise(outcome.draft_id)
        outcome = household.pay_runs.correct(final.pay_run_id, "a test")
        household.pay_runs.discard(outcome.draft_id)

        assert state_of(household, [ada]) == before


@SOMETIMES
@given(PEOPLE, PEOPLE, st.lists(st.tuples(WEEKS, WEEKS), min_size=1, max_size=3))
def test_the_order_in_which_two_people_are_paid_makes_no_difference(
    one: Person, other: Person, weeks: list[tuple[Week, Week]]
) -> None:
    states = []
    for backwards in (False, True):
        with a_household() as household:
            ada, bo = take_on(household, one), take_on(household, other, "Bo", days_after=6)
            for place, both in enumerate(weeks):
                monday = MONDAY + timedelta(days=7 * place)
                pays = list(zip((ada, bo), both, strict=True))
                for employment, week in reversed(pays) if backwards else pays:
                    record(household, employment, week, monday)
                    period = household.period(employment, monday)
                    household.pay_runs.finalise(
                        household.pay_runs.draft(
                            PayFrequency.WEEKLY,
                            period.first_day,
                            period.last_day,
                            period.pay_date,
                        )
                    )
            slips = [
                [(slip.gross_pay, slip.tax, slip.employee_ni, slip.net_pay) for slip in found]
                for found in (household.slips(ada), household.slips(bo))
            ]
            states.append((state_of(household, [ada, bo]), slips))

    assert states[0] == states[1]


@SOMETIMES
@given(
    st.sampled_from(["300L", "S300L", "C500T", "K20", "BR", "SD1", "0T"]),
    st.lists(st.tuples(WEEKS, st.booleans(), WEEKS), min_size=1, max_size=4),
)
def test_tax_to_date_is_what_the_cumulative_rule_gives_whatever_was_put_right(
    code: str, weeks: list[tuple[Week, bool, Week]]
) -> None:
    with a_household() as household:
        ada = take_on(household, Person(code, "A", None, pension=False))
        finals = []
        for place, (week, _corrected, _instead) in enumerate(weeks):
            monday = MONDAY + timedelta(days=7 * place)
            record(household, ada, week, monday)
            finals.append((household.pay(ada, monday).pay_run_id, monday))
        for (run, monday), (_week, corrected, instead) in zip(finals, weeks, strict=True):
            if corrected:
                draft = household.pay_runs.correct(run, "a test").draft_id
                sheet = household.timesheets.open(ada, monday)
                household.timesheets.unapprove(sheet)
                for row in household.timesheets.show(sheet).shifts:
                    household.timesheets.remove_shift(row.shift.id)
                record(household, ada, instead, monday)
                household.pay_runs.finalise(draft)
        last = MONDAY + timedelta(days=7 * len(weeks))
        record(household, ada, Week(1440, 0, 0, 0), last)
        household.pay(ada, last)

        pay_date = household.period(ada, last).pay_date
        total = household.pay_runs.year_to_date(ada, pay_date)
        at_once = tax_on(
            total.taxable_pay,
            code=TaxCode.parse(code),
            frequency=PayFrequency.WEEKLY,
            tax_period=PayFrequency.WEEKLY.tax_period(pay_date),
            before=PaidBefore(),
            rates=RATES.on(pay_date),
        )

        held_back = any(step.rule == "tax.limit" for step in household.slips(ada)[-1].workings)
        assert total.tax == at_once.tax_to_date or (held_back and total.tax < at_once.tax_to_date)
