"""The money page: the bank's lines come in, each is explained, and the papers are kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QPushButton

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.services.money_rows import Account, AccountKind, CommitmentKind, Invoice, Part
from tests.ui.books import S1, S2, a_council, an_account, bank_file, load_sample
from tests.ui.keys import press, write
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from tests.ui.modal import asks
from tests.ui.shown import Shown as ShownPage
from ui.files import ChosenFile
from ui.pages.money import MoneyPage
from ui.pages.money_part import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.bill import BillDialog
    from ui.dialogs.cash_entry import EntryDialog, TransferDialog, WaitingBeforeDialog
    from ui.dialogs.code_line import CodeLineDialog
    from ui.dialogs.paper import PaperDialog
    from ui.dialogs.paper_view import PictureDialog, PlainTextDialog
    from ui.dialogs.payment import PaymentDialog
    from ui.dialogs.question import Question
    from ui.dialogs.reported import BureauPayslipDialog, InvoiceDialog
    from ui.dialogs.reserve import ReserveDialog
    from ui.dialogs.statement_file import StatementFileDialog
    from ui.dialogs.typed_statement import StartStatementDialog, TypeLinesDialog
    from ui.dialogs.why import WhyDialog

TODAY = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


class Shown(ShownPage[MoneyPage]):
    """The money page, and bringing a bank's file in."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(MoneyPage(desk), desk, qtbot)

    def bring_in(self, content: bytes = b"", name: str = "statement.csv") -> None:
        """Keep a bank's file."""
        chosen = ChosenFile(name, content or bank_file(S1))

        def keep(dialog: StatementFileDialog) -> None:
            dialog.take(chosen)
            self.settle()
            self.done(dialog)

        self.asks(self.page.add_file, keep)


@pytest.fixture
def shown(office: Office, desk: Desk, qtbot: QtBot) -> Shown:
    """The page over a book with an account, a council, and nothing in it yet."""
    an_account(office)
    a_council(office)
    return Shown(desk, qtbot)


@pytest.fixture
def sample(office: Office, desk: Desk, qtbot: QtBot) -> Shown:
    """The page over a whole period: cheques, a cash tin, bills, papers, and one receipt lost."""
    load_sample(office, S2)
    return Shown(desk, qtbot)


# ── statements from a file ────────────────────────────────────────────────────────────


def test_every_line_of_a_file_is_seen_before_anything_is_kept(shown: Shown, office: Office) -> None:
    def look(dialog: StatementFileDialog) -> None:
        dialog.take(ChosenFile("july.csv", bank_file(S1)))
        shown.settle()
        assert len(dialog.table.model.rows) == 35
        assert "35 new lines, 0 already in the book" in heard(dialog)
        assert office.ledger.statements() == ()
        dialog.cancel_button.click()

    shown.asks(shown.page.add_file, look)

    assert office.ledger.statements() == ()


def test_a_file_kept_twice_adds_nothing(shown: Shown, office: Office) -> None:
    shown.bring_in()

    def again(dialog: StatementFileDialog) -> None:
        dialog.take(ChosenFile("july again.csv", bank_file(S1)))
        shown.settle()
        assert "0 new lines, 35 already in the book" in heard(dialog)
        assert not dialog.do_button.isEnabled()
        dialog.cancel_button.click()

    shown.asks(shown.page.add_file, again)

    assert len(office.ledger.lines()) == 35


def test_what_is_certain_explains_itself_and_the_rest_waits(shown: Shown) -> None:
    shown.bring_in()

    to_explain = shown.page.to_explain.table.model.rows
    entries = shown.page.entries.table.model.rows
    assert len(to_explain) + len(entries) == 35
    assert entries
    assert f"To explain ({len(to_explain)})" in heard(shown.page)


def test_a_file_that_cannot_be_read_whole_names_the_line_and_keeps_nothing(
    shown: Shown, office: Office
) -> None:
    broken = bank_file(S1).replace(b"24/07/2026", b"24/O7/2026")

    def look(dialog: StatementFileDialog) -> None:
        dialog.take(ChosenFile("broken.csv", broken))
        shown.settle()
        assert "line 7" in heard(dialog).casefold()
        assert not dialog.do_button.isEnabled()
        dialog.cancel_button.click()

    shown.asks(shown.page.add_file, look)

    assert office.ledger.statements() == ()


