"""Any single calculation, for programs or in words; no book needed."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpemployer.cli.output import add_json_argument
from dpemployer.i18n import _

if TYPE_CHECKING:
    import argparse

    from dpemployer.services.calculations.asking import Answer

KINDS = (
    "paye",
    "national-insurance",
    "student-loans",
    "pension",
    "minimum-wage",
    "p32",
    "ssp",
    "parental-pay",
    "payroll-year",
    "redundancy",
    "working-time",
    "attachment-orders",
    "holiday",
    "funding",
)
_DONE, _SOME_FAILED, _NOT_A_LIST = 0, 1, 2
_STDIN = "-"
_EXAMPLES = "vectors"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "calculate",
        help=_("work out tax, National Insurance and the rest from a file of cases"),
        description=_(
            "Answer each case in a JSON list. The cases have the shape of the worked examples "
            "that the program is tested with: id, tax_year and inputs. Amounts are pounds as text, "
            "such as “1234.56”."
        ),
    )
    command.add_argument("kind", choices=KINDS, help=_("what to work out"))
    add_file_argument(command)
    add_json_argument(command)
    command.set_defaults(run=calculate)


def add_file_argument(command: argparse.ArgumentParser) -> None:
    """Let a command read cases."""
    command.add_argument(
        "file",
        nargs="?",
        default=_STDIN,
        metavar="FILE",
        help=_("a JSON file of cases, or - for standard input"),
    )


def calculate(args: argparse.Namespace) -> int:
    """Answer every case; one that cannot be answered says why."""
    found = answers_asked(args)
    if isinstance(found, int):
        return found
    if args.json:
        print_answers_json([answer.as_json() for answer in found])
    else:
        for answer in found:
            _print_in_words(answer)
    return status_of(found)


def answers_asked(args: argparse.Namespace) -> list[Answer] | int:
    """Answer every case of the file that was named, or return the status of having refused it."""
    from dpemployer.services.calculations.asking import (  # noqa: PLC0415 - few commands need it
        Kind,
        answers,
        shipped_rates,
    )

    name = _("Standard input") if args.file == _STDIN else args.file
    try:
        cases = _read(args.file)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _refuse(_("{file} cannot be read: {reason}.").format(file=name, reason=reason))
    except (ValueError, RecursionError):
        return _refuse(_("{file} is not JSON in UTF-8.").format(file=name))
    if not isinstance(cases, list):
        return _refuse(_("{file} is not a JSON list of cases.").format(file=name))
    return list(answers(Kind(args.kind), cases, shipped_rates()))


def print_answers_json(found: list[dict[str, Any]]) -> None:
    """Print answers for programs, in ASCII: whatever stands in an id comes back as it came."""
    print(json.dumps(found, indent=2, default=str))


def status_of(found: list[Answer]) -> int:
    """Return how the command ends: 1 when a case could not be answered."""
    return _SOME_FAILED if any(answer.error for answer in found) else _DONE


def _read(file: str) -> object:
    """Return the cases; numbers with a fraction stay exact.

    A file of worked examples may say more about them, and have them under `vectors`.
    """
    raw = sys.stdin.buffer.read() if file == _STDIN else Path(file).read_bytes()
    found: object = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=str)
    return found.get(_EXAMPLES, found) if isinstance(found, dict) else found


def _refuse(why: str) -> int:
    print(printable(why), file=sys.stderr)
    return _NOT_A_LIST


def _print_in_words(answer: Answer) -> None:
    print(printable(f"{answer.id}:"))
    if answer.error:
        print(printable(f"  {answer.error}"))
    for place, steps in enumerate(answer.explained(), start=1):
        if answer.periods is not None:
            print(printable(_("  Payday {number} of those asked").format(number=place)))
        for step in steps:
            print(printable(f"  {step.title}. {step.sentence}"))


def printable(text: str) -> str:
    """Return *text* with what this terminal cannot write spelt out."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
