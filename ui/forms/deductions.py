"""What is asked about orders, money owed back and fixed deductions: what letters say, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.services.deduction_rows import (
    BY_THE_DAY,
    CARRIES_SHORTFALL,
    NAMES_AN_AMOUNT,
    NAMES_PROTECTED,
    AmountsPer,
    AttachmentOrder,
    FixedDeduction,
    OrderKind,
    OwedBack,
    OwedBackKind,
)
from dpemployer.services.rows import Nation
from ui import deduction_names as names
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    MoneyEntry,
    NumberEntry,
    TextEntry,
    TickEntry,
)
from ui.widgets.form import Form
from ui.widgets.words import Words

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.money import Money


class OrderForm(Form):
    """One order, asked in the words on its letter. What its kind does not say is not asked."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = self.add(
            "kind",
            ChoiceEntry(
                _("What the letter is called"),
                names.order_kinds(),
                hint=_("Look at the top of the letter."),
                as_list=True,
            ),
        )
        self._about = Words("", "quiet")
        self.add_widget(self._about)
        self.issuer = self.add(
            "issuer",
            TextEntry(
                _("Who made it"),
                hint=_("The money goes to them: the council, the court or the office named."),
            ),
        )
        self.reference = self.add("reference", TextEntry(_("Reference"), needed=False, wide=24))
        self.made_on = self.add("made_on", DateEntry(_("Date on the letter")))
        self.from_day = self.add(
            "from_day",
            DateEntry(
                _("Day it came to you"),
                hint=_("It is met from the first payday on or after this day."),
            ),
        )
        self.nation = self.add(
            "nation",
            ChoiceEntry(
                _("Where the council is"),
                [(Nation.ENGLAND, _("England")), (Nation.WALES, _("Wales"))],
                hint=_("Each has its own table, wherever the person lives."),
            ),
        )
        self.normal = self.add("normal", MoneyEntry(_("Amount to deduct")))
        self.protected = self.add(
            "protected",
            MoneyEntry(
                _("Protected earnings rate"),
                hint=_("So much has to be left. If the letter does not say it, ask the court."),
            ),
        )
        self.per = self.add("per", ChoiceEntry(_("These amounts are for"), names.amounts_per()))
        self.total = self.add(
            "total",
            MoneyEntry(
                _("All that is still to be paid"),
                hint=_("Nothing more is taken once it is paid. Left empty, the order has no end."),
                needed=False,
            ),
        )
        self.shortfall = self.add(
            "shortfall",
            MoneyEntry(
                _("Not taken on paydays before this book"),
                hint=_("It is added on the next payday."),
                needed=False,
            ),
        )
        self.pay_by_day = self.add(
            "pay_by_day",
            NumberEntry(
                _("Day of the next month by which they must have the money"),
                hint=_("For example 19. Left empty, it is owed on the payday itself."),
                needed=False,
            ),
        )
        self.charge = self.add(
            "charge",
            TickEntry(
                _("Keep £1.00 for each deduction"),
                hint=_("The law lets you, for your costs, once the person was told in writing."),
            ),
        )
        self.told_on = self.add(
            "told_on", DateEntry(_("Day the person was told of the £1.00 in writing"))
        )
        self._issuer_told_on: date | None = None
        self._to_day: date | None = None
        self.from_day.set_value(clock.today())
        self.per.set_value(AmountsPer.PAYDAY)
        self.kind.edited.connect(self._ask_what_it_says)
        self.charge.edited.connect(self._ask_what_it_says)
        self._ask_what_it_says()

    def show_fact(self, fact: AttachmentOrder) -> None:
        """Show what is known."""
        self.kind.set_value(fact.kind)
        self.issuer.set_value(fact.issuer)
        self.reference.set_value(fact.reference)
        self.made_on.set_value(fact.made_on)
        self.from_day.set_value(fact.from_day)
        self.nation.set_value(fact.nation)
        self.normal.set_value(fact.normal)
        self.protected.set_value(fact.protected)
        self.per.set_value(fact.amounts_per)
        self.total.set_value(fact.total)
        self.shortfall.set_value(fact.shortfall or None)
        self.pay_by_day.set_text("" if fact.pay_by_day is None else str(fact.pay_by_day))
        self.charge.set_value(fact.charge)
        self.told_on.set_value(fact.charge_told_on)
        self._issuer_told_on = fact.issuer_told_on
        self._to_day = fact.to_day
        self._ask_what_it_says()

    def fact(self, employment_id: int, order_id: int = 0) -> AttachmentOrder:
        """Return what was typed."""
        kind, charge = self.kind.answer(), self.charge.answer()
        says_amount = kind in NAMES_AN_AMOUNT | BY_THE_DAY
        return AttachmentOrder(
            id=order_id,
            employment_id=employment_id,
            kind=kind,
            issuer=self.issuer.answer(),
            reference=self.reference.value(),
            made_on=self.made_on.answer(),
            from_day=self.from_day.answer(),
            to_day=self._to_day,
            nation=self.nation.read() if kind is OrderKind.CTAEO else None,
            amounts_per=self.per.answer() if kind in NAMES_AN_AMOUNT else AmountsPer.PAYDAY,
            normal=self.normal.read() if says_amount else None,
            protected=self.protected.read() if kind in NAMES_PROTECTED else None,
            shortfall=self._carried(kind),
            total=self.total.read(),
            pay_by_day=self._day(),
            charge=charge,
            charge_told_on=self.told_on.read() if charge else None,
            issuer_told_on=self._issuer_told_on,
        )

    def _carried(self, kind: OrderKind) -> Money:
        found = self.shortfall.read() if kind in CARRIES_SHORTFALL else None
        return found or NOTHING

    def _day(self) -> int | None:
        said = self.pay_by_day.read()
        if said is None:
            return None
        if said != int(said):
            raise EntryError(
                _("{day} is not a day of the month.").format(day=said),
                _("It is the day of the next month the money has to be there."),
                _("Type a number from 1 to 31, or leave it empty."),
            )
        return int(said)

    def _ask_what_it_says(self) -> None:
        """Ask only for what a letter of this kind says, under the name it has there."""
        kind = self.kind.value()
        says_amount = kind in NAMES_AN_AMOUNT
        self._about.setText("" if kind is None else names.about_order(kind))
        self.nation.setVisible(kind is OrderKind.CTAEO)
        self.normal.setVisible(says_amount or kind in BY_THE_DAY)
        self.normal.rename(names.order_amount(kind))
        self.protected.setVisible(kind in NAMES_PROTECTED)
        self.per.setVisible(says_amount)
        self.shortfall.setVisible(kind in CARRIES_SHORTFALL)
        self.told_on.setVisible(self.charge.answer())


