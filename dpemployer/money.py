"""Amounts of money, exact to the penny.

`Money` is a whole number of pence. Rates and hours are `Decimal`. A product of the two
becomes `Money` again only through a named rounding, because wages, National Insurance,
income tax, loans and pensions each settle the odd fraction differently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

_PENNY = Decimal(1)
_TENTH_OF_A_PENNY = Decimal("0.1")
_POUNDS = re.compile(r"[-−]?\d{1,9}(\.\d{1,2})?")


class Rounding(Enum):
    """Who gets the fraction of a penny."""

    PAY = "to the nearest penny, a half going up"
    NI = "by the third decimal place alone, five or less going down"
    TAX = "down to the penny below"
    LOAN = "down to the whole pound below"
    PENSION = "to the nearest penny, a half going up, for each party"

    def pence(self, pounds: Decimal) -> int:
        """Settle *pounds* to a whole number of pence under this rule."""
        exact = pounds.scaleb(2)
        match self:
            case Rounding.PAY | Rounding.PENSION:
                settled = exact.quantize(_PENNY, ROUND_HALF_UP)
            case Rounding.NI:
                tenths = exact.quantize(_TENTH_OF_A_PENNY, ROUND_DOWN)
                settled = tenths.quantize(_PENNY, ROUND_HALF_DOWN)
            case Rounding.TAX:
                settled = exact.quantize(_PENNY, ROUND_DOWN)
            case _:  # Rounding.LOAN
                settled = pounds.quantize(_PENNY, ROUND_DOWN).scaleb(2)
        return int(settled)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A whole number of pence; below zero when it is owed the other way.

    >>> Money(1250) + Money(50)
    Money(pence=1300)
    >>> str(Money(-123456))
    '−£1,234.56'
    """

    pence: int

    @classmethod
    def of(cls, pounds: Decimal, rule: Rounding) -> Money:
        """Settle an exact number of pounds to the penny under *rule*."""
        return cls(rule.pence(pounds))

    @classmethod
    def up(cls, pounds: Fraction) -> Money:
        """Settle an exact number of pounds with any part of a penny going up: statutory pay."""
        return cls(ceil(pounds * 100))

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read pounds written as `1234`, `1234.5` or `-1234.56`; nothing finer than a penny.

        Raises:
            ValueError: If *text* is anything else.
        """
        if not _POUNDS.fullmatch(text):
            raise ValueError(text)
        return cls(int(Decimal(text.replace("−", "-")).scaleb(2)))

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Add *amounts* together; nothing at all adds up to zero."""
        return cls(sum(amount.pence for amount in amounts))

    @property
    def pounds(self) -> Decimal:
        """The same amount as an exact number of pounds."""
        return Decimal(self.pence).scaleb(-2)

    @property
    def plain(self) -> str:
        """Pounds with two decimals and nothing else, as files are written: `-1234.56`."""
        sign = "-" if self.pence < 0 else ""
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{sign}{pounds}.{pence:02d}"

    def above(self, threshold: Money) -> Money:
        """Return the part of this amount that lies above *threshold*."""
        return Money(max(0, self.pence - threshold.pence))

    def shared(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Divide this amount by whole-number *weights*, so that the parts add up to it.

        Odd pennies go one each to the largest remainders; ties to the part named first. The
        sign is put back at the end, so that a refund divides exactly as its cost did.
        """
        total = sum(weights)
        whole = abs(self.pence)
        parts = [whole * weight // total for weight in weights]
        remainders = [whole * weight % total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda place: -remainders[place])
        for place in by_remainder[: whole - sum(parts)]:
            parts[place] += 1
        sign = -1 if self.pence < 0 else 1
        return tuple(Money(sign * part) for part in parts)

    def __add__(self, other: Money) -> Money:
        return Money(self.pence + other.pence)

    def __sub__(self, other: Money) -> Money:
        return Money(self.pence - other.pence)

    def __neg__(self) -> Money:
        return Money(-self.pence)

    def __abs__(self) -> Money:
        return Money(abs(self.pence))

    def __bool__(self) -> bool:
        return self.pence != 0

    def __str__(self) -> str:
        sign = "−" if self.pence < 0 else ""
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{sign}£{pounds:,}.{pence:02d}"


NOTHING = Money(0)
