"""A bank's file, looked at or brought into a book, and what each line of it is for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpemployer.cli.opening import add_book_arguments, open_office
from dpemployer.cli.output import (
    add_json_argument,
    finding_as_json,
    print_findings,
    print_json,
)
from dpemployer.errors import EntryError
from dpemployer.i18n import _, ngettext, short_date

if TYPE_CHECKING:
    import argparse

    from dpemployer.bookkeeping.statements import ReadStatement
    from dpemployer.money import Money
    from dpemployer.services.ledger import Ledger
    from dpemployer.services.money_rows import AccountRow, LineRow

DONE, FINDINGS = 0, 1


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

    command = commands.add_parser(
        "import",
        help=_("bring a bank's file into a book: all of its new lines, or none"),
        description=_(
            "Lines the book has already are not added again. A line that could be one the book has "
            "is left out and named; look at it in the window, or say --with-doubtful."
        ),
    )
    command.add_argument("file", type=Path, metavar=_("FILE"), help=_("the bank's file"))
    add_book_arguments(command)
    _add_account_argument(command)
    command.add_argument(
        "--layout", default="", metavar="ID", help=_("the layout it is in; without it, find out")
    )
    command.add_argument(
        "--with-doubtful",
        action="store_true",
        help=_("keep lines that could be ones the book has as payments of their own"),
    )
    add_json_argument(command)
    command.set_defaults(run=import_statement)

    command = commands.add_parser(
        "reconcile",
        help=_("say what each line still to be explained seems to be for"),
        description=_("Nothing is changed, unless --accept-certain is given."),
    )
    add_book_arguments(command)
    _add_account_argument(command)
    command.add_argument(
        "--accept-certain",
        action="store_true",
        help=_("explain every line that can only be one thing"),
    )
    add_json_argument(command)
    command.set_defaults(run=reconcile)


def _add_account_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--account",
        default="",
        metavar=_("NAME"),
        help=_("the account, by its name; needed only where there are several"),
    )


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


def import_statement(args: argparse.Namespace) -> int:
    """Keep the new lines of a bank's file, and say what became of each."""
    content = contents_of(args.file)
    with open_office(args) as office:
        ledger = office.ledger
        account = _account(ledger, args.account)
        preview = ledger.preview(account.account_id, args.file.name, content, layout=args.layout)
        doubtful = [line for line in preview.lines if line.doubtful]
        also = [line.number for line in doubtful] if args.with_doubtful else []
        kept = ledger.keep_statement(
            account.account_id, args.file.name, content, layout=args.layout, also=also
        )
    left_out = [] if args.with_doubtful else doubtful
    if args.json:
        print_json(
            {
                "account": account.name,
                "layout": preview.layout,
                "added": kept.added,
                "already_here": kept.already_here,
                "explained": kept.settled,
                "left_out": [
                    {
                        "date": line.day.isoformat(),
                        "description": line.description,
                        "amount_p": line.amount.pence,
                    }
                    for line in left_out
                ],
                "findings": [finding_as_json(finding) for finding in preview.findings],
            }
        )
    else:
        print(
            _("{added} new, {here} already here, {settled} explained at once.").format(
                added=kept.added, here=kept.already_here, settled=kept.settled
            )
        )
        for line in left_out:
            print(
                _("Left out, it may be here already: {day}, {description}, {amount}").format(
                    day=short_date(line.day), description=line.description, amount=line.amount
                )
            )
        print_findings(preview.findings)
    return FINDINGS if left_out or preview.findings else DONE


def reconcile(args: argparse.Namespace) -> int:
    """Say what each line still to be explained seems to be for."""
    with open_office(args) as office:
        ledger = office.ledger
        account = _account(ledger, args.account) if args.account else None
        account_id = account.account_id if account else None
        accepted = 0
        if args.accept_certain:
            certain = [
                line.proposal
                for line in ledger.lines(account_id, to_code_only=True)
                if line.proposal is not None and line.proposal.certain
            ]
            accepted = ledger.accept(certain) if certain else 0
        left = ledger.lines(account_id, to_code_only=True)
    if args.json:
        print_json({"accepted": accepted, "to_explain": [_line_as_json(line) for line in left]})
    else:
        if accepted:
            print(
                ngettext("{count} line explained.", "{count} lines explained.", accepted).format(
                    count=accepted
                )
            )
        for line in left:
            print(f"{short_date(line.day)}  {line.amount!s:>12}  {line.description}")
            print(f"    {_seems(line)}")
        if not left:
            print(_("Every line is explained."))
    return FINDINGS if left else DONE


def _account(ledger: Ledger, name: str) -> AccountRow:
    """Return the account that has statements and is meant."""
    found = [row for row in ledger.accounts() if row.kind != "cash"]
    if name:
        found = [row for row in found if row.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"“{row.name}”" for row in ledger.accounts() if row.kind != "cash")
    raise EntryError(
        what=_("Which account is not plain."),
        why=_("The accounts with statements are: {names}.").format(names=names or _("none")),
        next_step=_("Name one of them with --account."),
    )


def _seems(line: LineRow) -> str:
    if line.proposal is None:
        return _("Nothing in the book says what it is for.")
    return line.proposal.why


def _line_as_json(line: LineRow) -> dict[str, Any]:
    proposal = line.proposal
    return {
        "date": line.day.isoformat(),
        "description": line.description,
        "amount_p": line.amount.pence,
        "proposal": None
        if proposal is None
        else {
            "kind": proposal.kind.value,
            "certain": proposal.certain,
            "payee": proposal.payee,
            "why": proposal.why,
            "parts": [
                {"category": part.category, "amount_p": part.amount.pence}
                for part in proposal.parts
            ],
        },
    }


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
