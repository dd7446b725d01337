"""Sign a return off: the declaration is read, never ticked beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui.dialogs.task import TaskDialog
from ui.format import show_days
from ui.widgets.entries import ChoiceEntry, DateEntry, TextEntry, TickEntry
from ui.widgets.form import Form
from ui.widgets.words import heading

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.services.money_rows import ReturnPrepared, Signatory, SignedRow
    from ui.desk import Desk


class SignReturnDialog(TaskDialog):
    """Asks who signs and what they declare, and then fixes the return for good."""

    ENTER_DOES = False

    def __init__(self, desk: Desk, prepared: ReturnPrepared, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Sign the return"),
            _(
                "{days}: the account closes at {closing}. When it is signed, the payments behind "
                "it are kept as they are. A mistake found later is put right by a new version."
            ).format(
                days=show_days(prepared.first_day, prepared.last_day), closing=prepared.closing
            ),
            _("Sign it"),
            parent,
        )
        self.signed: SignedRow | None = None
        self._prepared = prepared
        declaration = prepared.declaration
        self.form = Form()
        self._who = declaration.signatories
        self.role: ChoiceEntry[int] = self.form.add(
            "role",
            ChoiceEntry(
                _("Who signs?"),
                [(place, _signatory_words(each)) for place, each in enumerate(self._who)],
            ),
        )
        self.name = self.form.add("name", TextEntry(_("Their full name")))
        self.day = self.form.add("day", DateEntry(_("The day of signing")))
        self.day.set_value(clock.today())
        self.box.addWidget(self.form)
        self.box.addWidget(heading(_("What is declared")))
        self.ticks: list[TickEntry] = []
        for sentence in declaration.statements:
            tick = TickEntry(sentence)
            self.ticks.append(tick)
            self.box.addWidget(tick)
        self.role.edited.connect(self._name_them)
        named = [place for place, each in enumerate(self._who) if each.name]
        if len(named) == 1:
            self.role.set_value(named[0])
        self._name_them()
        self.role.setFocus()

    def do(self) -> None:
        """Sign it."""
        if not self.form.check():
            return
        accepted = [tick.label for tick in self.ticks if tick.read()]
        if len(accepted) < len(self.ticks):
            self.show_error(
                EntryError(
                    _("Part of the declaration is not ticked."),
                    _("The council asks for all of it."),
                    _("Read each sentence. Tick it if it is true; if it is not, do not sign yet."),
                )
            )
            return
        prepared, returns = self._prepared, self.desk.office.returns
        who, day = self._who[self.role.answer()], self.day.answer()
        name = who.name or self.name.answer()
        self.change(
            lambda: returns.sign(
                prepared.template.template,
                prepared.first_day,
                prepared.last_day,
                signed_by=name,
                capacity=who.role,
                declared_on=day,
                declared=accepted,
            ),
            self._done,
        )

    def _name_them(self) -> None:
        """Ask for a name only where the book does not know it."""
        place = self.role.value()
        self.name.setVisible(place is not None and not self._who[place].name)

    def _done(self, signed: SignedRow) -> None:
        self.signed = signed
        self.accept()


def _signatory_words(who: Signatory) -> str:
    return f"{who.label}: {who.name}" if who.name else who.label
