"""The invented household of `resources/demo`, lived through with the services the windows use.

Nothing here knows how a figure comes about. The household's file says what happened; this
types it in, in the order it happened. What came of it is compared in `demo_figures`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from dpemployer.bank_days import Nation
from dpemployer.bookkeeping.accounts import Account, AccountKind
from dpemployer.bookkeeping.awards import (
    Award,
    AwardBasis,
    ContributionPlan,
    Funder,
    FunderKind,
    PaymentFrequency,
)
from dpemployer.bookkeeping.commitments import CommitmentKind
from dpemployer.bookkeeping.ledger import LedgerEntry, Method
from dpemployer.bookkeeping.reported import Invoice
from dpemployer.data_files import read_bytes, read_text
from dpemployer.errors import SignOffRefusedError
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.money import Money
from dpemployer.payroll.enrolment import (
    EnrolmentKind,
    PensionArrangement,
    PensionDutyKind,
    PensionLetter,
)
from dpemployer.payroll.household import EmployerScheme, OpeningHousehold, Party, Role
from dpemployer.payroll.people import (
    Employment,
    HolidayClass,
    HolidayTerms,
    OpeningHoliday,
    OpeningPay,
    PaidWeek,
    PayRate,
    PayType,
    PensionBasis,
    PensionMembership,
    PensionRelief,
    Per,
    PersonalAssistant,
    StarterDeclaration,
)
from dpemployer.payroll.timesheet import Shift
from dpemployer.periods import PayFrequency, TaxMonth, TaxYear
from dpemployer.services.money_rows import Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dpemployer.services.ledger import Ledger
    from dpemployer.services.money_rows import SignedRow
    from dpemployer.services.opening import Opening
    from dpemployer.services.pay_runs import PayRuns
    from dpemployer.services.pensions import Pensions
    from dpemployer.services.people import People
    from dpemployer.services.returns import Returns
    from dpemployer.services.rows import PaydayRow, PayRunFinalised
    from dpemployer.services.timesheets import Timesheets

TAX_YEAR = TaxYear(2026)

Table = dict[str, Any]
"""One table of a TOML file."""


class Services(Protocol):
    """The part of an open office that a household lives through."""

    @property
    def people(self) -> People:
        """Who works here, and who is who."""

    @property
    def pensions(self) -> Pensions:
        """The workplace pension."""

    @property
    def opening(self) -> Opening:
        """What was so before the book began."""

    @property
    def timesheets(self) -> Timesheets:
        """Hours."""

    @property
    def pay_runs(self) -> PayRuns:
        """Paydays."""

    @property
    def ledger(self) -> Ledger:
        """Money in and out."""

    @property
    def returns(self) -> Returns:
        """What funders ask for."""


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """The files of `resources/demo`."""

    household: Table
    expected: Table
    statement: bytes
    papers: Mapping[str, bytes]

    @property
    def passphrase(self) -> str:
        """What opens the demo's book."""
        return str(self.household["passphrase"])

    @property
    def owner(self) -> str:
        """Whose passphrase it is: whoever signs."""
        signs = self.household["period"]["signed_by"]
        return next(
            str(party["name"]) for party in self.household["party"] if party["key"] == signs
        )

    @classmethod
    def shipped(cls) -> DemoFiles:
        """Read the files as they are shipped."""
        household = tomllib.loads(read_text("demo/household.toml"))
        return cls(
            household,
            tomllib.loads(read_text("demo/expected.toml")),
            read_bytes("demo/statement.csv"),
            {
                paper["file"]: read_bytes(f"demo/papers/{paper['file']}")
                for paper in household["paper"]
            },
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a return was not signed, and how it stood."""

    words: str
    closing: Money
    difference: Money


class Demo:
    """One household, from an empty book to a signed return."""

    def __init__(self, services: Services, files: DemoFiles, tell: Callable[[str], None]) -> None:
        self._services = services
        self._files = files
        self._house = files.household
        self._tell = tell
        self._parties: dict[str, int] = {}
        self._assistants: dict[str, PersonalAssistant] = {}
        self.employments: dict[str, int] = {}
        """Employments by the key the file gives each personal assistant."""
        self._papers: dict[str, int] = {}
        self._owed: dict[str, int] = {}
        self._funders: dict[str, int] = {}
        self._entries: dict[str, int] = {}
        self._account = 0
        self.refusal: Refusal | None = None
        """Why signing was refused while a line was left, once that has been tried."""

    @property
    def tax_year(self) -> TaxYear:
        """The tax year everything happens in."""
        return TAX_YEAR

    @property
    def template(self) -> str:
        """Which return the household answers."""
        return str(self._house["period"]["template"])

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day of the return."""
        period = self._house["period"]
        return period["first_day"], period["last_day"]

    def name_of(self, key: str) -> str:
        """Return the name of a personal assistant."""
        return self._assistants[key].name

    def initials_of(self, key: str) -> str:
        """Return the initials of a personal assistant, as returns ask for them."""
        return self._assistants[key].initials

    # ── before the book: who is who, the award, the terms, the opening figures ──

    def begin(self) -> None:
        """Type in everything that is so before the first payday."""
        self._who_is_who()
        self._keep_papers()
        self._funding()
        self._opening()
        for person in self._house["assistant"]:
            self._take_on(person)
        self._pension()

    def _pension(self) -> None:
        """Say which pension people are enrolled in, and that the regulator was told."""
        chosen, pensions = self._house["pension"], self._services.pensions
        pensions.record_duty(PensionDutyKind.DECLARED, chosen["declared_on"])
        pensions.set_arrangement(
            PensionArrangement(
                id=0,
                from_day=chosen["from_day"],
                provider=chosen["provider"],
                reference=chosen["reference"],
                contact=chosen["contact"],
                basis=PensionBasis(chosen["basis"]),
                relief=PensionRelief(chosen["relief"]),
                employee_percent=Decimal(chosen["employee_percent"]),
                employer_percent=Decimal(chosen["employer_percent"]),
            )
        )

    def _who_is_who(self) -> None:
        people = self._services.people
        for party in self._house["party"]:
            self._parties[party["key"]] = people.add_party(
                Party(
                    id=0,
                    name=party["name"],
                    address=party["address"],
                    contact=party["contact"],
                    reference=party.get("reference", ""),
                )
            )
        for role in self._house["role"]:
            held = people.hold_role(
                self._parties[role["party"]],
                Role(role["role"]),
                role["from_day"],
                role["capacity"],
            )
            if "to_day" in role:
                people.end_role(held, role["to_day"])
        scheme = self._house["scheme"]
        people.set_scheme(EmployerScheme(id=0, **(scheme | {"nation": Nation(scheme["nation"])})))
        self._tell(
            _("{person} is supported; {manager} manages the money, and signs.").format(
                person=self._name("rowan"), manager=self._name("helen")
            )
        )

    def _name(self, key: str) -> str:
        return next(str(party["name"]) for party in self._house["party"] if party["key"] == key)

    def _keep_papers(self) -> None:
        for paper in self._house["paper"]:
            kept = self._services.ledger.keep_paper(
                paper["file"],
                self._files.papers[paper["file"]],
                paper["kind"],
                paper["title"],
                day=paper["day"],
                amount=_money(paper, "amount") if "amount_p" in paper else None,
                reference=paper["reference"],
            )
            self._papers[paper["file"]] = kept.paper_id
        count = len(self._papers)
        self._tell(
            ngettext(
                "{count} paper is kept inside the book.",
                "{count} papers are kept inside the book.",
                count,
            ).format(count=count)
        )

    def _funding(self) -> None:
        ledger = self._services.ledger
        for funder in self._house["funder"]:
            self._funders[funder["key"]] = ledger.set_funder(
                Funder(
                    id=0,
                    key=funder["key"],
                    name=funder["name"],
                    kind=FunderKind(funder["kind"]),
                )
            )
        for award in self._house["award"]:
            ledger.set_award(
                Award(
                    id=0,
                    funder_id=self._funders[award["funder"]],
                    from_day=award["from_day"],
                    to_day=None,
                    gross_weekly=_money(award, "gross_weekly"),
                    contribution_weekly=_money(award, "contribution_weekly"),
                    net_weekly=_money(award, "net_weekly"),
                    basis=AwardBasis(award["basis"]),
                    frequency=PaymentFrequency(award["frequency"]),
                    payment=_money(award, "payment"),
                    first_payment=award["first_payment"],
                    note=award["note"],
                )
            )
        for plan in self._house["contribution_plan"]:
            ledger.set_contribution(
                ContributionPlan(
                    id=0,
                    funder_id=self._funders[plan["funder"]],
                    from_day=plan["from_day"],
                    amount=_money(plan, "amount"),
                    frequency=PaymentFrequency(plan["frequency"]),
                    first_due=plan["first_due"],
                )
            )
        self._services.returns.choose(self.template, self.period[0])

    def _opening(self) -> None:
        opening = self._services.opening
        start = self._house["opening"]
        opening.set_household(
            OpeningHousehold(
                id=0,
                as_of=start["as_of"],
                source=start["source"],
                allowance_used=_money(start, "allowance_used"),
            )
        )
        account = self._house["account"]
        self._account = opening.set_account(
            Account(
                id=0,
                key=account["key"],
                name=account["name"],
                kind=AccountKind(account["kind"]),
                opened_on=account["opened_on"],
                opening_balance=_money(account, "opening_balance"),
            )
        )
        for owed in self._house["opening_owed"]:
            if owed["kind"] == CommitmentKind.HMRC:
                year, _slash, month = owed["tax_month"].partition("/")
                self._owed[owed["key"]] = opening.set_hmrc_owed(
                    TaxMonth(TaxYear.parse(year), int(month)),
                    _money(owed, "amount"),
                    start["source"],
                )
            else:
                self._owed[owed["key"]] = opening.set_pension_owed(
                    owed["payee"],
                    _money(owed, "amount"),
                    owed["incurred_on"],
                    owed["due"],
                    start["source"],
                )
        for entry in self._house["opening_uncleared"]:
            self._entries[entry["key"]] = opening.add_uncleared(self._entry(entry))
        self._tell(
            _("The book begins on {day}, in the middle of a tax year.").format(
                day=long_date(account["opened_on"])
            )
        )

    def _entry(self, entry: Table) -> LedgerEntry:
        return LedgerEntry(
            id=0,
            account_id=self._account,
            day=entry["day"],
            amount=_money(entry, "amount"),
            payee=entry["payee"],
            method=Method(entry["method"]),
            cheque_no=entry.get("cheque_no", ""),
            note=entry.get("note", ""),
        )

    def _take_on(self, person: Table) -> None:
        people = self._services.people
        about = ("first_names", "surname", "born_on", "nino", "address", "contact", "lives_in")
        assistant = PersonalAssistant(id=0, **{name: person[name] for name in about})
        self._assistants[person["key"]] = assistant
        codes, letters = person["tax_code"], person["ni_letter"]
        employment = people.take_on(
            _employment(person, people.add_assistant(assistant)),
            tuple(_rate(rate) for rate in person["rate"]),
            codes[0]["code"],
            letters[0]["letter"],
            _holiday(person),
        )
        self.employments[person["key"]] = employment
        for code in codes:
            people.set_tax_code(employment, code["from_day"], code["code"], code["source"])
        for letter in letters:
            people.set_ni_letter(employment, letter["from_day"], letter["letter"], letter["source"])
        for loan in person.get("loan", ()):
            people.set_loan(employment, loan["plan"], loan["from_day"], loan["source"])
        for pension in person.get("pension", ()):
            people.set_pension(_membership(pension, employment))
        pensions = self._services.pensions
        if "pension_opted_out_on" in person:
            went = person["pension_opted_out_on"]
            pensions.gone_before(employment, EnrolmentKind.OPTED_OUT, went)
        if "pension_told_on" in person:
            pensions.told(employment, PensionLetter.RIGHTS, person["pension_told_on"])
        self._opening_of(person, employment)
        self._tell(
            _("{name} is taken on, with pay to date of {pay}.").format(
                name=assistant.name,
                pay=_money(person["opening_pay"], "pay"),
            )
        )

    def _opening_of(self, person: Table, employment: int) -> None:
        opening = self._services.opening
        pay = person["opening_pay"]
        opening.set_pay(
            OpeningPay(
                id=0,
                employment_id=employment,
                tax_year=pay["tax_year"],
                source=pay["source"],
                **{
                    name.removesuffix("_p"): Money(pence)
                    for name, pence in pay.items()
                    if name.endswith("_p") and not name.startswith("previous")
                },
            )
        )
        if pay["previous_pay_p"]:
            opening.set_p45(
                employment,
                TaxYear.parse(pay["tax_year"]),
                pay["source"],
                _money(pay, "previous_pay"),
                _money(pay, "previous_tax"),
            )
        opening.set_holiday(
            OpeningHoliday(id=0, employment_id=employment, **person["opening_holiday"])
        )
        weeks = person.get("paid_week", ())
        if weeks:
            opening.set_paid_weeks(
                employment,
                tuple(
                    PaidWeek(
                        id=0,
                        employment_id=employment,
                        week_ending=week["week_ending"],
                        minutes=week["minutes"],
                        pay=_money(week, "pay"),
                    )
                    for week in weeks
                ),
            )

    # ── hours, and paydays ──

    def pay(self) -> None:
        """Run every payday in order: type in the shifts, approve them, finalise."""
        pay_runs = self._services.pay_runs
        last = self._house["period"]["last_payday"]
        sheets = {
            (self.employments[sheet["assistant"]], sheet["first_day"]): sheet
            for sheet in self._house["timesheet"]
        }
        while due := [row for row in pay_runs.due(last) if row.pay_date <= last]:
            row = min(due, key=lambda row: (row.paid_on, row.pay_date, row.frequency))
            for employment, _who in row.people:
                self._record_hours(employment, sheets[employment, row.first_day])
            final = pay_runs.finalise(pay_runs.draft(row.frequency, row.first_day, row.last_day))
            self._remember(row, final)
            self._tell(
                _("{day}: {names} paid, {net} in the hand.").format(
                    day=long_date(row.paid_on),
                    names=", ".join(name for _employment, name in row.people),
                    net=final.net_pay,
                )
            )

    def _remember(self, row: PaydayRow, final: PayRunFinalised) -> None:
        """Keep what a payday left owing under the names the bank lines know it by."""
        keys = {employment: key for key, employment in self.employments.items()}
        for owed in final.commitments:
            for employment, _who in row.people:
                if owed.employment_id in {None, employment}:
                    name = f"{_NAME_OF[owed.kind]}/{keys[employment]}/{row.pay_date}"
                    self._owed[name] = owed.id

    def _record_hours(self, employment: int, sheet: Table) -> None:
        timesheets = self._services.timesheets
        timesheet = timesheets.open(employment, sheet["first_day"])
        for shift in sheet["shifts"]:
            kind = PayType(shift["pay_type"])
            timesheets.add_shift(
                Shift(id=0, timesheet_id=timesheet, **(shift | {"pay_type": kind}))
            )
        timesheets.approve(timesheet, self._name(sheet["approved_by"]), sheet["approved_on"])
        for name in sheet["papers"]:
            self._services.ledger.attach(self._papers[name], timesheet_id=timesheet)

    # ── the bank ──

    def bank(self) -> None:
        """Import the statement, and say what every line was for, except the one left on purpose."""
        ledger = self._services.ledger
        for entry in self._house["uncleared"]:
            self._entries[entry["key"]] = ledger.add_entry(
                self._entry(entry), (Part(entry["category"], _money(entry, "amount")),)
            )
            self._attach(entry, self._entries[entry["key"]])
        kept = ledger.keep_statement(
            self._account, "statement.csv", self._files.statement, settle=True
        )
        self._tell(
            _("{added} lines of the bank statement are kept; {settled} settled themselves.").format(
                added=kept.added, settled=kept.settled
            )
        )
        left = self._house["wrong_first"]["leave_uncoded_row"]
        for told in self._house["line"]:
            if told["row"] != left:
                self._code(told)
        self._add_invoices()
        self._tell(_("Every line but one is explained, and its papers are attached."))

    def _code(self, told: Table) -> None:
        """Say what one line was, unless it found that out for itself."""
        ledger = self._services.ledger
        line = next(
            line
            for line in ledger.lines(self._account, told["day"], told["day"])
            if line.amount == _money(told, "amount") and line.description == told["description"]
        )
        if "clears" in told:
            if line.entry_id is None:
                ledger.join(line.line_id, self._entries[told["clears"]])
            return
        entry = line.entry_id
        if entry is None:
            entry = ledger.code_line(
                line.line_id,
                told["payee"],
                self._parts(told),
                method=Method(told["method"]),
                refund_of_id=self._entries[told["refund_of"]] if "refund_of" in told else None,
                note=told.get("note", ""),
            )
        if "key" in told:
            self._entries[told["key"]] = entry
        self._attach(told, entry)

    def _parts(self, told: Table) -> tuple[Part, ...]:
        if "category" in told:
            return (Part(told["category"], _money(told, "amount")),)
        parts = told.get("parts", ({"settles": told.get("settles"), "amount_p": told["amount_p"]},))
        return tuple(
            Part(
                _CATEGORY_OF[part["settles"].partition("/")[0]],
                _money(part, "amount"),
                commitment_id=self._owed[part["settles"]],
            )
            for part in parts
        )

    def _attach(self, told: Table, entry: int) -> None:
        for name in told.get("papers", ()):
            self._services.ledger.attach(self._papers[name], entry_id=entry)

    def _add_invoices(self) -> None:
        kept: dict[str, int] = {}
        for invoice in self._house["invoice"]:
            kept[invoice["reference"]] = self._services.ledger.add_invoice(
                Invoice(
                    id=0,
                    provider=invoice["provider"],
                    reference=invoice["reference"],
                    day=invoice["day"],
                    counts_on=invoice["day"],
                    amount=_money(invoice, "amount"),
                    hours=Decimal(invoice["hours"]),
                    rate=_money(invoice, "rate"),
                    service_from=invoice["service_from"],
                    service_to=invoice["service_to"],
                    credits_id=kept.get(invoice.get("credits", "")),
                )
            )

    # ── the return ──

    def refused(self) -> Refusal | None:
        """Try to sign while a line is still to be coded; return what came of it."""
        figures = self._services.returns.figures(self.template, *self.period)
        try:
            self.sign()
        except SignOffRefusedError as refusal:
            self.refusal = Refusal(
                str(refusal), figures.totals.closing, figures.agreement.difference
            )
        return self.refusal

    def put_right(self) -> None:
        """Code the line that was left."""
        left = self._house["wrong_first"]["leave_uncoded_row"]
        self._code(next(told for told in self._house["line"] if told["row"] == left))

    def sign(self) -> SignedRow:
        """Accept the declaration and sign the return."""
        period = self._house["period"]
        prepared = self._services.returns.prepare(self.template, *self.period)
        name = self._name(period["signed_by"])
        capacity = next(
            signatory.role
            for signatory in prepared.declaration.signatories
            if signatory.name == name
        )
        return self._services.returns.sign(
            self.template,
            *self.period,
            signed_by=name,
            capacity=capacity,
            declared_on=period["signed_on"],
            declared=prepared.declaration.statements,
        )


_CATEGORY_OF = {"wages": "pay.net_wages", "hmrc": "pay.hmrc", "pension": "pay.pension"}
_NAME_OF = {
    CommitmentKind.WAGES: "wages",
    CommitmentKind.HMRC: "hmrc",
    CommitmentKind.PENSION: "pension",
}


def _money(table: Table, name: str) -> Money:
    return Money(table[f"{name}_p"])


def _employment(person: Table, assistant_id: int) -> Employment:
    given = (
        "payroll_id",
        "started_on",
        "period_anchor",
        "days_after",
        "day_of_month",
        "months_after",
        "how_paid",
    )
    return Employment(
        id=0,
        assistant_id=assistant_id,
        frequency=PayFrequency(person["frequency"]),
        starter_declaration=StarterDeclaration(person["starter_declaration"]),
        **{name: person[name] for name in given if name in person},
    )


def _holiday(person: Table) -> HolidayTerms:
    return HolidayTerms(
        id=0,
        employment_id=0,
        from_day=person["started_on"],
        holiday_class=HolidayClass(person["holiday_class"]),
        leave_year_start=person.get("leave_year_start"),
        hours_per_week=_number(person, "hours_per_week"),
        days_per_week=_number(person, "days_per_week"),
    )


def _number(table: Table, name: str) -> Decimal | None:
    return Decimal(table[name]) if name in table else None


def _rate(rate: Table) -> PayRate:
    return PayRate(
        id=0,
        employment_id=0,
        from_day=rate["from_day"],
        pay_type=PayType(rate["pay_type"]),
        label=rate["label"],
        rate=_money(rate, "rate"),
        per=Per(rate["per"]),
    )


def _membership(pension: Table, employment: int) -> PensionMembership:
    return PensionMembership(
        id=0,
        employment_id=employment,
        from_day=pension["from_day"],
        provider=pension["provider"],
        basis=PensionBasis(pension["basis"]),
        relief=PensionRelief(pension["relief"]),
        employee_percent=Decimal(pension["employee_percent"]),
        employer_percent=Decimal(pension["employer_percent"]),
    )
