"""A sample is checked whole before there is a book, and every complaint names its place."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpemployer.bookkeeping.ledger import LedgerEntry
from dpemployer.bookkeeping.reported import Invoice, ReportedHours
from dpemployer.errors import EntryError
from dpemployer.services.samples import Sample
from tests.returns.samples import NAMES, content, read_case, shown

if TYPE_CHECKING:
    from dpemployer.store.book import Book


def bare() -> dict[str, Any]:
    """The least a sample can say."""
    return {
        "schema": "dp-sample/1",
        "invented": True,
        "id": "least",
        "title": "The least",
        "template": "generic-quarterly",
        "person": {"name": "Nobody", "reference": "X"},
        "period": {"from": "2026-07-01", "to": "2026-09-30"},
        "funders": [{"id": "cc", "name": "Council", "kind": "local_authority"}],
        "accounts": [],
        "ledger": [],
        "awards": [],
        "documents": [],
    }


def full() -> dict[str, Any]:
    """A sample with something in every key."""
    case = read_case("s4-two-funders")
    case["timesheets"][0]["retainer_hours"] = 2
    case["reserves"] = [{"kind": "break", "label": "Break", "amount_p": 100}]
    case["opening_unpresented"] = []
    case["awards"][0]["adjustments"] = []
    return case


def set_at(case: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """Change one place, such as `ledger.0.amount_p`; `...` takes the key out."""
    changed = copy.deepcopy(case)
    *path, last = place.split(".")
    inside: Any = changed
    for step in path:
        inside = inside[int(step)] if step.isdigit() else inside[step]
    key = int(last) if last.isdigit() else last
    if value is ...:
        del inside[key]
    else:
        inside[key] = value
    return changed


def refusal(case: dict[str, Any] | bytes) -> str:
    with pytest.raises(EntryError) as error:
        Sample(case if isinstance(case, bytes) else content(case))
    assert "nothing was made" in error.value.what
    return error.value.why


def test_the_least_a_sample_can_say_is_enough() -> None:
    answer = shown(bare())

    assert answer["totals_p"] == {
        "opening_book": 0,
        "income": 0,
        "expenditure": 0,
        "closing_book": 0,
    }
    assert answer["sign_off"]["allowed"]


def test_empty_and_null_mean_none() -> None:
    empty: dict[str, Any] = {
        "opening_unpresented": [],
        "cash_opening_p": None,
        "opening_by_funder_p": {},
        "payment_schedule": [],
        "contribution_schedule": None,
        "split_rule": {},
        "balance_rules": {},
        "commitments": None,
        "reserves": [],
        "timesheets": None,
        "payslips": [],
        "invoices": None,
        "working": [],
        "something_else": 1,
    }

    assert shown(bare() | empty) == shown(bare())


REQUIRED = [
    "schema",
    "invented",
    "id",
    "title",
    "template",
    "person",
    "person.name",
    "person.reference",
    "period",
    "period.from",
    "period.to",
    "funders",
    "funders.0.id",
    "funders.0.name",
    "funders.0.kind",
    "accounts",
    "accounts.0.id",
    "accounts.0.kind",
    "accounts.0.statement_first_day",
    "accounts.0.statement_last_day",
    "accounts.0.statement_opening_p",
    "accounts.0.statement_closing_p",
    "accounts.0.lines",
    "accounts.0.lines.0.id",
    "accounts.0.lines.0.date",
    "accounts.0.lines.0.description",
    "accounts.0.lines.0.amount_p",
    "accounts.0.lines.0.balance_p",
    "opening_by_funder_p",
    "ledger",
    "ledger.0.id",
    "ledger.0.date",
    "ledger.0.account",
    "ledger.0.amount_p",
    "ledger.0.category",
    "ledger.0.payee",
    "ledger.0.method",
    "ledger.0.evidence",
    "ledger.0.bank_line",
    "awards",
    "awards.0.funder",
    "awards.0.from",
    "awards.0.gross_weekly_p",
    "awards.0.contribution_weekly_p",
    "awards.0.net_weekly_p",
    "awards.0.pay_frequency",
    "awards.0.payment_p",
    "payment_schedule.0.date",
    "payment_schedule.0.amount_p",
    "payment_schedule.0.funder",
    "split_rule.shares",
    "split_rule.applies_to",
    "balance_rules.cc.weeks",
    "balance_rules.cc.weekly_base_p",
    "contribution_schedule.ilf.count_due",
    "contribution_schedule.cc.due.0.date",
    "commitments.0.kind",
    "commitments.0.amount_p",
    "reserves.0.kind",
    "reserves.0.amount_p",
    "timesheets.0.id",
    "timesheets.0.pa",
    "timesheets.0.hours_worked",
    "timesheets.0.rate_p",
    "payslips.0.id",
    "payslips.0.pa",
    "payslips.0.pay_date",
    "payslips.0.gross_p",
    "payslips.0.tax_p",
    "payslips.0.ni_p",
    "payslips.0.net_p",
    "invoices.0.id",
    "invoices.0.provider",
    "invoices.0.date",
    "invoices.0.amount_p",
    "documents",
    "documents.0.id",
    "documents.0.kind",
]


@pytest.mark.parametrize("place", REQUIRED)
def test_what_is_required_is_missed_by_name(place: str) -> None:
    reason = refusal(set_at(full(), place, ...))

    assert place.rpartition(".")[2] in reason


WRONG: list[tuple[str, Any, str]] = [
    ("schema", "dp-sample/2", "dp-sample/1"),
    ("invented", False, "invented"),
    ("title", 7, "text"),
    ("template", "moon-like", "moon-like"),
    ("person", "Mary", "object"),
    ("period.to", "2025-12-31", "before"),
    ("period.from", "1 January 2026", "date"),
    ("period.from", "2026-1-1", "date"),
    ("period.from", 20260101, "date"),
    ("funders", [], "at least one"),
    ("funders.1.id", "cc", "twice"),
    ("funders.0.kind", "circus", "circus"),
    ("funders.0.template", "moon-like", "moon-like"),
    ("accounts", {}, "list"),
    ("accounts.0", "bank", "object"),
    ("accounts.0.id", "cash", "tin"),
    ("accounts.0.kind", "cash", "tin"),
    ("accounts.0.kind", "sock", "sock"),
    ("accounts.0.statement_last_day", "2025-12-31", "before"),
    ("accounts.0.lines.0.date", "2027-01-01", "within"),
    ("accounts.0.lines.1.id", "B001", "twice"),
    ("accounts.0.lines.0.amount_p", "12", "number"),
    ("accounts.0.lines.0.amount_p", 12.5, "whole pence"),
    ("accounts.0.lines.0.amount_p", 10**12, "whole pence"),
    ("accounts.0.lines.0.amount_p", True, "number"),
    ("accounts.0.lines.0.amount_p", 10**40, "measure"),
    ("ledger.0.date", "2025-12-31", "within the period"),
    ("ledger.0.account", "sock", "sock"),
    ("ledger.0.category", "pay.magic", "pay.magic"),
    ("ledger.0.method", "pigeon", "pigeon"),
    ("ledger.0.evidence", "LL-JAN", "list"),
    ("ledger.0.evidence", [1], "texts"),
    ("ledger.0.bank_line", "B999", "no such line"),
    ("ledger.0.unpresented_at_end", True, "marked as not on it"),
    ("ledger.0.unpresented_at_end", "yes", "true or false"),
    ("ledger.1.id", "T001", "twice"),
    ("ledger.0.refund_of", "T999", "T999"),
    ("ledger.0.refund_of", "T001", "cost"),
    ("ledger.0.funder", "nobody", "nobody"),
    ("ledger.5.split_p", {"nobody": 5}, "nobody"),
    ("ledger.5.split_p", {"cc": "5"}, "number"),
    ("opening_by_funder_p", [], "needed"),
    ("awards.0.to", "2025-01-01", "before"),
    ("awards.0.basis", "guess", "guess"),
    ("awards.0.pay_frequency", "yearly", "yearly"),
    ("awards.0.gross_weekly_p", -1, "below nothing"),
    ("awards.0.payment_dates_in_period", ["soon"], "date"),
    ("awards.0.payment_dates_in_period", "2026-01-01", "list"),
    ("payment_schedule.0.kind", "gift", "gift"),
    ("payment_schedule.0.covers", "January", "date"),
    ("split_rule.shares.cc", -1, "from nothing"),
    ("split_rule.shares.cc", 0.5, "whole number"),
    ("split_rule.shares", {"cc": 0}, "more than nothing"),
    ("split_rule.shares", {"nobody": 1}, "nobody"),
    ("split_rule.applies_to", ["pay.magic"], "pay.magic"),
    ("balance_rules", {"nobody": {"weeks": 1, "weekly_base_p": 1}}, "nobody"),
    ("contribution_schedule.cc", "all", "object"),
    ("commitments.0.kind", "gift", "gift"),
    ("commitments.0.split_p", {"nobody": 1}, "nobody"),
    ("timesheets.0.hours_worked", -1, "from nothing"),
    ("timesheets.0.hours_worked", 800, "744"),
    ("timesheets.0.month", "2026-13", "date"),
    ("timesheets.0.week_commencing", "2026", "date"),
    ("payslips.0.pay_date", None, "there"),
    ("invoices.0.credits", "XX", "XX"),
    ("invoices.1.id", "WY-01", "twice"),
    ("documents.0.kind", "feather", "feather"),
    ("documents.1.id", "FH-310", "twice"),
]


@pytest.mark.parametrize(("place", "value", "words"), WRONG)
def test_what_is_wrong_is_named_with_its_place(place: str, value: Any, words: str) -> None:
    reason = refusal(set_at(full(), place, value))

    assert words in reason
    head, _dot, _rest = place.partition(".")
    assert f"At {head}" in reason


def test_hours_of_a_week_fit_into_a_week() -> None:
    case = read_case("s1-quarterly-bank-two-pas")

    assert "168" in refusal(set_at(case, "timesheets.0.hours_worked", 169))


def test_money_back_for_a_transfer_is_refused() -> None:
    case = read_case("s2-annotated-cheques-cash")
    case["ledger"][2]["refund_of"] = "T022"

    assert "cost" in refusal(case)


def test_an_uncleared_payment_needs_an_account() -> None:
    case = bare()
    case["opening_unpresented"] = [{"amount_p": 5, "date": "2026-06-01", "payee": "X"}]

    assert "no account" in refusal(case)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[1]", "not one JSON object"),
        (b'{"schema": "dp-sample/1", "schema": "dp-sample/1"}', "twice"),
        (b'{"a": NaN}', "NaN"),
        (b"[" * 100_000, "not JSON"),
        (b'{"schema": "dp\\u0000"}', "text"),
    ],
)
def test_what_is_no_sample_is_refused(file: bytes, words: str) -> None:
    assert words in refusal(file)


@pytest.mark.parametrize("name", NAMES)
def test_a_byte_order_mark_makes_no_difference(name: str) -> None:
    case = content(read_case(name))

    assert Sample(b"\xef\xbb\xbf" + case).title == Sample(case).title


@settings(max_examples=150, deadline=None)
@given(
    place=st.sampled_from(REQUIRED),
    value=st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text(max_size=12),
        st.lists(st.integers(), max_size=2),
        st.dictionaries(st.text(max_size=3), st.integers()),
    ),
)
def test_whatever_is_written_anywhere_is_loaded_or_refused_in_words(place: str, value: Any) -> None:
    error = _refused(set_at(full(), place, value))

    assert error is None or (error.why and error.next_step)


def _refused(case: dict[str, Any]) -> EntryError | None:
    try:
        Sample(content(case))
    except EntryError as error:
        return error
    return None


# ── what is kept ─────────────────────────────────────────────────────────────────────


def test_a_cheque_from_before_finds_its_line_by_its_number(book: Book) -> None:
    case = bare()
    case["accounts"] = [
        {
            "id": "bank",
            "kind": "managed_account",
            "statement_first_day": "2026-07-01",
            "statement_last_day": "2026-09-30",
            "statement_opening_p": 1000,
            "statement_closing_p": 800,
            "lines": [
                {
                    "id": name,
                    "date": "2026-07-02",
                    "description": words,
                    "amount_p": -100,
                    "balance_p": balance,
                }
                for name, words, balance in (("L1", "CHQ 7", 900), ("L2", "CHQ 8", 800))
            ],
        }
    ]
    case["opening_unpresented"] = [
        {"amount_p": 100, "date": "2026-06-01", "payee": "Eight", "cheque_no": "8"},
        {"amount_p": 100, "date": "2026-06-01", "payee": "Seven"},
        {"amount_p": 55, "date": "2026-06-01", "payee": "Never"},
    ]
    Sample(content(case)).keep_in(book)

    with book.read() as reading:
        entries = {one.payee: one for one in reading.find(LedgerEntry)}
    assert entries["Eight"].statement_line_id == 2
    assert entries["Seven"].statement_line_id == 1
    assert entries["Never"].statement_line_id is None
    assert all(one.brought_forward for one in entries.values())


def test_an_invoice_knows_what_paid_it_and_a_credit_note_what_it_credits(book: Book) -> None:
    Sample(content(read_case("s4-two-funders"))).keep_in(book)

    with book.read() as reading:
        invoices = {one.reference: one for one in reading.find(Invoice)}
        paid = reading.get(LedgerEntry, invoices["FH-310"].paid_by_id or 0)
        late = reading.find(ReportedHours, reference="TS-N-MAR2")[0]
    assert paid.payee == "Fernside Homecare"
    assert invoices["FH-327"].paid_by_id is None
    assert invoices["SH-CN9"].credits_id == invoices["SH-88"].id
    assert late.counts_on.isoformat() == "2026-04-01"


def test_hours_without_days_are_the_periods(book: Book) -> None:
    case = bare()
    case["timesheets"] = [{"id": "T", "pa": "A", "hours_worked": 7.25, "rate_p": 1300}]
    Sample(content(case)).keep_in(book)

    with book.read() as reading:
        (sheet,) = reading.find(ReportedHours)
    assert (sheet.first_day.isoformat(), sheet.last_day.isoformat()) == ("2026-07-01", "2026-09-30")


def test_a_retainer_is_rounded_once_for_all() -> None:
    case = bare()
    case["timesheets"] = [
        {"id": "T", "pa": "A", "hours_worked": 0, "retainer_hours": 0.5, "rate_p": 1301}
    ] * 3
    (retainer,) = shown(case)["exceptions"]

    # 3 x 0.5 x 13.01 is 19.515, a half going up.
    assert (retainer["code"], retainer["amount_p"]) == ("retainer", 1952)


def test_the_change_is_in_the_audit_log(book: Book) -> None:
    Sample(json.dumps(bare()).encode()).keep_in(book)

    with book.read() as reading:
        assert reading.audit_actions() == ("Loaded a sample",)
