"""Money set aside: for what, how much, and who agreed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.services.money_rows import Reserve
from ui.dialogs.task import TaskDialog
from ui.models.money import reserve_kinds
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


class ReserveDialog(TaskDialog):
    """Records money set aside, or puts it right."""

    def __init__(self, desk: Desk, reserve: Reserve | None, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Set money aside") if reserve is None else _("Change what is set aside"),
            _("What the funder has agreed to is taken off before the money over is looked at."),
            _("Keep this"),
            parent,
        )
        self._id = 0 if reserve is None else reserve.id
        self.form = Form()
        add = self.form.add
        self.kind = add("kind", ChoiceEntry(_("What kind is it?"), reserve_kinds(), as_list=True))
        self.label = add(
            "label", TextEntry(_("What is it for?"), hint=_("For example a break in January."))
        )
        self.amount = add("amount", MoneyEntry(_("How much")))
        self.agreed_by = add("agreed_by", TextEntry(_("Who agreed to it?"), needed=False))
        self.agreed_on = add("agreed_on", DateEntry(_("When did they agree?"), needed=False))
        self.from_day = add("from_day", DateEntry(_("Set aside from"), needed=False))
        self.to_day = add("to_day", DateEntry(_("Set aside until"), needed=False))
        if reserve is not None:
            self.kind.set_value(reserve.kind)
            self.label.set_value(reserve.label)
            self.amount.set_value(reserve.amount)
            self.agreed_by.set_value(reserve.agreed_by)
            self.agreed_on.set_value(reserve.agreed_on)
            self.from_day.set_value(reserve.from_day)
            self.to_day.set_value(reserve.to_day)
        self.box.addWidget(self.form)
        self.kind.take_focus()

    def do(self) -> None:
        """Record it."""
        if not self.form.check():
            return
        reserve = Reserve(
            id=self._id,
            kind=self.kind.answer(),
            label=self.label.answer(),
            amount=self.amount.answer(),
            agreed_by=self.agreed_by.value(),
            agreed_on=self.agreed_on.read(),
            from_day=self.from_day.read(),
            to_day=self.to_day.read(),
        )
        ledger = self.desk.office.ledger
        self.change(lambda: ledger.set_reserve(reserve))
