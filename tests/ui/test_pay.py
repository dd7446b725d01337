"""A payday: worked out, explained, fixed only when plainly asked, and put right by reversal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.periods import TaxYear
from dpemployer.services.rows import PayRunStatus, PayType, Shift
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, unnamed
from tests.ui.shown import Shown
from ui.pages.pay import PayPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.finalise_pay_run import FinalisePayRunDialog
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.dialogs.question import Question
    from ui.widgets.workings import WorkingsDialog


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    found = move_in(office)
    office.timesheets.approve(found.timesheet, "Jo Marsh", FRIDAY)
    return found


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[PayPage]:
    """Asha's payday, worked out."""
    found = Shown(PayPage(desk), desk, qtbot)
    found.page.paydays.select(lambda row: household.asha in dict(row.people))
    found.do("pay.work_out")
    return found


def _finalise(dialog: FinalisePayRunDialog) -> None:
    dialog.finalise_button.click()


def _finalised(shown: Shown[PayPage]) -> None:
    shown.asks(shown.page.commands.action("run.finalise").trigger, _finalise)


def test_paydays_to_come_say_who_is_due_and_when_the_money_moves(
    desk: Desk, household: Household, qtbot: QtBot
) -> None:
    said = heard(Shown(PayPage(desk), desk, qtbot).page)

    assert household.asha
    assert "Payday: Friday 10 July 2026" in said
    assert "Who: Asha Khan" in said
    assert "Nobody has been paid yet." in said


def test_a_draft_shows_everybodys_pay_and_fixes_nothing(
    shown: Shown[PayPage], office: Office
) -> None:
    said = heard(shown.page)

    for part in (
        "A draft: nothing is fixed yet.",
        "Gross pay: £327.00",
        "Take-home pay: £325.60",
        "To pay out: £325.60",
        "Weekday hours: 20 h at £13.10 an hour, £262.00",
        "Sleep-in: 1 at £65.00 a night, £65.00",
        "Mileage: 12 at £0.45 a mile, £5.40",
    ):
        assert part in said
    assert office.pay_runs.payslips(TaxYear(2026)) == ()
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


def test_every_figure_says_how_it_was_worked_out(shown: Shown[PayPage]) -> None:
    run = shown.page.run
    answers: dict[str, str] = {}

    for figure in run.figures.model.rows:
        run.figures.select(lambda row, key=figure.key: row.key == key)  # type: ignore[misc]

        def read(dialog: WorkingsDialog, key: str = figure.key) -> None:
            answers[key] = dialog._workings.text.toPlainText()
            dialog.reject()

        shown.asks(shown.page.commands.action("run.explain").trigger, read)

    assert set(answers) == {figure.key for figure in run.figures.model.rows}
    assert all("1. " in answer for answer in answers.values())
    assert "1257L" in answers["tax"]


def test_a_working_is_heard_as_text_and_walked_as_a_table(shown: Shown[PayPage]) -> None:
    shown.page.run.figures.select(lambda row: row.key == "tax")
    said: list[tuple[str, list[str]]] = []

    def read(dialog: WorkingsDialog) -> None:
        dialog._workings.tabs.setCurrentIndex(1)
        said.append((heard(dialog), unnamed(dialog)))
        dialog.reject()

    shown.asks(shown.page.commands.action("run.explain").trigger, read)

    assert "What was done: Tax due so far this tax year is £0.00." in said[0][0]
    assert "In force: from 6 April 2026" in said[0][0]
    assert "Rounded: nothing to settle: the sum is exact" in said[0][0]
    assert said[0][1] == []


def test_a_working_is_shown_as_a_page_to_print(shown: Shown[PayPage]) -> None:
    shown.page.run.figures.select(lambda row: row.key == "tax")
    said: list[str] = []

    def read_page(page: PdfDialog) -> None:
        said.append(page.text.toPlainText())
        page.reject()

    def ask_for_page(dialog: WorkingsDialog) -> None:
        to_print = dialog.findChildren(QPushButton)[-1]
        said.append(to_print.text())
        shown.asks(to_print.click, read_page)
        dialog.reject()

    shown.asks(shown.page.commands.action("run.explain").trigger, ask_for_page)

    assert said[0] == "As a page to print…"
    assert "Income tax of Asha Khan: £0.00" in said[1]
    assert "In force" in said[1]


def test_enter_on_a_figure_asks_how_it_was_worked_out(shown: Shown[PayPage]) -> None:
    figures = shown.page.run.figures
    figures.select(lambda row: row.key == "tax")
    figures.view.setFocus()
    titles: list[str] = []

    def read(dialog: WorkingsDialog) -> None:
        titles.append(heard(dialog))
        dialog.reject()

    shown.asks(lambda: press(Qt.Key.Key_Return, on=figures.view), read)

    assert "Income tax of Asha Khan: £0.00" in titles[0]


def test_enter_at_the_last_question_fixes_nothing(shown: Shown[PayPage], office: Office) -> None:
    said: list[str] = []

    def press_enter(dialog: FinalisePayRunDialog) -> None:
        said.append(dialog.accessibleDescription())
        press(Qt.Key.Key_Return)

    shown.asks(shown.page.commands.action("run.finalise").trigger, press_enter)

    assert "Issue 1 payslip and record £325.60 of wages?" in said[0]
    assert "Payslips cannot be changed afterwards." in said[0]
    assert office.pay_runs.payslips(TaxYear(2026)) == ()


def test_finalising_says_who_is_to_be_paid_what_by_when(
    shown: Shown[PayPage], office: Office
) -> None:
    _finalised(shown)

    said = heard(shown.page)
    assert "1 payslip is issued. Now pay:" in said
    assert "Asha Khan: £325.60, by 10 July 2026" in said
    assert "HMRC: £41.45, by 22 October 2026" in said
    (slip,) = office.pay_runs.payslips(TaxYear(2026))
    assert slip.net_pay == Money(32_560)
    assert not shown.page.commands.action("run.finalise").isEnabled()


