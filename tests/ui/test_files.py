"""Files are looked for where people keep them, not where the program was started from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import files

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def begun_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Where each dialog began, whose person then chose a file in the folder `Letters`."""
    began: list[str] = []
    (tmp_path / "Letters").mkdir()
    (tmp_path / "Documents").mkdir()

    def choose(_parent: QWidget, _title: str, begin: str, *_kinds: str) -> tuple[str, str]:
        began.append(begin)
        return str(tmp_path / "Letters" / "a.pdf"), ""

    monkeypatch.setattr(files._Last, "folder", None)
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", lambda _which: str(tmp_path / "Documents")
    )
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    return began


def test_the_first_file_is_looked_for_among_the_persons_documents(
    window: QWidget, begun_in: list[str], tmp_path: Path
) -> None:
    files.choose_place(window, "Save", "payslip.pdf", "*.pdf")

    assert begun_in == [str(tmp_path / "Documents" / "payslip.pdf")]


def test_the_next_is_looked_for_where_the_last_one_was(
    window: QWidget, begun_in: list[str], tmp_path: Path
) -> None:
    files.choose_place(window, "Save", "payslip.pdf", "*.pdf")
    files.choose_path(window, "Open", "*.pdf")

    assert begun_in[1] == str(tmp_path / "Letters")


def test_a_folder_that_is_gone_is_not_looked_in(
    window: QWidget, begun_in: list[str], tmp_path: Path
) -> None:
    files._Last.folder = tmp_path / "A stick pulled out"

    files.choose_path(window, "Open", "*.pdf")

    assert begun_in == [str(tmp_path / "Documents")]


def test_a_folder_chosen_is_where_the_next_file_is_looked_for(
    window: QWidget, begun_in: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *_asked: str(tmp_path / "Letters")
    )

    found = files.choose_folder(window, "Folder")
    files.choose_path(window, "Open", "*.pdf")

    assert found == tmp_path / "Letters"
    assert begun_in == [str(tmp_path / "Letters")]
