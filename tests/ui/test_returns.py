"""The return page: what is left to do, what makes each figure up, signing and amending."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.services.money_rows import Part
from dpemployer.services.rows import Party, Role
from tests.ui.books import S1, S2, load_sample
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from tests.ui.shown import Shown as ShownPage
from ui import files
from ui.pages.returns import ReturnsPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.difference import DifferenceDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.dialogs.return_line import ReturnLineDialog
    from ui.dialogs.sign_return import SignReturnDialog
    from ui.dialogs.why import WhyDialog

FIRST, LAST = date(2026, 8, 11), date(2026, 11, 10)
TODAY = date(2026, 11, 12)


class Shown(ShownPage[ReturnsPage]):
    """The return page over the second invented period."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(ReturnsPage(desk), desk, qtbot)

    def on_line(self, words: str) -> None:
        """Go to the first line of the form that begins like this."""
        found = self.page.form.select(
            lambda row: row.line is not None and row.line.label.startswith(words)
        )
        assert found, words
        self.page.form.setFocus()

    def checks(self) -> dict[str, bool]:
        """What is so and what is not."""
        return {check.words: check.done for check in self.page.checklist.checks}

    def sign(self) -> None:
        """Sign it, as the only person named in the book who may."""

        def write_name(dialog: SignReturnDialog) -> None:
            dialog.role.set_value(0)
            for tick in dialog.ticks:
                tick.set_value(True)
            self.done(dialog)

        self.asks(lambda: self.do("return.sign"), write_name)


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def shown(office: Office, desk: Desk, qtbot: QtBot) -> Shown:
    load_sample(office, S2)
    office.people.hold_role(1, Role.SIGNATORY, FIRST, "themselves")
    return Shown(desk, qtbot)


# ── what is shown ─────────────────────────────────────────────────────────────────────


def test_the_return_of_the_period_just_over_is_shown(shown: Shown) -> None:
    said = heard(shown.page)

    assert shown.page.period.value() == (FIRST, LAST)
    assert "£2,319.83 at the start + £4,140.00 in − £3,247.60 out = £3,212.23 at the end" in said
    assert "The balance is £182.23 over 6 weeks" in said
    assert "It is due about 8 December 2026" in said


def test_every_line_shows_what_makes_it_up(shown: Shown) -> None:
    shown.on_line("Day services")

    def look(dialog: ReturnLineDialog) -> None:
        said = heard(dialog)
        assert "Day services and clubs: £280.00" in said
        assert said.count("Meadow Day Club") >= 3
        assert unnamed(dialog) == []
        dialog.accept()

    shown.asks(lambda: press(Qt.Key.Key_Return), look)


def test_its_lists_can_be_read_on_screen(shown: Shown) -> None:
    lists = shown.page.lists

    payments = next(table for name, table in lists.tables.items() if len(table.model.rows) > 20)
    assert any("Cinema, carer ticket" in cell for row in payments.model.rows for cell in row)
    assert lists.sections is not None
    lists.sections.turn(+1)
    assert unnamed(shown.page) == []


def test_a_missing_paper_has_the_button_that_goes_to_it(shown: Shown) -> None:
    words = next(words for words, done in shown.checks().items() if not done)
    assert words == "1 payment has no paper; it is listed on the return."

    (button,) = shown.page.checklist.findChildren(QPushButton)
    button.click()

    assert shown.went == [("money", ("missing", FIRST))]


def test_another_page_can_point_at_a_return(office: Office, desk: Desk, qtbot: QtBot) -> None:
    load_sample(office, S2)
    page = ReturnsPage(desk)
    page.show_what(("generic-quarterly", date(2026, 10, 1), date(2026, 12, 31)))
    shown = ShownPage(page, desk, qtbot)

    assert shown.page.template.value() == "generic-quarterly"
    assert shown.page.period.value() == (date(2026, 10, 1), date(2026, 12, 31))


def test_it_follows_what_is_done_elsewhere(shown: Shown, office: Office) -> None:
    missing = office.ledger.evidence_missing(FIRST, LAST)[0]
    paper = office.ledger.keep_paper("craft.txt", b"Craft group 7.75", "receipt", "Craft group")

    office.ledger.attach(paper.paper_id, entry_id=missing.entry_id)
    shown.settle()

    assert all(shown.checks().values())


# ── signing ───────────────────────────────────────────────────────────────────────────


