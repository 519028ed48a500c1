"""Who is of one corporate group, and by what."""

from datetime import date

from sketch import ONTOLOGY, graph

from kg.conflicts.groups import Groups, ownership
from kg.conflicts.snapshot import ties_at


def link(sketch: str, left: str, right: str):
    told = graph(sketch)
    found = Groups(ownership(ties_at(told, ONTOLOGY, date(2024, 6, 30)), told.entities)).link(
        f"organization/{left}", f"organization/{right}"
    )
    return None if found is None else [tie.edge[1:] for tie in found]


def test_a_parent_and_its_subsidiary_are_one_group():
    assert link("Acme parent_of Bolt", "acme", "bolt") == [("parent_of", "organization/bolt")]


def test_sisters_are_one_group_by_way_of_their_owner():
    expected = [("parent_of", "organization/acme"), ("acquired", "organization/bolt")]
    assert link("Dome parent_of Acme\nDome acquired Bolt", "acme", "bolt") == expected


def test_strangers_are_not_one_group():
    assert link("Acme parent_of Bolt", "acme", "crown") is None


def test_a_joint_venture_is_of_both_groups_but_its_parents_stay_two():
    sketch = "Acme parent_of Venture\nBolt parent_of Venture\nBolt parent_of Crown"
    found = {
        pair: link(sketch, *pair) is not None for pair in [("acme", "venture"), ("venture", "crown"), ("acme", "bolt")]
    }
    assert found == {("acme", "venture"): True, ("venture", "crown"): True, ("acme", "bolt"): False}


def test_owners_in_a_circle_come_to_an_end():
    assert link("Acme parent_of Bolt\nBolt parent_of Crown\nCrown parent_of Acme", "acme", "dome") is None


def test_a_planned_purchase_makes_no_group():
    assert link("Acme acquired Bolt; published=2024-01-01; modality=planned", "acme", "bolt") is None


def test_a_firm_sold_on_leaves_the_group_of_its_first_buyer():
    sketch = "Acme acquired Bolt; from=2017\nCrown acquired Bolt; from=2021"
    assert (link(sketch, "acme", "bolt"), link(sketch, "acme", "crown")) == (None, None)


def test_a_purchase_ends_when_the_text_says_that_the_buyer_is_no_longer_the_parent():
    sketch = "Acme acquired Bolt; from=2017\nAcme parent_of Bolt; published=2024-01-01; tense=past"
    assert link(sketch, "acme", "bolt") is None


def test_the_shortest_way_is_named():
    sketch = "Acme parent_of Bolt\nBolt parent_of Crown\nAcme parent_of Crown"
    assert link(sketch, "acme", "crown") == [("parent_of", "organization/crown")]
