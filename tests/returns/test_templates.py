"""Every shipped return passes every check, and each check refuses what it is for."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bookkeeping.categories import Categories, CategoryKind
from dpemployer.data_files import read_text, texts
from dpemployer.errors import EntryError
from dpemployer.returns.balance_rules import BalanceRule, RuleKind, WeeklyBase
from dpemployer.returns.calendar import due_day, needs_anchor, period_holding
from dpemployer.returns.template import (
    Alignment,
    Confidence,
    Refunds,
    Required,
    ReturnTemplate,
    SectionKind,
    Source,
)
from dpemployer.returns.template_reading import read_template

CATEGORIES = Categories.parse(read_text("bookkeeping/categories.toml"))
SHIPPED = texts("returns", ".toml")
QUARTERLY = SHIPPED["generic-quarterly"]


def read(text: str, name: str = "generic-quarterly") -> ReturnTemplate:
    return read_template(text, name, CATEGORIES)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_return_is_sound(name: str) -> None:
    template = read(SHIPPED[name], name)

    assert template.id == name
    assert template.warnings == ()
    assert "with your funder" in template.confidence_words
    assert template.section_of(SectionKind.INCOME)
    assert {line.must_equal for line in template.lines} <= {0, None}
    assert len({section.id for section in template.sections}) == len(template.sections)


def test_there_are_twenty_one() -> None:
    assert len(SHIPPED) == 21


def test_every_source_and_section_is_used_by_some_return() -> None:
    all_templates = [read(text, name) for name, text in SHIPPED.items()]

    assert {line.source for one in all_templates for line in one.lines} - {None} == set(Source)
    assert {part.kind for one in all_templates for part in one.sections} == set(SectionKind)
    assert {one.balance_rule.kind for one in all_templates} == set(RuleKind)
    assert {one.confidence for one in all_templates} == set(Confidence)
    assert {one.period.alignment for one in all_templates} == set(Alignment)
    assert {rule.required for one in all_templates for rule in one.evidence} == set(Required)


def test_the_figures_of_a_template_are_read() -> None:
    template = read(QUARTERLY)
    rule = template.balance_rule

    assert (rule.kind, rule.weeks, rule.weekly_base) == (RuleKind.WEEKS_CAP, 8, WeeklyBase.GROSS)
    assert (rule.deduct_commitments, rule.deduct_reserves, rule.assumed) == (True, True, True)
    assert (template.period.due_days, template.period.due_is_assumed) == (28, True)
    assert template.refunds is Refunds.NET_AGAINST_EXPENSE
    assert [one.role for one in template.signatories] == ["recipient", "authorised_person"]
    assert len(template.statements) == 3


# Each of these breaks one rule: what is replaced, by what, and a word of the reason.
BROKEN = {
    "not TOML": ("[template]", "[template", "not TOML"),
    "schema": ('schema = "dp-return/1"', 'schema = "dp-return/2"', "schema"),
    "id": ('id = "generic-quarterly"', 'id = "another"', "name of its file"),
    "confidence": ('confidence = "generic"', 'confidence = "certain"', "confidence"),
    "alignment": ('"calendar_quarter"', '"moon"', "alignment"),
    "unit": ('unit = "month"', 'unit = "fortnight"', "unit"),
    "length": ("length = 3", "length = 0", "length"),
    "a number as text": ("due_days = 28", 'due_days = "28"', "due_days"),
    "a yes as text": ("statement_required = true", 'statement_required = "yes"', "statement"),
    "a list as text": (
        'methods = ["ink", "typed_name", "esignature"]',
        'methods = "ink"',
        "methods",
    ),
    "days as text": ("reminder_days = [14, 7, 1]", 'reminder_days = ["14"]', "reminder_days"),
    "refunds": ('"net_against_expense"', '"ignored"', "refund_treatment"),
    "section kind": ('kind = "closing"', 'kind = "magic"', "section kind"),
    "source": ('source = "book_opening"', 'source = "crystal_ball"', "source"),
    "both": (
        'source = "book_opening"',
        'source = "book_opening"\ncategories = ["inc.topup"]',
        "either categories or one source",
    ),
    "neither": ('source = "book_opening"', 'flag = "explain"', "either categories or one source"),
    "balance kind": ('kind = "weeks_cap"', 'kind = "dice"', "balance_rule kind"),
    "no weeks": ("weeks = 8\n", "", "weeks"),
    "weekly base": ('"gross_weekly"', '"yearly"', "weekly_base"),
    "no weekly base": ('weekly_base = "gross_weekly"\n', "", "weekly_base"),
    "rate date": ('rate_date = "period_end"', 'rate_date = "whenever"', "rate_date"),
    "evidence": ('code = "payslip"', 'code = "feather"', "evidence"),
    "evidence when": ('when = ["xfer.cash_drawn"]', 'when = ["xfer.nothing"]', "category"),
    "evidence required": ('required = "always"', 'required = "perhaps"', "required"),
    "category missing": (', "inc.council_oneoff"]', "]", "0 lines"),
    "category twice": (
        'categories = ["inc.topup"]',
        'categories = ["inc.topup", "inc.interest"]',
        "2 lines",
    ),
    "category of the other kind": (
        'categories = ["inc.topup"]',
        'categories = ["inc.topup", "care.agency"]',
        "does not belong",
    ),
    "category nobody knows": (
        'categories = ["inc.topup"]',
        'categories = ["inc.topup", "inc.wishes"]',
        "does not belong",
    ),
    "categories elsewhere": (
        'source = "book_opening"',
        'categories = ["inc.topup"]',
        "outside money in",
    ),
    "left out": (
        'categories = ["xfer.internal"',
        'categories = ["inc.topup", "xfer.internal"',
        "only transfers",
    ),
    "a block as text": ("[account]", 'account = "bank"\n[account2]', "account"),
    "no title": ('title = "Quarterly return"\n', "", "title"),
    "rows as text": ("[exclude]", 'question = "what"\n[exclude]', "question"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_refused_in_words(name: str) -> None:
    old, new, reason = BROKEN[name]
    assert old in QUARTERLY
    text = QUARTERLY.replace(old, new, 1)
    if name in {"a block as text", "rows as text"}:
        # A plain key has to come before the first table.
        key = new.split("\n")[0]
        text = QUARTERLY.replace("[template]", f"{key}\n[template]", 1)
        text = re.sub(r"\[account\]\n(?:.+\n)+", "", text) if name == "a block as text" else text

    with pytest.raises(EntryError) as caught:
        read(text)

    assert reason in caught.value.why
    assert "generic-quarterly" in caught.value.what


def test_what_changes_no_figure_is_a_warning() -> None:
    text = QUARTERLY.replace("[account]", '[account]\ncolour = "blue"', 1)
    template = read(f'mood = "sunny"\n{text}')

    assert len(template.warnings) == 2
    assert "mood" in template.warnings[0]
    assert "[account]" in template.warnings[1]


def test_a_template_of_ones_own_may_count_refunds_as_income() -> None:
    text = QUARTERLY.replace('"net_against_expense"', '"as_income"')

    assert read(text).refunds is Refunds.AS_INCOME


@given(cut=st.integers(0, len(QUARTERLY)), more=st.text(max_size=6))
def test_a_file_that_was_damaged_is_read_or_refused(cut: int, more: str) -> None:
    try:
        template = read(QUARTERLY[:cut] + more)
    except EntryError:
        return
    assert template.sections


# ── periods ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "day", "anchor", "first", "last"),
    [
        ("generic-monthly", date(2026, 2, 28), None, date(2026, 2, 1), date(2026, 2, 28)),
        ("generic-quarterly", date(2026, 9, 30), None, date(2026, 7, 1), date(2026, 9, 30)),
        (
            "children-annual-allocation",
            date(2026, 3, 31),
            None,
            date(2025, 4, 1),
            date(2026, 3, 31),
        ),
        ("children-annual-allocation", date(2026, 4, 1), None, date(2026, 4, 1), date(2027, 3, 31)),
        (
            "annotated-statement-declaration",
            date(2026, 11, 10),
            date(2026, 5, 11),
            date(2026, 8, 11),
            date(2026, 11, 10),
        ),
        (
            "generic-four-weekly",
            date(2026, 8, 2),
            date(2026, 7, 6),
            date(2026, 7, 6),
            date(2026, 8, 2),
        ),
        (
            "generic-four-weekly",
            date(2026, 7, 5),
            date(2026, 7, 6),
            date(2026, 6, 8),
            date(2026, 7, 5),
        ),
        ("sefton-like", date(2026, 7, 6), None, date(2026, 7, 6), date(2026, 10, 4)),
        (
            "ilf-scotland-like",
            date(2026, 3, 5),
            date(2026, 1, 31),
            date(2026, 1, 31),
            date(2026, 7, 30),
        ),
    ],
)
def test_the_period_that_holds_a_day(
    name: str, day: date, anchor: date | None, first: date, last: date
) -> None:
    assert period_holding(read(SHIPPED[name], name).period, day, anchor) == (first, last)


@given(
    name=st.sampled_from(list(SHIPPED)),
    day=st.dates(date(2015, 1, 1), date(2040, 1, 1)),
    anchor=st.dates(date(2015, 1, 1), date(2040, 1, 1)),
)
def test_a_day_is_in_its_period_and_the_next_begins_after_it(
    name: str, day: date, anchor: date
) -> None:
    rule = read(SHIPPED[name], name).period
    first, last = period_holding(rule, day, anchor)

    assert first <= day <= last
    assert period_holding(rule, last, anchor) == (first, last)


def test_only_the_calendar_needs_no_anchor() -> None:
    assert not needs_anchor(read(QUARTERLY).period)
    assert needs_anchor(read(SHIPPED["sefton-like"], "sefton-like").period)


def test_a_return_is_due_so_long_after_its_last_day_or_when_the_letter_says() -> None:
    assert due_day(read(QUARTERLY).period, date(2026, 9, 30)) == date(2026, 10, 28)
    assert due_day(read(SHIPPED["sefton-like"], "sefton-like").period, date(2026, 9, 30)) is None


def test_only_a_range_has_a_least() -> None:
    assert BalanceRule(RuleKind.RANGE, 8, 4).least_weeks == 4
    assert BalanceRule(RuleKind.WEEKS_CAP, 8, 4).least_weeks == 0


def test_transfers_are_on_no_line() -> None:
    transfers = set(CATEGORIES.of_kind(CategoryKind.TRANSFER))

    assert not any(
        transfers & set(line.categories)
        for name, text in SHIPPED.items()
        for line in read(text, name).lines
    )
