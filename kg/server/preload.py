"""What workers are forked with: everything imported, the grammar made."""

from kg.server import worker
from kg.sparql import read_request

__all__ = ["worker"]

read_request("ASK {}", "preload")
