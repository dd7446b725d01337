"""What the program promises, checked. See ARCHITECTURE.md, section 15, for what goes where."""
