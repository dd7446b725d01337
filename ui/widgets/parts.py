"""What a payment was for: one kind, or several parts that add up to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.services.money_rows import Part
from ui import theme
from ui.format import long_date
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import ChoiceEntry, MoneyEntry, TextEntry
from ui.widgets.form import Form
from ui.widgets.tab_order import thread
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.money_rows import CategoryRow, CommitmentRow, Funder, PartRow
    from ui.widgets.entries import Entry

_BILLS_OF = {
    "pay.net_wages": "wages_earned_unpaid",
    "pay.holiday": "wages_earned_unpaid",
    "pay.hmrc": "hmrc_due",
    "pay.pension": "pension_due",
    "pay.deductions": "deduction_due",
    "emp.insurance": "insurance_due",
}


class _PartForm(Form):
    """One part: what for, how much of it, which bill it pays, whose money it is."""

    def __init__(self, choices: PartChoices) -> None:
        super().__init__()
        self.what = self.add(
            "what", ChoiceEntry(_("What was it for?"), choices.kinds, as_list=True)
        )
        self._about = Words("", "quiet")
        self._about.hide()
        self.add_widget(self._about)
        self.amount = self.add(
            "amount",
            MoneyEntry(
                _("How much of it"), hint=_("Put a minus before a part that goes the other way.")
            ),
        )
        self.bill: ChoiceEntry[int] | None = None
        self.funder: ChoiceEntry[int] | None = None
        if choices.bills:
            self.bill = self.add(
                "bill",
                ChoiceEntry(
                    _("Which bill does it pay?"),
                    [(bill.commitment_id, _bill_words(bill)) for bill in choices.bills],
                    needed=False,
                    as_list=True,
                ),
            )
        if len(choices.funders) > 1:
            self.funder = self.add(
                "funder",
                ChoiceEntry(
                    _("Whose money is it?"),
                    [(funder.id, funder.name) for funder in choices.funders],
                    hint=_("Left empty, it is shared as agreed."),
                    needed=False,
                    as_list=True,
                ),
            )
        self.note = self.add("note", TextEntry(_("A note"), needed=False))
        self._choices = choices
        self._paid_before: int | None = None
        """The bill an entry pays that was recorded earlier; it may be settled by now."""
        self.what.edited.connect(self._narrow)
        self.what.edited.connect(self._explain)

    def show_part(self, part: PartRow) -> None:
        """Show a part recorded earlier."""
        self.what.set_value(part.category)
        self.amount.set_value(abs(part.amount))
        self.note.set_value(part.note)
        if self.funder is not None:
            self.funder.set_value(part.funder_id)
        self._paid_before = part.commitment_id
        self._narrow()
        if self.bill is not None:
            self.bill.set_value(part.commitment_id)

    def pays(self) -> int | None:
        """Return the bill this part pays, if any."""
        return self._paid_before if self.bill is None else self.bill.value()

    def number(self, place: int | None) -> None:
        """Say which part it is, for a screen reader too, where there are several."""
        asked: list[tuple[Entry[Any] | None, str, str]] = [
            (self.what, _("What was it for?"), _("Part {number}: what was it for?")),
            (self.amount, _("How much of it"), _("Part {number}: how much of it")),
            (self.bill, _("Which bill does it pay?"), _("Part {number}: which bill does it pay?")),
            (self.funder, _("Whose money is it?"), _("Part {number}: whose money is it?")),
            (self.note, _("A note"), _("Part {number}: a note")),
        ]
        for entry, alone, one_of_several in asked:
            if entry is not None:
                entry.rename(alone if place is None else one_of_several.format(number=place + 1))
        self.amount.setVisible(place is not None)
        self.note.setVisible(place is not None)

    def _explain(self) -> None:
        """Say what this kind of money is, and which paper it asks for."""
        said = self._choices.about.get(self.what.value() or "", "")
        self._about.setText(said)
        self._about.setVisible(bool(said))

    def _narrow(self) -> None:
        """Offer the bills that go with this kind of payment first."""
        if self.bill is None:
            return
        wanted = _BILLS_OF.get(self.what.value() or "")
        bills = sorted(self._choices.bills, key=lambda bill: str(bill.kind) != wanted)
        offered = [(bill.commitment_id, _bill_words(bill)) for bill in bills]
        before = self._paid_before
        if before is not None and before not in {bill_id for bill_id, _words in offered}:
            offered.append((before, _("The bill it pays already")))
        self.bill.set_choices(offered)


class PartChoices:
    """What the parts of one payment can be."""

    def __init__(
        self,
        amount: Money,
        categories: Sequence[CategoryRow],
        bills: Sequence[CommitmentRow],
        funders: Sequence[Funder],
    ) -> None:
        direction = "income" if amount.pence > 0 else "expenditure"
        self.kinds = [
            (row.code, row.label) for row in categories if row.kind in {direction, "transfer"}
        ]
        self.about = {row.code: _about(row) for row in categories}
        """What each kind is, and the paper it asks for."""
        self.bills = tuple(bills) if amount.pence < 0 else ()
        self.funders = tuple(funders)


class Parts(QWidget):
    """Divides one payment into its parts; a single part is the whole of it."""

    edited = Signal()

    def __init__(self, amount: Money, choices: PartChoices) -> None:
        super().__init__()
        self._amount = amount
        self._choices = choices
        self._forms: list[_PartForm] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.gap(2))
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.gap(3))
        box.addLayout(self._column)
        self._left = Words("", "hint")
        box.addWidget(self._left)
        self._fewer = button(_("Take the last part away"), self._remove)
        self._more = button(_("It was for more than one thing"), self.add_part)
        box.addWidget(ButtonRow(self._more, self._fewer))
        self.add_part()

    @property
    def first(self) -> ChoiceEntry[str]:
        """Where the keyboard goes first."""
        return self._forms[0].what

    @property
    def categories(self) -> tuple[str, ...]:
        """The kinds chosen so far."""
        chosen = (form.what.value() for form in self._forms)
        return tuple(code for code in chosen if code is not None)

    def add_part(self) -> None:
        """Ask for one part more."""
        form = _PartForm(self._choices)
        self._forms.append(form)
        self._column.addWidget(form)
        form.edited.connect(self._count)
        form.edited.connect(self.edited)
        self._arrange()
        if len(self._forms) > 1:
            form.what.take_focus()

    def set_amount(self, amount: Money) -> None:
        """The whole payment is a different amount now."""
        self._amount = amount
        self._count()

    def show_parts(self, parts: Sequence[PartRow]) -> None:
        """Show parts recorded earlier."""
        while len(self._forms) < len(parts):
            self.add_part()
        for form, part in zip(self._forms, parts, strict=False):
            form.show_part(part)
        self._arrange()

    def check(self) -> bool:
        """Check every part, and say what is wrong beside it."""
        checked = [form.check() for form in self._forms]
        return all(checked)

    def read(self) -> tuple[Part, ...]:
        """Return the parts, with the sign of the payment.

        Raises:
            EntryError: If something is missing, or they do not add up.
        """
        sign = -1 if self._amount.pence < 0 else 1
        alone = len(self._forms) == 1
        parts = tuple(
            Part(
                category=form.what.answer(),
                amount=self._amount if alone else Money(sign * form.amount.answer().pence),
                funder_id=None if form.funder is None else form.funder.value(),
                commitment_id=form.pays(),
                note=form.note.value(),
            )
            for form in self._forms
        )
        if Money.total(part.amount for part in parts) != self._amount:
            raise EntryError(
                _("The parts do not add up to {amount}.").format(amount=abs(self._amount)),
                _("Together they come to {total}.").format(
                    total=abs(Money.total(part.amount for part in parts))
                ),
                _("Change one of the parts, or take one away."),
            )
        return parts

    def _remove(self) -> None:
        form = self._forms.pop()
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._arrange()
        self._more.setFocus()
        self.edited.emit()

    def _arrange(self) -> None:
        several = len(self._forms) > 1
        for place, form in enumerate(self._forms):
            form.number(place if several else None)
        self._fewer.setVisible(several)
        self._more.setText(
            _("Add another part") if several else _("It was for more than one thing")
        )
        self._left.setVisible(several)
        self._count()
        thread(self)

    def _count(self) -> None:
        """Say how much is still to be divided."""
        typed = NOTHING
        for form in self._forms:
            try:
                typed += form.amount.read() or NOTHING
            except EntryError:
                continue
        left = abs(self._amount) - typed
        self._left.setText(
            _("All of it is divided.")
            if not left
            else _("{left} is still to be divided.").format(left=left)
        )


def _bill_words(bill: CommitmentRow) -> str:
    if bill.due is None:
        return _("{payee}: {kind}, {amount} still owed").format(
            payee=bill.payee, kind=bill.kind_label, amount=bill.outstanding
        )
    return _("{payee}: {kind}, {amount}, due {day}").format(
        payee=bill.payee, kind=bill.kind_label, amount=bill.outstanding, day=long_date(bill.due)
    )


def _about(row: CategoryRow) -> str:
    said = [row.hint] if row.hint else []
    if row.needs_label:
        said.append(_("It asks for a paper: {kind}.").format(kind=row.needs_label))
    return " ".join(said)
