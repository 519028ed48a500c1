"""The table of patterns in the documentation is that of the pattern files and case folders."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "docs" / "conflicts_table.py"


def test_the_table_of_patterns_is_not_old():
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, cwd=SCRIPT.parents[1]
    )
    assert (done.returncode, done.stderr) == (0, "")
