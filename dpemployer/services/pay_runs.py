"""What an employer can do with a pay run: draft it, look into it, finalise it, correct it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.bank_days import banking_day_on_or_before
from dpemployer.clock import now
from dpemployer.errors import AlreadyFinalisedError, EntryError, RefusedError
from dpemployer.findings import UNCONFIRMED
from dpemployer.i18n import _, long_date
from dpemployer.money import Money
from dpemployer.payroll.deduction_terms import DeductionLine
from dpemployer.payroll.draft_pay import DraftPayRun
from dpemployer.payroll.issue import issued, mirror_image
from dpemployer.payroll.pay_run import calculate
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PaidWeek
from dpemployer.payroll.seen import FindingSeen, seen
from dpemployer.periods import PayPeriod, TaxYear
from dpemployer.services.drafts import (
    assistants_of,
    draft_of,
    draft_pays,
    opening_of,
    year_to_date,
)
from dpemployer.services.holiday_facts import contract_of, holiday_balance
from dpemployer.services.owed import (
    hmrc_months,
    opening_hmrc,
    owe_deductions,
    owe_pension,
    owe_wages,
    settle_hmrc,
    take_back,
)
from dpemployer.services.pay_rows import (
    differing,
    draft_row,
    employer_payment_row,
    explained,
    figure_asked,
    holiday_row,
    payslip_row,
    preview,
    whole,
    year_row,
)
from dpemployer.services.paydays import payday_of, unpaid_periods
from dpemployer.services.pension_records import pension_owed, record_pension, take_back_pension
from dpemployer.services.reading import live_payslips
from dpemployer.services.rows import (
    Commitment,
    DifferenceRow,
    EmployerPaymentRow,
    FigureExplained,
    HolidayBalanceRow,
    PaydayRow,
    PayRunCorrected,
    PayRunFinalised,
    PayRunPreview,
    PayRunRow,
    PayslipRow,
    YearToDateRow,
)
from dpemployer.services.statutory_paid import record_statutory, take_back_statutory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dpemployer.findings import Finding
    from dpemployer.payroll.pay_run import PayRunResult, WorkedPay
    from dpemployer.periods import PayFrequency
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)


class PayRuns:
    """Pay runs in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    # ── what is due ──

    def due(self, on: date) -> tuple[PaydayRow, ...]:
        """List the paydays not yet finalised whose period has begun by *on*, the oldest first."""
        with self._book.read() as reading:
            waiting: dict[tuple[PayPeriod, PayFrequency], list[Employment]] = defaultdict(list)
            for employment in reading.find(Employment):
                for period in unpaid_periods(reading, employment, on):
                    waiting[period, employment.frequency].append(employment)
            people = assistants_of(reading, [one for group in waiting.values() for one in group])
            drafts = {
                (PayPeriod(run.first_day, run.last_day, run.pay_date), run.frequency): run.id
                for run in reading.find(PayRun, status=PayRunStatus.DRAFT)
            }
        return tuple(
            PaydayRow(
                frequency=frequency,
                first_day=period.first_day,
                last_day=period.last_day,
                pay_date=period.pay_date,
                paid_on=banking_day_on_or_before(period.pay_date),
                people=tuple(
                    sorted(
                        ((one.id, people[one.assistant_id].name) for one in group),
                        key=lambda person: person[1].casefold(),
                    )
                ),
                pay_run_id=drafts.get((period, frequency)),
            )
            for (period, frequency), group in sorted(
                waiting.items(), key=lambda item: (item[0][0].pay_date, item[0][0].first_day)
            )
        )

    def runs(self, tax_year: TaxYear | None = None) -> tuple[PayRunRow, ...]:
        """List pay runs, the newest payday first."""
        days = (tax_year.first_day, tax_year.last_day) if tax_year else (None, None)
        totals: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        names: dict[int, list[str]] = defaultdict(list)
        with self._book.read() as reading:
            found = reading.find(PayRun, between={"pay_date": days}, order_by=("-pay_date", "-id"))
            for run_id, name, gross, net in reading.rows(
                Payslip, ("pay_run_id", "name", "gross_pay", "net_pay"), between={"pay_date": days}
            ):
                names[run_id].append(name)
                totals[run_id][0] += gross.pence
                totals[run_id][1] += net.pence
        reversed_by = {run.reverses_id: run.id for run in found if run.reverses_id}
        return tuple(
            PayRunRow(
                pay_run_id=run.id,
                frequency=run.frequency,
                first_day=run.first_day,
                last_day=run.last_day,
                pay_date=run.pay_date,
                paid_on=run.paid_on,
                status=run.status,
                payslips=len(names[run.id]),
                gross_pay=Money(totals[run.id][0]),
                net_pay=Money(totals[run.id][1]),
                reverses_id=run.reverses_id,
                corrects_id=run.corrects_id,
                reversed_by_id=reversed_by.get(run.id),
                names=tuple(sorted(names[run.id])),
                reason=run.reason,
            )
            for run in found
        )

    # ── drafting ──

    def draft(
        self,
        frequency: PayFrequency,
        first_day: date,
        last_day: date,
        pay_date: date | None = None,
    ) -> int:
        """Find or begin the draft for everybody paid together for these days; return its id.

        `pay_date` is needed only when the same days are paid for on different paydays.

        Raises:
            EntryError: If nobody is paid for exactly these days.
            RatesUnknownError: If the payday is outside the years known.
        """
        with self._book.read() as reading:
            pay_date = payday_of(reading, frequency, first_day, last_day, pay_date)
            self._rates.on(pay_date)
            waiting = reading.find(
                PayRun,
                status=PayRunStatus.DRAFT,
                frequency=frequency,
                first_day=first_day,
                last_day=last_day,
                pay_date=pay_date,
            )
        if waiting:
            return waiting[0].id
        paid_on = banking_day_on_or_before(pay_date)
        with self._book.change("Began a pay run") as tx:
            return tx.add(PayRun(0, frequency, first_day, last_day, pay_date, paid_on))

    def discard(self, pay_run_id: int) -> None:
        """Give up a draft. Timesheets stay as they are."""
        with self._book.change("Gave up a draft pay run") as tx:
            tx.remove(_draft(tx, pay_run_id))

    # ── looking into it ──

    def preview(self, pay_run_id: int) -> PayRunPreview:
        """Show a pay run: a draft worked out afresh, a final as it was stored."""
        with self._book.read() as reading:
            run = reading.get(PayRun, pay_run_id)
            if run.status is PayRunStatus.FINAL:
                slips = reading.find(Payslip, pay_run_id=run.id)
                rows = tuple(self._stored_row(reading, slip) for slip in slips)
                kept = reading.find(FindingSeen, pay_run_id=run.id)
                return preview(run, rows, tuple(each.finding for each in kept))
            result = self._calculated(reading, run)
            replaced = _net_pay_replaced(reading, run)
        rows = tuple(
            draft_row(run, pay, replaced.get(pay.draft.employment.id)) for pay in result.pays
        )
        return preview(run, rows, result.findings)

    def explain(self, pay_run_id: int, employment_id: int, figure: str) -> FigureExplained:
        """Answer “how was this worked out?” for one figure of one person's pay.

        `figure` is a key of `PayslipRow.figures`, or `line:0`, `line:1` … for a line of pay,
        or `holiday` for the holiday earned, or `minimum_wage`.
        """
        with self._book.read() as reading:
            run = reading.get(PayRun, pay_run_id)
            if run.status is PayRunStatus.FINAL:
                slip = reading.find_one(Payslip, pay_run_id=run.id, employment_id=employment_id)
            else:
                pays = self._calculated(reading, run).pays
                slip = next(
                    (issued(run, pay) for pay in pays if pay.draft.employment.id == employment_id),
                    None,
                )
        if slip is None:
            raise LookupError(Payslip, pay_run_id, employment_id)
        return explained(slip, figure)

    def explain_payslip(
        self, payslip_id: int, figure: str | None = None
    ) -> tuple[FigureExplained, ...]:
        """Answer “how was this worked out?” from what is kept with a payslip.

        Args:
            payslip_id: Which payslip.
            figure: As for `explain`; without it, the whole payslip as one figure, its net pay.

        Raises:
            EntryError: If there is no such payslip, or no such figure on it.
        """
        with self._book.read() as reading:
            slip = reading.find_one(Payslip, id=payslip_id)
        if slip is None:
            raise EntryError(
                what=_("There is no payslip {number} in this book.").format(number=payslip_id),
                why=_("Every payslip has a number of its own."),
                next_step=_("Ask without a number, and they are listed."),
            )
        return (whole(slip) if figure is None else figure_asked(slip, figure),)

    # ── finishing it ──

    def finalise(self, pay_run_id: int) -> PayRunFinalised:
        """Fix a draft pay run for good, and record what it leaves owing.

        Either all of it happens or none of it does.

        Raises:
            AlreadyFinalisedError: If this pay run is not a draft.
            PayRunBlockedError: If something must be put right first, such as pay below the
                minimum wage.
            RatesUnknownError: If no rates are known for the pay date.
        """
        with self._book.change("Finalised a pay run") as tx:
            return self.finalise_within(tx, pay_run_id)

    def finalise_within(self, tx: Change, pay_run_id: int) -> PayRunFinalised:
        """Finalise a draft as a part of a larger change. Refuses as `finalise` does."""
        run = _draft(tx, pay_run_id)
        result = self._calculated(tx, run)
        result.refuse_if_blocked()
        slips = [_issue(tx, run, pay) for pay in result.pays]
        for finding in result.findings:
            tx.add(seen(finding, now(), self._book.who, pay_run_id=run.id))
        tx.update(replace(run, status=PayRunStatus.FINAL, finalised_at=now()))
        owe_wages(tx, run, slips)
        owe_pension(tx, self._rates, run, pension_owed(tx, slips))
        owe_deductions(tx, run, self._rates.on(run.pay_date), result.pays)
        settle_hmrc(tx, self._rates, TaxYear.of(run.pay_date), run)
        commitments = tx.find(Commitment, pay_run_id=run.id)
        return PayRunFinalised(run.id, len(slips), result.net_pay, commitments)

    def correct(self, pay_run_id: int, reason: str) -> PayRunCorrected:
        """Take a final pay run back, and begin a draft in its place.

        The reversal is the mirror image of every payslip, finalised at once; what the run left
        owing is taken back. The new draft reads the same timesheets, now open to be put right.

        Raises:
            RefusedError: If this pay run is a draft, a reversal, or already reversed.
        """
        reason = reason.strip()
        if not reason:
            raise EntryError(
                what=_("The reason for the correction is missing."),
                why=_("Whoever looks at these payslips later needs to know why there are two."),
                next_step=_("Say in a few words what was wrong."),
            )
        with self._book.change("Corrected a pay run", reason) as tx:
            return self.correct_within(tx, pay_run_id, reason)

    def correct_within(self, tx: Change, pay_run_id: int, reason: str) -> PayRunCorrected:
        """Take a final pay run back as a part of a larger change. Refuses as `correct` does."""
        run = tx.get(PayRun, pay_run_id)
        _refuse_correction(tx, run)
        reversal = replace(
            run,
            id=0,
            status=PayRunStatus.DRAFT,
            finalised_at=None,
            reverses_id=run.id,
            corrects_id=None,
            reason=reason,
        )
        reversal = replace(reversal, id=tx.add(reversal))
        for slip in tx.find(Payslip, pay_run_id=run.id):
            _take_back_payslip(tx, slip, reversal)
        tx.update(replace(reversal, status=PayRunStatus.FINAL, finalised_at=now()))
        take_back(tx, run.id, reversal)
        settle_hmrc(tx, self._rates, TaxYear.of(run.pay_date), reversal)
        draft_id = tx.add(replace(reversal, id=0, reverses_id=None, corrects_id=run.id))
        return PayRunCorrected(reversal.id, draft_id)

    # ── payslips and sums ──

    def payslips(self, tax_year: TaxYear, employment_id: int | None = None) -> tuple[Payslip, ...]:
        """List the payslips of a tax year by payday, reversals included."""
        only = {} if employment_id is None else {"employment_id": (employment_id,)}
        with self._book.read() as reading:
            return reading.find(
                Payslip, tax_year=str(tax_year), any_of=only, order_by=("pay_date", "id")
            )

    def every_payslip(self) -> tuple[Payslip, ...]:
        """Return every payslip there is, in the order they were issued."""
        with self._book.read() as reading:
            return reading.find(Payslip, order_by="id")

    def payslip(self, payslip_id: int) -> PayslipRow:
        """Show one payslip as it was issued, with year to date and holiday as of it."""
        with self._book.read() as reading:
            return self._stored_row(reading, reading.get(Payslip, payslip_id))

    def year_to_date(self, employment_id: int, on: date) -> YearToDateRow:
        """Add up the tax year that holds *on*, up to that day."""
        with self._book.read() as reading:
            return _year_row(reading, employment_id, on)

    def holiday(self, employment_id: int, on: date) -> HolidayBalanceRow:
        """Say what holiday has been earned, taken and is left on a day."""
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            name = assistants_of(reading, (employment,))[employment.assistant_id].name
            return holiday_row(
                employment_id, name, holiday_balance(reading, contract_of(reading, employment), on)
            )

    def would_differ(
        self, reading: Reading, slip: Payslip
    ) -> tuple[Payslip | None, tuple[Finding, ...]]:
        """Work one payslip that stands out again, from what the book says at this moment.

        Returns what it would be, or None when it cannot be worked out, and what blocks it.
        """
        run = reading.get(PayRun, slip.pay_run_id)
        employment = reading.get(Employment, slip.employment_id)
        people = draft_pays(reading, run, (employment,), (slip.id,))
        result = calculate(DraftPayRun(run, people), self._rates)
        blocking = tuple(finding for finding in result.findings if finding.blocks)
        return (issued(run, result.pays[0]) if result.pays else None), blocking

    def differences(self, tax_year: TaxYear, employment_id: int) -> tuple[DifferenceRow, ...]:
        """Work a year's payslips out again from today's facts, and list what differs.

        Nothing is changed: a payslip that should change is put right by `correct`.
        """
        rows: list[DifferenceRow] = []
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            standing = live_payslips(reading, employment_id, from_last_day=date.min)
            for slip in reading.find(
                Payslip,
                any_of={"id": standing},
                tax_year=str(tax_year),
                order_by=("pay_date", "id"),
            ):
                run = reading.get(PayRun, slip.pay_run_id)
                people = draft_pays(reading, run, (employment,), (slip.id,))
                for pay in calculate(DraftPayRun(run, people), self._rates).pays:
                    rows += differing(slip, issued(run, pay))
        return tuple(rows)

    # ── HMRC ──

    def employer_payment(self, tax_year: TaxYear, month: int) -> EmployerPaymentRow:
        """Return what HMRC is owed for a tax month, 1 to 12 (the P32 figure)."""
        return self._employer_payment(tax_year, (month,))

    def employer_payment_quarter(self, tax_year: TaxYear, quarter: int) -> EmployerPaymentRow:
        """Return what HMRC is owed for a quarter, 1 to 4: its three months added up."""
        first = quarter * 3 - 2
        return self._employer_payment(tax_year, (first, first + 1, first + 2))

    # ── inside ──

    def _calculated(self, reading: Reading, run: PayRun) -> PayRunResult:
        result = calculate(draft_of(reading, run), self._rates)
        findings = (one for one in result.findings if not _said_before(reading, run, one))
        return replace(result, findings=tuple(findings))

    def _stored_row(self, reading: Reading, slip: Payslip) -> PayslipRow:
        employment = reading.get(Employment, slip.employment_id)
        found = holiday_balance(reading, contract_of(reading, employment), slip.last_day)
        return payslip_row(
            slip,
            _year_row(reading, slip.employment_id, slip.pay_date),
            holiday_row(slip.employment_id, slip.name, found),
        )

    def _employer_payment(self, year: TaxYear, numbers: tuple[int, ...]) -> EmployerPaymentRow:
        with self._book.read() as reading:
            every = hmrc_months(reading, self._rates, year)
            months = [every[number - 1] for number in numbers]
            opening = [opening_hmrc(reading, owed.month) for owed in months]
        return employer_payment_row(months, opening)


