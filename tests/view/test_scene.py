"""Large graphs: communities, what is folded, and layouts that grow without moving what is known."""

import networkx as nx
import pytest

from kg.export.network import to_networkx
from kg.view import draw, places, write
from kg.view.communities import communities
from kg.view.layout import positions
from kg.view.newcomers import joined
from kg.view.scene import CENTRAL, scene
from kg.view.spread import overlaps
from kg.view.sunflower import sunflower


def boxed(network):
    return dict.fromkeys(network, (30.0, 18.0))


def test_communities_are_those_that_are_tied_and_no_larger_than_allowed():
    rings = nx.disjoint_union_all([nx.complete_graph(6) for _ in range(4)])
    tied = nx.relabel_nodes(nx.compose(rings, nx.Graph([(0, 6), (6, 12), (12, 18)])), lambda n: f"n{n:02}")
    assert communities(tied, 8) == [[f"n{start + n:02}" for n in range(6)] for start in (0, 6, 12, 18)]


def test_a_hub_with_its_leaves_stays_whole():
    star = nx.relabel_nodes(nx.star_graph(40), lambda n: f"n{n:02}")
    assert [len(part) for part in communities(star, 10)] == [41]


def test_a_sunflower_has_its_hub_in_the_middle_and_nothing_overlaps():
    star = nx.relabel_nodes(nx.star_graph(300), lambda n: f"n{n:03}")
    placed = sunflower(star, boxed(star))
    far = {node: x * x + y * y for node, (x, y) in placed.items()}
    assert min(far, key=far.__getitem__) == "n000"
    assert not overlaps(placed, boxed(star), 2.0)


def test_a_community_that_does_not_hang_together_is_parted(monkeypatch):
    path = nx.relabel_nodes(nx.path_graph(6), "n{}".format)
    monkeypatch.setattr(nx.community, "louvain_communities", lambda *_, **__: [{0, 1, 4, 5}, {2, 3}])
    assert communities(path, 4) == [["n0", "n1"], ["n2", "n3"], ["n4", "n5"]]


def test_nothing_overlaps_in_a_layout_by_communities():
    network = nx.MultiDiGraph(
        nx.relabel_nodes(nx.connected_watts_strogatz_graph(400, 4, 0.1, seed=1), lambda n: f"n{n:03}")
    )
    placed = {node: (float(x), float(y)) for node, (x, y) in positions(network, [], boxed(network)).items()}
    assert not overlaps(placed, boxed(network), 2.0)


def test_a_graph_that_has_not_changed_keeps_every_place(story):
    network = to_networkx(story)
    first = scene(network, story).places
    assert scene(network, story, first).places == first


def test_what_is_new_stands_free_beside_whom_it_is_tied_to():
    tied = nx.Graph([("a", "b"), ("b", "new")])
    placed = joined(tied, {"a": (0, 0), "b": (400, 0)}, boxed(tied))
    assert (placed["a"], placed["b"]) == ((0, 0), (400, 0))
    assert abs(placed["new"][0] - 400) <= 200
    assert not overlaps(placed, boxed(tied), 0.0)


def test_of_a_graph_that_is_mostly_new_the_layout_starts_afresh():
    network = nx.MultiDiGraph([(f"n{i}", f"n{i + 1}", "k") for i in range(9)])
    fresh = positions(network, [], boxed(network))
    assert positions(network, [], boxed(network), {"n0": (9999, 9999)}) == fresh


@pytest.fixture(scope="module")
def staged(crowd):
    return scene(to_networkx(crowd), crowd)


def test_an_overview_draws_the_central_and_everyone_in_a_finding(staged, crowd):
    drawn = {node["id"] for node in staged.nodes}
    named = {entity for finding in crowd.findings for entity in (finding.party, *finding.organizations)}
    assert len(drawn) == CENTRAL
    assert named <= drawn


def test_every_entity_of_an_overview_is_drawn_or_in_a_community(staged, crowd):
    network = to_networkx(crowd)
    tied = {node for node in network if network.degree(node)}
    assert {node["id"] for node in staged.nodes} | set(staged.members) == tied
    assert sum(group["count"] for group in staged.groups) == len(tied) - CENTRAL


def test_nothing_overlaps_in_an_overview(staged):
    everything = [*staged.nodes, *staged.groups]
    spots = {one["id"]: (float(one["x"]), float(one["y"])) for one in everything}
    assert not overlaps(spots, {one["id"]: (one["size"], one["size"]) for one in everything}, 2.0)


def test_places_are_read_from_a_page_that_was_drawn_before(tmp_path, story):
    write(draw(story), tmp_path / "page.html")
    assert places(tmp_path / "page.html") == scene(to_networkx(story), story).places


@pytest.mark.parametrize(
    "text", [None, "", "<html>", '<script type="application/json" id="data">{"nodes": 3}</script>']
)
def test_a_page_that_cannot_be_read_gives_no_places(tmp_path, text):
    if text is not None:
        (tmp_path / "page.html").write_text(text)
    assert places(tmp_path / "page.html") == {}
