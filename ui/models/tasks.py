"""How things to do about people are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import N_, _, long_date
from ui.models.rows import Column

if TYPE_CHECKING:
    from dpemployer.services.tasks import TaskRow


def _state(row: TaskRow) -> str:
    if row.done_on is not None:
        return _("Done on {day}").format(day=long_date(row.done_on))
    if row.late(clock.today()) and row.first:
        return _("Not done: the law wanted it by then")
    if row.late(clock.today()):
        return _("Not done yet")
    return _("Must be done by then") if row.first else _("To do")


TASKS: tuple[Column[TaskRow], ...] = (
    Column(N_("What"), text=lambda row: row.title, strong=lambda row: row.first),
    Column(N_("By"), text=lambda row: "" if row.by is None else long_date(row.by)),
    Column(N_("How it stands"), text=_state),
    Column(N_("Seen"), text=lambda row: row.note),
)
