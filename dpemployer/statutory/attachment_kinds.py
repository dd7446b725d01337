"""The kinds of order to take money from pay: what each is called, names, and comes after."""

from __future__ import annotations

from enum import StrEnum


class OrderKind(StrEnum):
    """What an order is called on the letter that comes with it."""

    DEO = "deo"
    """Deduction from earnings order: child maintenance."""
    AEO_PRIORITY = "aeo_priority"
    """Attachment of earnings order for maintenance or a fine."""
    AEO_NON_PRIORITY = "aeo_non_priority"
    """Attachment of earnings order for a debt."""
    CTAEO = "ctaeo"
    """Council tax attachment of earnings order, England and Wales."""
    DEA_STANDARD = "dea_standard"
    """Direct earnings attachment: benefit debt, by the standard table."""
    DEA_HIGHER = "dea_higher"
    DEA_FIXED = "dea_fixed"
    """A direct earnings attachment that names an amount."""
    EARNINGS_ARRESTMENT = "scottish_earnings_arrestment"
    CURRENT_MAINTENANCE = "current_maintenance_arrestment"
    """Scotland: maintenance by the day."""
    CONJOINED_DEBTS = "conjoined_debts"
    """Scotland: several debts in one order."""
    CONJOINED_MAINTENANCE = "conjoined_maintenance"
    CONJOINED_BOTH = "conjoined_both"


NAMES_AN_AMOUNT = frozenset(
    {OrderKind.DEO, OrderKind.AEO_PRIORITY, OrderKind.AEO_NON_PRIORITY, OrderKind.DEA_FIXED}
)
"""The letter says how much to take on a payday; the others go by a table or by the day."""
NAMES_PROTECTED = frozenset({OrderKind.AEO_PRIORITY, OrderKind.AEO_NON_PRIORITY})
"""The letter says how much must be left."""
BY_THE_DAY = frozenset(
    {OrderKind.CURRENT_MAINTENANCE, OrderKind.CONJOINED_MAINTENANCE, OrderKind.CONJOINED_BOTH}
)
"""The letter says an amount for each day."""
CARRIES_SHORTFALL = frozenset({OrderKind.DEO, OrderKind.AEO_PRIORITY})
"""What could not be taken is added on the next payday; for the others `carries` asks the rates."""
MAINTENANCE_ALONE = frozenset({OrderKind.CURRENT_MAINTENANCE, OrderKind.CONJOINED_MAINTENANCE})
SCOTTISH = frozenset(
    {
        OrderKind.EARNINGS_ARRESTMENT,
        OrderKind.CURRENT_MAINTENANCE,
        OrderKind.CONJOINED_DEBTS,
        OrderKind.CONJOINED_MAINTENANCE,
        OrderKind.CONJOINED_BOTH,
    }
)
BENEFIT_DEBTS = frozenset({OrderKind.DEA_STANDARD, OrderKind.DEA_HIGHER, OrderKind.DEA_FIXED})

TURN = {
    OrderKind.DEO: 0,
    OrderKind.AEO_PRIORITY: 0,
    OrderKind.CTAEO: 0,
    OrderKind.EARNINGS_ARRESTMENT: 1,
    OrderKind.CONJOINED_DEBTS: 1,
    OrderKind.CONJOINED_BOTH: 1,
    OrderKind.CURRENT_MAINTENANCE: 2,
    OrderKind.CONJOINED_MAINTENANCE: 2,
    OrderKind.DEA_STANDARD: 3,
    OrderKind.DEA_HIGHER: 3,
    OrderKind.DEA_FIXED: 3,
    OrderKind.AEO_NON_PRIORITY: 4,
}
"""Which come first; those with the same turn go by the day they were made."""
