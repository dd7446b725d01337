"""May I buy this? Asked by keyboard, answered in words, and written to the funder if need be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dpemployer import clock
from dpemployer.services.money_rows import SpendingRule, Standing
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, unnamed
from tests.ui.shown import Shown
from ui.pages.money import MoneyPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.letter import LetterDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.pages.money_spending import Spending


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[MoneyPage]:
    shown = Shown(MoneyPage(desk), desk, qtbot)
    shown.page.show_what("spending")
    shown.settle()
    assert household.asha
    return shown


def part_of(shown: Shown[MoneyPage]) -> Spending:
    return shown.page.spending


def ask(shown: Shown[MoneyPage], words: str) -> str:
    """Type a question and press Enter; return what is said then."""
    line = part_of(shown).question.line
    line.setText(words)
    QTest.keyClick(line, Qt.Key.Key_Return)
    shown.settle()
    return heard(part_of(shown))


def test_a_question_gets_one_answer_with_its_reason(shown: Shown[MoneyPage]) -> None:
    said = ask(shown, "taxi to choir")

    assert "Taxi or transport in the plan: ask first" in said
    assert "Yours may differ" in said
    assert "Care Act 2014" not in said
    assert "What you asked: taxi to choir" in said
    assert shown.said[-1] == "Taxi or transport in the plan: ask first"
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


def test_law_is_named_where_the_answer_rests_on_it(shown: Shown[MoneyPage]) -> None:
    assert "See: Care Act 2014" in ask(shown, "workplace pension")


def test_the_list_begins_with_what_is_allowed(shown: Shown[MoneyPage]) -> None:
    rows = part_of(shown).table.model.rows

    assert len(rows) == 61
    assert rows[0].answer is SpendingRule.ALLOWED


def test_what_else_it_may_be_is_said(shown: Shown[MoneyPage]) -> None:
    assert "It could also be: " in ask(shown, "fine")


def test_what_there_is_no_rule_about_says_to_ask(shown: Shown[MoneyPage]) -> None:
    said = ask(shown, "xyzzy")

    assert "No rule is about “xyzzy”. Ask your funder before you buy it." in said
    assert not shown.page.commands.action("money.spend.write").isEnabled()


def test_nothing_asked_says_what_to_type(shown: Shown[MoneyPage]) -> None:
    assert "Type a word or two" in ask(shown, " ")


def test_the_plan_counts_first_from_then_on(shown: Shown[MoneyPage], office: Office) -> None:
    ask(shown, "taxi to choir")

    def fill(dialog: FormDialog) -> None:
        assert dialog.form.typed()["words"] == "taxi to choir"
        dialog.save()
        shown.settle()

    shown.asks(lambda: shown.do("money.spend.plan"), fill)

    assert "Taxi or transport in the plan: usually yes" in heard(part_of(shown))
    (agreed,) = office.spending.agreed()
    assert (agreed.standing, agreed.guide) == (Standing.PLAN, "transport-plan")


def test_an_agreement_is_recorded_with_whose_it_is(shown: Shown[MoneyPage], office: Office) -> None:
    part_of(shown).table.select(lambda row: row.guide == "food")
    part_of(shown).table.opened.emit(part_of(shown).table.row())

    def fill(dialog: FormDialog) -> None:
        dialog.form.restore({"words": "meal kits", "who": "R. Lane"})
        dialog.save()
        shown.settle()

    shown.asks(lambda: shown.do("money.spend.agreed"), fill)

    assert "R. Lane agreed to it in writing" in heard(part_of(shown))
    assert office.spending.agreed()[0].who == "R. Lane"


def test_a_letter_that_asks_is_begun_printed_and_kept(
    shown: Shown[MoneyPage], office: Office
) -> None:
    ask(shown, "taxi to choir")
    seen: list[str] = []

    def read(paper: PdfDialog) -> None:
        seen.append(paper.text.toPlainText())
        paper.accept()

    def change(dialog: Any) -> None:
        letter: LetterDialog = dialog
        assert letter.to.text() == "Example Borough Council"
        letter.words.set_text(letter.words.text() + "\n\nIt lets me sing.")
        letter.keep.set_value(True)
        shown.asks(letter.do, read)
        letter.reject()

    shown.asks(lambda: shown.do("money.spend.write"), change)

    assert "taxi to choir" in seen[0]
    assert "It lets me sing." in seen[0]
    assert "C12345" in seen[0]
    assert [paper.title for paper in office.ledger.papers()] == [
        "A question about spending my direct payment"
    ]
