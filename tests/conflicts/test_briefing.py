"""The page that a person can hand over."""

import re
from datetime import date

from sketch import ONTOLOGY, graph

from kg.conflicts import briefing, find, timeline

TOLD = """Jane Doe leads Acme; published=2024-01-10; publisher=Reuters; source=a.txt
Jane Doe leads Bolt; published=2024-02-10; publisher=AP; source=b.txt
remark: recused; names=Jane Doe|Bolt; says=Jane Doe recused herself at Bolt.; published=2024-03-01
"""
HOSTILE = (
    "Jane | Doe leads <b>Acme</b>; published=2024-01-10; source=[x](y)\nJane | Doe leads Bolt; published=2024-01-10"
)


def page(sketch: str) -> str:
    told = graph(sketch)
    return briefing(find(told, ONTOLOGY), told, ONTOLOGY, date(2024, 3, 1), timeline(told, ONTOLOGY))


def test_the_page_has_summary_findings_timeline_and_sources():
    headings = re.findall(r"(?m)^#{1,2} .*$", page(TOLD))
    assert headings == [
        "# Potential conflicts of interest as of 2024-03-01",
        "## Summary",
        "## Findings",
        "## Timeline",
        "## Sources",
    ]


def test_the_sources_are_the_documents_that_are_quoted():
    rows = page(TOLD).partition("## Sources\n\n")[2].splitlines()[2:]
    assert [row.split(" | ")[-1].removesuffix(" |") for row in rows] == ["a\\.txt", "b\\.txt", "remark\\-1"]


def test_what_speaks_against_a_finding_stands_on_the_page():
    assert "Jane Doe recused herself at Bolt\\." in page(TOLD)


def test_no_name_becomes_markup_or_a_cell():
    table = [line for line in page(HOSTILE).splitlines() if line.startswith("| dual")]
    assert len(table) == 2 and all("Jane \\| Doe" in row and "\\<b\\>Acme" in row for row in table)


def test_without_findings_the_page_says_so():
    assert "0 findings." in page("Acme partner_of Bolt")
