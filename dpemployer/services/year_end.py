"""The end of a tax year: its steps, the codes of the new one, and what is asked once a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.bookkeeping.commitments import CommitmentKind
from dpemployer.errors import RefusedError
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.money import NOTHING
from dpemployer.payroll.allowance import may_claim
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, TaxCodeHeld
from dpemployer.payroll.reporting import AllowanceAnswer, ReportKind, p60_due
from dpemployer.payroll.terms import latest_on
from dpemployer.payroll.year_end import (
    ExtraPayday,
    NewYearCodes,
    extra_payday,
    extra_payday_words,
    new_code,
)
from dpemployer.periods import TaxYear
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import assistants_of, employed_in
from dpemployer.services.hmrc_rows import (
    AllowanceRow,
    NewCodeRow,
    NewYear,
    VerdictRow,
    YearStep,
)
from dpemployer.services.owed import schemes
from dpemployer.services.reading import put
from dpemployer.workings import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.services.hmrc import Hmrc
    from dpemployer.services.hmrc_rows import ReportRow
    from dpemployer.services.ledger import Ledger
    from dpemployer.services.pay_runs import PayRuns
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book

_ONE_DAY = timedelta(days=1)
_REMINDED = timedelta(days=90)
"""How long into a tax year home reminds of the end of the one before."""


class YearEnd:
    """What a household does between the last payday of one tax year and the first of the next."""

    def __init__(
        self, book: Book, rates: RateBook, hmrc: Hmrc, pay_runs: PayRuns, ledger: Ledger
    ) -> None:
        self._book = book
        self._rates = rates
        self._hmrc = hmrc
        self._pay_runs = pay_runs
        self._ledger = ledger

    # ── what is to do ──

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Remind of the year that has ended, until its codes and its questions are done."""
        year = TaxYear.of(on)
        if on > year.first_day + _REMINDED or year not in self._rates.years:
            return
        before = TaxYear(year.start - 1)
        with self._book.read() as reading:
            paid = reading.rows(Payslip, ("id",), tax_year=str(before), limit=1)
            done = reading.find_one(NewYearCodes, tax_year=str(year)) and reading.find_one(
                AllowanceAnswer, tax_year=str(year)
            )
        if paid and not done:
            yield ToDo(
                ToDoKind.TASK,
                by=None,
                late=False,
                says=_("Finish the tax year {year}, step by step.").format(year=before),
                button=_("See the steps"),
                page="hmrc",
                what=("steps", str(before)),
            )

    # ── the steps ──

    def steps(self, year: TaxYear, on: date) -> tuple[YearStep, ...]:
        """List what a tax year's end asks for, in the order it is done."""
        reports = self._hmrc.reports(year, on)
        return (
            self._paydays_step(year, on),
            *self._told_steps(year, reports),
            self._money_step(year, on),
            *self._p60_step(year, reports),
            self._codes_step(year),
            self._allowance_step(year),
            self._small_step(year),
            YearStep(
                "keep",
                _("Keep the year’s records until 5 April {end}, or six years to be safe.").format(
                    end=year.start + 4
                ),
                done=on > year.last_day,
                part="records",
            ),
        )

    def _paydays_step(self, year: TaxYear, on: date) -> YearStep:
        waiting = [
            payday
            for payday in self._pay_runs.due(min(on, year.last_day))
            if payday.pay_date in year and payday.people
        ]
        over = on > year.last_day or not waiting
        words = (
            _("Every payday of {year} is final.")
            if not waiting
            else ngettext(
                "{count} payday of {year} is not final yet.",
                "{count} paydays of {year} are not final yet.",
                len(waiting),
            )
        )
        return YearStep(
            "paydays",
            words.format(count=len(waiting), year=year),
            done=over and not waiting,
            part="pay",
        )

    def _told_steps(self, year: TaxYear, reports: tuple[ReportRow, ...]) -> Iterator[YearStep]:
        kinds = {ReportKind.PAYDAY, ReportKind.MONTH, ReportKind.QUARTER}
        untold = [row for row in reports if row.kind in kinds and row.told is None]
        words = (
            _("HMRC has been told everything about {year} so far.")
            if not untold
            else ngettext(
                "HMRC has not been told of {count} thing in {year} yet.",
                "HMRC has not been told of {count} things in {year} yet.",
                len(untold),
            )
        )
        yield YearStep(
            "told",
            words.format(count=len(untold), year=year),
            done=not untold,
            by=untold[0].due if untold else None,
            part="reports",
        )
        ends = [row for row in reports if row.kind is ReportKind.YEAR]
        yield from (
            YearStep(
                "final",
                _("HMRC has been told that {year} is finished.").format(year=year)
                if row.told
                else _("Tell HMRC that {year} is finished.").format(year=year),
                done=row.told is not None,
                by=row.due,
                part="reports",
            )
            for row in ends
        )

    def _money_step(self, year: TaxYear, on: date) -> YearStep:
        left = [
            bill
            for bill in self._ledger.commitments(on)
            if bill.kind is CommitmentKind.HMRC
            and bill.incurred_on in year
            and bill.outstanding > NOTHING
        ]
        return YearStep(
            "money",
            _("Everything owed to HMRC for {year} is paid.").format(year=year)
            if not left
            else _("Something is still to be paid to HMRC for {year}.").format(year=year),
            done=not left,
            by=min((bill.due for bill in left if bill.due is not None), default=None),
            part="money",
        )

    def _p60_step(self, year: TaxYear, reports: tuple[ReportRow, ...]) -> Iterator[YearStep]:
        certificates = [row for row in reports if row.kind is ReportKind.P60]
        if not certificates:
            return
        left = [row for row in certificates if row.told is None]
        yield YearStep(
            "p60s",
            _("Everybody employed on 5 April has their P60 figures.")
            if not left
            else _("Give their P60 figures to {who}.").format(
                who=", ".join(row.who for row in left)
            ),
            done=not left,
            by=p60_due(year, self._rates.for_year(year)),
            part="p60s",
        )

    def _codes_step(self, year: TaxYear) -> YearStep:
        following = TaxYear(year.start + 1)
        with self._book.read() as reading:
            done = reading.find_one(NewYearCodes, tax_year=str(following)) is not None
        return YearStep(
            "codes",
            _("Tax codes have been carried over into {year}.").format(year=following)
            if done
            else _("Carry the tax codes over into {year}.").format(year=following),
            done=done,
            by=following.first_day,
            part="codes",
        )

    def _allowance_step(self, year: TaxYear) -> YearStep:
        following = TaxYear(year.start + 1)
        with self._book.read() as reading:
            done = reading.find_one(AllowanceAnswer, tax_year=str(following)) is not None
        return YearStep(
            "allowance",
            _("The questions about the Employment Allowance are answered for {year}.").format(
                year=following
            )
            if done
            else _("Answer the questions about the Employment Allowance for {year}.").format(
                year=following
            ),
            done=done,
            part="allowance",
        )

    def _small_step(self, year: TaxYear) -> YearStep:
        verdict = self._hmrc.small_employer(year)
        return YearStep(
            "small",
            verdict.text
            if verdict is not None
            else _("Say what all National Insurance came to in {year}.").format(year=year),
            done=verdict is not None,
            part="allowance",
        )

    # ── the codes of the new year ──

    def new_year(self, year: TaxYear) -> NewYear:
        """Show the codes a tax year begins with: as they would be, or as they were carried over.

        Raises:
            RatesUnknownError: If the program does not know that year's P9X yet.
        """
        rates = self._rates.for_year(year)
        with self._book.read() as reading:
            done = reading.find_one(NewYearCodes, tax_year=str(year))
            own = frozenset(done.tax_code_ids) if done else frozenset()
            rows = []
            employments = [
                one
                for one in reading.find(Employment)
                if employed_in(one, year.first_day - _ONE_DAY, year.first_day - _ONE_DAY)
            ]
            names = assistants_of(reading, employments)
            for one in employments:
                codes = reading.find(TaxCodeHeld, employment_id=one.id)
                before = latest_on(codes, year.first_day - _ONE_DAY)
                if before is None:
                    continue
                code = new_code(before.code, year, rates)
                kept = next(
                    (
                        held
                        for held in codes
                        if held.from_day == year.first_day and held.id not in own
                    ),
                    None,
                )
                rows.append(
                    NewCodeRow(
                        one.id,
                        names[one.assistant_id].name,
                        code.before,
                        kept.code if kept else code.after,
                        explain(code.steps, year.first_day),
                        kept=kept is not None,
                    )
                )
            paid = bool(reading.find(Payslip, tax_year=str(year), limit=1))
        return NewYear(
            str(year),
            tuple(sorted(rows, key=lambda row: row.name.casefold())),
            done.done_on if done else None,
            may_undo=done is not None and not paid,
        )

    def carry_over(self, year: TaxYear) -> None:
        """Put the codes of a new tax year into everybody's terms: one change, for all of them.

        Raises:
            RefusedError: If the year has not begun, or it has been done.
            RatesUnknownError: If the program does not know that year's P9X yet.
        """
        new = self.new_year(year)
        if new.done_on is not None:
            raise RefusedError(
                what=_("The codes were carried over into {year} on {day}.").format(
                    year=year, day=long_date(new.done_on)
                ),
                why=_("It is done once for each tax year."),
                next_step=_("Change one person’s code on their page, from the day it holds."),
            )
        if clock.today() < year.first_day:
            raise RefusedError(
                what=_("The tax year {year} has not begun.").format(year=year),
                why=_("HMRC can still change a code until then."),
                next_step=_("Come back on {day}.").format(day=long_date(year.first_day)),
            )
        with self._book.change("Carried tax codes over into a new tax year") as tx:
            ids = tuple(
                tx.add(
                    TaxCodeHeld(
                        0,
                        row.employment_id,
                        year.first_day,
                        row.after,
                        _("Carried over into {year} (P9X)").format(year=year),
                    )
                )
                for row in new.rows
                if row.changes
            )
            tx.add(NewYearCodes(0, str(year), clock.today(), ids))

    def undo_carry_over(self, year: TaxYear) -> None:
        """Take the carried codes out again, before anybody has been paid with them.

        Raises:
            RefusedError: If it was not done, or somebody has been paid in that tax year.
        """
        with self._book.change("Took back the carrying over of tax codes") as tx:
            done = tx.find_one(NewYearCodes, tax_year=str(year))
            if done is None:
                raise RefusedError(
                    what=_("No codes were carried over into {year}.").format(year=year),
                    why=_("There is nothing to take back."),
                    next_step=_("Carry them over when you are ready."),
                )
            if tx.find(Payslip, tax_year=str(year), limit=1):
                raise RefusedError(
                    what=_("Somebody has been paid in {year} already.").format(year=year),
                    why=_("A payslip was worked out with these codes."),
                    next_step=_("Change one person’s code on their page, from the day it holds."),
                )
            for held in tx.find(TaxCodeHeld, any_of={"id": done.tax_code_ids}):
                tx.remove(held)
            tx.remove(done)

    # ── the payday too many ──

    def extra_paydays(self, year: TaxYear) -> tuple[tuple[str, str, ExtraPayday], ...]:
        """List who has a payday after the 52nd week of a tax year, and say what it is."""
        with self._book.read() as reading:
            employments = [
                one
                for one in reading.find(Employment)
                if employed_in(one, year.last_day - timedelta(days=35), year.last_day)
            ]
            names = assistants_of(reading, employments)
        found = [
            (names[one.assistant_id].name, extra)
            for one in employments
            if (extra := extra_payday(one.schedule, year)) is not None
        ]
        return tuple(
            (name, extra_payday_words(extra), extra)
            for name, extra in sorted(found, key=lambda pair: pair[0].casefold())
        )

    # ── the Employment Allowance ──

    def allowance(self, year: TaxYear) -> AllowanceRow:
        """Return the answers about the Employment Allowance for a tax year, and what follows."""
        with self._book.read() as reading:
            answer = reading.find_one(AllowanceAnswer, tax_year=str(year))
            scheme = latest_on(schemes(reading), year.last_day)
        verdict = None
        if answer is not None:
            found = may_claim(answer)
            verdict = VerdictRow(
                found.yes, explain(found.workings, answer.answered_on), found.findings
            )
        return AllowanceRow(
            str(year),
            answer,
            verdict,
            claims=scheme is not None and scheme.claims_employment_allowance,
        )

    def answer_allowance(self, answer: AllowanceAnswer) -> AllowanceRow:
        """Keep the answers for a tax year, with the day they were given.

        Nothing else changes: whether it is claimed is said in Settings, under “You and HMRC”.
        """
        with self._book.change("Answered about the Employment Allowance") as tx:
            same = tx.find_one(AllowanceAnswer, tax_year=answer.tax_year)
            put(
                tx,
                replace(
                    answer,
                    id=same.id if same else 0,
                    answered_on=clock.today(),
                    answered_by=answer.answered_by.strip(),
                ),
            )
        return self.allowance(TaxYear.parse(answer.tax_year))
