"""The settings page: the look, the household, the money's frame, the keys, backups, history."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.services.money_rows import AwardBasis, PaymentFrequency
from dpemployer.services.rows import Party
from dpemployer.settings import TEXT_SIZE
from tests.store.conftest import QUICK
from tests.ui.books import a_council, a_signatory, an_account
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from tests.ui.shown import Shown as ShownPage
from ui import files
from ui.desk import Desk
from ui.pages.settings import SettingsPage
from ui.widgets.entries import ChoiceEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.settings import Settings
    from ui.dialogs.ask_day import AskDayDialog
    from ui.dialogs.expected import ContributionDialog, ExpectedPaymentDialog
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.passphrases import AddPersonDialog, ChangePassphraseDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.dialogs.question import Question
    from ui.dialogs.restore import RestoreDialog
    from ui.operations import Operations
    from ui.pages.settings_history import ChangesDialog
    from ui.wizards.one_step import StepDialog

TODAY = date(2026, 7, 10)
PASSPHRASE = "four plain words here"


class Shown(ShownPage[SettingsPage]):
    """The settings page, and going to one part of it."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(SettingsPage(desk), desk, qtbot)

    def go(self, name: str) -> Any:
        part = getattr(self.page, name)
        self.page.sections.turn_to(part)
        self.settle()
        return part

    def fill(self, dialog: StepDialog, **typed: Any) -> None:
        """Put values into the entries of a step, and save."""
        self.settle()
        for name, value in typed.items():
            entry = dialog.step.form.entries[name]
            if isinstance(entry, ChoiceEntry):
                entry.set_value(value)
            else:
                entry.set_text(value)
        self.done(dialog)


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Office]:
    """A book on the disk, as people have it."""
    with Office.create(tmp_path / "Our book", PASSPHRASE, "Jo Marsh", stretching=QUICK) as office:
        a_signatory(office)
        an_account(office)
        a_council(office)
        yield office


@pytest.fixture
def shown(kept: Office, operations: Operations, settings: Settings, qtbot: QtBot) -> Shown:
    kept.listen(operations.announce)
    return Shown(Desk(kept, operations, settings), qtbot)


# ── this computer ─────────────────────────────────────────────────────────────────────


def test_a_choice_is_kept_at_once(shown: Shown, settings: Settings, qtbot: QtBot) -> None:
    entry = shown.page.looks.entries[TEXT_SIZE.key]

    with qtbot.waitSignal(shown.desk.dressed):
        entry.set_value(200)  # type: ignore[attr-defined]

    assert settings.get(TEXT_SIZE) == 200


# ── the household ─────────────────────────────────────────────────────────────────────


def test_somebody_else_manages_the_money_from_a_day(shown: Shown, kept: Office) -> None:
    table = shown.go("household").table
    table.select(lambda row: row.part == "Whoever manages the money")
    assert table.row().who == "Jo Marsh"

    def change(dialog: StepDialog) -> None:
        shown.settle()
        dialog.step.form.entries["who"].set_value(0)  # type: ignore[attr-defined]
        shown.fill(dialog, name="Pat Marsh", capacity="attorney", from_day="1/7/2026")

    shown.asks(lambda: shown.do("settings.part"), change)

    manager = kept.people.household(TODAY).money_manager
    assert manager is not None
    assert (manager.name, manager.from_day) == ("Pat Marsh", date(2026, 7, 1))
    before = kept.people.household(date(2026, 6, 30)).money_manager
    assert before is not None
    assert before.name == "Jo Marsh"
    assert table.row().who == "Pat Marsh"


def test_the_supported_persons_own_details_are_put_right(shown: Shown, kept: Office) -> None:
    table = shown.go("household").table
    table.select(lambda row: row.part == "The person supported")

    def change(dialog: StepDialog) -> None:
        shown.settle()
        assert dialog.step.form.entries["name"].text() == "Jo Marsh"
        shown.fill(dialog, name="Jo Marsh-Hill")

    shown.asks(lambda: press(Qt.Key.Key_Return, on=table.view), change)

    assert [party.name for party in kept.people.parties()] == ["Jo Marsh-Hill"]


