"""A paper on screen: its picture, and its words for whoever hears them; to save or to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from dpemployer.errors import OutsideError
from dpemployer.i18n import _
from ui import files, theme
from ui.errors import show_error
from ui.widgets.buttons import ButtonRow, button

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF

_PRINT_DOTS = 300


class PdfDialog(QDialog):
    """Shows a PDF without ever writing it to the disk, unless asked to."""

    def __init__(self, words: str, pdf: bytes, file_name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self._pdf = pdf
        self._file_name = file_name
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._buffer)
        self._view = QPdfView(self)
        self._view.setDocument(self.document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setAccessibleName(_("Picture of the paper"))
        self.text = QPlainTextEdit(self._words())
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Words of the paper"))
        tabs = QTabWidget()
        tabs.setAccessibleName(_("Ways of showing the paper"))
        tabs.addTab(self._view, _("As it prints"))
        tabs.addTab(self.text, _("As text"))
        close = button(_("Close"), self.accept, kind="main")
        self.save_button = button(_("Save as PDF…"), self.save)
        self.print_button = button(_("Print…"), self.print)
        box = QVBoxLayout(self)
        edge = theme.gap(2)
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(edge)
        box.addWidget(tabs, 1)
        box.addWidget(ButtonRow(close, self.save_button, self.print_button))
        theme.open_at(self, 100, 40)
        close.setFocus()

    def save(self) -> None:
        """Write the paper where the person chooses."""
        save_pdf(self, self._pdf, self._file_name)

    def print(self) -> None:
        """Print the paper on a printer the person chooses."""
        print_pdf(self, self.document, self.windowTitle())

    def _words(self) -> str:
        return "\n\n".join(
            self.document.getAllText(page).text().replace("\r\n", "\n")
            for page in range(self.document.pageCount())
        )


def save_pdf(parent: QWidget, pdf: bytes, file_name: str) -> bool:
    """Write a PDF where the person chooses; say whether it was written."""
    place = files.choose_place(parent, _("Save as PDF"), file_name, _("PDF files (*.pdf)"))
    if place is None:
        return False
    try:
        files.write(place, pdf)
    except OutsideError as error:
        show_error(error, parent)
        return False
    return True


def print_pdf(parent: QWidget, document: QPdfDocument, words: str) -> bool:
    """Print a PDF on the printer the person chooses; say whether it was sent."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(words)
    printer.setResolution(_PRINT_DOTS)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return False
    paint(document, printer)
    return True


def paint(document: QPdfDocument, printer: QPrinter) -> None:
    """Draw every page of a PDF on a printer, as large as the printer's page lets it be."""
    painter = QPainter(printer)
    area = printer.pageRect(QPrinter.Unit.DevicePixel).toRect()
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        size: QSizeF = document.pagePointSize(page)
        fitted = size.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio).toSize()
        painter.drawImage(0, 0, document.render(page, QSize(fitted)))
    painter.end()
