"""The page that says how a figure was worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dpemployer.documents.explanation import ExplanationPaper, explanation_pdf
from dpemployer.workings import ExplainedStep
from tests.documents.reading import ReadBack

STEP = ExplainedStep(
    rule="tax.free_pay",
    title="free pay",
    sentence="Code 1257L gives free pay of £241.92 a week.",
    inputs=(("code", "1257L"), ("week", "21")),
    result="£241.92",
    source="HMRC, Specification for PAYE tax table routines, section 4",
    rounding="up to the penny above",
    dated="from 6 April 2026",
)
OLD = replace(STEP, rounding="", dated="")
PAPER = ExplanationPaper(
    "Income tax of Amina Khan: £12.00",
    "Margaret Ellis",
    date(2026, 8, 31),
    (STEP, OLD),
    (("Name", "Amina Khan"), ("Payday", "31 August 2026")),
)


@pytest.mark.parametrize("large", [False, True])
def test_the_page_gives_every_step_with_its_figures_rule_date_rounding_and_source(
    large: bool,
) -> None:
    lines = ReadBack.of(explanation_pdf(PAPER, large_print=large)).text.splitlines()

    assert lines[:3] == ["How was this worked out?", "Name | Amina Khan", "Payday | 31 August 2026"]
    assert lines[3:10] == [
        "Step 1: Free pay",
        "Code 1257L gives free pay of £241.92 a week.",
        "Figures | code: 1257L; week: 21",
        "Comes to | £241.92",
        "Rounded | up to the penny above",
        "In force | from 6 April 2026",
        "The rule | HMRC, Specification for PAYE tax table routines, section 4",
    ]


def test_a_step_stored_before_rounding_and_dates_were_is_printed_without_them() -> None:
    lines = ReadBack.of(explanation_pdf(PAPER, large_print=False)).text.splitlines()

    second = lines[lines.index("Step 2: Free pay") :]

    assert "Comes to | £241.92" in second
    assert not [line for line in second if line.startswith(("Rounded", "In force"))]


def test_a_figure_with_no_facts_beside_it_has_its_steps_alone() -> None:
    bare = replace(PAPER, facts=(), steps=(OLD,))

    lines = ReadBack.of(explanation_pdf(bare, large_print=False)).text.splitlines()

    assert lines[:2] == ["How was this worked out?", "Step 1: Free pay"]
