"""An id becomes an IRI in one place, and no text becomes one."""

import pytest

from kg.model import EntityType
from kg.vocab import camel, entity_name_id, iri, label_of, local, property_iri, snake


def test_an_iri_and_back():
    assert local(iri("entity", "person/elon-musk")) == ("entity", "person/elon-musk")


@pytest.mark.parametrize("unsafe", ["", "a b", "<x>", 'a"b', "a\nb", "a#b", "a?b", "{x}", "é"])
def test_an_unsafe_id_becomes_no_iri(unsafe):
    with pytest.raises(ValueError, match="no id of ours"):
        iri("entity", unsafe)


def test_foreign_addresses_and_ontology_terms_are_not_ours():
    assert local("http://elsewhere.example/entity/x") is None
    assert local(property_iri("leads")) is None


def test_labels_and_properties_are_one_to_one():
    assert camel("board_member_of") == "boardMemberOf"
    assert snake("boardMemberOf") == "board_member_of"
    assert label_of(property_iri("holds_shares_in")) == "holds_shares_in"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Elon Musk", "person/elon-musk"), ("José Muñoz", "person/jose-munoz"), ("O'Brien, Jr.", "person/o-brien-jr")],
)
def test_the_id_of_a_name_is_readable(name, expected):
    assert entity_name_id(EntityType.PERSON, name) == expected


@pytest.mark.parametrize(
    "name", ["Илон Маск", "李彦宏", "🚀", "<script>", "../../etc", "a" * 500, "Ян Lund Кириллович"]
)
def test_the_id_of_any_name_is_safe(name):
    assert local(iri("entity", entity_name_id(EntityType.PERSON, name))) is not None


def test_names_of_other_scripts_have_ids_of_their_own():
    assert entity_name_id(EntityType.PERSON, "Илон Маск") != entity_name_id(EntityType.PERSON, "Пётр Ким")
