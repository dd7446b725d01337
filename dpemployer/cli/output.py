"""What commands print: JSON for programs, sentences for people."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dpemployer.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from dpemployer.findings import Finding


def add_json_argument(command: argparse.ArgumentParser) -> None:
    """Let a command answer programs."""
    command.add_argument("--json", action="store_true", help=_("print JSON, for programs"))


def print_json(answer: Any) -> None:
    """Print one JSON document. An exact number with decimals is a JSON number."""
    print(_EXACT.sub(r"\1", json.dumps(answer, ensure_ascii=False, indent=2, default=_exact)))


_EXACT = re.compile(r'"\\u0000(-?\d+(?:\.\d+)?)"')
"""An exact number on its way through an encoder that knows only inexact ones."""


def _exact(value: object) -> str:
    """Mark an exact number, so that its quotation marks can be taken off again."""
    if not isinstance(value, Decimal):
        raise TypeError(type(value))
    return f"\0{value:f}"


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as programs read it."""
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "subject": finding.subject,
        "message": finding.message,
        "source": finding.source,
    }


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings for people, one to a line."""
    for finding in findings:
        print(f"{finding.subject}: {finding.message}")
