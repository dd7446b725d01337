"""Any single calculation, asked as a case and answered on its own; no book needed.

The cases and the answers have the shape of the worked examples in `tests/vectors`. One case that
cannot be answered says why and leaves the others alone.
"""
