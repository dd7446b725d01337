"""How leave is shown: as rows, and as days of a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from dpemployer.services.holiday_rows import (
    AskedBy,
    BookedLeave,
    CarryReason,
    LeaveStatus,
    Mark,
    MarkKind,
)
from ui import format as words_for
from ui.models.rows import Column

if TYPE_CHECKING:
    from dpemployer.services.holiday_rows import CalendarDay, LeaveCarried


def status_words(leave: BookedLeave) -> str:
    """Say how far leave has got."""
    said = {
        LeaveStatus.REQUESTED: _("Asked for"),
        LeaveStatus.APPROVED: _("Agreed"),
        LeaveStatus.REFUSED: _("Refused"),
        LeaveStatus.CANCELLED: _("Called off"),
    }[leave.status]
    if not leave.reason:
        return said
    return _("{said}: {reason}").format(said=said, reason=leave.reason)


def _answer_by(leave: BookedLeave) -> str:
    if leave.status is not LeaveStatus.REQUESTED:
        return "" if leave.decided_on is None else long_date(leave.decided_on)
    return _("Refuse by {day}").format(day=long_date(leave.notice.refuse_by))


LEAVES: tuple[Column[BookedLeave], ...] = (
    Column(N_("Days"), text=lambda leave: words_for.show_days(leave.first_day, leave.last_day)),
    Column(N_("Hours"), text=lambda leave: hours_and_minutes(leave.minutes), numeric=True),
    Column(N_("How it stands"), text=status_words),
    Column(N_("Answer"), text=_answer_by),
    Column(N_("Note"), text=lambda leave: leave.note),
)


def asked_by_choices() -> tuple[tuple[AskedBy, str], ...]:
    """Who wanted the leave."""
    return (
        (AskedBy.ASSISTANT, _("They asked for it")),
        (AskedBy.EMPLOYER, _("I tell them to take it")),
    )


def carry_reasons() -> tuple[tuple[CarryReason, str], ...]:
    """Why leave was not taken in its own leave year."""
    return (
        (CarryReason.AGREEMENT, _("We agree on it")),
        (CarryReason.SICK_LEAVE, _("They were off sick")),
        (CarryReason.STATUTORY_LEAVE, _("They were on maternity or other family leave")),
        (
            CarryReason.EMPLOYER_FAILURE,
            _("They had no fair chance to take it, or were not told that it would be lost"),
        ),
    )


CARRIED: tuple[Column[LeaveCarried], ...] = (
    Column(N_("Leave year to"), text=lambda each: long_date(each.year_end)),
    Column(N_("Left"), text=lambda each: hours_and_minutes(each.left_minutes), numeric=True),
    Column(N_("Goes on"), text=lambda each: hours_and_minutes(each.carried_minutes), numeric=True),
    Column(N_("Why"), text=lambda each: dict(carry_reasons())[each.reason]),
    Column(
        N_("Use by"),
        text=lambda each: "" if each.use_by is None else long_date(each.use_by),
    ),
)


def mark_words(mark: Mark) -> str:
    """Say one thing on a day, without whose it is."""
    time = hours_and_minutes(mark.minutes)
    return {
        MarkKind.REQUESTED: _("asks for {time}").format(time=time),
        MarkKind.APPROVED: _("leave {time}").format(time=time),
        MarkKind.TAKEN: _("leave taken {time}").format(time=time),
        MarkKind.SICK: _("off sick"),
        MarkKind.FAMILY: _("family leave"),
    }[mark.kind]


def box_words(day: CalendarDay, *, named: bool) -> str:
    """Say what a box of the calendar says under its number."""
    said = [_("Bank holiday")] if day.bank_holiday else []
    for mark in day.marks:
        words = mark_words(mark)
        said.append(_("{name}: {what}").format(name=mark.name, what=words) if named else words)
    return "\n".join(said)


def day_words(day: CalendarDay) -> str:
    """Say everything about a day, as a screen reader reads it and as it stands under the grid."""
    said = [_("{day}.").format(day=words_for.show_day(day.day))]
    if day.bank_holiday:
        said.append(_("Bank holiday: {name}.").format(name=day.bank_holiday))
    said += [
        _("{name}: {what}.").format(name=mark.name, what=mark_words(mark)) for mark in day.marks
    ]
    if len(said) == 1:
        said.append(_("Nobody is away."))
    return " ".join(said)
