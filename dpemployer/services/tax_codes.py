"""Tax codes as they come: HMRC's notices, and a P45 handed over on the first day or later.

What a notice or a P45 says is kept with the code: its own date, and the figures it gives of
earlier jobs. A new code is used from the first payday that is not yet done; on a cumulative code
that payday makes up for those before it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    CodeFrom,
    Employment,
    OpeningPay,
    StarterDeclaration,
    TaxCodeHeld,
)
from dpemployer.payroll.starters import sent_by_hmrc, starter_code, used_from
from dpemployer.periods import TaxYear
from dpemployer.services.opening import put_opening_pay
from dpemployer.services.reading import live_payslips, put
from dpemployer.services.rows import CodeRecorded
from dpemployer.statutory.income_tax import check_code
from dpemployer.statutory.tax_code import TaxCode

if TYPE_CHECKING:
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading


class TaxCodes:
    """Codes that came on paper, in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def record_notice(
        self,
        employment_id: int,
        code: str,
        noticed_on: date,
        use_from: date | None = None,
        previous_pay: Money | None = None,
        previous_tax: Money | None = None,
    ) -> CodeRecorded:
        """Record a notice from HMRC: P6, P9 or the same online.

        Args:
            employment_id: Whose code it is.
            code: The code, with any week 1 or month 1 mark.
            noticed_on: The date on the notice.
            use_from: The day it says the code is to be used from; None: its own date.
            previous_pay: Pay of earlier jobs in the tax year, where it says so.
            previous_tax: The tax on that pay.

        Raises:
            EntryError: If there is no such code, or the figures cannot be.
        """
        parsed = TaxCode.parse(code)
        _check_figures(previous_pay, previous_tax)
        if noticed_on > today():
            raise EntryError(
                what=_("The notice is dated {day}, which is still to come.").format(
                    day=long_date(noticed_on)
                ),
                why=_("HMRC dates a notice when it is sent."),
                next_step=_(
                    "Type the date on it. If it says from when the code is to be used, that goes "
                    "in the next box."
                ),
            )
        with self._book.change("Recorded a tax code notice") as tx:
            employment = tx.get(Employment, employment_id)
            day = used_from(
                use_from or noticed_on, employment.started_on, _last_paid(tx, employment_id)
            )
            self._check_code(parsed, day)
            source = _("HMRC’s notice of {day}").format(day=long_date(noticed_on))
            held = TaxCodeHeld(
                id=0,
                employment_id=employment_id,
                from_day=day,
                code=str(parsed),
                source=source,
                kind=CodeFrom.HMRC_NOTICE,
                noticed_on=noticed_on,
                previous_pay=previous_pay,
                previous_tax=previous_tax,
            )
            _put_code(tx, held)
            if previous_pay is not None:
                _put_previous(tx, held, previous_pay, previous_tax or NOTHING)
        return CodeRecorded(str(parsed), day, source, counts_figures=previous_pay is not None)

    def record_p45(
        self,
        employment_id: int,
        code: str,
        left_on: date,
        pay: Money,
        tax: Money,
        given_on: date,
    ) -> CodeRecorded:
        """Record a P45, handed over on the first day or later.

        Raises:
            EntryError: If there is no such code, or the figures cannot be.
            RefusedError: If HMRC has sent a code already: that one stands.
        """
        parsed = TaxCode.parse(code)
        _check_figures(pay, tax)
        with self._book.change("Recorded a P45") as tx:
            employment = tx.get(Employment, employment_id)
            if left_on > max(given_on, employment.started_on):
                raise EntryError(
                    what=_("The P45 says they left on {day}, after they gave it to you.").format(
                        day=long_date(left_on)
                    ),
                    why=_("A P45 is made when a job has ended."),
                    next_step=_("Check the leaving date on it."),
                )
            year = TaxYear.of(max(given_on, employment.started_on))
            _refuse_beside_notice(tx, employment_id, year)
            given = starter_code(
                employment.starter_declaration,
                employment.started_on,
                known_rates(self._rates, employment.started_on),
                p45_code=str(parsed),
                p45_left_on=left_on,
                frequency=employment.frequency,
                p45_given_on=given_on,
            )
            if given.kind is not CodeFrom.P45:
                raise RefusedError(
                    what=_("This P45 is too old to be used."),
                    why=_(
                        "A P45 counts in its own tax year, and in the next for a job that began "
                        "by 24 May."
                    ),
                    next_step=_(
                        "Ask for a starter checklist instead, and keep the P45 with your papers."
                    ),
                )
            day = used_from(given_on, employment.started_on, _last_paid(tx, employment_id))
            self._check_code(TaxCode.parse(given.code), day)
            held = TaxCodeHeld(
                id=0,
                employment_id=employment_id,
                from_day=day,
                code=given.code,
                source=_("P45 of a job that ended on {day}").format(day=long_date(left_on)),
                kind=CodeFrom.P45,
                noticed_on=left_on,
                previous_pay=pay if given.counts_p45 else None,
                previous_tax=tax if given.counts_p45 else None,
            )
            _put_code(tx, held)
            if given.counts_p45 and pay:
                _put_previous(tx, held, pay, tax)
            if employment.starter_declaration is StarterDeclaration.NONE:
                tx.update(replace(employment, starter_declaration=StarterDeclaration.P45))
        return CodeRecorded(given.code, day, given.why, counts_figures=given.counts_p45)

    def _check_code(self, code: TaxCode, day: date) -> None:
        if self._rates.first_day <= day:
            check_code(code, known_rates(self._rates, day))


