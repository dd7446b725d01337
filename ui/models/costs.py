"""How what an hour costs, and a forecast, are shown in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from ui.models.rows import Column

if TYPE_CHECKING:
    from dpemployer.services.cost_rows import CostLine, ForecastLine


def _is_total(line: CostLine) -> bool:
    return line.total


def _is_strong(line: ForecastLine) -> bool:
    return line.strong


COST_COLUMNS: tuple[Column[CostLine], ...] = (
    Column(N_("For"), text=lambda line: line.label, strong=_is_total),
    Column(N_("A week"), text=lambda line: str(line.a_week), numeric=True, strong=_is_total),
    Column(N_("A year"), text=lambda line: str(line.a_year), numeric=True, strong=_is_total),
    Column(
        N_("An hour of support"),
        text=lambda line: str(line.an_hour or ""),
        numeric=True,
        strong=_is_total,
    ),
)
FORECAST_COLUMNS: tuple[Column[ForecastLine], ...] = (
    Column(N_("Figure"), text=lambda line: line.label, strong=_is_strong),
    Column(N_("Amount"), text=lambda line: str(line.amount), numeric=True, strong=_is_strong),
)
