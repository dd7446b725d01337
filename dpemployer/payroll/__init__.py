"""From hours to payslip: the facts of employing somebody, and one engine that pays them. No I/O."""
