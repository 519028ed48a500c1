"""XML of strangers → a tree, without entities, without anything from elsewhere."""

from __future__ import annotations

from lxml import etree

from kg.documents.parsing import parsing

__all__ = ["child_text", "parsed_xml"]


def parsed_xml(raw: bytes, what: str, where: str) -> etree._Element:
    """The root of an XML file; raises UnreadableDocument. Entities that it defines itself stay unexpanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with parsing(what, where):
        return etree.fromstring(raw, parser)


def child_text(element: etree._Element, path: str, spaces: dict[str, str]) -> str:
    """The text of the first that a path leads to, spaces made plain; "" where there is none."""
    found = element.find(path, spaces)
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""
