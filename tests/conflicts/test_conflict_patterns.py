"""Pattern files: what their header and query must be, and where an error is reported."""

import shutil

import pytest
from sketch import ONTOLOGY, graph

from kg.conflicts import Pattern, find, patterns
from kg.errors import NotFound, OntologyError
from kg.model import Tier
from kg.ontology import Ontology

GOOD = """# name: rivals_owner
# reading: {party} owns
#   {a} and {b}
# basis: test
# severity: 0.5
# tier: structural

PREFIX kg: <https://kg.example/ontology#>
# kg:nothing in a remark, and "kg:neither" in a string
SELECT ?party ?a ?b ?one ?two WHERE {
  ?one a kg:Ownership ; kg:from ?party ; kg:to ?a .
  ?two a kg:Ownership ; kg:from ?party ; kg:to ?b .
  FILTER(STR(?a) < STR(?b) && "kg:neither" != "")
}
"""


@pytest.fixture
def folder(tmp_path):
    """A copy of the ontology, for a user's own pattern."""
    shutil.copytree(ONTOLOGY.folder, tmp_path / "ontology")
    return tmp_path / "ontology"


def error(folder, text: str, name: str = "rivals_owner") -> str:
    (folder / "conflicts" / f"{name}.rq").write_text(text)
    with pytest.raises(OntologyError) as caught:
        patterns(Ontology(folder))
    return str(caught.value)


def test_the_bundled_patterns_come_by_name():
    names = [pattern.name for pattern in patterns(ONTOLOGY)]
    assert names == sorted(names)
    assert {"competing_roles", "counterparty_rival", "dual_role", "related_party_deal"} <= set(names)


def test_a_header_is_read_with_its_continued_lines(folder):
    (folder / "conflicts" / "rivals_owner.rq").write_text(GOOD)
    expected = Pattern("rivals_owner", "{party} owns {a} and {b}", "test", 0.5, Tier.STRUCTURAL, GOOD)
    assert expected in patterns(Ontology(folder))


def test_a_users_own_pattern_finds(folder):
    (folder / "conflicts" / "rivals_owner.rq").write_text(GOOD)
    told = graph("Dome parent_of Acme; published=2024-01-01\nDome parent_of Bolt; published=2024-01-01")
    found = find(told, Ontology(folder))
    assert [(f.pattern, f.tier, f.party, f.organizations) for f in found] == [
        ("rivals_owner", Tier.SUPPRESSED, "organization/dome", ("organization/acme", "organization/bolt"))
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kg:from", "kg:form", "ontology/conflicts/rivals_owner.rq:11: unknown property kg:form. "),
        ("# basis: test", "# bases: test", "ontology/conflicts/rivals_owner.rq:4: unknown header 'bases: test'. "),
        ("# basis: test\n", "", "ontology/conflicts/rivals_owner.rq:1: no header '# basis:'. "),
        ("0.5", "1.5", "ontology/conflicts/rivals_owner.rq:5: severity '1.5'. "),
        ("structural", "watch", "ontology/conflicts/rivals_owner.rq:6: unknown tier 'watch'. "),
        ("name: rivals_owner", "name: other", "ontology/conflicts/rivals_owner.rq:1: the name is 'other'. "),
        ("{a} and {b}", "{a} and {c}", "ontology/conflicts/rivals_owner.rq:2: {c} is not selected. "),
        ("SELECT ?party", "SELECT", "ontology/conflicts/rivals_owner.rq: ?party is not selected. "),
        ("SELECT ?party ?a ?b ?one ?two", "ASK", "ontology/conflicts/rivals_owner.rq: not a SELECT. "),
        ("{\n  ?one", "{\n  ?one ?", "ontology/conflicts/rivals_owner.rq:11: not SPARQL"),
        (
            "?one a",
            "SERVICE <http://e.example/> { } ?one a",
            "ontology/conflicts/rivals_owner.rq:11: SERVICE would call",
        ),
        (
            "# tier",
            "# includes: nobody\n# tier",
            "ontology/conflicts/rivals_owner.rq: includes nobody, which is no pattern",
        ),
    ],
)
def test_an_error_says_file_line_and_way_out(folder, old, new, message):
    assert error(folder, GOOD.replace(old, new, 1)).startswith(message)


def test_a_property_that_is_nearly_right_is_suggested(folder):
    message = error(folder, GOOD.replace("kg:Ownership", "kg:boardMember", 1))
    assert message.endswith("unknown property kg:boardMember. Did you mean kg:boardMemberOf?")


def test_a_folder_without_snapshot_vocabulary_is_named(folder):
    (folder / "snapshot.ttl").unlink()
    with pytest.raises(NotFound, match=r"snapshot\.ttl: no snapshot vocabulary here"):
        patterns(Ontology(folder))


def test_a_broken_snapshot_vocabulary_is_named(folder):
    (folder / "snapshot.ttl").write_text("kg:Interest a")
    with pytest.raises(OntologyError, match=r"snapshot\.ttl: not Turtle"):
        patterns(Ontology(folder))
