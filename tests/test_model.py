"""Values keep what was observed, and their ids depend on nothing else."""

import dataclasses
from datetime import date

import pytest
from factory import document, extraction

from kg.model import Finding, Modality, PartialDate, Tier, digest


def test_a_span_quotes_its_document_verbatim():
    span = document("Acme acquired Bolt.").span(5, 13)
    assert span.quote == "acquired"
    assert document("Acme acquired Bolt.").quotes(span)


def test_a_document_does_not_quote_a_changed_span():
    said = document("Acme acquired Bolt.")
    assert not said.quotes(dataclasses.replace(said.span(0, 4), quote="Acmo"))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="no text at"):
        document("Acme").span(start, end)


def test_the_id_of_a_document_depends_on_key_and_text_alone():
    assert document(day="2025-01-01").id == document(day=None).id
    assert document("one").id != document("two").id
    assert document(source="a.txt").id != document(source="b.txt").id
    assert document(external_id="7", source="a.txt").id == document(external_id="7", source="b.txt").id


def test_copies_of_a_text_share_its_text_id():
    assert document(source="a.txt").text_id == document(source="b.txt").text_id


def test_the_id_of_a_claim_ignores_confidence_and_extractor():
    claim = extraction().claims[0]
    assert dataclasses.replace(claim, confidence=0.1, extractor="other 2").id == claim.id


@pytest.mark.parametrize(
    "change", [{"modality": Modality.PLANNED}, {"valid_from": PartialDate(2014)}, {"attributed_to": "Bolt"}]
)
def test_the_id_of_a_claim_depends_on_what_is_said(change):
    claim = extraction().claims[0]
    assert dataclasses.replace(claim, **change).id != claim.id


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-03-05", date(2023, 3, 5), date(2023, 3, 5)),
    ],
)
def test_a_partial_date_knows_the_days_it_may_mean(text, earliest, latest):
    said = PartialDate.parse(text)
    assert (said.earliest, said.latest, str(said)) == (earliest, latest, text)


@pytest.mark.parametrize("text", ["", "14", "2014-13", "2014-02-30", "2014-1", "2014-01-01T00", "last year"])
def test_what_is_no_partial_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - datetime words some of them
        PartialDate.parse(text)


def test_only_affirmed_asserted_or_reported_claims_are_factual():
    words = ["asserted", "reported", "planned", "possible", "alleged", "hypothetical", "denied"]
    factual = [word for word in words if extraction(f"Acme acquired Bolt ({word}).").claims[0].factual]
    assert factual == ["asserted", "reported"]


def test_the_weakest_and_the_firmest_modality():
    several = [Modality.REPORTED, Modality.PLANNED]
    assert (Modality.weakest(several), Modality.firmest(several)) == (Modality.PLANNED, Modality.REPORTED)


def test_a_finding_without_premises_is_refused():
    with pytest.raises(ValueError, match="without premises"):
        Finding("dual_role", Tier.STRUCTURAL, "p", ("a", "b"), date(2025, 1, 1), 0.5, (), Modality.ASSERTED, ())


def test_a_digest_tells_parts_from_their_joining():
    assert digest("ab", "c") != digest("a", "bc")
