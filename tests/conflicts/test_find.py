"""What holds for every finding, whatever the pattern."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sketch import ONTOLOGY, graph

from kg.conflicts import find, newest
from kg.conflicts.severity import Weights
from kg.errors import OntologyError
from kg.model import Finding, Graph, Modality, Tier
from kg.ontology import Ontology

RIVALS = """Jane Doe leads Acme; published=2024-01-10; publisher=Reuters
Jane Doe board_member_of Bolt; published=2024-02-10; publisher=AP
Acme competitor_of Bolt; published=2024-03-10; publisher=The Post
"""


def only(sketch: str, as_of: date | None = None) -> Finding:
    (found,) = find(graph(sketch), ONTOLOGY, as_of)
    return found


def test_a_finding_is_a_whole_value():
    told = graph(RIVALS)
    claims = {s.claim.predicate: s.id for s in told.statements}
    assert find(told, ONTOLOGY) == (
        Finding(
            pattern="competing_roles",
            tier=Tier.STATUTORY,
            party="person/jane-doe",
            organizations=("organization/acme", "organization/bolt"),
            as_of=date(2024, 3, 10),
            severity=0.87,
            drivers=(
                ("base", 0.7),
                ("interest board_member_of", 0.08),
                ("explicit rivalry", 0.05),
                ("3 independent sources", 0.04),
                ("includes dual_role", 0.0),
            ),
            modality=Modality.ASSERTED,
            premises=(claims["leads"], claims["board_member_of"], claims["competitor_of"]),
        ),
    )


def test_an_empty_graph_has_no_findings():
    assert find(Graph({}, (), {}), ONTOLOGY) == ()


def test_before_the_rivalry_was_known_there_is_only_a_dual_role():
    found = only(RIVALS, date(2024, 2, 28))
    assert (found.pattern, found.as_of) == ("dual_role", date(2024, 2, 28))


def test_the_order_of_the_statements_does_not_matter():
    told = graph(RIVALS)
    assert find(replace(told, statements=told.statements[::-1]), ONTOLOGY) == find(told, ONTOLOGY)


def test_severity_is_the_sum_of_its_drivers():
    found = only(RIVALS.replace("board_member_of Bolt;", "board_member_of Bolt; modality=reported;"))
    assert found.severity == pytest.approx(sum(weight for _, weight in found.drivers), abs=1e-9)


def test_copies_of_one_story_add_no_severity():
    copies = "".join(f"Acme competitor_of Bolt; published=2024-03-1{n}; publisher=Paper {n}\n" for n in range(1, 6))
    assert only(RIVALS + copies).severity == only(RIVALS).severity


def test_a_second_independent_source_adds_severity():
    more = "Acme competitor_of Bolt; published=2024-03-10; publisher=The Globe; says=Acme has a rival in Bolt.\n"
    assert only(RIVALS + more).severity == only(RIVALS).severity + 0.02


def test_the_better_role_of_two_counts():
    assert only(RIVALS + "Jane Doe leads Bolt; published=2024-01-10; publisher=AP").severity == 0.89


def test_a_holding_role_hides_an_ended_one():
    past = "Jane Doe leads Bolt; published=2024-01-10; tense=past"
    assert (only(RIVALS + past).tier, only(RIVALS + past).mitigations) == (Tier.STATUTORY, ())


def test_findings_come_gravest_first():
    sketch = RIVALS + "Ann leads Crown; published=2024-01-01\nAnn leads Dome; published=2024-01-01; modality=planned"
    assert [found.tier for found in find(graph(sketch), ONTOLOGY)] == [Tier.STATUTORY, Tier.WATCH]


def test_a_sum_that_would_be_negative_is_none():
    sketch = (
        "Ann leads Acme Foundation; modality=hypothetical; published=2024-01-01\nAnn leads Bolt; published=2024-01-01"
    )
    assert only(sketch).severity == 0.0


@pytest.mark.parametrize(
    ("sketch", "expected"),
    [
        (RIVALS, date(2024, 3, 10)),
        ("Ann leads Acme; from=2001-05\nAnn leads Bolt; until=2003", date(2003, 12, 31)),
        ("Ann leads Acme", date(1970, 1, 1)),
    ],
)
def test_the_newest_date_of_a_graph(sketch, expected):
    assert newest(graph(sketch)) == expected


def test_a_driver_without_weight_is_named(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "kg.ttl").write_text("")
    (tmp_path / "lexicon" / "severity.txt").write_text("leads\tmuch\n")
    (tmp_path / "lexicon" / "charity_cues.txt").write_text("")
    with pytest.raises(OntologyError, match=r"severity\.txt: no weight for leads"):
        Weights(Ontology(tmp_path)).of("leads")


NAMES = st.sampled_from(["Acme", "Bolt", "Crown"])
LINES = st.one_of(
    st.tuples(st.just("Jane Doe"), st.sampled_from(["leads", "board_member_of", "holds_shares_in"]), NAMES),
    st.tuples(NAMES, st.sampled_from(["partner_of", "competitor_of", "supplier_of", "acquired", "parent_of"]), NAMES),
)
KEYS = st.sampled_from(
    [
        "",
        "; polarity=denied",
        "; modality=planned",
        "; tense=past",
        "; until=2020",
        "; modality=reported",
        "; from=2030",
    ]
)
CLAIMS = st.tuples(LINES, KEYS, st.integers(2018, 2025)).map(
    lambda drawn: f"{' '.join(drawn[0])}{drawn[1]}; published={drawn[2]}-01-01"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CLAIMS, max_size=12).map("\n".join))
def test_whatever_the_texts_say_findings_are_sound(sketch):
    told = graph(sketch)
    found = find(told, ONTOLOGY)
    known = {statement.id for statement in told.statements}
    assert len({finding.id for finding in found}) == len(found)
    for finding in found:
        assert known.issuperset(finding.premises + finding.mitigations)
        assert len(set(finding.organizations)) == len(finding.organizations)
        assert 0 <= finding.severity <= 1
        assert bool(finding.reason) or finding.tier not in (Tier.WATCH, Tier.SUPPRESSED)
        assert finding.modality.factual or finding.tier in (Tier.WATCH, Tier.SUPPRESSED)


def test_a_sentence_that_many_papers_have_speaks_against_a_finding_once():
    said = "remark: recused; names=Jane Doe|Acme; says=Jane Doe recused herself from all matters of Acme."
    papers = "\n".join(f"{said}; published=2024-01-1{number}" for number in range(5))
    kept = only(RIVALS + papers).remarks
    assert kept == only(RIVALS + f"{said}; published=2024-01-10").remarks
    assert len(kept) == 1
