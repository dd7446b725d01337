"""Hours: recorded as they are worked, approved before they are paid."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING
from dpemployer.payroll.holiday_rates import worth
from dpemployer.payroll.pay_elements import rate_on, rates_on
from dpemployer.payroll.people import Employment, PayType, Per
from dpemployer.payroll.seen import FindingSeen, seen
from dpemployer.payroll.timesheet import (
    Shift,
    Timesheet,
    TimesheetStatus,
    clock_change_in,
    clock_change_sentence,
    completed,
    shift_findings,
)
from dpemployer.services.drafts import assistants_of, employed_in, paid_late_in
from dpemployer.services.holiday_facts import contract_of, paid_weeks
from dpemployer.services.holiday_reading import waiting_findings
from dpemployer.services.reading import live_payslips, terms_of
from dpemployer.services.rota import about_hours, about_wages, most_serious_first
from dpemployer.services.rows import (
    RateChoice,
    ShiftRow,
    TimesheetDetail,
    TimesheetRow,
    TypeTotal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.findings import Finding
    from dpemployer.payroll.pay_elements import Elements
    from dpemployer.payroll.people import PayRate
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_WEEK = timedelta(days=7)
_LONGEST_PERIOD = timedelta(days=31)
_NOT_COPIED = frozenset({PayType.HOLIDAY, PayType.EXPENSES})


class Timesheets:
    """The timesheets of one book: one for each employment and pay period."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def of_day(self, day: date) -> tuple[TimesheetRow, ...]:
        """List the timesheet of everybody employed on *day* for the pay period that holds it.

        A period nothing has been recorded in yet has `timesheet_id` 0. Somebody who has left is
        listed where something is paid to them with that period.
        """
        with self._book.read() as reading:
            employments = [
                employment
                for employment in reading.find(Employment)
                if employed_in(employment, day, day) or _paid_late(reading, employment, day)
            ]
            sheets = [
                _sheet_of(reading, employment, day) or _unrecorded(employment, day)
                for employment in employments
            ]
            rows = _rows(reading, employments, sheets)
        return tuple(sorted(rows, key=lambda row: row.name.casefold()))

    def of_employment(self, employment_id: int) -> tuple[TimesheetRow, ...]:
        """List every timesheet of an employment, the newest first."""
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            sheets = reading.find(Timesheet, employment_id=employment_id, order_by="-first_day")
            return tuple(_rows(reading, [employment] * len(sheets), sheets))

    def open(self, employment_id: int, day: date) -> int:
        """Find or begin the timesheet of the pay period that holds *day*; return its id."""
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            found = _sheet_of(reading, employment, day)
        if found is not None:
            return found.id
        sheet = _unrecorded(employment, day)
        if not employed_in(employment, sheet.first_day, sheet.last_day):
            raise EntryError(
                what=_("Nobody was employed under this contract on {day}.").format(
                    day=long_date(day)
                ),
                why=_("A timesheet is for days between the first and the last of it."),
                next_step=_("Choose another day, or put the first or last day right."),
            )
        with self._book.change("Began a timesheet") as tx:
            return tx.add(sheet)

    def show(self, timesheet_id: int) -> TimesheetDetail:
        """Return a timesheet with its shifts, totals, findings, and what a shift can be."""
        with self._book.read() as reading:
            sheet = reading.get(Timesheet, timesheet_id)
            employment = reading.get(Employment, sheet.employment_id)
            shifts = _shifts(reading, sheet)
            rates = terms_of(reading, (employment.id,))[employment.id].rates
            (row,) = _rows(reading, [employment], [sheet])
            elements = _worth(reading, employment, rates, shifts)
            findings = self._findings(reading, employment, sheet, shifts, elements)
            kept = reading.find(FindingSeen, timesheet_id=sheet.id)
        return TimesheetDetail(
            row=row,
            timesheet=sheet,
            shifts=tuple(_shift_row(shift) for shift in shifts),
            totals=_totals(elements, shifts),
            findings=findings,
            choices=_choices(rates, max(sheet.first_day, employment.started_on)),
            seen=tuple(each.finding for each in kept),
        )

    def choices(self, employment_id: int, day: date) -> tuple[RateChoice, ...]:
        """List what a shift on *day* can be: every rate in force, holiday, expenses."""
        with self._book.read() as reading:
            return _choices(terms_of(reading, (employment_id,))[employment_id].rates, day)

    def check_shift(self, shift: Shift) -> tuple[Finding, ...]:
        """Say what there is to look at about a shift, without saving it.

        Raises:
            EntryError: If the hours are impossible.
        """
        with self._book.read() as reading:
            sheet = reading.get(Timesheet, shift.timesheet_id)
            shift = _checked(reading, sheet, shift)
            others = [other for other in _shifts(reading, sheet) if other.id != shift.id]
        known = set(shift_findings(others))
        return tuple(
            finding for finding in shift_findings([*others, shift]) if finding not in known
        )

    def add_shift(self, shift: Shift) -> int:
        """Add a shift (`id` 0) to its timesheet and return the id given.

        With `started` and `ended` given, `minutes` is worked out from them and the break; an
        end at or before the start is on the next day. Otherwise `minutes` is the paid time.

        Raises:
            EntryError: If the hours are impossible, or nothing of that kind has a rate.
            RefusedError: If the timesheet is approved or paid.
        """
        with self._book.change("Recorded hours") as tx:
            sheet = _open_sheet(tx, shift.timesheet_id)
            return tx.add(_checked(tx, sheet, shift))

    def change_shift(self, shift: Shift) -> None:
        """Replace a shift already recorded."""
        with self._book.change("Changed recorded hours") as tx:
            before = tx.get(Shift, shift.id)
            sheet = _open_sheet(tx, before.timesheet_id)
            tx.update(_checked(tx, sheet, replace(shift, timesheet_id=sheet.id)))

    def remove_shift(self, shift_id: int) -> None:
        """Take a shift out of a timesheet still being filled in."""
        with self._book.change("Removed recorded hours") as tx:
            shift = tx.get(Shift, shift_id)
            _open_sheet(tx, shift.timesheet_id)
            tx.remove(shift)

    def copy_week(self, timesheet_id: int, first_day: date) -> int:
        """Copy the shifts of the seven days before *first_day* into the seven from it.

        Holiday and expenses are not copied. Days outside the timesheet's period are left out.
        Returns how many shifts were copied.
        """
        with self._book.change("Copied last week's hours") as tx:
            sheet = _open_sheet(tx, timesheet_id)
            week_before = (first_day - _WEEK, first_day - timedelta(days=1))
            sheets = tx.find(
                Timesheet,
                employment_id=sheet.employment_id,
                between={
                    "first_day": (week_before[0] - _LONGEST_PERIOD, week_before[1]),
                },
            )
            copied = 0
            for shift in tx.find(
                Shift,
                any_of={"timesheet_id": [other.id for other in sheets]},
                between={"day": week_before},
                order_by=("day", "started"),
            ):
                day = shift.day + _WEEK
                if shift.pay_type in _NOT_COPIED or not sheet.first_day <= day <= sheet.last_day:
                    continue
                fresh = replace(
                    shift, id=0, timesheet_id=sheet.id, day=day, awake_minutes=0, note=""
                )
                tx.add(_checked(tx, sheet, fresh))
                copied += 1
            return copied

    def approve(self, timesheet_id: int, by: str, on: date) -> tuple[Finding, ...]:
        """Approve a timesheet, so that it can be paid; return what there is to look at.

        An empty timesheet may be approved: it says that nothing was worked.

        Raises:
            RefusedError: If something in it must be put right first.
        """
        by = by.strip()
        if not by:
            raise EntryError(
                what=_("Nobody is named as approving this timesheet."),
                why=_("An approved timesheet says who agreed the hours."),
                next_step=_("Type the name of whoever agreed them."),
            )
        with self._book.change("Approved a timesheet") as tx:
            sheet = _open_sheet(tx, timesheet_id)
            employment = tx.get(Employment, sheet.employment_id)
            shifts = _shifts(tx, sheet)
            rates = terms_of(tx, (employment.id,))[employment.id].rates
            elements = _worth(tx, employment, rates, shifts)
            findings = self._findings(tx, employment, sheet, shifts, elements)
            blocking = [finding for finding in findings if finding.blocks]
            if blocking:
                raise RefusedError(
                    what=_("This timesheet cannot be approved yet."),
                    why="\n".join(finding.message for finding in blocking),
                    next_step=_("Put that right, then approve it."),
                )
            tx.update(
                replace(
                    sheet,
                    status=TimesheetStatus.APPROVED,
                    approved_on=on,
                    approved_by=by,
                )
            )
            for finding in findings:
                tx.add(seen(finding, clock.now(), by, timesheet_id=sheet.id))
        return findings

    def unapprove(self, timesheet_id: int) -> None:
        """Open an approved timesheet again, as long as it has not been paid."""
        with self._book.change("Opened a timesheet again") as tx:
            sheet = tx.get(Timesheet, timesheet_id)
            _refuse_paid(tx, sheet)
            tx.update(
                replace(sheet, status=TimesheetStatus.DRAFT, approved_on=None, approved_by="")
            )
            for kept in tx.find(FindingSeen, timesheet_id=sheet.id):
                tx.remove(kept)

    def _findings(
        self,
        reading: Reading,
        employment: Employment,
        sheet: Timesheet,
        shifts: Sequence[Shift],
        elements: Elements,
    ) -> tuple[Finding, ...]:
        """Say what there is to look at in the hours of a timesheet, the most serious first."""
        return most_serious_first(
            (
                *elements.findings,
                *shift_findings(shifts),
                *waiting_findings(reading, sheet),
                *about_wages(reading, employment, sheet, elements, self._rates),
                *about_hours(reading, employment, sheet, shifts, self._rates, clock.today()),
            )
        )