def test_a_statement_added_by_mistake_is_taken_out_again(shown: Shown, office: Office) -> None:
    csv = b"Date,Description,Paid out,Paid in,Balance\n03/07/2026,SOMEBODY ELSE,10.00,,3108.42\n"
    shown.bring_in(csv)
    table = shown.turn_to("statements")
    table.select(lambda _row: True)

    def yes(question: Question) -> None:
        assert question.cancel_button.hasFocus()
        question.do_button.click()

    shown.asks(lambda: shown.do("money.remove"), yes)

    assert office.ledger.statements() == ()
    assert office.ledger.lines() == ()


def test_files_dropped_on_the_page_are_kept_as_what_they_are(
    shown: Shown, office: Office, tmp_path: Path
) -> None:
    (tmp_path / "july.csv").write_bytes(bank_file(S1))
    (tmp_path / "gloves_bell_street.txt").write_text("Gloves, £12.00", encoding="utf-8")
    data = QMimeData()
    data.setUrls(
        [
            QUrl.fromLocalFile(str(tmp_path / name))
            for name in ("july.csv", "gloves_bell_street.txt")
        ]
    )
    drop = QDropEvent(
        QPoint(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    def keep_statement(dialog: StatementFileDialog) -> None:
        shown.settle()
        shown.done(dialog)

    def keep_paper(dialog: PaperDialog) -> None:
        assert dialog.title.text() == "gloves bell street"
        dialog.kind.set_value("receipt")
        shown.done(dialog)

    shown.asks(lambda: shown.page.dropEvent(drop), keep_statement, keep_paper)

    assert len(office.ledger.lines()) == 35
    assert [row.title for row in office.ledger.papers()] == ["gloves bell street"]


# ── statements from paper ─────────────────────────────────────────────────────────────


def _start(shown: Shown, closing: str) -> Callable[[StartStatementDialog], None]:
    def fill(dialog: StartStatementDialog) -> None:
        assert dialog.opening.text() == "3118.42"
        assert dialog.first.text() == "01/07/2026"
        dialog.last.set_text("31/7/2026")
        dialog.closing.set_text(closing)
        shown.done(dialog)

    return fill


def test_lines_are_typed_from_paper_with_the_keyboard(shown: Shown, office: Office) -> None:
    def type_lines(dialog: TypeLinesDialog) -> None:
        shown.settle()
        for day, words, money_out, money_in in (
            ("3/7", "STO CONTRIBUTION", "", "71.25"),
            ("10/7", "PENSION PROVIDER", "62.49", ""),
        ):
            assert dialog.day.line.hasFocus()
            write(day)
            press(Qt.Key.Key_Tab, times=2)
            write(words)
            press(Qt.Key.Key_Tab)
            write(money_out)
            press(Qt.Key.Key_Tab)
            write(money_in)
            press(Qt.Key.Key_Return)
            shown.settle()
        assert "The lines reach the balance at the end" in heard(dialog)
        dialog.cancel_button.click()

    shown.asks(shown.page.type_statement, _start(shown, "3,127.18"), type_lines)

    assert [(line.day, line.amount) for line in office.ledger.lines()] == [
        (date(2026, 7, 3), Money(7_125)),
        (date(2026, 7, 10), Money(-6_249)),
    ]


def test_a_slip_is_said_at_once_and_what_was_typed_stays(shown: Shown, office: Office) -> None:
    def type_one(dialog: TypeLinesDialog) -> None:
        shown.settle()
        dialog.words.set_text("STO CONTRIBUTION")
        dialog.paid_in.set_text("17.25")
        dialog.balance.set_text("3189.67")
        shown.done(dialog)
        assert "The balance does not follow from the line before." in heard(dialog)
        assert dialog.paid_in.text() == "17.25"
        dialog.paid_in.set_text("71.25")
        shown.done(dialog)
        assert dialog.paid_in.text() == ""
        dialog.cancel_button.click()

    shown.asks(shown.page.type_statement, _start(shown, "4,000.00"), type_one)

    (line,) = office.ledger.lines()
    assert line.amount == Money(7_125)


def test_a_line_that_was_missed_is_put_where_it_stands_on_paper(
    shown: Shown, office: Office
) -> None:
    def type_lines(dialog: TypeLinesDialog) -> None:
        shown.settle()
        for day, words, paid_in in (("3/7", "STO CONTRIBUTION", "71.25"), ("9/7", "GIFT", "5")):
            dialog.day.set_text(day)
            dialog.words.set_text(words)
            dialog.paid_in.set_text(paid_in)
            shown.done(dialog)
        dialog.table.select(lambda line: line.description == "GIFT")
        dialog.above_button.click()
        assert "The next line you add goes above £5.00, GIFT, of 9 July 2026." in heard(dialog)
        assert dialog.day.line.hasFocus()
        dialog.day.set_text("6/7")
        dialog.words.set_text("CHEMIST")
        dialog.paid_out.set_text("1.10")
        shown.done(dialog)
        assert "goes above" not in heard(dialog)
        assert dialog.day.text() == "09/07/2026"
        dialog.cancel_button.click()

    shown.asks(shown.page.type_statement, _start(shown, "3,193.57"), type_lines)

    assert [line.description for line in office.ledger.lines()] == [
        "STO CONTRIBUTION",
        "CHEMIST",
        "GIFT",
    ]


def test_a_missed_line_can_go_at_the_end_after_all(shown: Shown) -> None:
    def change_mind(dialog: TypeLinesDialog) -> None:
        shown.settle()
        assert not dialog.above_button.isEnabled()
        dialog.day.set_text("3/7")
        dialog.words.set_text("STO CONTRIBUTION")
        dialog.paid_in.set_text("71.25")
        shown.done(dialog)
        dialog.above_button.click()
        assert dialog.above_button.text() == "Go on at the end"
        dialog.above_button.click()
        assert "goes above" not in heard(dialog)
        dialog.above_button.click()
        dialog.remove()
        shown.settle()
        assert "goes above" not in heard(dialog)
        dialog.cancel_button.click()

    shown.asks(shown.page.type_statement, _start(shown, "3,189.67"), change_mind)


def test_a_statement_left_in_the_middle_is_offered_again(shown: Shown) -> None:
    def leave(dialog: TypeLinesDialog) -> None:
        dialog.cancel_button.click()

    shown.asks(shown.page.type_statement, _start(shown, "4,000.00"), leave)

    assert "The statement typed up to 31 July 2026 is not whole" in heard(shown.page)
    (notice,) = shown.page.notices.shown
    (go_on,) = notice.findChildren(QPushButton)

    def close(dialog: TypeLinesDialog) -> None:
        assert "1 to 31 July 2026" in heard(dialog)
        dialog.cancel_button.click()

    shown.asks(go_on.click, close)


def test_the_top_of_a_typed_statement_is_put_right(shown: Shown, office: Office) -> None:
    def change(dialog: StartStatementDialog) -> None:
        dialog.closing.set_text("3,118.42")
        shown.done(dialog)

    def put_right(dialog: TypeLinesDialog) -> None:
        shown.settle()
        asks(shown.qtbot, dialog.change_top, change)
        shown.settle()
        dialog.cancel_button.click()

    shown.asks(shown.page.type_statement, _start(shown, "4,000.00"), put_right)

    (statement,) = office.ledger.statements()
    assert statement.closing == Money(311_842)


# ── explaining lines ──────────────────────────────────────────────────────────────────


def _on(shown: Shown, words: str) -> None:
    """Go to the first line to explain whose words begin like this."""
    table = shown.turn_to("to_explain")
    assert table.select(lambda row: row.description.startswith(words))


def test_a_line_is_explained_by_hand(shown: Shown, office: Office) -> None:
    shown.bring_in()
    _on(shown, "KESTREL HOMECARE")
    before = len(shown.page.to_explain.table.model.rows)

    def say(dialog: CodeLineDialog) -> None:
        dialog.say_it()
        dialog.payee.set_text("Kestrel Homecare")
        dialog.parts.first.set_value("care.agency")
        assert "It asks for a paper" in heard(dialog)
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.code"), say)

    assert len(shown.page.to_explain.table.model.rows) == before - 1
    assert shown.page.to_explain.table.row() is not None
    entry = next(each for each in office.ledger.entries() if each.payee == "Kestrel Homecare")
    assert [part.category for part in entry.parts] == ["care.agency"]


def test_parts_that_do_not_add_up_are_refused_and_kept_on_screen(
    shown: Shown, office: Office
) -> None:
    shown.bring_in()
    _on(shown, "KESTREL HOMECARE")

    def say(dialog: CodeLineDialog) -> None:
        dialog.say_it()
        dialog.parts.first.set_value("care.agency")
        dialog.parts.add_part()
        first, second = dialog.parts._forms
        first.amount.set_text("200")
        second.what.set_value("plan.transport")
        second.amount.set_text("98")
        assert "£0.80 is still to be divided." in heard(dialog)
        shown.done(dialog)
        assert "The parts do not add up to £298.80." in heard(dialog)
        assert second.amount.text() == "98"
        second.amount.set_text("98.80")
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.code"), say)

    entry = next(each for each in office.ledger.entries() if len(each.parts) == 2)
    assert [part.amount for part in entry.parts] == [Money(-20_000), Money(-9_880)]


def test_what_it_looks_like_is_accepted_with_enter(shown: Shown, office: Office) -> None:
    shown.bring_in()
    before = {row.line_id for row in shown.page.to_explain.table.model.rows}
    offered = next(
        row for row in shown.page.to_explain.table.model.rows if row.proposal is not None
    )
    shown.turn_to("to_explain").select(lambda row: row is offered)

    def yes(dialog: CodeLineDialog) -> None:
        assert dialog.proposals.view.hasFocus()
        press(Qt.Key.Key_Return)
        shown.settle()

    shown.asks(lambda: press(Qt.Key.Key_Return), yes)

    after = {row.line_id for row in office.ledger.lines(to_code_only=True)}
    assert before - after == {offered.line_id}


def test_money_back_is_joined_to_the_cost_it_reduces(shown: Shown, office: Office) -> None:
    csv = (
        b"Date,Description,Paid out,Paid in,Balance\n"
        b"03/07/2026,KESTREL HOMECARE,298.80,,2819.62\n"
        b"09/07/2026,MISC CREDIT,,49.80,2869.42\n"
    )
    shown.bring_in(csv)
    cost = next(row for row in office.ledger.lines() if row.amount < Money(0))
    if cost.entry_id is None:
        office.ledger.code_line(
            cost.line_id, "Kestrel Homecare", [Part("care.agency", cost.amount)]
        )
        shown.page.refresh()
        shown.settle()
    _on(shown, "MISC CREDIT")

    def say(dialog: CodeLineDialog) -> None:
        dialog.say_it()
        dialog.payee.set_text("Kestrel Homecare")
        dialog.parts.first.set_value("inc.supplier_refund")
        assert dialog.refund is not None
        (paid,) = dialog.refund.offered
        dialog.refund.set_value(paid)
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.code"), say)

    back = next(row for row in office.ledger.entries() if row.amount == Money(4_980))
    assert back.refund_of_id is not None


def test_an_explanation_is_taken_back(shown: Shown, office: Office) -> None:
    shown.bring_in()
    left = len(office.ledger.lines(to_code_only=True))
    table = shown.turn_to("lines")
    assert table.select(lambda row: row.entry_id is not None)

    shown.do("money.undo")

    assert len(office.ledger.lines(to_code_only=True)) == left + 1


# ── the cash book ─────────────────────────────────────────────────────────────────────


def test_cash_is_paid_out_of_the_tin(sample: Shown, office: Office) -> None:
    tin = next(row for row in office.ledger.accounts() if row.kind == "cash")

    def pay(dialog: EntryDialog) -> None:
        dialog.account.set_value(tin.account_id)
        dialog.day.set_text("5/11/2026")
        dialog.amount.set_text("3.20")
        dialog.payee.set_text("Bus")
        dialog.parts.first.set_value("plan.transport")
        sample.done(dialog)

    sample.asks(sample.page.add_entry, pay)

    tin = next(row for row in office.ledger.accounts() if row.kind == "cash")
    assert tin.book_balance == Money(1_365)


def test_a_cheque_waits_until_the_bank_shows_it(shown: Shown) -> None:
    def write_one(dialog: EntryDialog) -> None:
        dialog.day.set_text("6/7/2026")
        dialog.amount.set_text("105")
        dialog.payee.set_text("T Marsh Support")
        dialog.cheque.set_text("000119")
        dialog.parts.first.set_value("care.self_employed")
        shown.done(dialog)

    shown.asks(shown.page.add_entry, write_one)

    assert shown.page.waiting.count() == 1
    csv = b"Date,Description,Paid out,Paid in,Balance\n14/07/2026,CHQ 000119,105.00,,3013.42\n"
    shown.bring_in(csv)
    assert shown.page.waiting.count() == 0
    assert shown.page.to_explain.count() == 0


def test_a_cheque_from_before_the_book_only_waits(shown: Shown, office: Office) -> None:
    shown.turn_to("waiting")

    def write_one(dialog: WaitingBeforeDialog) -> None:
        dialog.day.set_text("28/6/2026")
        dialog.amount.set_text("87.50")
        dialog.payee.set_text("Meadow Day Club")
        dialog.cheque.set_text("000118")
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.before"), write_one)

    (entry,) = office.ledger.waiting()
    assert entry.brought_forward
    assert "from before this book" in str(shown.page.waiting.table.view.model().index(0, 6).data())


def test_money_moves_between_accounts(sample: Shown, office: Office) -> None:
    bank, tin = office.ledger.accounts()

    def move(dialog: TransferDialog) -> None:
        dialog.source.set_value(bank.account_id)
        dialog.target.set_value(tin.account_id)
        dialog.day.set_text("10/11/2026")
        dialog.amount.set_text("20")
        sample.done(dialog)

    sample.asks(sample.page.transfer, move)

    assert office.ledger.accounts()[1].book_balance == Money(3_685)


def test_an_entry_is_put_right(sample: Shown, office: Office) -> None:
    table = sample.turn_to("entries")
    table.select(lambda row: row.payee == "Taxi to clinic group")

    def change(dialog: EntryDialog) -> None:
        assert dialog.amount.text() == "12.50"
        dialog.payee.set_text("Taxi, clinic group")
        sample.done(dialog)

    sample.asks(lambda: sample.do("money.change"), change)

    assert any(each.payee == "Taxi, clinic group" for each in office.ledger.entries())


def test_an_entry_is_voided_only_with_a_reason_and_never_by_enter(
    sample: Shown, office: Office
) -> None:
    table = sample.turn_to("entries")
    table.select(lambda row: row.payee == "Taxi to clinic group")
    entry_id = table.row().entry_id

    def void(dialog: WhyDialog) -> None:
        press(Qt.Key.Key_Return, on=dialog)
        sample.settle()
        assert not office.ledger.entry(entry_id).void
        dialog.do_button.click()
        assert "is empty" in heard(dialog)
        dialog.reason.set_text("typed twice")
        sample.done(dialog)

    sample.asks(lambda: sample.do("money.void"), void)

    assert office.ledger.entry(entry_id).void_reason == "typed twice"
    assert office.ledger.entry(entry_id).void


# ── papers ────────────────────────────────────────────────────────────────────────────


def _photograph() -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # noqa: PLC0415 - only here

    picture = QImage(60, 80, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.lightGray)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def test_a_lost_receipt_is_found_and_added(sample: Shown, office: Office) -> None:
    table = sample.turn_to("missing")
    assert table.select(lambda row: row.payee == "Craft group")

    def add(dialog: PaperDialog) -> None:
        assert "It proves £7.75, Craft group, of 18 September 2026." in heard(dialog)
        assert dialog.kind.value() == "receipt"
        sample.done(dialog)
        assert "No file is chosen." in heard(dialog)
        dialog.take(ChosenFile("craft-receipt.png", _photograph()))
        sample.done(dialog)

    sample.asks(lambda: press(Qt.Key.Key_Return), add)

    assert sample.page.missing.count() == 0
    assert office.ledger.papers()[-1].title == "craft receipt"


def test_a_payment_shows_its_papers_and_gives_them_up(sample: Shown, office: Office) -> None:
    paper = office.ledger.keep_paper("note.txt", b"Taxi, 12.50", "receipt", "Taxi receipt")
    table = sample.turn_to("entries")
    table.select(lambda row: row.payee == "Taxi to clinic group")
    entry_id = table.row().entry_id
    office.ledger.attach(paper.paper_id, entry_id=entry_id)

    def read(dialog: PlainTextDialog) -> None:
        assert dialog.text.toPlainText() == "Taxi, 12.50"
        dialog.close_button.click()

    def look(dialog: PaymentDialog) -> None:
        assert "£12.50 out to Taxi to clinic group" in heard(dialog)
        assert dialog.papers.select(lambda row: row.paper_id == paper.paper_id)
        asks(sample.qtbot, dialog.open_paper, read)
        dialog.papers.select(lambda row: row.paper_id == paper.paper_id)
        dialog.take_off()
        sample.settle()
        dialog.accept()

    sample.asks(lambda: sample.do("money.show"), look)

    assert paper.paper_id not in {each.paper_id for each in office.ledger.entry(entry_id).papers}


def test_a_photograph_is_shown_larger_and_turned(sample: Shown, office: Office) -> None:
    office.ledger.keep_paper("photo.png", _photograph(), "receipt", "A photograph")
    sample.page.refresh()
    sample.settle()
    sample.turn_to("papers").select(lambda row: row.title == "A photograph")

    def look(dialog: PictureDialog) -> None:
        before = dialog._shown.width()
        press(Qt.Key.Key_Plus, on=dialog)
        assert dialog._shown.width() > before
        dialog.turn()
        assert dialog._shown.width() > dialog._shown.height()
        assert unnamed(dialog) == []
        dialog.accept()

    sample.asks(lambda: press(Qt.Key.Key_Return), look)


# ── bills, and money set aside ────────────────────────────────────────────────────────


def test_a_bill_is_added_and_ended_with_a_reason(shown: Shown, office: Office) -> None:
    table = shown.turn_to("bills")

    def add(dialog: BillDialog) -> None:
        dialog.kind.set_value(CommitmentKind.INVOICE)
        dialog.payee.set_text("Kestrel Homecare")
        dialog.amount.set_text("298.80")
        dialog.since.set_text("1/10/2026")
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.bill"), add)
    assert [row.outstanding for row in table.model.rows] == [Money(29_880)]
    table.select(lambda _row: True)

    def end(dialog: WhyDialog) -> None:
        assert dialog.until is not None
        dialog.until.set_text("2/10/2026")
        dialog.reason.set_text("They sent it by mistake.")
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.end_bill"), end)

    assert table.model.rows == ()
    assert len(office.ledger.commitments(date(2026, 10, 2))) == 1


def test_money_is_set_aside_changed_and_free_again(shown: Shown, office: Office) -> None:
    table = shown.turn_to("reserves")

    def add(dialog: ReserveDialog) -> None:
        dialog.kind.set_value("planned_break")
        dialog.label.set_text("A break in January")
        dialog.amount.set_text("600")
        dialog.agreed_by.set_text("A Social Worker")
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.reserve"), add)
    table.select(lambda _row: True)

    def change(dialog: ReserveDialog) -> None:
        dialog.amount.set_text("650")
        shown.done(dialog)

    shown.asks(lambda: press(Qt.Key.Key_Return), change)
    assert [row.amount for row in office.ledger.reserves()] == [Money(65_000)]
    table.select(lambda _row: True)

    shown.asks(lambda: shown.do("money.free"), lambda question: question.do_button.click())

    assert office.ledger.reserves() == ()


# ── what others report ────────────────────────────────────────────────────────────────


def test_an_invoice_still_to_be_paid_is_a_bill_too(shown: Shown, office: Office) -> None:
    shown.turn_to("reported")

    def add(dialog: InvoiceDialog) -> None:
        assert dialog.credits.isHidden()
        dialog.provider.set_text("Kestrel Homecare")
        dialog.reference.set_text("INV-2207")
        dialog.day.set_text("24/8/2026")
        dialog.amount.set_text("298.80")
        dialog.hours.set_text("12")
        dialog.rate.set_text("24.90")
        dialog.unpaid.set_value(True)
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.invoice"), add)

    (invoice,) = office.ledger.invoices()
    assert (invoice.amount, str(invoice.hours)) == (Money(29_880), "12")
    assert [row.payee for row in shown.page.bills.table.model.rows] == ["Kestrel Homecare"]


def test_a_credit_note_reduces_an_invoice(shown: Shown, office: Office) -> None:
    invoice_id = office.ledger.add_invoice(
        Invoice(0, "Kestrel Homecare", "1", date(2026, 8, 24), date(2026, 8, 24), Money(29_880))
    )
    shown.settle()
    table = shown.turn_to("reported")

    def add(dialog: InvoiceDialog) -> None:
        dialog.is_credit.set_value(True)
        dialog.credits.set_value(invoice_id)
        dialog.provider.set_text("Kestrel Homecare")
        dialog.day.set_text("2/9/2026")
        dialog.amount.set_text("49.80")
        dialog.hours.set_text("2")
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.invoice"), add)

    credit = office.ledger.invoices()[1]
    assert (credit.amount, credit.hours, credit.credits_id) == (
        Money(-4_980),
        Decimal(-2),
        invoice_id,
    )
    assert office.ledger.commitments(TODAY) == ()
    table.select(lambda row: row.id == credit.id)

    shown.asks(
        lambda: shown.do("money.remove_invoice"), lambda question: question.do_button.click()
    )

    assert [each.id for each in office.ledger.invoices()] == [invoice_id]


def test_a_bureaus_payslip_is_copied_and_taken_out(shown: Shown, office: Office) -> None:
    part = shown.page.reported
    shown.turn_to("reported")

    def copy(dialog: BureauPayslipDialog) -> None:
        dialog.who.set_text("Amina Y.")
        dialog.pay_date.set_text("31/7/2026")
        dialog.gross.set_text("1300")
        dialog.tax.set_text("50")
        dialog.net.set_text("1300")
        dialog.worked.set_text("91:30")
        shown.done(dialog)
        assert "cannot be what is left" in heard(dialog)
        dialog.net.set_text("1250")
        shown.done(dialog)

    shown.asks(lambda: shown.do("money.bureau"), copy)
    (hours,) = office.ledger.reported_hours()
    assert hours.worked == Decimal("91.5")
    part.payslips.select(lambda _row: True)

    shown.asks(lambda: shown.do("money.remove_bureau"), lambda question: question.do_button.click())

    assert office.ledger.reported_payslips() == ()
    assert office.ledger.reported_hours() == ()


# ── leaving, hearing, seeing ──────────────────────────────────────────────────────────


def test_leaving_a_dialog_asks_before_what_was_typed_is_lost(shown: Shown, office: Office) -> None:
    def leave(dialog: BillDialog) -> None:
        dialog.payee.set_text("Kestrel Homecare")
        asks(shown.qtbot, dialog.reject, lambda question: question.cancel_button.click())
        assert dialog.isVisible()
        asks(shown.qtbot, dialog.reject, lambda question: question.do_button.click())

    shown.turn_to("bills")
    shown.asks(lambda: shown.do("money.bill"), leave)

    assert office.ledger.commitments(TODAY) == ()


def test_every_part_can_be_turned_to_from_the_keyboard(sample: Shown) -> None:
    sample.page.sections.chosen.setFocus()
    seen = []
    for _part in sample.page.parts:
        seen.append(sample.page.sections.current)
        press(Qt.Key.Key_Right)

    assert set(seen) == set(sample.page.parts)


def test_a_screen_reader_hears_the_name_of_everything(sample: Shown) -> None:
    for part in sample.page.parts:
        sample.page.sections.turn_to(part)
        sample.settle()
        assert unnamed(sample.page) == []


@pytest.mark.parametrize("percent", [100, 200, 300])
def test_nothing_is_cut_off(
    percent: int,
    office: Office,
    desk: Desk,
    qtbot: QtBot,
    text_size: Callable[[int], None],
) -> None:
    load_sample(office, S2)
    text_size(percent)
    shown = Shown(desk, qtbot)
    for part in shown.page.parts:
        shown.page.sections.turn_to(part)
        shown.settle()
        assert cut_off(shown.page) == []
        assert past_the_edge(shown.page) == []


@pytest.mark.parametrize("percent", [100, 200])
def test_dialogs_are_named_and_whole(
    percent: int,
    office: Office,
    desk: Desk,
    qtbot: QtBot,
    text_size: Callable[[int], None],
) -> None:
    load_sample(office, S2)
    text_size(percent)
    shown = Shown(desk, qtbot)

    def look(dialog: Any) -> None:
        dialog.resize(1000, 760)
        shown.settle()
        assert unnamed(dialog) == []
        assert cut_off(dialog) == []
        assert past_the_edge(dialog) == []
        dialog.done(0)

    page = shown.page
    for opens in (page.add_file, page.type_statement, page.add_entry, page.transfer):
        shown.asks(opens, look)
    for part, name in (
        ("waiting", "money.before"),
        ("reported", "money.invoice"),
        ("reported", "money.bureau"),
        ("bills", "money.bill"),
        ("bills", "money.end_bill"),
        ("reserves", "money.reserve"),
        ("entries", "money.show"),
        ("entries", "money.change"),
        ("entries", "money.void"),
        ("missing", "money.attach"),
    ):
        table = shown.turn_to(part)
        if table.model.rows:
            table.select(lambda _row: True)
        if page.commands.action(name).isEnabled():
            shown.asks(lambda name=name: shown.do(name), look)  # type: ignore[misc]


# ── long lists ────────────────────────────────────────────────────────────────────────


def test_a_long_book_shows_its_newest_months_first(
    office: Office, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = an_account(office, first_day=date(2022, 1, 1), opening=0)
    lines = ["Date,Description,Paid out,Paid in"]
    lines += [
        f"{day:02d}/{month:02d}/{year},LINE {year} {month} {day},1.00,"
        for year in range(2022, 2027)
        for month in range(1, 10)
        for day in range(1, 29)
    ]
    office.ledger.keep_statement(account, "five years.csv", "\n".join(lines).encode())
    shown = Shown(desk, qtbot)

    recent = shown.page.lines.table.model.rows
    assert min(row.day for row in recent) >= date(2026, 6, 1)
    measured = []
    view = type(shown.page.lines.table.view)
    hint = view.sizeHintForRow

    def counting(self: Any, row: int) -> int:
        measured.append(row)
        return hint(self, row)

    monkeypatch.setattr(view, "sizeHintForRow", counting)
    shown.turn_to("lines")
    shown.page.stretch.set_value(ALWAYS)
    shown.settle()

    assert len(shown.page.lines.table.model.rows) == 5 * 9 * 28
    assert len(set(measured)) < 100


def test_a_tin_is_added_by_drawing_cash(shown: Shown, office: Office) -> None:
    csv = b"Date,Description,Paid out,Paid in,Balance\n14/07/2026,CASH 14JUL,40.00,,3078.42\n"
    shown.bring_in(csv)
    if office.ledger.lines(to_code_only=True):
        _on(shown, "CASH")

        def say(dialog: CodeLineDialog) -> None:
            dialog.say_it()
            dialog.payee.set_text("Cash machine")
            dialog.parts.first.set_value("xfer.cash_drawn")
            shown.done(dialog)

        shown.asks(lambda: shown.do("money.code"), say)

    assert [row.kind for row in office.ledger.accounts()] == [AccountKind.BANK, AccountKind.CASH]
    assert office.ledger.accounts()[1].book_balance == Money(4_000)


def test_without_an_account_it_says_where_to_add_one(
    office: Office, desk: Desk, qtbot: QtBot
) -> None:
    shown = Shown(desk, qtbot)

    assert "There is no account yet. Add one in Settings." in heard(shown.page)
    assert not shown.page.commands.action("money.file").isEnabled()
    office.ledger.add_account(
        Account(0, "", "Card", AccountKind.PREPAID_CARD, date(2026, 7, 1), Money(0))
    )
    shown.settle()
    assert shown.page.commands.action("money.file").isEnabled()
