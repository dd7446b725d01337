"""How rows are shown in tables: one model for all of them, and columns by subject."""
