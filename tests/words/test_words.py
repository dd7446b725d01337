"""Dates, lengths of time, identifiers, findings and workings, in words."""

from __future__ import annotations

import gettext
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest

from dpemployer import clock, i18n
from dpemployer.errors import DpEmployerError, EntryError, NegativePayError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import (
    _,
    hours_and_minutes,
    long_date,
    ngettext,
    short_date,
    weekday_name,
)
from dpemployer.identifiers import (
    ACCOUNTS_OFFICE_REFERENCE,
    NINO,
    PAYE_REFERENCE,
    paye_reference_shown,
)
from dpemployer.money import Money, Rounding
from dpemployer.workings import (
    EXACT,
    ROUNDINGS,
    Rule,
    Step,
    dated,
    explain,
    facts,
    in_words,
    shown,
)


def test_dates_are_written_as_people_write_them() -> None:
    day = date(2026, 8, 3)

    assert long_date(day) == "3 August 2026"
    assert short_date(day) == "03/08/2026"
    assert weekday_name(day) == "Monday"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(450, "7 h 30 min"), (60, "1 h"), (45, "45 min"), (0, "0 h"), (-90, "−1 h 30 min")],
)
def test_time_is_written_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert hours_and_minutes(minutes) == words


def test_words_come_from_the_catalogue_that_was_installed() -> None:
    class Shouting(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    i18n.install(Shouting())
    try:
        assert _("quiet") == "QUIET"
    finally:
        i18n.install(gettext.NullTranslations())
    assert ngettext("{n} day", "{n} days", 2) == "{n} days"


@pytest.mark.parametrize("typed", ["ab 12 34 56 c", "AB123456C", "AB-12-34-56-C"])
def test_a_national_insurance_number_is_tidied(typed: str) -> None:
    assert NINO.validate(typed) == "AB123456C"
    assert NINO.shown(typed) == "AB 12 34 56 C"


@pytest.mark.parametrize("typed", ["", "QQ123456C", "AB123456E", "AB12345C", "GB123456A", "DA1"])
def test_a_number_that_cannot_be_is_refused_with_what_to_do(typed: str) -> None:
    with pytest.raises(EntryError) as refusal:
        NINO.validate(typed)

    assert "National Insurance number" in refusal.value.what
    assert "leave it empty" in refusal.value.next_step


def test_references_from_hmrc_are_recognised() -> None:
    assert PAYE_REFERENCE.validate("123/ab45678") == "123AB45678"
    assert paye_reference_shown("123AB45678") == "123/AB45678"
    assert paye_reference_shown("") == ""
    assert ACCOUNTS_OFFICE_REFERENCE.validate("123 PA 0000 1234") == "123PA00001234"


def test_an_error_says_what_why_and_what_next() -> None:
    error = NegativePayError(Money(-500))

    assert isinstance(error, DpEmployerError)
    assert str(error).splitlines() == [error.what, error.why, error.next_step]
    assert "−£5.00" in error.what


def test_only_a_blocking_finding_blocks() -> None:
    blocking = Finding(Severity.BLOCKING, "short", "A", "Too little.")
    warning = Finding(Severity.WARNING, "late", "A", "Late.")

    assert blocking.blocks
    assert not warning.blocks


def test_a_step_is_said_in_words_with_its_figures_named() -> None:
    rule = Rule(
        "test.share",
        "A share",
        "{whole} times {rate} on {day} is {result}; the limit is {limit}.",
        ("whole", "rate", "day", "limit"),
        "An invented source",
    )

    (said,) = explain(
        [Step(rule, (Money(1000), Decimal("0.50"), date(2026, 4, 6), None), Money(500))]
    )

    assert said.sentence == "£10.00 times 0.5 on 6 April 2026 is £5.00; the limit is none."
    assert said.inputs[1] == ("rate", "0.5")
    assert said.source == "An invented source"


HALF = Rule("test.half", "A half", "Half of {whole} is {result}.", ("whole",), "A source", EXACT)


def test_a_step_says_its_figures_its_rounding_since_when_it_holds_and_who_says_so() -> None:
    cut = replace(HALF, rounding=Rounding.TAX, since=date(1998, 10, 1))
    step = Step(cut, (Money(101),), Money(50))

    (said,) = explain([step])

    assert in_words([said]) == (
        "1. A half: Half of £1.01 is £0.50.\n"
        "Figures: whole: £1.01\n"
        "Comes to: £0.50\n"
        "Rounded: down to the penny below\n"
        "In force: from 1 October 1998\n"
        "The rule: A source"
    )


def test_the_day_the_figures_of_the_law_began_is_said_before_the_rule_s_own() -> None:
    began, later = date(2026, 4, 6), date(2026, 7, 1)
    steps = dated(
        [Step(HALF, (Money(2),), Money(1)), Step(HALF, (Money(4),), Money(2), later)], began
    )

    said = explain(steps, date(2026, 8, 28))

    assert [step.dated for step in said] == ["from 6 April 2026", "from 1 July 2026"]


def test_a_rule_without_a_date_is_said_as_it_was_on_the_day_it_was_used_for() -> None:
    (said,) = explain([Step(HALF, (Money(2),), Money(1))], date(2026, 8, 28))

    assert (said.dated, said.rounding) == (
        "on 28 August 2026",
        "nothing to settle: the sum is exact",
    )


def test_what_a_step_does_not_know_is_not_said() -> None:
    (said,) = explain([Step(replace(HALF, names=(), sentence="It is {result}."), (), Money(1))])

    assert [label for label, _text in facts(replace(said, rounding=""))] == [
        "Comes to",
        "The rule",
    ]


def test_every_rounding_has_its_words_to_translate() -> None:
    assert {rounding.value for rounding in Rounding} == set(ROUNDINGS)


def test_amounts_are_said_by_what_they_are_and_those_of_nothing_are_not() -> None:
    amounts = (("tax", Money(1000)), ("loans", Money(0)), ("pension", Money(250)))

    assert shown(amounts) == "£10.00 tax, £2.50 pension"
    assert shown((("loans", Money(0)),)) == "nothing"


def test_the_clock_gives_a_day_here_and_an_instant_everywhere() -> None:
    assert isinstance(clock.today(), date)
    assert clock.now().tzinfo is UTC
