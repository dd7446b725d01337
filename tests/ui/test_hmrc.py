"""The HMRC page: what is to be told and ticked, records that explain themselves, the year's end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTableView

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.periods import TaxYear
from dpemployer.services.hmrc_rows import HoursBand, HowTold, ReportKind
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.keyboard import Keyboard
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from tests.ui.shown import Shown as ShownPage
from ui.models.hmrc import P32
from ui.pages.hmrc import HmrcPage
from ui.wizards.household import SchemeStep

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.desk import Desk
    from ui.dialogs.added_figures import AddedFiguresDialog
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.dialogs.question import Question
    from ui.dialogs.report_sheet import ReportSheetDialog
    from ui.widgets.workings import WorkingsDialog

PARTS = ("reports", "owed", "records", "steps", "p60s", "codes", "allowance", "jobs")


class Shown(ShownPage[HmrcPage]):
    """The HMRC page, and going to one part of it."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(HmrcPage(desk), desk, qtbot)

    def go(self, name: str) -> Any:
        self.page.turn_to(name)
        self.settle()
        return getattr(self.page, name)

    def saved(self, dialog: FormDialog) -> None:
        """Save a form, and wait until the office has kept it."""
        dialog.save()
        self.settle()


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Live on a day."""
    return lambda day: monkeypatch.setattr(clock, "today", lambda: day)


@pytest.fixture
def household(desk: Desk, on: Callable[[date], None]) -> Household:
    """A household that has paid somebody once, on 10 July 2026."""
    on(FRIDAY)
    made = move_in(desk.office)
    desk.office.timesheets.approve(made.timesheet, "Jo Marsh", FRIDAY)
    payday = next(
        row for row in desk.office.pay_runs.due(FRIDAY) if (made.asha, "Asha Khan") in row.people
    )
    run = desk.office.pay_runs.draft(payday.frequency, payday.first_day, payday.last_day)
    desk.office.pay_runs.finalise(run)
    return made


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown:  # noqa: ARG001 - it moves in
    return Shown(desk, qtbot)


def _point_at(dialog: ReportSheetDialog, key: str) -> None:
    dialog.table.select(lambda line: line.item.key == key)


def _read(working: WorkingsDialog) -> str:
    """Return the working as it is read."""
    return working.findChildren(QPlainTextEdit)[0].toPlainText()


def told(shown: Shown) -> list[str]:
    model = shown.page.reports.table.model
    return [column.text(row) for row in model.rows for column in model.columns[3:4]]


# ── telling ──


def test_the_payday_is_listed_with_its_day(shown: Shown) -> None:
    said = heard(shown.page)

    assert "Payday 10 July 2026" in said
    assert "This program sends nothing to HMRC." in said
    assert "To do" in told(shown)


def test_the_figures_are_in_the_order_they_are_typed(shown: Shown) -> None:
    seen: list[str] = []

    def look(dialog: ReportSheetDialog) -> None:
        seen.extend(line.item.key for line in dialog.table.model.rows)
        assert unnamed(dialog) == []
        dialog.accept()

    shown.page.reports.table.select(lambda row: row.kind is ReportKind.PAYDAY)
    shown.asks(lambda: shown.do("hmrc.sheet"), look)

    places = [seen.index(key) for key in ("paye", "name", "pay_date", "taxable_pay", "tax")]
    assert places == sorted(places)


def test_a_figure_to_date_says_how_it_was_added_up(shown: Shown) -> None:
    texts: list[str] = []

    def ask(dialog: ReportSheetDialog) -> None:
        dialog.table.select(lambda line: line.item.key == "name")
        assert not dialog.explain_button.isEnabled()
        for key in ("pay_to_date", "employee_ni"):
            _point_at(dialog, key)
            assert dialog.explain_button.isEnabled()
            shown.asks(dialog.explain, read)
        dialog.accept()

    def read(working: WorkingsDialog) -> None:
        texts.append(working.windowTitle())
        texts.append(_read(working))
        working.accept()

    shown.page.reports.table.select(lambda row: row.kind is ReportKind.PAYDAY)
    shown.asks(lambda: shown.do("hmrc.sheet"), ask)

    assert any("on 10 July 2026" in each for each in texts)
    assert any("8%" in each for each in texts), "as its payslip says"


@pytest.mark.parametrize("button", ["print_button", "large_button"])
def test_the_sheet_prints(shown: Shown, button: str) -> None:
    words: list[str] = []

    def ask(dialog: ReportSheetDialog) -> None:
        shown.asks(getattr(dialog, button).click, read)
        dialog.accept()

    def read(pdf: PdfDialog) -> None:
        words.append(pdf.text.toPlainText())
        pdf.accept()

    shown.page.reports.table.select(lambda row: row.kind is ReportKind.PAYDAY)
    shown.asks(lambda: shown.do("hmrc.sheet"), ask)

    assert "It has not been sent to anybody" in " ".join(words[0].split())


def test_a_tick_is_kept_put_right_and_taken_back(shown: Shown) -> None:
    table = shown.page.reports.table

    def tick(dialog: FormDialog) -> None:
        form: Any = dialog.form
        form.told_by.set_value("Jo Marsh")
        form.reference.set_value("XYZ")
        shown.saved(dialog)

    table.select(lambda row: row.kind is ReportKind.PAYDAY)
    shown.asks(lambda: shown.do("hmrc.tick"), tick)
    assert "Done on 10 July 2026 by Jo Marsh" in told(shown)
    assert "ticked" in heard(shown.page)

    def change(dialog: FormDialog) -> None:
        form: Any = dialog.form
        assert form.reference.value() == "XYZ"
        form.how.set_value(HowTold.OTHER_SOFTWARE)
        form.told_by.set_value("Ravi")
        shown.saved(dialog)

    table.select(lambda row: row.told is not None)
    shown.asks(lambda: shown.do("hmrc.tick.change"), change)
    assert "Done on 10 July 2026 by Ravi" in told(shown)

    def back(dialog: FormDialog) -> None:
        form: Any = dialog.form
        form.reason.set_value("It was the week before.")
        shown.saved(dialog)

    table.select(lambda row: row.told is not None)
    shown.asks(lambda: shown.do("hmrc.tick.back"), back)
    assert not any("Done on" in each for each in told(shown))


def test_late_is_said_plainly(shown: Shown, on: Callable[[date], None]) -> None:
    on(date(2026, 7, 20))
    shown.page.refresh()
    shown.settle()
    assert "Late" in told(shown)

    def tick(dialog: FormDialog) -> None:
        form: Any = dialog.form
        form.told_by.set_value("Jo Marsh")
        shown.saved(dialog)

    shown.page.reports.table.select(lambda row: row.kind is ReportKind.PAYDAY)
    shown.asks(lambda: shown.do("hmrc.tick"), tick)

    assert "was told on 20 July 2026" in heard(shown.page)


def test_a_day_to_come_is_refused_and_what_was_typed_stays(shown: Shown) -> None:
    def tick(dialog: FormDialog) -> None:
        form: Any = dialog.form
        form.told_on.set_value(date(2026, 7, 11))
        form.told_by.set_value("Jo Marsh")
        shown.saved(dialog)
        assert dialog.isVisible()
        assert "still to come" in heard(dialog)
        assert form.told_by.value() == "Jo Marsh"
        form.told_on.set_value(FRIDAY)
        shown.saved(dialog)

    shown.page.reports.table.select(lambda row: row.kind is ReportKind.PAYDAY)
    shown.asks(lambda: shown.do("hmrc.tick"), tick)

    assert "Done on 10 July 2026 by Jo Marsh" in told(shown)


def test_what_hmrc_asks_about_a_job_is_answered_once(shown: Shown, household: Household) -> None:
    part = shown.go("jobs")

    def answer(dialog: FormDialog) -> None:
        form: Any = dialog.form
        form.sex.set_value("F")
        form.band.set_value(2)
        form.irregular.set_value(True)
        shown.saved(dialog)

    part.table.select(lambda row: row.employment_id == household.asha)
    shown.asks(lambda: shown.do("hmrc.job"), answer)

    (row,) = (row for row in part.table.model.rows if row.employment_id == household.asha)
    assert (row.job.sex, row.band, row.job.irregular) == ("F", HoursBand.B, True)


# ── records ──


def test_a_line_of_the_p32_adds_up_on_the_screen(shown: Shown) -> None:
    """What came from before the book is in what is to be paid, so it is shown beside it."""
    part = shown.go("owed")

    names = [column.heading for column in P32]
    assert "From before this book" in names
    for row in part.table.model.rows:
        parts = [row.amount(key) for key in ("net_income_tax", "gross_ni", "from_before")]
        assert row.amount("due") == Money.total(parts) - row.amount("deductions")


def test_every_figure_of_a_p32_is_explained(shown: Shown) -> None:
    part = shown.go("owed")
    texts: list[str] = []

    def look(dialog: AddedFiguresDialog[Any]) -> None:
        dialog.table.select(lambda one: one.key == "due")
        shown.asks(dialog.explain, read)
        dialog.accept()

    def read(working: WorkingsDialog) -> None:
        texts.append(_read(working))
        working.accept()

    assert len(part.table.model.rows) == 17, "months, quarters and the year"
    part.table.select(lambda row: row.months == (4,))
    shown.asks(lambda: shown.do("hmrc.p32"), look)

    assert any("to pay" in each for each in texts)
    assert "less than £1,500.00" in heard(shown.page)


def test_the_p32_prints_and_the_quarterly_test_explains_itself(shown: Shown) -> None:
    shown.go("owed")
    words: list[str] = []

    def read(pdf: PdfDialog) -> None:
        words.append(pdf.text.toPlainText())
        pdf.accept()

    def close(working: WorkingsDialog) -> None:
        words.append(_read(working))
        working.accept()

    shown.asks(lambda: shown.do("hmrc.p32.print"), read)
    shown.asks(lambda: shown.do("hmrc.p32.quarterly"), close)

    assert "Employer payment record (P32) 2026-27" in words[0]
    assert any("You may pay by the quarter" in each for each in words[1:])


def test_a_deductions_record_is_shown_and_printed(shown: Shown, household: Household) -> None:
    part = shown.go("records")
    words: list[str] = []

    def look(dialog: AddedFiguresDialog[Any]) -> None:
        assert dialog.lines is not None
        assert len(dialog.lines.model.rows) == 1
        shown.asks(partial(dialog.lines.opened.emit, dialog.lines.model.rows[0]), explained)
        shown.asks(dialog.print_button.click, read)
        dialog.accept()

    def read(pdf: PdfDialog) -> None:
        words.append(pdf.text.toPlainText())
        pdf.accept()

    def explained(working: WorkingsDialog) -> None:
        words.append(_read(working))
        working.accept()

    part.table.select(lambda row: row.employment_id == household.asha)
    shown.asks(lambda: shown.do("hmrc.record"), look)

    assert "The payslip of 10 July 2026 has" in words.pop(0)
    assert "Deductions record 2026-27: Asha Khan" in words[0]


def test_p60_figures_are_shown_and_ticked_after_the_year(
    shown: Shown, household: Household, on: Callable[[date], None]
) -> None:
    part = shown.go("p60s")
    assert "as they stand today" in heard(shown.page)
    part.tick()
    assert "The tax year is not over yet." in heard(shown.page)
    on(date(2027, 4, 20))
    shown.page.refresh()
    shown.settle()

    shown.go("reports").table.select(lambda row: row.kind is ReportKind.P60)
    shown.do("hmrc.sheet")
    assert shown.page.in_front(part)

    def look(dialog: AddedFiguresDialog[Any]) -> None:
        assert "Final tax code: 1257L" in heard(dialog)
        shown.asks(dialog.large_button.click, close)
        dialog.accept()

    def close(pdf: PdfDialog) -> None:
        pdf.accept()

    def tick(dialog: FormDialog) -> None:
        form: Any = dialog.form
        form.told_by.set_value("Jo Marsh")
        shown.saved(dialog)

    part.table.select(lambda row: row.employment_id == household.asha)
    shown.asks(lambda: shown.do("hmrc.p60"), look)
    shown.asks(lambda: shown.do("hmrc.p60.given"), tick)

    (row,) = (row for row in part.table.model.rows if row.employment_id == household.asha)
    assert row.told is not None


# ── the year's end ──


def test_the_steps_lead_to_where_each_is_done(shown: Shown) -> None:
    part = shown.go("steps")
    checks = {check.words: check for check in part.list.checks}
    (told,) = (check for words, check in checks.items() if "has not been told of" in words)

    told.does()
    shown.settle()
    assert shown.page.in_front(shown.page.reports)

    shown.go("steps")
    shown.do("hmrc.steps")
    (money,) = (c for c in part.list.checks if "still to be paid to HMRC" in c.words)
    money.does()
    assert ("money", "bills") in shown.went
    (paydays,) = (c for c in part.list.checks if "not final yet" in c.words)
    paydays.does()
    assert ("pay", None) in shown.went


@pytest.fixture
def last_year(shown: Shown, on: Callable[[date], None]) -> Shown:
    """The page turned to 2025-26, on the first day of 2026-27, with somebody taken on before."""
    on(date(2026, 4, 6))
    office = shown.desk.office
    (asha, *_rest) = office.people.employments(date(2026, 7, 10))
    detail = office.people.employment(asha.employment_id, FRIDAY)
    office.people.change_employment(replace(detail.employment, started_on=date(2026, 1, 5)))
    office.people.set_tax_code(asha.employment_id, date(2026, 1, 5), "1100L M1", "a notice")
    shown.page.show_what(("codes", "2025-26"))
    shown.settle()
    return shown


def test_codes_are_shown_and_then_carried_over(last_year: Shown) -> None:
    part = last_year.page.codes

    assert [(row.before, row.after) for row in part.table.model.rows][:1] == [("1100L M1", "1100L")]
    asked: list[str] = []

    def agree(question: Question) -> None:
        asked.append(question.accessibleDescription())
        question.do_button.click()

    def read(working: WorkingsDialog) -> None:
        asked.append(_read(working))
        working.accept()

    last_year.asks(lambda: last_year.do("hmrc.codes.why"), read)
    last_year.asks(lambda: last_year.do("hmrc.codes"), agree)

    assert any("1100L M1 becomes 1100L" in each for each in asked)
    assert any("That ends on 5 April" in each for each in asked)


def test_a_year_that_is_not_known_is_said_in_words(shown: Shown) -> None:
    """2027-28 has no rates in this program yet."""
    part = shown.go("codes")

    assert part.table.model.rows == ()
    assert "Good to know" in heard(shown.page)
    assert "There is a problem" not in heard(shown.page)
    assert "No rates are known for 6 April 2027" in heard(shown.page)
    assert "No code can be carried over yet." in heard(shown.page)
    assert not shown.page.commands.action("hmrc.codes").isEnabled()


def test_the_allowance_is_asked_in_plain_words(shown: Shown) -> None:
    part = shown.go("allowance")
    assert "Not answered yet for 2026-27." in heard(shown.page)

    def answer(dialog: FormDialog) -> None:
        form: Any = dialog.form
        form.needs_care.set_value(True)
        form.only_care.set_value(True)
        form.connected.set_value(False)
        form.claimed_elsewhere.set_value(False)
        form.answered_by.set_value("Jo Marsh")
        shown.saved(dialog)

    def read(working: WorkingsDialog) -> None:
        said.append(_read(working))
        working.accept()

    said: list[str] = []
    shown.asks(lambda: shown.do("hmrc.allowance"), answer)
    shown.asks(lambda: shown.do("hmrc.allowance.why"), read)
    shown.asks(lambda: shown.do("hmrc.small.why"), read)

    assert "You may claim the Employment Allowance" in heard(shown.page)
    assert "it says that you do not claim it" in heard(shown.page)
    assert any("The work is care and support" in each for each in said)
    assert any("small employer" in each for each in said)
    assert part is shown.page.allowance


def test_what_a_year_came_to_can_be_said(shown: Shown) -> None:
    shown.go("allowance")

    def answer(dialog: FormDialog) -> None:
        form: Any = dialog.form
        form.total.set_text("45000.01")
        form.source.set_value("P32s of the bureau")
        shown.saved(dialog)

    shown.asks(lambda: shown.do("hmrc.small"), answer)

    assert "92% of statutory parental pay" in heard(shown.page)


# ── how the employer stands with HMRC ──


def test_that_hmrc_is_told_on_paper_is_said_in_settings(shown: Shown) -> None:
    """And the day the pension is due, which is not asked there, stays."""
    office = shown.desk.office
    (scheme,) = office.people.schemes()
    office.people.set_scheme(replace(scheme, pension_due_day=19))
    step = SchemeStep()
    shown.qtbot.addWidget(step)
    step.show_answer(step.question(office))
    assert not step.on_paper.read()

    step.on_paper.set_value(True)
    step.work(office)()

    (scheme,) = office.people.schemes()
    assert scheme.files_on_paper
    assert scheme.pension_due_day == 19
    shown.page.refresh()
    shown.settle()
    assert "could not be checked" in heard(shown.page)


# ── for everybody ──


@pytest.mark.parametrize("name", PARTS)
def test_everything_has_a_name_and_nothing_is_cut_off(shown: Shown, name: str) -> None:
    shown.go(name)
    QApplication.processEvents()

    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []
    assert past_the_edge(shown.page) == []


@pytest.mark.parametrize("percent", [200, 300])
@pytest.mark.parametrize("which", ["sheet", "record", "tick", "allowance"])
def test_its_windows_hold_big_text(
    desk: Desk,
    household: Household,
    qtbot: QtBot,
    text_size: Callable[[int], None],
    which: str,
    percent: int,
) -> None:
    text_size(percent)
    shown = Shown(desk, qtbot)
    part, command = {
        "sheet": ("reports", "hmrc.sheet"),
        "record": ("records", "hmrc.record"),
        "tick": ("reports", "hmrc.tick"),
        "allowance": ("allowance", "hmrc.allowance"),
    }[which]
    found: list[list[str]] = []

    def look(dialog: Any) -> None:
        found.extend((unnamed(dialog), cut_off(dialog), past_the_edge(dialog)))
        dialog.done(0)

    table = getattr(shown.go(part), "table", None)
    if table is not None:
        table.select(lambda row: getattr(row, "employment_id", None) in {None, household.asha})
    shown.asks(lambda: shown.do(command), look)

    assert found == [[], [], []]


def test_parts_are_turned_by_keys(shown: Shown) -> None:
    shown.do("hmrc.next")
    assert shown.page.in_front(shown.page.owed)
    shown.do("hmrc.previous")
    assert shown.page.in_front(shown.page.reports)
    assert shown.page.year == TaxYear(2026)


def test_a_payday_is_ticked_with_the_keyboard_alone(shown: Shown, desk: Desk) -> None:
    keyboard = Keyboard(shown.qtbot, lambda: desk.operations.idle)
    shown.page.tax_year.field().setFocus()

    keyboard.to("What HMRC is told", QTableView)
    press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)

    def tick(_dialog: FormDialog) -> None:
        keyboard.fill("Who did it", "Jo Marsh")
        keyboard.choose("How it was done", "On paper")
        keyboard.press_button("Save")

    shown.asks(lambda: press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier), tick)

    assert "Done on 10 July 2026 by Jo Marsh" in told(shown)
    assert keyboard.hears.startswith("What HMRC is told")
