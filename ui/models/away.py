"""How sickness, fit notes, agreed days and family leave are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, ngettext
from ui import away_names as names
from ui import format as words_for
from ui.models.rows import Column

if TYPE_CHECKING:
    from dpemployer.services.away_rows import (
        AgreedDays,
        LeaveBlock,
        LeaveRow,
        MissingPay,
        SickRow,
    )


def _sick_days(row: SickRow) -> str:
    sickness = row.fact
    if sickness.last_day is None:
        return _("From {day}, still ill").format(day=words_for.long_date(sickness.first_day))
    return words_for.show_days(sickness.first_day, sickness.last_day)


def _fit_notes(row: SickRow) -> str:
    days = "; ".join(words_for.show_days(note.from_day, note.to_day) for note in row.fit_notes)
    if days:
        return _("Fit note: {days}").format(days=days)
    return _("Own statement") if row.fact.self_certified_on is not None else ""


def _weeks_of(row: LeaveRow) -> str:
    return "; ".join(words_for.show_days(block.first_day, block.last_day) for block in row.blocks)


def _touch_days(row: LeaveRow) -> str:
    if not row.worked_days:
        return ""
    return ngettext("{count} day", "{count} days", row.worked_days).format(count=row.worked_days)


def _agreed_from(agreed: AgreedDays) -> str:
    day = words_for.long_date(agreed.from_day)
    return (
        _("Week of {day} only").format(day=day)
        if agreed.one_week
        else _("From the week of {day}").format(day=day)
    )


SICKNESS: tuple[Column[SickRow], ...] = (
    Column(N_("Sickness"), text=_sick_days),
    Column(N_("Papers"), text=_fit_notes),
    Column(N_("Sick pay so far"), text=lambda row: str(row.due), numeric=True),
    Column(N_("Weeks used of 28"), text=lambda row: row.weeks_used, numeric=True),
    Column(N_("How it stands"), text=lambda row: row.says),
)
LEAVES: tuple[Column[LeaveRow], ...] = (
    Column(N_("Family leave"), text=lambda row: names.kind_name(row.fact.kind)),
    Column(N_("Weeks with pay"), text=_weeks_of),
    Column(N_("Worked in it"), text=_touch_days),
    Column(N_("How it stands"), text=lambda row: row.says),
)
BLOCKS: tuple[Column[LeaveBlock], ...] = (
    Column(N_("From"), text=lambda row: words_for.long_date(row.first_day)),
    Column(N_("To"), text=lambda row: words_for.long_date(row.last_day)),
    Column(N_("Weeks"), text=lambda row: str(row.weeks), numeric=True),
)
AGREED: tuple[Column[AgreedDays], ...] = (
    Column(N_("Which weeks"), text=_agreed_from),
    Column(N_("Working days"), text=lambda row: names.weekdays(row.weekdays)),
)
MISSING: tuple[Column[MissingPay], ...] = (
    Column(N_("Payday"), text=lambda row: words_for.long_date(row.pay_date)),
    Column(N_("For"), text=lambda row: words_for.show_days(row.first_day, row.last_day)),
)
