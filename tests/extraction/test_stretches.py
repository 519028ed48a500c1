"""A date that several relations of a sentence claim."""


def test_a_date_belongs_to_the_relation_that_it_stands_by(read):
    text = "Reid Hoffman, a director of Microsoft since 2017, sat on the board of OpenAI as well."
    found = {c.object.text: str(c.valid_from or "") for c in read(text).claims if c.predicate == "board_member_of"}
    assert found == {"Microsoft": "2017", "OpenAI": ""}


def test_each_deal_of_a_sentence_has_its_own_date(read):
    claims = read("Maria Lopez founded Kestrel Systems in 2002 and Halden Group in March 2023.").claims
    found = {c.subject.text: str(c.valid_from) for c in claims if c.predicate == "founded_by"}
    assert found == {"Kestrel Systems": "2002", "Halden Group": "2023-03"}


def test_a_term_of_office_has_two_ends(read):
    (claim,) = [c for c in read("Maria Lopez led Kestrel Systems from 2022 to 2024.").claims if c.predicate == "leads"]
    assert (str(claim.valid_from), str(claim.valid_until), claim.tense.value) == ("2022", "2024", "past")


def test_relations_of_one_list_share_a_date(read):
    claims = read("Kestrel Systems was founded in 2011 by Maria Lopez and Ane Lund.").claims
    found = {c.object.text: str(c.valid_from) for c in claims if c.predicate == "founded_by"}
    assert found == {"Maria Lopez": "2011", "Ane Lund": "2011"}


def test_a_date_is_not_that_of_another_relation_of_the_sentence(read):
    text = "Founded in 1987 by Grace Muthoni, Highland Tea Packers is today a subsidiary of Unga Group."
    found = {c.predicate: str(c.valid_from or "") for c in read(text).claims}
    assert found["founded_by"] == "1987"
    assert found["parent_of"] == ""


def test_each_of_two_officers_has_a_title_of_her_own(read):
    text = "Kestrel Systems is led by Maria Lopez, its chief executive, and by Ane Lund, its president."
    found = {c.subject.text: c.qualifiers.title for c in read(text).claims if c.predicate == "leads"}
    assert found == {"Maria Lopez": "chief executive", "Ane Lund": "president"}


def test_one_title_at_two_firms_of_a_list_is_both_theirs(read):
    claims = read("Maria Lopez is the chief executive of both Kestrel Systems and Halden Group.").claims
    found = {c.object.text: c.qualifiers.title for c in claims if c.predicate == "leads"}
    assert found == {"Kestrel Systems": "chief executive", "Halden Group": "chief executive"}


def test_the_day_of_leaving_is_the_end_of_an_office(read):
    (claim,) = read("Kestrel Systems was led by Maria Lopez, who stepped down as chief executive in 2023.").claims
    assert (claim.valid_from, str(claim.valid_until), claim.tense.value) == (None, "2023", "past")
