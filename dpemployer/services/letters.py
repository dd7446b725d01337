"""Letters to a funder, begun from what the book knows and finished in the person's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.bookkeeping.awards import Funder
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.i18n import _
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.payroll.terms import held_on
from dpemployer.services.money_rows import Letter

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.services.ledger import Ledger
    from dpemployer.services.money_rows import SpendingRow
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading


class Letters:
    """Letters out of one book."""

    def __init__(self, book: Book, ledger: Ledger) -> None:
        self._book = book
        self._ledger = ledger

    def question(self, row: SpendingRow, on: date, funder_id: int = 0) -> Letter:
        """Begin a letter that asks whether the money may be spent on something."""
        return self._begin(
            _("A question about spending my direct payment"),
            on,
            funder_id,
            (
                row.question,
                _("It would help me in this way:"),
                _("I will wait for your answer before I spend anything on it."),
            ),
        )

    def pdf(self, letter: Letter, on: date, *, large: bool = False, keep: bool = False) -> bytes:
        """Print a letter as it stands; keep a copy among the papers if asked to."""
        pdf = letter_pdf(
            LetterPaper(
                heading=letter.heading,
                sender=letter.sender,
                dated=on,
                to=letter.to,
                facts=((_("Your reference"), letter.reference),) if letter.reference else (),
                paragraphs=letter.paragraphs,
                sign=(letter.signed,),
            ),
            large_print=large,
        )
        if keep:
            name = _("{heading}.pdf").format(heading=letter.heading).replace("/", "-")
            self._ledger.keep_paper(name, pdf, "letter", letter.heading, day=on)
        return pdf

    def _begin(self, heading: str, on: date, funder_id: int, paragraphs: tuple[str, ...]) -> Letter:
        with self._book.read() as reading:
            funders = reading.find(Funder, order_by="id")
            supported = _holder(reading, Role.PERSON_SUPPORTED, on)
            manager = _holder(reading, Role.MONEY_MANAGER, on) or supported
        funder = next((each for each in funders if funder_id in {0, each.id}), None)
        about = ""
        if supported and manager and supported.id != manager.id:
            about = _("I write for {name}.").format(name=supported.name)
        return Letter(
            heading=heading,
            sender=f"{manager.name}\n{manager.address}".strip() if manager else "",
            to=funder.name if funder else "",
            reference=supported.reference if supported else "",
            paragraphs=tuple(each for each in (about, *paragraphs) if each),
            signed=manager.name if manager else "",
        )


def _holder(reading: Reading, role: Role, on: date) -> Party | None:
    held = held_on(reading.find(RoleHeld, role=role), on)
    return reading.get(Party, held[0].party_id) if held else None
