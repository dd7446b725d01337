"""Leaving: how an employment ends, what the last pay has in it, the P45, and pay after it.

What is recorded can be changed or taken back until the last pay is final. A P45 is given once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.leaving import (
    BY_DEATH,
    Leaving,
    LeavingReason,
    PayAfterLeaving,
)
from dpemployer.payroll.leaving_terms import LeavingFacts, LeavingWorked, work_out_leaving
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    CodeFrom,
    Employment,
    NiCategoryHeld,
    PersonalAssistant,
    TaxCodeHeld,
)
from dpemployer.payroll.starters import after_leaving
from dpemployer.payroll.terms import latest_on
from dpemployer.payroll.timesheet import Shift, Timesheet, TimesheetStatus
from dpemployer.periods import TaxYear
from dpemployer.services.drafts import opening_of, year_to_date
from dpemployer.services.holiday_facts import contract_of, holiday_balance, paid_weeks
from dpemployer.services.leaving_rows import LeavingState, P45Figures
from dpemployer.services.people import refuse_work_outside
from dpemployer.services.reading import live_payslips, terms_of
from dpemployer.statutory.tax_code import TaxCode

if TYPE_CHECKING:
    from dpemployer.bank_days import Nation
    from dpemployer.periods import PayPeriod
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)
_LONGEST_SEARCH = 40
"""Pay periods looked through for one that is not paid yet."""
_NO_NI = "X"


class Leavings:
    """The ends of employments in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    # ── how it ends ──

    def work_out(self, leaving: Leaving) -> LeavingWorked:
        """Work out what follows from how somebody leaves, without recording it.

        `id` and `final_first_day` of *leaving* do not matter.

        Raises:
            EntryError, RefusedError: If something about it cannot be.
            RatesUnknownError: If redundancy pay is due on a day without a known limit.
        """
        with self._book.read() as reading:
            return self._worked(reading, leaving)

    def record(self, leaving: Leaving) -> LeavingWorked:
        """Record how somebody leaves, in the place of what was recorded before.

        Raises:
            EntryError: If something about it cannot be.
            RefusedError: If the last pay is final, or the P45 has been given.
        """
        with self._book.change("Recorded that somebody leaves") as tx:
            return self.record_in(tx, leaving)

    def record_in(self, tx: Change, leaving: Leaving) -> LeavingWorked:
        """Record how somebody leaves as a part of a change that is under way."""
        if leaving.reason in BY_DEATH and leaving.last_day > today():
            raise EntryError(
                what=_("{day} is still to come.").format(day=long_date(leaving.last_day)),
                why=_("A contract ends by a death on the day of it."),
                next_step=_("Type the day again."),
            )
        employment = tx.get(Employment, leaving.employment_id)
        before = tx.find_one(Leaving, employment_id=leaving.employment_id)
        if before is not None:
            _take_back(tx, employment, before)
            employment = tx.get(Employment, leaving.employment_id)
        worked = self._worked(tx, leaving)
        employment = replace(employment, left_on=leaving.last_day)
        refuse_work_outside(tx, employment)
        tx.update(employment)
        first_day = _final_period(tx, employment).first_day
        final = replace(worked.leaving, id=0, final_first_day=first_day)
        final = replace(final, id=tx.add(final))
        if first_day > leaving.last_day:
            _open_empty_timesheet(tx, employment, first_day)
        if leaving.reason is LeavingReason.DEATH_OF_ASSISTANT:
            _no_ni_after(tx, leaving)
        return replace(worked, leaving=final)

    def take_back(self, employment_id: int) -> None:
        """Take back that somebody leaves: the job goes on as before.

        Raises:
            RefusedError: If the last pay is final, or the P45 has been given.
        """
        with self._book.change("Took back that somebody leaves") as tx:
            self.take_back_in(tx, employment_id)

    def take_back_in(self, tx: Change, employment_id: int) -> None:
        """Take back that somebody leaves as a part of a change that is under way."""
        employment = tx.get(Employment, employment_id)
        before = tx.find_one(Leaving, employment_id=employment_id)
        if before is None:
            raise LookupError(Leaving, employment_id)
        _take_back(tx, employment, before)

    def state(self, employment_id: int) -> LeavingState:
        """Say how somebody leaves, and how far that has got."""
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            leaving = reading.find_one(Leaving, employment_id=employment_id)
            after = reading.find(PayAfterLeaving, employment_id=employment_id, order_by="first_day")
            if leaving is None:
                return LeavingState(employment, None, None, final=False, holiday_left=0, after=())
            worked = self._worked(reading, leaving)
            period = employment.schedule.period_of(leaving.final_first_day)
            return LeavingState(
                employment=employment,
                leaving=leaving,
                worked=worked,
                final=_is_final(reading, leaving),
                holiday_left=holiday_balance(
                    reading, contract_of(reading, employment), leaving.last_day
                ).left,
                after=tuple(
                    (late, bool(live_payslips(reading, employment_id, first_day=late.first_day)))
                    for late in after
                ),
                pay_date=period.pay_date,
            )

    # ── the P45 ──

    def p45(self, employment_id: int) -> P45Figures:
        """Return the figures of a P45, from the payslips up to the last pay.

        Raises:
            RefusedError: If the last pay is not final yet.
        """
        with self._book.read() as reading:
            return _p45(reading, employment_id)

    def give_p45(self, employment_id: int, on: date) -> None:
        """Record that the P45 has been given: whatever is paid later is taxed with 0T.

        Raises:
            RefusedError: If the last pay is not final, or it was given before.
        """
        with self._book.change("Recorded that the P45 was given") as tx:
            employment = tx.get(Employment, employment_id)
            leaving = _leaving_of(tx, employment_id)
            figures = _p45(tx, employment_id)
            if leaving.p45_given_on is not None:
                raise RefusedError(
                    what=_("The P45 was given on {day}.").format(
                        day=long_date(leaving.p45_given_on)
                    ),
                    why=_("One P45 is given for a job, and never a second."),
                    next_step=_("Anything paid since goes on a payslip or a letter of its own."),
                )
            if not leaving.last_day <= on <= today():
                raise EntryError(
                    what=_("The P45 cannot have been given on {day}.").format(day=long_date(on)),
                    why=_("It is given after the last day, and not in days to come."),
                    next_step=_("Type the day again."),
                )
            tx.update(replace(leaving, p45_given_on=on))
            code = after_leaving(TaxCode.parse(figures.tax_code), employment.frequency)
            from_day = max(on, figures.pay_date) + _ONE_DAY
            tx.add(
                TaxCodeHeld(
                    id=0,
                    employment_id=employment_id,
                    from_day=from_day,
                    code=code,
                    source=_("Paid after the P45 was given"),
                    kind=CodeFrom.AFTER_LEAVING,
                    noticed_on=on,
                )
            )

    # ── pay after the last pay ──

    def pay_after(self, employment_id: int, label: str, amount: Money) -> PayAfterLeaving:
        """Pay something after the last pay, with the next payday that is not done.

        Raises:
            RefusedError: If the last pay is not final yet.
            EntryError: If it is not said what for, or the amount is nothing.
        """
        label = label.strip()
        if not label or amount <= NOTHING:
            raise EntryError(
                what=_("What is paid needs a name and an amount."),
                why=_("The payslip says what it is for."),
                next_step=_("Type both. To take pay back, correct the pay run it was paid in."),
            )
        with self._book.change("Added pay after leaving") as tx:
            employment = tx.get(Employment, employment_id)
            leaving = _leaving_of(tx, employment_id)
            if not _is_final(tx, leaving):
                raise RefusedError(
                    what=_("The last pay is not final yet."),
                    why=_("Until then it belongs on the timesheet, and is paid with the rest."),
                    next_step=_("Add it to the hours of the last pay period."),
                )
            since = max(today(), leaving.final_first_day)
            period = employment.schedule.period_of(since)
            while live_payslips(tx, employment_id, first_day=period.first_day):
                period = employment.schedule.after(period)
            late = PayAfterLeaving(0, employment_id, period.first_day, label, amount)
            late = replace(late, id=tx.add(late))
            _open_empty_timesheet(tx, employment, period.first_day)
        return late

    def remove_pay_after(self, late_id: int) -> None:
        """Take out pay after leaving that is not paid yet."""
        with self._book.change("Removed pay after leaving") as tx:
            late = tx.get(PayAfterLeaving, late_id)
            if live_payslips(tx, late.employment_id, first_day=late.first_day):
                raise RefusedError(
                    what=_("“{label}” has been paid.").format(label=late.label),
                    why=_("A payslip that stands was worked out with it."),
                    next_step=_("Correct that pay run first."),
                )
            tx.remove(late)
            leaving = _leaving_of(tx, late.employment_id)
            rest = tx.count(
                PayAfterLeaving, employment_id=late.employment_id, first_day=late.first_day
            )
            if not rest and late.first_day > leaving.final_first_day:
                _close_empty_timesheet(tx, late.employment_id, late.first_day)

    # ── inside ──

    def _worked(self, reading: Reading, leaving: Leaving) -> LeavingWorked:
        employment = reading.get(Employment, leaving.employment_id)
        contract = contract_of(reading, replace(employment, left_on=leaving.last_day))
        return work_out_leaving(
            leaving,
            LeavingFacts(
                contract=contract,
                person=reading.get(PersonalAssistant, employment.assistant_id),
                rates=terms_of(reading, (employment.id,))[employment.id].rates,
                weeks=paid_weeks(reading, contract, leaving.last_day),
                nation=_nation(reading, leaving.last_day),
            ),
            self._rates,
        )


