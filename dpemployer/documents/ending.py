"""What to do, and what is owed to whom, when the direct payment ends or somebody has died."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Row, columns_of
from dpemployer.i18n import _, long_date


@dataclass(frozen=True, slots=True)
class EndingPaper:
    """Everything on the paper, in the order it is printed."""

    heading: str
    dated: date
    facts: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    owed: tuple[tuple[str, str, str, str], ...]
    """To whom, for what, how much, and what there is to say of it."""
    total: str
    steps: tuple[tuple[str, str, str, str], ...]
    """What, by when, how it stands, and why."""
    kept: tuple[str, ...]


def ending_pdf(paper: EndingPaper, *, large_print: bool) -> bytes:
    """Print an ending: what happened, what is owed, what there is to do, what is kept."""
    sheet = Paper(
        About(title=paper.heading, author="", dated=paper.dated),
        large_print=large_print,
        foot=paper.heading,
    )
    sheet.title(paper.heading)
    sheet.facts(paper.facts)
    for text in paper.words:
        sheet.paragraph(text)
    sheet.heading(
        _("What is owed, as far as it is known on {day}").format(day=long_date(paper.dated))
    )
    if paper.owed:
        total = ("", _("Together"), paper.total, "")
        rows = [*paper.owed, total]
        sheet.table(
            columns_of((_("To whom"), _("What for"), _("How much"), _("To know")), rows),
            [Row(row, strong=row is total) for row in rows],
        )
    else:
        sheet.paragraph(_("Nothing that this book knows of."))
    sheet.heading(_("What there is to do"))
    sheet.table(
        columns_of((_("What"), _("By"), _("How it stands"), _("Why")), list(paper.steps)),
        [Row(row) for row in paper.steps],
    )
    sheet.heading(_("What is kept"))
    sheet.bullets(paper.kept)
    return sheet.finish()
