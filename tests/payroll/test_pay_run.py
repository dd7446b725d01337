"""A pay run worked out from its facts: figures, workings, and what to look at."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.errors import PayRunBlockedError, RatesUnknownError
from dpemployer.findings import Severity
from dpemployer.money import NOTHING, Money
from dpemployer.payroll import added_pay
from dpemployer.payroll.checks import known_rates, pension_findings
from dpemployer.payroll.draft_pay import DraftPay, DraftPayRun
from dpemployer.payroll.figures import FIGURES, HOLIDAY, steps_for
from dpemployer.payroll.holiday import HolidayBefore, HolidayRow
from dpemployer.payroll.inputs import inputs_from, inputs_text
from dpemployer.payroll.issue import issued, mirror_image
from dpemployer.payroll.pay_elements import GROSS_OF_ONE, Element, Elements
from dpemployer.payroll.pay_run import calculate
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip, PayslipInputs, PayslipLine, PensionTerms
from dpemployer.payroll.people import (
    CodeFrom,
    HolidayClass,
    OpeningHoliday,
    PayType,
    PensionBasis,
    PensionMembership,
    PensionRelief,
    StarterDeclaration,
    StudentLoanHeld,
    TaxCodeHeld,
)
from dpemployer.payroll.terms import Terms
from dpemployer.payroll.timesheet import Timesheet, TimesheetStatus
from dpemployer.payroll.working_time import WageExemption, WorkingTimeRecord
from dpemployer.payroll.year_to_date import YearToDate, of_payslip
from dpemployer.periods import PayFrequency
from dpemployer.workings import Step
from tests.builders import (
    MILEAGE,
    MONDAY,
    RATES,
    SLEEP_IN,
    a_person,
    a_rate,
    a_shift,
    an_employment,
    at,
    holiday_terms,
    pounds,
    regular,
    terms,
)

if TYPE_CHECKING:
    from dpemployer.findings import Finding
    from dpemployer.payroll.pay_run import PayRunResult, WorkedPay
    from dpemployer.statutory.rates import RateBook

SUNDAY = date(2026, 6, 7)
RUN = PayRun(
    id=1,
    frequency=PayFrequency.WEEKLY,
    first_day=MONDAY,
    last_day=SUNDAY,
    pay_date=date(2026, 6, 12),
    paid_on=date(2026, 6, 12),
)
APPROVED = Timesheet(
    1, 1, MONDAY, SUNDAY, TimesheetStatus.APPROVED, date(2026, 6, 8), "Helen Ashby"
)
THIRTY_HOURS = tuple(a_shift(MONDAY + timedelta(days=day), 360) for day in range(5))


def draft(**changes: Any) -> DraftPay:
    facts: dict[str, Any] = {
        "assistant": a_person(),
        "employment": an_employment(),
        "terms": terms(),
        "timesheet": APPROVED,
        "shifts": THIRTY_HOURS,
        **changes,
    }
    return DraftPay(**facts)


def result_of(
    *people: DraftPay, run: PayRun = RUN, unrecorded: tuple[str, ...] = ()
) -> PayRunResult:
    return calculate(DraftPayRun(run, people, unrecorded), RATES)


def pay_of(**changes: Any) -> WorkedPay:
    (pay,) = result_of(draft(**changes)).pays
    return pay


def findings_of(**changes: Any) -> dict[str, Finding]:
    return {finding.code: finding for finding in result_of(draft(**changes)).findings}


# ── figures ──


def test_pay_is_worked_out_from_hours_and_terms() -> None:
    pay = pay_of()

    # 396.00: tax (396 - 10 x 241.92) none; NI (396 - 242) x 8%; employer (396 - 96) x 15%.
    assert pay.result.pay == pounds("396.00")
    assert pay.result.tax == NOTHING
    assert pay.result.employee_ni == pounds("12.32")
    assert pay.result.employer_ni == pounds("45.00")
    assert pay.result.net_pay == pounds("383.68")
    assert pay.result.tax_period == 10


def test_tax_looks_back_over_the_year() -> None:
    to_date = YearToDate(taxable_pay=pounds("3000.00"), tax=pounds("200.00"))

    pay = pay_of(to_date=to_date)

    # 3,396.00 - 2,419.20 = 976.80; 20% of 976 is 195.20, so 4.80 is given back.
    assert pay.result.tax == pounds("-4.80")


def test_p45_figures_count_on_a_cumulative_code_only() -> None:
    to_date = YearToDate(previous_pay=pounds("5000.00"), previous_tax=pounds("500.00"))

    cumulative = pay_of(to_date=to_date)
    week_1 = pay_of(to_date=to_date, terms=terms(code="1257L W1"))

    assert cumulative.inputs.previous_pay == pounds("5000.00")
    assert cumulative.result.tax == pounds("95.20")
    assert week_1.inputs.previous_pay == NOTHING
    assert week_1.result.tax == pounds("30.80")
    assert (cumulative.tax_code, week_1.tax_code) == ("1257L", "1257L W1")


def test_loans_and_pension_come_from_the_terms() -> None:
    pension = PensionMembership(1, 1, MONDAY, "NEST")
    loans = (StudentLoanHeld(1, 1, "1", MONDAY), StudentLoanHeld(2, 1, "postgraduate", MONDAY))
    shifts = tuple(a_shift(MONDAY + timedelta(days=day), 600) for day in range(5))

    pay = pay_of(terms=terms(pensions=(pension,), loans=loans), shifts=shifts)

    assert pay.result.student_loan == pounds("12.00")
    assert pay.result.postgraduate_loan == pounds("15.00")
    assert pay.result.employee_pension == pounds("21.60")
    assert pay.result.employer_pension == pounds("16.20")


def test_expenses_are_added_after_everything() -> None:
    mileage = a_shift(pay_type=PayType.EXPENSES, label="Mileage", quantity=20)

    pay = pay_of(shifts=(*THIRTY_HOURS, mileage), terms=terms(a_rate(), MILEAGE))

    assert pay.result.net_pay == pounds("394.68")
    assert pay.result.pay == pounds("396.00")


def test_what_no_shift_made_is_added_before_tax(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        PayslipLine(PayType.NOTICE_IN_LIEU, "Notice", pounds("100.00")),
        PayslipLine(PayType.REDUNDANCY, "Redundancy pay", pounds("900.00")),
    )

    def adds(_run: PayRun, _draft: DraftPay, worked: Elements, _rates: RateBook) -> Elements:
        assert worked.worked_minutes == 1800
        step = Step(GROSS_OF_ONE, (), pounds("0.00"))
        return Elements(tuple(Element(line, step, ()) for line in lines), ())

    monkeypatch.setattr(added_pay, "_ADDING", (adds,))

    pay = pay_of()

    assert pay.result.pay == pounds("496.00")
    assert pay.result.taxable_pay == pounds("496.00")
    assert issued(RUN, pay).redundancy_pay == pounds("900.00")
    assert pay.elements.worked_minutes == 1800


def test_holiday_earned_and_left_are_worked_out_with_the_pay() -> None:
    before = HolidayBefore(
        opening=OpeningHoliday(1, 1, date(2026, 5, 31), 600, "a test"),
        rows=(HolidayRow(date(2026, 5, 31), 600, 60, 0),),
    )

    pay = pay_of(holiday=before)

    assert pay.accrual.earned == 240
    assert (pay.holiday.earned, pay.holiday.left) == (300, 900)


def test_holiday_taken_is_paid_at_the_average_of_paid_weeks() -> None:
    leave = a_shift(MONDAY + timedelta(days=4), 480, PayType.HOLIDAY, "Holiday")
    weeks = {date(2026, 5, 31): (600, pounds("150.00")), SUNDAY: (99, pounds("99.00"))}

    pay = pay_of(shifts=(a_shift(minutes=60), leave), paid_weeks=weeks)

    assert [line.amount for line in pay.elements.lines] == [pounds("13.20"), pounds("120.00")]
    assert pay.weeks == {SUNDAY: (540, pounds("133.20"))}


def test_weeks_of_this_very_period_count_in_the_average() -> None:
    monthly = regular()
    worked = a_shift(MONDAY, 600, label="Day")
    leave = a_shift(date(2026, 6, 15), 60, PayType.HOLIDAY, "Holiday")
    run = replace(
        RUN,
        frequency=PayFrequency.MONTHLY,
        last_day=date(2026, 6, 30),
        pay_date=date(2026, 6, 30),
    )
    sheet = replace(APPROVED, last_day=date(2026, 6, 30))
    already = {date(2026, 6, 6): (600, pounds("168.00"))}

    (pay,) = result_of(
        draft(employment=monthly, shifts=(worked, leave), timesheet=sheet, paid_weeks=already),
        run=run,
    ).pays

    # 132.00 + 168.00 for 1,200 minutes: 15.00 an hour.
    assert pay.elements.lines[1].amount == pounds("15.00")


def test_days_off_close_together_are_one_leave_at_one_average() -> None:
    four_weekly = an_employment(frequency=PayFrequency.FOUR_WEEKLY)
    run = replace(
        RUN,
        frequency=PayFrequency.FOUR_WEEKLY,
        last_day=date(2026, 6, 28),
        pay_date=date(2026, 7, 3),
        paid_on=date(2026, 7, 3),
    )
    leave = [
        a_shift(day, 60, PayType.HOLIDAY, "Holiday")
        for day in (date(2026, 6, 3), date(2026, 6, 8), date(2026, 6, 22))
    ]
    worked = a_shift(date(2026, 6, 9), 60)
    weeks = {date(2026, 5, 30): (60, pounds("10.00"))}

    (pay,) = result_of(
        draft(employment=four_weekly, shifts=(worked, *leave), paid_weeks=weeks), run=run
    ).pays

    assert [(line.minutes, line.rate) for line in pay.elements.lines[1:]] == [
        (120, pounds("10.00")),
        (60, pounds("11.60")),
    ]


def test_in_northern_ireland_the_average_week_gives_the_holiday() -> None:
    held = holiday_terms(
        holiday_class=HolidayClass.NORTHERN_IRELAND, leave_year_start=date(2026, 4, 1)
    )

    pay = pay_of(
        terms=terms(holiday=(held,)), paid_weeks={date(2026, 5, 31): (600, pounds("132.00"))}
    )

    assert pay.holiday.left == 3360


# ── findings ──


def test_an_ordinary_pay_run_has_nothing_in_the_way() -> None:
    result = result_of(draft(terms=terms(pensions=(PensionMembership(1, 1, MONDAY, "NEST"),))))

    assert result.findings == ()
    assert result.net_pay == pounds("372.64")
    result.refuse_if_blocked()


def coded(code: str, kind: CodeFrom, from_day: date) -> Terms:
    """Terms with one tax code, and who said so."""
    return replace(terms(), tax_codes=(TaxCodeHeld(1, 1, from_day, code, "a test", kind),))


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"terms": terms(a_rate("12.70"))}, "minimum_wage_short", Severity.BLOCKING),
        (
            {"timesheet": replace(APPROVED, status=TimesheetStatus.DRAFT)},
            "timesheet_not_approved",
            Severity.BLOCKING,
        ),
        ({"terms": Terms(rates=(a_rate(),))}, "no_tax_code", Severity.BLOCKING),
        ({"terms": replace(terms(), ni_letters=())}, "no_ni_letter", Severity.BLOCKING),
        ({"terms": terms(a_rate(label="Other"))}, "no_rate", Severity.BLOCKING),
        (
            {"employment": an_employment(started_on=date(2026, 6, 3))},
            "shift_outside_employment",
            Severity.BLOCKING,
        ),
        (
            {"employment": an_employment(left_on=date(2026, 6, 3))},
            "shift_outside_employment",
            Severity.BLOCKING,
        ),
        ({"assistant": a_person(nino="")}, "no_nino", Severity.NOTE),
        ({"other_employments": 1}, "pay_must_be_added_together", Severity.WARNING),
        ({"same_job_twice": True}, "same_job_twice", Severity.BLOCKING),
        ({"employment": an_employment(left_on=SUNDAY)}, "has_left", Severity.NOTE),
        ({"terms": terms(letter="C")}, "ni_letter_for_age", Severity.WARNING),
        ({"terms": terms(code="S1257L")}, "code_for_another_nation", Severity.NOTE),
        ({"assistant": a_person(lives_in="wales")}, "code_for_another_nation", Severity.NOTE),
        (
            {"employment": an_employment(starter_declaration=StarterDeclaration.P45)},
            "no_p45_figures",
            Severity.NOTE,
        ),
        ({}, "must_be_enrolled", Severity.WARNING),
        (
            {"assistant": a_person(born_on=date(2006, 1, 1)), "terms": terms(letter="M")},
            "may_opt_in",
            Severity.NOTE,
        ),
        (
            {
                "terms": terms(
                    pensions=(PensionMembership(1, 1, MONDAY, "NEST", employer_percent=Decimal(2)),)
                )
            },
            "pension_employer_below_minimum",
            Severity.WARNING,
        ),
        (
            {"shifts": (a_shift(minutes=60, pay_type=PayType.HOLIDAY),)},
            "holiday_overtaken",
            Severity.WARNING,
        ),
        ({"shifts": ()}, "nothing_paid", Severity.NOTE),
        (
            {"shifts": (a_shift(**at("08:00", "12:00")), a_shift(**at("09:00", "10:00")))},
            "shifts_overlap",
            Severity.WARNING,
        ),
        (
            {
                "terms": terms(
                    a_rate(), a_rate("0.60", PayType.EXPENSES, "Mileage", per=MILEAGE.per)
                ),
                "shifts": (
                    *THIRTY_HOURS,
                    a_shift(pay_type=PayType.EXPENSES, label="Mileage", quantity=3),
                ),
            },
            "mileage_above_approved",
            Severity.WARNING,
        ),
        (
            {
                "terms": replace(
                    terms(), tax_codes=(TaxCodeHeld(1, 1, date(2026, 3, 1), "1257L M1", "a test"),)
                )
            },
            "week1_ended",
            Severity.NOTE,
        ),
        ({"not_ticked": ("The right to work",)}, "starter_not_ticked", Severity.WARNING),
        (
            {"terms": coded("0T W1", CodeFrom.STARTER_CHECKLIST, date(2026, 6, 1))},
            "no_starter_statement",
            Severity.WARNING,
        ),
        (
            {"terms": coded("1257L W1", CodeFrom.STARTER_CHECKLIST, date(2026, 4, 6))},
            "emergency_code_for_long",
            Severity.NOTE,
        ),
    ],
)
def test_what_there_is_to_look_at(changes: dict[str, Any], code: str, severity: Severity) -> None:
    finding = findings_of(**changes)[code]

    assert finding.severity is severity
    assert finding.subject
    assert finding.message.endswith(".")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {"terms": coded("0T W1", CodeFrom.HMRC_NOTICE, date(2026, 6, 1))},
            "no_starter_statement",
        ),
        (
            {"terms": coded("1257L W1", CodeFrom.P45, date(2026, 6, 1))},
            "emergency_code_for_long",
        ),
        (
            {"terms": coded("1257L W1", CodeFrom.HMRC_NOTICE, date(2026, 4, 6))},
            "emergency_code_for_long",
        ),
        (
            {"terms": terms(code="NT"), "assistant": a_person(lives_in="scotland")},
            "code_for_another_nation",
        ),
        (
            {"terms": terms(code="S1257L"), "assistant": a_person(lives_in="scotland")},
            "code_for_another_nation",
        ),
        (
            {
                "employment": an_employment(starter_declaration=StarterDeclaration.P45),
                "to_date": YearToDate(previous_pay=pounds("10.00")),
            },
            "no_p45_figures",
        ),
        ({"terms": terms(pensions=(PensionMembership(1, 1, MONDAY, "NEST"),))}, "must_be_enrolled"),
        ({"shifts": (a_shift(minutes=60),)}, "must_be_enrolled"),
        (
            {
                "terms": terms(
                    pensions=(
                        PensionMembership(1, 1, date(2026, 4, 6), "NEST", to_day=date(2026, 5, 1)),
                    )
                )
            },
            "must_be_enrolled",
        ),
        (
            {"terms": terms(a_rate("13.20", PayType.EXPENSES, "Bus"), a_rate())},
            "mileage_above_approved",
        ),
    ],
)
def test_what_there_is_not_to_look_at(changes: dict[str, Any], code: str) -> None:
    assert code not in findings_of(**changes)


def test_the_minimum_wage_rate_of_the_first_day_counts_for_the_period() -> None:
    run = replace(
        RUN,
        first_day=date(2026, 3, 30),
        last_day=date(2026, 4, 5),
        pay_date=date(2026, 4, 10),
        paid_on=date(2026, 4, 10),
    )
    shifts = tuple(a_shift(date(2026, 4, day), 360) for day in (1, 2, 3))
    person = draft(
        shifts=shifts,
        employment=an_employment(started_on=date(2025, 1, 1)),
        terms=terms(a_rate("12.50", from_day=date(2026, 3, 1))),
    )

    # 12.71 begins on 1 April 2026, and this period on 30 March, at 12.21.
    codes = {finding.code for finding in result_of(person, run=run).findings}

    assert "minimum_wage_short" not in codes


def test_a_sleep_in_is_lawful_as_long_as_the_period_is() -> None:
    night = a_shift(
        minutes=540, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=1, awake_minutes=540
    )

    assert "minimum_wage_short" in findings_of(shifts=(night,), terms=terms(a_rate(), SLEEP_IN))
    asleep = replace(night, awake_minutes=60)
    assert "minimum_wage_short" not in findings_of(
        shifts=(asleep,), terms=terms(a_rate(), SLEEP_IN)
    )


def test_family_in_the_employers_home_may_be_paid_less() -> None:
    family = WorkingTimeRecord(1, 1, wage_exemption=WageExemption.FAMILY_HOME)

    findings = findings_of(working_time=family, terms=terms(a_rate("10.00")))

    assert findings["outside_minimum_wage"].severity is Severity.NOTE
    assert "they are of your family, live in your home" in findings["outside_minimum_wage"].message
    assert "minimum_wage_short" not in findings


def test_somebody_without_a_timesheet_is_named_and_not_paid() -> None:
    result = result_of(draft(), unrecorded=("Bo Lund",))

    assert [finding.subject for finding in result.findings if finding.code == "no_timesheet"] == [
        "Bo Lund"
    ]
    assert len(result.pays) == 1
    result.refuse_if_blocked()


def test_a_run_with_nobody_to_pay_is_refused() -> None:
    with pytest.raises(PayRunBlockedError, match="nobody to pay") as refused:
        result_of(unrecorded=("Bo Lund",)).refuse_if_blocked()

    assert refused.value.why == "Nobody has a timesheet for these days."
    assert "empty timesheet" in refused.value.next_step
    with pytest.raises(PayRunBlockedError, match="nobody to pay") as all_paid:
        result_of().refuse_if_blocked()
    assert all_paid.value.why.startswith("Everybody paid together for these days has been paid")


def test_a_blocked_run_says_who_and_why() -> None:
    result = result_of(draft(terms=terms(a_rate("12.70"))))

    with pytest.raises(PayRunBlockedError, match="cannot be finalised yet") as refused:
        result.refuse_if_blocked()
    assert refused.value.why.startswith("Ada Keane: This pay is £0.30 less")


def test_deductions_that_come_to_more_than_the_pay_block_that_person_alone() -> None:
    k_code = draft(
        terms=terms(code="K9999", loans=(StudentLoanHeld(1, 1, "5", MONDAY),)),
        shifts=tuple(a_shift(MONDAY + timedelta(days=day), 720) for day in range(6)),
        to_date=YearToDate(taxable_pay=pounds("90000.00")),
    )

    result = result_of(k_code, draft())

    assert len(result.pays) == 2
    impossible = replace(
        k_code, terms=replace(k_code.terms, ni_letters=terms(letter="Q").ni_letters)
    )
    blocked = result_of(impossible, draft())
    assert len(blocked.pays) == 1
    (finding,) = [found for found in blocked.findings if found.code == "cannot_be_worked_out"]
    assert finding.blocks


def test_a_payday_on_a_day_banks_are_closed_is_moved_and_keeps_its_tax_week() -> None:
    run = replace(RUN, pay_date=date(2026, 8, 31), paid_on=date(2026, 8, 28))

    result = result_of(draft(), run=run)

    assert result.findings[0].code == "payday_moved"
    assert "28 August 2026" in result.findings[0].message
    assert result.pays[0].result.tax_period == 22


@pytest.mark.parametrize(
    ("frequency", "tax_period", "tax"),
    [
        (PayFrequency.WEEKLY, 53, "30.80"),
        (PayFrequency.FORTNIGHTLY, 54, "0.00"),
        (PayFrequency.FOUR_WEEKLY, 56, "0.00"),
    ],
)
def test_one_payday_too_many_is_taxed_on_its_own(
    frequency: PayFrequency, tax_period: int, tax: str
) -> None:
    last_day = date(2027, 4, 5)
    run = replace(
        RUN,
        frequency=frequency,
        first_day=date(2027, 3, 22),
        last_day=date(2027, 3, 28),
        pay_date=last_day,
        paid_on=last_day,
    )
    shifts = tuple(a_shift(date(2027, 3, day), 360) for day in range(22, 27))

    result = result_of(
        draft(shifts=shifts, to_date=YearToDate(taxable_pay=pounds("9000.00"))), run=run
    )

    assert "extra_payday" in {finding.code for finding in result.findings}
    assert result.pays[0].result.tax_period == tax_period
    assert result.pays[0].result.tax == pounds(tax)


def test_a_payday_outside_the_years_known_is_refused_by_name() -> None:
    with pytest.raises(RatesUnknownError, match="6 April 2027"):
        result_of(draft(), run=replace(RUN, pay_date=date(2027, 4, 6)))


def test_a_membership_can_be_looked_at_without_paying_anybody() -> None:
    too_little = PensionMembership(1, 1, MONDAY, "NEST", employer_percent=Decimal(2))

    codes = [finding.code for finding in pension_findings(too_little, RATES.on(MONDAY))]

    assert codes == ["pension_employer_below_minimum", "pension_total_below_minimum"]


def test_a_person_has_initials_for_returns() -> None:
    assert a_person(first_names="Ada May").initials == "A.M.K."


def test_advice_uses_the_nearest_day_known() -> None:
    assert known_rates(RATES, date(2019, 1, 1)) is RATES.on(RATES.first_day)
    assert known_rates(RATES, date(2031, 1, 1)) is RATES.on(RATES.last_day)
    assert known_rates(RATES, MONDAY) is RATES.on(MONDAY)


# ── payslips ──


def slip_of(**changes: Any) -> Payslip:
    return issued(RUN, pay_of(**changes))


def test_a_payslip_holds_everything_it_was_worked_out_with() -> None:
    slip = slip_of()

    assert (slip.pay_run_id, slip.employment_id, slip.name) == (1, 1, "Ada Keane")
    assert (slip.tax_year, slip.tax_period, slip.rates_used) == ("2026-27", 10, "uk-2026-27")
    assert (slip.gross_pay, slip.net_pay) == (pounds("396.00"), pounds("383.68"))
    assert (slip.minutes, slip.worked_minutes, slip.holiday_minutes_earned) == (1800, 1800, 240)
    assert slip.workings[0].sentence == "Day: 30 h at £13.20 an hour is £396.00."
    assert inputs_from(slip.inputs) == pay_of().inputs
    assert slip.reverses_id is None


def test_a_reversal_undoes_every_figure() -> None:
    mileage = a_shift(pay_type=PayType.EXPENSES, label="Mileage", quantity=20)
    slip = replace(
        slip_of(shifts=(*THIRTY_HOURS, mileage), terms=terms(a_rate(), MILEAGE)),
        id=7,
        deductions=(("Loan back", pounds("5.00")),),
        other_deductions=pounds("5.00"),
    )

    mirror = mirror_image(slip, 2)

    together = of_payslip(slip) + of_payslip(mirror)
    assert together == YearToDate()
    signed = [field.name for field in fields(Payslip) if field.type == "Money"]
    assert all(getattr(mirror, name) == -getattr(slip, name) for name in signed)
    assert (mirror.id, mirror.pay_run_id, mirror.reverses_id) == (0, 2, 7)
    assert [line.amount for line in mirror.lines] == [-line.amount for line in slip.lines]
    assert [line.quantity for line in mirror.lines] == [0, -20]
    assert mirror.deductions == (("Loan back", pounds("-5.00")),)
    assert (mirror.worked_minutes, mirror.holiday_minutes_earned) == (-1800, -240)
    assert (mirror.tax_code, mirror.ni_letter, mirror.pay_date) == ("1257L", "A", RUN.pay_date)


def test_every_figure_of_a_payslip_can_say_how_it_was_worked_out() -> None:
    loans = (StudentLoanHeld(1, 1, "1", MONDAY), StudentLoanHeld(2, 1, "postgraduate", MONDAY))
    mileage = a_shift(pay_type=PayType.EXPENSES, label="Mileage", quantity=20)
    slip = slip_of(
        terms=terms(
            a_rate(), MILEAGE, loans=loans, pensions=(PensionMembership(1, 1, MONDAY, "NEST"),)
        ),
        shifts=(*THIRTY_HOURS, mileage),
    )

    explained = {name.key: steps_for(name.key, slip.workings) for name in FIGURES}

    assert {key for key, steps in explained.items() if not steps} == {"redundancy_pay"}
    together = {"other_deductions", "pension_relief", "redundancy_pay"}
    for key in {name.key for name in FIGURES} - together:
        assert explained[key][-1].result == str(getattr(slip, key)), key
    assert steps_for("line:1", slip.workings)[0].sentence.startswith("Mileage: 20 miles at £0.55")
    assert steps_for("line:2", slip.workings) == ()
    assert [step.rule for step in steps_for(HOLIDAY.key, slip.workings)] == [
        "holiday.earned",
        "holiday.balance",
    ]
    assert steps_for("minimum_wage", slip.workings)


def test_taxable_pay_says_what_of_the_pay_is_taxed() -> None:
    member = PensionMembership(1, 1, MONDAY, "NEST", relief=PensionRelief.NET_PAY)
    slip = slip_of(terms=terms(a_rate(), pensions=(member,)))

    step = steps_for("taxable_pay", slip.workings)[-1]

    assert step.result == str(slip.taxable_pay)
    assert step.sentence == (
        "Tax is worked out on pay of £396.00, with nothing added, and less £13.80 taken for the "
        "pension before tax. That is £382.20."
    )


def test_a_reversal_explains_every_figure_in_one_sentence() -> None:
    mirror = mirror_image(replace(slip_of(), id=7), 2)

    assert steps_for("tax", mirror.workings) == mirror.workings
    assert steps_for("line:0", mirror.workings) == mirror.workings
    assert "takes back the payslip of 12 June 2026 for Ada Keane" in mirror.workings[0].sentence


def test_inputs_are_read_back_exactly_as_they_were() -> None:
    inputs = PayslipInputs(
        pay_date=MONDAY,
        frequency=PayFrequency.MONTHLY,
        tax_code="K45",
        ni_letter="J",
        pay=pounds("1234.56"),
        week1_month1=True,
        period_number=2,
        extra_period=True,
        loan_plan="4",
        postgraduate_loan=True,
        pension=PensionTerms(
            PensionBasis.ALL_EARNINGS_SET_3, PensionRelief.NET_PAY, Decimal("4.5"), Decimal(3)
        ),
        tax_to_date=Money(-5),
        other_deductions=(("Rent", pounds("10.00")),),
    )

    assert inputs_from(inputs_text(inputs)) == inputs
    with_day = replace(inputs, first_day=SUNDAY, pension=None)
    assert inputs_from(inputs_text(with_day)) == with_day


def test_a_pay_run_is_a_draft_until_it_is_final() -> None:
    final = replace(RUN, status=PayRunStatus.FINAL, finalised_at=datetime(2026, 6, 9, tzinfo=UTC))

    assert (RUN.status, final.status) == ("draft", "final")
