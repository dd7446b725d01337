"""A year in one household: Ada starts with a P45, Bo is made redundant after seven years.

Every figure was worked out by hand once, from HMRC's published thresholds, and is kept.

By the month, free pay is 1,048.26 with code 1257L and 1,167.43 with 1400L. National Insurance is 8%
above 1,048 and the employer's 15% above 417. Nobody reaches a higher band.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.bookkeeping.commitments import CommitmentKind
from dpemployer.money import NOTHING, Money
from dpemployer.office import Office
from dpemployer.payroll.away import Sickness
from dpemployer.payroll.booked_leave import BookedLeave, LeaveDay
from dpemployer.payroll.deduction_terms import AttachmentOrder
from dpemployer.payroll.leaving import Leaving, LeavingReason, NoticeBy
from dpemployer.payroll.people import (
    HolidayClass,
    HolidayTerms,
    OpeningHoliday,
    PayType,
    StarterDeclaration,
)
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.services.rows import EmployerScheme, Party, Role
from dpemployer.statutory.attachment_kinds import OrderKind
from tests.builders import RATES, SLEEP_IN, a_rate, a_shift, an_employment, pounds
from tests.services.household import Household

if TYPE_CHECKING:
    import pytest

    from dpemployer.payroll.payslip import Payslip
    from dpemployer.store.book import Book

START = date(2025, 8, 1)


class Story:
    """One household, month by month: everybody is paid on the last day of the month."""

    def __init__(self, book: Book, patch: pytest.MonkeyPatch) -> None:
        self.office = Office(book, RATES)
        office = self.office
        self.household = Household(
            book, office.people, office.opening, office.timesheets, office.pay_runs
        )
        self._patch = patch
        helen = office.people.add_party(Party(0, "Helen Ashby", "4 Long Road\nHexley"))
        office.people.hold_role(helen, Role.EMPLOYER, START)
        office.people.set_scheme(EmployerScheme(0, START, claims_employment_allowance=True))

    def on(self, day: date) -> None:
        """It is another day."""
        self._patch.setattr(clock, "today", lambda: day)

    def month(
        self, employment: int, first: date, hours: int, label: str = "Day", nights: int = 0
    ) -> int:
        """Record and approve the hours of a month, ten hours to a day; return the timesheet."""
        self.on(self.household.period(employment, first).pay_date)
        timesheets = self.office.timesheets
        sheet = timesheets.open(employment, first)
        timesheets_days = [first + timedelta(days=day) for day in range(28)]
        days = iter(timesheets_days)
        while hours > 0:
            worked = min(hours, 10)
            timesheets.add_shift(a_shift(next(days), worked * 60, label=label, timesheet_id=sheet))
            hours -= worked
        for _night in range(nights):
            timesheets.add_shift(
                a_shift(
                    next(days), 540, PayType.SLEEP_IN, "Sleep-in", timesheet_id=sheet, quantity=1
                )
            )
        return sheet

    def paid(self, employment: int, first: date, sheet: int) -> Payslip:
        """Approve the month and pay it; return the payslip."""
        day = self.household.period(employment, first).pay_date
        self.office.timesheets.approve(sheet, "Helen Ashby", day)
        self.household.pay(employment, first)
        return self.household.slips(employment)[-1]


def figures(slip: Payslip) -> tuple[Money, Money, Money, Money, Money]:
    """Gross pay, tax, both kinds of National Insurance, and net pay."""
    return slip.gross_pay, slip.tax, slip.employee_ni, slip.employer_ni, slip.net_pay


def of(*amounts: str) -> tuple[Money, ...]:
    return tuple(pounds(amount) for amount in amounts)


def test_ada_s_year_from_a_p45_to_a_p60(  # noqa: PLR0915 - a whole year
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(book, monkeypatch)
    office = story.office
    # Ada starts on 1 August at £12.60 an hour and £60 a night slept in. Her P45 of 18 July says
    # code 1257L, pay of 6,000.00 and tax of 361.20.
    ada = story.household.take_on(
        an_employment(
            frequency=PayFrequency.MONTHLY,
            started_on=START,
            period_anchor=START,
            days_after=0,
            starter_declaration=StarterDeclaration.P45,
        ),
        (
            a_rate("12.60", from_day=START),
            a_rate("60.00", PayType.SLEEP_IN, "Sleep-in", per=SLEEP_IN.per, from_day=START),
        ),
        "1257L",
    )
    office.tax_codes.record_p45(
        ada, "1257L", date(2025, 7, 18), pounds("6000.00"), pounds("361.20"), START
    )

    # August: 100 hours. 7,260.00 to date less five months' free pay is 2,018 whole pounds; a fifth
    # is 403.60, of which 361.20 is on the P45.
    august = story.paid(ada, START, story.month(ada, START, 100))
    assert figures(august) == of("1260.00", "42.40", "16.96", "126.45", "1200.64")
    assert august.holiday_minutes_earned == 12 * 60  # 12.07% of 100 hours

    # September: 80 hours, and a day of eight hours' leave that Ada asked for. Every hour so far
    # was paid at 12.60, so the average is that too.
    first, leave = date(2025, 9, 1), date(2025, 9, 22)
    story.on(date(2025, 8, 25))
    booked = office.holiday.book(
        BookedLeave(0, ada, leave, leave, (LeaveDay(leave, 480),), asked_on=date(2025, 8, 25))
    )
    office.holiday.approve(booked, date(2025, 8, 26))
    sheet = story.month(ada, first, 80)
    assert office.holiday.confirm(sheet) == 1
    september = story.paid(ada, first, sheet)
    assert figures(september) == of("1108.80", "12.20", "4.86", "103.77", "1091.74")
    assert september.holiday_minutes_taken == 480

    # October: 90 hours and two nights slept in.
    first = date(2025, 10, 1)
    october = story.paid(ada, first, story.month(ada, first, 90, nights=2))
    assert figures(october) == of("1254.00", "41.00", "16.48", "125.55", "1196.52")

    # November: HMRC's notice of the 10th gives code 1400L, and with it tax comes back.
    first = date(2025, 11, 1)
    story.on(date(2025, 11, 12))
    office.tax_codes.record_notice(ada, "1400L", date(2025, 11, 10))
    november = story.paid(ada, first, story.month(ada, first, 60))
    assert figures(november) == of("756.00", "-249.00", "0.00", "50.85", "1005.00")

    first = date(2025, 12, 1)
    december = story.paid(ada, first, story.month(ada, first, 100))
    assert figures(december) == of("1260.00", "18.40", "16.96", "126.45", "1224.64")

    # In January an order for child maintenance comes: 150.00 a month, and the employer keeps 1.00.
    story.on(date(2026, 1, 8))
    office.deductions.set_order(
        AttachmentOrder(
            id=0,
            employment_id=ada,
            kind=OrderKind.DEO,
            issuer="Child Maintenance Service",
            reference="CMS 123",
            made_on=date(2026, 1, 5),
            from_day=date(2026, 1, 8),
            normal=pounds("150.00"),
            charge=True,
            charge_told_on=date(2026, 1, 8),
        )
    )
    for first, hours, expected in (
        (date(2026, 1, 1), 100, of("1260.00", "18.60", "16.96", "126.45", "1073.44")),
        (date(2026, 2, 1), 90, of("1134.00", "-6.60", "6.88", "107.55", "982.72")),
    ):
        slip = story.paid(ada, first, story.month(ada, first, hours))
        assert figures(slip) == expected
        assert slip.other_deductions == pounds("151.00")
    owed = [one.amount for one in story.household.owed(CommitmentKind.DEDUCTION)]
    assert owed == [pounds("150.00"), pounds("150.00")]

    # March: 95 hours are recorded. Ada is ill from Monday 30 March to Friday 10 April.
    first = date(2026, 3, 1)
    sheet = story.month(ada, first, 95)
    office.time_away.record_sickness(
        Sickness(0, ada, date(2026, 3, 30), date(2026, 4, 10), self_certified_on=date(2026, 4, 1)),
        "01234",
    )
    march = story.paid(ada, first, sheet)
    assert figures(march) == of("1197.00", "5.80", "11.92", "117.00", "1028.28")

    # Five hours were forgotten. The payslip is taken back and replaced; both stay on record.
    run = office.pay_runs.correct(march.pay_run_id, "Five hours were forgotten")
    office.timesheets.unapprove(sheet)
    office.timesheets.add_shift(a_shift(date(2026, 3, 28), 300, timesheet_id=sheet))
    office.timesheets.approve(sheet, "Helen Ashby", date(2026, 3, 31))
    office.pay_runs.finalise(run.draft_id)
    *_before, reversal, corrected = story.household.slips(ada)
    assert reversal.gross_pay == pounds("-1197.00")
    assert figures(corrected) == of("1260.00", "18.40", "16.96", "126.45", "1073.64")

    # The P60: pay of this job and its tax, and the P45 beside them.
    story.on(date(2026, 4, 6))
    p60 = office.hmrc.p60(ada, TaxYear(2025), date(2026, 4, 6)).p60
    amounts = {figure.key: figure.amount for figure in p60.figures}
    assert pounds("9292.80") in amounts.values()
    assert pounds("-104.60") in amounts.values()
    assert {pounds("15292.80"), pounds("256.60")} <= set(amounts.values())

    # From 1 April an hour is 13.20. April: 60 hours, and sick pay. The first three working days
    # from 30 March waited; 2 and 3 April are a fifth of 118.75 each; from the 6th the five days
    # of the week are 123.25, because Ada was being paid at the flat rate on the 5th.
    office.people.set_rate(a_rate("13.20", employment_id=ada, from_day=date(2026, 4, 1)))
    first = date(2026, 4, 1)
    sheet = office.timesheets.open(ada, first)
    for day in range(6):
        worked = date(2026, 4, 13) + timedelta(days=day)
        office.timesheets.add_shift(a_shift(worked, 600, timesheet_id=sheet))
    april = story.paid(ada, first, sheet)
    lines = {line.pay_type: line.amount for line in april.lines}
    assert lines[PayType.SSP] == pounds("170.75")
    assert figures(april)[:4] == of("962.75", "0.00", "0.00", "81.86")
    assert april.worked_minutes == 60 * 60


def test_bo_is_made_redundant_after_seven_years(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(book, monkeypatch)
    office = story.office
    # Bo has worked 20 hours over five days a week since 4 February 2019, at 13.20 an hour now, and
    # is paid in this book from April 2026. The holiday year begins on 1 April.
    begins, long_ago = date(2026, 4, 1), date(2019, 2, 4)
    bo = story.household.take_on(
        an_employment(
            frequency=PayFrequency.MONTHLY,
            started_on=long_ago,
            period_anchor=begins,
            days_after=0,
        ),
        (a_rate("13.20", from_day=long_ago),),
        "1257L",
        first_names="Bo",
        surname="Lund",
        nino="",
        born_on=date(1980, 3, 2),
    )
    office.people.set_holiday_terms(
        HolidayTerms(
            id=0,
            employment_id=bo,
            from_day=long_ago,
            holiday_class=HolidayClass.REGULAR,
            leave_year_start=begins,
            hours_per_week=Decimal(20),
            days_per_week=Decimal(5),
        )
    )
    office.opening.set_holiday(OpeningHoliday(0, bo, date(2026, 3, 31), 0, "Last payslip"))
    for first, expected in (
        (begins, of("1135.20", "17.20", "6.98", "107.73", "1111.02")),
        (date(2026, 5, 1), of("1135.20", "17.40", "6.98", "107.73", "1110.82")),
    ):
        assert figures(story.paid(bo, first, story.month(bo, first, 86))) == expected

    # The direct payment ends. Bo is given seven weeks' notice on 10 May; the last day is 30 June.
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    story.on(date(2026, 6, 20))
    sheet = story.month(bo, first, 86)
    worked = office.leavings.record(
        Leaving(
            id=0,
            employment_id=bo,
            reason=LeavingReason.REDUNDANCY,
            last_day=last,
            final_first_day=first,
            notice_by=NoticeBy.EMPLOYER,
            notice_given_on=date(2026, 5, 10),
            week_pay=pounds("264.00"),
            redundancy_pay=pounds("2508.00"),
        )
    )
    assert worked is not None
    june = story.paid(bo, first, sheet)

    # Seven whole years: five of them begun at 41 or older count one and a half weeks, two count
    # one. 9.5 weeks of 264.00 are 2,508.00, free of tax.
    assert june.redundancy_pay == pounds("2508.00")
    # Leave of 112 hours a year, for 91 of 365 days: 27 h 56 min, up to the minute, at 13.20.
    lines = {line.pay_type: line.amount for line in june.lines}
    assert lines[PayType.HOLIDAY_IN_LIEU] == pounds("368.72")
    assert figures(june) == (*of("1503.92", "91.20", "36.47", "163.04"), pounds("3884.25"))
    p45 = office.leavings.p45(bo)
    assert p45 is not None
    assert story.household.owed(CommitmentKind.WAGES)[-1].amount == pounds("1376.25")
    (gone,) = story.household.owed(CommitmentKind.REDUNDANCY)
    assert gone.amount == pounds("2508.00")
    assert june.taxable_pay == pounds("1503.92")
    assert june.other_deductions == NOTHING
