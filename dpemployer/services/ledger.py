"""What a person can do with the direct-payment account: the bank, the cash tin and the bills.

A statement's lines are what the bank says; an entry is what the person says; the two are
joined line by line. A line without an entry is still to be coded. An entry without a line is
in the cash tin, or waiting to be seen on the statement.

It is one service in five parts, each in its own module: the accounts and whose money is in them
(`ledger_accounts`), the cash book (`ledger_entries`), what each line of the bank's was for
(`ledger_matching`), statements (`ledger_statements`), papers and bills (`ledger_proofs`).
"""

from __future__ import annotations

from dpemployer.services.ledger_proofs import Proofs


class Ledger(Proofs):
    """Money in and out of one book."""
