"""Commands about a funder's return: load a sample of one, show it, sign it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dpemployer.cli.opening import add_book_arguments, new_passphrase, open_office
from dpemployer.cli.output import add_json_argument, print_json
from dpemployer.cli.statements import contents_of
from dpemployer.errors import BookError
from dpemployer.i18n import _, long_date

if TYPE_CHECKING:
    from dpemployer.services.money_rows import ReturnPrepared, ReturnSectionRow
    from dpemployer.services.samples import Sample

DONE, FINDINGS = 0, 1
_YEARS = range(1900, 2200)
"""Any other is a slip of the keyboard."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the commands of this group."""
    sample = commands.add_parser("sample", help=_("make a book out of an invented sample"))
    what = sample.add_subparsers(required=True, metavar=_("WHAT"), dest="what")
    command = what.add_parser("load", help=_("make a book out of a dp-sample/1 file"))
    command.add_argument("file", type=Path, metavar=_("FILE"), help=_("the sample"))
    add_book_arguments(command)
    add_json_argument(command)
    command.set_defaults(run=load)

    returns = commands.add_parser("return", help=_("show or sign a funder's return"))
    what = returns.add_subparsers(required=True, metavar=_("WHAT"), dest="what")
    command = what.add_parser("templates", help=_("list the returns the program knows"))
    add_json_argument(command)
    command.set_defaults(run=templates)

    command = what.add_parser("show", help=_("show a return as the book stands now"))
    _return_arguments(command)
    add_json_argument(command)
    command.set_defaults(run=show)

    command = what.add_parser("sign", help=_("sign a return off, if nothing stands in the way"))
    _return_arguments(command)
    command.add_argument("--name", required=True, metavar=_("NAME"), help=_("who signs"))
    command.add_argument(
        "--role", default="recipient", metavar=_("ROLE"), help=_("in which part they sign")
    )
    command.add_argument(
        "--accept-declaration",
        action="store_true",
        help=_("they accept every statement of the declaration"),
    )
    command.add_argument(
        "--on", type=_day, metavar=_("DAY"), help=_("the day they sign; without it, today")
    )
    add_json_argument(command)
    command.set_defaults(run=sign)

    command = commands.add_parser(
        "bundle",
        help=_("write a return with everything behind it: payments, papers, payslips"),
        description=_("One PDF with a numbered index, or with --folder that and each paper too."),
    )
    _return_arguments(command)
    command.add_argument(
        "--out", type=Path, required=True, metavar=_("FILE"), help=_("a new file, or a new folder")
    )
    command.add_argument("--folder", action="store_true", help=_("write a folder"))
    command.add_argument(
        "--private",
        action="store_true",
        help=_("name personal assistants by initials, and leave out papers private to them"),
    )
    command.set_defaults(run=bundle)


def _return_arguments(command: argparse.ArgumentParser) -> None:
    add_book_arguments(command)
    command.add_argument(
        "--template", required=True, metavar="ID", help=_("which return: see “return templates”")
    )
    command.add_argument(
        "--from", dest="first", type=_day, required=True, metavar=_("DAY"), help=_("first day")
    )
    command.add_argument(
        "--to", dest="last", type=_day, required=True, metavar=_("DAY"), help=_("last day")
    )


def bundle(args: argparse.Namespace) -> int:
    """Write the evidence bundle of a return, whole or not at all."""
    asked = (args.template, args.first, args.last)
    with open_office(args) as office:
        write = office.bundles.write_folder if args.folder else office.bundles.write_file
        write(args.out, *asked, private=args.private)
    print(_("The bundle is in {place}.").format(place=args.out))
    return DONE


