"""The demo: an invented household, from an empty book to a signed return, before your eyes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, TextIO

from dpemployer.cli.output import add_json_argument, print_json
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date, ngettext

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from dpemployer.office import Office
    from dpemployer.services.demo import Demo, DemoFiles
    from dpemployer.services.demo_figures import Compared

DONE, FINDINGS = 0, 1

DEFAULT_FOLDER = Path("demo-output")
_MARK = "INVENTED.txt"
"""Says what the folder is, and that the demo made it and may clear it."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command of this group."""
    command = commands.add_parser(
        "demo", help=_("build an invented household's book, and compare it with figures by hand")
    )
    command.add_argument(
        "--output",
        type=Path,
        default=DEFAULT_FOLDER,
        metavar=_("DIR"),
        help=_("where to put the book and its papers ({default})").format(default=DEFAULT_FOLDER),
    )
    add_json_argument(command)
    command.set_defaults(run=demo)


def demo(args: argparse.Namespace) -> int:
    """Live through the invented household, and compare what comes of it."""
    from dpemployer.services.demo import DemoFiles  # noqa: PLC0415 - only this command needs it

    return play(args.output, DemoFiles.shipped(), as_json=args.json)


def play(output: Path, files: DemoFiles, *, as_json: bool = False) -> int:
    """Build the book in *output*, write every paper, and print the figures side by side.

    Returns:
        0 when every figure is the one worked out by hand; 1 otherwise.
    """
    from dpemployer.office import Office  # noqa: PLC0415 - only this command needs it
    from dpemployer.services.demo import Demo  # noqa: PLC0415 - the same
    from dpemployer.services.demo_figures import compare  # noqa: PLC0415 - the same

    tell = _telling(sys.stderr if as_json else sys.stdout)
    _start_afresh(output, tell)
    passphrase = files.passphrase
    with Office.create(output / _BOOK, passphrase, files.owner) as office:
        tell(_("The book is in {folder}.").format(folder=output / _BOOK))
        tell(_("Its passphrase is: {passphrase}").format(passphrase=passphrase))
        household = Demo(office, files, tell)
        household.begin()
        household.pay()
        household.bank()
        _refuse_then_sign(household, tell)
        count = _write_papers(office, household, output)
    tell(
        ngettext("{count} paper is in {folder}.", "{count} papers are in {folder}.", count).format(
            count=count, folder=output
        )
    )
    # What is compared is read from the book opened again, not from what is still in memory.
    with Office.open(output / _BOOK, passphrase) as office:
        compared = compare(office, household, files.expected)
    if as_json:
        print_json([_as_json(one) for one in compared])
    else:
        _print_table(compared)
        print()
        print(_('To look inside, in windows:  ./dpe run "{book}"').format(book=output / _BOOK))
        print(_("The passphrase is: {passphrase}").format(passphrase=passphrase))
    return DONE if all(one.same for one in compared) else FINDINGS


def _telling(stream: TextIO) -> Callable[[str], None]:
    """Return what shows progress: a line at once, so that it is seen while the work goes on."""

    def tell(words: str) -> None:
        print(words, file=stream, flush=True)

    return tell


# ── the folder ──

_BOOK = "book"
_PAYSLIPS = "payslips"
_LARGE = "payslips in large print"
_HMRC = "hmrc"
_RETURN = "return"
_SHEET = "recovery sheet.pdf"


def _start_afresh(output: Path, tell: Callable[[str], None]) -> None:
    """Make an empty folder, or clear one that an earlier demo made; never any other.

    Raises:
        EntryError: If there is something in the folder that no demo put there.
    """
    mark = output / _MARK
    if mark.is_file():
        for name in (_BOOK, _PAYSLIPS, _LARGE, _HMRC, _RETURN, _SHEET):
            _remove(output / name)
        tell(
            _("Starting afresh: what the demo made before in {folder} is gone.").format(
                folder=output
            )
        )
    elif output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise EntryError(
            what=_("“{folder}” is not empty, and no demo made it.").format(folder=output),
            why=_("The demo clears its folder before it starts."),
            next_step=_("Name a new folder with --output."),
        )
    try:
        output.mkdir(parents=True, exist_ok=True)
        mark.write_text(
            _(
                "Everything in this folder is invented. “dpemployer demo” made it, and clears it "
                "when it is run again.\n"
            ),
            encoding="utf-8",
        )
    except OSError as error:
        raise EntryError(
            what=_("The demo cannot write in “{folder}”.").format(folder=output),
            why=_("The disk is full, or you may not write there."),
            next_step=_("Name another folder with --output."),
        ) from error


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# ── signing, and paper ──


