"""What a pension provider is sent after a payday: a PAPDIS file, and a summary for people.

PAPDIS is the Payroll and Pension Data Interface Standard of the pensions industry; this is its
version 1.0 as a CSV file. Providers that do not take it show the same figures on their own pages,
and the summary is in the order they ask. What people took home is the share *taken from pay*: a
provider that gives tax relief at source adds the relief itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.documents.exports import csv_bytes
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.errors import RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentHistory,
    EnrolmentKind,
    PensionArrangement,
    PensionContribution,
)
from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.terms import latest_on
from dpemployer.periods import PayFrequency
from dpemployer.services.owed import pension_due_on
from dpemployer.services.papers import PaperFile
from dpemployer.services.pension_records import histories
from dpemployer.services.reading import employer_on
from dpemployer.statutory.pensions import WorkerCategory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dpemployer.documents.exports import Value
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

VERSION = "PAP01"
"""PAPDIS 1.0."""
COLUMNS = (
    "PAPDISVersion",
    "PensionProviderId",
    "EmployerId",
    "Group",
    "SubGroup",
    "PayPeriodStartDate",
    "PayPeriodEndDate",
    "ContributionDeductionDate",
    "FrequencyCode",
    "TaxPeriod",
    "Title",
    "Forename1",
    "Forename2",
    "Surname",
    "EmployeeId",
    "BirthDate",
    "Gender",
    "NationalInsuranceNumber",
    "Address1",
    "Address2",
    "Address3",
    "Address4",
    "Postcode",
    "Country",
    "EmailAddress",
    "EmploymentStartDate",
    "ExitDate",
    "ExitReasonCode",
    "AssessmentCode",
    "EventCode",
    "EventDate",
    "DeferralDate",
    "AEOptOutDate",
    "AEOptOutReference",
    "EnrolmentCommunicationsIssuedDate",
    "EmployerContributionsAmount",
    "EmployeeContributionsAmount",
    "AdditionalVoluntaryContributionsAmount",
    "AdditionalVoluntaryContributionsPercent",
    "PensionableEarningsAmount",
    "EmployerContributionsPercent",
    "EmployeeContributionsPercent",
    "SalarySacrificeIndicator",
    "AnnualSalary",
)
"""The fields of PAPDIS 1.0, in its order."""

_FREQUENCIES = {
    PayFrequency.WEEKLY: "W1",
    PayFrequency.FORTNIGHTLY: "W2",
    PayFrequency.FOUR_WEEKLY: "W4",
    PayFrequency.MONTHLY: "M1",
}
_ASSESSMENTS = {
    WorkerCategory.ELIGIBLE_JOBHOLDER: "1",
    WorkerCategory.NON_ELIGIBLE_JOBHOLDER: "2",
    WorkerCategory.ENTITLED_WORKER: "3",
}
_EVENTS = {
    EnrolmentKind.ENROLLED: "1",
    EnrolmentKind.RE_ENROLLED: "1",
    EnrolmentKind.OPTED_IN: "2",
    EnrolmentKind.JOINED: "3",
}
_NO_EVENT = "0"
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s,;<>]+@[^\s,;<>]+\.[^\s,;<>]+")
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """One person's part of a payday's file."""

    slip: Payslip
    person: PersonalAssistant
    employment: Employment
    history: EnrolmentHistory
    came_in: EnrolmentEvent | None
    went: EnrolmentEvent | None
    paid: PensionContribution | None
    """What was paid in; None when nothing was."""
    given_back: tuple[PensionContribution, ...]


class PensionFiles:
    """What the provider is sent, of one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def contribution_file(self, pay_run_id: int) -> tuple[PaperFile, PaperFile]:
        """Return the PAPDIS file of a final pay run, and the summary beside it.

        Raises:
            RefusedError: If the pay run is a draft or a reversal, or pays into no pension.
        """
        with self._book.read() as reading:
            run = reading.get(PayRun, pay_run_id)
            _refuse(run)
            rows = _rows(reading, run)
            arrangement = latest_on(reading.find(PensionArrangement), run.pay_date)
            if not rows:
                raise RefusedError(
                    what=_("The payday of {day} pays into no pension.").format(
                        day=long_date(run.pay_date)
                    ),
                    why=_("Nobody paid on it was a member, came in or opted out."),
                    next_step=_("There is nothing to send to a pension provider."),
                )
            due = pension_due_on(
                reading.find(EmployerScheme, order_by="from_day"), self._rates, run.pay_date
            )
            summary = _summary(run, rows, arrangement, due, employer_on(reading, run.pay_date).name)
        name = _("pension {day}").format(day=run.pay_date.isoformat())
        table = csv_bytes(COLUMNS, (_papdis(row, arrangement) for row in rows), for_a_program=True)
        return (
            PaperFile(f"{name} PAPDIS.csv", table),
            PaperFile(f"{name}.pdf", letter_pdf(summary, large_print=False)),
        )


