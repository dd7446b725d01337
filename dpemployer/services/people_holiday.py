"""The dated terms of holiday: how it builds up, contracted hours, and how it is paid."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError, RefusedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.payroll.entries import checked_holiday_terms, refuse_leave_year_inside
from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.leave_years import HolidayContract
from dpemployer.payroll.people import Employment, HolidayClass, HolidayTerms
from dpemployer.payroll.terms import latest_on
from dpemployer.services.reading import put
from dpemployer.statutory.holiday_pay import rolled_up_refusal

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading


class DatedHoliday:
    """The terms of everybody's holiday in one book, each from a day on."""

    _book: Book

    def set_holiday_terms(self, terms: HolidayTerms) -> int:
        """Let terms of holiday hold from a day (`id` 0), or change some; return their id.

        Terms already dated that day are replaced. What was earned before the day stays as it is.

        Raises:
            EntryError: If the hours, the day or the start of the leave year cannot be.
            RefusedError: If holiday pay may not be paid with the wages.
        """
        terms = checked_holiday_terms(terms)
        with self._book.change("Set holiday terms") as tx:
            employment = tx.get(Employment, terms.employment_id)
            held = tx.find(HolidayTerms, employment_id=employment.id, order_by="from_day")
            same = next((term for term in held if term.from_day == terms.from_day), None)
            if same is not None and terms.id not in {0, same.id}:
                raise _already_dated(terms.from_day)
            terms = replace(terms, id=same.id if same else terms.id)
            together = [*(term for term in held if term.id != terms.id or not terms.id), terms]
            together.sort(key=lambda term: term.from_day)
            _check_days(employment, together)
            contract = HolidayContract(employment, tuple(together))
            refuse_rolled_up(contract, terms, nation_on(tx, terms.from_day))
            return put(tx, terms)

    def remove_holiday_terms(self, terms_id: int) -> None:
        """Take out terms, so that those before them go on."""
        with self._book.change("Removed holiday terms") as tx:
            terms = tx.get(HolidayTerms, terms_id)
            first = tx.find(
                HolidayTerms, employment_id=terms.employment_id, order_by="from_day", limit=1
            )[0]
            if first.id == terms.id:
                raise RefusedError(
                    what=_("The first holiday terms cannot be taken out."),
                    why=_(
                        "From the first day of a job something has to say how holiday builds up."
                    ),
                    next_step=_("Change them instead."),
                )
            tx.remove(terms)


def nation_on(reading: Reading, day: date) -> Nation:
    """Return whose law holds for the employer on a day; before it is known, England's."""
    schemes = reading.find(EmployerScheme, order_by="from_day")
    scheme = latest_on(schemes, day) or (schemes[0] if schemes else None)
    return scheme.nation if scheme else Nation.ENGLAND


def refuse_rolled_up(contract: HolidayContract, terms: HolidayTerms, nation: Nation) -> None:
    """Refuse holiday pay paid with the wages where the law does not allow it."""
    if not terms.rolled_up:
        return
    year = contract.leave_year_of(terms.from_day)
    refusal = rolled_up_refusal(terms.holiday_class, year.first_day, nation)
    if refusal is not None:
        raise RefusedError(
            what=_("Holiday may not be paid with the wages here."),
            why=refusal.sentence(),
            next_step=_("Pay holiday when it is taken."),
        )


def holiday_term_findings(name: str, terms: HolidayTerms, nation: Nation) -> tuple[Finding, ...]:
    """Say where terms of holiday are not those of the nation the employer is in."""
    in_northern_ireland = terms.holiday_class is HolidayClass.NORTHERN_IRELAND
    if in_northern_ireland == (nation is Nation.NORTHERN_IRELAND):
        return ()
    message = (
        _(
            "Their holiday terms are those of Northern Ireland, and this household is not there. "
            "Choose how their hours are on the Holiday part."
        )
        if in_northern_ireland
        else _(
            "This household is in Northern Ireland, where holiday is 5.6 weeks whatever the hours. "
            "Choose Northern Ireland on the Holiday part."
        )
    )
    return (Finding(Severity.WARNING, "holiday_terms_of_another_nation", name, message),)


def _check_days(employment: Employment, held: list[HolidayTerms]) -> None:
    """Check that terms begin with the employment, and move leave years only where one begins."""
    first = held[0]
    if first.from_day != employment.started_on:
        raise EntryError(
            what=_("Holiday terms would hold from {day}.").format(day=long_date(first.from_day)),
            why=_("The first hold from the first day of the job, {first}.").format(
                first=long_date(employment.started_on)
            ),
            next_step=_("Choose that day, or a later one for terms that come after."),
        )
    for before, after in pairwise(held):
        refuse_leave_year_inside(after, before, employment.started_on)


def _already_dated(day: date) -> EntryError:
    return EntryError(
        what=_("There are already holiday terms from {day}.").format(day=long_date(day)),
        why=_("One set of terms holds on a day."),
        next_step=_("Change those, or choose another day."),
    )
