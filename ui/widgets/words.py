"""Words on the screen: they wrap, can be selected, and are never cut off."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import theme


class Words(QLabel):
    """Text that wraps to the room there is. `kind` says how it is dressed."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if kind:
            theme.mark(self, kind=kind)

    def setText(self, text: str) -> None:
        """Show *text* exactly: what a person typed is never taken for mark-up."""
        if "<" in text or "&" in text:
            from PySide6.QtCore import Qt  # noqa: PLC0415 - slow, and the first window has neither

            self.setTextFormat(Qt.TextFormat.PlainText)
        super().setText(text)


def title(text: str) -> Words:
    """Return the name of a page."""
    return Words(text, "title")


def heading(text: str) -> Words:
    """Return the name of a part of a page."""
    return Words(text, "heading")


def hint(text: str) -> Words:
    """Return a quieter sentence that helps."""
    return Words(text, "hint")


class Card(QFrame):
    """A part of a page on a ground of its own; `box` is where its contents go."""

    def __init__(self, heading_words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, kind="card")
        self.box = QVBoxLayout(self)
        edge = theme.gap(3)
        self.box.setContentsMargins(edge, edge, edge, edge)
        self.box.setSpacing(theme.gap(2))
        self.heading = heading(heading_words) if heading_words else None
        if self.heading is not None:
            self.box.addWidget(self.heading)


def rule() -> QFrame:
    """Return a thin line between parts."""
    line = QFrame()
    theme.mark(line, kind="rule")
    return line
