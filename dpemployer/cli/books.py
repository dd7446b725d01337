"""Commands about a book as a whole: make it, check it, back it up, restore it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.cli.opening import (
    add_passphrase_argument,
    new_passphrase,
    open_office,
)
from dpemployer.cli.output import (
    add_json_argument,
    finding_as_json,
    print_findings,
    print_json,
)
from dpemployer.errors import EntryError
from dpemployer.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse

DONE, FINDINGS = 0, 1


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the commands of this group."""
    _add_book(commands)
    command = commands.add_parser("verify", help=_("check a book from end to end"))
    _book_argument(command)
    command.add_argument(
        "--self", action="store_true", help=_("check the program instead: everything it needs")
    )
    add_json_argument(command)
    command.set_defaults(run=verify)

    command = commands.add_parser("backup", help=_("copy a whole book into one locked file"))
    _book_argument(command)
    command.add_argument("--to", type=Path, metavar=_("FILE"), help=_("the backup to write"))
    command.set_defaults(run=backup)

    command = commands.add_parser("restore", help=_("make a book out of a backup"))
    command.add_argument("file", type=Path, metavar=_("FILE"), help=_("the backup to read"))
    command.add_argument(
        "places", type=Path, nargs="*", metavar=_("DIR"), help=_("a new or empty folder")
    )
    command.add_argument("--book", type=Path, metavar=_("DIR"), help=_("the same"))
    command.set_defaults(run=restore)


def _add_book(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    book = commands.add_parser("book", help=_("make a new book"))
    what = book.add_subparsers(required=True, metavar=_("WHAT"), dest="what")
    command = what.add_parser("new", help=_("make a new book and print its recovery sheet"))
    command.add_argument("folder", type=Path, metavar=_("DIR"), help=_("a new or empty folder"))
    command.add_argument(
        "--owner", required=True, metavar=_("NAME"), help=_("whose passphrase it is")
    )
    command.add_argument(
        "--keychain", action="store_true", help=_("stay unlocked on this computer")
    )
    add_passphrase_argument(command)
    command.set_defaults(run=new)


def _book_argument(command: argparse.ArgumentParser) -> None:
    """Take the book by place, or by `--book` as every other command does."""
    command.add_argument(
        "places", type=Path, nargs="*", metavar=_("BOOK"), help=_("the folder of the book")
    )
    command.add_argument("--book", type=Path, metavar=_("DIR"), help=_("the same"))
    add_passphrase_argument(command)


def _places(args: argparse.Namespace, *named: Path | None) -> list[Path]:
    """Return the folders and files a command was given: those with a name first, then by place.

    Raises:
        EntryError: If there are too few or too many.
    """
    by_place = iter(args.places)
    given = [name or next(by_place, None) for name in named]
    found = [place for place in given if place is not None]
    if len(found) < len(named) or next(by_place, None) is not None:
        raise EntryError(
            what=_("The command names too few folders or files, or too many."),
            why=_("It does not say which book, or what to do with the rest."),
            next_step=_("“dpemployer {command} --help” shows what it takes.").format(
                command=args.command
            ),
        )
    return found


def new(args: argparse.Namespace) -> int:
    """Make a new book, and print the letters of its recovery sheet once."""
    from dpemployer.office import Office  # noqa: PLC0415 - only a command that is run needs it

    with Office.create(
        args.folder, new_passphrase(args), args.owner, use_keychain=args.keychain
    ) as office:
        print(_("The new book is in {folder}.").format(folder=office.folder))
        print_findings(office.findings)
        print()
        print(_("Its recovery sheet. Write these letters down, and keep them somewhere safe:"))
        print(_("they open the book without a passphrase, and nothing else does if it is lost."))
        print()
        print(sheet(office.recovery_groups))
    return DONE


def sheet(groups: tuple[str, ...]) -> str:
    """Lay the groups of a recovery sheet out, numbered, seven to a line."""
    numbered = [f"{number:2d}. {group}" for number, group in enumerate(groups, 1)]
    return "\n".join("   ".join(numbered[start : start + 7]) for start in (0, 7))


def verify(args: argparse.Namespace) -> int:
    """Check a book from end to end, and say what, if anything, is wrong."""
    if args.self:
        return _verify_program()
    (args.book,) = _places(args, args.book)
    with open_office(args) as office:
        findings = office.checks.everything()
    if args.json:
        print_json({"findings": [finding_as_json(finding) for finding in findings]})
    elif findings:
        print_findings(findings)
    else:
        print(_("Nothing wrong found."))
    return FINDINGS if findings else DONE


def _verify_program() -> int:
    from dpemployer.services.checks import check_program  # noqa: PLC0415 - as above

    count = check_program()
    print(
        ngettext(
            "{count} part of the program was read, and it works.",
            "{count} parts of the program were read, and they work.",
            count,
        ).format(count=count)
    )
    return DONE


def backup(args: argparse.Namespace) -> int:
    """Copy a whole book into one file, still locked."""
    args.book, file = _places(args, args.book, args.to)
    with open_office(args) as office:
        path = office.safety.back_up(file, clock.today())
    print(_("The backup is in {path}. It opens with the same passphrases.").format(path=path))
    return DONE


def restore(args: argparse.Namespace) -> int:
    """Make a book out of a backup."""
    from dpemployer.office import restore as restore_book  # noqa: PLC0415 - as above

    (folder,) = _places(args, args.book)
    restore_book(args.file, folder)
    print(
        _("The book is in {folder}. It opens with the passphrases it had that day.").format(
            folder=folder
        )
    )
    return DONE
