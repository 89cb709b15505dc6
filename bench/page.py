"""How large a debrief is, how long it takes to build, and how long a browser takes to open it and to change the day."""

import gzip
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from offensive_sim import ensembles
from offensive_sim.campaign.study import Study
from offensive_sim.pages.debrief import page_of
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.shipped import find
from offensive_sim.scenario.whatif_files import sound_what_ifs
from offensive_sim.views.comparison import Comparison
from offensive_sim.views.debrief import Debrief, debrief_of_comparison, debrief_of_scenario

REPEATS = 5
PAIRS = 64
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
STEPS = """() => new Promise(done => {
  const slider = document.getElementById("day"), begun = performance.now(), last = Number(slider.max);
  let day = 0;
  const step = () => {
    if (day > last) return done((performance.now() - begun) / (last + 1));
    slider.value = day++;
    slider.dispatchEvent(new Event("input"));
    requestAnimationFrame(step);
  };
  step();
})"""


def compared(name: str, what_if: str) -> Debrief:
    """A comparison of a few pairs: the page does not grow with their number."""
    path = find(name)
    scenario, chronicle = sound(path)
    study = Study(scenario, sound_what_ifs([what_if], path, scenario, chronicle), 2014, PAIRS)
    with tempfile.TemporaryDirectory() as folder:
        found = ensembles.run(study, Path(folder) / "run").found
    assert isinstance(found, Comparison)
    return debrief_of_comparison(study, chronicle, found)


def opened(path: Path) -> tuple[float, float, float, float]:
    """Least and median seconds to open a page, least CPU seconds of its main thread, milliseconds to show a day."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    loads, steps, used = [], [], []
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        for _ in range(REPEATS):
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            context.set_offline(True)
            page = context.new_page()
            meter = context.new_cdp_session(page)
            meter.send("Performance.enable", {"timeDomain": "threadTicks"})
            begun = time.perf_counter()
            page.goto(path.as_uri())
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            loads.append(time.perf_counter() - begun)
            metrics = {one["name"]: one["value"] for one in meter.send("Performance.getMetrics")["metrics"]}
            used.append(metrics["TaskDuration"])
            steps.append(page.evaluate(STEPS))
            context.close()
        browser.close()
    return min(loads), statistics.median(loads), min(used), statistics.median(steps)


def main() -> int:
    """Print a table; in Chromium if there is one."""
    pages = {
        "june-2014": debrief_of_scenario(find("june-2014"), 2014),
        "summer-2014": debrief_of_scenario(find("summer-2014"), 2014),
        "june-2014, a what-if": compared("june-2014", "peshmerga-in-mosul"),
        "summer-2014, a what-if": compared("summer-2014", "sinjar-warned"),
    }
    print("| debrief of | size, kB (gzip) | built, CPU s | opened, s (median) | of it CPU, s | another day, ms |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, told in pages.items():
            text = page_of(told)
            begun = time.process_time()
            page_of(told)
            built = time.process_time() - begun
            path = Path(folder) / "page.html"
            path.write_text(text, "utf-8")
            size = f"{len(text.encode()) // 1000} ({len(gzip.compress(text.encode())) // 1000})"
            browser = shutil.which("chromium")
            shown = "{:.2f} ({:.2f}) | {:.2f} | {:.0f}".format(*opened(path)) if browser else "no Chromium | | "
            print(f"| {name} | {size} | {built:.2f} | {shown} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
