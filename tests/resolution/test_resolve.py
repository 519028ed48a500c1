"""Who is who: one entity where the texts say so, two where nothing ties them, whatever the order."""

import itertools

import pytest
from factory import extraction

from kg.model import Cluster, EntityType, Extraction, Judgement, Mention, MentionForm, Verdict
from kg.ontology import load
from kg.resolution import Kept, Lexicon, Resolver, resolve

LEXICON = Lexicon.of(load())


def ids(*extractions):
    return [entity.id for entity in resolve(extractions, LEXICON).entities]


def cluster(text: str, *names: str, kind: EntityType = EntityType.ORGANIZATION) -> Extraction:
    """A document whose names are all one cluster."""
    from factory import document

    said = document(text, source=text)
    spans = [said.span(text.index(name), text.index(name) + len(name)) for name in names]
    mentions = tuple(Mention(span, kind) for span in spans)
    return Extraction(said, (Cluster(max(names, key=len), kind, mentions),))


def test_the_same_name_is_the_same_firm():
    assert ids(extraction("Acme develops Rocket.", "a"), extraction("Acme develops Rocket.", "b")) == [
        "organization/acme",
        "product/rocket",
    ]


@pytest.mark.parametrize("other", ["Nvidia Corp.", "NVIDIA Corporation", "nvidia", "Nvidia, Inc."])
def test_case_and_legal_suffixes_do_not_tell_firms_apart(other):
    assert len(ids(cluster("Nvidia grows", "Nvidia"), cluster(f"So {other} it is", other))) == 1


def test_an_abbreviation_joins_the_firm_that_bears_it():
    full = "Taiwan Semiconductor Manufacturing Company"
    (entity,) = resolve(
        [cluster(f"{full} (TSMC) grew", full, "TSMC"), cluster("TSMC shrank", "TSMC")], LEXICON
    ).entities
    assert (entity.name, entity.aliases) == ("TSMC", (full,))


def test_an_abbreviation_that_two_firms_bear_joins_neither():
    one, two, short = (
        cluster("Allied Basic Co (ABC) x", "Allied Basic Co", "ABC"),
        cluster("Arab Bank Corp (ABC) y", "Arab Bank Corp", "ABC"),
        cluster("ABC z", "ABC"),
    )
    resolution = resolve([one, two, short], LEXICON)
    assert len(resolution.entities) == 3
    assert {r.verdict for r in resolution.reasons} == {Verdict.UNSURE}


def test_a_product_is_never_a_firm():
    assert ids(cluster("Tesla x", "Tesla"), cluster("Tesla y", "Tesla", kind=EntityType.PRODUCT)) == [
        "organization/tesla",
        "product/tesla",
    ]


def test_a_subsidiary_is_not_its_parent():
    assert len(ids(cluster("Google x", "Google"), cluster("Google Cloud y", "Google Cloud"))) == 2


def test_people_of_one_name_at_unrelated_firms_stay_apart():
    resolution = resolve(
        [extraction("Daniel Weber leads Acme.", "a"), extraction("Daniel Weber leads Bolt.", "b")], LEXICON
    )
    people = [entity for entity in resolution.entities if entity.type is EntityType.PERSON]
    assert [person.name for person in people] == ["Daniel Weber"] * 2
    assert [r.feature for r in resolution.reasons] == ["unrelated_firms"]


def test_people_of_one_name_are_one_once_a_document_ties_them():
    one, two = extraction("Daniel Weber leads Acme.", "a"), extraction("Daniel Weber leads Bolt.", "b")
    tie = extraction("Daniel Weber leads Acme. Daniel Weber leads Bolt.", "c")
    assert ids(one, two, tie) == ["organization/acme", "organization/bolt", "person/daniel-weber"]


def test_a_person_without_any_company_joins_the_only_bearer_of_the_name():
    alone = cluster("Ann Lee spoke.", "Ann Lee", kind=EntityType.PERSON)
    assert len([i for i in ids(alone, extraction("Ann Lee leads Acme.", "a")) if i.startswith("person")]) == 1


def test_a_cluster_without_a_name_becomes_no_entity():
    said = extraction().document
    phrase = Mention(said.span(0, 4), EntityType.ORGANIZATION, MentionForm.NOUN_PHRASE)
    assert ids(Extraction(said, (Cluster("Acme", EntityType.ORGANIZATION, (phrase,)),))) == []


def test_the_order_of_documents_changes_nothing():
    texts = [
        "Daniel Weber leads Acme.",
        "Daniel Weber leads Bolt.",
        "Daniel Weber leads Bolt. Ann Lee leads Bolt.",
        "Acme partner_of Bolt.",
    ]
    made = [extraction(text, str(n)) for n, text in enumerate(texts)]
    assert len({repr(resolve(order, LEXICON)) for order in itertools.permutations(made)}) == 1


def test_every_mention_has_exactly_one_entity():
    said = extraction("Elon Musk leads SpaceX. Elon Musk leads xAI.")
    entities = resolve([said], LEXICON).entities
    assert sorted(m for e in entities for m in e.mentions) == sorted(m.id for m in said.mentions)


def test_names_that_share_a_readable_id_get_a_suffix_each():
    assert len({*ids(cluster("A-B x", "A-B"), cluster("A, B y", "A, B"))}) in (1, 2)
    found = ids(cluster("Foo+ x", "Foo+"), cluster("Foo y", "Foo", kind=EntityType.ORGANIZATION))
    assert len(found) == len(set(found))


def test_what_is_kept_from_call_to_call_changes_nothing(monkeypatch):
    added = []
    add = Resolver.add
    monkeypatch.setattr(Resolver, "add", lambda self, said: (added.append(said.document.key), add(self, said))[1])
    texts = [f"Ann Lee leads Acme {n}. Lee sued Bolt. Bolt acquired Acme {n + 1}." for n in range(6)]
    said = [extraction(text, str(number)) for number, text in enumerate(texts)]
    apart = [Judgement("Bolt @ 1", "Bolt @ 2", Verdict.DIFFERENT)]
    kept = Kept()
    for documents, judgements in ((said[:4], []), (said, []), (said[1:], []), (said[1:], apart), (said[::-1], apart)):
        added.clear()
        found = kept(documents, LEXICON, judgements)
        news = list(added)
        assert found == resolve(documents, LEXICON, judgements)
        if documents is said:
            assert news == ["4", "5"]
