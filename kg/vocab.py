"""Namespaces, and the one place where an id becomes an IRI.

Ids of documents, claims, mentions and the like are hexadecimal hashes; ids of entities are paths such as
``person/elon-musk`` out of a safe alphabet. So no IRI is ever glued from a document's text.
"""

from __future__ import annotations

import re
import unicodedata

from kg.model import EntityType, digest

__all__ = [
    "BASE",
    "FACTS",
    "IDENTITY",
    "INFERRED",
    "KG",
    "PREFIXES",
    "WORKSPACE",
    "camel",
    "class_iri",
    "entity_id",
    "entity_name_id",
    "iri",
    "label_of",
    "local",
    "property_iri",
    "snake",
]

BASE = "https://kg.example/"
KG = BASE + "ontology#"
FACTS = BASE + "graph/facts"
IDENTITY = BASE + "graph/identity"
INFERRED = BASE + "graph/inferred"
WORKSPACE = BASE + "graph/workspace"

PREFIXES = {
    "kg": KG,
    "person": BASE + "entity/person/",
    "organization": BASE + "entity/organization/",
    "product": BASE + "entity/product/",
    "place": BASE + "entity/place/",
    "doc": BASE + "document/",
    "claim": BASE + "claim/",
    "mention": BASE + "mention/",
    "tie": BASE + "tie/",
    "finding": BASE + "finding/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "sh": "http://www.w3.org/ns/shacl#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}

SAFE = re.compile(r"[A-Za-z0-9._~/-]+")


def iri(kind: str, identifier: str) -> str:
    """The IRI of a thing of ours, as in ``iri("claim", claim.id)``; raises ValueError for an unsafe id."""
    if not SAFE.fullmatch(identifier):
        raise ValueError(f"{identifier!r} is no id of ours")
    return f"{BASE}{kind}/{identifier}"


def local(address: str) -> tuple[str, str] | None:
    """Kind and id of an IRI of ours, the reverse of ``iri``; None for any other."""
    if not address.startswith(BASE) or "#" in address:
        return None
    kind, _, identifier = address.removeprefix(BASE).partition("/")
    return (kind, identifier) if identifier else None


def camel(label: str) -> str:
    """``board_member_of`` → ``boardMemberOf``."""
    first, *rest = label.split("_")
    return first + "".join(part.capitalize() for part in rest)


def snake(name: str) -> str:
    """``boardMemberOf`` → ``board_member_of``."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def property_iri(label: str) -> str:
    """The property of a canonical relation label."""
    return KG + camel(label)


def label_of(address: str) -> str:
    """The canonical label of a property, the reverse of ``property_iri``."""
    return snake(address.removeprefix(KG))


def class_iri(kind: EntityType) -> str:
    """The class of an entity type."""
    return KG + kind.value


def entity_name_id(kind: EntityType, name: str) -> str:
    """A readable id out of a name, ``person/elon-musk``; a hash stands in for letters that ASCII lacks."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80]
    latin = sum(character.isalnum() for character in unicodedata.normalize("NFKD", name)) <= 1.2 * max(1, len(slug))
    return f"{kind.value.lower()}/{slug}" if slug and latin else f"{kind.value.lower()}/{entity_id(name)}"


def entity_id(*parts: object) -> str:
    """A short hash that tells entities of one name apart."""
    return digest("entity", *parts)[:8]
