"""What spark-submit runs: ``kg build`` with the words behind this file, at the master that spark-submit was given.

spark-submit --master spark://host:7077 "$(python -c 'import kg.submit as s; print(s.__file__)')" INPUT… -w FOLDER
"""

from __future__ import annotations

import sys

from kg.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main(["build", "--spark", "submitted", *sys.argv[1:]]))
