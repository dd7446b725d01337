"""Home: what needs doing next, each thing with the button that goes to it, and the account."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dpemployer import clock
from dpemployer.i18n import N_, _, long_date, ngettext
from dpemployer.services.agenda import ToDoKind
from dpemployer.services.away_rows import AWAY_FACTS
from dpemployer.services.deduction_rows import AttachmentOrder, StandingStatement
from dpemployer.services.hmrc_rows import Told
from dpemployer.services.money_rows import (
    Account,
    Award,
    Commitment,
    Funder,
    LedgerEntry,
    Safeguard,
)
from dpemployer.services.pension_rows import EnrolmentEvent, PensionArrangement, PensionDuty
from dpemployer.services.rows import (
    Employment,
    PayRun,
    PersonalAssistant,
    RoleHeld,
    Shift,
    Timesheet,
)
from ui import format as words_for
from ui import icons, theme
from ui.actions import Command
from ui.pages.page import Page
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.words import Card, Words, rule
from ui.wizards.first_run import setting_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QPushButton

    from dpemployer.findings import Finding
    from dpemployer.services.agenda import MoneyNow, ToDo
    from ui.desk import Desk

_HERE = N_("This page")
_AT_FIRST = 6
"""A list longer than this is disheartening; the rest is a press away."""
_ICONS = {
    ToDoKind.SET_UP: "settings",
    ToDoKind.APPROVE: "clock",
    ToDoKind.PAY_RUN: "pay",
    ToDoKind.PAY_BILL: "bank",
    ToDoKind.STATEMENT: "bank",
    ToDoKind.CODE_LINES: "search",
    ToDoKind.PAPERS: "papers",
    ToDoKind.RETURN: "return",
    ToDoKind.TASK: "note",
}


_PARTS = {
    ToDoKind.CODE_LINES: "to_explain",
    ToDoKind.PAPERS: ("missing", date.min),  # however old the payment is
    ToDoKind.PAY_BILL: "bills",
    ToDoKind.STATEMENT: "statements",
}
"""Which part of the money page a thing is done on."""


class HomePage(Page):
    """The first page: a short list of what to do, in plain words."""

    ID = "home"
    NAME = N_("Home")
    ICON = "home"
    SHOWS = AWAY_FACTS | frozenset(
        {
            Account,
            AttachmentOrder,
            Award,
            Commitment,
            Employment,
            EnrolmentEvent,
            Funder,
            LedgerEntry,
            PayRun,
            PensionArrangement,
            PensionDuty,
            PersonalAssistant,
            RoleHeld,
            Safeguard,
            Shift,
            StandingStatement,
            Timesheet,
            Told,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What needs doing"))
        self.buttons: list[QPushButton] = []
        self._all = False
        self.commands.add(
            Command(
                "home.first",
                _("Do the first thing on the list"),
                self._do_first,
                _HERE,
                "Ctrl+Return",
                available=lambda: bool(self.buttons),
            ),
            Command("home.refresh", _("Look again"), self.refresh, _HERE, "F5"),
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.gap(2))
        self._tasks = Card()
        self._tasks.box.addLayout(self._list)
        self.box.addWidget(self._tasks)
        self._money = Card(_("The account"))
        self._money_words = Words()
        self._money.box.addWidget(self._money_words)
        self._money.hide()
        self.box.addWidget(self._money)
        self.notices.show_findings(desk.office.findings)

    def refresh(self) -> None:
        day, office = clock.today(), self.desk.office

        def ask() -> tuple[tuple[ToDo, ...], MoneyNow | None]:
            return office.agenda.things(day), office.agenda.money(day)

        self.desk.operations.ask(ask, lambda answer: self._show(*answer), owner=self)

    def first_field(self) -> QWidget | None:
        return self.buttons[0] if self.buttons else None

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what there is to know about the book as a whole."""
        self.notices.show_findings(findings)

    def _show(self, things: Sequence[ToDo], money: MoneyNow | None) -> None:
        had_focus = any(each.hasFocus() for each in self.buttons)
        self._empty()
        shown = things if self._all or len(things) <= _AT_FIRST + 1 else things[:_AT_FIRST]
        for place, thing in enumerate(shown):
            if place:
                self._list.addWidget(rule())
            self._list.addWidget(self._row(thing))
        if len(shown) < len(things):
            self._list.addWidget(rule())
            self._list.addWidget(self._more(len(things)))
        if not things:
            self._list.addWidget(Words(_("Nothing. You are up to date."), "heading"))
        self._money.setVisible(money is not None)
        if money is not None:
            self._money_words.setText("\n".join(_money_words(money)))
        self.commands.refresh()
        if had_focus and self.buttons:
            self.buttons[0].setFocus()

    def _more(self, count: int) -> QWidget:
        """Return what shows everything when only the first things are shown."""
        words = ngettext("Show all {count} thing", "Show all {count} things", count)
        return ButtonRow(button(words.format(count=count), self._show_all, kind="link"))

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    def _empty(self) -> None:
        self.buttons.clear()
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _row(self, thing: ToDo) -> QWidget:
        """Return one thing to do: a picture, a sentence, its day, and its button."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.gap(2))
        picture = QLabel()
        colours = theme.colours()
        colour = colours.stop if thing.late else colours.accent
        picture.setPixmap(icons.pixmap(_ICONS[thing.kind], colour, theme.line_height()))
        picture.setAccessibleName(_("Late") if thing.late else _("To do"))
        line.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(0)
        sentence = _sentence(thing)
        words.addWidget(Words(sentence, "label"))
        when = _when(thing)
        if when:
            words.addWidget(Words(when, "problem" if thing.late else "quiet"))
        line.addLayout(words, 1)
        does = self._deed(thing)
        made = button(
            thing.button or _BUTTONS[thing.kind](),
            does,
            kind="" if self.buttons else "main",
            describes=f"{sentence} {when}",
        )
        self.buttons.append(made)
        line.addWidget(made)
        return row

    def _deed(self, thing: ToDo) -> Callable[[], object]:
        """Return what a thing's button does."""
        go = self.desk.go
        match thing.kind:
            case ToDoKind.SET_UP:
                return lambda: self.desk.wizard_asked.emit(
                    setting_up(self.desk.operations, self.desk.office)
                )
            case ToDoKind.APPROVE:
                return lambda: go("timesheets", (thing.employment_id, thing.first_day))
            case ToDoKind.PAY_RUN:
                return lambda: self._work_out(thing)
            case ToDoKind.RETURN:
                return lambda: go("return", (thing.template, thing.first_day, thing.last_day))
            case ToDoKind.TASK:
                return lambda: go(thing.page, thing.what)
            case _:
                return lambda: go("money", _PARTS[thing.kind])

    def _work_out(self, thing: ToDo) -> None:
        payday, pay_runs = thing.pay_day, self.desk.office.pay_runs
        if payday is not None:
            self.desk.operations.change(
                lambda: pay_runs.draft(
                    payday.frequency, payday.first_day, payday.last_day, payday.pay_date
                ),
                lambda pay_run_id: self.desk.go("pay", pay_run_id),
                owner=self,
            )

    def _do_first(self) -> None:
        self.buttons[0].click()


