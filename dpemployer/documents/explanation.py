"""The page that answers "how was this worked out?", for any figure: its steps, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from dpemployer.i18n import _
from dpemployer.workings import ExplainedStep, facts


@dataclass(frozen=True, slots=True)
class ExplanationPaper:
    """How something was worked out, step by step, as it was stored or has just been done."""

    heading: str
    """What it is about, such as "How the payslip of 28 May 2026 for Ada Keane was worked out"."""
    sender: str
    dated: date
    steps: tuple[ExplainedStep, ...]
    facts: tuple[tuple[str, str], ...] = ()
    """What else there is to know of it, each with its name."""


def explanation_pdf(paper: ExplanationPaper, *, large_print: bool) -> bytes:
    """Print how something was worked out, in the order it was done."""
    sheet = Paper(
        About(title=paper.heading, author=paper.sender, dated=paper.dated),
        large_print=large_print,
        foot=paper.heading,
    )
    sheet.title(_("How was this worked out?"))
    if paper.facts:
        sheet.facts(paper.facts)
    for number, step in enumerate(paper.steps, start=1):
        sheet.heading(
            _("Step {number}: {title}").format(number=number, title=_as_heading(step.title))
        )
        sheet.paragraph(step.sentence)
        sheet.facts(facts(step))
    return sheet.finish()


def _as_heading(title: str) -> str:
    return title[:1].upper() + title[1:]
