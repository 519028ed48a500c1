"""What was observed in one document ↔ the quads of its graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import (
    Claim,
    Cluster,
    Document,
    EntityType,
    Extraction,
    Mention,
    MentionForm,
    Modality,
    PartialDate,
    Polarity,
    Qualifiers,
    Span,
    Tense,
)
from kg.rdf.terms import Description, describe, integer, kg, node, string, term, typed
from kg.vocab import KG, class_iri, label_of, property_iri

__all__ = ["as_stored", "extraction_quads", "read_document", "read_extraction"]

TYPE = term("rdf:type")
BEGIN, END, QUOTE, WITHIN = (term(f"nif:{n}") for n in ("beginIndex", "endIndex", "anchorOf", "referenceContext"))
TEXT, QUOTED_FROM, PREDICATE = term("nif:isString"), term("prov:wasQuotedFrom"), term("rdf:predicate")


def extraction_quads(extraction: Extraction) -> Iterator[Quad]:
    """The document's graph: metadata, text, quoted sentences, mentions, claims."""
    document = extraction.document
    graph = node("document", document.id)
    for subject, predicate, value in _triples(extraction, graph):
        yield Quad(subject, predicate, value, graph)


Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def _triples(extraction: Extraction, graph: NamedNode) -> Iterator[Triple]:
    yield from _document_triples(extraction.document, graph)
    yield graph, kg("extractor"), string(extraction.extractor)
    for span in sorted({claim.evidence for claim in extraction.claims}):
        yield from _stretch_triples(_sentence(span), span, "Sentence", graph)
    for cluster in extraction.clusters:
        for mention in cluster.mentions:
            yield from _mention_triples(mention, cluster, graph)
    for claim in extraction.claims:
        yield from _claim_triples(claim)


def _document_triples(document: Document, graph: NamedNode) -> Iterator[Triple]:
    yield graph, TYPE, kg("Document")
    yield graph, kg("key"), string(document.key)
    yield graph, kg("textId"), string(document.text_id)
    yield graph, TEXT, string(document.text)
    yield graph, term("dcterms:source"), string(document.source)
    yield graph, term("dcterms:language"), string(document.language)
    optional = {"identifier": document.external_id, "title": document.title, "publisher": document.publisher}
    for name, value in optional.items():
        if value is not None:
            yield graph, term(f"dcterms:{name}"), string(value)
    if document.published:
        yield graph, term("dcterms:issued"), typed(document.published.isoformat(), "date")


def _stretch_triples(subject: NamedNode, span: Span, kind: str, graph: NamedNode) -> Iterator[Triple]:
    yield subject, TYPE, kg(kind)
    yield subject, BEGIN, integer(span.start)
    yield subject, END, integer(span.end)
    yield subject, QUOTE, string(span.quote)
    yield subject, WITHIN, graph


def _mention_triples(mention: Mention, cluster: Cluster, graph: NamedNode) -> Iterator[Triple]:
    subject = node("mention", mention.id)
    yield from _stretch_triples(subject, mention.span, "Mention", graph)
    yield subject, kg("mentionType"), NamedNode(class_iri(mention.type))
    yield subject, kg("mentionForm"), string(mention.form)
    yield subject, kg("cluster"), string(cluster.id)
    yield subject, kg("clusterName"), string(cluster.name)
    yield subject, kg("clusterType"), NamedNode(class_iri(cluster.type))


def _claim_triples(claim: Claim) -> Iterator[Triple]:
    subject = node("claim", claim.id)
    yield subject, TYPE, kg("Claim")
    yield subject, TYPE, term("rdf:Statement")
    yield subject, PREDICATE, NamedNode(property_iri(claim.predicate))
    yield subject, kg("subjectMention"), node("mention", claim.subject.id)
    yield subject, kg("objectMention"), node("mention", claim.object.id)
    yield subject, QUOTED_FROM, _sentence(claim.evidence)
    yield subject, term("oa:exact"), string(claim.evidence.quote)
    for name, value in _claim_strings(claim).items():
        if value is not None:
            yield subject, kg(name), string(str(value))


def _claim_strings(claim: Claim) -> dict[str, object]:
    q = claim.qualifiers
    return {
        "polarity": claim.polarity,
        "modality": claim.modality,
        "tense": claim.tense,
        "attributedTo": claim.attributed_to,
        "validFrom": claim.valid_from,
        "validUntil": claim.valid_until,
        "roleTitle": q.title,
        "amount": q.amount,
        "currency": q.currency,
        "share": q.share,
        "confidence": f"{claim.confidence:.3f}",
        "extractor": claim.extractor,
    }