def _nation(reading: Reading, day: date) -> Nation:
    schemes = reading.find(EmployerScheme)
    scheme = latest_on(schemes, day) or EmployerScheme(0, day)
    return scheme.nation


def _leaving_of(reading: Reading, employment_id: int) -> Leaving:
    leaving = reading.find_one(Leaving, employment_id=employment_id)
    if leaving is None:
        raise RefusedError(
            what=_("It is not recorded that this person leaves."),
            why=_("The last day and the last pay come first."),
            next_step=_("Choose “They are leaving” on the page about them."),
        )
    return leaving


def _is_final(reading: Reading, leaving: Leaving) -> bool:
    return bool(live_payslips(reading, leaving.employment_id, first_day=leaving.final_first_day))


def _final_period(reading: Reading, employment: Employment) -> PayPeriod:
    """Return the pay period of the last day, or the next one that is not paid yet."""
    left_on = employment.left_on or date.max
    period = employment.schedule.period_of(left_on)
    for _each in range(_LONGEST_SEARCH):
        if not live_payslips(reading, employment.id, first_day=period.first_day):
            break
        period = employment.schedule.after(period)
    return period


def _take_back(tx: Change, employment: Employment, leaving: Leaving) -> None:
    if leaving.p45_given_on is not None:
        raise RefusedError(
            what=_("The P45 has been given."),
            why=_("With it the job has ended for HMRC, and a P45 cannot be taken back."),
            next_step=_("To employ the same person again, take them on with a new job."),
        )
    if _is_final(tx, leaving):
        raise RefusedError(
            what=_("The last pay is final."),
            why=_("It was worked out with how this job ends."),
            next_step=_("Choose “Correct this pay run” for the last pay first."),
        )
    if leaving.final_first_day > leaving.last_day:
        _close_empty_timesheet(tx, employment.id, leaving.final_first_day)
    for letter in tx.find(
        NiCategoryHeld,
        employment_id=employment.id,
        from_day=leaving.last_day + _ONE_DAY,
        letter=_NO_NI,
    ):
        tx.remove(letter)
    tx.remove(leaving)
    tx.update(replace(employment, left_on=None))


