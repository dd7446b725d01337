"""May I buy this? Asked in a person's own words, answered from their plan and from the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.bookkeeping.awards import Funder
from dpemployer.bookkeeping.categories import SpendingRule
from dpemployer.bookkeeping.spending import (
    AgreedSpending,
    Basis,
    Regime,
    SpendingAnswer,
    SpendingAsked,
    SpendingGuide,
    Standing,
    answer,
    regime_of,
)
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.terms import latest_on
from dpemployer.services.money_rows import SpendingRow
from dpemployer.services.shipped import spending_rules

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading


def row_of(found: SpendingAnswer, words: str) -> SpendingRow:
    """Show an answer to somebody's words."""
    guide = found.guide
    return SpendingRow(
        guide=guide.id,
        item=guide.item,
        category=guide.category,
        answer=found.answer,
        why=guide.why if found.agreed is None else _agreed_words(found.agreed),
        condition=guide.condition,
        rests_on=_rests_on(found),
        regime=found.regime,
        source=spending_rules().sources[found.regime] if guide.basis is Basis.STATUTE else "",
        question=question(guide, words),
    )


def question(guide: SpendingGuide, words: str) -> str:
    """Write what to ask the funder about something, ready to send."""
    asked = words.strip() or guide.item
    return _(
        "I would like to use my direct payment for this: {words}. Please tell me in writing "
        "whether I may, how much I may spend on it, and what papers you would want to see."
    ).format(words=asked)


def answers_without_a_book(words: str, regime: Regime, on: date) -> tuple[SpendingRow, ...]:
    """Answer from the rules alone, the likeliest meaning first."""
    rules = spending_rules()
    return tuple(row_of(answer(guide, regime, (), on), words) for guide in rules.matching(words))


class Spending:
    """What one book says of it: whose money it is, what the plan says, what was asked."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def ask(self, words: str, on: date, funder_id: int | None = None) -> tuple[SpendingRow, ...]:
        """Answer a question in the person's own words, the likeliest meaning first.

        What was asked and the first answer are kept with the day, to be able to say “I checked
        first”. Nothing is kept when nothing fits.

        Raises:
            EntryError: If nothing was asked.
        """
        words = words.strip()
        if not words:
            raise EntryError(
                what=_("Nothing was asked."),
                why=_("The answer depends on what you would like to buy."),
                next_step=_("Type a word or two, such as gym, taxi or wages for my sister."),
            )
        with self._book.read() as reading:
            regime = _regime(reading, funder_id, on)
            agreed = reading.find(AgreedSpending)
        found = [answer(guide, regime, agreed, on) for guide in spending_rules().matching(words)]
        if found:
            first = found[0]
            with self._book.change("Asked what the money may be spent on") as tx:
                tx.add(SpendingAsked(0, on, words, first.guide.id, first.answer, regime))
        return tuple(row_of(each, words) for each in found)

    def again(self, guide: str, words: str, on: date, funder_id: int | None = None) -> SpendingRow:
        """Answer again for one kind of thing, without keeping that it was asked."""
        with self._book.read() as reading:
            regime = _regime(reading, funder_id, on)
            agreed = reading.find(AgreedSpending)
        return row_of(answer(spending_rules().guide(guide), regime, agreed, on), words)

    def listed(self, on: date, funder_id: int | None = None) -> tuple[SpendingRow, ...]:
        """List every kind of thing with its answer, what is allowed first."""
        with self._book.read() as reading:
            regime = _regime(reading, funder_id, on)
            agreed = reading.find(AgreedSpending)
        found = [answer(guide, regime, agreed, on) for guide in spending_rules().guides]
        order = list(SpendingRule)
        found.sort(key=lambda each: order.index(each.answer))
        return tuple(row_of(each, "") for each in found)

    def asked(self) -> tuple[SpendingAsked, ...]:
        """List what was asked before, the newest first."""
        with self._book.read() as reading:
            found = reading.find(SpendingAsked, order_by="id")
        return tuple(reversed(found))

    def agreed(self) -> tuple[AgreedSpending, ...]:
        """List what the plan says and what was agreed to, the newest first."""
        with self._book.read() as reading:
            found = reading.find(AgreedSpending, order_by="from_day")
        return tuple(reversed(found))

    def agree(self, agreed: AgreedSpending) -> int:
        """Record something that is in the plan or was agreed to in writing; return its id.

        Raises:
            EntryError: If it does not say what, or ends before it begins.
        """
        words = agreed.words.strip()
        if not words:
            raise EntryError(
                what=_("It does not say what was agreed."),
                why=_("Whoever looks at the account later needs to know."),
                next_step=_("Write what the plan or the letter says, in a few words."),
            )
        if agreed.to_day is not None and agreed.to_day < agreed.from_day:
            raise EntryError(
                what=_("The last day is before the first."),
                why=_("It counts from its first day to its last."),
                next_step=_("Put one of the two days right, or leave the last one empty."),
            )
        spending_rules().guide(agreed.guide)
        with self._book.change("Recorded what the money may be spent on") as tx:
            kept = replace(agreed, words=words, who=agreed.who.strip())
            if kept.id:
                tx.update(kept)
                return kept.id
            return tx.add(kept)

    def family_rule(self, on: date, funder_id: int | None = None) -> str:
        """Say what to know before somebody from the family is employed."""
        with self._book.read() as reading:
            regime = _regime(reading, funder_id, on)
        return spending_rules().family[regime]


def _regime(reading: Reading, funder_id: int | None, on: date) -> Regime:
    """Return whose rules apply: those of the funder asked about, or of the first there is."""
    funders = reading.find(Funder, order_by="id")
    funder = next((each for each in funders if funder_id in {each.id, None}), None)
    scheme = latest_on(reading.find(EmployerScheme), on)
    nation = Nation.ENGLAND if scheme is None else scheme.nation
    return regime_of(nation, None if funder is None else funder.kind)


def _agreed_words(agreed: AgreedSpending) -> str:
    if agreed.standing is Standing.PLAN:
        said = _("It is in your plan, from {day}: {words}.")
    elif agreed.who:
        said = _("{who} agreed to it in writing, from {day}: {words}.")
    else:
        said = _("It was agreed to in writing, from {day}: {words}.")
    return said.format(who=agreed.who, day=long_date(agreed.from_day), words=agreed.words)


def _rests_on(found: SpendingAnswer) -> str:
    if found.agreed is not None:
        return _("Your plan or an agreement in writing counts before any list.")
    if found.guide.unconfirmed:
        return _("This rests on law that was not read again in its current text. Check it first.")
    if found.guide.basis is Basis.STATUTE:
        return _("This rests on law or national guidance.")
    return _("This is what many funders do. Yours may differ: what they wrote counts.")
