"""Two households and HMRC: one online over a year's end, one on paper for a quarter.

Every figure below was worked out by hand from HMRC's published thresholds.

2025-26, by the month: free pay of 1257L is 1,048.26; the lower earnings limit 542, the threshold
1,048, the employer's 417; 8% and 15%. 2026-27: the same but for the lower limit of 559.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.payroll.reporting import AllowanceAnswer, HowTold, ReportedJob, ReportKind
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.services.rows import EmployerScheme, Party, Role
from dpemployer.workings import explain
from tests.builders import RATES, a_rate, an_employment
from tests.documents.reading import ReadBack
from tests.services.household import Household

if TYPE_CHECKING:
    import pytest

    from dpemployer.services.hmrc_rows import PersonSheet, ReportRow
    from dpemployer.store.book import Book

OLD, NEW = TaxYear(2025), TaxYear(2026)
BPT = HowTold.BASIC_PAYE_TOOLS


class Helen:
    """Somebody who employs a personal assistant, on the days she sits down to it."""

    def __init__(self, book: Book, patch: pytest.MonkeyPatch, scheme: EmployerScheme) -> None:
        self.office = Office(book, RATES)
        self._patch = patch
        office = self.office
        self.household = Household(
            book, office.people, office.opening, office.timesheets, office.pay_runs
        )
        self.on(scheme.from_day)
        party = office.people.add_party(Party(0, "Helen Ashby", "4 Long Road\nHexley"))
        office.people.hold_role(party, Role.EMPLOYER, scheme.from_day)
        office.people.set_scheme(scheme)

    def on(self, day: date) -> None:
        """It is another day."""
        self._patch.setattr(clock, "today", lambda: day)

    def takes_on(self, day: date, rate: str, code: str) -> int:
        """Take Ada on, paid on the last day of each month for the hours of the month."""
        employment = an_employment(
            frequency=PayFrequency.MONTHLY, started_on=day, period_anchor=day, days_after=0
        )
        ada = self.household.take_on(
            employment, (a_rate(rate, from_day=day),), "1257L", address="1 Mill Street\nHexley"
        )
        self.office.people.set_tax_code(ada, day, code, "starter checklist, statement B")
        return ada

    def pays(self, employment: int, first: date, hours: int) -> int:
        """Record the hours of a month, and finalise its payday."""
        self.on(self.household.period(employment, first).pay_date)
        self.household.hours(employment, first, hours * 6, days=10)
        return self.household.pay(employment, first).pay_run_id

    def reports(self, year: TaxYear, kind: ReportKind, on: date) -> list[ReportRow]:
        """List what HMRC is to be told of one kind."""
        return [row for row in self.office.hmrc.reports(year, on) if row.kind is kind]

    def tells(self, row: ReportRow, on: date, *, final: bool = False) -> None:
        """Type the figures in elsewhere, and tick it here."""
        self.on(on)
        self.office.hmrc.tell(row, on, "Helen Ashby", BPT, final=final)


def figures(person: PersonSheet, part: str) -> dict[str, str]:
    """Return what one part of a sheet says."""
    return {item.key: item.value for one in person.parts if one.key == part for item in one.items}


def test_a_year_s_end_online_with_a_mistake_found_in_may(  # noqa: PLR0915 - a whole story
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Helen's scheme begins with 2026. Ada works a hundred hours a month at £13.00.
    helen = Helen(
        book,
        monkeypatch,
        EmployerScheme(
            0,
            date(2026, 1, 1),
            paye_reference="123/AB456",
            accounts_office_reference="123PA00045678",
            claims_employment_allowance=True,
        ),
    )
    office, hmrc = helen.office, helen.office.hmrc
    ada = helen.takes_on(date(2026, 1, 1), "13.00", "1257L M1")
    hmrc.set_job(ReportedJob(0, ada, sex="F"))

    # Three paydays, each told on its day. 31 January is a Saturday, so the money moves the day
    # before, and HMRC is told by then; the payment date stays the 31st.
    paid: list[int] = []
    for month, day in ((1, date(2026, 1, 30)), (2, date(2026, 2, 27)), (3, date(2026, 3, 31))):
        paid.append(helen.pays(ada, date(2026, month, 1), 100))
        (row,) = (
            one for one in helen.reports(OLD, ReportKind.PAYDAY, day) if one.pay_run_id == paid[-1]
        )
        assert row.due == day
        assert row.final is (month == 3)
        (person,) = hmrc.sheet(row).people
        assert person.findings == ()
        assert figures(person, "compared") == {
            "tax": "£50.20",  # 1,300 less 1,048.26 is 251 whole pounds, a fifth of it
            "employee_ni": "£20.16",  # 8% of 252
            "employer_ni": "£132.45",  # 15% of 883
            "after_deductions": "£1,229.64",
        }
        assert ("started_on" in figures(person, "starting")) is (month == 1)
        helen.tells(row, day, final=month == 3)

    # The allowance is claimed with one EPS, for the first month.
    (claim,) = helen.reports(OLD, ReportKind.MONTH, date(2026, 4, 6))
    assert (claim.number, claim.due, claim.late) == (10, date(2026, 2, 19), True)
    helen.tells(claim, date(2026, 4, 6))
    months = {row.months[0]: row for row in hmrc.p32(OLD)}
    for number in (10, 11, 12):
        assert months[number].amount("allowance") == Money(132_45)
        assert months[number].amount("due") == Money(70_36)  # 50.20 and 20.16
    assert hmrc.p32_year(OLD).amount("due") == Money(211_08)
    assert hmrc.quarterly(OLD, date(2026, 4, 6)).yes

    # On 8 April she goes through the year's end. Nothing is left to tell; Ada needs her P60.
    helen.on(date(2026, 4, 8))
    steps = {step.key: step for step in office.year_end.steps(OLD, date(2026, 4, 8))}
    assert steps["told"].done
    assert "final" not in steps, "the last payday said so"
    assert not steps["p60s"].done
    assert not steps["codes"].done
    (p60,) = hmrc.p60s(OLD, date(2026, 4, 8))
    said = {one.key: str(one.amount) for one in p60.p60.figures}
    assert said["total_pay"] == "£3,900.00"
    assert said["total_tax"] == "£150.60"
    assert said["A_at_lel"] == "£1,626.00"  # 3 x 542
    assert said["A_lel_to_pt"] == "£1,518.00"  # 3 x 506
    assert said["A_pt_to_uel"] == "£756.00"  # 3 x 252
    assert said["A_employee_ni"] == "£60.48"
    assert p60.findings == ()
    assert "Final tax code" in ReadBack.of(office.hmrc_papers.p60(ada, OLD)).text
    (given,) = helen.reports(OLD, ReportKind.P60, date(2026, 4, 8))
    helen.tells(given, date(2026, 4, 8))

    # The month 1 mark ends with the year, and the questions of the new one are answered.
    (code,) = office.year_end.new_year(NEW).rows
    assert (code.before, code.after) == ("1257L M1", "1257L")
    office.year_end.carry_over(NEW)
    answered = office.year_end.answer_allowance(
        AllowanceAnswer(
            0,
            str(NEW),
            date(2026, 4, 8),
            needs_care=True,
            only_care=True,
            connected=False,
            claimed_elsewhere=False,
            answered_by="Helen Ashby",
        )
    )
    assert answered.verdict is not None
    assert answered.verdict.yes
    left = {step.key for step in office.year_end.steps(OLD, date(2026, 4, 8)) if not step.done}
    assert left == {"money"}, "the bank has yet to pay HMRC"

    # In April she is paid cumulatively: 1,300 less 1,048.26, as before.
    april = helen.pays(ada, date(2026, 4, 1), 100)
    (row,) = helen.reports(NEW, ReportKind.PAYDAY, date(2026, 4, 30))
    helen.tells(row, date(2026, 4, 30))

    # In May it turns out that Ada worked 110 hours in March. The year is over.
    helen.on(date(2026, 5, 12))
    corrected = office.pay_runs.correct(paid[2], "Ten hours of the bank holiday were left out.")
    (sheet,) = (row for row in office.timesheets.of_day(date(2026, 3, 2)) if row.timesheet_id)
    office.timesheets.unapprove(sheet.timesheet_id)
    shifts = office.timesheets.show(sheet.timesheet_id).shifts
    for shown in shifts:
        office.timesheets.change_shift(replace(shown.shift, minutes=660))
    office.timesheets.approve(sheet.timesheet_id, "Helen Ashby", date(2026, 5, 12))
    assert office.corrections.later(corrected.draft_id) == (), "April is another tax year"
    office.pay_runs.finalise(corrected.draft_id)

    # HMRC is told in a report for 2025-26, with its last payday, the reason, and the year as it is.
    (again,) = (
        one for one in helen.reports(OLD, ReportKind.PAYDAY, date(2026, 5, 12)) if one.told is None
    )
    assert again.corrects
    (person,) = hmrc.sheet(again).people
    assert figures(person, "correcting") == {
        "late_reason": "H: a correction",
        "correction_date": "31 March 2026",
        "was_taxable_pay": "told as £1,300.00; now £1,430.00",
        "was_tax": "told as £50.20; now £76.20",  # 381 whole pounds
        "was_employee_ni": "told as £20.16; now £30.56",  # 8% of 382
        "was_employer_ni": "told as £132.45; now £151.95",  # 15% of 1,013
    }
    assert figures(person, "to_date")["pay_to_date"] == "£4,030.00"
    assert figures(person, "to_date")["tax_to_date"] == "£176.60"
    printed = ReadBack.of(office.hmrc_papers.report(again)).text
    assert "This puts an earlier report right" in printed
    assert "31 March 2026" in printed

    # The P60 says so until it is told, and its figures are the right ones.
    (p60,) = hmrc.p60s(OLD, date(2026, 5, 12))
    assert "has not been told of 1 payday" in p60.findings[0].message
    pay = next(one for one in p60.p60.figures if one.key == "pay")
    assert str(pay.amount) == "£4,030.00"
    (step,) = explain(pay.steps)
    assert "−£1,300.00 on 31 March 2026, taken back" in step.sentence
    helen.tells(again, date(2026, 5, 12))
    assert hmrc.p60s(OLD, date(2026, 5, 12))[0].findings == ()

    # The old year owes the difference, April stands, and nothing is left to tell of either.
    assert {row.months[0]: row.amount("due") for row in hmrc.p32(OLD)}[12] == Money(106_76)
    assert office.pay_runs.preview(april).reverses_id is None
    assert [row for row in hmrc.reports(OLD, date(2026, 5, 12)) if row.told is None] == []


def test_a_quarter_on_paper(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    # HMRC has agreed that Helen, who employs Ada for her own care, tells it on paper.
    helen = Helen(
        book,
        monkeypatch,
        EmployerScheme(
            0,
            date(2026, 4, 1),
            paye_reference="123/AB456",
            pays_quarterly=True,
            files_on_paper=True,
        ),
    )
    office, hmrc = helen.office, helen.office.hmrc
    ada = helen.takes_on(date(2026, 4, 1), "13.50", "1257L")

    # A hundred hours a month at £13.50, paid on the last day of April, May and June.
    for month in (4, 5, 6):
        helen.pays(ada, date(2026, month, 1), 100)
    assert hmrc.reports(NEW, date(2026, 7, 5)) == (), "a payday is not told by itself"

    # The quarter ends on 5 July. The form is due by the 19th, the money by the 22nd.
    helen.on(date(2026, 7, 6))
    (row,) = hmrc.reports(NEW, date(2026, 7, 6))
    assert (row.kind, row.number, row.due) == (ReportKind.QUARTER, 1, date(2026, 7, 19))
    (quarter, *_rest) = hmrc.p32_quarters(NEW)
    assert quarter.due_on == date(2026, 7, 22)
    (thing,) = (one for one in office.agenda.things(date(2026, 7, 6)) if one.page == "hmrc")
    assert thing.says == "Send HMRC the form for the quarter to 5 July 2026."

    # The figures to copy: tax to date is a fifth of 905 whole pounds.
    sheet = hmrc.sheet(row)
    (person,) = sheet.people
    assert figures(person, "quarter") == {
        "taxable_pay": "£4,050.00",
        "tax": "£181.00",
        "earnings_for_ni": "£4,050.00",
        "at_lel": "£1,677",  # 3 x 559
        "lel_to_pt": "£1,467.00",  # 3 x 489
        "pt_to_uel": "£906.00",  # 3 x 302
        "employee_ni": "£72.48",  # 3 x 24.16
        "employer_ni": "£419.85",  # 3 x 139.95
    }
    assert figures(person, "starting")["started_on"] == "1 April 2026"
    assert quarter.amount("due") == Money(673_33)  # 181.00, 72.48 and 419.85
    assert "could not be checked" in sheet.findings[0].message
    said = ReadBack.of(office.hmrc_papers.report(row, large=True)).text
    assert "This is a sheet of figures, not the form." in said

    # The deductions record that she keeps agrees with it.
    record = hmrc.record(ada, NEW)
    assert [str(line.tax) for line in record.lines] == ["£60.20", "£60.40", "£60.40"]
    totals = {one.key: str(one.amount) for one in record.totals}
    assert (totals["tax"], totals["employee_ni"]) == ("£181.00", "£72.48")

    # She posts the form and ticks it; nothing is left to do.
    helen.on(date(2026, 7, 14))
    hmrc.tell(row, date(2026, 7, 14), "Helen Ashby", HowTold.PAPER)
    assert [one for one in office.agenda.things(date(2026, 7, 14)) if one.page == "hmrc"] == []
