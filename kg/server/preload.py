"""What workers are forked with: everything imported, the grammar made."""

import gc

from kg.server import worker
from kg.sparql import read_request

__all__ = ["worker"]

read_request("ASK {}", "preload")
gc.collect()
gc.freeze()  # what is not looked at again stays shared
