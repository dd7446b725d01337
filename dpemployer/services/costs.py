"""What an hour costs: the question as the book stands, and the answer to any what-if.

Nothing here writes to the book.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.bookkeeping.awards import BalanceLimit, Reserve
from dpemployer.bookkeeping.forecast import RETENTION_WEEKS, usual_week
from dpemployer.documents.exports import csv_bytes
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.payroll.budgeting import holiday_owed, sick_pay_week
from dpemployer.payroll.cost_terms import to_the_penny
from dpemployer.payroll.household import EmployerScheme, Party, Role, RoleHeld
from dpemployer.payroll.terms import held_on, latest_on
from dpemployer.periods import TaxYear, plus_months
from dpemployer.services.cost_answers import cost_answer, forecast_answer
from dpemployer.services.cost_facts import (
    AtWork,
    at_work_on,
    fixed_costs,
    moved_between,
    opening_balance,
    shares_of,
    weekly_award,
    weekly_costs,
)
from dpemployer.services.cost_rows import (
    CostAnswer,
    CostQuestion,
    ForecastAnswer,
    ForecastQuestion,
)
from dpemployer.store import account_reading
from dpemployer.workings import explain, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.services.pay_runs import PayRuns
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)
_DAYS_A_WEEK = Decimal(5)
"""Days of work in a week, to spread a week of sick pay over, where the contract says none."""


class Costs:
    """What support costs in one household.

    Args:
        book: The book.
        rates: The rates of the law.
        pay_runs: Its pay runs, which know what holiday is left.
    """

    def __init__(self, book: Book, rates: RateBook, pay_runs: PayRuns) -> None:
        self._book = book
        self._rates = rates
        self._pay_runs = pay_runs

    # ── what an hour costs ──

    def question(self, on: date) -> CostQuestion:
        """Return what the book has to ask with: its people, pay, costs and award on a day."""
        with self._book.read() as reading:
            at_work = at_work_on(reading, on)
            scheme = latest_on(reading.find(EmployerScheme), on)
            fixed = fixed_costs(reading, on)
            budget = weekly_award(reading, on)
        hours = sum((one.hours for one in at_work), Decimal(0))
        rate = self._rate(at_work, on)
        return CostQuestion(
            on=on,
            hourly_rate=rate,
            weekly_hours=hours,
            sleep_ins=sum((one.nights for one in at_work), Decimal(0)),
            sleep_in_rate=max((one.night_rate for one in at_work), default=NOTHING),
            people=shares_of(at_work, hours, on, self._rates.on(on)),
            allowance=scheme is not None and scheme.claims_employment_allowance,
            northern_ireland=scheme is not None and scheme.nation is Nation.NORTHERN_IRELAND,
            sick_day_rate=self._sick_day(at_work, rate, hours, on),
            redundancy=True,
            fixed=fixed,
            weekly_budget=budget or None,
        )

    def answer(self, question: CostQuestion) -> CostAnswer:
        """Say what an hour costs, whatever the book says.

        Raises:
            EntryError: If something asked cannot be.
            RatesUnknownError: If no rates are known for the day.
        """
        return cost_answer(question, self._rates)

    def paper(self, question: CostQuestion, *, large: bool = False) -> bytes:
        """Print what an hour costs, to send to the council."""
        found = self.answer(question)
        with self._book.read() as reading:
            sender = _sender(reading, question.on)
        *rows, total = (
            (line.label, str(line.a_week), str(line.a_year), str(line.an_hour or ""))
            for line in found.lines
            if line.a_year or line.total
        )
        paper = LetterPaper(
            heading=_("What an hour of support costs"),
            sender=sender,
            dated=question.on,
            facts=_facts(found),
            paragraphs=found.sentences,
            columns=(_("For"), _("A week"), _("A year"), _("An hour of support")),
            rows=tuple(rows),
            totals=total,
            closing=(
                *(finding.message for finding in found.findings),
                _(
                    "A direct payment has to be enough to meet what the law asks of an employer, "
                    "redundancy included (Care and Support Statutory Guidance, 12.27 and 12.29, "
                    "England)."
                ),
                _(
                    "National Insurance and pension are worked out for the whole year at once. "
                    "Payslips are worked out payday by payday and may differ by a few pounds."
                ),
            ),
        )
        return letter_pdf(paper, large_print=large)

    def table(self, question: CostQuestion) -> bytes:
        """Return what an hour costs as a CSV file."""
        found = self.answer(question)
        return csv_bytes(
            (_("For"), _("A week"), _("A year"), _("An hour of support")),
            ((line.label, line.a_week, line.a_year, line.an_hour) for line in found.lines),
        )

    # ── to the end of the year ──

    def forecast_question(self, on: date, year_ends: date | None = None) -> ForecastQuestion:
        """Return what the book has to forecast the end of a funding year with.

        Args:
            on: The day it is asked on.
            year_ends: The last day of the funding year; the next 5 April when absent.
        """
        ends = year_ends or TaxYear.of(on).last_day
        with self._book.read() as reading:
            opening, received, spent = _the_year_so_far(reading, ends, on)
            unpaid = Money.total(owed.outstanding for owed in account_reading.owed(reading, on))
            weeks = weekly_costs(reading, on)
            ring_fenced = Money.total(one.amount for one in reading.find(Reserve))
            limits = reading.find(BalanceLimit)
            at_work = at_work_on(reading, on)
            funding = weekly_award(reading, on)
        usual, usual_steps = usual_week(weeks)
        left = [
            (Decimal(self._pay_runs.holiday(one.employment.id, on).left) / 60, one.rate.pounds)
            for one in at_work
        ]
        holiday, holiday_steps = holiday_owed(left, Decimal(0))
        return ForecastQuestion(
            on=on,
            year_ends=ends,
            opening=opening,
            received=received,
            weekly_funding=funding,
            spent=spent,
            unpaid=unpaid,
            holiday_owed=holiday,
            weekly_cost=usual if weeks else self._week_by_the_hours(on),
            ring_fenced=ring_fenced,
            retention_weeks=Decimal(max(one.weeks for one in limits))
            if limits
            else RETENTION_WEEKS,
            weeks_known=len(weeks),
            steps=explain((*usual_steps, *holiday_steps), on),
        )

    def forecast(self, question: ForecastQuestion) -> ForecastAnswer:
        """Say how the funding year will end, if things go on as they are.

        What came in and was spent since the year began is the book's; the rest is as asked.

        Raises:
            EntryError: If something asked cannot be.
        """
        with self._book.read() as reading:
            opening, received, spent = _the_year_so_far(reading, question.year_ends, question.on)
        return forecast_answer(replace(question, opening=opening, received=received, spent=spent))

    # ── inside ──

    def _week_by_the_hours(self, on: date) -> Money:
        """Return what a week costs by hours and rates alone, while nobody has been paid yet."""
        *_parts, total = self.answer(self.question(on)).lines
        return total.a_week

    def _rate(self, at_work: Iterable[AtWork], on: date) -> Money:
        """Return the pay for an hour: the average by hours, or the minimum wage with nobody."""
        paid = [one for one in at_work if one.rate]
        hours = sum((Fraction(one.hours) for one in paid), Fraction(0))
        if hours:
            pounds = sum(
                (Fraction(one.rate.pounds) * Fraction(one.hours) for one in paid), Fraction(0)
            )
            return to_the_penny(pounds / hours)
        if paid:
            return max(one.rate for one in paid)
        return self._rates.on(on)["minimum_wage"].money("age_21_plus")

    def _sick_day(
        self, at_work: tuple[AtWork, ...], rate: Money, hours: Decimal, on: date
    ) -> Money:
        """Return sick pay for a day of somebody who earns what people here do on average."""
        people = max(1, len(at_work))
        days = [one.days or _DAYS_A_WEEK for one in at_work] or [_DAYS_A_WEEK]
        earnings = rate.pounds * hours / people
        week, _steps = sick_pay_week(earnings, self._rates.on(on))
        return Money.of(week.pounds * len(days) / sum(days), Rounding.PAY)


def _the_year_so_far(reading: Reading, ends: date, on: date) -> tuple[Money, Money, Money]:
    """Return what was there when the funding year began, what came in since, what was spent."""
    first = plus_months(ends + _ONE_DAY, -12)
    return opening_balance(reading, first, on), *moved_between(reading, first, on)


def _sender(reading: Reading, on: date) -> str:
    held = held_on(reading.find(RoleHeld, role=Role.EMPLOYER), on)
    if not held:
        return ""
    party = reading.get(Party, held[0].party_id)
    return f"{party.name}\n{party.address}".strip()


def _facts(found: CostAnswer) -> tuple[tuple[str, str], ...]:
    question = found.question
    facts = [
        (_("Pay for an hour"), str(question.hourly_rate)),
        (_("Hours of support a week"), shown(question.weekly_hours)),
        (_("People who share the work"), str(len(question.people))),
        (_("By the law as it stands on"), long_date(question.on)),
    ]
    if found.per_hour is not None:
        facts.append((_("An hour of support costs"), str(found.per_hour)))
    if question.funded_rate is not None:
        facts.append((_("Paid by the funder for an hour"), str(question.funded_rate)))
    return tuple(facts)
