"""No serious or critical violation is found by axe-core, in light and dark, in every state of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import opened

AXE = Path(__file__).parent / "axe" / "axe.min.js"
STATES = {
    "as it opens": "null",
    "a finding": "document.querySelector('.card .show').click()",
    "an entity": "kg.model.choose({kind: 'entity', id: 'person/elon-musk'})",
    "suggestions": "kg.dom.byId('search').value = 'a'; kg.dom.byId('search').dispatchEvent(new Event('input'))",
    "everything unfolded": "document.querySelectorAll('details').forEach((d) => { d.open = true; })",
}
VIOLATIONS = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  const grave = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact));
  return grave.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 120))]);
}"""


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(browser, story_file, scheme, width):
    for one in opened(
        browser, story_file, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    ):
        one.page.evaluate(AXE.read_text("utf-8"))
        found = {}
        for name, act in STATES.items():
            one.page.evaluate(act)
            found[name] = one.page.evaluate(VIOLATIONS)
        assert found == {name: [] for name in STATES}