# ── which timesheet ──


def _sheet_of(reading: Reading, employment: Employment, day: date) -> Timesheet | None:
    """Return the timesheet that holds a day, if one has been begun."""
    for sheet in reading.find(
        Timesheet,
        employment_id=employment.id,
        between={"first_day": (day - _LONGEST_PERIOD, day)},
    ):
        if sheet.first_day <= day <= sheet.last_day:
            return sheet
    return None


def _unrecorded(employment: Employment, day: date) -> Timesheet:
    period = employment.schedule.period_of(day)
    return Timesheet(0, employment.id, period.first_day, period.last_day)


def _shifts(reading: Reading, sheet: Timesheet) -> tuple[Shift, ...]:
    return reading.find(Shift, timesheet_id=sheet.id, order_by=("day", "started"))


def _is_paid(reading: Reading, sheet: Timesheet) -> bool:
    return bool(live_payslips(reading, sheet.employment_id, first_day=sheet.first_day))


def _refuse_paid(tx: Reading, sheet: Timesheet) -> None:
    if _is_paid(tx, sheet):
        raise RefusedError(
            what=_("The hours from {first} to {last} have been paid.").format(
                first=long_date(sheet.first_day), last=long_date(sheet.last_day)
            ),
            why=_("A payslip was issued for them, and stays as it is."),
            next_step=_("Open the pay run and choose “Correct this pay run”; then change them."),
        )


