"""The account: statements, matching, funders, awards."""
