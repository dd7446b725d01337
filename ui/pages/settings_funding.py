"""Settings, the money's frame: accounts, funders, rates, and what should come in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.periods import TaxYear
from ui.actions import Command
from ui.dialogs.expected import ContributionDialog, ExpectedPaymentDialog
from ui.models.settings import (
    ACCOUNT_FACT_COLUMNS,
    EXPECTED_COLUMNS,
    FUNDER_COLUMNS,
    PLAN_COLUMNS,
    RATE_COLUMNS,
    Plan,
    Rate,
)
from ui.pages.settings_part import Host, SettingsPart
from ui.widgets.table import Table
from ui.widgets.words import Card, hint
from ui.wizards.later import OneAccount, OneAward, OneFunder
from ui.wizards.one_step import StepDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.money_rows import Account, ExpectedRow, Funder
    from ui.actions import Commands
    from ui.wizards.wizard import Step

_PAGE = N_("This page")
_BACK, _AHEAD = timedelta(days=60), timedelta(days=120)


class FundingPart(SettingsPart):
    """What the first run asked once, and what has changed since."""

    NAME = N_("Accounts and funders")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._all_funders: tuple[Funder, ...] = ()
        self.accounts: Table[Account] = Table(
            _("Accounts"), ACCOUNT_FACT_COLUMNS, empty=_("There is no account yet.")
        )
        self.funders: Table[Funder] = Table(
            _("Funders"), FUNDER_COLUMNS, empty=_("There is no funder yet.")
        )
        self.rates: Table[Rate] = Table(
            _("What they pay"), RATE_COLUMNS, empty=_("No rate is recorded yet.")
        )
        self.plans: Table[Plan] = Table(
            _("Your contribution"), PLAN_COLUMNS, empty=_("No contribution is recorded.")
        )
        self.expected: Table[ExpectedRow] = Table(
            _("What should come in"),
            EXPECTED_COLUMNS,
            empty=_("Nothing should come in soon."),
            stretch=3,
            most_rows=10,
        )
        self.watch(self.accounts, self.funders, self.rates, self.plans)
        self.accounts.opened.connect(lambda _row: self._change_account())
        self.funders.opened.connect(lambda _row: self._change_funder())
        self.rates.opened.connect(lambda _row: self._change_rate())
        self.plans.opened.connect(lambda _row: self._change_plan())

    def declare(self, commands: Commands) -> None:
        funded = lambda: self.here() and bool(self._all_funders)  # noqa: E731 - used twice below
        for name, words, does, available in (
            ("account", _("Add an account or a cash tin"), self._add_account, self.here),
            ("change_account", _("Change it"), self._change_account, self.on(self.accounts)),
            ("funder", _("Add a funder"), self._add_funder, self.here),
            ("change_funder", _("Change it"), self._change_funder, self.on(self.funders)),
            ("rate", _("A new rate"), self._add_rate, self.on(self.funders)),
            ("change_rate", _("Put this rate right"), self._change_rate, self.on(self.rates)),
            ("plan", _("A new contribution"), self._add_plan, self.here),
            ("change_plan", _("Put this right"), self._change_plan, self.on(self.plans)),
            ("expect", _("One more payment to come"), self._expect, funded),
        ):
            commands.add(Command(f"settings.{name}", words, does, _PAGE, "", "", available))
        for title, explained, table, names in (
            (_("Accounts"), "", self.accounts, ("account", "change_account")),
            (_("Funders"), "", self.funders, ("funder", "change_funder", "rate")),
            (
                _("What they pay"),
                _("A new rate begins on a day and ends the one before. Choose the funder above."),
                self.rates,
                ("change_rate",),
            ),
            (_("Your contribution"), "", self.plans, ("plan", "change_plan")),
            (
                _("What should come in"),
                _("The last two months and the next four. Returns count what came against it."),
                self.expected,
                ("expect",),
            ),
        ):
            card = Card(title)
            if explained:
                card.box.addWidget(hint(explained))
            card.box.addWidget(table)
            card.box.addWidget(commands.buttons(*(f"settings.{name}" for name in names)))
            self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.accounts.view

    def ask(self, office: Office) -> Any:
        ledger, day = office.ledger, clock.today()
        return (
            office.opening.state(TaxYear.of(day)).accounts,
            ledger.funders(),
            ledger.awards(),
            ledger.contributions(),
            ledger.expected(day - _BACK, day + _AHEAD),
        )

    def show_answer(self, answer: Any) -> None:
        accounts, funders, awards, plans, expected = answer
        by_id = {funder.id: funder for funder in funders}
        self._all_funders = funders
        self.accounts.show_rows(accounts, same=lambda row: row.id)
        self.funders.show_rows(funders, same=lambda row: row.id)
        if funders and self.funders.row() is None:
            self.funders.select(lambda _row: True)
        self.rates.show_rows(
            [Rate(award, by_id[award.funder_id]) for award in reversed(awards)],
            same=lambda row: row.award.id,
        )
        self.plans.show_rows(
            [
                Plan(plan, by_id[plan.funder_id].name if plan.funder_id in by_id else "")
                for plan in reversed(plans)
            ],
            same=lambda row: row.plan.id,
        )
        self.expected.show_rows(expected)

    # ── what can be done ──

    def _step(self, step: Step, table: Table[Any]) -> None:
        self.host.run(StepDialog(self.desk, step, self.window()))
        table.setFocus()

    def _add_account(self) -> None:
        self._step(OneAccount(None), self.accounts)

    def _change_account(self) -> None:
        if (row := self.accounts.row()) is not None:
            self._step(OneAccount(row.id), self.accounts)

    def _add_funder(self) -> None:
        self._step(OneFunder(None, is_first=not self._all_funders), self.funders)

    def _change_funder(self) -> None:
        if (row := self.funders.row()) is not None:
            is_first = row.id == self._all_funders[0].id
            self._step(OneFunder(row, is_first=is_first), self.funders)

    def _add_rate(self) -> None:
        if (row := self.funders.row()) is not None:
            self._step(OneAward(row, None), self.rates)

    def _change_rate(self) -> None:
        if (row := self.rates.row()) is not None:
            self._step(OneAward(row.funder, row.award), self.rates)

    def _add_plan(self) -> None:
        self._plan(None)

    def _change_plan(self) -> None:
        if (row := self.plans.row()) is not None:
            self._plan(row)

    def _plan(self, row: Plan | None) -> None:
        plan = None if row is None else row.plan
        self.host.run(ContributionDialog(self.desk, self._all_funders, plan, self.window()))
        self.plans.setFocus()

    def _expect(self) -> None:
        self.host.run(ExpectedPaymentDialog(self.desk, self._all_funders, self.window()))
        self.expected.setFocus()
