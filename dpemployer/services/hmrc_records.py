"""What is kept about HMRC and never sent: the P32, the deductions record, P60 figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry, Split
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.identifiers import NINO
from dpemployer.money import Money
from dpemployer.payroll.allowance import is_small_by, is_small_employer, quarterly_test
from dpemployer.payroll.deductions_record import record_lines, record_totals
from dpemployer.payroll.p32 import p32_of_month, p32_together
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, OpeningPay, PersonalAssistant
from dpemployer.payroll.reporting import NiOfYear, ReportKind, Told, p60_due
from dpemployer.payroll.year_end import p60_of
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.hmrc_due import reports_of
from dpemployer.services.hmrc_rows import P32Row, P60Row, RecordSheet, ReportRow, VerdictRow
from dpemployer.services.hmrc_sheets import slips_of, year_of
from dpemployer.services.owed import hmrc_months, month_key, opening_hmrc, settle_since
from dpemployer.services.reading import put, terms_of
from dpemployer.services.statutory_paid import class_1_is_known
from dpemployer.workings import explain

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.payroll.allowance import Verdict
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading


class Records:
    """The records of one book."""

    _book: Book
    _rates: RateBook

    # ── P32 ──

    def p32(self, year: TaxYear) -> tuple[P32Row, ...]:
        """Return the twelve tax months of the employer payment record."""
        with self._book.read() as reading:
            return _p32_months(reading, self._rates, year)

    def p32_quarters(self, year: TaxYear) -> tuple[P32Row, ...]:
        """Return the four quarters, each its three months together."""
        months = self.p32(year)
        return tuple(_together(months[start : start + 3]) for start in range(0, 12, 3))

    def p32_year(self, year: TaxYear) -> P32Row:
        """Return the whole tax year."""
        return _together(self.p32(year))

    def quarterly(self, year: TaxYear, on: date) -> VerdictRow:
        """Say whether HMRC lets this employer pay by the quarter, by the months worked out."""
        months = [
            (_("in tax month {number}").format(number=row.months[0]), row.amount("due"))
            for row in self.p32(year)
            if row.last_day < on and any(one.amount for one in row.figures)
        ]
        return _verdict(quarterly_test(months, self._rates.for_year(year)), year)

    # ── the small-employer test ──

    def small_employer(self, year: TaxYear) -> VerdictRow | None:
        """Say whether a tax year's National Insurance makes a small employer.

        Returns None when the book does not hold that year whole and nobody has said what it
        came to.
        """
        rates = self._rates.on(min(max(year.last_day, self._rates.first_day), self._rates.last_day))
        with self._book.read() as reading:
            said = reading.find_one(NiOfYear, tax_year=str(year))
            if said is not None:
                verdict = is_small_by(said.total, said.source or _("not said"), year, rates)
                return _verdict(verdict, year)
            if not class_1_is_known(reading, year):
                return None
            fields = ("employee_ni", "employer_ni")
            employee, employer = reading.sums(Payslip, fields, tax_year=str(year))
            before = reading.sums(OpeningPay, fields, tax_year=str(year))
        shares = (employee + before[0], employer + before[1])
        return _verdict(is_small_employer(*shares, year, rates), year)

    def set_ni_of_year(self, year: TaxYear, total: Money, source: str) -> int:
        """Record all Class 1 National Insurance of a year this book does not hold whole."""
        with self._book.change("Set a year’s National Insurance") as tx:
            same = tx.find_one(NiOfYear, tax_year=str(year))
            kept = put(tx, NiOfYear(same.id if same else 0, str(year), total, source.strip()))
            # What HMRC gives back for family pay of later years hangs on it.
            settle_since(tx, self._rates, TaxYear(year.start + 1).first_day)
            return kept

    # ── deductions record ──

    def record(self, employment_id: int, year: TaxYear) -> RecordSheet:
        """Return the deductions record of one job in a tax year."""
        with self._book.read() as reading:
            held = year_of(reading, employment_id, year)
            name, facts = _about(reading, employment_id)
        return RecordSheet(
            employment_id,
            name,
            str(year),
            facts,
            record_lines(held.slips, held.openings),
            record_totals(held.slips, held.openings),
        )

    # ── P60 ──

    def p60s(self, year: TaxYear, on: date) -> tuple[P60Row, ...]:
        """Return the P60 figures of everybody employed on 5 April."""
        with self._book.read() as reading:
            reports = reports_of(reading, self._rates, year, on)
            rows = [
                _p60(reading, self._rates, one, year, reports)
                for one in reading.find(Employment, between={"started_on": (None, year.last_day)})
                if (one.left_on is None or one.left_on >= year.last_day)
                and reading.rows(
                    Payslip, ("id",), employment_id=one.id, tax_year=str(year), limit=1
                )
            ]
        return tuple(sorted(rows, key=lambda row: row.name.casefold()))

    def p60(self, employment_id: int, year: TaxYear, on: date) -> P60Row:
        """Return the P60 figures of one job."""
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            reports = reports_of(reading, self._rates, year, on)
            return _p60(reading, self._rates, employment, year, reports)


def _p32_months(reading: Reading, rates: RateBook, year: TaxYear) -> tuple[P32Row, ...]:
    slips = slips_of(reading, tax_year=str(year), order_by=("pay_date", "name", "id"))
    paid = _paid(reading, year)
    rows = []
    for owed in hmrc_months(reading, rates, year):
        month = owed.month
        own = [slip for slip in slips if TaxMonth.of(slip.pay_date) == month]
        rows.append(
            P32Row(
                tax_year=str(year),
                months=(month.number,),
                first_day=month.first_day,
                last_day=month.last_day,
                figures=p32_of_month(own, owed.payment, opening_hmrc(reading, month)),
                due_on=owed.due_on,
                paid=Money.total(amount for _day, amount in paid.get(month_key(month), ())),
                paid_on=max((day for day, _amount in paid.get(month_key(month), ())), default=None),
            )
        )
    return tuple(rows)


def _paid(reading: Reading, year: TaxYear) -> dict[str, list[tuple[date, Money]]]:
    """Return what the account paid HMRC for each tax month of a year, and when."""
    keys = [month_key(TaxMonth(year, number)) for number in range(1, 13)]
    months = dict(
        reading.rows(
            Commitment,
            ("id", "tax_month"),
            kind=CommitmentKind.HMRC,
            any_of={"tax_month": keys},
        )
    )
    splits = reading.rows(
        Split,
        ("commitment_id", "entry_id", "amount"),
        any_of={"commitment_id": tuple(months)},
    )
    days = dict(
        reading.rows(
            LedgerEntry,
            ("id", "day"),
            status=EntryStatus.LIVE,
            any_of={"id": {entry for _commitment, entry, _amount in splits}},
        )
    )
    found: dict[str, list[tuple[date, Money]]] = {}
    for commitment, entry, amount in splits:
        if entry in days:
            found.setdefault(months[commitment], []).append((days[entry], -amount))
    return found


def _together(months: tuple[P32Row, ...]) -> P32Row:
    named = [
        (_("in tax month {number}").format(number=row.months[0]), row.figures) for row in months
    ]
    return P32Row(
        tax_year=months[0].tax_year,
        months=tuple(number for row in months for number in row.months),
        first_day=months[0].first_day,
        last_day=months[-1].last_day,
        figures=p32_together(named),
        due_on=months[-1].due_on,
        paid=Money.total(row.paid for row in months),
        paid_on=max((row.paid_on for row in months if row.paid_on), default=None),
    )


def _verdict(verdict: Verdict, year: TaxYear) -> VerdictRow:
    return VerdictRow(verdict.yes, explain(verdict.workings, year.last_day), verdict.findings)


def _about(reading: Reading, employment_id: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return whose record it is, and what stands at its head."""
    employment = reading.get(Employment, employment_id)
    person = reading.get(PersonalAssistant, employment.assistant_id)
    facts = (
        (_("Name"), person.name),
        (_("Address"), person.address),
        (_("National Insurance number"), NINO.shown(person.nino) if person.nino else ""),
        (_("Date of birth"), long_date(person.born_on)),
        (_("Payroll ID"), employment.payroll_id),
        (_("Started"), long_date(employment.started_on)),
        (_("Left"), long_date(employment.left_on) if employment.left_on else ""),
    )
    return person.name, tuple(fact for fact in facts if fact[1])


