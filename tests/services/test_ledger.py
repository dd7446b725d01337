"""The account: statements, what each line was for, the cash book, papers and bills."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from dpemployer.errors import EntryError, RefusedError
from dpemployer.money import NOTHING, Money
from dpemployer.services.ledger import Ledger
from dpemployer.services.money_rows import (
    Account,
    AccountKind,
    Award,
    BalanceLimit,
    Commitment,
    CommitmentKind,
    ContributionDue,
    ContributionPlan,
    ExpectedPayment,
    Funder,
    FunderKind,
    Invoice,
    LedgerEntry,
    Method,
    OpeningShare,
    Part,
    PaymentFrequency,
    ProposalKind,
    Reserve,
    SplitRule,
)
from dpemployer.services.scans import LARGEST

if TYPE_CHECKING:
    from dpemployer.services.money_rows import LineRow
    from dpemployer.store.book import Book

DAY = date(2026, 7, 1)
HEAD = "Date,Description,Paid out,Paid in,Balance\n"
SHOP = HEAD + "13/07/2026,SHOP,5.00,,995.00\n14/07/2026,ANNA,,10.00,1005.00\n"


@pytest.fixture
def ledger(book: Book) -> Ledger:
    return Ledger(book)


@pytest.fixture
def bank(ledger: Ledger) -> int:
    return ledger.add_account(
        Account(0, "", "Direct payment account", AccountKind.BANK, DAY, Money(1000_00))
    )


@pytest.fixture
def tin(ledger: Ledger) -> int:
    return ledger.add_account(Account(0, "", "Tin", AccountKind.CASH, DAY, Money(5_00)))


@pytest.fixture
def council(ledger: Ledger) -> int:
    return ledger.set_funder(Funder(0, "", "Riverton Council", FunderKind.LOCAL_AUTHORITY))


def an_entry(account: int, amount: int, **changes: Any) -> LedgerEntry:
    entry = LedgerEntry(0, account, date(2026, 7, 10), Money(amount), "Club", Method.CHEQUE)
    return replace(entry, **changes)


def one_part(amount: int, category: str = "care.day_service", **more: Any) -> tuple[Part, ...]:
    return (Part(category, Money(amount), **more),)


def an_award(funder: int, from_day: date = DAY, **changes: Any) -> Award:
    award = Award(
        0,
        funder,
        from_day,
        None,
        Money(640_00),
        Money(71_25),
        Money(568_75),
        None,
        PaymentFrequency.FOUR_WEEKLY,
        Money(2275_00),
        first_payment=date(2026, 7, 27),
    )
    return replace(award, **changes)


def refused(error: pytest.ExceptionInfo[Exception]) -> str:
    caught = error.value
    assert isinstance(caught, EntryError | RefusedError)
    assert caught.what
    assert caught.next_step
    return f"{caught.what} {caught.why}"


# ── accounts ─────────────────────────────────────────────────────────────────────────


def test_an_account_begins_with_what_was_in_it(ledger: Ledger, bank: int, tin: int) -> None:
    rows = ledger.accounts()

    assert [
        (row.account_id, row.statement_balance.pence, row.book_balance.pence) for row in rows
    ] == [
        (bank, 1000_00, 1000_00),
        (tin, 5_00, 5_00),
    ]
    assert rows[0].statement_to is None


@pytest.mark.usefixtures("bank")
def test_accounts_of_the_same_name_have_keys_of_their_own(ledger: Ledger) -> None:
    ledger.add_account(
        Account(0, "", "Direct payment account", AccountKind.PREPAID_CARD, DAY, NOTHING)
    )
    ledger.add_account(Account(0, "", "££", AccountKind.BANK, DAY, NOTHING))

    assert len({row.account_id for row in ledger.accounts()}) == 3


@pytest.mark.usefixtures("tin")
def test_one_tin_is_enough(ledger: Ledger) -> None:
    with pytest.raises(RefusedError) as error:
        ledger.add_account(Account(0, "", "Another tin", AccountKind.CASH, DAY, NOTHING))
    assert "tin" in refused(error)


def test_an_account_without_a_name_is_refused(ledger: Ledger) -> None:
    with pytest.raises(EntryError):
        ledger.add_account(Account(0, "", " ", AccountKind.BANK, DAY, NOTHING))


def test_an_opening_can_be_put_right_until_something_stands_on_it(
    ledger: Ledger, bank: int
) -> None:
    right = Account(bank, "direct-payment-account", "Account", AccountKind.BANK, DAY, Money(900_00))
    ledger.change_account(right)
    assert ledger.accounts()[0].statement_balance == Money(900_00)

    ledger.add_entry(an_entry(bank, -500), one_part(-500))
    ledger.change_account(replace(right, name="Renamed"))
    with pytest.raises(RefusedError) as error:
        ledger.change_account(replace(right, opening_balance=Money(1)))
    assert "stand on it" in refused(error)


def test_every_category_has_its_paper_in_words(ledger: Ledger) -> None:
    rows = {row.code: row for row in ledger.categories()}

    assert len(rows) == 52
    assert (rows["pay.net_wages"].needs, rows["pay.net_wages"].needs_label) == (
        "payslip",
        "Payslip",
    )
    assert rows["inc.interest"].needs_label == ""


# ── funders ──────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("council")
def test_a_funder_is_named_and_can_be_put_right(ledger: Ledger) -> None:
    (kept,) = ledger.funders()
    ledger.set_funder(replace(kept, name="Riverton Borough Council"))

    assert ledger.funders()[0].name == "Riverton Borough Council"
    with pytest.raises(EntryError):
        ledger.set_funder(Funder(0, "", "", FunderKind.OTHER))


def test_a_new_rate_ends_the_one_before_and_goes_on_being_paid(
    ledger: Ledger, council: int
) -> None:
    ledger.set_award(an_award(council))
    ledger.set_award(
        an_award(council, date(2026, 9, 1), payment=Money(2400_00), first_payment=None)
    )
    old, new = ledger.awards()

    assert old.to_day == date(2026, 8, 31)
    assert new.first_payment == date(2026, 9, 21)
    assert [(row.day, row.amount.pence) for row in ledger.expected(DAY, date(2026, 9, 30))] == [
        (date(2026, 7, 27), 2275_00),
        (date(2026, 8, 24), 2275_00),
        (date(2026, 9, 21), 2400_00),
    ]
    ledger.set_award(replace(new, payment=Money(2500_00)))
    assert ledger.awards()[1].payment == Money(2500_00)


def test_two_rates_from_one_day_are_refused(ledger: Ledger, council: int) -> None:
    ledger.set_award(an_award(council))

    with pytest.raises(RefusedError) as error:
        ledger.set_award(an_award(council))
    assert "already" in refused(error)
    with pytest.raises(EntryError):
        ledger.set_award(an_award(council, to_day=date(2026, 6, 1)))


def test_contributions_follow_each_other(ledger: Ledger, council: int) -> None:
    plan = ContributionPlan(0, council, DAY, amount=Money(71_25), first_due=date(2026, 7, 3))
    ledger.set_contribution(plan)
    ledger.set_contribution(replace(plan, amount=Money(72_00)))
    ledger.set_contribution(
        replace(plan, from_day=date(2026, 9, 1), amount=Money(80_00), first_due=date(2026, 9, 4))
    )
    first, second = ledger.contributions()

    assert (first.amount, first.to_day) == (Money(72_00), date(2026, 8, 31))
    ledger.set_contribution(replace(second, note="letter of 1 August"))
    assert ledger.contributions()[1].note == "letter of 1 August"
    ledger.contribution_due(ContributionDue(0, council, date(2026, 12, 1), Money(5)))
    ledger.expect_payment(ExpectedPayment(0, council, date(2026, 12, 2), Money(6)))
    assert [
        (row.kind, row.funder) for row in ledger.expected(date(2026, 12, 1), date(2026, 12, 2))
    ] == [
        ("contribution", "Riverton Council"),
        ("regular", "Riverton Council"),
    ]


def test_rules_between_funders_replace_what_was_there(ledger: Ledger, council: int) -> None:
    for weeks in (4, 8):
        ledger.set_split_rules([SplitRule(0, council, 1, ("pay.hmrc",))])
        ledger.set_balance_limits([BalanceLimit(0, council, weeks, Money(640_00))])
        ledger.set_opening_shares([OpeningShare(0, council, Money(5))])
    with ledger._book.read() as reading:
        assert [one.weeks for one in reading.find(BalanceLimit)] == [8]
        assert reading.count(SplitRule) == reading.count(OpeningShare) == 1


def test_money_set_aside_is_kept_changed_and_taken_out(ledger: Ledger) -> None:
    number = ledger.set_reserve(Reserve(0, "break", "Weekend", Money(600_00)))
    (kept,) = ledger.reserves()
    ledger.set_reserve(replace(kept, agreed_by="the council"))
    assert ledger.reserves()[0].agreed_by == "the council"
    ledger.remove_reserve(number)
    assert ledger.reserves() == ()
    with pytest.raises(EntryError):
        ledger.set_reserve(Reserve(0, "break", "Weekend", NOTHING))


# ── statements from a file ───────────────────────────────────────────────────────────


def keep(ledger: Ledger, bank: int, text: str, **more: Any) -> Any:
    return ledger.keep_statement(bank, "july.csv", text.encode(), **more)


def test_a_preview_keeps_nothing(ledger: Ledger, bank: int) -> None:
    preview = ledger.preview(bank, "july.csv", SHOP.encode())

    assert (preview.new, preview.already_here, preview.layout) == (2, 0, "paid-out-paid-in")
    assert (preview.opening, preview.closing) == (Money(1000_00), Money(1005_00))
    assert [line.file_line for line in preview.lines] == [2, 3]
    assert ledger.lines() == ()
    assert preview.findings == ()


def test_a_statement_is_kept_once(ledger: Ledger, bank: int) -> None:
    first = keep(ledger, bank, SHOP)
    again = keep(ledger, bank, SHOP)
    more = keep(ledger, bank, SHOP + "15/07/2026,SHOP,5.00,,1000.00\n")

    assert (first.added, again.added, again.statement_id, more.added) == (2, 0, 0, 1)
    assert [row.amount.pence for row in ledger.lines()] == [-500, 1000, -500]
    statements = ledger.statements(bank)
    assert [(row.first_day.day, row.opening.pence, row.closing.pence) for row in statements] == [
        (13, 1000_00, 1005_00),
        (15, 1005_00, 1000_00),
    ]
    assert ledger.statements(99) == ()
    assert ledger.accounts()[0].statement_balance == Money(1000_00)


def test_a_file_that_cannot_be_read_whole_keeps_nothing(ledger: Ledger, bank: int) -> None:
    with pytest.raises(EntryError) as error:
        keep(ledger, bank, SHOP + "15/07/2026,SHOP,5.00,,999.00\n")

    assert "Line 4" in refused(error)
    assert ledger.lines() == ()
    assert ledger.statements() == ()


def test_a_gap_is_said_before_anything_is_kept(ledger: Ledger, bank: int) -> None:
    gap = HEAD + "20/07/2026,SHOP,5.00,,700.00\n"
    preview = ledger.preview(bank, "x.csv", gap.encode())

    assert [finding.code for finding in preview.findings] == ["gap"]
    keep(ledger, bank, SHOP)
    going_on = HEAD + "14/07/2026,SHOP,5.00,,1000.00\n"
    assert ledger.preview(bank, "x.csv", going_on.encode()).findings == ()


def test_a_file_from_before_the_book_is_refused(ledger: Ledger, bank: int) -> None:
    with pytest.raises(EntryError) as error:
        keep(ledger, bank, HEAD + "30/06/2026,SHOP,5.00,,995.00\n")
    assert "1 July 2026" in refused(error)


def test_the_tin_has_no_statements(ledger: Ledger, tin: int) -> None:
    with pytest.raises(EntryError):
        keep(ledger, tin, SHOP)


BARCLAYS = "Number,Date,Account,Amount,Subcategory,Memo\n"


def test_without_balances_doubtful_lines_are_shown_and_can_be_kept(
    ledger: Ledger, bank: int
) -> None:
    row = ",13/07/2026,x,-5.00,PAYMENT,SHOP\n"
    keep(ledger, bank, BARCLAYS + ",13/07/2026,x,-1.00,PAYMENT,EARLY\n" + row)
    preview = ledger.preview(bank, "x.csv", (BARCLAYS + row).encode())

    assert [(line.already_here, line.doubtful) for line in preview.lines] == [(True, True)]
    assert keep(ledger, bank, BARCLAYS + row).added == 0
    assert keep(ledger, bank, BARCLAYS + row, also=[0]).added == 1
    assert preview.findings == ()
    assert [(one.opening.pence, one.closing.pence) for one in ledger.statements()] == [
        (1000_00, 994_00),
        (994_00, 989_00),
    ]


def test_known_layouts_are_listed(ledger: Ledger) -> None:
    assert "nationwide" in {row.layout for row in ledger.layouts()}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "spreadsheet"),
        (b"OFXHEADER:100", "broken or cut short"),
        (b"\x81\x8d\xff", "text"),
        (b" <HTML>", "web page"),
        (b"x" * 10_000_001, "too large"),
    ],
)
def test_other_kinds_of_file_are_named(
    ledger: Ledger, bank: int, content: bytes, words: str
) -> None:
    with pytest.raises(EntryError) as error:
        ledger.preview(bank, "x", content)
    assert words in refused(error)


def test_the_same_days_as_ofx_or_qif_are_not_kept_twice(ledger: Ledger, bank: int) -> None:
    keep(ledger, bank, HEAD + "13/07/2026,CAFE,5.00,,995.00\n13/07/2026,CAFE,5.00,,990.00\n")
    twice = "<STMTTRN><DTPOSTED>20260713<TRNAMT>-5.00<NAME>CAFE</STMTTRN>" * 2
    ofx = f"<OFX><STMTRS><CURDEF>GBP{twice}</STMTRS></OFX>".encode()
    qif = b"!Type:Bank\n" + b"D13/07/2026\nT-5.00\nPCAFE\n^\n" * 2

    for content in (ofx, qif):
        assert ledger.keep_statement(bank, "July", content).added == 0
    more = qif + b"D14/07/2026\nT-1.00\nPBUS\n^\n"
    assert ledger.keep_statement(bank, "July", more).added == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(ledger: Ledger, bank: int, encoding: str) -> None:
    text = HEAD + "13/07/2026,CAFÉ,£5.00,,£995.00\n"

    preview = ledger.preview(bank, "x.csv", text.encode(encoding))
    assert preview.lines[0].description == "CAFÉ"


# ── statements typed from paper ──────────────────────────────────────────────────────


@pytest.fixture
def typed(ledger: Ledger, bank: int) -> int:
    return ledger.start_statement(bank, DAY, date(2026, 7, 31), Money(1000_00), Money(1005_00))


def test_a_paper_statement_is_typed_line_by_line(ledger: Ledger, typed: int) -> None:
    first = ledger.type_line(typed, date(2026, 7, 13), "SHOP", Money(-500), balance=Money(995_00))
    second = ledger.type_line(typed, date(2026, 7, 13), "  ANNA  L ", Money(1000))

    assert (first.balance, first.left) == (Money(995_00), Money(1000))
    assert (second.balance, second.left) == (Money(1005_00), NOTHING)
    assert [line.description for line in ledger.typed_lines(typed)] == ["SHOP", "ANNA L"]
    assert [(row.typed, row.lines, row.left.pence) for row in ledger.statements()] == [(True, 2, 0)]


def test_a_balance_that_does_not_follow_keeps_nothing(ledger: Ledger, typed: int) -> None:
    with pytest.raises(EntryError) as error:
        ledger.type_line(typed, date(2026, 7, 13), "SHOP", Money(500), balance=Money(995_00))

    assert "£1,005.00" in refused(error)
    assert ledger.typed_lines(typed) == ()


@pytest.mark.parametrize(
    ("day", "words", "amount"),
    [
        (date(2026, 8, 1), "SHOP", -500),
        (date(2026, 7, 12), "SHOP", -500),
        (date(2026, 7, 13), " ", -500),
        (date(2026, 7, 13), "SHOP", 0),
    ],
)
def test_a_line_that_cannot_be_is_refused(
    ledger: Ledger, typed: int, day: date, words: str, amount: int
) -> None:
    ledger.type_line(typed, date(2026, 7, 13), "FIRST", Money(-1))

    with pytest.raises(EntryError) as error:
        ledger.type_line(typed, day, words, Money(amount))
    assert refused(error)
    assert len(ledger.typed_lines(typed)) == 1


def test_a_typed_line_that_came_with_a_file_is_refused(ledger: Ledger, bank: int) -> None:
    keep(ledger, bank, SHOP)
    typed = ledger.start_statement(bank, DAY, date(2026, 7, 31), Money(1000_00), Money(995_00))

    with pytest.raises(EntryError) as error:
        ledger.type_line(typed, date(2026, 7, 13), "Shop", Money(-500))
    assert "already" in refused(error)


def test_a_mistaken_line_is_taken_out_and_the_rest_runs_again(ledger: Ledger, typed: int) -> None:
    wrong = ledger.type_line(typed, date(2026, 7, 13), "SHOP", Money(-500))
    ledger.type_line(typed, date(2026, 7, 14), "ANNA", Money(1000))
    ledger.remove_line(wrong.line_id)

    assert [row.balance for row in ledger.lines()] == [Money(1010_00)]


def test_a_line_that_was_missed_goes_above_another(ledger: Ledger, typed: int) -> None:
    ledger.type_line(typed, date(2026, 7, 13), "SHOP", Money(-500))
    second = ledger.type_line(typed, date(2026, 7, 14), "ANNA", Money(1000))
    third = ledger.type_line(typed, date(2026, 7, 14), "BUS", Money(-200))

    ledger.type_line(
        typed,
        date(2026, 7, 14),
        "CHEMIST",
        Money(-300),
        balance=Money(1002_00),
        above=third.line_id,
    )
    ledger.type_line(typed, date(2026, 7, 13), "RENT", Money(-100), above=second.line_id)

    assert [(line.description, line.balance.pence) for line in ledger.typed_lines(typed)] == [
        ("SHOP", 995_00),
        ("RENT", 994_00),
        ("ANNA", 1004_00),
        ("CHEMIST", 1001_00),
        ("BUS", 999_00),
    ]
    assert {row.description: row.balance for row in ledger.lines()}["BUS"] == Money(999_00)


@pytest.mark.parametrize("day", [12, 15])
def test_a_missed_line_keeps_to_the_days_around_it(ledger: Ledger, typed: int, day: int) -> None:
    ledger.type_line(typed, date(2026, 7, 13), "SHOP", Money(-500))
    below = ledger.type_line(typed, date(2026, 7, 14), "ANNA", Money(1000))

    with pytest.raises(EntryError) as error:
        ledger.type_line(typed, date(2026, 7, day), "X", Money(1), above=below.line_id)
    assert refused(error)
    assert [line.description for line in ledger.typed_lines(typed)] == ["SHOP", "ANNA"]


def test_taking_out_a_line_lets_a_cheque_wait_again(ledger: Ledger, bank: int, typed: int) -> None:
    cheque = ledger.add_entry(an_entry(bank, -500, cheque_no="000118"), one_part(-500))
    line = ledger.type_line(typed, date(2026, 7, 13), "CHQ 000118", Money(-500))
    assert ledger.entry(cheque).line_id == line.line_id

    ledger.remove_line(line.line_id)
    assert [row.entry_id for row in ledger.waiting()] == [cheque]


def test_the_days_and_balances_of_a_typed_statement_can_be_put_right(
    ledger: Ledger, typed: int
) -> None:
    ledger.type_line(typed, date(2026, 7, 13), "SHOP", Money(-500))
    ledger.change_statement(typed, DAY, date(2026, 7, 30), Money(900_00), Money(895_00))

    assert ledger.lines()[0].balance == Money(895_00)
    assert ledger.statements()[0].left == NOTHING
    with pytest.raises(EntryError) as error:
        ledger.change_statement(typed, DAY, date(2026, 7, 12), Money(900_00), Money(895_00))
    assert "13 July 2026" in refused(error)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 7, 20), date(2026, 8, 20)),
        (date(2026, 8, 2), date(2026, 8, 1)),
        (date(2026, 6, 30), date(2026, 8, 1)),
    ],
)
@pytest.mark.usefixtures("typed")
def test_days_that_cannot_be_a_statement_are_refused(
    ledger: Ledger, bank: int, first: date, last: date
) -> None:
    with pytest.raises(EntryError):
        ledger.start_statement(bank, first, last, NOTHING, NOTHING)


def test_a_statement_from_a_file_is_not_typed_over(ledger: Ledger, bank: int) -> None:
    kept = keep(ledger, bank, SHOP)

    with pytest.raises(RefusedError):
        ledger.type_line(kept.statement_id, date(2026, 7, 14), "X", Money(1))
    with pytest.raises(RefusedError):
        ledger.remove_line(ledger.lines()[0].line_id)


def test_a_statement_nobody_coded_can_be_taken_out(ledger: Ledger, bank: int) -> None:
    kept = keep(ledger, bank, SHOP)
    line = ledger.lines()[0].line_id
    ledger.code_line(line, "Shop", one_part(-500, "plan.equipment"))

    with pytest.raises(RefusedError):
        ledger.remove_statement(kept.statement_id)
    ledger.undo(line)
    ledger.remove_statement(kept.statement_id)
    assert ledger.lines() == ()


# ── what a line was for ──────────────────────────────────────────────────────────────


def lines(ledger: Ledger, bank: int, text: str = SHOP) -> tuple[LineRow, ...]:
    keep(ledger, bank, text, settle=False)
    return ledger.lines()


def test_a_line_is_coded_once_and_can_be_taken_back(ledger: Ledger, bank: int) -> None:
    line = lines(ledger, bank)[0]
    entry = ledger.code_line(
        line.line_id,
        "Shop",
        [Part("plan.equipment", Money(-300)), Part("emp.ppe", Money(-200), note="gloves")],
        note="for the kitchen",
        cheque_no="7",
    )
    row = ledger.entry(entry)

    assert [(part.category, part.amount.pence, part.note) for part in row.parts] == [
        ("plan.equipment", -300, ""),
        ("emp.ppe", -200, "gloves"),
    ]
    assert (row.line_day, row.needs, row.note) == (line.day, "receipt", "for the kitchen")
    coded = ledger.lines()[0]
    assert (
        coded.what_for == "Equipment agreed in the plan; Gloves, aprons and other protective items"
    )
    assert (coded.entry_id, coded.needs, coded.proposal) == (entry, "receipt", None)
    assert [one.line_id for one in ledger.lines(to_code_only=True)] == [ledger.lines()[1].line_id]
    with pytest.raises(RefusedError):
        ledger.code_line(line.line_id, "Shop", one_part(-500))

    ledger.undo(line.line_id)
    assert ledger.lines()[0].entry_id is None
    assert ledger.entries() == ()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (one_part(-499), "add up"),
        ((), "add up"),
        (one_part(-500, "plan.wishes"), "not a kind"),
        (one_part(-500, "inc.interest"), "does not fit"),
        ((*one_part(-500), Part("emp.ppe", NOTHING)), "nothing"),
        ((Part("xfer.cash_drawn", Money(-400)), Part("emp.ppe", Money(-100))), "transfer"),
    ],
)
def test_parts_that_cannot_be_are_refused(
    ledger: Ledger, bank: int, parts: tuple[Part, ...], words: str
) -> None:
    line = lines(ledger, bank)[0]

    with pytest.raises(EntryError) as error:
        ledger.code_line(line.line_id, "Shop", parts)
    assert words in refused(error)
    assert ledger.entries() == ()


def test_cash_never_comes_in_as_cash_drawn(ledger: Ledger, bank: int) -> None:
    line = lines(ledger, bank)[1]

    with pytest.raises(EntryError):
        ledger.code_line(line.line_id, "Machine", one_part(1000, "xfer.cash_drawn"))


def test_a_cheque_written_before_is_joined_to_its_line(ledger: Ledger, bank: int) -> None:
    cheque = ledger.add_entry(an_entry(bank, -500), one_part(-500))
    line = lines(ledger, bank)[0]
    offered = ledger.proposals(line.line_id)[0]

    assert (offered.kind, offered.entry_id, offered.certain) == (
        ProposalKind.WAITING,
        cheque,
        True,
    )
    ledger.join(line.line_id, cheque)
    assert ledger.waiting() == ()
    assert ledger.entry(cheque).line_day == date(2026, 7, 13)
    ledger.undo(line.line_id)
    assert [row.entry_id for row in ledger.waiting(bank)] == [cheque]


def test_only_an_entry_of_the_same_amount_is_joined(ledger: Ledger, bank: int) -> None:
    other = ledger.add_entry(an_entry(bank, -501), one_part(-501))
    right = ledger.add_entry(an_entry(bank, -500), one_part(-500))
    first = lines(ledger, bank, HEAD + "13/07/2026,A,5,,995\n14/07/2026,B,5,,990\n")

    with pytest.raises(RefusedError) as error:
        ledger.join(first[0].line_id, other)
    assert "£5.01" in refused(error)
    ledger.join(first[0].line_id, right)
    with pytest.raises(RefusedError) as error:
        ledger.join(first[1].line_id, right)
    assert "already" in refused(error)


def test_what_is_certain_settles_itself(ledger: Ledger, bank: int, council: int) -> None:
    ledger.set_award(an_award(council))
    ledger.set_contribution(
        ContributionPlan(0, council, DAY, amount=Money(71_25), first_due=date(2026, 7, 3))
    )
    wages = ledger.add_commitment(
        Commitment(0, CommitmentKind.WAGES, "Amina Yusuf", Money(900_00), date(2026, 7, 26))
    )
    text = (
        HEAD
        + "03/07/2026,STO CONTRIBUTION,,71.25,1071.25\n"
        + "27/07/2026,RIVERTON CC DP,,2275.00,3346.25\n"
        + "31/07/2026,AMINA Y,900.00,,2446.25\n"
        + "31/07/2026,MYSTERY,1.00,,2445.25\n"
    )
    kept = keep(ledger, bank, text)
    entries = ledger.entries()

    assert (kept.added, kept.settled) == (4, 3)
    assert [entry.parts[0].category for entry in entries] == [
        "inc.contribution",
        "inc.council_regular",
        "pay.net_wages",
    ]
    assert entries[2].parts[0].commitment_id == wages
    assert ledger.commitments(date(2026, 7, 31)) == ()
    assert ledger.settle() == 0
    assert ledger.to_do(date(2026, 7, 31)).lines_to_code == 1


def test_lines_kept_unsettled_can_be_settled_later(ledger: Ledger, bank: int) -> None:
    ledger.add_entry(an_entry(bank, -500), one_part(-500))
    lines(ledger, bank)

    assert ledger.settle() == 1
    assert ledger.lines()[0].payee == "Club"


def test_a_proposal_is_accepted_as_it_stands(ledger: Ledger, bank: int) -> None:
    rows = lines(ledger, bank, HEAD + "13/07/2026,CREDIT INTEREST,,1.86,1001.86\n")
    offered = rows[0].proposal

    assert offered is not None
    assert ledger.accept([offered]) == 1
    assert ledger.entries()[0].parts[0].category == "inc.interest"


def test_a_wage_overpaid_and_put_right_leaves_nothing_owed(ledger: Ledger, bank: int) -> None:
    for day in (10, 17):
        ledger.add_commitment(
            Commitment(0, CommitmentKind.WAGES, "Amina Yusuf", Money(500_00), date(2026, 7, day))
        )
    rows = lines(
        ledger,
        bank,
        HEAD + "10/07/2026,AMINA,520.00,,480.00\n17/07/2026,AMINA,480.00,,0.00\n",
    )
    over = rows[0].proposal
    assert over is not None
    assert not over.certain
    ledger.accept([over])
    assert [row.outstanding.pence for row in ledger.commitments(date(2026, 7, 16))] == [-20_00]

    assert ledger.settle() == 1
    assert ledger.commitments(date(2026, 7, 17)) == ()
    assert [part.amount.pence for part in ledger.entries()[1].parts] == [-500_00, 20_00]
    settled = ledger.commitments(date(2026, 7, 17), with_settled=True)
    assert [row.settled.pence for row in settled] == [500_00, 500_00]


def test_the_same_receipt_answers_for_one_expected_payment(
    ledger: Ledger, bank: int, council: int
) -> None:
    for day in (13, 14):
        ledger.expect_payment(ExpectedPayment(0, council, date(2026, 7, day), Money(10_00)))
    text = HEAD + "13/07/2026,RIVERTON,,10.00,1010.00\n14/07/2026,RIVERTON,,10.00,1020.00\n"

    assert keep(ledger, bank, text).settled == 2


# ── transfers and the tin ────────────────────────────────────────────────────────────


def test_cash_drawn_goes_into_the_tin(ledger: Ledger, bank: int, tin: int) -> None:
    line = lines(ledger, bank, HEAD + "13/07/2026,ATM,40.00,,960.00\n")[0]
    ledger.code_line(line.line_id, "Machine", one_part(-4000, "xfer.cash_drawn"))
    ledger.add_entry(an_entry(tin, -850, method=Method.CASH), one_part(-850, "plan.activities"))

    assert [row.book_balance.pence for row in ledger.accounts()] == [960_00, 36_50]
    assert ledger.waiting() == ()
    ledger.undo(line.line_id)
    assert [row.book_balance.pence for row in ledger.accounts()] == [1000_00, -3_50]


def test_the_tin_is_made_when_cash_is_first_drawn(ledger: Ledger, bank: int) -> None:
    line = lines(ledger, bank, HEAD + "13/07/2026,ATM,40.00,,960.00\n")[0]
    ledger.code_line(line.line_id, "Machine", one_part(-4000, "xfer.cash_drawn"))

    assert [row.kind for row in ledger.accounts()] == [AccountKind.BANK, AccountKind.CASH]


def test_money_moved_to_another_account_waits_there_for_its_line(ledger: Ledger, bank: int) -> None:
    card = ledger.add_account(Account(0, "", "Card", AccountKind.PREPAID_CARD, DAY, NOTHING))
    line = lines(ledger, bank)[0]
    ledger.code_line(line.line_id, "Card", one_part(-500, "xfer.internal"))
    (waiting,) = ledger.waiting()

    assert (waiting.account_id, waiting.amount) == (card, Money(500))
    kept = keep(ledger, card, HEAD + "14/07/2026,FROM BANK,,5.00,5.00\n")
    assert kept.settled == 1
    with pytest.raises(RefusedError):
        ledger.change_entry(an_entry(card, 500, id=waiting.entry_id), one_part(500, "inc.other"))


def test_the_other_end_has_to_be_clear(ledger: Ledger, bank: int) -> None:
    line = lines(ledger, bank)[0]
    with pytest.raises(EntryError) as error:
        ledger.code_line(line.line_id, "Card", one_part(-500, "xfer.internal"))
    assert "no other account" in refused(error)

    ledger.add_account(Account(0, "", "Card", AccountKind.PREPAID_CARD, DAY, NOTHING))
    other = ledger.add_account(Account(0, "", "Saver", AccountKind.BANK, DAY, NOTHING))
    with pytest.raises(EntryError) as error:
        ledger.code_line(line.line_id, "Card", one_part(-500, "xfer.internal"))
    assert "several" in refused(error)
    ledger.code_line(line.line_id, "Saver", one_part(-500, "xfer.internal"), other_account_id=other)
    assert ledger.waiting()[0].account_id == other


def test_a_transfer_said_from_both_sides_is_one(ledger: Ledger, bank: int) -> None:
    card = ledger.add_account(Account(0, "", "Card", AccountKind.PREPAID_CARD, DAY, NOTHING))
    lines(ledger, bank, HEAD + "13/07/2026,TO CARD,5.00,,995.00\n")
    keep(ledger, card, HEAD + "13/07/2026,FROM BANK,,5.00,5.00\n", settle=False)
    for row in ledger.lines():
        amount = row.amount.pence
        if row.entry_id is None:
            offered = ledger.proposals(row.line_id)
            if offered and offered[0].kind is ProposalKind.WAITING:
                ledger.accept(offered[:1])
            else:
                ledger.code_line(row.line_id, "Own", one_part(amount, "xfer.internal"))

    assert len(ledger.entries()) == 2
    assert ledger.waiting() == ()


@pytest.mark.parametrize(
    ("source", "goal", "category"),
    [(0, 1, "xfer.cash_drawn"), (1, 0, "xfer.cash_banked"), (0, 2, "xfer.internal")],
)
def test_money_is_moved_by_hand(
    ledger: Ledger, bank: int, tin: int, source: int, goal: int, category: str
) -> None:
    card = ledger.add_account(Account(0, "", "Card", AccountKind.PREPAID_CARD, DAY, NOTHING))
    places = (bank, tin, card)
    out, arrived = ledger.transfer(places[source], places[goal], DAY, Money(500), "for the week")

    assert ledger.entry(out).amount == Money(-500)
    assert ledger.entry(arrived).parts[0].category == category
    ledger.void_entry(out, "not moved after all")
    assert ledger.entries() == ()
    assert len(ledger.entries(with_void=True)) == 2


@pytest.mark.parametrize(("goal", "amount"), [(0, 500), (1, 0), (1, -5)])
def test_what_is_no_transfer_is_refused(
    ledger: Ledger, bank: int, tin: int, goal: int, amount: int
) -> None:
    with pytest.raises(EntryError):
        ledger.transfer(bank, (bank, tin)[goal], DAY, Money(amount))


def test_banking_cash_from_the_tin_side_finds_the_bank(ledger: Ledger, bank: int, tin: int) -> None:
    ledger.add_entry(an_entry(tin, -300, method=Method.CASH), one_part(-300, "xfer.cash_banked"))

    assert [row.account_id for row in ledger.waiting()] == [bank]


# ── entries ──────────────────────────────────────────────────────────────────────────


def test_an_entry_is_changed_until_it_is_on_a_statement(ledger: Ledger, bank: int) -> None:
    number = ledger.add_entry(an_entry(bank, -500), one_part(-500))
    ledger.change_entry(an_entry(bank, -600, id=number, note="twelve"), one_part(-600, "emp.ppe"))
    row = ledger.entry(number)
    assert (row.amount, row.parts[0].category, row.note) == (Money(-600), "emp.ppe", "twelve")

    line = lines(ledger, bank, HEAD + "13/07/2026,CLUB,6.00,,994.00\n")[0]
    ledger.join(line.line_id, number)
    ledger.change_entry(an_entry(bank, -600, id=number, payee="The club"), one_part(-600))
    assert ledger.entry(number).line_id == line.line_id
    with pytest.raises(RefusedError) as error:
        ledger.change_entry(an_entry(bank, -601, id=number), one_part(-601))
    assert "bank's" in refused(error)


def test_an_entry_is_voided_with_a_reason_and_stays_on_show(ledger: Ledger, bank: int) -> None:
    line = lines(ledger, bank)[0]
    number = ledger.code_line(line.line_id, "Shop", one_part(-500))

    with pytest.raises(EntryError):
        ledger.void_entry(number, "  ")
    ledger.void_entry(number, "entered twice")
    assert ledger.entries() == ()
    (row,) = ledger.entries(with_void=True)
    assert (row.void, row.void_reason, row.needs) == (True, "entered twice", "")
    assert ledger.lines()[0].entry_id is None
    with pytest.raises(RefusedError):
        ledger.void_entry(number, "again")


def test_money_back_is_joined_to_its_cost(ledger: Ledger, bank: int) -> None:
    cost = ledger.add_entry(an_entry(bank, -500), one_part(-500))
    back = ledger.add_entry(
        an_entry(bank, 200, refund_of_id=cost), one_part(200, "inc.supplier_refund")
    )
    assert ledger.entry(back).refund_of_id == cost
    ledger.set_refund(back, None)
    assert ledger.entry(back).refund_of_id is None
    ledger.set_refund(back, cost)
    for wrong in (back, cost):
        with pytest.raises(EntryError):
            ledger.set_refund(cost, wrong)


def test_what_money_back_reduces_cannot_go(ledger: Ledger, bank: int) -> None:
    first, second = lines(ledger, bank)
    cost = ledger.code_line(first.line_id, "Shop", one_part(-500))
    ledger.code_line(
        second.line_id, "Shop", one_part(1000, "inc.supplier_refund"), refund_of_id=cost
    )

    with pytest.raises(RefusedError) as error:
        ledger.undo(first.line_id)
    assert "Shop" in refused(error)


@pytest.mark.parametrize("changes", [{"day": date(2026, 6, 30)}, {"payee": " "}])
def test_an_entry_that_cannot_be_is_refused(
    ledger: Ledger, bank: int, changes: dict[str, Any]
) -> None:
    with pytest.raises(EntryError):
        ledger.add_entry(an_entry(bank, -500, **changes), one_part(-500))


def test_what_was_counted_before_waits_to_clear(ledger: Ledger, bank: int) -> None:
    before = an_entry(bank, -8750, day=date(2026, 6, 20), cheque_no="000118")
    number = ledger.bring_forward(before)

    assert ledger.accounts()[0].book_balance == Money(1000_00 - 87_50)
    kept = keep(ledger, bank, HEAD + "02/07/2026,CHQ 000118,87.50,,912.50\n")
    assert kept.settled == 1
    assert ledger.entry(number).brought_forward
    with pytest.raises(EntryError):
        ledger.bring_forward(an_entry(bank, -5))


def test_entries_are_listed_by_day_and_account(ledger: Ledger, bank: int, tin: int) -> None:
    ledger.add_entry(an_entry(bank, -500), one_part(-500))
    ledger.add_entry(an_entry(tin, -100, day=date(2026, 8, 1)), one_part(-100))

    assert len(ledger.entries(account_id=tin)) == 1
    assert len(ledger.entries(last=date(2026, 7, 31))) == 1
    assert len(ledger.entries(date(2026, 8, 1))) == 1


# ── papers ───────────────────────────────────────────────────────────────────────────


def a_photograph(width: int = 3000, height: int = 2000, kind: str = "JPEG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), (200, 180, 160)).save(target, kind)
    return target.getvalue()


def test_a_paper_is_kept_once_and_proves_what_it_is_attached_to(ledger: Ledger, bank: int) -> None:
    entry = ledger.add_entry(an_entry(bank, -500), one_part(-500))
    paper = ledger.keep_paper("mill.pdf", b"%PDF-1.7 x", "invoice", "", day=DAY, amount=Money(500))
    again = ledger.keep_paper("copy.pdf", b"%PDF-1.7 x", "invoice", "")

    assert (paper.number, paper.title, paper.media_type) == (1, "mill.pdf", "application/pdf")
    assert again.paper_id == paper.paper_id
    assert ledger.paper_content(paper.paper_id) == b"%PDF-1.7 x"
    assert [row.entry_id for row in ledger.evidence_missing(DAY, date(2026, 7, 31))] == [entry]

    ledger.attach(paper.paper_id, entry_id=entry)
    ledger.attach(paper.paper_id, entry_id=entry)
    assert ledger.evidence_missing(DAY, date(2026, 7, 31)) == ()
    assert ledger.papers()[0].entry_ids == (entry,)
    assert [one.number for one in ledger.entry(entry).papers] == [1]
    ledger.detach(paper.paper_id, entry_id=entry)
    assert ledger.papers()[0].entry_ids == ()


def test_undoing_a_line_lets_go_of_its_papers(ledger: Ledger, bank: int) -> None:
    line = lines(ledger, bank)[0]
    entry = ledger.code_line(line.line_id, "Shop", one_part(-500))
    paper = ledger.keep_paper("r.txt", b"receipt", "receipt", "Receipt")
    ledger.attach(paper.paper_id, entry_id=entry)
    ledger.undo(line.line_id)

    assert ledger.papers()[0].entry_ids == ()


def test_a_bill_can_have_its_paper(ledger: Ledger) -> None:
    bill = ledger.add_commitment(Commitment(0, CommitmentKind.INVOICE, "Mill", Money(500), DAY))
    paper = ledger.keep_paper("r.txt", b"bill", "invoice", "Bill")
    ledger.attach(paper.paper_id, commitment_id=bill)

    assert ledger.papers()[0].commitment_ids == (bill,)
    with pytest.raises(TypeError):
        ledger.attach(paper.paper_id)


def test_a_photograph_is_made_no_larger_than_it_needs_to_be(ledger: Ledger) -> None:
    photograph = a_photograph()
    paper = ledger.keep_paper("photo.jpg", photograph, "receipt", "Receipt")
    kept = ledger.paper_content(paper.paper_id)

    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (2200, 1467)
    assert paper.size == len(kept)
    assert ledger.keep_paper("photo.jpg", photograph, "receipt", "").paper_id == paper.paper_id
    png = ledger.keep_paper("scan.png", a_photograph(20, 30, "PNG"), "receipt", "")
    assert png.media_type == "image/png"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "no PDF"),
        (b"\xff\xfe\xfd", "no PDF"),
        (b"\xff\xd8\xff\xe0 not a picture", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "damaged"),
        (b"%PDF-" + b"x" * LARGEST, "larger"),
    ],
)
def test_what_cannot_be_kept_is_refused(ledger: Ledger, content: bytes, words: str) -> None:
    with pytest.raises(EntryError) as error:
        ledger.keep_paper("x", content, "receipt", "X")
    assert words in refused(error)


def test_a_picture_of_absurd_size_is_refused(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)

    with pytest.raises(EntryError):
        ledger.keep_paper("x", a_photograph(13, 11), "receipt", "X")
    with pytest.raises(EntryError):
        ledger.keep_paper("x", a_photograph(30, 30), "receipt", "X")


def test_only_known_kinds_of_paper_are_kept(ledger: Ledger) -> None:
    with pytest.raises(EntryError):
        ledger.keep_paper("x.txt", b"x", "feather", "X")
    kinds = dict(ledger.evidence_kinds())
    assert "receipt" in kinds
    assert "bank_line" not in kinds


def test_a_paper_that_is_only_held_has_no_picture(ledger: Ledger) -> None:
    assert ledger.paper_content(77) == b""


# ── bills ────────────────────────────────────────────────────────────────────────────


def test_a_bill_is_owed_until_it_is_paid_or_ended(ledger: Ledger, bank: int) -> None:
    bill = ledger.add_commitment(
        Commitment(
            0, CommitmentKind.INVOICE, "Mill", Money(500), DAY, due=date(2026, 7, 20), note="July"
        )
    )
    (row,) = ledger.commitments(date(2026, 7, 31))
    assert (row.kind_label, row.outstanding, row.overdue, row.note) == (
        "Invoice not yet paid",
        Money(500),
        True,
        "July",
    )
    assert not ledger.commitments(date(2026, 7, 20))[0].overdue
    assert ledger.commitments(date(2026, 6, 30)) == ()
    ledger.add_entry(an_entry(bank, -300), one_part(-300, commitment_id=bill))
    assert ledger.commitments(date(2026, 7, 31))[0].outstanding == Money(200)

    with pytest.raises(EntryError):
        ledger.end_commitment(bill, date(2026, 7, 31), "")
    ledger.end_commitment(bill, date(2026, 7, 31), "the mill let us off")
    assert ledger.commitments(date(2026, 8, 1)) == ()
    assert len(ledger.commitments(date(2026, 7, 31))) == 1


@pytest.mark.parametrize(("payee", "amount"), [("", 500), ("Mill", 0)])
def test_a_bill_names_who_and_how_much(ledger: Ledger, payee: str, amount: int) -> None:
    with pytest.raises(EntryError):
        ledger.add_commitment(Commitment(0, CommitmentKind.INVOICE, payee, Money(amount), DAY))


def test_an_invoice_is_proposed_and_remembers_what_paid_it(ledger: Ledger, bank: int) -> None:
    number = ledger.add_invoice(Invoice(0, "The Mill", "M-1", DAY, DAY, Money(500)))
    line = lines(ledger, bank, HEAD + "13/07/2026,THE MILL,5.00,,995.00\n")[0]
    offered = ledger.proposals(line.line_id)[0]
    assert offered.kind is ProposalKind.INVOICE

    ledger.accept([offered])
    with ledger._book.read() as reading:
        assert reading.get(Invoice, number).paid_by_id == ledger.lines()[0].entry_id
    ledger.undo(line.line_id)
    with ledger._book.read() as reading:
        assert reading.get(Invoice, number).paid_by_id is None


def test_an_invoice_that_was_paid_before_it_was_entered_finds_its_payment(
    ledger: Ledger, bank: int
) -> None:
    ledger.add_entry(an_entry(bank, -500, payee="Other"), one_part(-500))
    paid = ledger.add_entry(an_entry(bank, -500, payee="the mill"), one_part(-500))
    number = ledger.add_invoice(Invoice(0, "The Mill", "M-1", DAY, DAY, Money(500)))

    with ledger._book.read() as reading:
        assert reading.get(Invoice, number).paid_by_id == paid
    with pytest.raises(EntryError):
        ledger.add_invoice(Invoice(0, "", "M-2", DAY, DAY, Money(500)))


def test_what_is_left_to_do_is_counted(ledger: Ledger, bank: int) -> None:
    assert ledger.to_do(DAY).evidence_missing == 0
    ledger.start_statement(bank, DAY, date(2026, 7, 31), Money(1000_00), Money(1))
    ledger.add_entry(an_entry(bank, -500), one_part(-500))
    ledger.add_commitment(
        Commitment(0, CommitmentKind.INVOICE, "Mill", Money(5), DAY, due=date(2026, 7, 2))
    )
    to_do = ledger.to_do(date(2026, 7, 31))

    assert (to_do.waiting, to_do.evidence_missing, to_do.overdue) == (1, 1, 1)
    assert (to_do.statements_unfinished, to_do.lines_to_code) == (1, 0)


def test_every_change_is_named_in_the_audit_log(ledger: Ledger, bank: int) -> None:
    line = lines(ledger, bank)[0]
    ledger.code_line(line.line_id, "Shop", one_part(-500))

    with ledger._book.read() as reading:
        assert reading.audit_actions() == (
            "Added an account",
            "Kept a statement",
            "Coded a line of a statement",
        )
