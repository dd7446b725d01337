"""The small pictures beside words, in the colours of the look in force. Never without the words."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from dpemployer import data_files
from ui import theme


@cache
def _drawing(name: str) -> str:
    return data_files.read_text(f"icons/{name}.svg")


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """Draw one icon in one colour, sharp on any screen."""
    picture = QPixmap(QSize(size, size) * 2)
    picture.fill(Qt.GlobalColor.transparent)
    drawing = _drawing(name).replace("currentColor", colour)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    picture.setDevicePixelRatio(2)
    return picture


def icon(name: str) -> QIcon:
    """Return an icon for a button or a list, with its colour when chosen."""
    colours, size = theme.colours(), theme.line_height()
    picture = QIcon(pixmap(name, colours.text, size))
    picture.addPixmap(pixmap(name, colours.on_chosen, size), QIcon.Mode.Selected)
    picture.addPixmap(pixmap(name, colours.quiet, size), QIcon.Mode.Disabled)
    return picture
