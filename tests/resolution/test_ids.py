"""Ids come from the oldest document: what is newer renames nothing."""

from factory import extraction
from stories import CASES, made_document

from kg.ontology import load
from kg.resolution import Lexicon, resolve

LEXICON = Lexicon.of(load())


def ids(*extractions):
    return [entity.id for entity in resolve(extractions, LEXICON).entities]


def test_a_newer_namesake_takes_a_suffix_and_leaves_the_older_its_id():
    older, newer = (
        extraction("Daniel Weber leads Acme.", "z", "2024-01-01"),
        extraction("Daniel Weber leads Bolt.", "a"),
    )
    people = [key for key in ids(older, newer) if key.startswith("person")]
    assert people[0] == "person/daniel-weber"
    assert people[1].startswith("person/daniel-weber-")
    bearer = {m: e.id for e in resolve([older, newer], LEXICON).entities for m in e.mentions}
    assert bearer[older.clusters[0].mentions[0].id] == "person/daniel-weber"


def test_a_newer_spelling_of_a_firm_renames_nothing():
    made = [made_document(f"{key} 202{n}-01-01\n<o {name}> grew.") for n, (key, name) in enumerate(FORMS)]
    assert [ids(*made[:count]) for count in (1, 2, 3)] == [["organization/nvidia"]] * 3


FORMS = [("a", "Nvidia"), ("b", "NVIDIA Corporation"), ("c", "Nvidia Corp.")]


def test_a_firm_has_the_name_that_its_oldest_document_uses_most():
    text = "<o Taiwan Semiconductor Manufacturing Company> (<o TSMC>) grew. <o TSMC> hired."
    assert ids(made_document(f"a 2020-01-01\n{text}")) == ["organization/tsmc"]


def test_a_person_first_called_by_the_surname_has_the_whole_name_as_id():
    made = [
        made_document("a 2020-01-01\n<p Musk> leads <o SpaceX>."),
        made_document("b 2021-01-01\n<p Elon Musk> leads <o SpaceX>."),
    ]
    assert [key for key in ids(*made) if key.startswith("person")] == ["person/elon-musk"]


def test_documents_that_come_later_keep_the_ids_of_what_they_do_not_touch():
    parts = [part for path in sorted(CASES.glob("*/*.txt")) for part in _parts(path)]
    made = [made_document(f"k{number:03} {_day(number)}\n{text}") for number, text in enumerate(parts)]
    before, after = ids(*made[:20]), ids(*made)
    assert {key for key in before if key.startswith("organization")} - {*after} == set()


def _parts(path):
    said = path.read_text("utf-8").partition("===")[0].split("--- ")[1:]
    return [part.partition("\n")[2] for part in said]


def _day(number):
    return f"20{10 + number // 12:02}-{number % 12 + 1:02}-01"


def test_every_entity_of_one_name_has_an_id_of_its_own():
    made = [extraction(f"Daniel Weber leads Firm {name}.", name) for name in ("Ada", "Bea", "Cyd", "Dot")]
    people = [key for key in ids(*made) if key.startswith("person")]
    assert len(people) == len(set(people)) == 4
