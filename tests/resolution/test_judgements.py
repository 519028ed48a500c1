"""Judgements: a table that people can edit; different beats every score; what contradicts is refused."""

import pytest
from factory import extraction

from kg.errors import UsageError
from kg.model import EntityType, Judgement, Verdict
from kg.ontology import load
from kg.resolution import Lexicon, Resolver, resolve
from kg.resolution.judgements import Handle, add, listed, read, remove, written

LEXICON = Lexicon.of(load())
SAME, DIFFERENT, UNSURE = Verdict


def said(left: str, verdict: Verdict, right: str, **more: str) -> Judgement:
    return Judgement(left, right, verdict, **more)


def people(extractions, *judgements):
    found = resolve(extractions, LEXICON, judgements)
    return sorted(entity.id for entity in found.entities if entity.type is EntityType.PERSON)


ACME, BOLT = (
    extraction("Daniel Weber leads Acme.", "a", "2025-01-01"),
    extraction("Daniel Weber leads Bolt.", "b", "2025-02-01"),
)
AGAIN = extraction("Daniel Weber leads Acme.", "c", "2025-03-01")


def test_two_namesakes_judged_the_same_are_one():
    assert people([ACME, BOLT], said("Daniel Weber @ a", SAME, "Daniel Weber @ b")) == ["person/daniel-weber"]


def test_one_person_judged_different_is_two():
    assert len(people([ACME, AGAIN], said("Daniel Weber @ a", DIFFERENT, "Daniel Weber @ c"))) == 2


def test_a_name_judged_the_same_as_itself_has_one_bearer():
    assert people([ACME, BOLT], said("Daniel Weber", SAME, "Daniel Weber")) == ["person/daniel-weber"]


def test_different_wins_over_same():
    both = [said("Daniel Weber", SAME, "Daniel Weber"), said("Daniel Weber @ a", DIFFERENT, "Daniel Weber @ b")]
    assert len(people([ACME, BOLT], *both)) == 2


def test_sameness_reaches_over_a_third_name():
    made = [extraction(f"{name} develops Rocket.", name) for name in ("Acme", "Bolt", "Core")]
    judged = [said("Acme", SAME, "Bolt"), said("Bolt", SAME, "Core")]
    firms = [e for e in resolve(made, LEXICON, judged).entities if e.type is EntityType.ORGANIZATION]
    assert [(firm.name, firm.aliases) for firm in firms] == [("Acme", ("Bolt", "Core"))]


def test_names_in_one_cluster_judged_different_become_two():
    from stories import made_document

    made = made_document("a\n<o=1 Google> and <o=1 Alphabet> grew.")
    assert len(resolve([made], LEXICON).entities) == 1
    assert len(resolve([made], LEXICON, [said("Google", DIFFERENT, "Alphabet")]).entities) == 2


def test_a_judgement_joins_no_product_with_a_firm():
    made = extraction("Acme develops Rocket.")
    assert len(resolve([made], LEXICON, [said("Acme", SAME, "Rocket")]).entities) == 2


def test_the_order_of_judgements_means_nothing():
    judged = [said("Acme", SAME, "Bolt"), said("Bolt", SAME, "Core"), said("Acme", DIFFERENT, "Core")]
    made = [extraction(f"{name} develops Rocket.", name) for name in ("Acme", "Bolt", "Core")]
    assert resolve(made, LEXICON, judged) == resolve(made, LEXICON, judged[::-1])


def test_a_judgement_holds_for_documents_that_come_later():
    resolver = Resolver(LEXICON, [said("Daniel Weber", SAME, "Daniel Weber")])
    resolver.add(ACME)
    resolver.refresh()
    resolver.add(BOLT)
    assert resolver.resolution() == resolve([BOLT, ACME], LEXICON, [said("Daniel Weber", SAME, "Daniel Weber")])


def test_the_reason_names_the_judgement():
    judged = said("Daniel Weber @ a", SAME, "Daniel Weber @ b", author="vb", date="2025-03-01", note="asked him")
    reasons = resolve([ACME, BOLT], LEXICON, [judged]).reasons
    assert [(r.verdict, r.feature, r.value) for r in reasons if r.feature == "judgement"] == [
        (SAME, "judgement", "Daniel Weber @ a | Daniel Weber @ b (vb, 2025-03-01, asked him)")
    ]


# ---- the table


def test_a_file_reads_back_as_written(tmp_path):
    judged = (said('A, "B"', SAME, "C @ d,e", note="x\ny", author="é", date="2025-01-01"), said("=1+1", UNSURE, "D"))
    (tmp_path / "judgements.csv").write_bytes(written(judged))
    assert read(tmp_path / "judgements.csv") == judged


def test_a_missing_file_holds_no_judgements(tmp_path):
    assert read(tmp_path / "none.csv") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("verdict,left,right\nmaybe,A,B\n", "2: a verdict is same, different or unsure"),
        ("verdict,left,right\nsame,A,\n", "2: a judgement needs two names"),
        ("a,b\n1,2\n", "columns"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, text, told):
    path = tmp_path / "judgements.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=told):
        read(path)


def test_a_second_judgement_about_a_pair_takes_the_place_of_the_first():
    assert add([said("A", SAME, "B")], said("B", DIFFERENT, "A")) == (said("B", DIFFERENT, "A"),)


@pytest.mark.parametrize("last", [said("A", DIFFERENT, "C"), said("A @ x", DIFFERENT, "C @ y")])
def test_what_contradicts_is_refused_only_for_the_same_handles(last):
    judged = [said("A", SAME, "B"), said("B", SAME, "C")]
    if last.left == "A":
        with pytest.raises(UsageError, match="contradicts"):
            add(judged, last)
    else:
        assert add(judged, last) == (*judged, last)


def test_the_last_judgement_is_taken_back_first():
    assert remove([said("A", SAME, "B"), said("C", SAME, "D")]) == ((said("A", SAME, "B"),), said("C", SAME, "D"))


def test_a_pair_is_taken_back_whichever_way_round():
    assert remove([said("A", SAME, "B"), said("C", SAME, "D")], "B", "A")[0] == (said("C", SAME, "D"),)


def test_nothing_to_take_back_is_told():
    with pytest.raises(UsageError, match="no such judgement"):
        remove([], "A", "B")


def test_a_list_says_who_when_and_why():
    assert listed([said("A", SAME, "B", author="vb", date="2025-01-01", note="seen")]) == (
        "same: A | B  (2025-01-01, vb, seen)"
    )


def test_a_handle_is_a_name_or_a_name_in_a_document():
    assert [Handle.parse(text) for text in ("A", "A @ b.txt")] == [Handle("A"), Handle("A", "b.txt")]
