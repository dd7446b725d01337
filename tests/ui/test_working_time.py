"""Working time: what is known of it beside a person, and what is said where hours are typed."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.services.rows import (
    DomesticService,
    PayType,
    RestGiven,
    Shift,
    WageExemption,
)
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, unnamed
from tests.ui.shown import Shown
from ui.pages.people import PeoplePage
from ui.pages.timesheets import TimesheetsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog

TUESDAY, WEDNESDAY = date(2026, 7, 7), date(2026, 7, 8)


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[PeoplePage]:
    """The working time of Asha."""
    found = Shown(PeoplePage(desk), desk, qtbot)
    found.page.show_what((household.asha, "time"))
    found.settle()
    return found


def _fill(**typed: str) -> Callable[[FormDialog], Any]:
    def fill(dialog: FormDialog) -> None:
        assert unnamed(dialog) == []
        assert cut_off(dialog) == []
        dialog.form.restore(typed)
        dialog.save()

    return fill


def _ask(shown: Shown[PeoplePage], name: str, *does: Callable[[Any], object]) -> None:
    shown.asks(shown.page.commands.action(name).trigger, *does)


def test_what_is_known_is_said_and_changed(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said = heard(shown.page)
    assert "Domestic servant in a private household? Not decided." in said
    assert "No agreement that the 48-hour limit does not apply." in said
    assert "Minimum wage: The minimum wage is owed." in said
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []

    def fill(dialog: Any) -> None:
        form = dialog.form
        form.domestic.set_value(DomesticService.NO)
        form.exemption.set_value(WageExemption.FAMILY_HOME)
        form.hazard.set_value(True)
        form.lives_in.set_value(True)
        form.restore(
            {
                **form.typed(),
                "opted_out_on": "1/6/2026",
                "opt_out_ends_on": "1/9/2026",
                "assessed_on": "2/6/2026",
                "other_work": "12",
                "allowed": "20",
                "usual_break": "0:20",
                "apprentice_from": "1/5/2026",
            }
        )
        dialog.save()

    _ask(shown, "person.time", fill)

    record = office.working_time.show(household.asha, FRIDAY).record
    assert (record.domestic_service, record.wage_exemption) == (
        DomesticService.NO,
        WageExemption.FAMILY_HOME,
    )
    said = heard(shown.page)
    for words in (
        "No: they give personal or skilled care.",
        "They signed on 1 June 2026 that the 48-hour limit does not apply, until 1 September 2026.",
        "A health assessment for night work was offered on 2 June 2026.",
        "The risk assessment says that the nights are hard or dangerous.",
        "They work 12 h a week for others.",
        "They have a paid break of 20 min in every long shift.",
        "They live in.",
        "Their visa allows 20 h a week.",
        "Apprentice from 1 May 2026.",
        "live in the same home and share what is done in it.",
    ):
        assert words in said
    _ask(shown, "person.time", _fill(opt_out_ends_on="", apprentice_to="1/5/2027"))
    assert "Apprentice from 1 May 2026 until 1 May 2027." in heard(shown.page)
    assert "They signed on 1 June 2026 that the 48-hour limit does not apply." in heard(shown.page)
    known = office.working_time.show(household.asha, FRIDAY).record
    assert (known.id, known.lives_in, known.other_work_minutes) == (record.id, True, 720)


@pytest.mark.parametrize("command", ["person.time.agreement", "person.time.agreement.large"])
def test_an_agreement_is_printed_to_sign(shown: Shown[PeoplePage], command: str) -> None:
    said: list[str] = []

    def look(dialog: Any) -> None:
        said.append(heard(dialog))
        dialog.reject()

    _ask(shown, command, look)

    assert said[0].startswith("48-hour agreement")
    assert "Save as PDF" in said[0]


def test_help_is_one_button_away(shown: Shown[PeoplePage]) -> None:
    asked: list[str] = []
    shown.desk.helped.connect(asked.append)

    shown.do("person.time.help")

    assert asked == ["working-time"]


def test_an_agreement_that_cannot_be_stays_in_the_form(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said: list[str] = []

    def look(dialog: FormDialog) -> None:
        dialog.form.restore({"opt_out_ends_on": "1/9/2026"})
        dialog.save()
        shown.settle()
        said.append(heard(dialog))
        dialog.opened_as()
        dialog.reject()

    _ask(shown, "person.time", look)

    assert "ends before it begins" in said[0]
    assert office.working_time.show(household.asha, FRIDAY).record.id == 0


def test_rest_given_later_is_written_down_changed_and_taken_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.rest",
        _fill(short_day="6/7/2026", given_on="8/7/2026", length="2:30", reason="A fall at night"),
    )
    assert "Too short on: 6 July 2026" in heard(shown.page)
    assert "How much: 2 h 30 min" in heard(shown.page)

    shown.page.person.time.rests.select(lambda _row: True)
    _ask(shown, "person.rest.change", _fill(length="3"))
    (given,) = office.working_time.show(household.asha, FRIDAY).rests
    assert (given.minutes, given.reason) == (180, "A fall at night")

    shown.do("person.rest.remove")
    assert "No rest given later is written down." in heard(shown.page)


def test_a_home_is_added_changed_and_taken_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.home", _fill(from_day="6/7/2026"))
    assert "They pay in a week: Nothing" in heard(shown.page)

    shown.page.person.time.homes.select(lambda _row: True)
    _ask(shown, "person.home.change", _fill(charge="60", to_day="31/8/2026"))
    (home,) = office.working_time.show(household.asha, FRIDAY).homes
    assert (home.days_a_week, home.weekly_charge, home.to_day) == (
        7,
        Money(6_000),
        date(2026, 8, 31),
    )

    shown.do("person.home.remove")
    assert "You provide no home." in heard(shown.page)


# ── where hours are typed ──


@pytest.fixture
def sheet(desk: Desk, household: Household, qtbot: QtBot) -> Shown[TimesheetsPage]:
    """A week of Asha's, with a late shift and an early one after it."""
    timesheets = desk.office.timesheets
    timesheet = timesheets.open(household.asha, TUESDAY)
    (choice, *_more) = timesheets.choices(household.asha, TUESDAY)
    for day, start, end in ((TUESDAY, 15, 22), (WEDNESDAY, 6, 9)):
        timesheets.add_shift(
            Shift(0, timesheet, day, choice.pay_type, choice.label,
                  started=time(start), ended=time(end))
        )  # fmt: skip
    found = Shown(TimesheetsPage(desk), desk, qtbot)
    found.page.show_what((household.asha, TUESDAY))
    found.settle()
    return found


