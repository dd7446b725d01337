"""Findings: something to look at that does not stop the work by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

UNCONFIRMED = "rates_unconfirmed"
"""The code of what is said of a figure of the law that could not be checked."""


class Severity(StrEnum):
    """How much a finding matters."""

    NOTE = "note"
    """Worth knowing."""
    WARNING = "warning"
    """Likely to cause trouble if nothing is done."""
    BLOCKING = "blocking"
    """Finalising or signing off is refused until it is put right."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at.

    `code` is stable and for programs (`minimum_wage_short`), `subject` says who or what it is
    about, `message` is a whole sentence with what to do, `source` names the rule.
    """

    severity: Severity
    code: str
    subject: str
    message: str
    source: str = ""

    @property
    def blocks(self) -> bool:
        """Whether work may not be finished while this stands."""
        return self.severity is Severity.BLOCKING
