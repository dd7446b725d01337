"""The part about deductions: orders in their letters' words, what was agreed, and the papers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.services.deduction_rows import OrderKind, OwedBackKind
from dpemployer.services.rows import Nation
from tests.payroll.test_deductions import a_debt, a_fixed, an_order
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.keyboard import Keyboard
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, unnamed
from tests.ui.shown import Shown
from ui.forms.deductions import FixedForm, OrderForm, OwedBackForm, VaryForm
from ui.pages.people import PeoplePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from dpemployer.services.deduction_rows import DeductionsState
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.pdf_view import PdfDialog

KINDS = list(OrderKind)
CAME = date(2026, 7, 1)


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[PeoplePage]:
    """The deductions of Asha."""
    found = Shown(PeoplePage(desk), desk, qtbot)
    found.page.show_what((household.asha, "deductions"))
    found.settle()
    return found


def _fill(**typed: str) -> Callable[[FormDialog], Any]:
    def fill(dialog: FormDialog) -> None:
        dialog.form.restore(typed)
        dialog.save()

    return fill


def _ask(shown: Shown[PeoplePage], name: str, *does: Callable[[Any], object]) -> None:
    shown.asks(shown.page.commands.action(name).trigger, *does)


def _state(office: Office, household: Household) -> DeductionsState:
    return office.deductions.state(household.asha, FRIDAY)


def _deo(**said: str) -> dict[str, str]:
    return {
        "kind": str(KINDS.index(OrderKind.DEO)),
        "issuer": "Child Maintenance Service",
        "reference": "CMS 77",
        "made_on": "29/6/2026",
        "from_day": "1/7/2026",
        "normal": "40",
        **said,
    }


def _paid(office: Office, household: Household) -> None:
    week = date(2026, 6, 29)
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    employment = office.people.employment(household.asha, FRIDAY).employment
    period = employment.schedule.period_of(week)
    run = office.pay_runs.draft(employment.frequency, period.first_day, period.last_day)
    office.pay_runs.finalise(run)


def test_the_part_says_what_it_is_for_and_hides_nothing(shown: Shown[PeoplePage]) -> None:
    said = heard(shown.page)

    assert "There is no order." in said
    assert "Nothing is owed back." in said
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


@pytest.mark.parametrize("percent", [200, 300])
def test_nothing_is_cut_off_in_large_text(
    desk: Desk,
    office: Office,
    household: Household,
    qtbot: QtBot,
    text_size: Callable[[int], None],
    percent: int,
) -> None:
    text_size(percent)
    office.deductions.set_order(_order(household))
    office.deductions.set_owed_back(
        a_debt(id=0, employment_id=household.asha, day=CAME, first_on=CAME, agreed_on=CAME)
    )
    found = Shown(PeoplePage(desk), desk, qtbot)
    found.page.resize(1280, 900)

    found.page.show_what((household.asha, "deductions"))
    found.settle()

    qtbot.waitUntil(lambda: cut_off(found.page.person.deductions) == [])  # laid out in turns
    assert unnamed(found.page) == []


def test_an_order_is_copied_from_its_letter(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.order",
        _fill(**_deo(total="500", pay_by_day="19", charge="1", told_on="2/7/2026")),
    )

    (row,) = _state(office, household).orders
    order = row.order
    assert (order.kind, order.normal, order.total) == (
        OrderKind.DEO,
        Money(40_00),
        Money(500_00),
    )
    assert (order.pay_by_day, order.charge, order.charge_told_on) == (19, True, date(2026, 7, 2))
    said = heard(shown.page)
    assert "Made by: Child Maintenance Service, CMS 77" in said
    assert "How it stands: In force" in said
    assert "Still to pay: £500.00" in said


def test_an_order_is_added_with_the_keyboard_alone(
    shown: Shown[PeoplePage], desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    keyboard = Keyboard(qtbot, lambda: desk.operations.idle)
    shown.page.person.sections.chosen.setFocus()
    keyboard.to("Add an order", QPushButton)

    def type_it(_dialog: FormDialog) -> None:
        keyboard.choose("What the letter is called", "Council tax")
        keyboard.fill("Who made it", "Leeds City Council")
        keyboard.fill("Date on the letter", "29/6/2026")
        keyboard.fill("Day it came to you", "1/7/2026")
        keyboard.choose("Where the council is", "England")
        keyboard.fill("All that is still to be paid", "412.50")
        keyboard.to("Save", QPushButton)
        press(Qt.Key.Key_Space)

    shown.asks(lambda: press(Qt.Key.Key_Space), type_it)

    (row,) = _state(office, household).orders
    assert (row.order.kind, row.order.nation, row.left) == (
        OrderKind.CTAEO,
        Nation.ENGLAND,
        Money(412_50),
    )


@pytest.mark.parametrize(
    ("kind", "asks", "asks_not"),
    [
        (OrderKind.DEO, ("Amount to deduct",), ("Protected earnings rate", "Where the council")),
        (
            OrderKind.AEO_PRIORITY,
            ("Normal deduction rate", "Protected earnings rate", "Not taken on paydays"),
            ("Where the council is",),
        ),
        (OrderKind.CTAEO, ("Where the council is",), ("Amount to deduct", "Protected earnings")),
        (OrderKind.CURRENT_MAINTENANCE, ("Amount for each day",), ("These amounts are for",)),
    ],
)
def test_only_what_the_letter_says_is_asked(
    qtbot: QtBot, kind: OrderKind, asks: tuple[str, ...], asks_not: tuple[str, ...]
) -> None:
    form = OrderForm()
    qtbot.addWidget(form)
    form.kind.set_value(kind)
    form.show()

    said = heard(form)

    assert all(words in said for words in asks)
    assert not any(words in said for words in asks_not)
    assert "Day the person was told" not in said
    form.charge.set_value(True)
    assert "Day the person was told" in heard(form)


def test_an_order_without_a_protected_rate_is_refused_where_it_is_typed(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said: list[str] = []

    def look(dialog: FormDialog) -> None:
        dialog.form.restore(_deo(kind=str(KINDS.index(OrderKind.AEO_PRIORITY))))
        dialog.save()
        said.append(heard(dialog))
        dialog.opened_as()
        dialog.reject()

    _ask(shown, "person.order", look)

    assert "“Protected earnings rate” is empty." in said[0]
    assert _state(office, household).orders == ()


def test_a_second_arrestment_is_refused_by_the_office_and_nothing_typed_is_lost(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    arrestment = str(KINDS.index(OrderKind.EARNINGS_ARRESTMENT))
    typed = _deo(kind=arrestment, issuer="Scott & Co", normal="")
    _ask(shown, "person.order", _fill(**typed))
    said: list[str] = []

    def again(dialog: FormDialog) -> None:
        dialog.form.restore({**typed, "reference": "another"})
        dialog.save()
        shown.settle()
        said.append(heard(dialog))
        dialog.opened_as()
        dialog.reject()

    _ask(shown, "person.order", again)

    assert "There is an arrestment of this kind already." in said[0]
    assert "another" in said[0]
    assert len(_state(office, household).orders) == 1
    assert "under the law of another nation" in heard(shown.page)


def test_a_day_of_the_month_is_a_whole_number(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said: list[str] = []

    def look(dialog: FormDialog) -> None:
        dialog.form.restore(_deo(pay_by_day="1.5"))
        dialog.save()
        said.append(heard(dialog))
        dialog.opened_as()
        dialog.reject()

    _ask(shown, "person.order", look)

    assert "1.5 is not a day of the month" in said[0]
    assert _state(office, household).orders == ()


def test_an_order_is_changed_stopped_and_its_maker_told(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.order", _fill(**_deo()))
    table = shown.page.person.deductions.orders
    table.select(lambda _row: True)

    _ask(shown, "person.order.change", _fill(normal="45"))
    table.select(lambda _row: True)
    _ask(shown, "person.order.told", lambda dialog: dialog.do())
    table.select(lambda _row: True)
    _ask(shown, "person.order.stop", _fill(last_day="31/7/2026"))

    (row,) = _state(office, household).orders
    assert (row.order.normal, row.order.issuer_told_on, row.order.to_day) == (
        Money(45_00),
        FRIDAY,
        date(2026, 7, 31),
    )


def test_a_letter_changes_the_amount_and_a_mistake_is_taken_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.order", _fill(**_deo()))
    table = shown.page.person.deductions.orders
    table.select(lambda _row: True)

    _ask(shown, "person.order.vary", _fill(from_day="20/7/2026", normal="30"))

    found = _state(office, household).orders
    assert [row.order.normal for row in found] == [Money(40_00), Money(30_00)]
    for _each in found:
        table.select(lambda _row: True)
        shown.do("person.order.remove")
        shown.settle()
    assert _state(office, household).orders == ()


def test_a_court_s_letter_changes_what_is_protected_too(qtbot: QtBot) -> None:
    court = VaryForm(an_order(OrderKind.AEO_PRIORITY, protected=Money(200_00)))
    qtbot.addWidget(court)
    court.restore({"from_day": "20/7/2026", "protected": "210"})

    assert court.amounts() == (date(2026, 7, 20), Money(50_00), Money(210_00))


def test_a_notice_is_seen_and_says_how_it_was_worked_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    office.deductions.set_order(_order(household))
    _paid(office, household)
    shown.page.refresh()
    shown.settle()
    part = shown.page.person.deductions
    part.notices.select(lambda _row: True)
    said: list[str] = []

    def look(dialog: PdfDialog) -> None:
        said.append(dialog.text.toPlainText())
        dialog.accept()

    def look_at_working(dialog: Any) -> None:
        said.append(dialog.findChild(QPlainTextEdit).toPlainText())
        dialog.accept()

    _ask(shown, "person.order.notice", look)
    _ask(shown, "person.order.notice.large", look)
    _ask(shown, "person.order.notice.explain", look_at_working)

    assert "Notice of deductions from your pay of 10 July 2026" in said[0]
    assert "£40.00" in said[0]
    assert said[1]
    assert "60% of net earnings" in said[2]


def _order(household: Household) -> Any:
    return an_order(
        id=0,
        employment_id=household.asha,
        made_on=date(2026, 6, 29),
        from_day=CAME,
        normal=Money(40_00),
    )


def test_an_advance_and_an_overpayment_come_back(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    advance = {
        "kind": "0",
        "amount": "100",
        "day": "3/7/2026",
        "instalment": "25",
        "first_on": "10/7/2026",
        "agreed_on": "2/7/2026",
    }
    _ask(shown, "person.owed", _fill(**advance))
    _ask(
        shown,
        "person.owed",
        _fill(**{**advance, "kind": "2", "reason": "Paid twice", "agreed_on": ""}),
    )

    found = _state(office, household).owed_back
    assert [row.owed.kind for row in found] == [OwedBackKind.ADVANCE, OwedBackKind.OVERPAYMENT]
    said = heard(shown.page)
    assert "What it is: Advance of pay" in said
    assert "How it stands: £25.00 each payday" in said
    table = shown.page.person.deductions.owed_back
    table.select(lambda row: row.owed.kind is OwedBackKind.ADVANCE)
    _ask(shown, "person.owed.change", _fill(instalment="20"))
    table.select(lambda row: row.owed.kind is OwedBackKind.ADVANCE)
    said_on_paper: list[str] = []

    def look(dialog: PdfDialog) -> None:
        said_on_paper.append(dialog.text.toPlainText())
        dialog.accept()

    _ask(shown, "person.owed.agreement", look)
    assert "Agreement to pay back £100.00" in said_on_paper[0]
    table.select(lambda row: row.owed.kind is OwedBackKind.OVERPAYMENT)
    shown.do("person.owed.remove")
    shown.settle()
    table.select(lambda row: row.owed.kind is OwedBackKind.ADVANCE)
    _ask(shown, "person.owed.stop", _fill(last_day="31/7/2026"))
    shown.settle()
    model = table.view.model()
    assert model.index(0, 5).data() == "Stopped after 31 July 2026"
    assert _state(office, household).owed_back[0].owed.instalment == Money(20_00)


def test_the_form_says_when_a_correction_is_the_right_way(qtbot: QtBot) -> None:
    form = OwedBackForm()
    qtbot.addWidget(form)
    form.show()
    assert "Why too much was paid" not in heard(form)

    form.kind.set_value(OwedBackKind.OVERPAYMENT)

    assert "Correct this pay run" in heard(form)
    assert "Why too much was paid" in heard(form)


def test_a_fixed_deduction_and_its_standing_statement(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.fixed",
        _fill(
            purpose="Union subscription",
            amount="3.50",
            payee="The union",
            needed="1",
            agreed_on="1/7/2026",
            from_day="1/7/2026",
        ),
    )
    said: list[str] = []

    def look(dialog: PdfDialog) -> None:
        said.append(dialog.text.toPlainText())
        dialog.accept()

    _ask(shown, "person.statement", look)
    shown.settle()
    _ask(shown, "person.statement.see", look)
    _ask(shown, "person.statement.large", look)

    assert "Standing statement of fixed deductions" in said[0]
    assert said[0] == said[1]
    assert "£3.50" in said[2]
    assert "It holds until 9 July 2027." in heard(shown.page)
    table = shown.page.person.deductions.fixed
    table.select(lambda _row: True)
    _ask(shown, "person.fixed.change", _fill(amount="4"))
    table.select(lambda _row: True)
    _ask(shown, "person.fixed.stop", _fill(last_day="31/7/2026"))
    (fixed,) = _state(office, household).fixed
    table.select(lambda _row: True)
    shown.do("person.fixed.remove")
    shown.settle()
    assert _state(office, household).fixed == ()
    assert (fixed.amount, fixed.to_day) == (Money(4_00), date(2026, 7, 31))


def test_forms_show_what_is_known(qtbot: QtBot) -> None:
    order, debt, fixed = OrderForm(), OwedBackForm(), FixedForm()
    for form in (order, debt, fixed):
        qtbot.addWidget(form)
    known = an_order(
        OrderKind.AEO_PRIORITY,
        protected=Money(200_00),
        shortfall=Money(5_00),
        pay_by_day=19,
        charge=True,
        charge_told_on=CAME,
        issuer_told_on=CAME,
        to_day=date(2026, 8, 1),
    )
    order.show_fact(known)
    debt.show_fact(a_debt(kind=OwedBackKind.OVERPAYMENT, reason="Paid twice"))
    fixed.show_fact(a_fixed(payee="The union"))

    assert order.fact(1, 1) == known
    assert debt.fact(1) == a_debt(kind=OwedBackKind.OVERPAYMENT, reason="Paid twice")
    assert fixed.fact(1) == a_fixed(payee="The union")