def _refuse_then_sign(household: Demo, tell: Callable[[str], None]) -> None:
    """Show that a penny stops signing, put it right, and sign."""
    tell(_("Signing the return, with one line of the bank still to be coded:"))
    refusal = household.refused()
    words = _("It was not refused, and it should have been.") if refusal is None else refusal.words
    for line in words.splitlines():
        tell(f"    {line}")
    household.put_right()
    tell(_("The line is explained."))
    signed = household.sign()
    tell(
        _("The return is signed by {name}, for {first} to {last}.").format(
            name=signed.signed_by,
            first=long_date(signed.first_day),
            last=long_date(signed.last_day),
        )
    )


def _write_papers(office: Office, household: Demo, output: Path) -> int:
    """Write every paper of the book, and return how many there are."""
    papers, returns = office.papers, office.returns
    asked = (household.template, *household.period)
    found: dict[Path, bytes] = {
        Path(_SHEET): papers.recovery_sheet(),
        Path(_RETURN) / "return.pdf": returns.pdf(*asked),
        Path(_RETURN) / "return in large print.pdf": returns.pdf(*asked, large=True),
        Path(_RETURN) / "return.csv": returns.csv(*asked).encode(),
        Path(_RETURN) / "audit statement.pdf": returns.audit_pdf(*asked),
        Path(_RETURN) / "audit statement in large print.pdf": returns.audit_pdf(*asked, large=True),
        Path(_RETURN) / "audit statement.csv": returns.audit_csv(*asked).encode(),
    }
    for quarter in (1, 2):
        found[Path(_HMRC) / f"quarter {quarter}.pdf"] = papers.employer_payment_quarter(
            household.tax_year, quarter
        )
    found |= _hmrc_papers(office, household)
    for slip in office.pay_runs.payslips(household.tax_year):
        for folder, large in ((_PAYSLIPS, False), (_LARGE, True)):
            name = papers.payslip_file_name(slip.id, large=large)
            found[Path(folder) / name] = papers.payslip(slip.id, large=large)
    for path, content in found.items():
        (output / path).parent.mkdir(exist_ok=True)
        (output / path).write_bytes(content)
    return len(found)


def _hmrc_papers(office: Office, household: Demo) -> dict[Path, bytes]:
    """Return the record of what HMRC is owed, each deductions record, and the newest figures."""
    from dpemployer.services.hmrc_rows import ReportKind  # noqa: PLC0415 - the same
    from dpemployer.services.hmrc_words import report_file_name  # noqa: PLC0415 - as above

    year, (_first, last) = household.tax_year, household.period
    papers, folder = office.hmrc_papers, Path(_HMRC)
    found = {folder / f"P32 {year}.pdf": papers.p32(year)}
    for job in office.people.employments(last):
        found[folder / f"deductions record {year} {job.name}.pdf"] = papers.record(
            job.employment_id, year
        )
    paydays = [row for row in office.hmrc.reports(year, last) if row.kind is ReportKind.PAYDAY]
    for row in paydays[-1:]:
        found[folder / report_file_name(row)] = papers.report(row)
    return found


# ── the table ──

_WIDEST = 64


def _print_table(compared: Sequence[Compared]) -> None:
    """Print the figures that matter most beside those by hand, and every one that differs."""
    shown = [one for one in compared if one.headline or not one.same]
    head = (_("Figure"), _("By hand"), _("By DP Employer"))
    rows = [(_short(one.what), one.by_hand, one.by_program) for one in shown]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(3)]
    print()
    for words, verdict in ((head, ""), *zip(rows, map(_verdict, shown), strict=True)):
        first, *figures = (
            f"{word:{'<' if place == 0 else '>'}{width}}"
            for place, (word, width) in enumerate(zip(words, widths, strict=True))
        )
        print("  ".join((first, *figures, verdict)).rstrip())
    different = sum(not one.same for one in compared)
    print()
    print(
        ngettext(
            "{count} figure was compared with those worked out by hand.",
            "{count} figures were compared with those worked out by hand.",
            len(compared),
        ).format(count=len(compared))
    )
    if different:
        print(
            ngettext("{count} is different.", "{count} are different.", different).format(
                count=different
            )
        )
    else:
        print(_("All of them are the same."))


def _short(words: str) -> str:
    """Keep a line of the table on one line of a wide terminal."""
    return shorten(words, width=_WIDEST, placeholder="…")


def _verdict(one: Compared) -> str:
    return _("the same") if one.same else _("DIFFERENT")


def _as_json(one: Compared) -> dict[str, str | bool]:
    return {
        "figure": one.what,
        "by_hand": one.by_hand,
        "by_program": one.by_program,
        "same": one.same,
    }
