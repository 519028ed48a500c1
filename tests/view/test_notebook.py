"""The page inside a frame without an origin of its own, as a notebook shows it."""

from browsing import watch

from kg.view import Inline, draw


def test_the_page_works_inside_a_frame(browser, story, tmp_path):
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>n</title>{Inline(draw(story))._repr_html_()}", "utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    seen = watch(context)
    page = context.new_page()
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator(".card .show").first.click()
    assert frame.locator("#panel .quote").count() > 2
    assert [url for url in seen.requests if not url.startswith(("file:", "about:srcdoc"))] == []
    assert seen.complaints == []
    context.close()
