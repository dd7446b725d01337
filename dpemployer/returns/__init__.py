"""What funders ask for, built from the account. No I/O."""
