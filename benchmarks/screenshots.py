"""Takes the pictures of the page under docs/images and checks what can be checked: nothing overlaps, nothing is cut.

    python benchmarks/screenshots.py [--to docs/images]

The demo graph (``examples``), the seed article's graph and a made-up graph of 5,000 entities, each in light, dark and
at phone width: the top of the page, the graph, and the first conflict chosen.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from made_graph import made_graph
from playwright.sync_api import Browser, Page, sync_playwright

import kg
from kg.view import draw, write

EXAMPLES = Path(__file__).parent.parent / "examples"
SEED = "2026-05-07-spacex-anthropic.txt"
DESK, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}
LOOKS = {"light": ("light", DESK), "dark": ("dark", DESK), "phone": ("light", PHONE)}
GRAPH = "document.getElementById('explore').scrollIntoView()"
CONFLICT = "document.querySelector('.card .show').click()"
OVERLAPS = """() => {
  const boxes = kg.labels.now();
  const touch = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  const canvas = document.querySelector('#graph canvas');
  const inside = (box) =>
    box.x >= 0 && box.y >= 0 && box.x + box.w <= canvas.clientWidth && box.y + box.h <= canvas.clientHeight;
  const cut = boxes.filter((box) => !inside(box));
  const over = boxes.flatMap((a, place) => boxes.slice(0, place).filter((b) => touch(a, b)).map((b) => [a.id, b.id]));
  return { over, cut: cut.map((box) => box.id), sideways: document.documentElement.scrollWidth - window.innerWidth };
}"""


def pages(folder: Path) -> dict[str, Path]:
    """The three pages."""
    inputs = {"demo": [str(path) for path in sorted(EXAMPLES.glob("*.txt"))], "seed": [str(EXAMPLES / SEED)]}
    made = {}
    for name, files in inputs.items():
        workspace = kg.Workspace(folder / name)
        kg.build(files, workspace, kg.load_ontology())
        made[name] = workspace.page
    made["5000"] = folder / "5000.html"
    write(draw(made_graph(5000), title="A made-up graph of 5,000 entities"), made["5000"])
    return made


def shoot(browser: Browser, page_file: Path, target: Path, look: str) -> None:
    """The top of the page, the graph, and the first conflict."""
    scheme, size = LOOKS[look]
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page.goto(page_file.as_uri())
    page.wait_for_function("window.kg && window.kg.drawn", timeout=120_000)
    for part, act in (("top", "null"), ("graph", GRAPH), ("conflict", CONFLICT)):
        page.evaluate(act)
        page.wait_for_timeout(700)
        check(page, f"{target.name}-{part}-{look}")
        page.screenshot(path=f"{target}-{part}-{look}.png")
    page.close()


def check(page: Page, name: str) -> None:
    """Raises SystemExit where labels lie on one another, are cut, or the page scrolls sideways."""
    found = page.evaluate(OVERLAPS)
    if found["over"] or found["cut"] or found["sideways"] > 0:
        raise SystemExit(f"{name}: {found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent.parent / "docs" / "images")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    path = which("chromium") or which("chromium-browser") or which("google-chrome")
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, file in pages(Path(folder)).items():
            for look in LOOKS:
                shoot(browser, file, given.to / name, look)
                print(f"{name}, {look}: nothing overlaps, nothing is cut")
        browser.close()


if __name__ == "__main__":
    main()
