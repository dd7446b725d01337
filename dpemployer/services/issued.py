"""Documents that were issued: kept with their hash, so that a re-issue is the same bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.papers import IssuedDocument
from dpemployer.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.store.book import Book


def issue(
    book: Book,
    kind: str,
    subject_id: int,
    *,
    file_name: str,
    action: str,
    make: Callable[[], bytes],
) -> bytes:
    """Return the bytes a document was issued as; the first time, make and keep them.

    Args:
        book: Where it is kept.
        kind: What kind of document it is, such as `payslip_large`.
        subject_id: The id of what it is about.
        file_name: What to call it.
        action: What the audit log says when it is issued.
        make: Makes the bytes. Called only when it was never issued.
    """
    with book.read() as reading:
        kept = reading.find_one(IssuedDocument, kind=kind, subject_id=subject_id)
    if kept is not None:
        return kept.content
    content = make()
    with book.change(action) as tx:
        sha256 = hashlib.sha256(content).hexdigest()
        tx.add(IssuedDocument(0, kind, subject_id, file_name, sha256, now(), content))
    return content
