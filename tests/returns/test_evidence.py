"""The papers a funder asks for: which apply this time, and which are lacking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dpemployer.bookkeeping.ledger import Split
from dpemployer.money import Money
from dpemployer.returns.evidence import PaperAsked, papers_asked
from dpemployer.services.shipped import template_names
from tests.returns.samples import NAMES
from tests.returns.test_form import a_return, an_entry, made_from


def asked(
    code: str, *entries: Any, template: str = "generic-quarterly", **kinds: str
) -> PaperAsked:
    numbers = {int(name.removeprefix("n")): kind for name, kind in kinds.items()}
    made = a_return(*entries, template=template, paper_kinds=numbers)
    return next(one for one in papers_asked(made) if one.code == code)


def test_statements_are_always_sent() -> None:
    found = asked("bank_statements")

    assert (found.applies, found.lacking, found.words) == (True, (), "Send")


def test_a_paper_nothing_was_spent_on_is_not_needed() -> None:
    assert asked("invoice").words == "Not needed this time"
    assert not asked("invoice", an_entry(-5, "pay.hmrc")).applies


def test_each_payment_has_its_own_paper_of_the_right_kind() -> None:
    entries = (
        an_entry(-5, "care.agency", papers=(1,)),
        an_entry(-6, "care.agency", number=2, papers=(2,)),
        an_entry(-7, "care.agency", number=3),
    )
    found = asked("invoice", *entries, n1="invoice", n2="letter")

    assert (found.held, found.lacking) == (1, (2, 3))
    assert found.words == "Send: 2 payments have none"


def test_one_for_the_whole_period_is_not_counted_by_payment() -> None:
    found = asked("insurance_certificate", an_entry(-5, "pay.net_wages"))

    assert (found.applies, found.lacking, found.words) == (True, (), "Send")


def test_cash_drawn_asks_for_the_log_of_the_tin() -> None:
    assert asked("cash_log", an_entry(-5, "xfer.cash_drawn")).applies


def test_what_is_only_kept_says_so() -> None:
    found = asked("payslip", template="annotated-statement-declaration")

    assert (found.applies, found.words) == (False, "Keep, and send only when asked")


@pytest.mark.parametrize(
    ("kind", "lacking"), [("payslip", ()), ("payroll_summary", ()), ("letter", (1,))]
)
def test_either_of_a_group_will_do(kind: str, lacking: tuple[int, ...]) -> None:
    entry = an_entry(-5, "pay.net_wages", papers=(1,))
    found = asked("payslip", entry, template="greenwich-like", n1=kind)

    assert (found.applies, found.lacking) == (True, lacking)


def test_payslips_made_here_are_in_the_book_already() -> None:
    paid = an_entry(-5, "pay.net_wages")
    settles = Split(1, 1, "pay.net_wages", Money(-5), commitment_id=3)
    own = replace(paid, posted=replace(paid.posted, splits=(settles,)), in_book=True)

    assert asked("payslip", own).lacking == ()
    assert asked("timesheet", own).lacking == (1,)
    assert asked("payslip", replace(paid, in_book=True)).lacking == (1,)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", template_names())
def test_every_template_says_what_to_send(name: str, template: str) -> None:
    made = made_from(name, template)
    found = papers_asked(made)

    assert [one.code for one in found] == [rule.code for rule in made.template.evidence]
    assert all(one.words and one.label for one in found)
    assert made.facts.last_day > date(2026, 1, 1)
