"""A correction shows the later payslips it changes, and puts them right when plainly asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.periods import TaxYear
from dpemployer.services.rows import PayRunStatus, Shift
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from tests.ui.shown import Shown
from ui.pages.pay import PayPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.later_paydays import FinaliseCorrectionDialog, LaterPaydaysDialog

YEAR = TaxYear(2026)
FIRST_MONDAY = date(2026, 6, 29)


@pytest.fixture
def corrected(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[Household, int]:
    """Three weeks paid; a code that should have been used from the second was overlooked."""
    monkeypatch.setattr(clock, "today", lambda: FRIDAY + timedelta(days=30))
    household, office = move_in(desk.office), desk.office
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    runs = [_pay(office, household.asha, FIRST_MONDAY)]
    for weeks in (1, 2):
        monday = FIRST_MONDAY + timedelta(weeks=weeks)
        sheet = office.timesheets.open(household.asha, monday)
        (rate,) = (
            one for one in office.people.employment(household.asha, monday).rates
            if one.label == "Weekday hours"
        )  # fmt: skip
        office.timesheets.add_shift(
            Shift(0, sheet, monday, rate.pay_type, rate.label, minutes=1_200)
        )
        office.timesheets.approve(sheet, "Jo Marsh", monday)
        runs.append(_pay(office, household.asha, monday))
    office.people.set_tax_code(household.asha, date(2026, 7, 17), "BR", "a notice that came late")
    draft = office.pay_runs.correct(runs[1], "The notice was overlooked.").draft_id
    return household, draft


def _pay(office: Office, employment: int, day: date) -> int:
    frequency = office.people.employment(employment, day).employment.frequency
    draft = office.pay_runs.draft(frequency, day, day + timedelta(days=6))
    return office.pay_runs.finalise(draft).pay_run_id


@pytest.fixture
def shown(desk: Desk, corrected: tuple[Household, int], qtbot: QtBot) -> Shown[PayPage]:
    made = Shown(PayPage(desk), desk, qtbot)
    made.page.show_run(corrected[1])
    made.settle()
    return made


def tax(office: Office) -> Money:
    return Money.total(slip.tax for slip in office.pay_runs.payslips(YEAR))


def test_later_payslips_are_shown_before_anything_happens(
    shown: Shown[PayPage], office: Office
) -> None:
    said: list[str] = []

    def look(dialog: FinaliseCorrectionDialog) -> None:
        said.append(heard(dialog))
        assert unnamed(dialog) == []
        dialog.reject()

    shown.asks(shown.page.commands.action("run.finalise").trigger, look)

    assert "If this is put right, 1 later payslip would be different." in said[0]
    assert "24 July 2026" in said[0]
    assert any(run.status is PayRunStatus.DRAFT for run in office.pay_runs.runs())


def test_the_later_ones_are_put_right_with_it(
    shown: Shown[PayPage], office: Office, corrected: tuple[Household, int]
) -> None:
    shown.asks(
        shown.page.commands.action("run.finalise").trigger,
        lambda dialog: dialog.all_button.click(),
    )

    assert "put right" in heard(shown.page)
    assert office.corrections.later(corrected[1]) == ()
    assert office.pay_runs.differences(YEAR, corrected[0].asha) == ()


def test_or_left_and_put_right_one_by_one(
    shown: Shown[PayPage], office: Office, corrected: tuple[Household, int]
) -> None:
    before = tax(office)

    shown.asks(
        shown.page.commands.action("run.finalise").trigger,
        lambda dialog: dialog.do_button.click(),
    )
    assert len(office.corrections.later(corrected[1])) == 1
    said: list[str] = []

    def one_by_one(dialog: LaterPaydaysDialog) -> None:
        dialog.do_button.click()
        shown.settle()
        said.append(heard(dialog))
        assert not dialog.do_button.isEnabled()
        dialog.reject()

    shown.asks(shown.page.commands.action("run.later").trigger, one_by_one)
    shown.do("run.later")

    assert "The payday of 24 July 2026 is put right." in said[0]
    assert "No later payslip is any different." in heard(shown.page)
    assert tax(office) > before


def test_from_a_payday_one_goes_to_what_hmrc_is_told(shown: Shown[PayPage], office: Office) -> None:
    final = next(run for run in office.pay_runs.runs() if run.reversed_by_id is None
                 and run.status is PayRunStatus.FINAL and run.reverses_id is None)  # fmt: skip
    shown.page.show_run(final.pay_run_id)
    shown.settle()

    shown.do("run.hmrc")

    assert shown.went[-1] == ("hmrc", ("reports", "2026-27"))


@pytest.mark.parametrize("percent", [100, 300])
def test_the_question_holds_big_text(
    desk: Desk,
    corrected: tuple[Household, int],
    qtbot: QtBot,
    text_size: Callable[[int], None],
    percent: int,
) -> None:
    text_size(percent)
    shown = Shown(PayPage(desk), desk, qtbot)
    shown.page.show_run(corrected[1])
    shown.settle()
    found: list[list[str]] = []

    def look(dialog: FinaliseCorrectionDialog) -> None:
        found.extend((cut_off(dialog), past_the_edge(dialog)))
        dialog.reject()

    shown.asks(shown.page.commands.action("run.finalise").trigger, look)

    assert found == [[], []]