def test_one_more_person_signs_and_one_signs_no_longer(shown: Shown, kept: Office) -> None:
    table = shown.go("household").table

    def add(dialog: StepDialog) -> None:
        shown.settle()
        dialog.step.form.entries["who"].set_value(0)  # type: ignore[attr-defined]
        shown.fill(dialog, name="Pat Marsh", capacity="attorney", from_day="1/7/2026")

    shown.asks(lambda: shown.do("settings.signatory"), add)
    names = [row.name for row in kept.people.household(TODAY).signatories]
    assert names == ["Jo Marsh", "Pat Marsh"]
    table.select(lambda row: row.part == "Whoever signs" and row.who == "Jo Marsh")

    def end(dialog: AskDayDialog) -> None:
        dialog.day.set_text("9/7/2026")
        shown.done(dialog)

    shown.asks(lambda: shown.do("settings.end_part"), end)

    assert [row.name for row in kept.people.household(TODAY).signatories] == ["Pat Marsh"]


def test_how_the_employer_stands_with_hmrc_is_put_right(shown: Shown, kept: Office) -> None:
    table = shown.go("household").table
    table.select(lambda row: row.part == "You and HMRC")
    assert table.row().who == "not an employer yet"

    def change(dialog: StepDialog) -> None:
        shown.fill(dialog, paye="12/A")
        assert "12/A" in heard(dialog)
        shown.fill(dialog, paye="123/AB456", from_day="1/6/2026")

    shown.asks(lambda: shown.do("settings.part"), change)

    (scheme,) = kept.people.schemes()
    assert scheme.paye_reference == "123AB456"
    assert table.row().who == "123/AB456"


# ── accounts and funders ──────────────────────────────────────────────────────────────


def test_a_cash_tin_is_added(shown: Shown, kept: Office) -> None:
    shown.go("funding")

    def add(dialog: StepDialog) -> None:
        from dpemployer.services.money_rows import AccountKind  # noqa: PLC0415 - only here

        shown.settle()
        shown.fill(
            dialog, kind=AccountKind.CASH, name="Cash tin", opened_on="1/7/2026", balance="0"
        )

    shown.asks(lambda: shown.do("settings.account"), add)

    assert [row.name for row in kept.ledger.accounts()] == ["Direct payment account", "Cash tin"]
    assert len(shown.page.funding.accounts.model.rows) == 2


def test_what_an_account_began_with_is_put_right(shown: Shown, kept: Office) -> None:
    shown.go("funding").accounts.select(lambda _row: True)

    def change(dialog: StepDialog) -> None:
        shown.settle()
        assert dialog.step.form.entries["balance"].text() == "3118.42"
        shown.fill(dialog, balance="3,118.40")

    shown.asks(lambda: shown.do("settings.change_account"), change)

    assert kept.ledger.accounts()[0].book_balance == Money(311_840)


def test_a_second_funder_and_its_rate_are_added(shown: Shown, kept: Office) -> None:
    funding = shown.go("funding")

    def add(dialog: StepDialog) -> None:
        shown.settle()
        assert dialog.step.form.entries["template"].isHidden()
        shown.fill(dialog, name="Independent Living Fund")

    shown.asks(lambda: shown.do("settings.funder"), add)
    funding.funders.select(lambda row: row.name == "Independent Living Fund")

    def add_rate(dialog: StepDialog) -> None:
        shown.settle()
        shown.fill(
            dialog,
            basis=AwardBasis.NONE,
            gross="165",
            frequency=PaymentFrequency.FOUR_WEEKLY,
            payment="660",
            from_day="6/4/2026",
            first_payment="17/7/2026",
        )

    shown.asks(lambda: shown.do("settings.rate"), add_rate)

    second = kept.ledger.funders()[1]
    assert [award.payment for award in kept.ledger.awards() if award.funder_id == second.id] == [
        Money(66_000)
    ]
    assert any(row.funder == "Independent Living Fund" for row in funding.expected.model.rows)


def test_a_new_rate_ends_the_one_before(shown: Shown, kept: Office) -> None:
    shown.go("funding").funders.select(lambda _row: True)

    def add_rate(dialog: StepDialog) -> None:
        shown.settle()
        assert dialog.step.form.entries["gross"].text() == "640.00"
        shown.fill(
            dialog, gross="660", payment="2,355", from_day="3/8/2026", first_payment="24/8/2026"
        )

    shown.asks(lambda: shown.do("settings.rate"), add_rate)

    before, after = kept.ledger.awards()
    assert before.to_day == date(2026, 8, 2)
    assert (after.gross_weekly, after.net_weekly) == (Money(66_000), Money(58_875))


