"""Takes the pictures of the documentation: ``python docs/screenshots.py [WORKSPACE]`` after a build."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"


def main(workspace: str = "outputs") -> None:
    """Writes ``docs/images/page.png``: the first finding chosen, in light, down to the end of the graph."""
    page_file = (Path(workspace) / "graph.html").resolve()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1360, "height": 1000}, color_scheme="light")
        page.goto(page_file.as_uri())
        page.get_by_role("button", name="Show in graph").first.click()
        page.wait_for_timeout(1000)
        page.screenshot(path=IMAGES / "page.png", full_page=True, clip={"x": 0, "y": 0, "width": 1360, "height": 1690})
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
