"""Papers about deductions: the notice of what an order took, and the standing statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.errors import RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.money import Money
from dpemployer.payroll.deduction_terms import (
    AttachmentOrder,
    DeductionLine,
    OwedBack,
    OwedBackKind,
    StandingStatement,
    StatedDeduction,
)
from dpemployer.payroll.deductions import ORDER_NAMES
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.periods import PayFrequency
from dpemployer.services.issued import issue
from dpemployer.services.reading import employer_on

if TYPE_CHECKING:
    from dpemployer.payroll.household import Party
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading


class DeductionPapers:
    """What one book prints about deductions."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def notice(self, payslip_id: int, *, large: bool = False) -> bytes:
        """Print the notice of what one payslip took by order, the employer's charge included.

        Raises:
            RefusedError: If nothing was taken by order, or nobody is recorded as the employer.
        """
        with self._book.read() as reading:
            slip = reading.get(Payslip, payslip_id)
            lines = reading.find(DeductionLine, payslip_id=payslip_id, not_none=("order_id",))
            orders = {
                order.id: order
                for order in reading.find(
                    AttachmentOrder, any_of={"id": [line.order_id for line in lines]}
                )
            }
            employer = employer_on(reading, slip.pay_date)
            person = _person(reading, slip.employment_id)
        if not lines:
            raise RefusedError(
                what=_("Nothing was taken by order on {day}.").format(day=long_date(slip.pay_date)),
                why=_("The notice says what an order took."),
                next_step=_("Choose a payday on which an order took something."),
            )
        return letter_pdf(_notice(slip, lines, orders, employer, person), large_print=large)

    def statement(self, statement_id: int, *, large: bool = False) -> bytes:
        """Return a standing statement of fixed deductions as it was given.

        Raises:
            RefusedError: If nobody is recorded as the employer that day.
        """
        with self._book.read() as reading:
            given = reading.get(StandingStatement, statement_id)
        return issue(
            self._book,
            "standing_statement_large" if large else "standing_statement",
            statement_id,
            file_name=self.statement_file_name(statement_id),
            action="Printed a standing statement of fixed deductions",
            make=lambda: letter_pdf(self._statement(given), large_print=large),
        )

    def statement_file_name(self, statement_id: int) -> str:
        """Say what a standing statement is called when it is saved."""
        with self._book.read() as reading:
            given = reading.get(StandingStatement, statement_id)
            name = _person(reading, given.employment_id).name
        words = _("standing statement {day} {name}")
        return _file_name(words.format(day=given.given_on.isoformat(), name=name))

    def notice_file_name(self, payslip_id: int) -> str:
        """Say what a notice is called when it is saved."""
        with self._book.read() as reading:
            slip = reading.get(Payslip, payslip_id)
        words = _("notice of deductions {day} {name}")
        return _file_name(words.format(day=slip.pay_date.isoformat(), name=slip.name))

    def agreement(self, owed_back_id: int, *, large: bool = False) -> bytes:
        """Print the agreement of how an advance, a loan or an overpayment comes back, to sign.

        Raises:
            RefusedError: If nobody is recorded as the employer on the first day of it.
        """
        with self._book.read() as reading:
            owed = reading.get(OwedBack, owed_back_id)
            employment = reading.get(Employment, owed.employment_id)
            person = _person(reading, employment.id)
            dated = owed.agreed_on or owed.first_on
            employer = employer_on(reading, dated)
        return letter_pdf(_agreement(owed, employment, employer, person), large_print=large)

    def agreement_file_name(self, owed_back_id: int) -> str:
        """Say what an agreement is called when it is saved."""
        with self._book.read() as reading:
            owed = reading.get(OwedBack, owed_back_id)
            name = _person(reading, owed.employment_id).name
        words = _("agreement to pay back {day} {name}")
        return _file_name(words.format(day=owed.day.isoformat(), name=name))

    def _statement(self, given: StandingStatement) -> LetterPaper:
        day = given.given_on
        with self._book.read() as reading:
            employment = reading.get(Employment, given.employment_id)
            person = _person(reading, employment.id)
            employer = employer_on(reading, day)
        each = _each_payday(employment.frequency)
        together = Money.total(one.amount for one in given.lines)
        return LetterPaper(
            heading=_("Standing statement of fixed deductions"),
            sender=f"{employer.name}\n{employer.address}".strip(),
            to=f"{person.name}\n{person.address}".strip(),
            dated=day,
            paragraphs=(
                _(
                    "These fixed amounts are taken from your pay, as we agreed in writing. Your "
                    "payslips show them too."
                ),
            ),
            columns=(_("For"), _("Amount"), _("How often"), _("From"), _("Who it goes to")),
            rows=tuple(_fixed_row(one, each, employer) for one in given.lines),
            totals=(
                _("Together"),
                str(together),
                each,
                "",
                "",
            ),
            closing=(
                _(
                    "This statement holds for twelve months from its date. If an amount changes, "
                    "you get a new one, or a notice in writing, before the change."
                ),
                _("Employment Rights Act 1996, section 9."),
            ),
            sign=(_("Signed by the employer"), _("Date")),
        )