def _refuse(run: PayRun) -> None:
    if run.status is not PayRunStatus.FINAL:
        raise RefusedError(
            what=_("The payday of {day} is not final.").format(day=long_date(run.pay_date)),
            why=_("What the provider is sent must be what was paid."),
            next_step=_("Finalise it first."),
        )
    if run.reverses_id is not None:
        raise RefusedError(
            what=_("This pay run takes another one back."),
            why=_("A provider is told by a corrected file, not by a file below nothing."),
            next_step=_("Send the file of the payday that took its place."),
        )


def _rows(reading: Reading, run: PayRun) -> tuple[_Row, ...]:
    """Gather everybody paid on a payday who has to do with a pension."""
    slips = reading.find(Payslip, pay_run_id=run.id)
    paid: dict[int, list[PensionContribution]] = {slip.id: [] for slip in slips}
    for contribution in reading.find(PensionContribution, any_of={"payslip_id": list(paid)}):
        paid[contribution.payslip_id].append(contribution)
    found = histories(reading, [slip.employment_id for slip in slips])
    rows = [_row(reading, slip, paid[slip.id], found[slip.employment_id]) for slip in slips]
    return tuple(row for row in rows if row.paid or row.given_back or row.came_in or row.went)


def _row(
    reading: Reading, slip: Payslip, paid: Iterable[PensionContribution], history: EnrolmentHistory
) -> _Row:
    employment = reading.get(Employment, slip.employment_id)
    before = employment.schedule.period_of(slip.first_day).first_day
    since = _payday_before(reading, slip) or before
    came_in = history.way_in(slip.pay_date)
    went = history.gone(slip.pay_date)
    given_back = [one for one in paid if one.employee < NOTHING or one.employer < NOTHING]
    kept = [one for one in paid if one not in given_back]
    return _Row(
        slip=slip,
        person=reading.get(PersonalAssistant, employment.assistant_id),
        employment=employment,
        history=history,
        came_in=came_in if came_in is not None and _is_new(came_in, slip, since) else None,
        went=went if went is not None and (given_back or went.day > since) else None,
        paid=kept[0] if kept else None,
        given_back=tuple(given_back),
    )


def _payday_before(reading: Reading, slip: Payslip) -> date | None:
    """Return the payday before a payslip's, of the same job."""
    rows = reading.rows(
        Payslip,
        ("pay_date",),
        employment_id=slip.employment_id,
        between={"pay_date": (None, slip.pay_date)},
        order_by="-pay_date",
    )
    earlier = [day for (day,) in rows if day < slip.pay_date]
    return earlier[0] if earlier else None


def _is_new(came_in: EnrolmentEvent, slip: Payslip, since: date) -> bool:
    """Whether a way in came with this payslip, or after the payday before it."""
    return came_in.payslip_id == slip.id or came_in.day > since


def _papdis(row: _Row, arrangement: PensionArrangement | None) -> tuple[Value, ...]:
    slip, person, employment, paid = row.slip, row.person, row.employment, row.paid
    *address, postcode = _address(person.address)
    opted_out = row.went is not None and row.went.kind is EnrolmentKind.OPTED_OUT
    email = _EMAIL.search(person.contact)
    came_in = row.history.way_in(slip.pay_date)
    told = row.history.informed_on(came_in, slip.pay_date) if came_in else None
    values: Mapping[str, Value] = {
        "PAPDISVersion": VERSION,
        "EmployerId": arrangement.reference if arrangement else "",
        "Group": (arrangement.worker_group if arrangement else "") or "default",
        "PayPeriodStartDate": slip.first_day,
        "PayPeriodEndDate": slip.last_day,
        "ContributionDeductionDate": slip.pay_date,
        "FrequencyCode": _FREQUENCIES[slip.frequency],
        "TaxPeriod": slip.tax_period,
        **_names(person),
        "EmployeeId": employment.payroll_id,
        "BirthDate": person.born_on,
        "NationalInsuranceNumber": person.nino,
        **{f"Address{place}": line for place, line in enumerate(address, 1)},
        "Postcode": postcode,
        "EmailAddress": email.group() if email else "",
        "EmploymentStartDate": employment.started_on,
        "ExitDate": row.went.day if row.went is not None and not opted_out else employment.left_on,
        "AssessmentCode": _ASSESSMENTS.get(slip.pension_category, "")
        if slip.pension_category
        else "",
        "EventCode": _EVENTS[row.came_in.kind] if row.came_in else _NO_EVENT,
        "EventDate": row.came_in.day if row.came_in else None,
        "AEOptOutDate": row.went.day if row.went is not None and opted_out else None,
        "EnrolmentCommunicationsIssuedDate": told,
        "EmployerContributionsAmount": paid.employer if paid else NOTHING,
        "EmployeeContributionsAmount": paid.employee if paid else NOTHING,
        "AdditionalVoluntaryContributionsAmount": NOTHING,
        "PensionableEarningsAmount": paid.pensionable if paid else NOTHING,
        "EmployerContributionsPercent": paid.employer_percent if paid else None,
        "EmployeeContributionsPercent": paid.employee_percent if paid else None,
        "SalarySacrificeIndicator": "0",
    }
    return tuple(values.get(column) for column in COLUMNS)