def _open_sheet(tx: Reading, timesheet_id: int) -> Timesheet:
    """Return a timesheet that may still be filled in."""
    sheet = tx.get(Timesheet, timesheet_id)
    _refuse_paid(tx, sheet)
    if sheet.status is TimesheetStatus.APPROVED:
        raise RefusedError(
            what=_("The timesheet for {first} to {last} is approved.").format(
                first=long_date(sheet.first_day), last=long_date(sheet.last_day)
            ),
            why=_("Approved hours are the hours that will be paid."),
            next_step=_("Open it again, change it, and approve it once more."),
        )
    return sheet


# ── what a shift can be ──


def _checked(reading: Reading, sheet: Timesheet, shift: Shift) -> Shift:
    """Return a shift with what follows from it filled in, or refuse it."""
    shift = completed(replace(shift, label=shift.label.strip(), note=shift.note.strip()))
    employment = reading.get(Employment, sheet.employment_id)
    if not sheet.first_day <= shift.day <= sheet.last_day:
        raise EntryError(
            what=_("{day} is not on this timesheet.").format(day=long_date(shift.day)),
            why=_("It runs from {first} to {last}.").format(
                first=long_date(sheet.first_day), last=long_date(sheet.last_day)
            ),
            next_step=_("Choose a day on it, or open the timesheet for the other day."),
        )
    if not employed_in(employment, shift.day, shift.day):
        raise EntryError(
            what=_("Nobody was employed under this contract on {day}.").format(
                day=long_date(shift.day)
            ),
            why=_("Hours lie between the first and the last day of an employment."),
            next_step=_("Choose another day, or put the first or last day right."),
        )
    at_cost = shift.pay_type is PayType.EXPENSES and not shift.quantity
    if at_cost or shift.pay_type is PayType.HOLIDAY:
        return shift
    rates = terms_of(reading, (employment.id,))[employment.id].rates
    if rate_on(rates, shift.day, (shift.pay_type, shift.label)) is None:
        names = ", ".join(rate.label for rate in rates_on(rates, shift.day))
        raise EntryError(
            what=_("There is no rate for “{label}” on {day}.").format(
                label=shift.label, day=long_date(shift.day)
            ),
            why=_("The rates in force that day are: {names}.").format(names=names or _("none")),
            next_step=_("Choose one of them, or add the rate to this person's terms first."),
        )
    return shift


