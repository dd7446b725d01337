"""A return: chosen, prepared, refused with the reason, signed, frozen, amended, printed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from dpemployer.errors import EntryError, RefusedError, SignOffRefusedError
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.returns.signed import SignedReturn
from dpemployer.services.ledger import Ledger
from dpemployer.services.money_rows import (
    Account,
    AccountKind,
    Award,
    ContributionPlan,
    Funder,
    FunderKind,
    LedgerEntry,
    Method,
    Part,
    PaymentFrequency,
    Reserve,
)
from dpemployer.services.returns import Returns
from dpemployer.services.samples import Sample
from dpemployer.services.shipped import template_names
from tests.returns.samples import NAMES, content, read_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.money_rows import ReturnPrepared, SignedRow
    from dpemployer.store.book import Book

TEMPLATE = "generic-quarterly"
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
PERIOD = (TEMPLATE, FIRST, LAST)
HEAD = "Date,Description,Paid out,Paid in,Balance\n"
STATEMENT = HEAD + (
    "13/07/2026,THE MILL,50.00,,950.00\n"
    "27/07/2026,RIVERTON,,2275.00,3225.00\n"
    "30/09/2026,CREDIT INTEREST,,1.00,3226.00\n"
)


@pytest.fixture
def returns(book: Book) -> Returns:
    return Returns(book)


@pytest.fixture
def ledger(book: Book) -> Ledger:
    """An account from 1 July with a statement, every line of it coded."""
    ledger = Ledger(book)
    bank = ledger.add_account(
        Account(0, "", "Direct payment account", AccountKind.BANK, FIRST, Money(1000_00))
    )
    council = ledger.set_funder(Funder(0, "rbc", "Riverton Council", FunderKind.LOCAL_AUTHORITY))
    ledger.set_award(
        Award(
            0,
            council,
            date(2026, 5, 11),
            None,
            Money(640_00),
            Money(71_25),
            Money(568_75),
            None,
            PaymentFrequency.FOUR_WEEKLY,
            Money(2275_00),
            first_payment=date(2026, 7, 27),
        )
    )
    ledger.keep_statement(bank, "q.csv", STATEMENT.encode(), settle=False)
    for line, payee, category in zip(
        ledger.lines(),
        ("The Mill", "Riverton Council", "Bank"),
        ("care.day_service", "inc.council_regular", "inc.interest"),
        strict=True,
    ):
        ledger.code_line(line.line_id, payee, [Part(category, line.amount)])
    with book.change("Named who is who") as tx:
        person = tx.add(Party(0, "Mary Holt", contact="01234", reference="RB-1"))
        manager = tx.add(Party(0, "Tom Holt", contact="tom@example.org"))
        for party, role, capacity in (
            (person, Role.PERSON_SUPPORTED, ""),
            (manager, Role.MONEY_MANAGER, "attorney"),
            (manager, Role.SIGNATORY, ""),
        ):
            tx.add(RoleHeld(0, party, role, FIRST, capacity=capacity))
    return ledger


def sign(returns: Returns, *period: Any, **changes: Any) -> SignedRow:
    prepared = returns.prepare(*(period or PERIOD))
    given: dict[str, Any] = {
        "signed_by": "Mary Holt",
        "capacity": "recipient",
        "declared_on": date(2026, 10, 2),
        "declared": prepared.declaration.statements,
    }
    return returns.sign(*(period or PERIOD), **(given | changes))


def why_not(returns: Returns, **changes: Any) -> str:
    with pytest.raises(SignOffRefusedError) as error:
        sign(returns, **changes)
    assert error.value.next_step
    return f"{error.value.what} {error.value.why}"


def line(prepared: ReturnPrepared, name: str) -> str:
    return next(
        one.text for section in prepared.sections for one in section.lines if one.line == name
    )


# ── which return ─────────────────────────────────────────────────────────────────────


def test_every_return_says_how_sure_the_program_is(returns: Returns) -> None:
    rows = returns.templates()

    assert {row.template for row in rows} == set(template_names())
    assert all("with your funder" in row.confidence_words for row in rows)
    assert not any(row.own for row in rows)


def own(text: str, name: str = "mine") -> dict[str, str]:
    from dpemployer.data_files import read_text  # noqa: PLC0415 - one test's own

    shipped = read_text(f"returns/{TEMPLATE}.toml")
    old, new = text.split("=>")
    named = shipped.replace(f'id = "{TEMPLATE}"', f'id = "{name}"')
    return {name: named.replace(old, new)}


@pytest.mark.usefixtures("ledger")
def test_a_return_of_ones_own_is_listed_apart_and_checked(book: Book) -> None:
    good = Returns(book, own("weeks = 8=>weeks = 1"))
    bad = Returns(book, own("weeks = 8=>weeks = -1"))

    assert [row.template for row in good.templates() if row.own] == ["mine"]
    assert line(good.prepare("mine", FIRST, LAST), "bt_surplus") == "£2,586.00"
    (broken,) = [row for row in bad.templates() if row.own]
    assert "weeks" in broken.problem
    with pytest.raises(EntryError):
        bad.prepare("mine", FIRST, LAST)


def test_a_return_nobody_knows_is_refused(returns: Returns) -> None:
    with pytest.raises(EntryError) as error:
        returns.prepare("moon-like", FIRST, LAST)
    assert TEMPLATE in error.value.why


def test_days_the_wrong_way_round_are_refused(returns: Returns) -> None:
    with pytest.raises(EntryError):
        returns.prepare(TEMPLATE, LAST, FIRST)


def test_the_return_of_an_account_is_chosen_from_a_day(returns: Returns) -> None:
    assert returns.chosen(FIRST) is None
    returns.choose("generic-monthly", FIRST)
    returns.choose(TEMPLATE, FIRST)
    returns.choose("sefton-like", date(2027, 1, 1), anchor=date(2027, 1, 4))

    for day, template in ((FIRST, TEMPLATE), (date(2027, 2, 1), "sefton-like")):
        chosen = returns.chosen(day)
        assert chosen is not None
        assert chosen.template == template
    with pytest.raises(EntryError):
        returns.choose("moon-like", FIRST)


@pytest.mark.usefixtures("ledger")
def test_periods_run_from_the_first_day_of_the_book(returns: Returns) -> None:
    quarters = returns.periods(TEMPLATE, date(2026, 12, 1))
    from_award = returns.periods("annotated-statement-declaration", date(2026, 8, 1))
    by_payment = returns.periods("generic-four-weekly", date(2026, 7, 1))

    assert [(one.first_day, one.last_day) for one in quarters] == [
        (FIRST, LAST),
        (date(2026, 10, 1), date(2026, 12, 31)),
    ]
    assert quarters[0].due == date(2026, 10, 28)
    assert quarters[0].due_is_assumed
    assert from_award[0].first_day == date(2026, 5, 11)
    assert by_payment[0].first_day == date(2026, 6, 29)
    assert returns.periods("sefton-like", FIRST)[0].due is None


def test_a_period_can_be_counted_from_a_chosen_day(returns: Returns, ledger: Ledger) -> None:
    returns.choose("sefton-like", FIRST, anchor=date(2026, 6, 29))

    assert returns.periods("sefton-like", LAST)[0].first_day == date(2026, 6, 29)
    assert len(ledger.accounts()) == 1


def test_a_book_without_accounts_has_no_periods(returns: Returns) -> None:
    assert returns.periods(TEMPLATE, LAST) == ()


# ── preparing ────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("ledger")
def test_a_prepared_return_shows_everything(returns: Returns) -> None:
    prepared = returns.prepare(*PERIOD)
    header = dict(prepared.header)

    assert prepared.may_be_signed
    assert (prepared.opening, prepared.closing) == (Money(1000_00), Money(3226_00))
    assert prepared.income - prepared.expenditure == Money(2226_00)
    assert header["Name of the person the payment is for"] == "Mary Holt"
    assert header["Name of the person managing the money, if different"] == "Tom Holt (attorney)"
    assert header["Telephone or email"] == "tom@example.org"
    assert header["First day"] == "1 July 2026"
    assert line(prepared, "a_var") == "−£4,550.00"
    assert [row.code for row in prepared.checklist if not row.done] == ["evidence"]
    assert [row.payee for row in prepared.evidence_missing] == ["The Mill", "Riverton Council"]
    assert [(one.role, one.name) for one in prepared.declaration.signatories] == [
        ("recipient", "Mary Holt"),
        ("authorised_person", "Tom Holt"),
    ]
    assert prepared.due == date(2026, 10, 28)
    assert prepared.signed is None
    assert [one.code for one in prepared.papers_asked if one.lacking] == ["invoice"]


def test_a_person_who_manages_their_own_money_is_not_named_twice(
    returns: Returns, book: Book
) -> None:
    with book.change("Named who is who") as tx:
        person = tx.add(Party(0, "Mary Holt", contact="01234"))
        for role in (Role.PERSON_SUPPORTED, Role.MONEY_MANAGER):
            tx.add(RoleHeld(0, person, role, FIRST))
        old = tx.add(Party(0, "Gone"))
        tx.add(RoleHeld(0, old, Role.MONEY_MANAGER, date(2020, 1, 1), date(2026, 6, 30)))
    header = dict(returns.prepare(*PERIOD).header)

    assert header["Name of the person managing the money, if different"] == ""
    assert header["Telephone or email"] == "01234"


def test_a_manager_without_capacity_or_person_is_named_plainly(
    returns: Returns, book: Book
) -> None:
    with book.change("Named who is who") as tx:
        tx.add(RoleHeld(0, tx.add(Party(0, "Tom Holt")), Role.MONEY_MANAGER, FIRST))
    header = dict(returns.prepare(*PERIOD).header)

    assert header["Name of the person managing the money, if different"] == "Tom Holt"
    assert header["Name of the person the payment is for"] == ""


@pytest.mark.usefixtures("ledger")
def test_every_figure_says_what_makes_it_up(returns: Returns) -> None:
    prepared = returns.prepare(*PERIOD)
    lines = {one.line: one for section in prepared.sections for one in section.lines}

    assert [item.label for item in lines["out_day"].items] == ["The Mill"]
    assert lines["out_day"].items[0].entry_id
    assert "Day service" in lines["out_day"].how


def test_contributions_short_before_go_on(returns: Returns, ledger: Ledger) -> None:
    council = ledger.funders()[0].id
    ledger.set_contribution(
        ContributionPlan(0, council, FIRST, amount=Money(10_00), first_due=date(2026, 9, 28))
    )
    later = returns.prepare(TEMPLATE, date(2026, 10, 1), date(2026, 10, 11))

    assert line(later, "c_short") == "£10.00"
    assert line(later, "c_cum") == "£20.00"
    assert returns.figures(TEMPLATE, date(2026, 10, 1), date(2026, 10, 11)).contribution.short == (
        Money(10_00)
    )


def test_money_set_aside_counts_while_it_is_set_aside(returns: Returns, ledger: Ledger) -> None:
    reserve = Reserve(0, "break", "Break", Money(100_00), "council", from_day=date(2026, 9, 30))
    ledger.set_reserve(reserve)
    ledger.set_reserve(replace(reserve, from_day=None, to_day=date(2026, 9, 29)))

    assert returns.figures(*PERIOD).balance.reserves == Money(100_00)


# ── what stands in the way ───────────────────────────────────────────────────────────


def test_a_line_to_code_is_refused_with_the_reason(returns: Returns, ledger: Ledger) -> None:
    ledger.undo(ledger.lines()[0].line_id)

    reason = why_not(returns)
    assert "£50.00" in reason
    assert "1 line" in reason
    left = [row.text for row in returns.prepare(*PERIOD).checklist if not row.done]
    assert len(left) == 3


def test_a_penny_in_the_book_is_refused(returns: Returns, ledger: Ledger) -> None:
    with ledger._book.change("Slipped by a penny") as tx:
        entry = tx.find(LedgerEntry, order_by="id", limit=1)[0]
        tx.update(replace(entry, amount=entry.amount - Money(1)))
    prepared = returns.prepare(*PERIOD)

    assert prepared.difference == Money(1)
    assert "£0.01" in why_not(returns)
    assert {one.code for one in prepared.findings if one.blocks} == {
        "entry_not_line",
        "difference",
        "parts",
    }


def test_a_statement_that_is_not_typed_to_its_end_is_refused(
    returns: Returns, ledger: Ledger
) -> None:
    card = ledger.add_account(Account(0, "", "Card", AccountKind.PREPAID_CARD, FIRST, NOTHING))
    ledger.start_statement(card, FIRST, LAST, NOTHING, Money(5_00))

    assert "A page may be missing" in why_not(returns)


def test_days_without_a_statement_are_said(returns: Returns, ledger: Ledger) -> None:
    ledger.add_account(Account(0, "", "Card", AccountKind.PREPAID_CARD, FIRST, NOTHING))
    prepared = returns.prepare(*PERIOD)

    assert [one.subject for one in prepared.findings if one.code == "statements_missing"] == [
        "Card"
    ]
    assert not prepared.checklist[0].done


def test_a_transfer_with_two_ends_that_differ_is_refused(returns: Returns, ledger: Ledger) -> None:
    bank = ledger.accounts()[0].account_id
    tin = ledger.add_account(Account(0, "", "Tin", AccountKind.CASH, FIRST, NOTHING))
    out, _arrived = ledger.transfer(bank, tin, date(2026, 8, 1), Money(40_00))
    assert returns.prepare(*PERIOD).may_be_signed
    with ledger._book.change("Slipped by a penny") as tx:
        entry = tx.get(LedgerEntry, out)
        tx.update(replace(entry, amount=Money(-40_01)))

    assert "both ends" in why_not(returns)


def test_an_account_added_later_does_not_change_a_return_before(
    returns: Returns, ledger: Ledger
) -> None:
    before = returns.figures(*PERIOD).totals
    ledger.add_account(
        Account(0, "", "Card", AccountKind.PREPAID_CARD, date(2026, 10, 1), Money(9_00))
    )

    assert returns.figures(*PERIOD).totals == before


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"declared": ()}, "not accepted whole"),
        ({"declared": ("I like cake.",)}, "not accepted whole"),
        ({"declared_on": date(2026, 9, 29)}, "more may happen"),
        ({"capacity": "neighbour"}, "capacity"),
        ({"signed_by": " "}, "named in the book"),
        ({"signed_by": "Tom Holt"}, "Mary Holt"),
        ({"capacity": "authorised_person"}, "Tom Holt"),
    ],
)
def test_only_a_whole_declaration_by_somebody_who_may_is_accepted(
    returns: Returns, changes: dict[str, Any], words: str
) -> None:
    assert words in why_not(returns, **changes)


@pytest.mark.usefixtures("ledger")
def test_whoever_manages_the_money_may_sign(returns: Returns) -> None:
    row = sign(returns, signed_by="Tom Holt", capacity="authorised_person")

    assert (row.signed_by, row.capacity, row.version) == ("Tom Holt", "authorised_person", 1)


def test_where_nobody_is_named_a_name_is_still_needed(returns: Returns, book: Book) -> None:
    Ledger(book).add_account(Account(0, "", "Bank", AccountKind.BANK, FIRST, NOTHING))

    assert "Nobody is named" in why_not(returns, signed_by="")
    assert sign(returns, signed_by="Mary").signed_by == "Mary"


# ── signed ───────────────────────────────────────────────────────────────────────────


def test_what_was_signed_is_frozen_with_its_hash(returns: Returns, ledger: Ledger) -> None:
    row = sign(returns)
    with ledger._book.read() as reading:
        kept = reading.get(SignedReturn, row.signed_id)
    figures = json.loads(kept.figures)

    assert hashlib.sha256(kept.figures.encode()).hexdigest() == row.sha256
    assert figures["answers"]["totals_p"]["closing_book"] == 322600
    assert figures["declaration"] == list(returns.prepare(*PERIOD).declaration.statements)
    assert len(figures["entries"]) == 3
    assert row.closing == Money(3226_00)
    assert [one.version for one in returns.signed()] == [1]
    assert returns.periods(TEMPLATE, LAST)[0].signed_id == row.signed_id
    prepared = returns.prepare(*PERIOD)
    assert prepared.signed == row
    assert ledger.entries()[0].signed


def test_nothing_inside_a_signed_period_can_be_changed(returns: Returns, ledger: Ledger) -> None:
    sign(returns)
    first = ledger.lines()[0]
    assert first.entry_id is not None

    for attempt in (
        lambda: ledger.undo(first.line_id),
        lambda: ledger.void_entry(first.entry_id or 0, "wrong"),
        lambda: ledger.transfer(1, 1, FIRST, Money(1)),
    ):
        with pytest.raises((RefusedError, EntryError)):
            attempt()
    with pytest.raises(RefusedError):
        ledger.add_entry(
            LedgerEntry(0, 1, date(2026, 9, 30), Money(-1), "Late", Method.CASH),
            [Part("emp.ppe", Money(-1))],
        )
    assert len(ledger.entries()) == 3


@pytest.mark.usefixtures("ledger")
def test_a_signed_return_is_not_signed_again(returns: Returns) -> None:
    sign(returns)

    assert "already" in why_not(returns)
    with pytest.raises(SignOffRefusedError) as error:
        sign(returns, TEMPLATE, date(2026, 9, 1), date(2026, 10, 31), declared_on=date(2026, 11, 1))
    assert "1 July 2026" in error.value.why


@pytest.mark.usefixtures("ledger")
def test_the_next_return_begins_where_this_one_ended(returns: Returns, ledger: Ledger) -> None:
    sign(returns)
    nxt = (TEMPLATE, date(2026, 10, 1), date(2026, 12, 31))
    assert returns.prepare(*nxt).opening == Money(3226_00)

    ledger.bring_forward(
        LedgerEntry(0, 1, date(2026, 6, 1), Money(-5_00), "Old cheque", Method.CHEQUE)
    )
    assert "opening" in {one.code for one in returns.prepare(*nxt).findings if one.blocks}


def test_an_amendment_is_the_next_version_and_says_what_changed(
    returns: Returns, ledger: Ledger
) -> None:
    first = sign(returns)
    assert returns.changes(*PERIOD) == ()
    returns.amend(first.signed_id, "the mill was an activity")
    prepared = returns.prepare(*PERIOD)
    assert (prepared.amending, prepared.signed) == (True, None)

    mill = ledger.lines()[0]
    ledger.undo(mill.line_id)
    ledger.code_line(mill.line_id, "The Mill", [Part("plan.activities", mill.amount)])
    changes = returns.changes(*PERIOD)
    assert "Day services and clubs: was £50.00, is £0.00." in changes
    assert "Activities and transport: was £0.00, is £50.00." in changes

    second = sign(returns)
    assert (second.version, second.what_changed.split("\n")) == (2, list(changes))
    old, new = returns.signed()[1], returns.signed()[0]
    assert (old.replaced, old.sha256, new.replaced) == (True, first.sha256, False)
    with pytest.raises(RefusedError):
        ledger.undo(mill.line_id)
    for number in (first.signed_id, first.signed_id):
        with pytest.raises(RefusedError):
            returns.amend(number, "again")


@pytest.mark.usefixtures("ledger")
def test_an_amendment_needs_a_reason_and_is_opened_once(returns: Returns) -> None:
    row = sign(returns)

    with pytest.raises(EntryError):
        returns.amend(row.signed_id, " ")
    returns.amend(row.signed_id, "a slip")
    with pytest.raises(RefusedError) as error:
        returns.amend(row.signed_id, "a slip")
    assert "open already" in error.value.why
    assert returns.signed()[0].amending


def test_there_is_nothing_to_compare_before_the_first_is_signed(returns: Returns) -> None:
    assert returns.changes(*PERIOD) == ()


@pytest.mark.usefixtures("ledger")
def test_a_return_signed_on_a_template_that_is_gone_is_still_listed(book: Book) -> None:
    mine = Returns(book, own("weeks = 8=>weeks = 1"))
    sign(mine, "mine", FIRST, LAST)

    assert Returns(book).signed()[0].title == "mine"


def test_a_cheque_that_clears_after_the_signed_period_can_still_be_joined(
    returns: Returns, ledger: Ledger
) -> None:
    bank = ledger.accounts()[0].account_id
    cheque = ledger.add_entry(
        LedgerEntry(0, bank, date(2026, 9, 29), Money(-62_00), "Club", Method.CHEQUE, "000415"),
        [Part("care.day_service", Money(-62_00))],
    )
    assert line(returns.prepare(*PERIOD), "unpresented") == "£62.00"
    sign(returns)
    later = HEAD + "02/10/2026,CHQ 000415,62.00,,3164.00\n"
    kept = ledger.keep_statement(bank, "oct.csv", later.encode())

    assert kept.settled == 1
    assert ledger.entry(cheque).line_day == date(2026, 10, 2)
    assert returns.figures(*PERIOD).agreement.unpresented == Money(62_00)
    assert returns.figures(*PERIOD).agreement.difference == NOTHING


# ── on paper ─────────────────────────────────────────────────────────────────────────


def words(pdf: bytes) -> str:
    reader = PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.usefixtures("ledger")
def test_a_draft_says_so_and_a_signed_one_is_the_same_for_ever(returns: Returns) -> None:
    draft = returns.pdf(*PERIOD)
    assert "DRAFT" in words(draft)
    assert "£3,226.00" in words(draft)
    assert "Invoices for care and services Send: 1 payment has none" in words(draft)

    row = sign(returns)
    signed = returns.pdf(*PERIOD)
    assert "DRAFT" not in words(signed)
    assert row.sha256[:8] in words(signed).replace(" ", "").lower()
    assert returns.pdf(*PERIOD) == signed
    assert returns.pdf(*PERIOD, large=True) != signed
    returns.amend(row.signed_id, "a slip")
    assert "DRAFT" in words(returns.pdf(*PERIOD))
    second = sign(returns)
    assert "in place of the one before" in words(returns.pdf(*PERIOD))
    assert second.version == 2


@pytest.mark.usefixtures("ledger")
def test_an_audit_statement_lists_every_entry_and_what_is_missing(returns: Returns) -> None:
    draft = words(returns.audit_pdf(*PERIOD))
    assert "The Mill" in draft
    assert "Balance at the end £3,226.00" in draft
    assert "Invoice" in draft
    sign(returns)
    signed = returns.audit_pdf(*PERIOD)
    assert returns.audit_pdf(*PERIOD) == signed
    assert returns.audit_pdf(*PERIOD, large=True) != signed


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", ["audit-summary", "annotated-statement-declaration"])
def test_every_sample_prints(book: Book, name: str, template: str) -> None:
    sample = Sample(content(read_case(name)))
    sample.keep_in(book)
    returns = Returns(book)
    period = (template, sample.first_day, sample.last_day)
    closing = str(returns.figures(*period).totals.closing)

    assert closing in words(returns.pdf(*period))
    assert closing in words(returns.audit_pdf(*period))


def rows_of(text: str) -> Sequence[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_form_and_the_entries_are_tables_too(returns: Returns, ledger: Ledger) -> None:
    bank = ledger.accounts()[0].account_id
    ledger.add_entry(
        LedgerEntry(0, bank, date(2026, 9, 29), Money(-62_00), "Club", Method.CHEQUE, "000415"),
        [Part("care.day_service", Money(-62_00))],
    )
    form = rows_of(returns.csv(*PERIOD))
    entries = rows_of(returns.audit_csv(*PERIOD))

    assert next(row["Amount"] for row in form if row["Line"] == "out_day") == "112.00"
    assert next(row["Amount"] for row in form if row["Item"] == "Club (000415)") == "62.00"
    assert [(row["In"], row["Out"], row["On the statement"]) for row in entries] == [
        ("", "50.00", ""),
        ("2275.00", "", ""),
        ("", "62.00", "no"),
        ("1.00", "", ""),
    ]
