"""The interactive page: networkx lays the graph out, pyvis makes one self-contained HTML file of it.

``draw`` gives the page's text, ``write`` puts it on disk. Input is values only. What is drawn, listed and marked is
decided in Python (``scope``, ``content``, ``evidence``, ``layout``) and carried in one JSON block; the scripts beside
this module build the page from it with createElement and textContent, so no text of a document becomes markup.
"""

from kg.view.inline import Inline
from kg.view.page import draw, write
from kg.view.places import places

__all__ = ["Inline", "draw", "places", "write"]
