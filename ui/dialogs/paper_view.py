"""A paper from the book, on the screen: a PDF, a photograph or plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPixmap, QShortcut, QTransform
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dpemployer.errors import OutsideError
from dpemployer.i18n import _
from ui import files, theme
from ui.dialogs.pdf_view import PdfDialog
from ui.errors import show_error
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.words import Words

if TYPE_CHECKING:
    from dpemployer.services.money_rows import PaperRow
    from ui.desk import Desk

_BIGGEST, _SMALLEST = 8.0, 0.1
_STEP = 1.25


def show_paper(desk: Desk, paper: PaperRow, parent: QWidget) -> None:
    """Fetch a paper and show it over *parent*."""
    ledger, paper_id = desk.office.ledger, paper.paper_id
    desk.operations.ask(
        lambda: ledger.paper_content(paper_id),
        lambda content: _open(paper, content, parent),
        owner=parent,
    )


def _open(paper: PaperRow, content: bytes, parent: QWidget) -> None:
    dialog: QDialog
    if paper.media_type == "application/pdf":
        dialog = PdfDialog(paper.title, content, paper.file_name, parent)
    elif paper.media_type.startswith("image/"):
        dialog = PictureDialog(paper.title, content, paper.file_name, parent)
    else:
        dialog = PlainTextDialog(paper.title, content, paper.file_name, parent)
    dialog.exec()
    dialog.deleteLater()


class _PaperDialog(QDialog):
    """What every way of showing a paper has: its title, and a copy for outside the book."""

    def __init__(self, words: str, content: bytes, file_name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self._content = content
        self._file_name = file_name
        self.close_button = button(_("Close"), self.accept, kind="main")
        self.save_button = button(_("Save a copy…"), self.save)
        self.buttons = ButtonRow(self.close_button, self.save_button)
        self.box = QVBoxLayout(self)
        edge = theme.gap(2)
        self.box.setContentsMargins(edge, edge, edge, edge)
        self.box.setSpacing(edge)
        theme.open_at(self, 100, 40)

    def save(self) -> None:
        """Write a copy where the person chooses."""
        place = files.choose_place(self, _("Save a copy"), self._file_name, _("All files (*)"))
        if place is None:
            return
        try:
            files.write(place, self._content)
        except OutsideError as error:
            show_error(error, self)


class PictureDialog(_PaperDialog):
    """A photograph or a scan, made larger and smaller with the keys + and −."""

    def __init__(self, words: str, content: bytes, file_name: str, parent: QWidget | None) -> None:
        super().__init__(words, content, file_name, parent)
        self._picture = QImage.fromData(content)
        self._scale = 0.0
        """0 fits the window."""
        self._shown = QLabel()
        self._shown.setAccessibleName(_("Picture of the paper: {title}").format(title=words))
        self._area = QScrollArea()
        self._area.setWidget(self._shown)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setAccessibleName(_("Picture of the paper"))
        self.bigger = button(_("Bigger"), lambda: self._zoom(_STEP))
        self.smaller = button(_("Smaller"), lambda: self._zoom(1 / _STEP))
        self.turn_button = button(_("Turn it"), self.turn)
        self.print_button = button(_("Print…"), self.print)
        for keys, does in (("+", self.bigger), ("=", self.bigger), ("-", self.smaller)):
            QShortcut(QKeySequence(keys), self).activated.connect(does.click)
        for made in (self.bigger, self.smaller, self.turn_button, self.print_button):
            self.buttons.add(made)
        if self._picture.isNull():
            self.box.addWidget(
                Words(_("This picture cannot be shown here. Save a copy, and open that."))
            )
        self.box.addWidget(self._area, 1)
        self.box.addWidget(self.buttons)
        self.close_button.setFocus()

    def turn(self) -> None:
        """Turn the picture a quarter to the right."""
        self._picture = self._picture.transformed(QTransform().rotate(90))
        self._draw()

    def print(self) -> None:
        """Print the picture as large as the page lets it be."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        if QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return
        painter = QPainter(printer)
        area = printer.pageRect(QPrinter.Unit.DevicePixel).toRect()
        fitted = self._picture.scaled(
            area.size(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(0, 0, fitted)
        painter.end()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._draw()

    def _zoom(self, by: float) -> None:
        now = self._shown.width() / max(1, self._picture.width())
        self._scale = max(_SMALLEST, min(_BIGGEST, now * by))
        self._draw()

    def _draw(self) -> None:
        """Draw the picture at the size wanted, or as large as the window lets it be."""
        if self._picture.isNull():
            return
        if self._scale:
            size = self._picture.size() * self._scale
        else:
            room = self._area.viewport().size()
            size = self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        drawn = self._picture.scaled(
            QSize(size),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._shown.setPixmap(QPixmap.fromImage(drawn))
        self._shown.resize(drawn.size())


class PlainTextDialog(_PaperDialog):
    """A note or a letter kept as plain words."""

    def __init__(self, words: str, content: bytes, file_name: str, parent: QWidget | None) -> None:
        super().__init__(words, content, file_name, parent)
        self.text = QPlainTextEdit(content.decode("utf-8", errors="replace"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Words of the paper"))
        self.box.addWidget(self.text, 1)
        self.box.addWidget(self.buttons)
        self.close_button.setFocus()
