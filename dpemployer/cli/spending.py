"""May I buy this? Asked in a terminal, of a book or of the rules alone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.cli.opening import add_passphrase_argument, open_office
from dpemployer.cli.output import add_json_argument, print_json
from dpemployer.i18n import _

if TYPE_CHECKING:
    import argparse

    from dpemployer.services.money_rows import SpendingRow

REGIMES = ("england", "scotland", "wales", "northern_ireland", "nhs", "ilf")
_DONE, _NOTHING_FITS = 0, 1


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "can-i-buy",
        help=_("say whether a direct payment may be spent on something"),
        description=_(
            "Answer from the rules, or with --book from the person's own plan and agreements "
            "first. What your funder wrote always counts before any list."
        ),
    )
    command.add_argument("words", nargs="+", metavar=_("WORDS"), help=_("what it is, in words"))
    command.add_argument(
        "--for",
        dest="regime",
        choices=REGIMES,
        default=REGIMES[0],
        help=_("whose rules: a nation's, the NHS's or the ILF's; a book says for itself"),
    )
    command.add_argument(
        "--book", type=Path, metavar=_("DIR"), help=_("the folder of a book to ask")
    )
    add_passphrase_argument(command)
    add_json_argument(command)
    command.set_defaults(run=can_i_buy)


def can_i_buy(args: argparse.Namespace) -> int:
    """Print one answer, its reason, and the question to send."""
    words = " ".join(args.words)
    found = _ask(args, words)
    if args.json:
        first = asdict(found[0]) if found else None
        print_json({"asked": words, "answer": first, "others": [asdict(row) for row in found[1:]]})
    elif found:
        _print(found[0])
        for row in found[1:]:
            print(
                _("If you meant this: {item}: {answer}").format(
                    item=row.item, answer=answer_words(row)
                )
            )
    else:
        print(
            _("No rule is about “{words}”. Ask your funder before you buy it.").format(words=words)
        )
    return _DONE if found else _NOTHING_FITS


def answer_words(row: SpendingRow) -> str:
    """Say an answer in a few neutral words."""
    return {
        "allowed": _("Usually yes."),
        "ask": _("Ask first."),
        "not_allowed": _("Usually not."),
    }[row.answer.value]


def _ask(args: argparse.Namespace, words: str) -> tuple[SpendingRow, ...]:
    if args.book is not None:
        with open_office(args) as office:
            return office.spending.ask(words, clock.today())
    from dpemployer.bookkeeping.spending import Regime  # noqa: PLC0415 - only when it is asked
    from dpemployer.services.spending import answers_without_a_book  # noqa: PLC0415 - as above

    return answers_without_a_book(words, Regime(args.regime), clock.today())


def _print(row: SpendingRow) -> None:
    print(f"{row.item}: {answer_words(row)}")
    for line in (row.why, row.condition, row.rests_on):
        if line:
            print(f"  {line}")
    print(_("To ask your funder:"))
    print(f"  {row.question}")
