"""Facts are what affirmed, asserted or reported claims say; ties carry their dates and terms."""

import pytest
from factory import extraction
from pyoxigraph import NamedNode

from kg.model import Graph
from kg.ontology import load
from kg.rdf import canonical_tie, fact_quads, tie_id
from kg.resolution import Lexicon, resolve
from kg.vocab import BASE, PREFIXES


def graph_of(*extractions):
    return Graph.of(extractions, {e.id: e for e in resolve(extractions, Lexicon.of(load())).entities})


def facts(*extractions):
    graph = graph_of(*extractions)
    return set(fact_quads(graph.statements, graph.documents, load()))


def short(term):
    value = term.value
    return next((f"{p}:{value.removeprefix(n)}" for p, n in PREFIXES.items() if value.startswith(n)), value)


def edges(quads):
    ours = {q for q in quads if q.subject.value.startswith(BASE + "entity/")}
    return sorted(" ".join(short(t) for t in (q.subject, q.predicate, q.object)) for q in ours)


def terms(quads, kind):
    nodes = {q.subject for q in quads if q.object == NamedNode(PREFIXES["kg"] + kind)}
    return sorted(
        {
            f"{short(q.predicate)} {q.object.value}"
            for q in quads
            if q.subject in nodes and short(q.predicate).startswith("kg:") and "Literal" in type(q.object).__name__
        }
    )


def test_an_asserted_claim_is_a_plain_edge():
    assert edges(facts(extraction("Elon Musk leads SpaceX."))) == ["person:elon-musk kg:leads organization:spacex"]


def test_a_reported_claim_is_a_plain_edge_and_its_tie_says_so():
    quads = facts(extraction("Acme partner_of Bolt (reported)."))
    assert len(edges(quads)) == 2
    assert terms(quads, "Deal") == ["kg:modality reported", "kg:tense current"]


@pytest.mark.parametrize("how", ["planned", "possible", "alleged", "hypothetical", "denied", "planned denied"])
def test_what_is_hedged_or_denied_is_no_fact(how):
    assert facts(extraction(f"Acme acquired Bolt ({how}).")) == set()


def test_a_symmetric_relation_stands_both_ways():
    assert edges(facts(extraction("Acme competitor_of Bolt."))) == [
        "organization:acme kg:competitorOf organization:bolt",
        "organization:bolt kg:competitorOf organization:acme",
    ]


def test_an_inverse_relation_stands_both_ways():
    assert edges(facts(extraction("Acme customer_of Bolt."))) == [
        "organization:acme kg:customerOf organization:bolt",
        "organization:bolt kg:supplierOf organization:acme",
    ]


def test_a_former_role_is_a_tie_with_its_end_and_no_plain_edge():
    quads = facts(extraction("Ann Lee leads Acme (past until=2019)."))
    assert edges(quads) == []
    assert terms(quads, "Role") == ["kg:modality asserted", "kg:tense past", "kg:validUntil 2019"]


def test_an_event_of_the_past_is_a_plain_edge():
    assert len(edges(facts(extraction("Acme acquired Bolt (past).")))) == 1


def test_a_role_that_a_newer_document_calls_former_is_no_plain_edge():
    old = extraction("Ann Lee leads Acme.", "a.txt", "2020-01-01")
    new = extraction("Ann Lee leads Acme (past).", "b.txt", "2024-01-01")
    assert edges(facts(old, new)) == []
    assert len(edges(facts(extraction("Ann Lee leads Acme.", "c.txt", "2025-01-01"), new))) == 1


def test_two_tenures_are_two_ties():
    quads = facts(extraction("Ann Lee leads Acme (past from=2001 until=2004). Ann Lee leads Acme (from=2015)."))
    assert terms(quads, "Role") == [
        "kg:modality asserted",
        "kg:tense current",
        "kg:tense past",
        "kg:validFrom 2001",
        "kg:validFrom 2015",
        "kg:validUntil 2004",
    ]


def test_a_role_is_a_membership_of_the_person_in_the_organization():
    quads = facts(extraction("Acme founded_by Ann Lee."))
    members = {(short(q.predicate), short(q.object)) for q in quads if short(q.predicate).startswith("org:")}
    assert members == {("org:member", "person:ann-lee"), ("org:organization", "organization:acme")}


def test_texts_that_say_the_same_agree_on_the_tie():
    ties = {
        canonical_tie(statement, load())
        for text in ("Acme supplier_of Bolt.", "Bolt customer_of Acme.")
        for statement in graph_of(extraction(text)).statements
    }
    assert ties == {("organization/acme", "supplier_of", "organization/bolt")}


def test_the_id_of_a_tie_depends_on_its_dates():
    edge = ("a", "leads", "b")
    assert len({tie_id(edge), tie_id(edge, "2001"), tie_id(edge, None, "2001")}) == 3
