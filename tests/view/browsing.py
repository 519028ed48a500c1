"""A page in a real browser, from disk and offline, watched for what it asks of the network and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route


@dataclass
class Seen:
    """What a page asked for, complained of and popped up."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


def watch(context: BrowserContext) -> Seen:
    seen = Seen()

    def refuse(route: Route) -> None:
        seen.requests.append(route.request.url)
        route.abort()

    context.set_offline(True)
    context.route(lambda url: not url.startswith("file:"), refuse)
    context.on("request", lambda request: seen.requests.append(request.url))
    context.on("console", lambda message: seen.complaints.append(message.text))
    context.on("weberror", lambda error: seen.complaints.append(str(error.error)))
    context.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    return seen


@dataclass
class Opened:
    """A page, its file, and what it was seen to do."""

    page: Page
    path: Path
    seen: Seen


DRAWN = "() => window.kg && window.kg.drawn"
UNTIL = """async ([argument, milliseconds]) => {
  const holds = %s, end = performance.now() + milliseconds;
  while (!holds(argument)) {
    if (performance.now() > end) throw new Error(`Never came true: ${holds}`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}"""


def until(page: Page | Frame, condition: str, argument: object = None, *, seconds: float = 30) -> None:
    """Waits until a JavaScript function says true.

    Playwright's own ``wait_for_function`` evaluates a string at each look after the first, which pages' policies
    forbid: it fails whenever the first look comes too early.
    """
    page.evaluate(UNTIL % condition, [argument, seconds * 1000])


def opened(browser: Browser, path: Path, *, address: str | None = None, **options) -> Iterator[Opened]:
    context = browser.new_context(
        **({"viewport": {"width": 1440, "height": 1000}, "reduced_motion": "reduce"} | options)
    )
    seen = watch(context)
    page = context.new_page()
    page.goto(address or path.as_uri())
    until(page, DRAWN)
    yield Opened(page, path, seen)
    context.close()


def edge(page: Page, subject: str, predicate: str, object_: str) -> str:
    found = "([s, p, o]) => kg.model.edges.find((e) => e.from === s && e.predicate === p && e.to === o).id"
    return page.evaluate(found, [subject, predicate, object_])


def click(page: Page, identifier: str) -> None:
    page.locator("#graph").scroll_into_view_if_needed()
    where = page.evaluate("(id) => kg.positionOf(id)", identifier)
    page.mouse.click(where["x"], where["y"])
    until(page, "() => kg.model.state.chosen !== null")


def switch(page: Page, group: str, value: str) -> None:
    page.locator(f"input[data-group='{group}'][value='{value}']").click()


def names(page: Page) -> list[str]:
    return page.evaluate("kg.model.visible().nodes.map(kg.model.name).sort()")