def _last_paid(reading: Reading, employment_id: int) -> date | None:
    standing = live_payslips(reading, employment_id, from_last_day=date.min)
    days = reading.rows(Payslip, ("pay_date",), any_of={"id": standing})
    return max((day for (day,) in days), default=None)


def _put_code(tx: Change, held: TaxCodeHeld) -> None:
    """Keep a code, in the place of one from the very same day."""
    same = tx.find_one(TaxCodeHeld, employment_id=held.employment_id, from_day=held.from_day)

    put(tx, replace(held, id=same.id if same else 0))


def _put_previous(tx: Change, held: TaxCodeHeld, pay: Money, tax: Money) -> None:
    """Count the figures of earlier jobs from the payday the code is used from."""
    year = TaxYear.of(held.from_day)
    put_opening_pay(
        tx,
        OpeningPay(
            id=0,
            employment_id=held.employment_id,
            tax_year=str(year),
            source=held.source,
            previous_pay=pay,
            previous_tax=tax,
        ),
        year,
    )


def _refuse_beside_notice(tx: Change, employment_id: int, year: TaxYear) -> None:
    held = tx.find(TaxCodeHeld, employment_id=employment_id)
    notice = sent_by_hmrc(held, year)
    if notice is not None:
        raise RefusedError(
            what=_("HMRC has already sent code {code}.").format(code=notice.code),
            why=_("What HMRC sends beats a P45, and has its figures in it."),
            next_step=_("Go on using HMRC’s code, and keep the P45 with your papers."),
        )


def _check_figures(pay: Money | None, tax: Money | None) -> None:
    if pay is None and tax is None:
        return
    if pay is None or pay < NOTHING or (tax or NOTHING) < NOTHING:
        raise EntryError(
            what=_("Pay and tax of earlier jobs go together, and are not below nothing."),
            why=_("Tax is worked out on both."),
            next_step=_("Type both as the paper says them, or neither."),
        )
    if (tax or NOTHING) > pay:
        raise EntryError(
            what=_("The tax of {tax} is more than the pay of {pay}.").format(tax=tax, pay=pay),
            why=_("Nobody pays more tax than they earned."),
            next_step=_("Look at the paper again: the two may have changed places."),
        )
