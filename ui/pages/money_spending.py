"""Money, may I buy this? One question, one answer, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.services.money_rows import Standing
from ui.actions import Command
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.letter import LetterDialog
from ui.forms.agreed import AgreedForm
from ui.models.spending import ASKED, SPENDING, answer_words
from ui.pages.money_part import Host, MoneyPart, Shown
from ui.widgets.entries import TextEntry
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.services.money_rows import Letter, SpendingAsked, SpendingRow
    from ui.actions import Commands

_PAGE = N_("This page")


class Spending(MoneyPart):
    """What the direct payment may be spent on."""

    NAME = N_("May I buy this?")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.row: SpendingRow | None = None
        self._words = ""
        self.notices = Notices()
        self.question = TextEntry(
            _("What would you like to buy?"),
            hint=_("A word or two, such as gym, taxi, or wages for my sister. Then press Enter."),
            wide=48,
        )
        self.question.line.returnPressed.connect(self.ask)
        self.answer = Words("", "heading")
        self.reason = Words()
        self.answered = Card()
        self.answered.hide()
        self._table: Table[SpendingRow] = Table(
            _("Everything there is a rule about"), SPENDING, empty="", stretch=0
        )
        self.asked: Table[SpendingAsked] = Table(
            _("What you asked before"), ASKED, empty=_("Nothing has been asked yet."), most_rows=6
        )
        self.watch(self._table).opened.connect(lambda row: self._show(row, ""))

    @property
    def table(self) -> Table[SpendingRow]:
        return self._table

    def declare(self, commands: Commands) -> None:
        answered = self._is_answered
        for name, words, does, kind in (
            ("ask", _("Ask"), self.ask, "main"),
            ("plan", _("It is in my plan"), self.in_plan, ""),
            ("agreed", _("I have agreement in writing"), self.agreed, ""),
            ("write", _("Write to ask"), self.write, ""),
        ):
            available = self.here if name == "ask" else answered
            commands.add(
                Command(f"money.spend.{name}", words, does, _PAGE, available=available, kind=kind)
            )
        self.answered.box.addWidget(self.answer)
        self.answered.box.addWidget(self.reason)
        self.answered.box.addWidget(
            commands.buttons("money.spend.plan", "money.spend.agreed", "money.spend.write")
        )
        self.put(
            self.notices,
            self.question,
            commands.buttons("money.spend.ask"),
            self.answered,
            hint(_("What your funder wrote, and your plan, always count before this list.")),
            self._table,
            self.asked,
        )

    def show_all(self, shown: Shown) -> None:  # noqa: ARG002 - the shape of every part
        spending, on = self.desk.office.spending, clock.today()
        self.desk.operations.ask(
            lambda: (spending.listed(on), spending.asked()), self._show_lists, owner=self
        )

    def ask(self) -> None:
        """Ask what was typed."""
        words, spending, on = self.question.text().strip(), self.desk.office.spending, clock.today()
        self.notices.clear()
        self.desk.operations.change(
            lambda: spending.ask(words, on),
            lambda rows: self._show_first(rows, words),
            owner=self,
            or_else=self.notices.show_error,
        )

    def in_plan(self) -> None:
        """Record that it is in the person's plan."""
        self._agree(Standing.PLAN, _("It is in my plan"))

    def agreed(self) -> None:
        """Record that the funder agreed to it in writing."""
        self._agree(Standing.AGREEMENT, _("I have agreement in writing"))

    def write(self) -> None:
        """Begin a letter that asks."""
        row, letters = self.row, self.desk.office.letters
        if row is not None:
            self.desk.operations.ask(
                lambda: letters.question(row, clock.today()), self._write, owner=self
            )

    def _write(self, letter: Letter) -> None:
        self.host.run(LetterDialog(self.desk, letter, self.window()))

    def _agree(self, standing: Standing, words: str) -> None:
        row, spending = self.row, self.desk.office.spending
        if row is None:
            return
        form = AgreedForm(standing, self._words or row.item, clock.today())

        def save() -> Callable[[], Any]:
            fact = form.fact(row.guide)
            return lambda: spending.agree(fact)

        dialog = FormDialog(self.desk, words, form, save, said=_("Saved."), parent=self)
        if self.host.run(dialog):
            self._again()

    def _again(self) -> None:
        """Answer the last question again, now that something counts before the rules."""
        row, words, spending = self.row, self._words, self.desk.office.spending
        if row is not None:
            self.desk.operations.ask(
                lambda: spending.again(row.guide, words, clock.today()),
                lambda found: self._show(found, words),
                owner=self,
            )

    def _show_first(self, rows: tuple[SpendingRow, ...], words: str) -> None:
        if not rows:
            self.row = None
            self.answered.hide()
            self.notices.say(
                "note",
                _("No rule is about “{words}”. Ask your funder before you buy it.").format(
                    words=words
                ),
            )
            self.host.commands.refresh()
            return
        self._show(rows[0], words)
        others = ", ".join(row.item for row in rows[1:3])
        if others:
            self.reason.setText(
                self.reason.text() + "\n" + _("It could also be: {others}.").format(others=others)
            )

    def _show(self, row: SpendingRow, words: str) -> None:
        self.row, self._words = row, words
        self.answer.setText(f"{row.item}: {answer_words(row.answer)}")
        said = [row.why, row.condition, row.rests_on]
        if row.source:
            said.append(_("See: {source}.").format(source=row.source))
        self.reason.setText("\n".join(text for text in said if text))
        self.answered.show()
        self.desk.say(self.answer.text())
        self.host.commands.refresh()

    def _show_lists(
        self, answer: tuple[tuple[SpendingRow, ...], tuple[SpendingAsked, ...]]
    ) -> None:
        listed, asked = answer
        self._table.show_rows(listed, same=lambda row: row.guide)
        self.asked.show_rows(asked, same=lambda row: row.id)

    def _is_answered(self) -> bool:
        return self.here() and self.row is not None