def _names(person: PersonalAssistant) -> Mapping[str, str]:
    first, _space, second = person.first_names.partition(" ")
    return {"Forename1": first, "Forename2": second, "Surname": person.surname}


def _address(text: str) -> tuple[str, str, str, str, str]:
    """Divide an address as it is written into four lines and a postcode."""
    lines = [line.strip(" ,") for line in re.split(r"[\n,]", text) if line.strip(" ,")]
    postcode = ""
    if lines and (found := _POSTCODE.search(lines[-1])):
        postcode = f"{found.group(1)} {found.group(2)}".upper()
        lines[-1] = lines[-1][: found.start()].strip(" ,")
        lines = [line for line in lines if line]
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = [", ".join(lines[_MOST_LINES - 1 :])]
    first, second, third, fourth = (*lines, "", "", "", "")[:_MOST_LINES]
    return first, second, third, fourth, postcode


def _summary(
    run: PayRun,
    rows: Iterable[_Row],
    arrangement: PensionArrangement | None,
    due: date,
    employer: str,
) -> LetterPaper:
    """Return the same figures for people, with what to pay and by when."""
    rows = list(rows)
    paid = [row.paid for row in rows if row.paid is not None]
    given_back = [one for row in rows for one in row.given_back]
    taken = Money.total(one.employee for one in paid)
    own = Money.total(one.employer for one in paid)
    relief = Money.total(one.relief_added for one in paid)
    providers = sorted({one.provider for one in (*paid, *given_back)})
    if not providers and arrangement is not None:
        providers = [arrangement.provider]
    facts = [
        (_("Pension provider"), ", ".join(providers)),
        (_("Your number with them"), arrangement.reference if arrangement else ""),
        (_("Payday"), long_date(run.pay_date)),
        (_("To pay"), str(taken + own)),
        (_("To be with them by"), long_date(due)),
    ]
    return LetterPaper(
        heading=_("Pension contributions for {day}").format(day=long_date(run.pay_date)),
        sender=employer,
        dated=run.pay_date,
        facts=tuple(fact for fact in facts if fact[1]),
        columns=(
            _("Name"),
            _("Pay that counts"),
            _("Taken from pay"),
            _("You pay"),
            _("Tax relief they claim"),
        ),
        rows=tuple(
            (
                row.slip.name,
                str(row.paid.pensionable),
                str(row.paid.employee),
                str(row.paid.employer),
                str(row.paid.relief_added),
            )
            for row in rows
            if row.paid is not None
        ),
        totals=(
            _("Together"),
            str(Money.total(one.pensionable for one in paid)),
            str(taken),
            str(own),
            str(relief),
        ),
        closing=tuple(line for row in rows for line in _remarks(row)),
    )


def _remarks(row: _Row) -> Iterable[str]:
    """Say who came in or went, and what comes back from the provider."""
    name = row.slip.name
    if row.came_in is not None:
        yield _("{name} is a member from {day}: tell the provider.").format(
            name=name, day=long_date(row.came_in.day)
        )
    if row.went is not None and row.went.kind is EnrolmentKind.OPTED_OUT:
        yield _("{name} opted out on {day}.").format(name=name, day=long_date(row.went.day))
    elif row.went is not None:
        yield _("{name} left the pension on {day}.").format(name=name, day=long_date(row.went.day))
    for one in row.given_back:
        yield _(
            "{provider} gives back {employee} taken from {name}’s pay and your {employer}: "
            "{together} together."
        ).format(
            provider=one.provider,
            employee=-one.employee,
            name=name,
            employer=-one.employer,
            together=-(one.employee + one.employer),
        )
