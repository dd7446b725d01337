"""What is slow to load is loaded when the first paper is made, and not before."""

from __future__ import annotations

import subprocess
import sys

_ASK = """
import sys
import dpemployer.services.papers
import dpemployer.documents.monitoring_return
print(sorted({"reportlab", "uharfbuzz", "bidi"} & set(sys.modules)))
"""


def test_nothing_of_reportlab_is_loaded_by_asking_for_the_papers_service() -> None:
    asked = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)

    assert asked.stdout.strip() == "[]"