def test_the_contribution_changes_from_a_day(shown: Shown, kept: Office) -> None:
    shown.go("funding")

    def add(dialog: ContributionDialog) -> None:
        dialog.amount.set_text("104")
        dialog.frequency.set_value(PaymentFrequency.MONTHLY)
        dialog.from_day.set_text("1/8/2026")
        dialog.first_due.set_text("10/8/2026")
        shown.done(dialog)

    shown.asks(lambda: shown.do("settings.plan"), add)

    before, after = kept.ledger.contributions()
    assert before.to_day == date(2026, 7, 31)
    assert (after.amount, after.in_account) == (Money(10_400), True)


def test_one_more_payment_is_expected(shown: Shown, kept: Office) -> None:
    shown.go("funding")

    def add(dialog: ExpectedPaymentDialog) -> None:
        dialog.day.set_text("13/7/2026")
        dialog.amount.set_text("74.55")
        dialog.reason.set_text("Back payment of the new rate")
        shown.done(dialog)

    shown.asks(lambda: shown.do("settings.expect"), add)

    (row,) = kept.ledger.expected(date(2026, 7, 13), date(2026, 7, 13))
    assert (row.amount, row.reason) == (Money(7_455), "Back payment of the new rate")


# ── the keys ──────────────────────────────────────────────────────────────────────────


def test_the_passphrase_changes_only_when_it_was_typed_twice_alike(
    shown: Shown, kept: Office, tmp_path: Path
) -> None:
    shown.go("access")

    def change(dialog: ChangePassphraseDialog) -> None:
        dialog.old.set_text(PASSPHRASE)
        dialog.new.set_text("other words entirely")
        dialog.again.set_text("other words entierly")
        shown.done(dialog)
        assert "typed in two different ways" in heard(dialog)
        dialog.again.set_text("other words entirely")
        shown.done(dialog)

    shown.asks(lambda: shown.do("settings.passphrase"), change)

    kept.close()
    Office.open(tmp_path / "Our book", "other words entirely").close()


def test_a_helper_is_let_in_and_taken_away_again(shown: Shown, kept: Office) -> None:
    access = shown.go("access")

    def let_in(dialog: AddPersonDialog) -> None:
        dialog.name.set_text("Sam Helper")
        dialog.new.set_text("words of a helper")
        dialog.again.set_text("words of a helper")
        shown.done(dialog)

    shown.asks(lambda: shown.do("settings.helper"), let_in)
    assert [way.person for way in kept.access.ways_in()] == ["Jo Marsh", "Sam Helper"]
    access.ways.select(lambda way: way.person == "Sam Helper")

    def yes(question: Question) -> None:
        assert question.cancel_button.hasFocus()
        question.do_button.click()

    shown.asks(lambda: shown.do("settings.remove"), yes)

    assert [way.person for way in kept.access.ways_in()] == ["Jo Marsh"]


# ── keeping it safe ───────────────────────────────────────────────────────────────────


