"""How smoothly the zoom plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from explorer.bench.browser import DUEL, FIELD, LIMIT, chromium, visit
from explorer.bench.servers import OURS, serve
from explorer.bench.timing import say

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROUNDS = 3
SLOW = 33.0  # milliseconds of a frame
LONG_ENOUGH = 2_500  # milliseconds that each level plays
# 40 words and signs, read in about 12 s
TEXT = (
    "the first half is slow , the jokes are old and I yawned , but then the story turns and everything "
    "that looked clumsy makes sense , and by the end I was close to tears , what a film"
)
PLAY = ".bar .bar-play"
LEVELS = (  # what opens each level, and where it then is
    (".zoom-door", ".zoom-memory"),
    (".zoom-memory .zoom-open", ".zoom-gates"),
    (".zoom-gates .zoom-canvas", ".zoom-unit"),
)

RECORD = """
() => {
  window.frames_ms = []
  let last = null
  const frame = now => {
    if (last !== null) window.frames_ms.push(now - last)
    last = now
    window.recording = requestAnimationFrame(frame)
  }
  window.recording = requestAnimationFrame(frame)
}
"""
RECORDED = "() => { cancelAnimationFrame(window.recording); return window.frames_ms }"
EMPTY = """
<!doctype html><title>Empty</title><div id="dot" style="width: 40px; height: 40px; background: #333"></div>
<script>
  const move = now => {
    document.getElementById("dot").style.transform = `translateX(${(now / 5) % 600}px)`
    requestAnimationFrame(move)
  }
  requestAnimationFrame(move)
</script>
"""


def zoom_frames() -> float:
    """The share of frames slower than 33 ms while 40 words play and the zoom opens down to a unit and closes again,
    minus that of an empty animation.

    Both run in turn, for the same time. Not a ratio.
    """
    ours: list[float] = []
    empty: list[float] = []
    with serve(OURS) as app, chromium() as browser, visit(browser, app.address, DUEL) as page:
        beside = browser.new_context().new_page()
        beside.set_content(EMPTY)
        page.locator(FIELD).fill(TEXT)
        page.wait_for_selector(f'#duel[data-text-a="{TEXT}"]', state="attached", timeout=LIMIT)
        zoom(page)  # the first time does not count
        for _ in range(ROUNDS):
            ours += zoom(page)
            empty += idle(beside, sum(ours) - sum(empty))
    for name, frames in (("ours", ours), ("empty", empty)):
        say(f"  {name}: {len(frames)} frames, {share(frames):.1%} of them slow, {max(frames):.0f} ms at most")
    return share(ours) - share(empty)


def share(frames: Sequence[float]) -> float:
    """Of all frames, those that took longer than SLOW milliseconds: 0…1.

    >>> share([16, 17, 50, 16])
    0.25
    """
    return sum(frame > SLOW for frame in frames) / len(frames)


def zoom(page: Page) -> list[float]:
    """Milliseconds of each frame while the words play, a level opens after the other, and all of them close."""
    page.bring_to_front()
    page.evaluate(RECORD)
    page.locator(PLAY).click()
    page.wait_for_timeout(LONG_ENOUGH)
    for opener, level in LEVELS:
        page.locator(opener).first.click()
        page.wait_for_selector(level, timeout=LIMIT)
        page.wait_for_timeout(LONG_ENOUGH)
    for _ in LEVELS:
        page.keyboard.press("Escape")
        page.wait_for_timeout(LONG_ENOUGH / 5)
    frames: list[float] = page.evaluate(RECORDED)
    page.wait_for_timeout(1_000)
    return frames


def idle(page: Page, duration: float) -> list[float]:
    """The same of an animation in which hardly anything moves, for so many milliseconds."""
    page.bring_to_front()
    page.evaluate(RECORD)
    page.wait_for_timeout(duration)
    frames: list[float] = page.evaluate(RECORDED)
    return frames
