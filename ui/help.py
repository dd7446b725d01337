"""Help: plain pages by name, opened by F1 on the page of the screen one is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from dpemployer import data_files
from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.words import heading

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

_LANGUAGE = "en"


def pages() -> dict[str, str]:
    """Return the text of every help page by name."""
    return data_files.texts(f"help/{_LANGUAGE}", ".md")


def name_of(text: str) -> str:
    """Return what a page calls itself: its first heading."""
    return text.partition("\n")[0].lstrip("# ").strip()


class HelpWindow(QWidget):
    """A list of pages beside the page itself; stays open while the work goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        theme.mark(self, kind="page")
        self._pages = pages()
        self._been: list[str] = []
        self.list = QListWidget()
        self.list.setAccessibleName(_("Help pages"))
        self.list.setWordWrap(True)
        for name, text in sorted(self._pages.items(), key=lambda page: name_of(page[1])):
            item = QListWidgetItem(name_of(text))
            item.setData(256, name)
            self.list.addItem(item)
        self.list.setMaximumWidth(theme.characters(30))
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.setAccessibleName(_("Help page"))
        self.browser.anchorClicked.connect(self._follow)
        self.list.itemActivated.connect(lambda item: self.open(item.data(256)))
        self.list.itemClicked.connect(lambda item: self.open(item.data(256)))
        self.back = button(_("Back"), self.go_back)
        row = QHBoxLayout()
        row.addWidget(self.list)
        row.addWidget(self.browser, 1)
        box = QVBoxLayout(self)
        box.addWidget(heading(_("Help")))
        box.addLayout(row, 1)
        box.addWidget(ButtonRow(button(_("Close"), self.close), self.back))
        theme.open_at(self, 110, 32)

    @property
    def page(self) -> str:
        """The name of the page shown."""
        return self._been[-1] if self._been else ""

    def open(self, name: str) -> None:
        """Show a page; one that does not exist shows the first page instead."""
        known = name if name in self._pages else "home"
        if known != self.page:
            self._been.append(known)
        self._show(known)

    def go_back(self) -> None:
        """Return to the page before."""
        if len(self._been) > 1:
            self._been.pop()
            self._show(self._been[-1])

    def _show(self, name: str) -> None:
        self.browser.setMarkdown(self._pages[name])
        self.setWindowTitle(_("Help: {page}").format(page=name_of(self._pages[name])))
        self.back.setEnabled(len(self._been) > 1)
        for place in range(self.list.count()):
            if self.list.item(place).data(256) == name:
                self.list.setCurrentRow(place)
        self.show()
        self.activateWindow()
        self.browser.setFocus()

    def _follow(self, url: QUrl) -> None:
        target = url.toString().removesuffix(".md")
        if target in self._pages:
            self.open(target)
