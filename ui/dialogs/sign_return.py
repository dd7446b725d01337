"""Sign a return off: the declaration is read, never ticked beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui.dialogs.task import TaskDialog
from ui.format import show_days
from ui.widgets.entries import ChoiceEntry, DateEntry, TextEntry, TickEntry
from ui.widgets.form import Form
from ui.widgets.words import heading

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.services.money_rows import ReturnPrepared, SignedRow
    from ui.desk import Desk


class SignReturnDialog(TaskDialog):
    """Asks who signs and what they declare, and then fixes the return for good."""

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
        self.role: ChoiceEntry[str] = self.form.add(
            "role",
            ChoiceEntry(
                _("Who signs?"), [(each.role, each.label) for each in declaration.signatories]
            ),
        )
        self.name = self.form.add("name", TextEntry(_("Their full name")))
        self.day = self.form.add("day", DateEntry(_("The day of signing")))
        self.day.set_value(today())
        self.box.addWidget(self.form)
        self.box.addWidget(heading(_("What is declared")))
        self.ticks: list[TickEntry] = []
        for sentence in declaration.statements:
            tick = TickEntry(sentence)
            self.ticks.append(tick)
            self.box.addWidget(tick)
        self.role.edited.connect(self._name_them)
        named = [each for each in declaration.signatories if each.name]
        if len(named) == 1:
            self.role.set_value(named[0].role)
            self._name_them()
        self.role.take_focus()

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
        name, role, day = self.name.answer(), self.role.answer(), self.day.answer()
        self.change(
            lambda: returns.sign(
                prepared.template.template,
                prepared.first_day,
                prepared.last_day,
                signed_by=name,
                capacity=role,
                declared_on=day,
                declared=accepted,
            ),
            self._done,
        )

    def _name_them(self) -> None:
        """Put in the name of whoever has the chosen part."""
        role = self.role.value()
        for each in self._prepared.declaration.signatories:
            if each.role == role and each.name:
                self.name.set_value(each.name)

    def _done(self, signed: SignedRow) -> None:
        self.signed = signed
        self.accept()
