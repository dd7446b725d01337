"""Looking at a window as a screen reader does, and as somebody with big text does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROLE = QAccessible.Role
INTERACTIVE = {
    _ROLE.Button,
    _ROLE.PushButton,
    _ROLE.CheckBox,
    _ROLE.RadioButton,
    _ROLE.ComboBox,
    _ROLE.EditableText,
    _ROLE.SpinBox,
    _ROLE.Slider,
    _ROLE.List,
    _ROLE.ListItem,
    _ROLE.Table,
    _ROLE.Tree,
    _ROLE.TreeItem,
    _ROLE.PageTab,
    _ROLE.PageTabList,
    _ROLE.MenuItem,
    _ROLE.ButtonMenu,
    _ROLE.Link,
    _ROLE.Dial,
    _ROLE.HotkeyField,
    _ROLE.ProgressBar,
}
_INSIDE_QT = {"qt_spinbox_lineedit", "qt_scrollarea_viewport"}


_LAYOUT_PASSES = 4
"""Words that wrap inside parts of parts find their height in as many rounds."""


def nodes(window: QWidget) -> Iterator[QAccessibleInterface]:
    """Walk everything a screen reader can reach in *window*."""
    root = QAccessible.queryAccessibleInterface(window)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node is None or not node.isValid() or node.state().invisible:
            continue
        yield node
        waiting.extend(node.child(place) for place in range(node.childCount()))


def unnamed(window: QWidget) -> list[str]:
    """Describe every interactive node in *window* that says nothing of itself."""
    found = []
    for node in nodes(window):
        if node.role() in INTERACTIVE and not _name(node):
            thing = node.object()
            label = thing.objectName() if thing is not None else ""
            if label in _INSIDE_QT:
                continue
            kind = type(thing).__name__ if thing is not None else "?"
            found.append(f"{node.role().name} {kind} {label}".strip())
    return found


def _name(node: QAccessibleInterface) -> str:
    return (node.text(QAccessible.Text.Name) or "").strip()


def heard(window: QWidget) -> str:
    """Return every name in *window*, as one text."""
    return "\n".join(filter(None, (_name(node) for node in nodes(window))))


def cut_off(window: QWidget) -> list[str]:
    """Describe every piece of text in *window* that has less room than its words need."""
    for _pass in range(_LAYOUT_PASSES):
        QApplication.processEvents()
    return [
        f"{type(widget).__name__} “{_words(widget)[:60]}” has {widget.width()}×{widget.height()}, "
        f"needs {needed}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and (needed := _lacking(widget))
    ]


def _words(widget: QWidget) -> str:
    match widget:
        case QLabel() | QAbstractButton() | QLineEdit():
            return widget.text()
        case QComboBox():
            return widget.currentText()
        case _:
            return widget.objectName()


def _lacking(widget: QWidget) -> str:
    """Return the room a widget lacks, or nothing when it has enough."""
    if isinstance(widget, Words) and widget.wordWrap():
        height = widget.heightForWidth(widget.width())
        longest = max(
            (widget.fontMetrics().horizontalAdvance(word) for word in widget.text().split()),
            default=0,
        )
        if height > widget.height() + 1 or longest > widget.width() + 1:
            return f"{longest}×{height}"
        return ""
    if isinstance(widget, QLabel) and widget.text():
        needed = widget.sizeHint()
    elif isinstance(widget, QAbstractButton):
        needed = widget.minimumSizeHint()
    elif isinstance(widget, QLineEdit):
        needed = widget.minimumSizeHint()
        needed.setWidth(0)
    else:
        return ""
    if needed.width() > widget.width() + 1 or needed.height() > widget.height() + 1:
        return f"{needed.width()}×{needed.height()}"
    return ""


def past_the_edge(window: QWidget) -> list[str]:
    """Describe everything that sticks out sideways of the scrolling column it is in."""
    from ui.widgets.scroll import Scroll  # noqa: PLC0415 - only needed here

    found = []
    for scroll in window.findChildren(Scroll):
        column = scroll.widget()
        if column is None or not scroll.isVisible():
            continue
        excess = column.width() - scroll.viewport().width()
        if excess > 0:
            found.append(f"the column is {excess} wider than its window")
    return found