def _p60(
    reading: Reading,
    rates: RateBook,
    employment: Employment,
    year: TaxYear,
    reports: tuple[ReportRow, ...],
) -> P60Row:
    held = year_of(reading, employment.id, year)
    name, facts = _about(reading, employment.id)
    code = terms_of(reading, (employment.id,))[employment.id].tax_code_on(year.last_day)
    text = "" if code is None else (str(code.code) if code.week1_month1 else code.code.text)
    told = reading.find_one(
        Told, kind=ReportKind.P60, tax_year=str(year), employment_id=employment.id
    )
    untold = [
        row
        for row in reports
        if row.kind is ReportKind.PAYDAY and row.told is None and name in row.who.split(", ")
    ]
    return P60Row(
        employment.id,
        name,
        str(year),
        facts,
        p60_of(held.slips, held.openings, held.p45s, text),
        p60_due(year, rates.for_year(year)),
        told,
        _untold_findings(name, untold),
    )


def _untold_findings(name: str, untold: list[ReportRow]) -> tuple[Finding, ...]:
    """Say that HMRC does not know all of a year yet, so that its record may say something else."""
    if not untold:
        return ()
    words = ngettext(
        "HMRC has not been told of {count} payday yet, that of {day}. Tell it first, so that the "
        "P60 says the same as HMRC’s record.",
        "HMRC has not been told of {count} paydays yet, the first that of {day}. Tell it first, so "
        "that the P60 says the same as HMRC’s record.",
        len(untold),
    )
    return (
        Finding(
            Severity.WARNING,
            "p60_before_told",
            name,
            words.format(count=len(untold), day=long_date(untold[0].day)),
            "HMRC, RD1: specification for employer substitute forms P60",
        ),
    )