def _said_before(reading: Reading, run: PayRun, finding: Finding) -> bool:
    """Whether what is not certain of a figure was seen with another payday: once is enough."""
    if finding.code != UNCONFIRMED:
        return False
    seen_before = reading.find(FindingSeen, code=UNCONFIRMED, message=finding.message)
    return any(each.pay_run_id not in {None, run.id, run.corrects_id} for each in seen_before)


def _draft(tx: Change, pay_run_id: int) -> PayRun:
    run = tx.get(PayRun, pay_run_id)
    if run.status is PayRunStatus.FINAL:
        raise AlreadyFinalisedError(run.pay_date)
    return run


def _net_pay_replaced(reading: Reading, run: PayRun) -> Mapping[int, Money]:
    """Return what each person got on the pay run a draft puts right."""
    if run.corrects_id is None:
        return {}
    return dict(reading.rows(Payslip, ("employment_id", "net_pay"), pay_run_id=run.corrects_id))


def _issue(tx: Change, run: PayRun, pay: WorkedPay) -> Payslip:
    """Store one payslip, what it paid for each week, and what it took by order or agreement."""
    slip = issued(run, pay)
    slip = replace(slip, id=tx.add(slip))
    for ending, (minutes, amount) in pay.weeks.items():
        tx.add(PaidWeek(0, slip.employment_id, ending, minutes, amount, slip.id))
    record_pension(tx, slip, pay)
    for line in pay.taken.kept:
        tx.add(replace(line, payslip_id=slip.id))
    record_statutory(tx, slip, pay)
    return slip


