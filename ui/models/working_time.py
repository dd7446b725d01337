"""How agreements about hours, homes provided and rest given later are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from ui import names
from ui.models.rows import Column

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.services.rows import HomeProvided, RestGiven, WorkingTimeRecord

HOMES: tuple[Column[HomeProvided], ...] = (
    Column(N_("From"), text=lambda home: long_date(home.from_day)),
    Column(N_("Until"), text=lambda home: "" if home.to_day is None else long_date(home.to_day)),
    Column(N_("Days a week"), text=lambda home: str(home.days_a_week), numeric=True),
    Column(
        N_("They pay in a week"),
        text=lambda home: str(home.weekly_charge) if home.weekly_charge else _("Nothing"),
        numeric=True,
    ),
)
RESTS: tuple[Column[RestGiven], ...] = (
    Column(N_("Too short on"), text=lambda given: long_date(given.short_day)),
    Column(N_("Made up on"), text=lambda given: long_date(given.given_on)),
    Column(N_("How much"), text=lambda given: hours_and_minutes(given.minutes), numeric=True),
    Column(N_("Why"), text=lambda given: given.reason),
)


def record_words(record: WorkingTimeRecord) -> list[str]:
    """Say what is known of somebody's working time, a line at a time."""
    domestic = names.name(record.domestic_service, names.domestic_services())
    lines = [
        _("Domestic servant in a private household? {answer}.").format(answer=domestic),
        _opt_out_words(record),
    ]
    if record.night_assessment_on is not None:
        lines.append(
            _("A health assessment for night work was offered on {day}.").format(
                day=long_date(record.night_assessment_on)
            )
        )
    if record.night_hazard:
        lines.append(_("The risk assessment says that the nights are hard or dangerous."))
    if record.other_work_minutes is not None:
        lines.append(
            _("They work {hours} a week for others.").format(
                hours=hours_and_minutes(record.other_work_minutes)
            )
        )
    if record.usual_break_minutes:
        lines.append(
            _("They have a paid break of {length} in every long shift.").format(
                length=hours_and_minutes(record.usual_break_minutes)
            )
        )
    if record.lives_in:
        lines.append(_("They live in."))
    if record.weekly_minutes_allowed is not None:
        lines.append(
            _("Their visa allows {hours} a week.").format(
                hours=hours_and_minutes(record.weekly_minutes_allowed)
            )
        )
    exemption = names.name(record.wage_exemption, names.wage_exemptions())
    lines.append(_("Minimum wage: {answer}.").format(answer=exemption))
    if record.apprentice_from is not None:
        lines.append(_apprentice_words(record.apprentice_from, record.apprentice_to))
    return lines


def _apprentice_words(begins: date, ends: date | None) -> str:
    if ends is None:
        return _("Apprentice from {day}.").format(day=long_date(begins))
    return _("Apprentice from {day} until {end}.").format(
        day=long_date(begins), end=long_date(ends)
    )


def _opt_out_words(record: WorkingTimeRecord) -> str:
    signed, ends = record.opted_out_on, record.opt_out_ends_on
    if signed is None:
        return _("No agreement that the 48-hour limit does not apply.")
    if ends is None:
        return _("They signed on {day} that the 48-hour limit does not apply.").format(
            day=long_date(signed)
        )
    return _("They signed on {day} that the 48-hour limit does not apply, until {end}.").format(
        day=long_date(signed), end=long_date(ends)
    )
