"""A real browser for the tests that need one."""

import pytest
from tests.pages.helpers import CHROMIUM


@pytest.fixture(scope="session")
def browser():
    """A headless browser; whoever has none skips, and is told."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium to run the tests of the page")
    flags = (
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    )  # fmt: skip
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=list(flags))
        yield chromium
        chromium.close()
