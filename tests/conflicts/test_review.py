"""What no change of the graph may do to findings, and that judging anew where it changed is judging anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from sketch import ONTOLOGY, graph

from kg.conflicts import Review, find
from kg.model import Finding, Graph, Tier

DAY = date(2025, 6, 1)
PEOPLE = st.sampled_from(["Jane Doe", "Tom Roe"])
FIRMS = st.sampled_from(["Acme", "Bolt", "Crown", "Port Authority"])
LINES = st.one_of(
    st.tuples(
        PEOPLE, st.sampled_from(["leads", "board_member_of", "holds_shares_in", "employed_by"]), FIRMS, st.just("")
    ),
    st.tuples(FIRMS, st.just("founded_by"), PEOPLE.map(lambda name: f"{name} (Person)"), st.just("")),
    st.tuples(
        FIRMS,
        st.sampled_from(
            ["partner_of", "competitor_of", "supplier_of", "acquired", "parent_of", "invested_in", "regulates"]
        ),
        FIRMS,
        st.just(""),
    ),
    st.just(("Jane Doe", "relative_of", "Tom Roe", "")),
)
HOW = st.sampled_from(
    [
        "",
        "",
        "",
        "; polarity=denied",
        "; modality=planned",
        "; modality=reported",
        "; tense=past",
        "; tense=past; until=2024",
    ]
)
CLAIMS = st.tuples(LINES, HOW, st.integers(2018, 2025)).map(
    lambda drawn: f"{' '.join(drawn[0]).strip()}{drawn[1]}; published={drawn[2]}-01-01"
)
WEIGHT = {tier: place for place, tier in enumerate(Tier)}


def told(lines: list[str]) -> Graph:
    """The graph of the lines, each told by a document that is named after it."""
    people = "Jane Doe leads Nowhere; source=zero\nTom Roe leads Nowhere Else; source=one\n"
    return graph(people + "".join(f"{line}; source={hash_free(line)}\n" for line in dict.fromkeys(lines)))


def hash_free(line: str) -> str:
    return line.replace(" ", "-").replace(";", "_").replace("=", "-")


@settings(max_examples=40, deadline=None)
@given(st.lists(CLAIMS, max_size=14), CLAIMS)
def test_judging_again_after_a_document_gives_what_judging_afresh_gives(lines, more):
    before, after = told(lines), told([*lines, more])
    assert Review(before, ONTOLOGY, DAY).after(after).findings == find(after, ONTOLOGY, DAY)
    assert Review(after, ONTOLOGY, DAY).after(before).findings == find(before, ONTOLOGY, DAY)


@settings(max_examples=40, deadline=None)
@given(st.lists(CLAIMS, max_size=12))
def test_a_document_about_others_changes_no_finding(lines):
    others = "Zoe Poe leads Zenith; published=2025-01-01\nZenith supplier_of Yonder; published=2025-01-01"
    apart = graph(others)
    before = told(lines)
    both = Graph(
        before.entities | apart.entities,
        tuple(sorted((*before.statements, *apart.statements), key=lambda s: s.id)),
        before.documents | apart.documents,
    )
    assert find(both, ONTOLOGY, DAY) == find(before, ONTOLOGY, DAY)


@settings(max_examples=40, deadline=None)
@given(st.lists(CLAIMS, max_size=12))
def test_the_order_of_the_documents_changes_nothing(lines):
    assert find(told(lines[::-1]), ONTOLOGY, DAY) == find(told(lines), ONTOLOGY, DAY)


@settings(max_examples=40, deadline=None)
@given(st.lists(CLAIMS, max_size=12))
def test_every_premise_exists_and_quotes_verbatim(lines):
    seen = told(lines)
    claims = {statement.id: statement.claim for statement in seen.statements}
    texts = {identifier: source.source for identifier, source in seen.documents.items()}
    for finding in find(seen, ONTOLOGY, DAY):
        for premise in finding.premises:
            evidence = claims[premise].evidence
            assert f"{texts[evidence.document_id]}\n{evidence.quote}"[evidence.start : evidence.end] == evidence.quote


@settings(max_examples=30, deadline=None)
@given(st.lists(CLAIMS, min_size=3, max_size=9))
def test_without_the_document_of_a_premise_a_finding_goes_or_weakens(lines):
    seen = told(list({line.partition(";")[0]: line for line in lines}.values()))  # a copy would stand in
    for finding in find(seen, ONTOLOGY, DAY):
        if finding.tier in (Tier.WATCH, Tier.SUPPRESSED):
            continue
        for premise in finding.premises:
            left = without(seen, premise)
            again = {key(f): f for f in find(left, ONTOLOGY, DAY)}.get(key(finding))
            assert again is None or again.tier is not finding.tier or len(again.premises) < len(finding.premises)


def without(seen: Graph, premise: str) -> Graph:
    """The graph without the document of a claim."""
    gone = next(s.claim.evidence.document_id for s in seen.statements if s.id == premise)
    statements = tuple(s for s in seen.statements if s.claim.evidence.document_id != gone)
    return replace(seen, statements=statements, documents={k: v for k, v in seen.documents.items() if k != gone})


def key(finding: Finding) -> tuple[str, str, tuple[str, ...]]:
    return finding.pattern, finding.party, finding.organizations
