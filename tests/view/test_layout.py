"""Places: nothing covers anything, findings stand together, the central is drawn first."""

import math
from datetime import date
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.network import to_networkx
from kg.model import Finding, Modality, Tier
from kg.view.layout import positions
from kg.view.nodes import boxes_of, label, nodes
from kg.view.scope import drawn, tied
from kg.view.spread import spread


def overlapping(places, boxes):
    return [
        (a, b)
        for a, b in combinations(sorted(places), 2)
        if abs(places[a][0] - places[b][0]) < boxes[a][0] + boxes[b][0] - 2
        and abs(places[a][1] - places[b][1]) < boxes[a][1] + boxes[b][1] - 2
    ]


def finding(party: str, *organizations: str, tier: Tier = Tier.STRUCTURAL) -> Finding:
    return Finding("dual_role", tier, party, organizations, date(2026, 1, 1), 0.5, (), Modality.ASSERTED, ("c",))


def test_no_node_or_label_of_the_story_covers_another(story):
    made = nodes(to_networkx(story), story)
    boxes = boxes_of({node["id"]: node for node in made})
    assert overlapping({node["id"]: (node["x"], node["y"]) for node in made}, boxes) == []


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=14))
def test_spread_leaves_no_overlap(points):
    places = {f"n{number:02}": point for number, point in enumerate(points)}
    boxes = dict.fromkeys(places, (40.0, 15.0))
    assert overlapping(spread(places, boxes), boxes) == []


def test_spread_leaves_what_is_free_where_it_is():
    places = {"a": (0.0, 0.0), "b": (200.0, 0.0)}
    assert spread(places, dict.fromkeys(places, (40.0, 15.0))) == places


def test_a_node_is_moved_off_a_line_that_is_not_its_own():
    places = {"a": (-200.0, 0.0), "b": (200.0, 0.0), "c": (0.0, 3.0)}
    moved = spread(places, dict.fromkeys(places, (10.0, 10.0)), [("a", "b")])
    assert moved["c"][1] >= 20
    assert (moved["a"], moved["b"]) == (places["a"], places["b"])


def test_whom_a_finding_names_stands_together():
    ring = nx.MultiDiGraph([(f"n{i:02}", f"n{(i + 1) % 24:02}", "partner_of") for i in range(24)])
    boxes = dict.fromkeys(ring, (30.0, 20.0))
    far, near = (positions(ring, found, boxes) for found in ([], [finding("n00", "n12")]))
    assert math.dist(near["n00"], near["n12"]) < 0.6 * math.dist(far["n00"], far["n12"])


def test_unconnected_parts_do_not_mix():
    network = nx.MultiDiGraph([("a", "b", "k"), ("c", "d", "k"), ("e", "e", "k")])
    boxes = dict.fromkeys(network, (30.0, 20.0))
    assert overlapping(positions(network, [], boxes), boxes) == []


def test_the_entities_of_findings_come_first_then_the_most_central():
    star = nx.MultiDiGraph([("hub", f"leaf{i}", "k") for i in range(9)] + [("x", "y", "k"), ("y", "z", "k")])
    assert drawn(star, [finding("x", "z")], capacity=4) == ["hub", "x", "y", "z"]


def test_everyone_in_a_finding_is_drawn_whatever_the_capacity():
    pairs = nx.MultiDiGraph([("a", "b", "k"), ("c", "d", "k"), ("hub", "x", "k"), ("hub", "y", "k")])
    found = [finding("a", "b"), finding("c", "d", tier=Tier.STATUTORY)]
    assert drawn(pairs, found, capacity=2) == ["a", "b", "c", "d"]


def test_an_entity_without_ties_is_not_drawn():
    network = nx.MultiDiGraph([("a", "b", "k")])
    network.add_node("alone")
    assert tied(network) == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("SpaceX", "SpaceX"),
        ("Federal Trade Commission", "Federal Trade\nCommission"),
        (" \n", "?"),
        ("x" * 60, f"{'x' * 18}\n{'x' * 17}…"),
    ],
)
def test_a_label_is_at_most_two_short_lines(name, shown):
    assert label(name) == shown
