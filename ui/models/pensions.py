"""How what happened about pensions is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from ui import names
from ui.format import long_date
from ui.models.rows import Column

if TYPE_CHECKING:
    from dpemployer.services.pension_rows import PensionDuty, PensionEventRow

PENSION_EVENTS: tuple[Column[PensionEventRow], ...] = (
    Column(N_("Day"), text=lambda row: long_date(row.day)),
    Column(N_("What happened"), text=lambda row: row.says),
)
PENSION_DUTIES: tuple[Column[PensionDuty], ...] = (
    Column(N_("Day"), text=lambda duty: long_date(duty.day)),
    Column(N_("What"), text=lambda duty: names.name(duty.kind, names.pension_duties())),
    Column(N_("Note"), text=lambda duty: duty.note),
)
