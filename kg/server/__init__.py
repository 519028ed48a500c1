"""The graph as a service: a SPARQL 1.1 endpoint and a web page over it.

The web process never touches the graph. Each query runs in a worker process that has a snapshot open for reading and is
killed at the deadline; each write runs in a process of its own that holds the store's lock for that long.

- ``settings``     limits, names, the token
- ``app``          addresses → what answers them
- ``guard``        host names, origins, headers, the log
- ``protocol``     SPARQL 1.1 Protocol: an HTTP request → a query or an update
- ``media``        content negotiation
- ``pool``         worker processes and their deadline
- ``worker``       one job after another, in a process of its own
- ``answers``      what a worker can be asked
- ``results``      rows in the standard formats
- ``writes``       updates, graphs, uploads
- ``pages``        HTML from templates
"""

from kg.server.app import application
from kg.server.run import serve
from kg.server.settings import Settings

__all__ = ["Settings", "application", "serve"]
