"""Values → quads, and document quads → values again. Pure: no store, no files.

- A document's graph is named by its IRI and holds what was observed: metadata, text, quoted sentences, mentions with
  their cluster, and each claim as an ``rdf:Statement`` whose ends are mentions. It does not depend on other documents.
- ``identity`` holds what was concluded: entities, which mention refers to which, the ``rdf:subject`` and ``rdf:object``
  of each claim, why names were merged or kept apart, and which documents are copies of one story.
- ``facts`` holds the plain edges and the ties (n-ary nodes) that follow from affirmed, asserted or reported claims.
- ``inferred`` holds the findings, and the sentences that speak against some.

The last three are derived: drop them, derive again, and the same bytes come back.
"""

from kg.rdf.copies import copy_quads, read_copies
from kg.rdf.facts import canonical_tie, fact_quads, tie_id
from kg.rdf.findings import finding_quads, read_findings, read_remarks, remark_quads
from kg.rdf.identity import identity_quads, read_entities, read_reasons
from kg.rdf.observed import as_stored, extraction_quads, read_document, read_extraction
from kg.rdf.references import read_reference_turtle
from kg.rdf.serialized import FORMATS, in_xml, nquads, rdfxml, read_nquads, serialize, turtle

__all__ = [
    "FORMATS",
    "as_stored",
    "canonical_tie",
    "copy_quads",
    "extraction_quads",
    "fact_quads",
    "finding_quads",
    "identity_quads",
    "in_xml",
    "nquads",
    "rdfxml",
    "read_copies",
    "read_document",
    "read_entities",
    "read_extraction",
    "read_findings",
    "read_nquads",
    "read_reasons",
    "read_reference_turtle",
    "read_remarks",
    "remark_quads",
    "serialize",
    "tie_id",
    "turtle",
]
