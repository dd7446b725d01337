"""None, True and False, kept alive for a Qt binding that takes it for granted.

From Python 3.12 on these three can never be freed, and nobody has to count who holds them.
PySide6 6.12 is compiled that way for every Python it says it supports: its functions hand them
out without counting. Python 3.11 still counts, so each call of a Qt function that returns
nothing takes one away, and after some thousands of calls Python stops with `none_dealloc`.
Measured on Python 3.11.7: a thousand calls of `setObjectName` lower the count of None by a
thousand.

Adding a number to each count that no program ever uses up makes them what PySide6 takes them
for. It is needed for as long as Python 3.11 is supported; see decision 25.
"""

from __future__ import annotations

import sys

_NEVER_USED_UP = 1 << 40


def keep_alive() -> None:
    """Make None, True and False last for ever, where Python itself does not."""
    if sys.version_info < (3, 12):
        from ctypes import c_ssize_t  # noqa: PLC0415 - only where it is needed

        for lasting in (None, True, False):
            # CPython keeps the count in the first word of every object.
            c_ssize_t.from_address(id(lasting)).value += _NEVER_USED_UP