def holiday_shift(reading: Reading, sheet: Timesheet, day: date, minutes: int) -> Shift:
    """Return a day of leave as it goes on a timesheet that is still open.

    Raises:
        RefusedError: If the timesheet is approved or paid.
    """
    _open_sheet(reading, sheet.id)
    shift = Shift(0, sheet.id, day, PayType.HOLIDAY, _("Holiday"), minutes)
    return _checked(reading, sheet, shift)


def _choices(rates: Iterable[PayRate], day: date) -> tuple[RateChoice, ...]:
    found = [
        RateChoice(rate.pay_type, rate.label, rate.rate, rate.per) for rate in rates_on(rates, day)
    ]
    found.append(RateChoice(PayType.HOLIDAY, _("Holiday"), NOTHING, Per.HOUR))
    found.append(RateChoice(PayType.EXPENSES, _("Expenses"), NOTHING, Per.HOUR))
    return tuple(found)


# ── what it comes to ──


def _worth(
    reading: Reading,
    employment: Employment,
    rates: Sequence[PayRate],
    shifts: Sequence[Shift],
) -> Elements:
    """Return what the shifts are worth as they stand, as the pay run will work it out."""
    leave = [shift.day for shift in shifts if shift.pay_type is PayType.HOLIDAY]
    contract = contract_of(reading, employment)
    weeks = paid_weeks(reading, contract, max(leave)) if leave else {}
    return worth(contract, rates, shifts, weeks)


def _totals(elements: Elements, shifts: Iterable[Shift]) -> tuple[TypeTotal, ...]:
    """Add up each kind of time; one that changed its rate in the period is one total."""
    found: dict[tuple[PayType, str], TypeTotal] = {}
    lines = list(elements.lines)
    for line in lines:
        key = line.pay_type, line.label
        before = found.get(key) or TypeTotal(*key, 0, 0, NOTHING)
        found[key] = TypeTotal(
            *key,
            before.minutes + line.minutes,
            before.quantity + line.quantity,
            before.amount + line.amount,
        )
    without_rate: dict[tuple[PayType, str], int] = defaultdict(int)
    for shift in shifts:
        if (shift.pay_type, shift.label) not in found and shift.pay_type not in _NOT_COPIED:
            without_rate[shift.pay_type, shift.label] += shift.minutes
    rest = (TypeTotal(*key, minutes, 0, NOTHING) for key, minutes in without_rate.items())
    return (*found.values(), *rest)


def _shift_row(shift: Shift) -> ShiftRow:
    sunday = clock_change_in(shift)
    return ShiftRow(
        shift=shift,
        minutes=shift.minutes,
        ends_next_day=shift.ends_next_day,
        clock_change=clock_change_sentence(sunday) if sunday else "",
    )


def _paid_late(reading: Reading, employment: Employment, day: date) -> bool:
    """Whether somebody who has left is paid something with the period that holds a day."""
    if employment.left_on is None or employment.left_on >= day:
        return False
    return employment.id in paid_late_in(reading, employment.schedule.period_of(day).first_day)


def _rows(
    reading: Reading, employments: Sequence[Employment], sheets: Sequence[Timesheet]
) -> list[TimesheetRow]:
    """Return each timesheet with what is on it; one not begun yet has the id 0."""
    people = assistants_of(reading, employments)
    shifts: dict[int, list[Shift]] = defaultdict(list)
    for shift in reading.find(
        Shift, any_of={"timesheet_id": [sheet.id for sheet in sheets if sheet.id]}
    ):
        shifts[shift.timesheet_id].append(shift)
    return [
        TimesheetRow(
            timesheet_id=sheet.id,
            employment_id=employment.id,
            name=people[employment.assistant_id].name,
            first_day=sheet.first_day,
            last_day=sheet.last_day,
            pay_date=employment.schedule.period_of(sheet.first_day).pay_date,
            status=sheet.status,
            paid=_is_paid(reading, sheet),
            minutes=sum(shift.minutes for shift in shifts[sheet.id]),
            holiday_minutes=sum(
                shift.minutes for shift in shifts[sheet.id] if shift.pay_type is PayType.HOLIDAY
            ),
            nights=sum(
                shift.quantity for shift in shifts[sheet.id] if shift.pay_type is PayType.SLEEP_IN
            ),
        )
        for employment, sheet in zip(employments, sheets, strict=True)
    ]