def test_a_backup_is_made_and_restored_beside_the_book(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "Our book 2026-07-10.dpebackup"
    monkeypatch.setattr(files, "choose_place", lambda *_asked: place)
    shown.go("safety")
    shown.do("settings.backup")
    assert place.is_file()
    assert f"The backup is in {place}." in heard(shown.page)
    shown.do("settings.backup")
    assert "is there already" in heard(shown.page)

    def bring_back(dialog: RestoreDialog) -> None:
        dialog.file.set_text(str(place))
        dialog.place.set_text(str(tmp_path / "Our book"))
        shown.done(dialog)
        assert "There is a problem" in heard(dialog)
        dialog.place.set_text(str(tmp_path / "Restored"))
        shown.done(dialog)

    shown.asks(lambda: shown.do("settings.restore"), bring_back)

    with Office.open(tmp_path / "Restored", PASSPHRASE) as restored:
        assert restored.ledger.accounts()[0].name == "Direct payment account"


def test_the_recovery_sheet_is_shown(shown: Shown, kept: Office) -> None:
    shown.go("safety")

    def look(dialog: PdfDialog) -> None:
        assert kept.recovery_groups[0] in dialog.text.toPlainText()
        dialog.accept()

    shown.asks(lambda: shown.do("settings.sheet"), look)


def test_the_sheet_is_asked_for_until_it_is_proved(shown: Shown, kept: Office) -> None:
    shown.go("safety")
    refused: list[str] = []

    def prove(dialog: FormDialog) -> None:
        dialog.form.restore({"proof": "AAAA"})
        dialog.save()
        refused.append(heard(dialog))
        number = re.search(r"Group number (\d+)", refused[0])
        assert number is not None
        dialog.form.restore({"proof": kept.recovery_groups[int(number[1]) - 1].lower()})
        dialog.save()
        shown.settle()

    assert "Print the recovery sheet." in _tasks(kept)
    shown.asks(lambda: shown.do("settings.sheet.kept"), prove)

    assert "That is not group number" in refused[0]
    assert _tasks(kept) == ""


def _tasks(office: Office) -> str:
    """What home says about keeping the book safe."""
    return " ".join(thing.says for thing in office.safety.to_do(TODAY))


def test_a_sound_book_is_said_to_be_sound(shown: Shown) -> None:
    shown.go("safety")

    shown.do("settings.check")

    assert "Nothing wrong was found." in heard(shown.page)


# ── what was done ─────────────────────────────────────────────────────────────────────


def test_the_history_says_what_was_done_by_whom_and_what_changed(
    shown: Shown, kept: Office
) -> None:
    party = kept.people.parties()[0]
    kept.people.change_party(Party(party.id, "Jo Hill", reference="EB-1"))
    table = shown.go("history").table
    newest = table.model.rows[0]
    assert (newest.who, newest.action) == ("Jo Marsh", "Changed somebody's details")
    table.select(lambda row: row is newest)

    def look(dialog: ChangesDialog) -> None:
        said = heard(dialog)
        assert "Jo Hill" in said
        (change,) = dialog.table.model.rows
        assert (change.part, change.before, change.after) == ("Name", "Jo Marsh", "Jo Hill")
        assert unnamed(dialog) == []
        dialog.accept()

    shown.asks(lambda: press(Qt.Key.Key_Return, on=table.view), look)


def test_amounts_in_the_history_are_money(shown: Shown) -> None:
    table = shown.go("history").table
    added = next(row for row in table.model.rows if row.action == "Added an account")

    assert "opening balance £3,118.42" in added.changes[0].after


def test_older_history_comes_when_it_is_asked_for(shown: Shown, kept: Office) -> None:
    person = kept.people.parties()[0]
    for number in range(120):
        kept.people.change_party(Party(person.id, f"Jo {number}", reference="EB-1"))
    history = shown.go("history")
    assert len(history.table.model.rows) == 100

    shown.do("settings.older")

    assert len(history.table.model.rows) > 120
    assert not shown.page.commands.action("settings.older").isEnabled()


# ── hearing and seeing ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("percent", [100, 200, 300])
def test_nothing_is_cut_off_and_everything_is_named(
    percent: int,
    kept: Office,
    operations: Operations,
    settings: Settings,
    qtbot: QtBot,
    text_size: Callable[[int], None],
) -> None:
    text_size(percent)
    shown = Shown(Desk(kept, operations, settings), qtbot)

    for part in shown.page.parts:
        shown.page.sections.turn_to(part)
        shown.settle()
        assert cut_off(shown.page) == []
        assert past_the_edge(shown.page) == []
        assert unnamed(shown.page) == []


def test_dialogs_are_named_and_whole(shown: Shown, text_size: Callable[[int], None]) -> None:
    text_size(200)

    def look(dialog: Any) -> None:
        dialog.resize(1000, 760)
        shown.settle()
        assert unnamed(dialog) == []
        assert cut_off(dialog) == []
        assert past_the_edge(dialog) == []
        dialog.done(0)

    for part, name in (
        ("household", "settings.part"),
        ("household", "settings.signatory"),
        ("household", "settings.end_part"),
        ("funding", "settings.account"),
        ("funding", "settings.funder"),
        ("funding", "settings.rate"),
        ("funding", "settings.plan"),
        ("funding", "settings.expect"),
        ("access", "settings.passphrase"),
        ("access", "settings.helper"),
        ("safety", "settings.restore"),
    ):
        shown.go(part)
        shown.page.household.table.select(lambda _row: True)
        shown.page.funding.funders.select(lambda _row: True)
        shown.asks(lambda name=name: shown.do(name), look)  # type: ignore[misc]


def test_another_page_can_point_at_a_part(shown: Shown) -> None:
    for name in ("history", "household"):
        shown.page.visit(name)
        shown.settle()

        assert shown.page.sections.current is getattr(shown.page, name)
