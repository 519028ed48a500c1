"""Files, folders and standard input → Documents. Nothing is ever fetched.

``read`` is the door. Behind it, one way: ``files`` (what is named) → ``formats`` (what it holds) → ``text``, ``html``
or ``jsonl`` (one file a format), which decode with ``decoding`` and learn titles and days from ``headers`` and
``dates``.
"""

from kg.documents.content import LIMIT
from kg.documents.copies import copies
from kg.documents.reading import read

__all__ = ["LIMIT", "copies", "read"]
