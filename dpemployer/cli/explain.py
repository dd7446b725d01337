"""How was this worked out? The steps behind a case, or behind a figure that is kept in a book."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dpemployer.cli.calculate import (
    KINDS,
    add_file_argument,
    answers_asked,
    print_answers_json,
    printable,
    status_of,
)
from dpemployer.cli.opening import add_book_arguments, open_office
from dpemployer.cli.output import add_json_argument, print_json
from dpemployer.clock import today
from dpemployer.i18n import _, long_date
from dpemployer.workings import in_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from dpemployer.office import Office
    from dpemployer.services.calculations.asking import Answer
    from dpemployer.services.rows import FigureExplained
    from dpemployer.workings import ExplainedStep

_DONE = 0


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    explain = commands.add_parser(
        "explain",
        help=_("say how a figure was worked out, step by step"),
        description=_(
            "Print each step with its figures, its rule, since when the rule holds, how the odd "
            "penny was settled, and who says so."
        ),
    )
    what = explain.add_subparsers(required=True, metavar=_("WHAT"), dest="what")
    for kind in KINDS:
        command = what.add_parser(
            kind, help=_("the steps behind cases of “calculate {kind}”").format(kind=kind)
        )
        add_file_argument(command)
        add_json_argument(command)
        command.set_defaults(run=_cases, kind=kind)
    command = what.add_parser("payslip", help=_("the steps kept with a payslip of a book"))
    add_book_arguments(command)
    command.add_argument(
        "number",
        type=int,
        nargs="?",
        metavar=_("NUMBER"),
        help=_("which payslip; without it, they are listed with their numbers"),
    )
    command.add_argument(
        "figure",
        nargs="?",
        metavar=_("FIGURE"),
        help=_("one figure of it, such as “tax”; without it, all of them in order"),
    )
    add_json_argument(command)
    command.set_defaults(run=_payslip)
    command = what.add_parser("owed", help=_("the steps behind what HMRC is owed for a month"))
    add_book_arguments(command)
    command.add_argument(
        "year", type=_year, metavar=_("YEAR"), help=_("the tax year, such as 2026-27")
    )
    command.add_argument(
        "month", type=int, choices=range(1, 13), metavar=_("MONTH"), help=_("tax month, 1 to 12")
    )
    add_json_argument(command)
    command.set_defaults(run=_owed)


def _year(text: str) -> object:
    """Read a tax year for an argument; a ValueError is said by argparse in words."""
    from dpemployer.periods import TaxYear  # noqa: PLC0415 - only this command needs it

    return TaxYear.parse(text)


def _cases(args: argparse.Namespace) -> int:
    found = answers_asked(args)
    if isinstance(found, int):
        return found
    if args.json:
        print_answers_json([_as_json(answer) for answer in found])
    else:
        for answer in found:
            _print_answer(answer)
    return status_of(found)


def _payslip(args: argparse.Namespace) -> int:
    with open_office(args) as office:
        if args.number is None:
            return _listed(office, as_json=args.json)
        found = office.pay_runs.explain_payslip(args.number, args.figure)
    if args.json:
        print_json([_figure_as_json(figure) for figure in found])
    else:
        for figure in found:
            amount = "" if figure.amount is None else f": {figure.amount}"
            _print_figure(f"{figure.label}{amount}", figure.steps)
    return _DONE


def _listed(office: Office, *, as_json: bool) -> int:
    slips = office.pay_runs.every_payslip()
    if as_json:
        print_json(
            [
                {
                    "number": slip.id,
                    "name": slip.name,
                    "pay_date": slip.pay_date.isoformat(),
                    "net_pay": slip.net_pay.plain,
                }
                for slip in slips
            ]
        )
    elif not slips:
        print(_("There are no payslips in this book yet."))
    else:
        for slip in slips:
            print(
                _("{number}: {name}, {day}, net pay {amount}").format(
                    number=slip.id,
                    name=slip.name,
                    day=long_date(slip.pay_date),
                    amount=slip.net_pay,
                )
            )
    return _DONE


def _owed(args: argparse.Namespace) -> int:
    with open_office(args) as office:
        row = office.pay_runs.employer_payment(args.year, args.month)
    if args.json:
        print_json({"due": row.due_amount.plain, "steps": _steps_as_json(row.steps)})
    else:
        title = _("To HMRC for month {month} of {year}: {amount}").format(
            month=args.month, year=args.year, amount=row.due_amount
        )
        _print_figure(title, row.steps)
    return _DONE


def _print_answer(answer: Answer) -> None:
    if answer.error:
        print(printable(f"{answer.id}: {answer.error}\n"))
    for place, steps in enumerate(answer.explained(today()), start=1):
        title = f"{answer.id}"
        if answer.periods is not None:
            title = _("{title}, payday {number} of those asked").format(title=title, number=place)
        _print_figure(title, steps)


def _print_figure(title: str, steps: Iterable[ExplainedStep]) -> None:
    print(printable(title))
    print()
    print(printable(in_words(steps) or _("There is nothing to work out here.")))
    print()


def _as_json(answer: Answer) -> dict[str, Any]:
    if answer.error:
        return {"id": answer.id, "error": answer.error}
    return {
        "id": answer.id,
        "workings": [_steps_as_json(steps) for steps in answer.explained(today())],
    }


def _figure_as_json(figure: FigureExplained) -> dict[str, Any]:
    return {
        "figure": figure.key,
        "label": figure.label,
        "amount": None if figure.amount is None else figure.amount.plain,
        "steps": _steps_as_json(figure.steps),
    }


def _steps_as_json(steps: Iterable[ExplainedStep]) -> list[dict[str, Any]]:
    return [{**asdict(step), "inputs": dict(step.inputs)} for step in steps]