def _sentence(span: Span) -> NamedNode:
    return node("sentence", f"{span.document_id}/{span.start}-{span.end}")


def read_document(quads: Iterable[Quad]) -> Document:
    """The document of its graph."""
    described = describe(quads)
    return _document(next(d for d in described.values() if TEXT.value in d))


def read_extraction(quads: Iterable[Quad]) -> Extraction:
    """The extraction of a document's graph: what ``extraction_quads`` was given, its sentences being those quoted.

    Clusters come sorted by first mention, claims by id.
    """
    described = describe(quads)
    told = next(d for d in described.values() if TEXT.value in d)
    document = _document(told)
    mentions = {s: _mention(d, document) for s, d in described.items() if KG + "mentionType" in d}
    claims = [_claim(d, document, mentions) for d in described.values() if KG + "subjectMention" in d]
    return Extraction(
        document,
        clusters=_clusters(described, mentions),
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        sentences=tuple(sorted({claim.evidence for claim in claims})),
        extractor=told[KG + "extractor"][0],
    )


def as_stored(extraction: Extraction) -> Extraction:
    """What ``read_extraction`` makes of its quads, without the way through them."""
    clusters = (
        replace(cluster, mentions=tuple(sorted(cluster.mentions, key=_order))) for cluster in extraction.clusters
    )
    return replace(
        extraction,
        clusters=tuple(sorted(clusters, key=lambda cluster: _order(cluster.mentions[0]))),
        claims=tuple(sorted(extraction.claims, key=lambda claim: claim.id)),
        sentences=tuple(sorted({claim.evidence for claim in extraction.claims})),
    )


def _order(mention: Mention) -> tuple[Span, EntityType]:
    return mention.span, mention.type


def _document(described: Description) -> Document:
    issued = _one(described, "dcterms:issued")
    return Document(
        text=described[TEXT.value][0],
        source=described[term("dcterms:source").value][0],
        external_id=_one(described, "dcterms:identifier"),
        title=_one(described, "dcterms:title"),
        publisher=_one(described, "dcterms:publisher"),
        published=date.fromisoformat(issued) if issued else None,
        language=described[term("dcterms:language").value][0],
    )


def _mention(described: Description, document: Document) -> Mention:
    return Mention(
        document.span(int(described[BEGIN.value][0]), int(described[END.value][0])),
        EntityType(described[KG + "mentionType"][0].removeprefix(KG)),
        MentionForm(described[KG + "mentionForm"][0]),
    )


def _clusters(described: dict[str, Description], mentions: dict[str, Mention]) -> tuple[Cluster, ...]:
    members: dict[str, list[str]] = {}
    for subject in sorted(mentions, key=lambda s: (mentions[s].span, mentions[s].type)):
        members.setdefault(described[subject][KG + "cluster"][0], []).append(subject)
    return tuple(
        Cluster(
            described[subjects[0]][KG + "clusterName"][0],
            EntityType(described[subjects[0]][KG + "clusterType"][0].removeprefix(KG)),
            tuple(mentions[s] for s in subjects),
        )
        for subjects in members.values()
    )


def _claim(described: Description, document: Document, mentions: dict[str, Mention]) -> Claim:
    _, _, place = described[QUOTED_FROM.value][0].rpartition("/")
    start, end = (int(number) for number in place.split("-"))
    since, until = _own(described, "validFrom"), _own(described, "validUntil")
    return Claim(
        subject=mentions[described[KG + "subjectMention"][0]],
        predicate=label_of(described[PREDICATE.value][0]),
        object=mentions[described[KG + "objectMention"][0]],
        evidence=document.span(start, end),
        polarity=Polarity(described[KG + "polarity"][0]),
        modality=Modality(described[KG + "modality"][0]),
        tense=Tense(described[KG + "tense"][0]),
        attributed_to=_own(described, "attributedTo"),
        valid_from=PartialDate.parse(since) if since else None,
        valid_until=PartialDate.parse(until) if until else None,
        qualifiers=Qualifiers(*(_own(described, name) for name in ("roleTitle", "amount", "currency", "share"))),
        confidence=float(described[KG + "confidence"][0]),
        extractor=described[KG + "extractor"][0],
    )


def _own(described: Description, name: str) -> str | None:
    return next(iter(described.get(KG + name, [])), None)


def _one(described: Description, prefixed: str) -> str | None:
    return next(iter(described.get(term(prefixed).value, [])), None)
