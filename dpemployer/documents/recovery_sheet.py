"""The sheet of paper that opens a book when the passphrase is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from dpemployer.i18n import _, long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def recovery_sheet_pdf(
    book_name: str,
    groups: Sequence[str],
    made_on: date,
    program_version: str,
    *,
    large_print: bool = False,
) -> bytes:
    """Print the key of a book, and what whoever finds the sheet needs to know.

    Args:
        book_name: What the person calls the book.
        groups: The groups of the key, each with its check letter, in order.
        made_on: The day the key was made.
        program_version: Which version of the program made it.
        large_print: In type of 16 points and more.
    """
    heading = _("Recovery sheet for {book}").format(book=book_name)
    sheet = Paper(
        About(title=heading, author=book_name, dated=made_on),
        large_print=large_print,
        foot=heading,
    )
    sheet.title(heading)
    sheet.notice(
        _(
            "Keep this safe. Whoever has this sheet and a copy of the book can read everything "
            "in it."
        )
    )
    sheet.heading(_("The key"))
    sheet.codes(groups)
    sheet.heading(_("What this is"))
    sheet.paragraph(
        _(
            "The book holds wages, bank statements and letters, and is kept locked. This sheet "
            "opens it when the passphrase is forgotten, or when the files that hold the key are "
            "lost. It goes on working when the passphrase is changed. Without this sheet and "
            "without the passphrase, nobody can open the book: not us, not a computer shop."
        )
    )
    sheet.heading(_("How to use it"))
    sheet.steps(
        [
            _("Start DP Employer and choose the book."),
            _("Choose “Use the recovery sheet”."),
            _(
                "Type the groups above, in the order of their numbers. Small letters are as good "
                "as capitals. The last letter of each group checks the others, so a slip is "
                "pointed out at once."
            ),
            _("Choose a new passphrase."),
        ]
    )
    sheet.paragraph(
        _(
            "The letters I and O and the figures 0 and 1 are never used, so what looks like "
            "one of them is something else."
        )
    )
    sheet.heading(_("Where to keep it"))
    sheet.bullets(
        [
            _("With your passport and other papers you would not want to lose."),
            _("Not beside the computer, and not in the same bag."),
            _("Not as a photograph on a telephone, and not in an email."),
            _("A second copy with somebody you trust is a good idea. Write here who has it:"),
        ]
    )
    sheet.places_to_sign([""])
    sheet.facts(
        [
            (_("Book"), book_name),
            (_("Made on"), long_date(made_on)),
            (_("Made with"), _("DP Employer {version}").format(version=program_version)),
        ]
    )
    return sheet.finish()