class VaryForm(Form):
    """What a later letter changes about an order, and from when."""

    def __init__(self, order: AttachmentOrder) -> None:
        super().__init__()
        self.from_day = self.add(
            "from_day",
            DateEntry(
                _("From which day"), hint=_("The first payday on or after it has the new amounts.")
            ),
        )
        self.normal = self.add("normal", MoneyEntry(names.order_amount(order.kind)))
        self.protected = self.add("protected", MoneyEntry(_("Protected earnings rate")))
        self.normal.set_value(order.normal)
        self.protected.set_value(order.protected)
        self._says_protected = order.kind in NAMES_PROTECTED
        self.protected.setVisible(self._says_protected)

    def amounts(self) -> tuple[date, Money, Money | None]:
        """Return the day, the amount, and what must be left where the letter says it."""
        return (
            self.from_day.answer(),
            self.normal.answer(),
            self.protected.answer() if self._says_protected else None,
        )


class OwedBackForm(Form):
    """An advance, a loan or an overpayment, and how it comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = self.add("kind", ChoiceEntry(_("What it is"), names.owed_back_kinds()))
        self._about = Words("", "quiet")
        self.add_widget(self._about)
        self.amount = self.add(
            "amount", MoneyEntry(_("How much"), hint=_("What the person has had in their hand."))
        )
        self.day = self.add("day", DateEntry(_("Day it was paid, or will be")))
        self.reason = self.add(
            "reason", TextEntry(_("Why too much was paid"), hint=_("For example: paid twice."))
        )
        self.instalment = self.add("instalment", MoneyEntry(_("How much to take on each payday")))
        self.first_on = self.add(
            "first_on",
            DateEntry(
                _("From which day"), hint=_("Taken from the first payday on or after this day.")
            ),
        )
        self.agreed_on = self.add(
            "agreed_on",
            DateEntry(
                _("Day you both agreed this in writing"),
                hint=_("An advance or a loan may be taken back only as was agreed beforehand."),
                needed=False,
            ),
        )
        self._kept: OwedBack | None = None
        self.kind.edited.connect(self._ask_what_it_needs)
        self._ask_what_it_needs()

    def show_fact(self, fact: OwedBack) -> None:
        """Show what is known."""
        self._kept = fact
        self.kind.set_value(fact.kind)
        self.amount.set_value(fact.amount)
        self.day.set_value(fact.day)
        self.reason.set_value(fact.reason)
        self.instalment.set_value(fact.instalment)
        self.first_on.set_value(fact.first_on)
        self.agreed_on.set_value(fact.agreed_on)
        self._ask_what_it_needs()

    def fact(self, employment_id: int) -> OwedBack:
        """Return what was typed."""
        kind, kept = self.kind.answer(), self._kept
        return OwedBack(
            id=kept.id if kept else 0,
            employment_id=employment_id,
            kind=kind,
            amount=self.amount.answer(),
            day=self.day.answer(),
            instalment=self.instalment.answer(),
            first_on=self.first_on.answer(),
            agreed_on=self.agreed_on.read(),
            reason=self.reason.answer() if kind is OwedBackKind.OVERPAYMENT else "",
            stopped_on=kept.stopped_on if kept else None,
        )

    def _ask_what_it_needs(self) -> None:
        kind = self.kind.value()
        overpaid = kind is OwedBackKind.OVERPAYMENT
        self.reason.setVisible(overpaid)
        self._about.setText("" if kind is None else names.about_owed_back(kind))


class FixedForm(Form):
    """The same amount from each payday."""

    def __init__(self) -> None:
        super().__init__()
        self.purpose = self.add(
            "purpose", TextEntry(_("What it is for"), hint=_("The payslip says it so."))
        )
        self.amount = self.add("amount", MoneyEntry(_("How much on each payday")))
        self.payee = self.add(
            "payee",
            TextEntry(
                _("Who gets the money"),
                hint=_("A union, for example. Left empty, you keep it."),
                needed=False,
            ),
        )
        self.needed = self.add(
            "needed",
            ChoiceEntry(
                _("Is it for something the job needs, such as clothes, tools or training?"),
                [(True, _("Yes: it counts against the minimum wage")), (False, _("No"))],
            ),
        )
        self.agreed_on = self.add("agreed_on", DateEntry(_("Day you both agreed this in writing")))
        self.from_day = self.add(
            "from_day",
            DateEntry(
                _("From which day"), hint=_("Taken from the first payday on or after this day.")
            ),
        )
        self._kept: FixedDeduction | None = None

    def show_fact(self, fact: FixedDeduction) -> None:
        """Show what is known."""
        self._kept = fact
        self.purpose.set_value(fact.purpose)
        self.amount.set_value(fact.amount)
        self.payee.set_value(fact.payee)
        self.needed.set_value(fact.needed_for_job)
        self.agreed_on.set_value(fact.agreed_on)
        self.from_day.set_value(fact.from_day)

    def fact(self, employment_id: int) -> FixedDeduction:
        """Return what was typed."""
        kept = self._kept
        return FixedDeduction(
            id=kept.id if kept else 0,
            employment_id=employment_id,
            purpose=self.purpose.answer(),
            amount=self.amount.answer(),
            from_day=self.from_day.answer(),
            agreed_on=self.agreed_on.answer(),
            to_day=kept.to_day if kept else None,
            needed_for_job=self.needed.answer(),
            payee=self.payee.value(),
        )
