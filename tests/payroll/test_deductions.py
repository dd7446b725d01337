"""What is taken from net pay: orders in their turn, what was agreed after them, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.findings import Severity
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deduction_terms import (
    AmountsPer,
    AttachmentOrder,
    DeductionLine,
    DeductionsHeld,
    FixedDeduction,
    OrderHeld,
    OrderKind,
    OwedBack,
    OwedBackHeld,
    OwedBackKind,
)
from dpemployer.payroll.deductions import (
    order_on,
    overpaid_taken,
    owed_to_others,
    payments_in,
)
from dpemployer.payroll.draft_pay import DraftPay, DraftPayRun
from dpemployer.payroll.figures import steps_for, steps_of_deduction
from dpemployer.payroll.inputs import inputs_from, inputs_text
from dpemployer.payroll.issue import issued, mirror_image
from dpemployer.payroll.pay_elements import Element, Elements
from dpemployer.payroll.pay_run import calculate
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import (
    PayType,
    PensionBasis,
    PensionMembership,
    StudentLoanHeld,
)
from dpemployer.payroll.timesheet import Timesheet, TimesheetStatus
from dpemployer.payroll.working_time import WageExemption, WorkingTimeRecord
from dpemployer.payroll.year_to_date import YearToDate
from dpemployer.periods import PayFrequency
from tests.builders import MONDAY, RATES, a_person, a_rate, a_shift, an_employment, pounds, terms

if TYPE_CHECKING:
    from dpemployer.findings import Finding
    from dpemployer.payroll.pay_run import PayRunResult, WorkedPay

SUNDAY = date(2026, 6, 7)
PAYDAY = date(2026, 6, 12)
RUN = PayRun(1, PayFrequency.WEEKLY, MONDAY, SUNDAY, PAYDAY, PAYDAY)
APPROVED = Timesheet(1, 1, MONDAY, SUNDAY, TimesheetStatus.APPROVED, SUNDAY, "Helen Ashby")
THIRTY_HOURS = tuple(a_shift(MONDAY + timedelta(days=day), 360) for day in range(5))
CAME = date(2026, 5, 1)


def an_order(kind: OrderKind = OrderKind.DEO, **said: Any) -> AttachmentOrder:
    """An order that came on 1 May 2026."""
    facts: dict[str, Any] = {
        "id": 1,
        "employment_id": 1,
        "kind": kind,
        "issuer": "Child Maintenance Service",
        "reference": "123",
        "made_on": CAME,
        "from_day": CAME,
        "normal": Money(50_00),
        **said,
    }
    return AttachmentOrder(**facts)


def a_debt(**said: Any) -> OwedBack:
    """An advance of £100 that comes back by £40 a payday."""
    facts: dict[str, Any] = {
        "id": 1,
        "employment_id": 1,
        "kind": OwedBackKind.ADVANCE,
        "amount": Money(100_00),
        "day": CAME,
        "instalment": Money(40_00),
        "first_on": CAME,
        "agreed_on": CAME,
        **said,
    }
    return OwedBack(**facts)


def a_fixed(**said: Any) -> FixedDeduction:
    """£3.50 each payday."""
    facts: dict[str, Any] = {
        "id": 1,
        "employment_id": 1,
        "purpose": "Union subscription",
        "amount": Money(3_50),
        "from_day": CAME,
        "agreed_on": CAME,
        **said,
    }
    return FixedDeduction(**facts)


def held(
    *orders: AttachmentOrder | OrderHeld,
    owed: tuple[OwedBack | OwedBackHeld, ...] = (),
    fixed: tuple[FixedDeduction, ...] = (),
) -> DeductionsHeld:
    return DeductionsHeld(
        tuple(one if isinstance(one, OrderHeld) else OrderHeld(one) for one in orders),
        tuple(one if isinstance(one, OwedBackHeld) else OwedBackHeld(one) for one in owed),
        fixed,
    )


def draft(deductions: DeductionsHeld, **changes: Any) -> DraftPay:
    facts: dict[str, Any] = {
        "assistant": a_person(),
        "employment": an_employment(),
        "terms": terms(),
        "timesheet": APPROVED,
        "shifts": THIRTY_HOURS,
        "deductions": deductions,
        **changes,
    }
    return DraftPay(**facts)


def result_of(deductions: DeductionsHeld, **changes: Any) -> PayRunResult:
    return calculate(DraftPayRun(RUN, (draft(deductions, **changes),)), RATES)


def pay_of(deductions: DeductionsHeld, **changes: Any) -> WorkedPay:
    (pay,) = result_of(deductions, **changes).pays
    return pay


def findings_of(deductions: DeductionsHeld, **changes: Any) -> dict[str, Finding]:
    return {one.code: one for one in result_of(deductions, **changes).findings}


def taken(pay: WorkedPay) -> list[tuple[str, int]]:
    return [(purpose, amount.pence) for purpose, amount in pay.inputs.other_deductions]


# ── orders ──


def test_an_order_takes_from_net_pay_and_says_so_on_the_payslip() -> None:
    # £396.00 less £12.32 of National Insurance is £383.68, as worked out without the order.
    pay = pay_of(held(an_order(charge=True, charge_told_on=CAME)))

    assert taken(pay) == [
        ("Child maintenance order, Child Maintenance Service", 50_00),
        ("Employer’s charge: Child maintenance order, Child Maintenance Service", 1_00),
    ]
    assert pay.result.net_pay == pounds("332.68")
    assert issued(RUN, pay).other_deductions == pounds("51.00")
    assert pay.taken.kept == (
        DeductionLine(
            0, 1, 0, PAYDAY, Money(50_00), order_id=1, charge=Money(1_00), carried=NOTHING
        ),
    )


def test_how_it_was_worked_out_is_said_in_order() -> None:
    slip = issued(RUN, pay_of(held(an_order())))

    said = [step.sentence for step in steps_for("other_deductions", slip.workings)]
    assert " ".join(said) == (
        "Pay of £396.00, less £12.32 National Insurance, leaves £383.68 for orders to be worked "
        "out on. "
        "60% of net earnings of £383.68 is protected: £230.21 must be left. "
        "The order asks for £50.00 on this payday. "
        "Child maintenance order, Child Maintenance Service: £50.00 is taken. "
        "Pay of £396.00, less £12.32 National Insurance, £50.00 other deductions, leaves £333.68."
    )


def test_each_deduction_has_its_own_working() -> None:
    council = an_order(
        OrderKind.CTAEO, id=2, issuer="Leeds", nation=Nation.ENGLAND, made_on=date(2026, 5, 2),
        charge=True, charge_told_on=CAME,
    )  # fmt: skip
    slip = issued(RUN, pay_of(held(an_order(), council, owed=(a_debt(),))))

    said = {
        purpose: [step.rule for step in steps_of_deduction(purpose, slip.workings)]
        for purpose, _amount in slip.deductions
    }
    assert said == {
        "Child maintenance order, Child Maintenance Service": [
            "deduction.net_earnings",
            "order.protected_share",
            "order.asked",
            "deduction.order",
        ],
        "Council tax order, Leeds": [
            "deduction.net_earnings",
            "order.council_tax",
            "order.charge",
            "deduction.order",
        ],
        "Employer’s charge: Council tax order, Leeds": [
            "deduction.net_earnings",
            "order.council_tax",
            "order.charge",
            "deduction.order",
        ],
        "Advance of pay paid back": ["deduction.agreed"],
    }
    assert steps_of_deduction("Something else", slip.workings) == ()
    (only,) = steps_of_deduction("Anything", mirror_image(slip, 2).workings)
    assert only.rule == "payslip.reversal"


def test_net_earnings_say_everything_that_was_taken_first() -> None:
    # £528.00: tax 20% of £286 on its own, National Insurance 8% of £286, pension 4% of it all
    pension = PensionMembership(1, 1, date(2026, 4, 6), "Nest", PensionBasis.ALL_EARNINGS_SET_3)
    slip = issued(
        RUN,
        pay_of(
            held(an_order()),
            shifts=tuple(a_shift(MONDAY + timedelta(days=day), 480) for day in range(5)),
            terms=terms(code="1257L W1", pensions=(pension,)),
        ),
    )

    (first, *_rest) = steps_for("other_deductions", slip.workings)
    assert first.sentence == (
        "Pay of £528.00, less £57.20 Income Tax, £22.88 National Insurance, £21.12 for the "
        "pension, leaves £426.80 for orders to be worked out on."
    )


def test_amounts_for_a_week_are_for_each_week_of_the_pay() -> None:
    four_weeks = replace(RUN, frequency=PayFrequency.FOUR_WEEKLY)
    weekly = an_order(OrderKind.AEO_PRIORITY, amounts_per=AmountsPer.WEEK, protected=Money(200_00))
    daily = an_order(OrderKind.CURRENT_MAINTENANCE, amounts_per=AmountsPer.MONTH)

    found = order_on(OrderHeld(weekly), four_weeks)
    by_day = order_on(OrderHeld(daily, last_on=PAYDAY), four_weeks)

    assert (found.normal, found.protected, found.days) == (Money(200_00), Money(800_00), 0)
    assert (by_day.normal, by_day.days) == (Money(50_00), 0)
    told_today = an_order(charge=True, charge_told_on=PAYDAY)
    assert order_on(OrderHeld(told_today), RUN).charge


def test_everything_the_employer_keeps_counts_together() -> None:
    orders = (
        an_order(normal=Money(10_00), charge=True, charge_told_on=CAME),
        an_order(id=2, normal=Money(10_00), charge=True, charge_told_on=CAME),
    )
    fixed = (
        a_fixed(needed_for_job=True),
        a_fixed(id=2, needed_for_job=True),
        a_fixed(id=3, amount=Money(9_00)),
    )

    assert pay_of(held(*orders, fixed=fixed)).taken.for_employer == Money(2_00 + 7_00)


def test_findings_are_about_the_person_and_name_the_order() -> None:
    short = an_order(OrderKind.AEO_PRIORITY, normal=Money(300_00), protected=Money(380_00))
    deductions = held(short, an_order(id=2), owed=(a_debt(),))
    leaver = an_employment(left_on=SUNDAY)

    found = findings_of(deductions, employment=leaver)

    for code in ("order_short", "orders_combined", "less_than_agreed", "still_owed_at_the_end"):
        assert found[code].subject == "Ada Keane"
    assert found["order_short"].message.startswith(
        "Attachment of earnings order, maintenance or fine, Child Maintenance Service: £296.32 "
    )
    assert found["less_than_agreed"].message.startswith(
        "Advance of pay paid back: £40.00 was agreed, and there is pay for £0.00."
    )


def test_nothing_is_said_of_who_stays_or_has_paid_all_back() -> None:
    nearly = OwedBackHeld(a_debt(), Money(60_00))

    for employment in (an_employment(left_on=SUNDAY), an_employment()):
        found = findings_of(held(owed=(nearly,)), employment=employment)
        assert "still_owed_at_the_end" not in found
    later = an_employment(left_on=SUNDAY + timedelta(days=1))
    assert "still_owed_at_the_end" not in findings_of(held(owed=(a_debt(),)), employment=later)


def test_what_was_carried_is_asked_for_again() -> None:
    before = OrderHeld(an_order(shortfall=Money(5_00)), carried=Money(20_00))

    pay = pay_of(held(before))

    assert taken(pay)[0][1] == 75_00
    assert pay.taken.kept[0].carried == Money(-25_00)


def test_what_cannot_be_taken_is_carried_and_somebody_is_to_be_told() -> None:
    order = an_order(normal=Money(200_00))

    pay, findings = pay_of(held(order)), findings_of(held(order))

    assert taken(pay)[0][1] == 153_47
    assert pay.taken.kept[0].carried == Money(46_53)
    assert "£46.53 could not be taken" in findings["order_short"].message
    assert "added on the next payday" in findings["order_short"].message


def test_an_order_that_carries_nothing_says_so() -> None:
    order = an_order(OrderKind.AEO_NON_PRIORITY, protected=Money(360_00))

    pay, findings = pay_of(held(order)), findings_of(held(order))

    assert taken(pay)[0][1] == 23_68
    assert pay.taken.kept[0].carried == NOTHING
    assert "It is not added later" in findings["order_short"].message


def test_an_order_that_takes_nothing_is_worth_a_word() -> None:
    order = an_order(OrderKind.EARNINGS_ARRESTMENT, issuer="Scott & Co")
    little = (a_shift(MONDAY, 600),)

    findings = findings_of(held(order), shifts=little)

    assert "Tell Scott & Co so" in findings["order_nothing"].message
    assert pay_of(held(order), shifts=little).taken.kept == ()
    assert "rates_unconfirmed" in findings


def test_a_charge_needs_a_notice_and_room_above_the_minimum_wage() -> None:
    untold = an_order(charge=True, charge_told_on=date(2026, 7, 1))
    assert len(taken(pay_of(held(untold)))) == 1

    # £12.71 for each of 30 hours is £381.30: at £12.74 an hour there is 90p of room.
    told = an_order(charge=True, charge_told_on=CAME)
    near = terms(a_rate("12.74"))
    assert len(taken(pay_of(held(told), terms=near))) == 1
    assert "order_charge_left_out" in findings_of(held(told), terms=near)
    family = WorkingTimeRecord(1, 1, wage_exemption=WageExemption.FAMILY_HOME)
    assert len(taken(pay_of(held(told), terms=near, working_time=family))) == 2


def test_orders_together_are_met_in_turn_and_looked_at() -> None:
    council = an_order(
        OrderKind.CTAEO, id=2, issuer="Leeds", nation=Nation.ENGLAND, made_on=date(2026, 5, 2)
    )
    benefit = an_order(OrderKind.DEA_STANDARD, id=3, issuer="DWP")

    pay = pay_of(held(benefit, council, an_order()))
    findings = findings_of(held(benefit, council, an_order()))

    # £333.68 is left for the council: 12%; then 15% of all £383.68, as far as 60% is left
    assert [amount for _purpose, amount in taken(pay)] == [50_00, 40_04, 57_55]
    assert {"orders_combined", "benefit_debt_beside_others", "rates_unconfirmed"} <= set(findings)


def test_an_order_ends_when_all_is_paid_or_its_last_day_has_passed() -> None:
    paid = OrderHeld(an_order(total=Money(100_00)), taken=Money(100_00))
    nearly = OrderHeld(an_order(total=Money(100_00)), taken=Money(90_00))
    ended = an_order(to_day=date(2026, 6, 11))
    later = an_order(from_day=date(2026, 6, 13))

    assert taken(pay_of(held(paid))) == []
    assert taken(pay_of(held(nearly)))[0][1] == 10_00
    assert taken(pay_of(held(ended))) == []
    assert taken(pay_of(held(later))) == []


def test_maintenance_by_the_day_counts_from_the_last_payday() -> None:
    order = an_order(OrderKind.CURRENT_MAINTENANCE, normal=Money(3_00))

    first = order_on(OrderHeld(order), RUN)
    next_time = order_on(OrderHeld(order, last_on=date(2026, 6, 5)), RUN)

    assert (first.days, next_time.days) == (42, 7)
    assert taken(pay_of(held(OrderHeld(order, last_on=date(2026, 6, 5)))))[0][1] == 21_00


def test_amounts_for_a_week_are_multiplied_and_other_lengths_are_refused() -> None:
    assert payments_in(AmountsPer.WEEK, PayFrequency.FOUR_WEEKLY) == 4
    assert payments_in(AmountsPer.MONTH, PayFrequency.MONTHLY) == 1
    assert payments_in(AmountsPer.PAYDAY, PayFrequency.MONTHLY) == 1
    for per, frequency in (
        (AmountsPer.WEEK, PayFrequency.MONTHLY),
        (AmountsPer.MONTH, PayFrequency.WEEKLY),
    ):
        with pytest.raises(EntryError, match="another length of time"):
            payments_in(per, frequency)

    blocked = findings_of(held(an_order(amounts_per=AmountsPer.MONTH)))
    assert blocked["cannot_be_worked_out"].severity is Severity.BLOCKING


def test_family_pay_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    line = PayslipLine(PayType.SMP, "Statutory Maternity Pay", Money(190_00))
    element = Element(line, pay_of(held()).elements.elements[0].step, ((MONDAY, 0, 1),))
    monkeypatch.setattr(
        "dpemployer.payroll.pay_run.added_pay",
        lambda *_facts: Elements((element,), ()),
    )

    pay = pay_of(held(an_order()), shifts=())

    assert taken(pay) == []
    assert "order_beside_family_pay" in findings_of(held(an_order()), shifts=())


def test_tax_given_back_is_said_as_added() -> None:
    """Pay of £13.20 in tax week 10, after £3,000 that £600 was taken from."""
    pay = pay_of(
        held(an_order()),
        shifts=(a_shift(MONDAY, 60),),
        to_date=YearToDate(taxable_pay=Money(3000_00), tax=Money(600_00)),
    )

    refund = -pay.result.tax
    slip = issued(RUN, pay)
    (said, *_rest) = steps_of_deduction(slip.deductions[0][0], slip.workings)
    assert refund > NOTHING
    assert said.sentence == (
        f"Pay of £13.20, less nothing, plus {refund} of tax given back, comes to "
        f"{refund + Money(13_20)} for orders to be worked out on."
    )


# ── student loans ──


def test_a_student_loan_leaves_what_an_order_protects() -> None:
    # 60 hours of £13.20 are £792.00. Tax 20% of 550 is £110.00; National Insurance £44.00.
    # Plan 5 takes 9% of what is over £480.76: £28. An order that protects £580 takes £50 of
    # the £638.00 there is, and leaves £8 for the loan.
    loan = (StudentLoanHeld(1, 1, "5", date(2026, 4, 6)),)
    sixty = tuple(a_shift(MONDAY + timedelta(days=day), 720) for day in range(5))
    facts: dict[str, Any] = {
        "shifts": sixty,
        "terms": terms(code="1257L W1", loans=loan),
    }
    without = pay_of(held(), **facts)
    order = an_order(OrderKind.AEO_PRIORITY, protected=Money(580_00))

    pay, findings = pay_of(held(order), **facts), findings_of(held(order), **facts)

    assert without.result.student_loan == Money(28_00)
    assert without.result.net_pay == Money(610_00)
    assert pay.result.student_loan == Money(8_00)
    assert pay.result.net_pay == Money(580_00)
    assert {"loan_gives_way", "order_beside_loan"} <= set(findings)
    said = steps_for("student_loan", issued(RUN, pay).workings)
    assert said[-1].sentence == (
        "Loans would come to £28.00. An order comes first, and what it protects must be left, so "
        "£8.00 is taken."
    )
    assert inputs_from(inputs_text(pay.inputs)) == pay.inputs


# ── what was agreed ──


def test_an_advance_comes_back_by_instalments_until_nothing_is_left() -> None:
    first = pay_of(held(owed=(a_debt(),)))
    last = pay_of(held(owed=(OwedBackHeld(a_debt(), Money(80_00)),)))
    over = pay_of(held(owed=(OwedBackHeld(a_debt(), Money(100_00)),)))

    assert taken(first) == [("Advance of pay paid back", 40_00)]
    assert taken(last) == [("Advance of pay paid back", 20_00)]
    assert taken(over) == []
    assert first.taken.kept == (DeductionLine(0, 1, 0, PAYDAY, Money(40_00), owed_back_id=1),)


def test_what_was_agreed_goes_into_nothing_an_order_protects() -> None:
    order = an_order(OrderKind.AEO_PRIORITY, protected=Money(320_00))
    deductions = held(order, owed=(a_debt(),), fixed=(a_fixed(),))

    pay, findings = pay_of(deductions), findings_of(deductions)

    # £383.68 less £50.00 leaves £13.68 above £320.00: £3.50, and £10.18 of the £40.00.
    assert [amount for _purpose, amount in taken(pay)] == [50_00, 3_50, 10_18]
    assert pay.result.net_pay == Money(320_00)
    assert "there is pay for £10.18" in findings["less_than_agreed"].message
    said = [step.sentence for step in steps_for("other_deductions", issued(RUN, pay).workings)]
    assert "Union subscription: £3.50 is taken, as agreed in writing." in said
    assert "Advance of pay paid back: £40.00 was agreed, and there is pay for £10.18 of it." in said


def test_nothing_is_taken_from_no_pay() -> None:
    pay = pay_of(held(owed=(a_debt(),), fixed=(a_fixed(),)), shifts=())

    assert taken(pay) == []
    assert pay.taken.kept == ()


def test_what_stops_is_taken_no_more() -> None:
    stopped = a_debt(stopped_on=date(2026, 6, 11))
    later = a_debt(first_on=date(2026, 6, 13))
    ended = a_fixed(to_day=date(2026, 6, 11))
    begins = a_fixed(from_day=date(2026, 6, 13))

    assert taken(pay_of(held(owed=(stopped, later), fixed=(ended, begins)))) == []


def test_first_and_last_days_are_inside() -> None:
    a_day = timedelta(days=1)
    order = OrderHeld(an_order(from_day=PAYDAY, to_day=PAYDAY))
    owed = OwedBackHeld(a_debt(first_on=PAYDAY, stopped_on=PAYDAY))
    fixed = DeductionsHeld(fixed=(a_fixed(from_day=PAYDAY, to_day=PAYDAY),))

    for day, inside in ((PAYDAY - a_day, False), (PAYDAY, True), (PAYDAY + a_day, False)):
        assert order.in_force(day) is inside
        assert owed.in_force(day) is inside
        assert bool(fixed.on(day)) is inside
    open_ended = held(an_order(), owed=(a_debt(),), fixed=(a_fixed(),))
    assert open_ended.on(PAYDAY) == open_ended


def test_anything_at_all_counts_as_something() -> None:
    assert DeductionsHeld(orders=(OrderHeld(an_order()),))
    assert DeductionsHeld(owed_back=(OwedBackHeld(a_debt()),))
    assert DeductionsHeld(fixed=(a_fixed(),))
    assert not DeductionsHeld()


def test_who_leaves_owing_is_said() -> None:
    leaver = an_employment(left_on=date(2026, 6, 5))
    for kind, words in (
        (OwedBackKind.ADVANCE, "£60.00 of the advance"),
        (OwedBackKind.LOAN, "£60.00 of the loan"),
        (OwedBackKind.OVERPAYMENT, "£60.00 of the overpayment"),
    ):
        found = findings_of(held(owed=(a_debt(kind=kind),)), employment=leaver)
        assert words in found["still_owed_at_the_end"].message


# ── the minimum wage ──


def test_only_what_the_job_needs_lowers_minimum_wage_pay() -> None:
    # There is £14.70 of room above the minimum wage.
    chosen = held(owed=(a_debt(),), fixed=(a_fixed(amount=Money(20_00)),))
    needed = held(fixed=(a_fixed(amount=Money(20_00), needed_for_job=True, purpose="Uniform"),))
    within = held(fixed=(a_fixed(amount=Money(14_70), needed_for_job=True, purpose="Uniform"),))

    assert "minimum_wage_short" not in findings_of(chosen)
    assert findings_of(needed)["minimum_wage_short"].severity is Severity.BLOCKING
    assert "minimum_wage_short" not in findings_of(within)


def test_the_charge_gives_way_to_what_the_job_needs() -> None:
    told = an_order(charge=True, charge_told_on=CAME)
    needed = a_fixed(amount=Money(14_00), needed_for_job=True)

    pay = pay_of(held(told, fixed=(needed,)))

    assert [amount for _purpose, amount in taken(pay)] == [50_00, 14_00]


# ── whom it is owed to ──


def test_what_was_taken_is_owed_to_whoever_it_is_for() -> None:
    council = an_order(OrderKind.CTAEO, id=2, issuer="Leeds", nation=Nation.ENGLAND, pay_by_day=18)
    kept_here, union = a_fixed(), a_fixed(id=2, payee="The union")
    deductions = held(
        an_order(charge=True, charge_told_on=CAME), council, fixed=(kept_here, union),
        owed=(a_debt(),),
    )  # fmt: skip

    owed = list(owed_to_others(pay_of(deductions).taken.kept, deductions, RATES.on(PAYDAY)))

    assert [(one.payee, one.amount.pence, one.by_day, one.reference) for one in owed] == [
        ("Child Maintenance Service", 50_00, 19, "123"),
        ("Leeds", 40_04, 18, "123"),
        ("The union", 3_50, None, ""),
    ]


def test_the_day_on_a_letter_counts_before_the_day_of_the_law() -> None:
    deductions = held(an_order(pay_by_day=12))

    (owed,) = owed_to_others(pay_of(deductions).taken.kept, deductions, RATES.on(PAYDAY))

    assert owed.by_day == 12


def test_an_overpayment_the_book_knows_of_is_set_off() -> None:
    overpaid = a_debt(kind=OwedBackKind.OVERPAYMENT, instalment=Money(10_00))
    unknown = a_debt(id=2, kind=OwedBackKind.OVERPAYMENT, before_book=True, instalment=Money(20_00))
    deductions = held(owed=(overpaid, unknown, a_debt(id=3)))

    assert overpaid_taken(pay_of(deductions).taken.kept, deductions) == [Money(10_00)]


def test_a_payslip_without_any_is_as_it_was() -> None:
    assert pay_of(held()).taken.lines == ()
    assert not held()
    assert held(an_order())


@given(
    st.integers(0, 60),
    st.integers(1, 30_000).map(Money),
    st.integers(0, 40_000).map(Money),
    st.integers(1, 60_000).map(Money),
)
def test_net_pay_is_never_less_than_what_is_protected(
    hours: int, normal: Money, protected: Money, instalment: Money
) -> None:
    order = an_order(OrderKind.AEO_PRIORITY, normal=normal, protected=protected)
    owed = a_debt(amount=Money(100_000), instalment=instalment)
    shifts = (a_shift(MONDAY, hours * 60),) if hours else ()

    with_all = pay_of(held(order, owed=(owed,)), shifts=shifts)
    without = pay_of(held(), shifts=shifts)

    assert with_all.result.net_pay >= min(protected, without.result.net_pay)
    kept = Money.total(line.amount + line.charge for line in with_all.taken.kept)
    assert without.result.net_pay - with_all.result.net_pay == kept


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_what_is_stored_adds_up_to_what_the_order_asked_for(weeks: list[int]) -> None:
    carried = had = NOTHING
    order = an_order(normal=Money(120_00))
    for hours in weeks:
        shifts = (a_shift(MONDAY, hours * 60),) if hours else ()
        pay = pay_of(held(replace(OrderHeld(order), carried=carried)), shifts=shifts)
        had += Money.total(line.amount for line in pay.taken.kept)
        carried += Money.total(line.carried for line in pay.taken.kept)

    assert had + carried == Money(120_00 * len(weeks))
