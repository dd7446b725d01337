"""What a bank's file would bring into a book, without keeping any of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpemployer.cli.output import add_json_argument, print_json
from dpemployer.errors import EntryError
from dpemployer.i18n import _, short_date

if TYPE_CHECKING:
    import argparse

    from dpemployer.bookkeeping.statements import ReadStatement
    from dpemployer.money import Money

DONE = 0


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the commands of this group."""
    command = commands.add_parser(
        "statement", help=_("show what a bank's file would bring in, and keep nothing")
    )
    command.add_argument("file", type=Path, metavar=_("FILE"), help=_("the bank's file"))
    command.add_argument(
        "--layout", default="", metavar="ID", help=_("the layout it is in; without it, find out")
    )
    add_json_argument(command)
    command.set_defaults(run=statement)


def statement(args: argparse.Namespace) -> int:
    """Read a bank's file and print what would be kept of it."""
    from dpemployer.bookkeeping.statement_qif import (  # noqa: PLC0415 - only when run
        DAY_FIRST,
        MONTH_FIRST,
    )
    from dpemployer.services.shipped import statement_layouts  # noqa: PLC0415 - only when run
    from dpemployer.services.statement_files import read_file  # noqa: PLC0415 - only when run

    known = {layout.id for layout in statement_layouts()} | {DAY_FIRST, MONTH_FIRST}
    if args.layout and args.layout not in known:
        raise EntryError(
            what=_("“{layout}” is not a layout this program knows.").format(layout=args.layout),
            why=_("It knows {known}.").format(known=", ".join(sorted(known))),
            next_step=_("Choose one of these, or leave it out."),
        )
    read = read_file(contents_of(args.file), args.layout)
    if args.json:
        print_json(as_json(read))
    else:
        _print_lines(read)
    return DONE


def contents_of(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        EntryError: If it cannot be read.
    """
    try:
        return file.read_bytes()
    except (OSError, ValueError):
        raise EntryError(
            what=_("“{file}” cannot be read.").format(file=file),
            why=_("There is no such file, or it may not be read."),
            next_step=_("Check the name of the file."),
        ) from None


def as_json(read: ReadStatement) -> dict[str, Any]:
    """Return a statement as programs read it."""
    return {
        "layout": read.layout,
        "lines": [
            {
                "date": line.day.isoformat(),
                "description": line.description,
                "amount_p": line.amount.pence,
                "balance_p": _pence(line.balance),
            }
            for line in read.lines
        ],
        "opening_p": _pence(read.opening),
        "closing_p": _pence(read.closing),
    }


def _pence(amount: Money | None) -> int | None:
    return None if amount is None else amount.pence


def _print_lines(read: ReadStatement) -> None:
    print(_("Layout: {title}").format(title=read.title))
    if read.opening is not None:
        print(_("Before the first line: {amount}").format(amount=read.opening))
    for line in read.lines:
        balance = "" if line.balance is None else str(line.balance)
        print(f"{short_date(line.day)}  {line.amount!s:>12}  {balance:>12}  {line.description}")
    if read.closing is not None:
        print(_("After the last line: {amount}").format(amount=read.closing))
    print(_("Nothing has been kept."))
