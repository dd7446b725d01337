"""What an hour costs: tried out on the screen, said in words, printed, and never written down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from dpemployer import clock
from dpemployer.money import Money
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, unnamed
from tests.ui.shown import Shown
from ui import files
from ui.pages.costs import CostsPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.pdf_view import PdfDialog
    from ui.widgets.workings import WorkingsDialog


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[CostsPage]:  # noqa: ARG001 - it fills the book
    found = Shown(CostsPage(desk), desk, qtbot)
    found.settle()
    return found


def worked_out(shown: Shown[CostsPage]) -> None:
    """Wait until what was typed is answered."""
    part = shown.page.hour
    shown.qtbot.waitUntil(lambda: not part._soon.isActive())
    shown.settle()


def test_it_begins_with_what_the_book_says(shown: Shown[CostsPage]) -> None:
    form = shown.page.hour.form

    assert form.people.text() == "2"
    assert form.budget.read() == Money(41_250)
    assert form.rate.read() is not None
    assert shown.page.hour.answer is not None
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


def test_what_is_typed_is_answered_as_it_is_typed(shown: Shown[CostsPage]) -> None:
    form = shown.page.hour.form
    form.rate.set_value(Money(1300))
    form.hours.set_value(Decimal(20))
    form.people.set_value(Decimal(1))
    worked_out(shown)

    # 20 x 13 x 52 = 13,520; a quarter of an hour less or more is another answer
    rows = {line.label: line.a_year for line in shown.page.hour.table.model.rows}
    assert rows["Pay for the hours"] == Money(1_352_000)
    assert "An hour of support costs" in heard(shown.page)


def test_a_figure_that_is_not_one_yet_leaves_the_last_answer(shown: Shown[CostsPage]) -> None:
    before = shown.page.hour.answer
    shown.page.hour.form.rate.set_text("thirteen")
    worked_out(shown)

    assert shown.page.hour.answer is before
    shown.do("costs.work_out")
    assert "“thirteen”" in heard(shown.page)


def test_nothing_is_written_to_the_book(shown: Shown[CostsPage], office: Office) -> None:
    with office.book.read() as reading:
        before = reading.audit_actions()
    shown.page.hour.form.rate.set_value(Money(1500))
    shown.do("costs.work_out")
    shown.page.sections.turn_to(shown.page.year)
    shown.do("costs.year")

    with office.book.read() as reading:
        assert reading.audit_actions() == before


def test_it_begins_again_from_the_book(shown: Shown[CostsPage]) -> None:
    form = shown.page.hour.form
    began = form.rate.text()
    form.rate.set_value(Money(9900))
    shown.do("costs.afresh")

    assert form.rate.text() == began


def test_a_rate_below_wages_and_holiday_and_below_the_minimum_is_said(
    shown: Shown[CostsPage],
) -> None:
    form = shown.page.hour.form
    form.rate.set_value(Money(1200))
    form.funded.set_value(Money(1300))
    shown.do("costs.work_out")

    said = heard(shown.page)
    assert "£12.00 an hour is below the minimum wage of £12.71" in said
    assert "The funder pays £13.00 for an hour. Wages and holiday alone cost £13.45" in said


def test_next_april_is_worked_out_when_a_rate_for_it_is_given(shown: Shown[CostsPage]) -> None:
    assert not shown.page.commands.action("costs.explain_april").isEnabled()
    shown.page.hour.form.next_rate.set_value(Money(1500))
    shown.do("costs.work_out")

    said = heard(shown.page)
    assert "From 1 April 2027, at £15.00 an hour, the same hours cost" in said
    assert "The rates from 1 April 2027 are not in this program yet." in said
    assert shown.page.commands.action("costs.explain_april").isEnabled()


def test_more_people_share_the_work_equally_and_as_many_as_now_as_they_do(
    shown: Shown[CostsPage],
) -> None:
    form = shown.page.hour.form
    now = form.question()
    form.people.set_value(Decimal(4))
    more = form.question()
    form.people.set_value(Decimal(0))
    none = form.question()

    assert now is not None
    assert more is not None
    assert none is not None
    assert [person.share for person in more.people] == [Decimal("0.25")] * 4
    assert [person.name for person in more.people][2:] == ["", ""]
    assert len(none.people) == 1


def test_every_answer_says_how_it_was_worked_out(shown: Shown[CostsPage]) -> None:
    shown.page.hour.form.hours.set_value(Decimal(20))
    shown.page.hour.form.next_rate.set_value(Money(1500))
    shown.do("costs.work_out")
    said: list[str] = []

    def read(dialog: WorkingsDialog) -> None:
        said.append(dialog._workings.text.toPlainText())
        dialog.reject()

    for name in ("costs.explain", "costs.explain_hours", "costs.explain_april"):
        shown.asks(shown.page.commands.action(name).trigger, read)

    assert said[0].startswith("1. Pay for the hours: 20 hours a week at")
    assert "In force: from 6 April 2026" in said[0]
    assert "The hours a budget buys: £412.50 a week is £21,450.00 a year." in said[1]
    assert "at £15.00 an hour" in said[2]


def test_a_page_for_the_council_is_printed_in_both_sizes(shown: Shown[CostsPage]) -> None:
    shown.page.hour.form.hours.set_value(Decimal(20))
    shown.do("costs.work_out")
    said: list[str] = []

    def read(dialog: PdfDialog) -> None:
        said.append(dialog.text.toPlainText())
        dialog.reject()

    shown.asks(shown.page.commands.action("costs.print").trigger, read)
    shown.asks(shown.page.commands.action("costs.large").trigger, read)

    for page in said:
        assert "What an hour of support costs" in page
        assert "Jo Marsh" in page
        assert "Everything" in page


def test_the_table_is_saved_where_the_person_says(
    shown: Shown[CostsPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "cost.csv"
    monkeypatch.setattr(files, "choose_place", lambda *_args: place)

    shown.do("costs.export")

    assert place.read_text(encoding="utf-8-sig").startswith("For,A week,A year,An hour of support")
    assert shown.said == ["Saved."]


def test_thinking_better_of_saving_saves_nothing(
    shown: Shown[CostsPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "choose_place", lambda *_args: None)

    shown.do("costs.export")

    assert shown.said == []


def test_the_picture_is_said_in_words(shown: Shown[CostsPage]) -> None:
    shown.page.hour.form.hours.set_value(Decimal(20))
    shown.do("costs.work_out")

    said = shown.page.hour.picture.words.text()

    assert said.startswith("1. Pay for the hours: ")
    assert shown.page.hour.picture.bar.accessibleDescription() == said
    assert shown.page.hour.picture.bar.accessibleName() == "What each pound goes on"


def test_the_year_is_forecast_and_the_day_it_ends_can_be_put(shown: Shown[CostsPage]) -> None:
    shown.page.show_what("year")
    part = shown.page.year
    assert part.form.year_ends.value() == date(2027, 4, 5)
    part.form.year_ends.set_value(date(2027, 3, 31))
    part.form.weekly_cost.set_value(Money(40_000))
    shown.do("costs.year")

    assert part.answer is not None
    assert part.answer.question.year_ends == date(2027, 3, 31)
    assert "On 31 March 2027" in heard(shown.page)
    assert "weeks of payslips to go by" in heard(shown.page)
    said: list[str] = []

    def read(dialog: WorkingsDialog) -> None:
        said.append(dialog._workings.text.toPlainText())
        dialog.reject()

    shown.asks(shown.page.commands.action("costs.year_explain").trigger, read)
    assert "What there really is now" in said[0]
    shown.do("costs.year_afresh")
    assert part.form.year_ends.value() == date(2027, 4, 5)


def test_too_little_money_is_said_gravely(shown: Shown[CostsPage]) -> None:
    shown.page.show_what("year")
    shown.page.year.form.weekly_cost.set_value(Money(90_000))
    shown.page.year.form.year_ends.set_text("some day")
    shown.do("costs.year")
    shown.page.year.form.year_ends.set_value(date(2027, 3, 31))
    shown.do("costs.year")

    assert [notice.severity for notice in shown.page.year.said.shown] == ["blocking"]
    assert "will be missing. Tell the council now, in writing." in heard(shown.page)
    assert shown.page.first_field() is shown.page.year.form.year_ends
    shown.page.show_what("hour")
    assert shown.page.first_field() is shown.page.hour.form.rate


@pytest.mark.parametrize("percent", [200, 300])
def test_nothing_is_cut_off_in_large_text(
    percent: int, text_size: object, desk: Desk, household: Household, qtbot: QtBot
) -> None:
    text_size(percent)  # type: ignore[operator] # a function of the fixture
    assert household
    shown = Shown(CostsPage(desk), desk, qtbot)
    shown.settle()

    assert cut_off(shown.page) == []
    shown.page.show_what("year")
    shown.settle()
    assert cut_off(shown.page) == []
