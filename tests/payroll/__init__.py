"""From hours to payslip."""
