"""Returns, audit statements, timesheets, letters and the recovery sheet say what they must."""

from __future__ import annotations

from datetime import date

import pytest

from dpemployer.documents.letter import letter_pdf
from dpemployer.documents.monitoring_return import (
    Signature,
    audit_statement_pdf,
    return_pdf,
)
from dpemployer.documents.recovery_sheet import recovery_sheet_pdf
from dpemployer.documents.timesheet import timesheet_pdf
from dpemployer.documents.words import counted, fingerprint, hours, period
from dpemployer.payroll.people import Per
from dpemployer.store.recovery_sheet import groups_for
from tests.documents.builders import a_letter, a_return, a_timesheet, an_audit
from tests.documents.reading import ReadBack

HASH = "0123456789abcdef" * 4


def test_a_draft_says_that_it_is_one_at_the_top_at_the_declaration_and_on_every_page() -> None:
    read = ReadBack.of(return_pdf(a_return(), large_print=True))

    lines = read.text.splitlines()
    assert lines[1] == "DRAFT – not signed"
    assert lines[lines.index("Declaration") + 1] == "DRAFT – not signed"
    for page in range(len(read.reader.pages)):
        assert "DRAFT – not signed" in read.furniture(page)


def test_a_signed_return_says_who_signed_when_and_how_and_never_draft() -> None:
    signature = Signature(
        "Person receiving the direct payment", "Margaret Ellis", date(2026, 10, 4), "typed name"
    )
    paper = a_return(draft=False, signatures=(signature,), sha256=HASH, version="1")

    read = ReadBack.of(return_pdf(paper, large_print=False))

    lines = read.text.splitlines()
    assert "DRAFT" not in read.text + read.furniture(0)
    signed = lines.index("Person receiving the direct payment")
    assert lines[signed + 1 : signed + 4] == [
        "Signed by | Margaret Ellis",
        "On | 4 October 2026",
        "How | typed name",
    ]
    assert f"Fingerprint of its figures (SHA-256) | {fingerprint(HASH)}" in lines


def test_a_return_shows_its_parts_in_the_order_of_the_form() -> None:
    lines = ReadBack.of(return_pdf(a_return(), large_print=False)).text.splitlines()

    start = lines.index("Money in")
    assert lines[start - 2 : start + 4] == [
        "For | 1 July to 30 September 2026",
        "No council’s own form was seen for this one. Check with your funder.",
        "Money in",
        "Direct payment from the council | £5,544.00",
        "My assessed contribution | £423.15",
        "Total money in | £5,967.15",
    ]
    assert lines[lines.index("Services I buy") + 1] == "None."


def test_the_items_of_a_line_stand_under_it() -> None:
    lines = ReadBack.of(return_pdf(a_return(), large_print=False)).text.splitlines()

    line = lines.index("Take away: payments made but not yet on the statement | £131.25")
    assert lines[line + 1] == "– Hexley Care, cheque 000412, 28/09/2026 | £131.25"


def test_there_is_a_line_to_sign_on_for_everybody_who_may_sign() -> None:
    lines = ReadBack.of(return_pdf(a_return(), large_print=False)).text.splitlines()

    assert lines.count("Signed") == 2
    assert "Name: Margaret Ellis" in lines


def test_the_audit_statement_agrees_with_the_bank_and_proves_every_entry() -> None:
    lines = ReadBack.of(audit_statement_pdf(an_audit(8), large_print=False)).text.splitlines()

    start = lines.index("Does it agree with the bank?")
    assert lines[start + 1 : start + 6] == [
        "Statement on the last day | £3,222.63",
        "Less payments not yet on it | £131.25",
        "Plus receipts not yet on it | £104.00",
        "Plus cash in the tin | £16.85",
        "Comes to | £3,212.23",
    ]
    assert "02/07/2026 | Payee number 1 of Hexley | Agency care | 1, 2 |  | £10.01" in lines
    assert (
        "08/07/2026 | Payee number 7 of Hexley | Agency care The receipt was lost. |  |  | £10.07"
    ) in lines
    assert "Total |  |  |  | £500.00 | £70.31" in lines
    assert "1 | receipt | Receipt 1 | 01/08/2026 | " + fingerprint(f"{1:064x}") in lines
    assert lines[lines.index("Papers that are missing") + 1] == (
        "£12.40 to Boots on 3 August 2026 has no receipt."
    )
    assert "1 July 2026, 10:02 | Margaret | Kept a bank statement" in lines


def test_in_large_print_an_entry_says_the_same_in_fewer_columns() -> None:
    lines = ReadBack.of(audit_statement_pdf(an_audit(8), large_print=True)).text.splitlines()

    assert "02/07/2026 | Payee number 1 of Hexley Agency care Papers 1, 2 |  | £10.01" in lines
    assert "Total |  | £500.00 | £70.31" in lines


