"""Whose money it is: entries and bills divided between the funders of one account.

The first that applies decides: the part that was given; for money back that is joined to a
cost, the same proportions as that cost; the split rule for the category; the only funder. With
several funders and none of these, the first listed, and the person is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.ledger import LedgerEntry, Split
from dpemployer.money import NOTHING, Money

if TYPE_CHECKING:
    from dpemployer.bookkeeping.awards import SplitRule

UNCODED = "uncoded"
"""Stands for the category of money nobody has said the purpose of yet."""


@dataclass(frozen=True, slots=True)
class Slice:
    """So much of one entry, for one category, of one funder.

    `refund`: it reduces a cost and is no income; its category is then the cost's, and
    `own_category` what it was coded as.
    """

    entry_id: int
    category: str
    own_category: str
    funder_id: int | None
    amount: Money
    refund: bool = False
    allotted: bool = True
    """False: no rule said whose it is, so it was given to the first funder."""


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry with its parts, and the cost it reduces."""

    entry: LedgerEntry
    splits: tuple[Split, ...]
    cost: Posted | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the parts add up to the entry."""
        return Money.total(split.amount for split in self.splits) == self.entry.amount


@dataclass(frozen=True, slots=True)
class FunderRules:
    """The funders in their order, and how each category divides between them."""

    funder_ids: tuple[int, ...]
    weights: Mapping[str, tuple[int, ...]]
    """By category, one weight for each funder in order."""

    @classmethod
    def of(cls, funder_ids: Sequence[int], rules: Sequence[SplitRule]) -> FunderRules:
        """Gather the split rules by category."""
        weights: dict[str, list[int]] = {}
        for rule in rules:
            place = funder_ids.index(rule.funder_id)
            for category in rule.categories:
                weights.setdefault(category, [0] * len(funder_ids))[place] += rule.weight
        return cls(
            tuple(funder_ids),
            {category: tuple(shares) for category, shares in weights.items() if any(shares)},
        )

    def share(self, amount: Money, category: str) -> tuple[tuple[int | None, Money, bool], ...]:
        """Divide an amount nobody has assigned; each part says whether a rule gave it."""
        weights = self.weights.get(category)
        if weights is not None and len(self.funder_ids) > 1:
            parts = zip(self.funder_ids, amount.shared(weights), strict=True)
            return tuple((funder, part, True) for funder, part in parts if part)
        if not self.funder_ids:
            return ((None, amount, True),)
        return ((self.funder_ids[0], amount, len(self.funder_ids) == 1),)

    def slices(self, posted: Posted) -> tuple[Slice, ...]:
        """Divide an entry by category and funder; the slices add up to it."""
        found: list[Slice] = []
        for category, funder, amount in _parts(posted):
            if posted.cost is not None:
                found += self._refunded(posted, posted.cost, category, funder, amount)
            elif funder is not None:
                found.append(Slice(posted.entry.id, category, category, funder, amount))
            else:
                found += [
                    Slice(posted.entry.id, category, category, whose, part, allotted=known)
                    for whose, part, known in self.share(amount, category)
                ]
        return tuple(found)

    def _refunded(
        self, posted: Posted, cost: Posted, own: str, funder: int | None, amount: Money
    ) -> list[Slice]:
        """Divide money back as its cost was divided."""
        cells: dict[tuple[str, int | None], int] = {}
        for slice_ in self.slices(Posted(cost.entry, cost.splits)):
            place = (slice_.category, funder if funder is not None else slice_.funder_id)
            cells[place] = cells.get(place, 0) + abs(slice_.amount.pence)
        if not any(cells.values()):
            whose = self.share(amount, own) if funder is None else ((funder, amount, True),)
            return [
                Slice(posted.entry.id, own, own, one, part, refund=False, allotted=known)
                for one, part, known in whose
            ]
        order = sorted(cells, key=self._place)
        parts = amount.shared([cells[cell] for cell in order])
        return [
            Slice(posted.entry.id, category, own, whose, part, refund=True)
            for (category, whose), part in zip(order, parts, strict=True)
            if part
        ]

    def _place(self, cell: tuple[str, int | None]) -> int:
        """Put funders in their order, so that a tie goes to the first."""
        funder = cell[1]
        return self.funder_ids.index(funder) if funder in self.funder_ids else len(self.funder_ids)


def _parts(posted: Posted) -> tuple[tuple[str, int | None, Money], ...]:
    """Return the parts of an entry; what they leave over belongs with them, if they agree."""
    parts = [(split.category, split.funder_id, split.amount) for split in posted.splits]
    rest = posted.entry.amount - Money.total(amount for _category, _funder, amount in parts)
    if rest == NOTHING:
        return tuple(parts)
    named = {category for category, _funder, _amount in parts}
    category = named.pop() if len(named) == 1 else UNCODED
    if len(parts) == 1:
        return ((category, parts[0][1], posted.entry.amount),)
    return (*parts, (category, None, rest))
