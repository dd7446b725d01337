"""How was this worked out? Asked of any figure: shown, read aloud, copied, and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.pdf_view import PdfDialog
from ui.widgets.workings import WorkingsDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from dpemployer.workings import ExplainedStep
    from ui.desk import Desk


def show_working(
    desk: Desk, title: str, steps: Sequence[ExplainedStep], parent: QWidget | None
) -> None:
    """Show how the figure that *title* names was worked out, over *parent*."""

    def show_page(over: QWidget) -> None:
        papers, printed = desk.office.papers, tuple(steps)
        desk.operations.ask(
            lambda: papers.working(title, printed),
            lambda pdf: PdfDialog(title, pdf, _file_name(title), over).exec(),
            owner=over,
        )

    WorkingsDialog(title, steps, parent, prints=show_page).exec()


def _file_name(title: str) -> str:
    """Return a name that every computer can write."""
    safe = "".join(letter if letter.isalnum() or letter in " .-£" else " " for letter in title)
    return f"{' '.join(safe.split())}.pdf"
