"""People and their dated terms: seen together, changed one at a time, and never overwritten."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.periods import TaxYear
from dpemployer.services.rows import PayType
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, unnamed
from tests.ui.shown import Shown
from ui.forms.people import StartTaxForm
from ui.pages.people import PeoplePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.differences import DifferencesDialog
    from ui.dialogs.form_dialog import FormDialog
    from ui.wizards.wizard import Wizard


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[PeoplePage]:
    """Everything about Asha."""
    found = Shown(PeoplePage(desk), desk, qtbot)
    found.page.show_employment(household.asha)
    found.settle()
    return found


def _fill(**typed: str) -> Callable[[FormDialog], Any]:
    """Type over what a form says, and save it."""

    def fill(dialog: FormDialog) -> None:
        dialog.form.restore(typed)
        dialog.save()

    return fill


def _ask(shown: Shown[PeoplePage], name: str, *does: Callable[[Any], object]) -> None:
    shown.asks(shown.page.commands.action(name).trigger, *does)


def _turn_to(shown: Shown[PeoplePage], part: str) -> Any:
    """Show one part of the page about a person."""
    person = shown.page.person
    person.sections.turn_to(getattr(person, part))
    shown.settle()
    return getattr(person, part)


def test_everybody_is_listed_with_their_terms(
    desk: Desk, household: Household, qtbot: QtBot
) -> None:
    shown = Shown(PeoplePage(desk), desk, qtbot)

    said = heard(shown.page)
    assert household.asha
    assert "Personal assistant: Asha Khan" in said
    assert "Paid: Every week" in said
    assert "Hourly rate: £13.10" in said
    assert "Tax code: 1257L" in said
    assert "How it stands: Since 29 June 2026" in said


def test_one_person_shows_details_terms_and_holiday(shown: Shown[PeoplePage]) -> None:
    for part, parts in (
        ("job", ("Born on 3 May 1990.", "National Insurance number: AB 12 34 51 C.")),
        ("pay", ("On the payslip: Sleep-in", "Rate: £65.00 a night")),
        ("pension", ("Not in a workplace pension.",)),
        ("holiday", ("left:",)),
    ):
        _turn_to(shown, part)
        said = heard(shown.page)
        assert all(each in said for each in parts)
        assert unnamed(shown.page) == []
        assert cut_off(shown.page) == []


def test_the_parts_are_turned_with_keys_and_shown_by_name(
    shown: Shown[PeoplePage], household: Household
) -> None:
    person = shown.page.person

    shown.do("person.previous")
    assert person.in_front(person.parts[-1])
    shown.do("person.next")
    assert person.in_front(person.job)
    shown.page.show_what((household.asha, "tax"))
    shown.settle()
    assert person.in_front(person.tax)
    assert "Tax code: 1257L" in heard(shown.page)


def test_details_are_put_right(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.details", _fill(surname="Khan-Lee", contact="07700 900123"))

    assistant = office.people.employment(household.asha, FRIDAY).assistant
    assert (assistant.name, assistant.contact) == ("Asha Khan-Lee", "07700 900123")
    assert "Asha Khan-Lee" in heard(shown.page)


def test_a_national_insurance_number_that_cannot_be_is_refused_where_it_is_typed(
    shown: Shown[PeoplePage],
) -> None:
    said: list[str] = []

    def look(dialog: FormDialog) -> None:
        dialog.form.restore({"nino": "ZZ123456C"})
        dialog.save()
        said.append(heard(dialog))
        dialog.opened_as()
        dialog.reject()

    _ask(shown, "person.details", look)

    assert "“ZZ123456C” is not a National Insurance number." in said[0]


def test_a_rise_is_a_new_rate_and_the_old_one_stays(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.rate",
        _fill(pay_type="0", label="Weekday hours", rate="13.60", per="0", from_day="1/8/2026"),
    )

    rates = [
        (rate.from_day, rate.rate)
        for rate in office.people.employment(household.asha, FRIDAY).rates
        if rate.pay_type is PayType.BASIC
    ]
    assert sorted(rates) == [(date(2026, 6, 29), Money(1310)), (date(2026, 8, 1), Money(1360))]


def test_a_rate_is_put_right_and_taken_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    table = _turn_to(shown, "pay").rates
    table.select(lambda rate: rate.pay_type is PayType.EXPENSES)
    _ask(shown, "person.rate.change", _fill(rate="0.40"))
    table.select(lambda rate: rate.pay_type is PayType.SLEEP_IN)
    shown.do("person.rate.remove")

    rates = {
        rate.pay_type: rate.rate for rate in office.people.employment(household.asha, FRIDAY).rates
    }
    assert rates == {PayType.BASIC: Money(1310), PayType.EXPENSES: Money(40)}


def test_a_tax_code_that_does_not_parse_is_refused_with_what_was_typed_kept(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said: list[tuple[str, str]] = []

    def look(dialog: FormDialog) -> None:
        dialog.form.restore({"code": "1257 LL", "source": "letter"})
        dialog.save()
        shown.settle()
        said.append((heard(dialog), dialog.form.typed()["code"]))
        dialog.opened_as()
        dialog.reject()

    _ask(shown, "person.tax", look)

    assert "is not a tax code" in said[0][0]
    assert said[0][1] == "1257 LL"
    codes = office.people.employment(household.asha, FRIDAY).tax_codes
    assert [held.code for held in codes] == ["1257L"]


def test_new_tax_code_letter_loan_and_pension_are_kept_by_date(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.tax", _fill(code="BR", from_day="1/8/2026", source="HMRC letter"))
    _ask(shown, "person.letter", _fill(letter="1", from_day="1/8/2026"))
    _ask(shown, "person.loan", _fill(plan="1", from_day="1/8/2026", source="SL1"))
    _ask(shown, "person.pension", _fill(provider="NEST", from_day="1/8/2026"))

    detail = office.people.employment(household.asha, FRIDAY)
    assert [held.code for held in detail.tax_codes] == ["BR", "1257L"]
    assert [held.letter for held in detail.ni_letters] == ["C", "A"]
    assert [held.plan for held in detail.loans] == ["2"]
    assert [held.provider for held in detail.pensions] == ["NEST"]


def test_a_notice_and_a_p45_are_copied_from_the_paper(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.p45",
        _fill(code="1257L", left_on="19/6/2026", pay="2100", tax="40", given_on="3/7/2026"),
    )
    _ask(shown, "person.notice", _fill(code="BR M1", noticed_on="10/7/2026"))

    detail = office.people.employment(household.asha, FRIDAY)
    assert [(held.code, held.source) for held in detail.tax_codes] == [
        ("BR M1", "HMRC’s notice of 10 July 2026"),
        ("1257L", "P45 of a job that ended on 19 June 2026"),
        ("1257L", "As typed when taken on"),
    ]


def test_a_loan_and_a_pension_are_stopped_on_a_day(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.loan", _fill(plan="1", from_day="1/7/2026", source="SL1"))
    _ask(shown, "person.pension", _fill(provider="NEST", from_day="1/7/2026"))
    _turn_to(shown, "tax").loans.select(lambda _row: True)
    _ask(shown, "person.loan.stop", _fill(last_day="31/8/2026"))
    _turn_to(shown, "pension").pensions.select(lambda _row: True)
    _ask(shown, "person.pension.change", _fill(employee="6"))
    shown.page.person.pension.pensions.select(lambda _row: True)
    _ask(shown, "person.pension.leave", _fill(last_day="31/8/2026"))

    detail = office.people.employment(household.asha, FRIDAY)
    assert [held.to_day for held in detail.loans] == [date(2026, 8, 31)]
    assert [held.to_day for held in detail.pensions] == [date(2026, 8, 31)]
    assert str(detail.pensions[0].employee_percent) == "6"


def test_the_job_can_be_changed(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.job", _fill(payroll_id="AK1"))

    assert office.people.employment(household.asha, FRIDAY).employment.payroll_id == "AK1"


def test_holiday_terms_change_from_a_day_and_are_put_right_and_taken_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    part = _turn_to(shown, "holiday")

    def fixed(dialog: FormDialog) -> None:
        dialog.form.restore({"from_day": "1/10/2026", "holiday": "1", "hours": "20", "days": "4"})
        dialog.save()
        shown.settle()

    _ask(shown, "person.holiday.terms", fixed)
    assert "In the contract: 20 hours on 4 days a week" in heard(shown.page)

    part.terms.select(lambda row: row.from_day == date(2026, 10, 1))
    _ask(shown, "person.holiday.terms.change", _fill(hours="22"))
    assert office.people.employment(household.asha, FRIDAY).holiday[0].hours_per_week == 22

    part.terms.select(lambda row: row.from_day == date(2026, 10, 1))
    shown.do("person.holiday.terms.remove")
    assert len(office.people.employment(household.asha, FRIDAY).holiday) == 1
    assert not shown.page.commands.action("person.holiday.terms.remove").isEnabled()


def test_holiday_is_paid_with_the_wages_only_with_a_reason(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _turn_to(shown, "holiday")

    def without(dialog: FormDialog) -> None:
        dialog.form.restore({"rolled_up": "yes"})
        dialog.save()
        shown.settle()
        assert "not said why" in heard(dialog)
        dialog.form.restore({"reason": "Agreed on 1 July"})
        dialog.save()

    _ask(shown, "person.holiday.terms", without)

    assert office.people.employment(household.asha, FRIDAY).holiday[0].rolled_up
    assert "Holiday pay: With the wages" in heard(shown.page)


def test_figures_from_before_the_book_are_copied_from_a_payslip(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.opening",
        _fill(source="Payslip, June", pay="3000", tax="120", holiday="12:30"),
    )

    state = office.opening.state(TaxYear(2026))
    (pay,) = state.pay
    assert (pay.pay, pay.taxable_pay, pay.tax) == (Money(300_000), Money(300_000), Money(12_000))
    assert [holiday.minutes_left for holiday in state.holidays] == [750]
    assert household.asha == pay.employment_id


def test_somebody_is_taken_on_by_the_wizard(shown: Shown[PeoplePage], qtbot: QtBot) -> None:
    shown.page.show_everybody()
    asked: list[Wizard] = []
    shown.desk.wizard_asked.connect(asked.append)

    shown.do("people.take_on")

    (wizard,) = asked
    qtbot.addWidget(wizard)
    assert wizard.step.ID == "assistant"


def test_going_back_comes_to_the_person_just_looked_at(
    shown: Shown[PeoplePage], household: Household
) -> None:
    shown.do("people.back")

    row = shown.page.table.row()
    assert row is not None
    assert row.employment_id == household.asha
    assert not shown.page.commands.action("person.details").isEnabled()


def test_past_payslips_are_checked_against_what_is_known_now(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    (payday, *_rest) = office.pay_runs.due(FRIDAY)
    office.pay_runs.finalise(
        office.pay_runs.draft(payday.frequency, payday.first_day, payday.last_day)
    )
    shown.do("person.differences")
    before = shown.said[-1]
    office.people.set_tax_code(household.asha, date(2026, 6, 29), "BR", "HMRC letter")
    shown.settle()
    said: list[str] = []

    def read(dialog: DifferencesDialog) -> None:
        said.append(heard(dialog))
        dialog.reject()

    _ask(shown, "person.differences", read)

    assert before == "Every payslip of this tax year would be the same now."
    assert "Figure: Income tax" in said[0]
    assert "It would be now: £65.40" in said[0]


def test_where_a_code_came_from_is_forgotten_when_another_is_typed(qtbot: QtBot) -> None:
    form = StartTaxForm()
    qtbot.addWidget(form)
    form.fill("0T W1", "The rules for starters")

    form.code.set_text("1257L")
    assert form.source.text() == ""
    form.source.set_text("HMRC letter")
    form.code.set_text("BR")

    assert form.source.text() == "HMRC letter"
