"""Findings as JSON, text and Markdown."""

import re

import pytest
from sketch import ONTOLOGY, graph

from kg.conflicts import as_json, as_markdown, as_text, find
from kg.conflicts.wording import fill, plain

DENIED = """Jane Doe leads Acme; published=2024-01-10; source=a.txt; publisher=Reuters
Jane Doe leads Bolt; source=b.txt
Acme partner_of Bolt; published=2024-01-11; source=c.txt; modality=reported; by=two people
Acme partner_of Bolt; published=2024-01-12; source=d.txt; polarity=denied; says=No, Acme is no partner of Bolt.
"""
HOSTILE = "Jane Doe leads Acme; says=Jane Doe, <b>head</b> of Acme, [x](http://e.example/) *wins* `it`\x1b[31m\u202e"


def premise(told, relation: str, **said) -> dict:
    claim = next(s for s in told.statements if s.claim.evidence.quote == said["sentence"])
    return {"claim": claim.id, "relation": relation, **said}


def test_a_finding_as_json_is_a_whole_value():
    told = graph(DENIED)
    found = next(f for f in find(told, ONTOLOGY) if f.pattern == "related_party_deal")
    role = {"subject": "Jane Doe", "published": "2024-01-10", "document": "a.txt"}
    deal = {"subject": "Acme", "object": "Bolt"}
    assert as_json([found], told) == [
        {
            "id": found.id,
            "pattern": "related_party_deal",
            "tier": "suppressed",
            "as_of": "2024-01-12",
            "party": {"iri": "https://kg.example/entity/person/jane-doe", "name": "Jane Doe", "type": "Person"},
            "organizations": [
                {"iri": "https://kg.example/entity/organization/acme", "name": "Acme"},
                {"iri": "https://kg.example/entity/organization/bolt", "name": "Bolt"},
            ],
            "severity": 0.64,
            "drivers": [
                {"name": "base", "value": 0.55},
                {"name": "interest leads", "value": 0.1},
                {"name": "3 independent sources", "value": 0.04},
                {"name": "modality reported", "value": -0.05},
            ],
            "modality": "reported",
            "premises": [
                premise(told, "leads", **role, object="Acme", sentence="Jane Doe leads Acme."),
                premise(
                    told,
                    "leads",
                    **role | {"published": None, "document": "b.txt"},
                    object="Bolt",
                    sentence="Jane Doe leads Bolt.",
                ),
                premise(
                    told,
                    "partner_of",
                    **deal,
                    sentence="Acme partner of Bolt.",
                    document="c.txt",
                    published="2024-01-11",
                ),
            ],
            "mitigations": [
                premise(
                    told,
                    "partner_of",
                    **deal,
                    sentence="No, Acme is no partner of Bolt.",
                    document="d.txt",
                    published="2024-01-12",
                )
            ],
            "reason": "the deal is denied: Acme is a partner of Bolt",
            "remarks": [],
        }
    ]


def test_a_finding_as_text():
    told = graph(DENIED)
    found = next(f for f in find(told, ONTOLOGY) if f.pattern == "related_party_deal")
    assert (
        as_text([found], told, ONTOLOGY)
        == f"""\
related_party_deal: Jane Doe, Acme, Bolt (potential conflict, review; suppressed)
  Jane Doe has a role or shares in both Acme and Bolt, which deal with, fund or acquire each other
  basis: SEC Regulation S-K Item 404(a); IAS 24 Related Party Disclosures
  as of 2024-01-12; tier suppressed; weakest edge reported
  severity 0.640 = base +0.550, interest leads +0.100, 3 independent sources +0.040, modality reported -0.050
  reason: the deal is denied: Acme is a partner of Bolt
  Jane Doe leads Acme
    “Jane Doe leads Acme.” (Reuters, 2024-01-10, a.txt; asserted)
  Jane Doe leads Bolt
    “Jane Doe leads Bolt.” (undated, b.txt; asserted)
  Acme is a partner of Bolt
    “Acme partner of Bolt.” (2024-01-11, c.txt; reported, attributed to two people)
  what speaks against it
    “No, Acme is no partner of Bolt.” (2024-01-12, d.txt; denied, asserted)
  https://kg.example/finding/{found.id}"""
    )


@pytest.mark.parametrize("report", [as_text, as_markdown])
def test_nothing_found_is_said(report):
    assert report([], graph(""), ONTOLOGY) == "no potential conflicts to review"


def test_no_text_of_a_document_becomes_markup():
    told = graph(HOSTILE + "\nJane Doe leads Bolt")
    shown = as_markdown(find(told, ONTOLOGY), told, ONTOLOGY)
    sentence = next(line for line in shown.splitlines() if "head" in line)
    expected = r"  - “Jane Doe, \<b\>head\</b\> of Acme, \[x\]\(http\://e\.example/\) \*wins\* \`it\`\[31m” "
    assert sentence.startswith(expected)
    assert not re.search(r"(?<!\\)[`*<\[\]]", sentence)


def test_a_report_of_hostile_text_has_no_control_or_direction_characters():
    told = graph(HOSTILE + "\nJane Doe leads Bolt")
    assert not set("\x1b\u202e\x00\r") & set(as_text(find(told, ONTOLOGY), told, ONTOLOGY))


def test_plain_text_is_one_visible_line_that_keeps_joiners():
    assert plain("a\u2028b\n\x07c\u202ed \u0646\u200c\u0647") == "a b cd \u0646\u200c\u0647"


def test_a_name_with_braces_stays_a_name():
    assert fill("{party} and {a}", {"party": "{a}", "a": "Acme"}) == "{a} and Acme"
