"""How a command is told which book, and gets its passphrase."""

from __future__ import annotations

import getpass
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _

if TYPE_CHECKING:
    import argparse

    from dpemployer.office import Office


def add_book_arguments(command: argparse.ArgumentParser) -> None:
    """Let a command open a book: `--book DIR --passphrase-file PATH`."""
    command.add_argument(
        "--book", type=Path, required=True, metavar=_("DIR"), help=_("the folder of the book")
    )
    add_passphrase_argument(command)


def add_passphrase_argument(command: argparse.ArgumentParser) -> None:
    """Let a passphrase come from a file; without one, it is asked for."""
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar=_("PATH"),
        help=_("a file with the passphrase in it; without one, you are asked"),
    )


def open_office(args: argparse.Namespace) -> Office:
    """Open the book a command was told to, and say on the side what there is to know.

    Raises:
        BookError: If it does not open.
    """
    from dpemployer.office import (  # noqa: PLC0415 - other commands open no book
        Office,
        refuse_no_book,
    )

    refuse_no_book(args.book)
    office = Office.open(args.book, passphrase(args))
    for finding in office.findings:
        print(finding.message, file=sys.stderr)
    return office


def passphrase(args: argparse.Namespace) -> str:
    """Read the passphrase from its file (less the final newline), or ask for it.

    Raises:
        EntryError: If the file cannot be read, or there is nobody to ask.
    """
    if args.passphrase_file is None:
        return _asked(_("Passphrase: "))
    return _from_file(args.passphrase_file)


def new_passphrase(args: argparse.Namespace) -> str:
    """Read a new passphrase from its file, or ask for it twice.

    Raises:
        EntryError: If the file cannot be read, the two differ, or there is nobody to ask.
    """
    if args.passphrase_file is not None:
        return _from_file(args.passphrase_file)
    first = _asked(_("A passphrase for the new book: "))
    if _asked(_("The same again: ")) != first:
        raise EntryError(
            what=_("The two passphrases are not the same."),
            why=_("A slip in a passphrase would lock you out."),
            next_step=_("Run the command again, and type it twice."),
        )
    return first


def _from_file(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EntryError(
            what=_("The passphrase file “{path}” cannot be read.").format(path=path),
            why=_("It is not there, you may not read it, or it is not UTF-8 text."),
            next_step=_("Check the name, or leave it out and type the passphrase."),
        ) from error
    return text.removesuffix("\n").removesuffix("\r")


def _asked(question: str) -> str:
    try:
        with warnings.catch_warnings():
            # Without a terminal it would be read from wherever, and shown.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(question)
    except (EOFError, getpass.GetPassWarning) as error:
        raise EntryError(
            what=_("There is nobody to ask for the passphrase."),
            why=_("The command was run without a terminal."),
            next_step=_("Put the passphrase into a file, and name it with --passphrase-file."),
        ) from error
