"""A return on paper says what the window says, and a draft can never be taken for the real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dpemployer.documents.monitoring_return import audit_statement_pdf, return_pdf
from dpemployer.money import NOTHING, Money
from dpemployer.services.money_rows import (
    CommitmentKind,
    CommitmentRow,
    Declaration,
    EntryRow,
    EvidenceMissingRow,
    Method,
    PaperRow,
    PartRow,
    ReturnItemRow,
    ReturnLineRow,
    ReturnPrepared,
    ReturnSectionRow,
    Signatory,
    SignedRow,
    TemplateRow,
)
from dpemployer.services.return_sheets import audit_paper, return_paper
from tests.documents.reading import ReadBack

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
SHA256 = "0123456789abcdef" * 4
SIGNED = SignedRow(
    signed_id=1,
    template="generic-quarterly",
    title="Quarterly return",
    first_day=FIRST,
    last_day=LAST,
    version=1,
    signed_by="Margaret Ellis",
    capacity="recipient",
    declared_on=date(2026, 10, 4),
    signed_at=datetime(2026, 10, 4, 9, 30, tzinfo=UTC),
    sha256=SHA256,
    what_changed="",
    replaced=False,
    amending=False,
)


def a_line(label: str, text: str, *items: ReturnItemRow, itemised: bool = False) -> ReturnLineRow:
    return ReturnLineRow("x", label, None, text, itemised, items, "")


@pytest.fixture
def prepared() -> ReturnPrepared:
    cheque = ReturnItemRow(date(2026, 9, 28), "Hexley Care", Money(13_125), 4, ())
    return ReturnPrepared(
        template=TemplateRow(
            template="generic-quarterly",
            version="2026.11",
            title="Quarterly return",
            jurisdiction="uk",
            funder_kind="local_authority",
            confidence="generic",
            confidence_words="This is no council’s own form. Check with your funder.",
            basis_note="",
            modelled_on="",
            frequency="quarterly",
            alignment="calendar_quarter",
            own=False,
        ),
        first_day=FIRST,
        last_day=LAST,
        header=(("Name", "Margaret Ellis"), ("Contact", "")),
        sections=(
            ReturnSectionRow(
                "income", "income", "Money in", (a_line("From the council", "£4,140.00"),), (), ()
            ),
            ReturnSectionRow(
                "reconciliation",
                "bank_reconciliation",
                "Does it agree with the bank?",
                (
                    a_line("Statement on the last day", "£3,343.48"),
                    a_line("Take away: not yet on it", "£131.25", cheque, itemised=True),
                ),
                (),
                (),
            ),
            ReturnSectionRow(
                "staff",
                "staff_summary",
                "People I employ",
                (),
                ("Initials", "Net pay"),
                (("A.K.", "£2,010.80"),),
            ),
        ),
        opening=Money(231_983),
        income=Money(414_000),
        expenditure=Money(324_760),
        closing=Money(321_223),
        difference=NOTHING,
        findings=(),
        checklist=(),
        evidence_missing=(
            EvidenceMissingRow(9, date(2026, 8, 3), "Boots", Money(1_240), "receipt", "Receipt"),
        ),
        declaration=Declaration(
            ("The figures are complete.",),
            ("ink",),
            (
                Signatory("recipient", "Person receiving the direct payment", "Margaret Ellis"),
                Signatory("authorised_person", "Authorised person", ""),
            ),
        ),
        due=None,
        signed=None,
        amending=False,
    )


def printed(prepared: ReturnPrepared) -> list[str]:
    paper = return_paper(prepared, prepared_by="Margaret Ellis")
    return ReadBack.of(return_pdf(paper, large_print=False)).text.splitlines()


def test_a_return_not_yet_signed_is_a_draft_with_places_to_sign(prepared: ReturnPrepared) -> None:
    lines = printed(prepared)

    assert lines[:6] == [
        "Quarterly return",
        "DRAFT – not signed",
        "Name | Margaret Ellis",
        "For | 1 July to 30 September 2026",
        "This is no council’s own form. Check with your funder.",
        "Money in",
    ]
    assert lines[lines.index("Person receiving the direct payment") + 1] == "Signed"
    assert not any("SHA-256" in line for line in lines)


def test_only_what_the_form_lists_is_listed_under_a_line(prepared: ReturnPrepared) -> None:
    lines = printed(prepared)

    assert lines[lines.index("Take away: not yet on it | £131.25") + 1] == (
        "– Hexley Care, 28/09/2026 | £131.25"
    )
    assert "A.K. | £2,010.80" in lines


def test_papers_that_are_missing_are_said_to_be(prepared: ReturnPrepared) -> None:
    lines = printed(prepared)

    assert lines[lines.index("Papers that are missing") + 2] == (
        "03/08/2026 | Boots | £12.40 | Receipt"
    )
    assert "Papers that are missing" not in printed(replace(prepared, evidence_missing=()))


def test_a_signed_return_names_its_signature_and_fingerprint(prepared: ReturnPrepared) -> None:
    lines = printed(replace(prepared, signed=SIGNED))

    assert "DRAFT – not signed" not in lines
    signed = lines.index("Person receiving the direct payment")
    assert lines[signed + 1 : signed + 3] == ["Signed by | Margaret Ellis", "On | 4 October 2026"]
    assert "Version of this return | 1" in lines
    assert any("01234567 89abcdef" in line for line in lines)


def test_a_return_opened_again_is_a_draft_once_more(prepared: ReturnPrepared) -> None:
    lines = printed(replace(prepared, signed=SIGNED, amending=True))

    assert lines[1] == "DRAFT – not signed"
    assert (
        "Version of this return | draft of version 2; version 1 was signed on 4 October 2026"
    ) in lines
    assert not any("SHA-256" in line for line in lines)


def test_a_second_version_says_what_changed(prepared: ReturnPrepared) -> None:
    second = replace(SIGNED, version=2, what_changed="Money in rose by £10.00.")

    assert "Version of this return | 2; what changed: Money in rose by £10.00." in printed(
        replace(prepared, signed=second)
    )


def test_the_audit_statement_proves_every_entry(prepared: ReturnPrepared) -> None:
    paper = a_paper_row()
    entry = EntryRow(
        entry_id=4,
        account_id=1,
        account="Current",
        day=date(2026, 9, 28),
        amount=Money(-13_125),
        payee="Hexley Care",
        method=Method.CHEQUE,
        cheque_no="412",
        note="Cover for a hospital day",
        parts=(PartRow("care.agency", "Agency care", Money(-13_125), None, "", None, ""),),
        line_id=None,
        line_day=None,
        refund_of_id=None,
        brought_forward=False,
        void=False,
        void_reason="",
        papers=(paper,),
        needs="",
        needs_label="",
        signed=False,
    )
    late = replace(
        entry, line_id=3, line_day=date(2026, 9, 30), papers=(), note="", needs="receipt"
    )
    owed = CommitmentRow(
        commitment_id=1,
        kind=CommitmentKind.HMRC,
        kind_label="Tax and National Insurance",
        payee="HMRC",
        amount=Money(20_000),
        settled=NOTHING,
        outstanding=Money(20_000),
        incurred_on=LAST,
        due=date(2026, 10, 22),
        overdue=False,
        source="",
        note="",
    )

    audit = audit_paper(
        replace(prepared, signed=SIGNED),
        (entry, replace(late, needs_label="Receipt")),
        (paper, replace(paper, number=13, size=0)),
        (owed,),
        (("4 October 2026, 10:30", "Margaret", "Signed a return"),),
        prepared_by="Margaret Ellis",
    )
    lines = ReadBack.of(audit_statement_pdf(audit, large_print=False)).text.splitlines()

    assert (
        "28/09/2026 | Hexley Care | Agency care Cover for a hospital day Not on a statement | 12"
        " |  | £131.25"
    ) in lines
    assert (
        "28/09/2026 | Hexley Care | Agency care Missing: Receipt On the statement on 30/09/2026"
        " |  |  | £131.25"
    ) in lines
    agrees = lines.index("Does it agree with the bank?")
    assert lines[agrees + 1] == "Statement on the last day | £3,343.48"
    assert "Balance on the last day | £3,212.23" in lines
    assert "13 | Invoice | Hexley 881 | 30/09/2026 | held on paper" in lines
    assert "Tax and National Insurance: HMRC, due 22/10/2026 | £200.00" in lines
    assert "£12.40 to Boots on 3 August 2026: Receipt." in lines
    assert "4 October 2026, 10:30 | Margaret | Signed a return" in lines
    assert any("signed figures (SHA-256) | 01234567" in line for line in lines)


def test_the_audit_statement_of_a_draft_is_a_draft(prepared: ReturnPrepared) -> None:
    audit = audit_paper(prepared, (), (), (), (), prepared_by="Margaret Ellis")

    lines = ReadBack.of(audit_statement_pdf(audit, large_print=False)).text.splitlines()

    assert lines[:2] == ["Audit statement", "DRAFT – not signed"]
    assert not any("SHA-256" in line for line in lines)


def a_paper_row() -> PaperRow:
    return PaperRow(
        paper_id=1,
        number=12,
        kind="invoice",
        kind_label="Invoice",
        title="Hexley 881",
        day=LAST,
        amount=None,
        file_name="a.pdf",
        media_type="application/pdf",
        size=9,
        sha256=SHA256,
        reference="",
    )
