"""What is known of somebody's working time, and what was seen when hours were approved."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dpemployer.findings import Finding, Severity
from dpemployer.payroll.seen import seen
from dpemployer.payroll.working_time import WorkingTimeRecord

SIGNED, ENDS = date(2026, 5, 1), date(2026, 8, 1)


@pytest.mark.parametrize(
    ("signed", "ends", "day", "out"),
    [
        (None, None, SIGNED, False),
        (SIGNED, None, date(2026, 4, 30), False),
        (SIGNED, None, SIGNED, True),
        (SIGNED, ENDS, date(2026, 7, 31), True),
        (SIGNED, ENDS, ENDS, False),
    ],
)
def test_an_agreement_holds_from_its_day_until_it_ends(
    signed: date | None, ends: date | None, day: date, *, out: bool
) -> None:
    record = WorkingTimeRecord(1, 1, opted_out_on=signed, opt_out_ends_on=ends)

    assert record.opted_out(day) is out


def test_an_apprenticeship_goes_on_until_its_last_day() -> None:
    record = WorkingTimeRecord(1, 1, apprentice_from=SIGNED, apprentice_to=ENDS)

    assert record.apprentice_since(ENDS) == SIGNED
    assert record.apprentice_since(date(2026, 8, 2)) is None
    assert WorkingTimeRecord(1, 1, apprentice_from=SIGNED).apprentice_since(ENDS) == SIGNED
    assert WorkingTimeRecord(1, 1).apprentice_since(ENDS) is None


def test_a_finding_is_kept_as_it_was_worded() -> None:
    finding = Finding(Severity.WARNING, "break_20", "1 June 2026", "No break.", "The regulations")
    at = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)

    kept = seen(finding, at, "Helen Ashby", timesheet_id=7)

    assert kept.finding == finding
    assert (kept.timesheet_id, kept.pay_run_id, kept.seen_by) == (7, None, "Helen Ashby")