def _day(text: str) -> date:
    """Read a day for an argument."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.year not in _YEARS:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a day such as 2026-07-01").format(text=text)
        )
    return day


def load(args: argparse.Namespace) -> int:
    """Make a book out of a sample; the whole file is checked before there is one."""
    from dpemployer.office import is_book  # noqa: PLC0415 - only a command that is run needs it
    from dpemployer.services.samples import Sample  # noqa: PLC0415 - as above

    if is_book(args.book):
        raise BookError(
            what=_("There is a book in “{folder}” already.").format(folder=args.book),
            why=_("A sample always makes a new book, so that nothing is mixed up with it."),
            next_step=_("Name a new or empty folder."),
        )
    sample = Sample(contents_of(args.file))
    _keep(sample, args.book, new_passphrase(args))
    if args.json:
        print_json(
            {
                "template": sample.template,
                "from": sample.first_day.isoformat(),
                "to": sample.last_day.isoformat(),
            }
        )
    else:
        print(_("“{title}” is in the book {folder}.").format(title=sample.title, folder=args.book))
    return DONE


def _keep(sample: Sample, folder: Path, passphrase: str) -> None:
    """Make the book and keep the sample in it, or leave nothing behind."""
    from dpemployer.office import Office  # noqa: PLC0415 - as above
    from dpemployer.store.files import unmake_book  # noqa: PLC0415 - as above

    was_there = folder.exists()
    office = Office.create(folder, passphrase, sample.person.name)
    try:
        with office:
            sample.keep_in(office.book)
    except BaseException:
        # The book is ours: it was made a moment ago, and nobody else has had it open.
        unmake_book(folder, with_folder=not was_there)
        raise


def templates(args: argparse.Namespace) -> int:
    """List the returns that came with the program."""
    from dpemployer.services.return_rows import template_row  # noqa: PLC0415 - as above
    from dpemployer.services.shipped import shipped_template, template_names  # noqa: PLC0415

    rows = [template_row(shipped_template(name), own=False) for name in template_names()]
    if args.json:
        print_json(
            [{"id": row.template, "title": row.title, "confidence": row.confidence} for row in rows]
        )
    else:
        for row in rows:
            print(f"{row.template}: {row.title}. {row.confidence_words}")
    return DONE


def show(args: argparse.Namespace) -> int:
    """Show a return; exit with 1 when something stands in the way of signing it."""
    with open_office(args) as office:
        if args.json:
            from dpemployer.returns.answers import answers  # noqa: PLC0415 - as above

            made = office.returns.figures(args.template, args.first, args.last)
            print_json(answers(made))
            return DONE if made.may_be_signed else FINDINGS
        prepared = office.returns.prepare(args.template, args.first, args.last)
        _print_return(prepared)
        return DONE if prepared.may_be_signed else FINDINGS


def sign(args: argparse.Namespace) -> int:
    """Sign a return off, or say why it cannot be."""
    from dpemployer.clock import today  # noqa: PLC0415 - as above

    with open_office(args) as office:
        prepared = office.returns.prepare(args.template, args.first, args.last)
        row = office.returns.sign(
            args.template,
            args.first,
            args.last,
            signed_by=args.name,
            capacity=args.role,
            declared_on=args.on or today(),
            declared=prepared.declaration.statements if args.accept_declaration else (),
        )
    if args.json:
        print_json({"version": row.version, "sha256": row.sha256})
    else:
        print(
            _("Signed by {name} on {day}: version {version}, {sha256}.").format(
                name=row.signed_by,
                day=long_date(row.declared_on),
                version=row.version,
                sha256=row.sha256,
            )
        )
    return DONE


def _print_return(prepared: ReturnPrepared) -> None:
    print(
        _("{title}, {first} to {last}").format(
            title=prepared.template.title,
            first=long_date(prepared.first_day),
            last=long_date(prepared.last_day),
        )
    )
    print(prepared.template.confidence_words)
    for label, value in prepared.header:
        print(f"{label}: {value}")
    for section in prepared.sections:
        _print_section(section)
    print()
    for row in prepared.checklist:
        print(f"[{'x' if row.done else ' '}] {row.text}")


def _print_section(section: ReturnSectionRow) -> None:
    print(f"\n{section.title}")
    for line in section.lines:
        print(f"  {line.label}: {line.text}")
        if line.itemised:
            for item in line.items:
                print(f"    {item.label}: {item.amount}")
    if section.rows:
        print("  " + " | ".join(section.columns))
        for row in section.rows:
            print("  " + " | ".join(row))
