"""DP Employer: pay, holiday and the council's return for people who employ their own assistants."""

__version__ = "0.1.0"