def test_a_difference_of_a_penny_is_explained_and_cannot_be_signed(
    shown: Shown, office: Office
) -> None:
    tin = next(row for row in office.ledger.accounts() if row.kind == "cash")
    bank = next(row for row in office.ledger.accounts() if row.kind != "cash")
    line = next(row for row in office.ledger.lines() if row.description == "CASH 14OCT")
    assert tin.account_id != bank.account_id
    statement = office.ledger.statements()[0]
    with office.book.change("Changed by a penny") as tx:
        from dataclasses import replace  # noqa: PLC0415 - only here

        from dpemployer.bookkeeping.ledger import LedgerEntry, Split  # noqa: PLC0415 - as above

        entry = tx.find_one(LedgerEntry, statement_line_id=line.line_id)
        assert entry is not None
        split = tx.find_one(Split, entry_id=entry.id)
        assert split is not None
        tx.update(replace(entry, amount=entry.amount + Money(1)))
        tx.update(replace(split, amount=split.amount + Money(1)))
    assert statement.left == Money(0)
    shown.settle()
    assert shown.checks()["Find the £0.01 by which the bank and the book differ."] is False

    def look(dialog: DifferenceDialog) -> None:
        assert "The bank and the book differ by £0.01" in heard(dialog)
        assert unnamed(dialog) == []
        buttons = {each.text(): each for each in dialog.findChildren(QPushButton)}
        buttons["Look at the cash book"].click()

    def refused(dialog: SignReturnDialog) -> None:
        dialog.role.set_value(0)
        for tick in dialog.ticks:
            tick.set_value(True)
        shown.done(dialog)
        assert "This return cannot be signed yet." in heard(dialog)
        assert all(tick.read() for tick in dialog.ticks)
        dialog.opened_as()
        dialog.cancel_button.click()

    why = next(
        each
        for each in shown.page.checklist.findChildren(QPushButton)
        if each.text() == "Why do they differ?"
    )
    shown.asks(why.click, look)
    assert shown.went == [("money", ("entries", FIRST))]
    shown.asks(lambda: shown.do("return.sign"), refused)
    assert office.returns.signed() == ()


def test_nothing_is_ticked_beforehand_and_enter_does_not_sign(shown: Shown, office: Office) -> None:
    def hold_back(dialog: SignReturnDialog) -> None:
        assert not any(tick.read() for tick in dialog.ticks)
        dialog.role.set_value(0)
        press(Qt.Key.Key_Return, on=dialog)
        shown.settle()
        shown.done(dialog)
        assert "Part of the declaration is not ticked." in heard(dialog)
        assert unnamed(dialog) == []
        dialog.opened_as()
        dialog.cancel_button.click()

    shown.asks(lambda: shown.do("return.sign"), hold_back)

    assert office.returns.signed() == ()


def test_signing_fixes_it(shown: Shown, office: Office) -> None:
    shown.sign()

    (signed,) = office.returns.signed()
    assert (signed.signed_by, signed.closing) == ("Test Person Two", Money(321_223))
    assert "Signed by Test Person Two on 12 November 2026, version 1." in heard(shown.page)
    assert not shown.page.commands.action("return.sign").isEnabled()
    assert "The return is signed." in shown.said


def test_somebody_the_book_does_not_know_types_their_name(
    office: Office, desk: Desk, qtbot: QtBot
) -> None:
    load_sample(office, S1)
    shown = Shown(desk, qtbot)

    def write_name(dialog: SignReturnDialog) -> None:
        place = next(place for place, who in enumerate(dialog._who) if not who.name)
        dialog.role.set_value(place)
        assert dialog.name.isVisible()
        shown.done(dialog)
        assert "“Their full name” is empty." in heard(dialog)
        dialog.name.set_text("Pat Helper")
        dialog.opened_as()
        dialog.cancel_button.click()

    shown.asks(lambda: shown.do("return.sign"), write_name)