def test_too_little_rest_and_no_break_are_said_and_kept_as_seen(
    sheet: Shown[TimesheetsPage],
) -> None:
    sheet.qtbot.waitUntil(lambda: "missing: 7 July 2026 (3 h)." in heard(sheet.page))
    said = heard(sheet.page)
    assert "None is recorded on 7 July 2026." in said
    assert "Seen by" not in said

    sheet.do("sheet.approve")

    saw = "Somebody saw this when these hours were approved on 10 July 2026."
    sheet.qtbot.waitUntil(lambda: saw in heard(sheet.page))
    said = heard(sheet.page)
    assert said.count("This much was missing") == 1
    sheet.qtbot.waitUntil(lambda: cut_off(sheet.page) == [])
    sheet.do("sheet.unapprove")
    assert "saw this" not in heard(sheet.page)


def test_what_was_seen_is_said_in_full_when_it_is_no_longer_so(
    sheet: Shown[TimesheetsPage], household: Household
) -> None:
    sheet.do("sheet.approve")

    working_time = sheet.desk.office.working_time
    working_time.give_rest(RestGiven(0, household.asha, TUESDAY, WEDNESDAY, 180))
    sheet.page.refresh()
    sheet.settle()

    sheet.qtbot.waitUntil(lambda: "As much was given at another time." in heard(sheet.page))
    said = heard(sheet.page)
    assert "Seen by Somebody when these hours were approved on 10 July 2026:" in said
    assert "This much was missing: 7 July 2026 (3 h)." in said


def test_a_paid_break_is_typed_with_the_shift(sheet: Shown[TimesheetsPage]) -> None:
    page = sheet.page.sheet
    page.shifts.select(lambda row: row.shift.day == TUESDAY)

    def fill(dialog: Any) -> None:
        dialog.form.paid_rest.set_text("0:20")
        dialog.save()

    sheet.asks(sheet.page.commands.action("sheet.change").trigger, fill)

    said = heard(sheet.page)
    assert "Break: 20 min paid" in said
    assert "None is recorded" not in said
    row = page.shifts.row()
    assert row is not None
    assert (row.shift.paid_break_minutes, row.shift.minutes) == (20, 420)


def test_expenses_have_no_break(desk: Desk, household: Household) -> None:
    from ui.forms.shift import ShiftForm  # noqa: PLC0415 - only this test has a form alone

    choices = desk.office.timesheets.choices(household.asha, TUESDAY)
    form = ShiftForm(choices, TUESDAY)
    form.kind.set_value(next(each for each in choices if each.pay_type is PayType.EXPENSES))

    assert form.paid_rest.isHidden()