_BUTTONS: dict[ToDoKind, Callable[[], str]] = {
    ToDoKind.SET_UP: lambda: _("Go on setting up"),
    ToDoKind.APPROVE: lambda: _("Look at the hours"),
    ToDoKind.PAY_RUN: lambda: _("Work out the pay"),
    ToDoKind.PAY_BILL: lambda: _("See what is owed"),
    ToDoKind.STATEMENT: lambda: _("Add a statement"),
    ToDoKind.CODE_LINES: lambda: _("Say what for"),
    ToDoKind.PAPERS: lambda: _("Add papers"),
    ToDoKind.RETURN: lambda: _("Prepare the return"),
}


def _sentence(thing: ToDo) -> str:
    """Say what there is to do."""
    if thing.kind is ToDoKind.TASK:
        return thing.says
    days = ""
    if thing.first_day is not None and thing.last_day is not None:
        days = words_for.show_days(thing.first_day, thing.last_day)
    said = _("Finish setting up this book.")
    match thing.kind:
        case ToDoKind.APPROVE:
            said = _("Agree the hours of {who} for {days}.").format(who=thing.who, days=days)
        case ToDoKind.PAY_RUN:
            said = _("Pay {who} for {days}.").format(who=thing.who, days=days)
        case ToDoKind.PAY_BILL:
            said = _("Pay {who} {amount}.").format(who=thing.who, amount=thing.amount)
        case ToDoKind.STATEMENT:
            last = thing.last_day
            said = _("Add the next statement of {account}.").format(account=thing.who) + (
                " " + _("The last one ends on {day}.").format(day=long_date(last)) if last else ""
            )
        case ToDoKind.CODE_LINES:
            said = ngettext(
                "Say what {count} payment on the statement was for.",
                "Say what {count} payments on the statement were for.",
                thing.count,
            ).format(count=thing.count)
        case ToDoKind.PAPERS:
            said = ngettext(
                "{count} payment has no paper yet.",
                "{count} payments have no paper yet.",
                thing.count,
            ).format(count=thing.count)
        case ToDoKind.RETURN:
            said = _("Prepare the return for {days}.").format(days=days)
    return said


def _when(thing: ToDo) -> str:
    """Say by when, and whether that has passed."""
    if thing.by is None:
        return ""
    if thing.late:
        return _("Late: it was for {day}.").format(day=words_for.show_day(thing.by))
    return _("By {day}.").format(day=words_for.show_day(thing.by))


def _money_words(money: MoneyNow) -> list[str]:
    """Say how the account stands, one figure to a line."""
    said = [
        _("In the account: {amount}").format(amount=money.in_the_book),
        _("Still owed: {amount}").format(amount=money.still_owed),
        _("Left once that is paid: {amount}").format(amount=money.left),
    ]
    if money.statement_to is not None:
        said.append(_("Statements are in up to {day}.").format(day=long_date(money.statement_to)))
    return said
