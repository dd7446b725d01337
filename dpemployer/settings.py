"""Every setting, declared once: what it is called, what it may be, and what it starts as.

The settings page, its help and the export are made from these declarations. What is set is kept
in one small file on this computer; a file that cannot be read counts as one that is not there,
because no setting is worth not starting for.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from dpemployer.i18n import N_

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing a person can choose for this computer."""

    key: str
    default: T
    label: str
    explanation: str
    choices: tuple[tuple[T, str], ...] = ()
    """What it may be, each with its words; empty: anything of the default's kind."""
    was: tuple[str, ...] = ()
    """What `key` was called in earlier versions, so that a renamed setting keeps its value."""

    def allows(self, value: Any) -> bool:
        """Whether *value* may be chosen."""
        if self.choices:
            return (type(value), value) in [(type(known), known) for known, _words in self.choices]
        return type(value) is type(self.default)


THEME = Setting(
    "theme",
    "system",
    N_("Colours"),
    N_("Light, dark or strong contrast. “As the computer” follows the computer's own setting."),
    (
        ("system", N_("As the computer")),
        ("light", N_("Light")),
        ("dark", N_("Dark")),
        ("contrast", N_("Strong contrast")),
    ),
)
TEXT_SIZE = Setting(
    "text_size",
    100,
    N_("Size of text"),
    N_("Everything grows with the text; nothing is cut off."),
    (
        (100, N_("Ordinary")),
        (125, N_("A quarter larger")),
        (150, N_("Half as large again")),
        (200, N_("Twice the size")),
        (250, N_("Two and a half times the size")),
        (300, N_("Three times the size")),
        (250, N_("Two and a half times the size")),
        (300, N_("Three times the size")),
    ),
)
LARGE_PRINT = Setting(
    "large_print",
    False,
    N_("Print payslips and returns in large type"),
    N_("Papers are made in 18-point type. Each can still be made in the other size."),
)
OPEN_LAST = Setting(
    "open_last",
    True,
    N_("Offer the last book when the program starts"),
    N_("When this is off, the program starts without naming the books on this computer."),
)

SETTINGS: tuple[Setting[Any], ...] = (
    THEME,
    TEXT_SIZE,
    LARGE_PRINT,
    OPEN_LAST,
)

_RECENT = "recent_books"
_RECENT_KEPT = 8


class Settings:
    """What has been set on this computer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = _read(path)

    @classmethod
    def of_this_computer(cls) -> Settings:
        """Read the settings of the person who is logged in."""
        from platformdirs import user_config_path  # noqa: PLC0415 - a command needs no settings

        return cls(user_config_path("dpemployer", appauthor=False) / "settings.json")

    def get(self, setting: Setting[T]) -> T:
        """Return what is set, or the default."""
        for key in (setting.key, *setting.was):
            value = self._values.get(key)
            if setting.allows(value):
                return cast("T", value)
        return setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Choose a value, and keep it.

        Raises:
            ValueError: If it is not one of the choices.
        """
        if not setting.allows(value):
            raise ValueError(setting.key, value)
        for old in setting.was:
            self._values.pop(old, None)
        self._values[setting.key] = value
        self._write()

    @property
    def recent_books(self) -> tuple[Path, ...]:
        """The folders of the books opened last, newest first; those still there."""
        kept = self._values.get(_RECENT)
        folders = [Path(item) for item in kept if isinstance(item, str)] if kept else []
        return tuple(folder for folder in folders if folder.is_dir())

    def remember_book(self, folder: Path) -> None:
        """Put *folder* first among the books offered next time."""
        folder = folder.absolute()
        others = [other for other in self.recent_books if other != folder]
        self._values[_RECENT] = [str(each) for each in [folder, *others][:_RECENT_KEPT]]
        self._write()

    def forget_book(self, folder: Path) -> None:
        """Offer *folder* no more. The book itself stays where it is."""
        folder = folder.absolute()
        self._values[_RECENT] = [str(each) for each in self.recent_books if each != folder]
        self._write()

    def _write(self) -> None:
        """Keep everything; a disk that refuses is no reason to stop."""
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
            unfinished.write_text(json.dumps(self._values, indent=2), encoding="utf-8")
            unfinished.replace(self._path)


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