def _refuse_correction(tx: Change, run: PayRun) -> None:
    """Refuse to take back what is not final, or is taken back already."""
    if run.status is PayRunStatus.DRAFT:
        raise RefusedError(
            what=_("The pay run for {day} is not final.").format(day=long_date(run.pay_date)),
            why=_("A draft has paid nobody yet, so there is nothing to take back."),
            next_step=_("Change the timesheets or terms; the draft follows them."),
        )
    if run.reverses_id is not None:
        raise RefusedError(
            what=_("This pay run takes another one back."),
            why=_("A reversal cannot itself be taken back."),
            next_step=_("Draft the payday again instead, and finalise it."),
        )
    if tx.find(PayRun, reverses_id=run.id):
        raise RefusedError(
            what=_("The pay run for {day} has already been taken back.").format(
                day=long_date(run.pay_date)
            ),
            why=_("Each pay run is corrected once; what replaced it can be corrected in turn."),
            next_step=_("Open the pay run that replaced it."),
        )


def _take_back_payslip(tx: Change, slip: Payslip, reversal: PayRun) -> None:
    """Store the mirror image of a payslip, of the weeks it paid for, and of what it took."""
    mirrored = tx.add(mirror_image(slip, reversal.id))
    for week in tx.find(PaidWeek, payslip_id=slip.id):
        tx.add(replace(week, id=0, minutes=-week.minutes, pay=-week.pay, payslip_id=mirrored))
    take_back_pension(tx, slip, mirrored)
    for line in tx.find(DeductionLine, payslip_id=slip.id):
        tx.add(
            replace(
                line,
                id=0,
                payslip_id=mirrored,
                amount=-line.amount,
                charge=-line.charge,
                carried=-line.carried,
            )
        )
    take_back_statutory(tx, slip, mirrored)


def _year_row(reading: Reading, employment_id: int, on: date) -> YearToDateRow:
    year = TaxYear.of(on)
    total = opening_of(reading, employment_id, year) + year_to_date(reading, employment_id, on)
    return year_row(employment_id, str(year), total)
