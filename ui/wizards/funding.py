"""Who pays, how much and when; and the account the money is kept in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.periods import TaxYear
from dpemployer.services.money_rows import (
    Account,
    AccountKind,
    Award,
    AwardBasis,
    ContributionPlan,
    Funder,
    FunderKind,
    PaymentFrequency,
)
from ui import names
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry
from ui.wizards.wizard import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.office import Office

_NOT_KEY = re.compile(r"[^a-z0-9]+")


def key_of(name: str) -> str:
    """Make a short key out of a name, for files."""
    return _NOT_KEY.sub("-", name.casefold()).strip("-") or "funder"


class FunderStep(Step):
    """Who pays, and which return they ask for."""

    ID = "funder"

    def __init__(self) -> None:
        super().__init__(
            _("Who pays the direct payment"),
            _("If there is more than one, begin with the one that pays most. Add others later."),
        )
        self._funder: Funder | None = None
        self.name = self.form.add(
            "name", TextEntry(_("Name"), hint=_("For example Example Borough Council."))
        )
        self.kind = self.form.add("kind", ChoiceEntry(_("What they are"), names.funder_kinds()))
        self.template: ChoiceEntry[str] = self.form.add(
            "template",
            ChoiceEntry(
                _("The return they ask for"),
                [],
                hint=_("If theirs is not here, choose “Quarterly return”: it has what most ask."),
                as_list=True,
                needed=False,
            ),
        )
        self.from_day = self.form.add(
            "from_day", DateEntry(_("First day of the first return"), needed=False)
        )
        self.kind.set_value(FunderKind.LOCAL_AUTHORITY)
        self.remember()

    def question(self, office: Office) -> Any:
        return (
            office.ledger.funders(),
            office.returns.templates(),
            office.returns.chosen(clock.today()),
        )

    def show_answer(self, answer: Any) -> None:
        funders, templates, chosen = answer
        self.template.set_choices(
            [(row.template, row.title) for row in templates if not row.problem]
        )
        if funders:
            self._funder = funders[0]
            self.name.set_value(funders[0].name)
            self.kind.set_value(funders[0].kind)
        if chosen is not None:
            self.template.set_value(chosen.template)

    def work(self, office: Office) -> Callable[[], Any]:
        before = self._funder
        name = self.name.answer()
        funder = Funder(
            id=before.id if before else 0,
            key=before.key if before else key_of(name),
            name=name,
            kind=self.kind.answer(),
            template=before.template if before else "",
        )
        template, from_day = self.template.value(), self.from_day.read()

        def keep() -> Funder:
            funder_id = office.ledger.set_funder(funder)
            if template is not None:
                office.returns.choose(template, from_day or clock.today(), anchor=from_day)
            return Funder(funder_id, funder.key, funder.name, funder.kind, funder.template)

        return keep

    def kept(self, value: Any) -> None:
        self._funder = value


class AwardStep(Step):
    """How much is paid, and when."""

    ID = "award"

    def __init__(self) -> None:
        super().__init__(
            _("How much, and when"),
            _("The figures are on the council's or NHS letter. They are kept by date."),
        )
        self._award_id = 0
        self._funder_id = 0
        self._knows_plan = False
        """Whether it was said before what is paid in; changes are made in Settings."""
        add = self.form.add
        self.basis = add(
            "basis", ChoiceEntry(_("Your own contribution"), names.award_bases(), as_list=False)
        )
        self.gross = add(
            "gross",
            MoneyEntry(
                _("What the letter says a week costs"),
                hint=_("Before any contribution of yours is taken off."),
            ),
        )
        self.contribution = add(
            "contribution", MoneyEntry(_("Your contribution for a week"), needed=False)
        )
        self.contribution_every = add(
            "contribution_every",
            ChoiceEntry(_("How often you pay it in"), names.payment_frequencies()),
        )
        self.contribution_paid = add(
            "contribution_paid",
            MoneyEntry(
                _("How much you pay in each time"),
                hint=_("Left empty, it is the figure for a week."),
                needed=False,
            ),
        )
        self.contribution_day = add(
            "contribution_day",
            DateEntry(_("A day you pay it in"), hint=_("The others follow from it."), needed=False),
        )
        self.frequency = add(
            "frequency", ChoiceEntry(_("How often they pay"), names.payment_frequencies())
        )
        self.payment = add("payment", MoneyEntry(_("How much each payment is")))
        self.from_day = add("from_day", DateEntry(_("This rate is from")))
        self.first_payment = add(
            "first_payment",
            DateEntry(
                _("A day they pay on"),
                hint=_("Any payment day at this rate; the others follow from it."),
            ),
        )
        self.basis.set_value(AwardBasis.NET)
        self.contribution_every.set_value(PaymentFrequency.WEEKLY)
        self.frequency.set_value(PaymentFrequency.FOUR_WEEKLY)
        self.basis.edited.connect(self._show_contribution)
        self.remember()

    def question(self, office: Office) -> Any:
        ledger = office.ledger
        return ledger.funders(), ledger.awards(), ledger.contributions()

    def show_answer(self, answer: Any) -> None:
        funders, awards, plans = answer
        self._funder_id = funders[0].id if funders else 0
        mine_to_pay = [plan for plan in plans if plan.funder_id in {None, self._funder_id}]
        if mine_to_pay:
            plan = mine_to_pay[-1]
            self._knows_plan = True
            self.contribution_every.set_value(plan.frequency)
            self.contribution_paid.set_value(plan.amount)
            self.contribution_day.set_value(plan.first_due)
        mine = [award for award in awards if award.funder_id == self._funder_id]
        if mine:
            award: Award = mine[-1]
            self._award_id = award.id
            self.basis.set_value(award.basis or AwardBasis.NET)
            self.gross.set_value(award.gross_weekly)
            self.contribution.set_value(award.contribution_weekly)
            self.frequency.set_value(award.frequency)
            self.payment.set_value(award.payment)
            self.from_day.set_value(award.from_day)
            self.first_payment.set_value(award.first_payment)
        self._show_contribution()

    def work(self, office: Office) -> Callable[[], Any]:
        gross, basis = self.gross.answer(), self.basis.answer()
        contribution = NOTHING
        if basis is not AwardBasis.NONE:
            contribution = self.contribution.read() or NOTHING
        award = Award(
            id=self._award_id,
            funder_id=self._funder_id,
            from_day=self.from_day.answer(),
            to_day=None,
            gross_weekly=gross,
            contribution_weekly=contribution,
            net_weekly=gross - contribution if basis is AwardBasis.NET else gross,
            basis=basis,
            frequency=self.frequency.answer(),
            payment=self.payment.answer(),
            first_payment=self.first_payment.answer(),
        )
        in_account = basis is AwardBasis.NET
        plan = ContributionPlan(
            id=0,
            funder_id=award.funder_id,
            from_day=award.from_day,
            in_account=in_account,
            amount=(self.contribution_paid.read() if in_account else None) or contribution,
            frequency=self.contribution_every.answer(),
            first_due=self.contribution_day.read() or award.first_payment,
        )

        def keep() -> int:
            known = [
                each
                for each in office.ledger.contributions()
                if each.funder_id in {None, award.funder_id}
            ]
            if contribution and not known:
                office.ledger.set_contribution(plan)
            return office.ledger.set_award(award)

        return keep

    def kept(self, value: Any) -> None:
        self._award_id = value

    def _show_contribution(self) -> None:
        self.contribution.setVisible(self.basis.value() is not AwardBasis.NONE)
        for entry in (self.contribution_every, self.contribution_paid, self.contribution_day):
            entry.setVisible(self.basis.value() is AwardBasis.NET and not self._knows_plan)


class AccountStep(Step):
    """The account the direct payment goes into."""

    ID = "account"

    def __init__(self) -> None:
        super().__init__(
            _("The account"),
            _(
                "The account the direct payment goes into. Begin on the first day of a return, or "
                "of a bank statement, so that the two can be compared."
            ),
        )
        self._account: Account | None = None
        add = self.form.add
        self.kind = add("kind", ChoiceEntry(_("What it is"), names.account_kinds(), as_list=False))
        self.name = add("name", TextEntry(_("What you call it")))
        self.opened_on = add("opened_on", DateEntry(_("The first day this book answers for")))
        self.balance = add(
            "balance",
            MoneyEntry(
                _("How much was in it at the start of that day"),
                hint=_("As the bank statement says, before anything on that day."),
            ),
        )
        self.kind.set_value(AccountKind.BANK)
        self.name.set_value(_("Direct payment account"))
        self.remember()

    def question(self, office: Office) -> Any:
        return office.opening.state(TaxYear.of(clock.today())).accounts

    def show_answer(self, answer: Any) -> None:
        if answer:
            account: Account = answer[0]
            self._account = account
            self.kind.set_value(account.kind)
            self.name.set_value(account.name)
            self.opened_on.set_value(account.opened_on)
            self.balance.set_value(account.opening_balance)

    def work(self, office: Office) -> Callable[[], Any]:
        before = self._account
        account = Account(
            id=before.id if before else 0,
            key=before.key if before else key_of(self.name.answer()),
            name=self.name.answer(),
            kind=self.kind.answer(),
            opened_on=self.opened_on.answer(),
            opening_balance=self.balance.answer(),
        )
        return lambda: (office.opening.set_account(account), account)

    def kept(self, value: Any) -> None:
        account_id, account = value
        self._account = Account(
            account_id,
            account.key,
            account.name,
            account.kind,
            account.opened_on,
            account.opening_balance,
        )