def test_an_audit_statement_with_nothing_missing_says_so() -> None:
    paper = an_audit(2, missing=(), commitments=(), evidence=())

    lines = ReadBack.of(audit_statement_pdf(paper, large_print=False)).text.splitlines()

    assert lines[lines.index("Papers that are missing") + 1] == (
        "None: every payment that asks for one has it."
    )
    assert lines[lines.index("Bills on the way on the last day") + 1] == "None."
    assert lines[lines.index("Papers") + 1] == "None."


def test_an_audit_statement_that_knows_no_changes_does_not_say_there_were_none() -> None:
    read = ReadBack.of(audit_statement_pdf(an_audit(2, changes=()), large_print=False))

    assert "What was done, and when" not in read.text


@pytest.mark.parametrize("large", [False, True])
def test_the_recovery_sheet_holds_every_group_in_order(*, large: bool) -> None:
    groups = groups_for(bytes(range(32)))

    read = ReadBack.of(
        recovery_sheet_pdf("The Ellis book", groups, date(2026, 7, 1), "0.1.0", large_print=large)
    )

    lines = read.text.splitlines()
    key = lines.index("The key")
    assert lines[key + 1 : key + 15] == [
        f"{number}. | {group}" for number, group in enumerate(groups, start=1)
    ]
    assert all(span.page == 0 for span in read.spans if span.text in groups)
    assert min(span.size for span in read.spans if span.text in groups) >= 18
    assert "Made on | 1 July 2026" in lines


def test_the_recovery_sheet_is_one_sheet() -> None:
    groups = groups_for(bytes(32))

    data = recovery_sheet_pdf("The Ellis book", groups, date(2026, 7, 1), "0.1.0")

    assert len(ReadBack.of(data).reader.pages) == 1


def test_a_timesheet_lists_each_shift_and_has_two_places_to_sign() -> None:
    lines = ReadBack.of(timesheet_pdf(a_timesheet(), large_print=False)).text.splitlines()

    assert "Monday 03/08/2026 | Daytime | 09:00 | 17:00 | 30 min | 7.5 hours" in lines
    assert (
        "Tuesday 04/08/2026 | Sleep-in Awake for work: 40 min | 22:00 | 07:00 |  | 9 hours"
    ) in lines
    assert "Thursday 06/08/2026 | Mileage Clinic |  |  |  | 14 miles" in lines
    assert "Signed by Amina Khan" in lines
    assert "Signed for Margaret Ellis" in lines


def test_an_empty_timesheet_can_be_filled_in_by_hand() -> None:
    paper = a_timesheet(shifts=(), totals=(), blank_rows=7)

    read = ReadBack.of(timesheet_pdf(paper, large_print=False))

    (table,) = [t for t in read.tree.every("Table") if t.parts[0].parts[0].text == "Day"]
    assert [row.text for row in table.parts[1:]] == [""] * 7


def test_a_letter_is_in_the_order_it_is_read() -> None:
    lines = ReadBack.of(letter_pdf(a_letter(sign=("Signed",)), large_print=False)).text

    assert lines.splitlines() == [
        "Margaret Ellis 14 Larch Close Hexley",
        "6 August 2026",
        "What is owed to HMRC for 6 July to 5 August 2026",
        "Accounts Office reference | 123PA00012345",
        "Due | 21 August 2026",
        "Pay this by bank transfer, with the reference above.",
        "What | Amount",
        "Income tax | £35.40",
        "National Insurance | £93.23",
        "To pay | £128.63",
        "The Employment Allowance has been taken off.",
        "Signed",
    ]


def test_a_letter_without_a_table_has_none() -> None:
    paper = a_letter(columns=(), rows=(), totals=())

    assert not list(ReadBack.of(letter_pdf(paper, large_print=False)).tree.every("TD"))[2:]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (60, "1 hour"),
        (90, "1.5 hours"),
        (465, "7.75 hours"),
        (20, "20 min"),
        (0, "0 hours"),
        (-90, "−1.5 hours"),
        (3, "0.05 hours"),
        (500, "8 h 20 min"),
    ],
)
def test_time_is_written_so_that_it_can_be_multiplied(minutes: int, words: str) -> None:
    assert hours(minutes) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 8, 3), date(2026, 8, 30), "3 to 30 August 2026"),
        (date(2026, 7, 27), date(2026, 8, 2), "27 July to 2 August 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
    ],
)
def test_a_run_of_days_says_nothing_twice(first: date, last: date, words: str) -> None:
    assert period(first, last) == words


def test_one_night_is_not_nights() -> None:
    assert [counted(n, Per.NIGHT) for n in (1, -2)] == ["1 night", "−2 nights"]
    assert [counted(n, Per.MILE) for n in (1, 2)] == ["1 mile", "2 miles"]
