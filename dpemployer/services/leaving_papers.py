"""Papers about leaving: figures for a P45, the redundancy statement, and what an ending asks for.

The first is a sheet of figures in the order of HMRC's form, to copy into it. It is never called a
P45: that is HMRC's own form, or an exact copy of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.documents.ending import EndingPaper, ending_pdf
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.errors import RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.identifiers import NINO, paye_reference_shown
from dpemployer.payroll.endings import EndingKind
from dpemployer.payroll.leaving import Leaving, LeavingReason
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.periods import PayFrequency, plus_months
from dpemployer.services.reading import employer_on

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.services.endings import Endings, EndingStepRow
    from dpemployer.services.leaving import Leavings
    from dpemployer.services.leaving_rows import P45Figures
    from dpemployer.store.book import Book


class LeavingPapers:
    """What one book prints about leaving."""

    def __init__(self, book: Book, leavings: Leavings, endings: Endings) -> None:
        self._book = book
        self._leavings = leavings
        self._endings = endings

    def p45_figures(self, employment_id: int, *, large: bool = False) -> bytes:
        """Print the figures for a P45, box by box.

        Raises:
            RefusedError: If the last pay is not final, or nobody is recorded as the employer.
        """
        figures = self._leavings.p45(employment_id)
        with self._book.read() as reading:
            employer = employer_on(reading, figures.left_on)
        name = f"{figures.first_names} {figures.surname}".strip()
        heading = _("Figures for the P45 of {name}")
        first = _(
            "This is not a P45. It has the figures for one, in the order of its boxes, to copy "
            "into HMRC’s Basic PAYE Tools or onto HMRC’s own form. Give the form to the personal "
            "assistant; one is given for a job, and never a second."
        )
        if figures.died:
            heading = _("Pay and tax of {name}, for the estate")
            first = _(
                "A P45 is not given to an estate. These are the same figures, in the order of its "
                "boxes, for the letter to whoever sees to the estate."
            )
        paper = LetterPaper(
            heading=heading.format(name=name),
            sender=f"{employer.name}\n{employer.address}".strip(),
            dated=figures.given_on or figures.pay_date,
            paragraphs=(first,),
            columns=(_("Box"), _("What it asks"), _("What goes there")),
            rows=_boxes(figures, f"{employer.name}, {employer.address}".strip(", ")),
            closing=(
                _(
                    "Anything paid after the P45 is given is taxed with code 0T, each payday on "
                    "its own, and goes on a payslip or a letter of its own."
                ),
            ),
        )
        return letter_pdf(paper, large_print=large)

    def ending(self, ending_id: int, on: date, *, large: bool = False) -> bytes:
        """Print an ending: who acts, what is owed to whom, what there is to do, what is kept."""
        row = self._endings.show(ending_id, on)
        ending = row.ending
        last_day = ending.kind is EndingKind.DIRECT_PAYMENT
        facts = (
            (_("Who it is about"), row.about),
            (_("Last day") if last_day else _("Day of the death"), long_date(ending.day)),
            (_("Who sees to it"), ending.who_acts),
            (_("In the direct payment account, by the cash book"), str(row.in_accounts)),
            (_("Note"), ending.note),
        )
        paper = EndingPaper(
            heading=_headings()[ending.kind],
            dated=on,
            facts=tuple(fact for fact in facts if fact[1]),
            words=row.words,
            owed=tuple(
                (
                    owed.to,
                    owed.what,
                    _("not known yet") if owed.amount is None else str(owed.amount),
                    owed.note,
                )
                for owed in row.owed
            ),
            total=str(row.total_owed),
            steps=tuple(_step_row(step) for step in row.steps),
            kept=row.kept,
        )
        return ending_pdf(paper, large_print=large)

    def redundancy_statement(self, employment_id: int, *, large: bool = False) -> bytes:
        """Print how redundancy pay was worked out, for the personal assistant.

        Raises:
            RefusedError: If no redundancy pay is recorded, or nobody is recorded as the employer.
        """
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            person = reading.get(PersonalAssistant, employment.assistant_id)
            leaving = reading.find_one(Leaving, employment_id=employment_id)
            if leaving is None or not leaving.redundancy_pay:
                raise RefusedError(
                    what=_("There is no redundancy pay for {name}.").format(name=person.name),
                    why=_("The statement says how redundancy pay was worked out."),
                    next_step=_("Choose “They are leaving”, and redundancy as the reason."),
                )
            employer = employer_on(reading, leaving.last_day)
        steps = [
            step
            for step in leaving.workings
            if step.rule.startswith(("redundancy.", "notice.relevant_date"))
        ]
        died = leaving.reason is LeavingReason.DEATH_OF_EMPLOYER
        paper = LetterPaper(
            heading=_("Redundancy statement for {name}").format(name=person.name),
            sender=f"{employer.name}\n{employer.address}".strip(),
            to=f"{person.name}\n{person.address}".strip(),
            dated=leaving.last_day,
            facts=(
                (_("First day of the job"), long_date(employment.started_on)),
                (_("Last day of the job"), long_date(leaving.last_day)),
                (_("Date of birth"), long_date(person.born_on)),
                (_("Redundancy pay"), str(leaving.redundancy_pay)),
            ),
            paragraphs=(
                _("Your employer has died, and with that your job has ended. We are sorry.")
                if died
                else _("Your job has ended because there is no more work for it."),
                _(
                    "You are owed redundancy pay. It is free of tax, and no National Insurance is "
                    "due on it. This is how it was worked out."
                ),
            ),
            columns=(_("Step"), _("What was done"), _("The rule")),
            rows=tuple((step.title, step.sentence, step.source) for step in steps),
            closing=(
                _(
                    "If you do not agree, say so in writing. You have until {day} to do so, or to "
                    "go to a tribunal about it."
                ).format(day=long_date(plus_months(leaving.last_day, 6))),
                _(
                    "If it is not paid, you can ask the Redundancy Payments Service, or in "
                    "Northern Ireland the Redundancy Payments Service of the Department for the "
                    "Economy."
                ),
            ),
            sign=(_("Signed for the employer, with the date"),),
        )
        return letter_pdf(paper, large_print=large)


def _step_row(step: EndingStepRow) -> tuple[str, str, str, str]:
    stands = _("to do")
    if step.done_on is not None:
        stands = _("done on {day}").format(day=long_date(step.done_on))
        if step.note:
            stands = f"{stands}. {step.note}"
    return (step.title, "" if step.by is None else long_date(step.by), stands, step.why)


def _headings() -> dict[EndingKind, str]:
    return {
        EndingKind.DIRECT_PAYMENT: _("The direct payment ends"),
        EndingKind.EMPLOYER_DIED: _("After the employer’s death"),
        EndingKind.RECIPIENT_DIED: _("After the death of the person supported"),
        EndingKind.ASSISTANT_DIED: _("After the death of a personal assistant"),
    }


def _boxes(figures: P45Figures, employer: str) -> tuple[tuple[str, str, str], ...]:
    weekly = figures.frequency is not PayFrequency.MONTHLY
    number = str(figures.tax_period)
    empty = _("leave empty")
    on_its_own = figures.week1_month1
    return (
        ("1", _("Employer PAYE reference"), paye_reference_shown(figures.paye_reference) or empty),
        ("2", _("National Insurance number"), NINO.shown(figures.nino) or empty),
        ("3", _("Title"), _("as they use it")),
        ("3", _("Surname"), figures.surname),
        ("3", _("First names"), figures.first_names),
        ("4", _("Leaving date"), long_date(figures.left_on)),
        ("5", _("Student loan deductions to continue"), "Y" if figures.student_loan else empty),
        ("6", _("Tax code at leaving"), _bare(figures.tax_code)),
        ("6", _("Week 1 or month 1 basis"), "X" if on_its_own else empty),
        ("7", _("Week number"), number if weekly and not on_its_own else empty),
        ("7", _("Month number"), empty if weekly or on_its_own else number),
        (
            "7",
            _("Total pay to date"),
            empty if figures.total_pay is None else str(figures.total_pay),
        ),
        (
            "7",
            _("Total tax to date"),
            empty if figures.total_tax is None else str(figures.total_tax),
        ),
        (
            "8",
            _("Total pay in this employment"),
            empty if figures.pay_here is None else str(figures.pay_here),
        ),
        (
            "8",
            _("Total tax in this employment"),
            empty if figures.tax_here is None else str(figures.tax_here),
        ),
        ("9", _("Works number or payroll number"), figures.payroll_id),
        ("10", _("Gender"), _("as HMRC has it, on the starter checklist")),
        ("11", _("Date of birth"), long_date(figures.born_on)),
        ("12", _("Employee’s private address"), figures.address.replace("\n", ", ") or empty),
        ("13", _("Employer’s name and address"), employer.replace("\n", ", ")),
        (
            "13",
            _("Date"),
            long_date(figures.given_on) if figures.given_on else _("the day it is given"),
        ),
    )


def _bare(code: str) -> str:
    """Return a code without its week 1 or month 1 mark, which has a box of its own."""
    return code.partition(" ")[0]