def test_a_signed_return_is_amended_and_says_what_changed(shown: Shown, office: Office) -> None:
    shown.sign()
    shown.page.signed.select(lambda _row: True)

    def say_why(dialog: WhyDialog) -> None:
        assert "What was signed stays as it was." in dialog.accessibleDescription()
        dialog.reason.set_text("The taxi was a club outing.")
        shown.done(dialog)

    shown.asks(lambda: shown.do("return.amend"), say_why)
    assert "It was signed before and has been opened again." in heard(shown.page)
    assert "Nothing is different yet from what was signed." in heard(shown.page)
    taxi = next(row for row in office.ledger.entries() if row.payee == "Taxi to clinic group")
    with office.book.read() as reading:
        from dpemployer.bookkeeping.ledger import LedgerEntry  # noqa: PLC0415 - only here

        entry = reading.get(LedgerEntry, taxi.entry_id)
    office.ledger.change_entry(entry, [Part("plan.domestic", entry.amount)])
    shown.settle()
    assert "Help in the home: was £0.00, is £12.50." in heard(shown.page)

    shown.sign()

    newest, oldest = office.returns.signed()
    assert (newest.version, oldest.version, oldest.replaced) == (2, 1, True)
    assert "was £0.00, is £12.50" in newest.what_changed


# ── paper ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["return.paper", "return.large", "return.audit"])
def test_it_is_seen_on_paper(name: str, shown: Shown) -> None:
    def look(dialog: PdfDialog) -> None:
        assert "Test Person Two" in dialog.text.toPlainText()
        dialog.accept()

    shown.asks(lambda: shown.do(name), look)


@pytest.mark.parametrize(
    ("name", "held"), [("return.csv", "3212.23"), ("return.audit_csv", "Taxi")]
)
def test_it_is_saved_for_a_spreadsheet(
    name: str, held: str, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "out.csv"
    monkeypatch.setattr(files, "choose_place", lambda *_asked: place)

    shown.do(name)

    assert held in place.read_text(encoding="utf-8-sig")
    assert shown.said == ["Saved as out.csv."]


def test_the_signed_paper_can_be_seen_again(shown: Shown) -> None:
    shown.sign()
    shown.page.signed.select(lambda _row: True)

    def look(dialog: PdfDialog) -> None:
        assert "3,212.23" in dialog.text.toPlainText()
        dialog.accept()

    shown.asks(lambda: shown.do("return.open"), look)


# ── choosing ──────────────────────────────────────────────────────────────────────────


def test_another_return_is_chosen_for_good(shown: Shown, office: Office) -> None:
    assert not shown.page.commands.action("return.always").isEnabled()
    shown.page.template.set_value("generic-quarterly")
    shown.settle()

    shown.do("return.always")

    chosen = office.returns.chosen(TODAY)
    assert chosen is not None
    assert chosen.template == "generic-quarterly"
    assert not shown.page.commands.action("return.always").isEnabled()


def test_a_book_with_nothing_in_it_shows_nothing_and_breaks_nothing(
    office: Office, desk: Desk, qtbot: QtBot
) -> None:
    shown = Shown(desk, qtbot)

    assert "Choose a return and a period, and it appears here." in heard(shown.page)
    shown.page.template.set_value("generic-quarterly")
    shown.settle()
    shown.page.first.set_text("1/7/2026")
    shown.page.last.set_text("30/6/2026")
    shown.settle()
    assert "The last day of the return is before its first day." in heard(shown.page)
    office.people.add_party(Party(0, "Jo Marsh"))
    shown.settle()


# ── hearing and seeing ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("percent", [100, 200, 300])
def test_nothing_is_cut_off_and_everything_is_named(
    percent: int, office: Office, desk: Desk, qtbot: QtBot, text_size: Callable[[int], None]
) -> None:
    load_sample(office, S2)
    text_size(percent)
    shown = Shown(desk, qtbot)

    assert cut_off(shown.page) == []
    assert past_the_edge(shown.page) == []
    assert unnamed(shown.page) == []

    def look(dialog: Any) -> None:
        dialog.resize(1000, 760)
        shown.settle()
        assert cut_off(dialog) == []
        assert past_the_edge(dialog) == []
        assert unnamed(dialog) == []
        dialog.done(0)

    shown.on_line("Direct payment")
    shown.asks(lambda: shown.do("return.parts"), look)
    shown.asks(lambda: shown.do("return.sign"), look)


@pytest.mark.parametrize("private", [False, True])
def test_everything_behind_it_is_saved_in_one_file(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, private: bool
) -> None:
    place = tmp_path / "evidence.pdf"
    monkeypatch.setattr(files, "choose_place", lambda *_asked: place)
    command = "return.private" if private else "return.bundle"

    shown.do(command)

    assert place.read_bytes().startswith(b"%PDF-")
    assert shown.said[-1] == "Saved as evidence.pdf."
    shown.do(command)
    assert "is there already" in heard(shown.page)
