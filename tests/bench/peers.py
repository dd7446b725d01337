"""Other programs to compare with, fetched into `.bench/` when they are first asked for."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.measuring import CannotMeasureError

if TYPE_CHECKING:
    from types import CodeType

HERE = Path(__file__).parent
FETCHED = HERE.parent.parent / ".bench"


def paye() -> Any:
    """Return the public `paye` package, as it was published.

    It asks for Python 3.14, whose annotations are read late. Nothing else in it needs that, so
    on an older Python its source is compiled with the same rule and is not changed.
    """
    place = FETCHED / "paye" / "paye.py"
    if not place.is_file():
        _fetch()
    if str(FETCHED) not in sys.path:
        sys.path.insert(0, str(FETCHED))
    try:
        importlib.import_module("fiscalyear")
        return _read_late("paye.paye", place)
    except (ImportError, OSError) as trouble:
        raise CannotMeasureError(f"paye could not be loaded: {trouble}") from trouble


def hledger() -> str:
    """Return where hledger is, when it is installed."""
    where = shutil.which("hledger")
    if where is None:
        raise CannotMeasureError("hledger is not installed (Debian: apt-get install hledger)")
    return where


def _fetch() -> None:
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--root-user-action=ignore", "--no-deps", "--ignore-requires-python"),
        *("--only-binary=:all:", "--require-hashes", "--target", FETCHED),
        *("-r", HERE / "peers.txt"),
    ]
    outcome = subprocess.run([str(part) for part in command], check=False)
    if outcome.returncode:
        raise CannotMeasureError("paye 0.8.0 could not be fetched")


class _LateAnnotations(SourceFileLoader):
    """Loads a module as if it began with `from __future__ import annotations`."""

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_data(self.get_filename(fullname))
        late = annotations.compiler_flag
        code: CodeType = compile(source, self.path, "exec", late, dont_inherit=True)
        return code


def _read_late(name: str, place: Path) -> Any:
    spec = spec_from_file_location(name, place, loader=_LateAnnotations(name, str(place)))
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