def _notice(
    slip: Payslip,
    lines: tuple[DeductionLine, ...],
    orders: dict[int, AttachmentOrder],
    employer: Party,
    person: PersonalAssistant,
) -> LetterPaper:
    rows = []
    for line in lines:
        order = orders[line.order_id or 0]
        rows.append(
            (
                _(ORDER_NAMES[order.kind]),
                order.issuer,
                order.reference,
                str(line.amount),
                str(line.charge),
            )
        )
    amount = Money.total(line.amount for line in lines)
    charge = Money.total(line.charge for line in lines)
    said = [
        _("The law makes me take this from your pay and send it to whoever made the order."),
    ]
    if charge:
        said.append(
            _(
                "The charge is what the law lets an employer keep for each deduction. It is taken "
                "from your pay beside the amount."
            )
        )
    carried = Money.total(line.carried for line in lines)
    if carried.pence > 0:
        said.append(
            _(
                "{carried} could not be taken this time, so that enough was left. It is added on "
                "the next payday."
            ).format(carried=carried)
        )
    return LetterPaper(
        heading=_("Notice of deductions from your pay of {day}").format(
            day=long_date(slip.pay_date)
        ),
        sender=f"{employer.name}\n{employer.address}".strip(),
        to=f"{person.name}\n{person.address}".strip(),
        dated=slip.pay_date,
        facts=(
            (_("Payday"), long_date(slip.pay_date)),
            (_("Taken by order, with charges"), str(amount + charge)),
        ),
        paragraphs=tuple(said),
        columns=(_("Order"), _("Made by"), _("Reference"), _("Amount"), _("Charge")),
        rows=tuple(rows),
        totals=(_("Together"), "", "", str(amount), str(charge)),
    )


def _agreement(
    owed: OwedBack, employment: Employment, employer: Party, person: PersonalAssistant
) -> LetterPaper:
    what = {
        OwedBackKind.ADVANCE: _("an advance of pay"),
        OwedBackKind.LOAN: _("a loan"),
        OwedBackKind.OVERPAYMENT: _("pay that was too much"),
    }[owed.kind]
    facts = [
        (_("What it is"), what),
        (_("How much"), str(owed.amount)),
        (_("Paid on"), long_date(owed.day)),
        (_("Why too much was paid"), owed.reason),
        (
            _("Taken from pay"),
            _("{amount} {each}").format(
                amount=owed.instalment, each=_each_payday(employment.frequency)
            ),
        ),
        (_("From the first payday on or after"), long_date(owed.first_on)),
    ]
    return LetterPaper(
        heading=_("Agreement to pay back {amount}").format(amount=owed.amount),
        sender=f"{employer.name}\n{employer.address}".strip(),
        to=f"{person.name}\n{person.address}".strip(),
        dated=owed.agreed_on or owed.first_on,
        facts=tuple(fact for fact in facts if fact[1]),
        paragraphs=(
            _(
                "We agree that this is taken from take-home pay until all of it has come back. "
                "The last amount may be smaller. Less is taken when there is not enough pay."
            ),
            _("If the job ends first, the rest is taken from the last pay only if we agree so."),
        ),
        sign=(
            _("Signed by the employer"),
            _("Signed by the personal assistant"),
            _("Date"),
        ),
    )


def _fixed_row(fixed: StatedDeduction, each: str, employer: Party) -> tuple[str, ...]:
    return (
        fixed.purpose,
        str(fixed.amount),
        each,
        long_date(fixed.from_day),
        fixed.payee or employer.name,
    )


def _each_payday(frequency: PayFrequency) -> str:
    return {
        PayFrequency.WEEKLY: _("each week"),
        PayFrequency.FORTNIGHTLY: _("every two weeks"),
        PayFrequency.FOUR_WEEKLY: _("every four weeks"),
        PayFrequency.MONTHLY: _("each month"),
    }[frequency]


def _person(reading: Reading, employment_id: int) -> PersonalAssistant:
    employment = reading.get(Employment, employment_id)
    return reading.get(PersonalAssistant, employment.assistant_id)


def _file_name(words: str) -> str:
    return f"{words}.pdf".replace("/", "-").replace("\\", "-")
