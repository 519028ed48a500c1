"""Files, folders, standard input and addresses → Documents. Nothing is fetched but the addresses that are named.

``read`` is the door. Behind it, one way: ``files`` and ``web`` (what is named) → ``formats`` (what it holds, told by
its content) → one file a format. Texts and tables decode with ``decoding`` and learn titles and days from ``headers``
and ``dates``; an archive, a letter or a web archive gives contents, which are read in turn, within one ``allowance``.
``language`` lets English through. ``copies`` finds which documents tell one story in nearly the same words.
"""

from kg.documents.content import LIMIT
from kg.documents.copies import copies
from kg.documents.meter import Meter
from kg.documents.reading import read
from kg.documents.web import Web, is_address

__all__ = ["LIMIT", "Meter", "Web", "copies", "is_address", "read"]
