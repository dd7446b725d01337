"""How the household, the funders and what was done to the book are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from dpemployer.services.money_rows import (
    Award,
    ContributionPlan,
    Funder,
)
from ui import names
from ui.format import long_date, short_date
from ui.models.rows import Column

if TYPE_CHECKING:
    from datetime import datetime

    from dpemployer.services.access import WayIn
    from dpemployer.services.history import ChangeRow, HistoryRow
    from dpemployer.services.money_rows import (
        Account,
        ExpectedRow,
    )


@dataclass(frozen=True, slots=True)
class PartHeld:
    """One part of the household, and who has it now."""

    key: str
    part: str
    who: str
    since: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate, with the name of its funder."""

    award: Award
    funder: Funder


@dataclass(frozen=True, slots=True)
class Plan:
    """One contribution, with the name of its funder if it is for one."""

    plan: ContributionPlan
    funder: str


def moment(at: datetime) -> str:
    """Write a moment by the clock of this computer."""
    here = at.astimezone()
    return _("{day}, {time}").format(day=short_date(here.date()), time=f"{here:%H:%M}")


def _until(first: date, last: date | None) -> str:
    if last is None:
        return _("from {day}").format(day=long_date(first))
    return _("{first} to {last}").format(first=short_date(first), last=short_date(last))


PART_COLUMNS: tuple[Column[PartHeld], ...] = (
    Column(N_("Part"), text=lambda row: row.part),
    Column(N_("Who"), text=lambda row: row.who or _("nobody yet")),
    Column(N_("Since"), text=lambda row: "" if row.since is None else long_date(row.since)),
    Column(N_("More"), text=lambda row: row.note),
)

ACCOUNT_FACT_COLUMNS: tuple[Column[Account], ...] = (
    Column(N_("Account"), text=lambda row: row.name),
    Column(N_("What it is"), text=lambda row: names.name(row.kind, names.account_kinds())),
    Column(N_("In this book from"), text=lambda row: long_date(row.opened_on)),
    Column(N_("It held then"), text=lambda row: str(row.opening_balance), numeric=True),
)

FUNDER_COLUMNS: tuple[Column[Funder], ...] = (
    Column(N_("Funder"), text=lambda row: row.name),
    Column(N_("What they are"), text=lambda row: names.name(row.kind, names.funder_kinds())),
)

RATE_COLUMNS: tuple[Column[Rate], ...] = (
    Column(N_("Funder"), text=lambda row: row.funder.name),
    Column(N_("When"), text=lambda row: _until(row.award.from_day, row.award.to_day)),
    Column(N_("A week costs"), text=lambda row: str(row.award.gross_weekly), numeric=True),
    Column(N_("Your share"), text=lambda row: str(row.award.contribution_weekly), numeric=True),
    Column(N_("They pay"), text=lambda row: str(row.award.payment), numeric=True),
    Column(
        N_("How often"),
        text=lambda row: names.name(row.award.frequency, names.payment_frequencies()),
    ),
)

PLAN_COLUMNS: tuple[Column[Plan], ...] = (
    Column(N_("When"), text=lambda row: _until(row.plan.from_day, row.plan.to_day)),
    Column(
        N_("How much"),
        text=lambda row: str(row.plan.amount) if row.plan.in_account else _("nothing here"),
        numeric=True,
    ),
    Column(
        N_("How often"),
        text=lambda row: (
            names.name(row.plan.frequency, names.payment_frequencies())
            if row.plan.in_account
            else _("the funder bills for it")
        ),
    ),
    Column(N_("For"), text=lambda row: row.funder),
)

EXPECTED_COLUMNS: tuple[Column[ExpectedRow], ...] = (
    Column(N_("Day"), text=lambda row: short_date(row.day)),
    Column(
        N_("From"),
        text=lambda row: _("you") if row.kind == "contribution" else row.funder,
    ),
    Column(N_("Amount"), text=lambda row: str(row.amount), numeric=True),
    Column(N_("What for"), text=lambda row: row.reason or expected_kinds().get(row.kind, "")),
)

WAY_COLUMNS: tuple[Column[WayIn], ...] = (
    Column(N_("Who"), text=lambda way: way.person),
    Column(
        N_("How"),
        text=lambda way: _("this computer’s keychain") if way.by_keychain else _("a passphrase"),
    ),
    Column(N_("As"), text=lambda way: _("owner") if str(way.role) == "owner" else _("helper")),
    Column(N_("Now"), text=lambda way: _("open this way now") if way.is_mine else ""),
)

HISTORY_COLUMNS: tuple[Column[HistoryRow], ...] = (
    Column(N_("When"), text=lambda row: moment(row.at)),
    Column(N_("Who"), text=lambda row: row.who),
    Column(N_("What was done"), text=lambda row: row.action),
    Column(N_("Why"), text=lambda row: row.reason),
)

CHANGE_COLUMNS: tuple[Column[ChangeRow], ...] = (
    Column(N_("Thing"), text=lambda row: row.thing),
    Column(N_("Part of it"), text=lambda row: row.part),
    Column(N_("Before"), text=lambda row: row.before),
    Column(N_("After"), text=lambda row: row.after),
)


def expected_kinds() -> dict[str, str]:
    """Why a payment is expected."""
    return {
        "regular": _("the usual payment"),
        "rate_adjustment": _("a change of rate"),
        "adjustment": _("more or less than usual"),
        "contribution": _("your contribution"),
    }