def _open_empty_timesheet(tx: Change, employment: Employment, first_day: date) -> None:
    """Keep an approved timesheet without hours, so that a payslip is made for the period."""
    if tx.find_one(Timesheet, employment_id=employment.id, first_day=first_day) is not None:
        return
    period = employment.schedule.period_of(first_day)
    tx.add(
        Timesheet(
            id=0,
            employment_id=employment.id,
            first_day=period.first_day,
            last_day=period.last_day,
            status=TimesheetStatus.APPROVED,
            approved_on=today(),
            approved_by=_("No hours: for pay after the last day"),
        )
    )


def _close_empty_timesheet(tx: Change, employment_id: int, first_day: date) -> None:
    sheet = tx.find_one(Timesheet, employment_id=employment_id, first_day=first_day)
    if sheet is not None and not tx.count(Shift, timesheet_id=sheet.id):
        tx.remove(sheet)


def _no_ni_after(tx: Change, leaving: Leaving) -> None:
    tx.add(
        NiCategoryHeld(
            id=0,
            employment_id=leaving.employment_id,
            from_day=leaving.last_day + _ONE_DAY,
            letter=_NO_NI,
            source=_("No National Insurance is due on pay after a death"),
        )
    )


def _p45(reading: Reading, employment_id: int) -> P45Figures:
    employment = reading.get(Employment, employment_id)
    person = reading.get(PersonalAssistant, employment.assistant_id)
    leaving = _leaving_of(reading, employment_id)
    standing = live_payslips(reading, employment_id, first_day=leaving.final_first_day)
    if not standing:
        raise RefusedError(
            what=_("The last pay of {name} is not final yet.").format(name=person.name),
            why=_("A P45 has the figures of every payday, the last one included."),
            next_step=_("Finalise the last pay run first."),
        )
    slip = reading.get(Payslip, standing[0])
    year = TaxYear.parse(slip.tax_year)
    here = opening_of(reading, employment_id, year) + year_to_date(
        reading, employment_id, slip.pay_date
    )
    code = TaxCode.parse(slip.tax_code)
    scheme = latest_on(reading.find(EmployerScheme), slip.pay_date)
    terms = terms_of(reading, (employment_id,))[employment_id]
    cumulative = not code.week1_month1
    total_pay = here.taxable_pay + here.previous_pay if cumulative else None
    total_tax = here.tax + here.previous_tax if cumulative else None
    apart = not cumulative or bool(here.previous_pay or here.previous_tax)
    return P45Figures(
        paye_reference=scheme.paye_reference if scheme else "",
        nino=person.nino,
        surname=person.surname,
        first_names=person.first_names,
        left_on=leaving.last_day,
        student_loan=terms.loan_plan_on(slip.pay_date) is not None,
        tax_code=str(code),
        week1_month1=not cumulative,
        frequency=slip.frequency,
        tax_period=slip.tax_period,
        tax_year=str(year),
        total_pay=total_pay,
        total_tax=total_tax,
        pay_here=here.taxable_pay if apart else None,
        tax_here=here.tax if apart else None,
        payroll_id=employment.payroll_id,
        born_on=person.born_on,
        address=person.address,
        pay_date=slip.pay_date,
        given_on=leaving.p45_given_on,
        died=leaving.reason is LeavingReason.DEATH_OF_ASSISTANT,
    )