def test_what_was_seen_when_it_was_finalised_stays_with_a_pay_run(
    shown: Shown[PayPage], office: Office
) -> None:
    run = shown.page.run
    assert run.preview is not None
    warned = run.preview.findings
    assert warned
    assert "Seen when it was finalised:" not in heard(shown.page)

    _finalised(shown)

    said = heard(shown.page)
    assert "Seen when it was finalised:" in said
    assert all(finding.message in said for finding in warned)
    assert office.pay_runs.preview(run.preview.pay_run_id).findings == warned
    shown.qtbot.waitUntil(lambda: cut_off(shown.page) == [])


def test_what_blocks_is_said_and_finalising_is_not_even_asked(
    desk: Desk, household: Household, qtbot: QtBot, office: Office
) -> None:
    rates = office.people.employment(household.asha, FRIDAY).rates
    (basic,) = (rate for rate in rates if rate.pay_type is PayType.BASIC)
    office.people.set_rate(replace(basic, rate=Money(900)))
    shown = Shown(PayPage(desk), desk, qtbot)
    shown.page.paydays.select(lambda row: household.asha in dict(row.people))
    shown.do("pay.work_out")

    shown.do("run.finalise")

    assert "This pay run cannot be finalised yet." in heard(shown.page)
    assert "minimum wage" in heard(shown.page)
    assert office.pay_runs.payslips(TaxYear(2026)) == ()


@pytest.mark.parametrize("name", ["run.payslip", "run.large"])
def test_a_payslip_is_seen_as_it_prints_and_read_as_text(name: str, shown: Shown[PayPage]) -> None:
    _finalised(shown)
    said: list[tuple[str, int]] = []

    def read(dialog: PdfDialog) -> None:
        said.append((dialog.text.toPlainText(), dialog.document.pageCount()))
        assert unnamed(dialog) == []
        dialog.reject()

    shown.asks(shown.page.commands.action(name).trigger, read)

    assert "Asha Khan" in said[0][0]
    assert "£325.60" in said[0][0]
    assert said[0][1] >= 1


def test_a_draft_is_given_up_only_when_asked_plainly(shown: Shown[PayPage], office: Office) -> None:
    give_up = shown.page.commands.action("run.discard").trigger
    shown.asks(give_up, lambda dialog: press(Qt.Key.Key_Return, on=dialog))
    kept = [run.status for run in office.pay_runs.runs()]

    def agree(dialog: Question) -> None:
        dialog.do_button.click()

    shown.asks(give_up, agree)

    assert kept == [PayRunStatus.DRAFT]
    assert office.pay_runs.runs() == ()
    assert "Paydays to come" in heard(shown.page)


def test_a_mistake_is_put_right_by_taking_back_and_paying_again(
    shown: Shown[PayPage], office: Office, household: Household
) -> None:
    _finalised(shown)

    def give_the_reason(dialog: FormDialog) -> None:
        dialog.form.restore({"reason": "Wednesday was six hours"})
        dialog.save()

    shown.asks(shown.page.commands.action("run.correct").trigger, give_the_reason)
    office.timesheets.show(household.timesheet)
    said = heard(shown.page)

    assert "Before, £325.60 was paid out. It is the same now." in said
    assert "A draft: nothing is fixed yet." in said
    slips = office.pay_runs.payslips(TaxYear(2026))
    assert sorted(slip.net_pay.pence for slip in slips) == [-32_560, 32_560]


def test_what_hmrc_is_owed_is_listed_explained_and_printed(
    shown: Shown[PayPage], office: Office
) -> None:
    _finalised(shown)
    shown.do("pay.back")
    shown.settle()
    said: list[str] = []

    def read_working(dialog: WorkingsDialog) -> None:
        said.append(dialog._workings.text.toPlainText())
        dialog.reject()

    def read_paper(dialog: PdfDialog) -> None:
        said.append(dialog.text.toPlainText())
        dialog.reject()

    shown.page.owed.select(lambda _row: True)
    shown.asks(shown.page.commands.action("pay.owed").trigger, read_working)
    shown.asks(shown.page.commands.action("pay.owed.print").trigger, read_paper)

    owed = office.pay_runs.employer_payment_quarter(TaxYear(2026), 2)
    assert f"To pay: {owed.due_amount}" in heard(shown.page)
    assert "1. " in said[0]
    assert str(owed.due_amount) in said[1]


def test_another_page_can_point_at_a_payday(shown: Shown[PayPage], office: Office) -> None:
    (run,) = office.pay_runs.runs()
    shown.page.show_all()

    shown.page.visit(run.pay_run_id)
    shown.settle()

    assert "Payday Friday 10 July 2026" in heard(shown.page)


def test_a_correction_says_what_more_is_to_be_paid(
    shown: Shown[PayPage], office: Office, household: Household
) -> None:
    _finalised(shown)
    (run, *_others) = office.pay_runs.runs()
    corrected = office.pay_runs.correct(run.pay_run_id, "A shift was forgotten")
    sheet = office.timesheets.open(household.asha, date(2026, 6, 29))
    office.timesheets.unapprove(sheet)
    _add_three_hours(office, sheet)
    office.timesheets.approve(sheet, "Jo Marsh", FRIDAY)

    shown.page.show_run(corrected.draft_id)
    shown.settle()

    assert "more is to be paid." in heard(shown.page)


def _add_three_hours(office: Office, sheet: int) -> None:
    office.timesheets.add_shift(
        Shift(0, sheet, date(2026, 7, 2), PayType.BASIC, "Weekday hours", 180)
    )
