"""Every line of every form says what makes it up, and the parts add up to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bookkeeping.accounts import Account, AccountKind
from dpemployer.bookkeeping.awards import (
    Award,
    BalanceLimit,
    Expected,
    Funder,
    FunderKind,
    PaymentFrequency,
    Reserve,
)
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind, Owed
from dpemployer.bookkeeping.funding import UNCODED, FunderRules, Posted
from dpemployer.bookkeeping.ledger import LedgerEntry, Method, Split
from dpemployer.bookkeeping.reported import Invoice
from dpemployer.money import NOTHING, Money
from dpemployer.returns.answers import answers
from dpemployer.returns.build import build
from dpemployer.returns.form import FormLine, form, uncoded_items
from dpemployer.returns.form_tables import column_words, payments_on_paper
from dpemployer.returns.period_facts import (
    AccountPeriod,
    PeriodEntry,
    PeriodFacts,
    StaffMember,
)
from dpemployer.returns.template import Refunds, SectionKind
from dpemployer.services.period import gather
from dpemployer.services.samples import Sample
from dpemployer.services.shipped import categories, shipped_template, template_names
from dpemployer.store.book import Book
from tests.returns.samples import NAMES, content, read_case

if TYPE_CHECKING:
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.template import ReturnTemplate

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
BANK = Account(1, "bank", "Bank", AccountKind.BANK, FIRST, Money(100_000))
TIN = Account(2, "cash", "Tin", AccountKind.CASH, FIRST, NOTHING)
COUNCIL = Funder(1, "rbc", "Riverton", FunderKind.LOCAL_AUTHORITY)
AWARD = Award(
    1,
    1,
    date(2026, 4, 6),
    None,
    Money(640_00),
    Money(71_25),
    Money(568_75),
    None,
    PaymentFrequency.FOUR_WEEKLY,
    Money(2275_00),
)


def an_entry(  # an entry has as many parts as it has
    amount: int,
    category: str,
    *,
    number: int = 1,
    account: Account = BANK,
    payee: str = "Somebody",
    day: date = date(2026, 8, 1),
    papers: tuple[int, ...] = (),
    part: int | None = None,
    note: str = "",
    cost: PeriodEntry | None = None,
) -> PeriodEntry:
    entry = LedgerEntry(
        number,
        account.id,
        day,
        Money(amount),
        payee,
        Method.BACS,
        note=note,
        refund_of_id=cost.entry.id if cost else None,
    )
    shown = amount if part is None else part
    splits = (Split(number, number, category, Money(shown)),) if category else ()
    return PeriodEntry(Posted(entry, splits, cost.posted if cost else None), papers)


def a_return(
    *entries: PeriodEntry,
    template: ReturnTemplate | str = "generic-quarterly",
    closing: int | None = None,
    **facts: Any,
) -> MonitoringReturn:
    """Build a return on a bank that agrees with the book, unless another closing is given."""
    moved = sum(one.entry.amount.pence for one in entries if one.entry.account_id == BANK.id)
    bank = AccountPeriod(
        BANK, Money(100_000), Money(100_000 + moved if closing is None else closing)
    )
    given: dict[str, Any] = {
        "first_day": FIRST,
        "last_day": LAST,
        "accounts": (bank,),
        "opening_book": Money(100_000),
        "tin_opening": NOTHING,
        "entries": entries,
        "waiting": (),
        "account_kinds": {1: AccountKind.BANK, 2: AccountKind.CASH},
        "funders": (COUNCIL,),
        "rules": FunderRules((1,), {}),
        "opening_by_funder": {1: Money(100_000)},
        "awards": (AWARD,),
        "payments_known": False,
        **facts,
    }
    chosen = shipped_template(template) if isinstance(template, str) else template
    return build(chosen, PeriodFacts(**given), categories())


def line_of(made: MonitoringReturn, name: str) -> FormLine:
    return next(
        line for section in form(made, categories()) for line in section.lines if line.id == name
    )


def made_from(name: str, template: str) -> MonitoringReturn:
    sample = Sample(content(read_case(name)))
    with Book.in_memory() as book:
        sample.keep_in(book)
        with book.read() as reading:
            facts = gather(reading, sample.first_day, sample.last_day, whole_form=True)
    return build(shipped_template(template), facts, categories())


# ── every form ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", template_names())
def test_every_line_explains_itself(name: str, template: str) -> None:
    made = made_from(name, template)
    sections = form(made, categories())

    assert [section.id for section in sections] == [one.id for one in made.template.sections]
    for section in sections:
        for line in section.lines:
            assert line.how.endswith(".")
            assert line.label
            if section.kind in {SectionKind.INCOME, SectionKind.EXPENDITURE}:
                assert Money.total(item.amount for item in line.items) == line.amount
                assert all(item.entry_id for item in line.items)
        for row in section.table.rows:
            assert len(row) == len(section.table.columns)
    on_lines = sum(
        line.amount.pence
        for section in sections
        if section.kind is SectionKind.INCOME
        for line in section.lines
        if line.amount is not None
    )
    assert on_lines == made.totals.income.pence


@pytest.mark.parametrize("name", NAMES)
def test_items_add_up_to_every_figure_that_is_a_sum_of_items(name: str) -> None:
    made = made_from(name, "generic-quarterly")
    for line_id in (
        "a_due",
        "unpresented",
        "outstanding",
        "c_due",
        "commitments_total",
        "bt_reserve",
        "opening_statement",
        "statement_closing",
        "services_total",
    ):
        line = line_of(made, line_id)
        assert Money.total(item.amount for item in line.items) == line.amount


def test_a_form_prints_what_the_sample_comes_to() -> None:
    made = made_from("s4-two-funders", "generic-quarterly")

    assert line_of(made, "a_var").text == "−£24.85"
    assert line_of(made, "c_short").text == "£38.40"
    assert line_of(made, "c_cum").text == "£38.40"
    assert line_of(made, "bt_weeks").text == "4.1"
    assert line_of(made, "a_rates").text == "3 rates"
    assert [item.label for item in line_of(made, "unpresented").items] == [
        "Weavers Yard Club (000415)"
    ]
    assert line_of(made, "in_topup").hidden
    assert line_of(made, "ex_list").text == "3 things"


def test_the_staff_table_adds_up() -> None:
    made = made_from("s4-two-funders", "generic-quarterly")
    table = next(
        section.table
        for section in form(made, categories())
        if section.kind is SectionKind.STAFF_SUMMARY
    )
    rows = {
        row[0]: dict(zip(table.columns, row, strict=True)) for row in (*table.rows, table.totals)
    }

    assert rows["N"]["Hours worked"] == "88.5"
    assert rows["N"]["Holiday hours"] == "4"
    assert rows["L"]["Gross pay"] == "£3,511.20"
    assert rows["Total"]["Take-home pay"] == "£4,531.86"


def test_the_service_table_says_when_an_invoice_was_paid() -> None:
    made = made_from("s4-two-funders", "generic-quarterly")
    table = next(
        section.table
        for section in form(made, categories())
        if section.kind is SectionKind.SERVICE_SUMMARY
    )
    paid = {row[1]: row[-1] for row in table.rows}

    assert paid["FH-310"] == "25/02/2026"
    assert paid["FH-327"] == ""
    assert paid["SH-CN9"] == "12/02/2026"


def test_the_funders_table_shows_each_part() -> None:
    made = made_from("s4-two-funders", "ilf-scotland-like")
    table = next(
        section.table
        for section in form(made, categories())
        if section.kind is SectionKind.FUNDER_SPLIT
    )

    assert [row[4] for row in table.rows] == ["£1,956.97", "£800.94"]
    assert [row[-1] for row in table.rows] == ["£96.95", "£0.00"]


def test_a_funder_without_a_limit_has_none_in_the_table() -> None:
    made = a_return(template="ilf-scotland-like")
    table = next(
        section.table
        for section in form(made, categories())
        if section.kind is SectionKind.FUNDER_SPLIT
    )

    assert table.rows[0][-2:] == ("", "")


def test_the_streams_are_shown_by_the_week_and_the_year() -> None:
    table = next(
        section.table
        for section in form(a_return(template="greenwich-like"), categories())
        if section.kind is SectionKind.FUNDING_STREAMS
    )

    assert table.rows == (("Riverton", "£640.00", "£33,280.00"),)


def test_a_heading_nobody_knows_prints_as_it_stands() -> None:
    assert column_words("shoe_size") == "shoe size"


# ── figures only some forms have ─────────────────────────────────────────────────────


def test_the_next_payment_shrinks_by_what_is_over() -> None:
    made = a_return(template="scotland-sds-offset", owed=(owed(30_000),))

    # 4 x 568.75 = 2,275.00 may stay; 1,000.00 less 300.00 is there; 2,275.00 is paid regularly.
    assert line_of(made, "o_regular").amount == Money(2275_00)
    assert line_of(made, "o_bal").amount == Money(700_00)
    assert line_of(made, "o_next").amount == Money(2275_00 + 2275_00 - 700_00)


def test_the_next_payment_is_never_below_nothing() -> None:
    made = a_return(template="scotland-sds-offset", opening_book=Money(9000_00))

    assert line_of(made, "o_next").amount == NOTHING


def test_an_audit_summary_keeps_no_more_than_there_is() -> None:
    made = a_return(template="audit-summary")

    assert line_of(made, "s_weeks").text == "8"
    assert line_of(made, "s_keep_total").amount == Money(100_000)
    assert line_of(made, "s_asked").text == ""
    assert line_of(made, "s_asked").amount is None


def test_a_payroll_summary_is_compared_with_the_account() -> None:
    staff = StaffMember(
        "A",
        1,
        gross=Money(1000),
        tax=Money(100),
        employee_ni=Money(20),
        employer_ni=Money(30),
        employee_pension=Money(5),
        employer_pension=Money(3),
        net=Money(870),
        loans=Money(5),
    )
    made = a_return(an_entry(-800, "pay.net_wages"), template="leicester-like", staff=(staff,))

    assert line_of(made, "pps_hmrc").amount == Money(155)
    assert line_of(made, "pps_pension").amount == Money(8)
    assert line_of(made, "pps_diff").amount == Money(70)
    assert line_of(made, "pps_gross").amount == Money(1000)
    assert line_of(made, "pps_net").amount == Money(870)


def test_reasons_for_a_balance_are_what_is_owed_set_aside_or_uncleared() -> None:
    waiting = LedgerEntry(9, 1, LAST, Money(-131_25), "Marsh", Method.CHEQUE, "000124")
    made = a_return(
        template="annotated-statement-declaration",
        owed=(owed(100), owed(50)),
        reserves=(Reserve(1, "planned_break", "", Money(600), "the council"),),
        waiting=(waiting,),
        closing=100_000 + 131_25,
    )
    why = next(one for one in form(made, categories()) if one.kind is SectionKind.EXPLANATIONS)

    assert [(line.label, line.text) for line in why.lines] == [
        ("Wages earned and not yet paid", "£1.50"),
        ("planned_break", "£6.00"),
        ("Cheques not yet cleared", "£131.25"),
    ]


def owed(amount: int, kind: CommitmentKind = CommitmentKind.WAGES) -> Owed:
    return Owed(Commitment(1, kind, "Amina", Money(amount), LAST), NOTHING)


def test_every_kind_of_bill_has_words() -> None:
    made = a_return(owed=tuple(owed(1, kind) for kind in CommitmentKind))

    labels = [item.label for item in line_of(made, "commitments_total").items]
    assert len({label.partition(":")[0] for label in labels}) == len(CommitmentKind)


def test_the_weekly_contribution_is_added_up() -> None:
    assert line_of(a_return(template="greenwich-like"), "weekly_contribution").amount == Money(
        71_25
    )


def test_a_contribution_short_before_goes_on_being_short() -> None:
    due = Expected(None, LAST, Money(500), "contribution")
    made = a_return(contributions=(due,), contribution_short_before=Money(-200))

    assert line_of(made, "c_cum").amount == Money(300)
    assert line_of(made, "c_due").items[0].label == "My contribution"


def test_an_expected_payment_says_from_whom_and_why() -> None:
    expected = (
        Expected(1, LAST, Money(-96_00), "adjustment", "hospital"),
        Expected(None, LAST, Money(1), "regular"),
    )
    made = a_return(expected=expected, payments_known=True)

    assert [item.label for item in line_of(made, "a_due").items] == ["Riverton hospital", ""]
    assert line_of(made, "a_var").text == "£95.99"


def test_a_rate_that_ended_before_the_period_is_not_shown() -> None:
    ended = replace(AWARD, id=2, to_day=date(2026, 6, 30))

    assert len(line_of(a_return(awards=(ended, AWARD)), "a_rates").items) == 1


def test_an_invoice_without_an_entry_is_paid_by_whoever_was_paid_as_much() -> None:
    invoice = Invoice(
        1,
        "The Mill",
        "M-1",
        date(2026, 7, 20),
        date(2026, 7, 20),
        Money(500),
        sessions=Decimal(2),
        rate=Money(250),
        service_from=FIRST,
        service_to=date(2026, 7, 3),
    )
    bare = replace(
        invoice, id=2, amount=Money(7), sessions=None, rate=None, service_from=None, service_to=None
    )
    made = a_return(an_entry(-500, "care.day_service", payee="THE MILL"), invoices=(invoice, bare))
    table = next(
        section.table
        for section in form(made, categories())
        if section.kind is SectionKind.SERVICE_SUMMARY
    )

    assert table.rows[0] == (
        "The Mill",
        "M-1",
        "01/07/2026–03/07/2026",
        "2",
        "£2.50",
        "£5.00",
        "01/08/2026",
    )
    assert table.rows[1] == ("The Mill", "M-1", "", "", "", "£0.07", "")


def test_wages_paid_are_shown_where_the_book_says_to_whom() -> None:
    staff = (StaffMember("A", rates=(Money(1320), Money(1500))), StaffMember("B"))
    made = a_return(staff=staff, wages_paid={"A": Money(900)})
    table = next(
        section.table
        for section in form(made, categories())
        if section.kind is SectionKind.STAFF_SUMMARY
    )
    paid = table.columns.index("Paid from the account")

    assert [row[paid] for row in table.rows] == ["£9.00", ""]
    assert table.rows[0][table.columns.index("Hourly rate")] == "£13.20, £15.00"


def test_every_payment_is_listed_with_its_line_and_its_papers() -> None:
    made = a_return(
        an_entry(-500, "plan.transport", papers=(4, 7), note="to clinic"),
        an_entry(-100, "xfer.cash_drawn", number=2),
        an_entry(-9, "", number=3),
    )
    table = next(
        section.table
        for section in form(made, categories())
        if section.kind is SectionKind.TRANSACTION_LIST
    )

    assert table.rows[0][2:7] == (
        "Transport agreed in the plan. to clinic",
        "Activities and transport",
        "",
        "£5.00",
        "4, 7",
    )
    assert [row[3] for row in table.rows] == ["Activities and transport", "", ""]
    assert table.rows[2][2] == "Not yet said"
    assert table.totals[5] == "£6.09"


def test_on_paper_every_payment_fits_across_the_page() -> None:
    cheque = an_entry(-500, "plan.transport", papers=(4,), note="to clinic")
    cheque = replace(
        cheque,
        posted=replace(cheque.posted, entry=replace(cheque.entry, cheque_no="000118")),
    )
    table = payments_on_paper(
        a_return(cheque, an_entry(-100, "xfer.cash_drawn", number=2, note="for July")), categories()
    )

    assert table.rows == (
        (
            "01/08/2026",
            "Somebody, cheque 000118",
            "Activities and transport\nto clinic",
            "4",
            "",
            "£5.00",
        ),
        (
            "01/08/2026",
            "Somebody",
            "Cash drawn from the bank into the cash tin. for July",
            "",
            "",
            "£1.00",
        ),
    )
    assert table.totals[-1] == "£6.00"
    assert payments_on_paper(a_return(), categories()).totals == ()


# ── what stands in the way, and what to explain ──────────────────────────────────────


def codes(made: MonitoringReturn) -> list[str]:
    return [finding.code for finding in made.findings if finding.blocks]


def warned(made: MonitoringReturn) -> list[str]:
    return [finding.code for finding in made.findings if not finding.blocks]


def test_a_return_that_agrees_may_be_signed() -> None:
    made = a_return(an_entry(-500, "care.agency", papers=(1,)))

    assert made.may_be_signed
    assert made.findings == ()


def test_a_penny_stands_in_the_way() -> None:
    made = a_return(closing=100_001)

    assert codes(made) == ["difference"]
    assert [one.amount for one in made.exceptions if one.code == "difference"] == [Money(1)]


def test_a_line_to_code_stands_in_the_way() -> None:
    assert codes(a_return(lines_to_code=2)) == ["lines_to_code"]


def test_money_nobody_spoke_for_is_in_the_totals_and_stands_in_the_way() -> None:
    made = a_return(an_entry(-9, ""), an_entry(4, "", number=2))

    assert (made.income[UNCODED], made.expenditure[UNCODED]) == (Money(4), Money(9))
    assert made.totals.closing == Money(100_000 - 5)
    assert codes(made)[0] == "uncoded"
    assert [item.amount for item in uncoded_items(made)] == [Money(-9), Money(4)]


def test_parts_that_do_not_add_up_stand_in_the_way() -> None:
    made = a_return(an_entry(-501, "care.agency", part=-500, papers=(1,)))

    assert codes(made) == ["parts"]
    assert made.expenditure == {"care.agency": Money(501)}


def test_opening_parts_that_do_not_add_up_stand_in_the_way() -> None:
    other = Funder(2, "ilf", "ILF", FunderKind.ILF)
    made = a_return(
        funders=(COUNCIL, other),
        rules=FunderRules((1, 2), {}),
        opening_by_funder={1: Money(99_999), 2: NOTHING},
    )

    assert codes(made) == ["opening_shares"]


def test_a_tin_cannot_hold_less_than_nothing() -> None:
    made = a_return(an_entry(-100, "plan.activities", account=TIN, papers=(1,)))

    assert made.agreement.cash_in_hand == Money(-100)
    assert warned(made) == ["tin_below_nothing"]


def test_an_old_cheque_is_looked_at() -> None:
    old = LedgerEntry(9, 1, date(2026, 2, 1), Money(-131_25), "Marsh", Method.CHEQUE)
    new = LedgerEntry(8, 1, date(2026, 9, 1), Money(-1), "Marsh", Method.CHEQUE)
    made = a_return(waiting=(old, new), closing=100_000 + 131_26)

    assert warned(made) == ["stale_cheque"]


def test_an_account_the_form_is_not_for_is_looked_at() -> None:
    made = a_return(template="prepaid-card-spot-check")

    assert "account_kind" in warned(made)
    any_kind = replace(shipped_template("generic-quarterly"), account_kinds=())
    assert "account_kind" not in warned(a_return(template=any_kind))


def test_money_set_aside_that_nobody_agreed_to_is_looked_at() -> None:
    reserves = (Reserve(1, "break", "Break", Money(5)), Reserve(2, "x", "X", Money(5), "council"))
    made = a_return(reserves=reserves)

    assert warned(made) == ["reserve_not_agreed"]
    assert warned(a_return(template="one-off-payment", reserves=reserves)) == ["balance_over"]


def test_unapproved_spending_charges_and_retainers_are_explained() -> None:
    made = a_return(
        an_entry(-1899, "fin.unapproved", payee="Shop", papers=(1,)),
        an_entry(-100, "fin.penalty", number=2, payee="HMRC", papers=(1,)),
        an_entry(-50, "fin.cash_unexplained", number=3, papers=(1,)),
        an_entry(-250, "fin.bank_charges", number=4, payee="Card"),
        an_entry(-70, "plan.other", number=5, papers=(1,)),
        retainer=Money(258_00),
    )

    assert [(one.code, one.amount.pence, one.subject) for one in made.exceptions] == [
        ("unapproved", 1899, "Shop"),
        ("unapproved", 100, "HMRC"),
        ("unapproved", 50, "Somebody"),
        ("bank_charge", 250, "Card"),
        ("retainer", 25800, ""),
    ]


def test_a_part_of_a_payment_that_was_not_approved_is_explained_alone() -> None:
    whole = an_entry(-500, "plan.other", papers=(1,))
    splits = (
        Split(1, 1, "plan.other", Money(-400)),
        Split(2, 1, "fin.unapproved", Money(-100)),
    )
    made = a_return(replace(whole, posted=replace(whole.posted, splits=splits)))

    assert [(one.code, one.amount) for one in made.exceptions] == [("unapproved", Money(100))]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("generic-quarterly", "over 8 weeks' money."),
        ("annotated-statement-declaration", "a reason must be given"),
        ("scotland-sds-offset", "next payment will be smaller"),
        ("children-annual-allocation", "last return of the budget year"),
    ],
)
def test_money_over_is_explained_as_the_rule_treats_it(template: str, words: str) -> None:
    made = a_return(template=template, opening_book=Money(900_000), closing=900_000)

    over = next(one for one in made.exceptions if one.code == "balance_over")
    assert words in over.text
    assert over.amount == made.balance.tested.surplus


def test_no_rule_finds_nothing_over() -> None:
    made = a_return(template="generic-monthly", opening_book=Money(900_000), closing=900_000)

    assert made.exceptions == ()
    assert made.balance.repay == NOTHING
    assert made.balance.tested.weeks_held == 0


def test_too_little_is_explained_where_the_rule_asks() -> None:
    low = a_return(template="annotated-statement-declaration")
    enough = a_return(template="generic-quarterly")

    # 6 x 640.00 = 3,840.00, and 1,000.00 is there.
    assert [(one.code, one.amount) for one in low.exceptions] == [("balance_low", Money(284_000))]
    assert enough.exceptions == ()


def test_funders_and_the_person_short_and_over() -> None:
    other = Funder(2, "ilf", "ILF", FunderKind.ILF)
    two: dict[str, Any] = {
        "funders": (COUNCIL, other),
        "rules": FunderRules((1, 2), {}),
        "opening_by_funder": {1: Money(100_000)},
        "payments_known": True,
        "expected": (
            Expected(1, FIRST, Money(500), "regular"),
            Expected(2, FIRST, Money(100), "regular"),
        ),
        "contributions_by_funder": True,
        "contributions": (
            Expected(1, FIRST, Money(30), "contribution"),
            Expected(2, FIRST, Money(50), "contribution"),
        ),
    }
    made = a_return(
        an_entry(450, "inc.council_regular", papers=(1,)),
        an_entry(40, "inc.contribution", number=2),
        **two,
    )
    found = {(one.code, one.subject): one.amount.pence for one in made.exceptions}

    assert found[("award_short", "rbc")] == 50
    assert found[("award_short", "ilf")] == 100
    assert found[("contribution_over", "rbc")] == 10
    assert found[("contribution_short", "ilf")] == 50


def test_what_no_funder_is_named_for_is_checked_together() -> None:
    other = Funder(2, "ilf", "ILF", FunderKind.ILF)
    made = a_return(
        an_entry(600, "inc.council_regular", papers=(1,)),
        funders=(COUNCIL, other),
        rules=FunderRules((1, 2), {"inc.council_regular": (1, 1)}),
        opening_by_funder={1: Money(100_000)},
        payments_known=True,
        expected=(Expected(None, FIRST, Money(500), "regular"),),
    )

    assert [(one.code, one.subject, one.amount) for one in made.exceptions] == [
        ("award_over", "", Money(100))
    ]


def test_money_back_reduces_its_cost_or_is_income_as_the_form_says() -> None:
    cost = an_entry(-3499, "plan.equipment", papers=(1,))
    back = an_entry(1000, "inc.supplier_refund", number=2, papers=(1,), cost=cost)
    netted = a_return(cost, back)
    quarterly = shipped_template("generic-quarterly")
    as_income = a_return(cost, back, template=replace(quarterly, refunds=Refunds.AS_INCOME))

    assert netted.expenditure == {"plan.equipment": Money(2499)}
    assert netted.income == {}
    assert netted.totals.income_gross == Money(1000)
    assert netted.totals.expenditure_gross == Money(3499)
    assert as_income.income == {"inc.supplier_refund": Money(1000)}
    assert as_income.expenditure == {"plan.equipment": Money(3499)}
    assert as_income.totals.closing == netted.totals.closing
    assert as_income.balance == netted.balance


def test_limits_by_funder_decide_what_goes_back() -> None:
    made = a_return(limits=(BalanceLimit(1, 1, 1, Money(640_00)),))
    shown = answers(made)

    assert shown["balance_test"]["by_funder"] is True
    assert shown["balance_test"]["repay_p"] == 360_00
    assert shown["funder_split"] == {}
    assert [one.subject for one in made.exceptions] == ["rbc"]


def test_cash_drawn_is_counted_from_the_banks_side() -> None:
    drawn = an_entry(-4000, "xfer.cash_drawn")
    arrived = an_entry(4000, "xfer.cash_drawn", number=2, account=TIN)
    spent = an_entry(-850, "plan.activities", number=3, account=TIN, papers=(1,))
    made = a_return(drawn, arrived, spent)

    assert made.agreement.cash_in_hand == Money(3150)
    assert made.agreement.difference == NOTHING
    assert made.totals.expenditure == Money(850)


def test_every_answer_is_there_when_nothing_applies() -> None:
    nobody: dict[str, Any] = {"funders": (), "rules": FunderRules((), {}), "awards": ()}
    shown = answers(a_return(template="generic-monthly", **nobody))

    assert shown["income_by_category_p"] == {}
    assert shown["funder_split"] == {}
    assert shown["evidence_missing"] == []
    assert shown["exceptions"] == []
    assert shown["balance_test"]["weekly_base_p"] == 0
    assert shown["balance_test"]["weeks_held"] == 0
    assert shown["sign_off"] == {"allowed": True, "reasons": []}
    assert shown["award_p"] == {"expected": 0, "received": 0, "variance": 0}
