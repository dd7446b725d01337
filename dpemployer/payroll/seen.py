"""What there was to look at when hours were approved or a pay run was finalised.

Whoever approves or finalises is shown every finding. What did not stop them is kept as it was
worded then, so that later it can be said what was known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dpemployer.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """One finding that was on show when a timesheet was approved or a pay run finalised."""

    id: int
    timesheet_id: int | None
    pay_run_id: int | None
    seen_at: datetime
    seen_by: str
    severity: Severity
    code: str
    subject: str
    message: str
    source: str

    @property
    def finding(self) -> Finding:
        """What was said."""
        return Finding(self.severity, self.code, self.subject, self.message, self.source)


def seen(
    finding: Finding,
    at: datetime,
    by: str,
    *,
    timesheet_id: int | None = None,
    pay_run_id: int | None = None,
) -> FindingSeen:
    """Return a finding as seen with one timesheet or one pay run."""
    return FindingSeen(
        id=0,
        timesheet_id=timesheet_id,
        pay_run_id=pay_run_id,
        seen_at=at,
        seen_by=by,
        severity=finding.severity,
        code=finding.code,
        subject=finding.subject,
        message=finding.message,
        source=finding.source,
    )
