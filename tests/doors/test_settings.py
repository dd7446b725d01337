"""Settings are kept, checked, and never a reason not to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpemployer.settings import (
    LARGE_PRINT,
    OPEN_LAST,
    SETTINGS,
    TEXT_SIZE,
    THEME,
    Setting,
    Settings,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where settings are kept."""
    return tmp_path / "a folder" / "settings.json"


def test_what_was_not_set_is_as_declared(path: Path) -> None:
    settings = Settings(path)

    assert [settings.get(setting) for setting in SETTINGS] == [s.default for s in SETTINGS]
    assert settings.recent_books == ()


def test_what_was_set_is_there_next_time(path: Path) -> None:
    settings = Settings(path)
    settings.set(THEME, "contrast")
    settings.set(TEXT_SIZE, 200)
    settings.set(LARGE_PRINT, True)

    again = Settings(path)
    assert (again.get(THEME), again.get(TEXT_SIZE), again.get(LARGE_PRINT)) == (
        "contrast",
        200,
        True,
    )


def test_only_what_is_offered_can_be_set(path: Path) -> None:
    with pytest.raises(ValueError, match="theme"):
        Settings(path).set(THEME, "pink")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"theme": "pink", "text_size": true, "large_print": 1, "open_last": "yes"}',
    ],
)
def test_a_file_that_makes_no_sense_counts_as_none(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")

    settings = Settings(path)

    assert settings.get(THEME) == "system"
    assert settings.get(TEXT_SIZE) == 100
    assert settings.get(LARGE_PRINT) is False
    assert settings.get(OPEN_LAST) is True


def test_a_disk_that_refuses_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "settings.json")

    settings.set(TEXT_SIZE, 150)

    assert settings.get(TEXT_SIZE) == 150


def test_a_renamed_setting_keeps_its_value(path: Path) -> None:
    old: Setting[str] = Setting("colour_scheme", "light", "", "")
    new: Setting[str] = Setting("colours", "light", "", "", was=("colour_scheme",))
    Settings(path).set(old, "dark")

    settings = Settings(path)
    assert settings.get(new) == "dark"

    settings.set(new, "light")
    assert "colour_scheme" not in path.read_text(encoding="utf-8")


def test_books_are_remembered_newest_first_while_they_are_there(path: Path, tmp_path: Path) -> None:
    folders = [tmp_path / f"book {number}" for number in range(10)]
    settings = Settings(path)
    for folder in folders:
        folder.mkdir()
        settings.remember_book(folder)
    settings.remember_book(folders[5])

    recent = Settings(path).recent_books
    assert recent[:2] == (folders[5], folders[9])
    assert len(recent) == 8

    folders[9].rmdir()
    settings.forget_book(folders[5])
    assert settings.recent_books[0] == folders[8]


def test_every_setting_explains_itself() -> None:
    assert all(setting.label and setting.explanation for setting in SETTINGS)
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.allows(setting.default) for setting in SETTINGS)


def test_settings_of_this_computer_are_where_the_system_keeps_such_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    Settings.of_this_computer().set(THEME, "dark")

    assert Settings.of_this_computer().get(THEME) == "dark"
    assert [path.name for path in tmp_path.rglob("*.json")] == ["settings.json"]
