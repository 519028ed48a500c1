"""How fast and how large the page is, against pyvis's stock page of the same graph, in one run of headless Chromium.

    python benchmarks/view.py [--entities 300,1500,5000,20000] [--stock-up-to 1500]

First paint is the time from navigation until the drawing's canvas shows something, CPU is the browser's task time per
frame while the mouse drags the drawing and turns its wheel without a pause, frames a second are what the page sees
meanwhile. Compare times of one run only.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from made_graph import made_graph
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooSlow
from pyvis.network import Network

from kg.export.network import to_networkx
from kg.model import Graph
from kg.view import draw, write
from kg.view.scene import scene

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = {"width": 1440, "height": 1000}
LIMIT = 90_000
MOVES = 120
COUNT = """() => {
  const first = window.framesSeen === undefined;
  window.framesSeen = 0;
  const tick = () => { window.framesSeen += 1; requestAnimationFrame(tick); };
  if (first) requestAnimationFrame(tick);
}"""
PAINTED = """() => {
  const canvas = document.querySelector('canvas');
  if (!canvas || !canvas.width) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Uint32Array(data.buffer);
  return seen.some((colour) => colour !== seen[0]);
}"""


def stock(graph: Graph, path: Path) -> None:
    """What pyvis makes by itself of the networkx graph, its library inlined; without places, as it comes."""
    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [{"id": key, "label": one.name, "shape": "dot", "size": 10} for key, one in graph.entities.items()]
    network.edges = [{"from": a, "to": b, "arrows": "to"} for a, b in to_networkx(graph).edges()]
    path.write_text(network.generate_html(), "utf-8")


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 1000}, reduced_motion="reduce", bypass_csp=True, offline=True
    )
    yield (page := context.new_page())
    page.goto("about:blank")
    context.close()


def measured(browser: Browser, path: Path) -> tuple[float | None, ...]:
    """Seconds until the first paint, by the clock and of CPU; CPU ms a frame and frames a second, panning, zooming."""
    with opened(browser) as page:
        metrics = page.context.new_cdp_session(page)
        metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
        began = time.perf_counter()
        try:
            page.goto(path.as_uri(), wait_until="commit", timeout=LIMIT)
            page.wait_for_function(PAINTED, timeout=LIMIT, polling=30)
        except TooSlow:
            return (None,) * 6
        painted, worked = time.perf_counter() - began, spent(metrics)
        page.wait_for_timeout(500)
        return painted, worked, *busy(page, metrics, zoom=False), *busy(page, metrics, zoom=True)


def spent(metrics: CDPSession) -> float:
    """CPU seconds of the page's main thread so far."""
    found = metrics.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in found if one["name"] == "TaskDuration"))


def busy(page: Page, metrics: CDPSession, *, zoom: bool) -> tuple[float, float]:
    """CPU milliseconds of the page a frame, and frames a second."""
    page.locator("canvas").first.scroll_into_view_if_needed()
    box = page.locator("canvas").first.bounding_box()
    assert box is not None
    x, y = box["x"] + 12, box["y"] + 12
    page.mouse.move(x, y)
    if not zoom:
        page.mouse.down()
    page.evaluate(COUNT)
    before, began = spent(metrics), time.perf_counter()
    for turn in range(MOVES):
        if zoom:
            page.mouse.wheel(0, -20)
        else:
            page.mouse.move(x + 4 * turn, y + 3 * turn)
    frames, lasted = page.evaluate("() => window.framesSeen"), time.perf_counter() - began
    used = 1000 * (spent(metrics) - before) / frames
    page.mouse.up()
    return used, frames / lasted


def laid_out(graph: Graph) -> float:
    """CPU seconds of the layout in Python."""
    network = to_networkx(graph)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    scene(network, graph)
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before


def told(value: float | None, unit: str = "", digits: int = 2) -> str:
    return f"none in {LIMIT // 1000} s" if value is None else f"{value:.{digits}f}{unit}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", default="300,1500,5000,20000")
    parser.add_argument("--stock-up-to", type=int, default=1500)
    given = parser.parse_args()
    path = next(filter(None, map(which, BROWSERS)), None)
    heads = ["entities", "page", "layout, CPU s", "first paint, s", "of it CPU, s"]
    heads += ["pan, CPU ms/frame", "frames/s", "zoom, CPU ms/frame", "frames/s", "file, MB"]
    print(f"| {' | '.join(heads)} |")
    print("|---:|---|" + "---:|" * 8)
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for count in map(int, given.entities.split(",")):
            graph = made_graph(count)
            files = {"kg": Path(folder) / "kg.html"}
            write(draw(graph), files["kg"])
            if count <= given.stock_up_to:
                files["pyvis stock"] = Path(folder) / "stock.html"
                stock(graph, files["pyvis stock"])
            for name, file in files.items():
                paint, worked, *frames = measured(browser, file)
                layout = told(laid_out(graph), digits=1) if name == "kg" else "in the browser"
                size = file.stat().st_size / 1e6
                times = " | ".join([told(paint), told(worked), *(told(each, digits=1) for each in frames)])
                print(f"| {count:,} | {name} | {layout} | {times} | {size:.1f} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
