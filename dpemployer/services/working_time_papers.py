"""The agreement that the 48-hour limit does not apply, to print and sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.errors import RefusedError
from dpemployer.i18n import N_, _, long_date
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.rota import ADULT
from dpemployer.periods import age_on
from dpemployer.services.people_holiday import nation_on
from dpemployer.services.reading import employer_on
from dpemployer.statutory.working_time import HoursLimits

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.payroll.household import Party
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book


_GREAT_BRITAIN = N_("Working Time Regulations 1998, regulations 4 and 5.")
_NORTHERN_IRELAND = N_("Working Time Regulations (Northern Ireland) 2016.")


class WorkingTimePapers:
    """What one book prints about working time."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def agreement(self, employment_id: int, on: date, *, large: bool = False) -> tuple[bytes, str]:
        """Print the agreement about the 48 hours for somebody to sign; return it with its name.

        Raises:
            RefusedError: If the person is under 18, or nobody is recorded as the employer.
        """
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            person = reading.get(PersonalAssistant, employment.assistant_id)
            employer = employer_on(reading, on)
            nation = nation_on(reading, on)
        if age_on(on, person.born_on) < ADULT:
            raise RefusedError(
                what=_("{name} is under 18.").format(name=person.name),
                why=_("Nobody under 18 can agree to work longer than the law allows."),
                next_step=_("Keep to 8 hours a day and 40 a week."),
            )
        limits = HoursLimits.of(known_rates(self._rates, on))
        source = _NORTHERN_IRELAND if nation is Nation.NORTHERN_IRELAND else _GREAT_BRITAIN
        paper = _agreement(employer, person, on, limits, _(source))
        name = _("48-hour agreement {name}").format(name=person.name)
        return letter_pdf(paper, large_print=large), f"{name}.pdf".replace("/", "-")


def _agreement(
    employer: Party, person: PersonalAssistant, on: date, limits: HoursLimits, source: str
) -> LetterPaper:
    return LetterPaper(
        heading=_("Agreement that the {hours}-hour limit does not apply").format(hours=limits.week),
        sender=f"{employer.name}\n{employer.address}".strip(),
        dated=on,
        facts=(
            (_("Employer"), employer.name),
            (_("Personal assistant"), person.name),
            (_("From"), long_date(on)),
        ),
        paragraphs=(
            _(
                "The law says that nobody has to work more than {hours} hours a week on average "
                "over {weeks} weeks, work for others included. You may agree that this limit does "
                "not apply to you."
            ).format(hours=limits.week, weeks=limits.reference_weeks),
            _("I agree that I may work more than {hours} hours a week on average.").format(
                hours=limits.week
            ),
            _(
                "I agree freely. I know that I may say no, and that nothing may be done to me for "
                "saying no."
            ),
            _(
                "I may end this agreement at any time by telling my employer in writing seven "
                "days before."
            ),
            _("It changes nothing about my right to rest, to breaks and to paid holiday."),
            source,
        ),
        sign=(
            _("Signed by the personal assistant"),
            _("Date"),
            _("Signed by the employer"),
            _("Date"),
        ),
    )
