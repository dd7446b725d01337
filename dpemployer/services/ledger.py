"""What a person can do with the direct-payment account: the bank, the cash tin and the bills.

A statement's lines are what the bank says; an entry is what the person says; the two are
joined line by line. A line without an entry is still to be coded. An entry without a line is
in the cash tin, or waiting to be seen on the statement.

It is one service in six parts, each in its own module: the accounts and whose money is in them
(`ledger_accounts`), the cash book (`ledger_entries`), what each line of the bank's was for
(`ledger_matching`), statements (`ledger_statements`), papers and bills (`ledger_proofs`), and
what others report (`ledger_reported`).
"""

from __future__ import annotations

from dpemployer.services.ledger_reported import Reported


class Ledger(Reported):
    """Money in and out of one book."""
