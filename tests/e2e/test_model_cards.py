"""Model cards in a real browser: size, axe, no other host, ways to the first page and back."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from browsing import EVERYWHERE, IN_BROWSER, ROOT, passes, presented, served_from, unfold
from playwright.sync_api import Locator, Page, expect

from explorer.core.checkpoints import write_card

pytestmark = IN_BROWSER


def report(page: Page, model: str) -> Locator:
    """The card of a model, once it is drawn; most of it is folded."""
    expect(page.get_by_test_id(f"section-{model}-facts")).to_be_attached(timeout=60_000)
    expect(page.get_by_test_id("report")).not_to_have_attribute("data-drawn", "0", timeout=60_000)
    return page.get_by_test_id("report")


def unfolded(card: Locator) -> Locator:
    """The card with what is folded below its picture opened."""
    for summary in card.locator(".stage-depth > summary:visible").all():
        summary.click()
    return card


@EVERYWHERE
def test_card_fits_and_axe_finds_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/cards?model=gru")
    expect(report(page, "gru")).to_be_visible()
    passes(page)


def test_card_asks_no_other_host_and_its_tables_can_be_downloaded(page: Page, address: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlparse(request.url).netloc))
    page.goto(f"{address}/cards?model=concat")
    card = unfolded(report(page, "concat"))
    with page.expect_download() as download:
        card.get_by_role("button", name="Download as CSV: Scores").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"Measure,Shipped,")
    assert b"\nSST-2 sentences right," in content
    assert asked - {""} == {urlparse(address).netloc}
    assert presented(page) == ["How often each model is right"]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on weights with two more seeds and a card that has an example, as training writes them."""
    folder = tmp_path_factory.mktemp("pretrained")
    for path in (ROOT / "pretrained").iterdir():
        (folder / path.name).symlink_to(path)
    card = json.loads((folder / "gru.json").read_text(encoding="utf-8"))
    card["seeds"] = [{"seed": seed, "scores": card["scores"]} for seed in (0, 901, 902)]
    card["wrong"] = [
        {"set": "order pairs", "kind": "k", "text": "<b>far</b> from dull", "label": "positive", "probability": 0.2,
         "other": "far from bright", "other_probability": 0.3},
    ]  # fmt: skip
    (folder / "gru.json").unlink()
    write_card(card, folder / "gru.json")
    if (folder / "seeds").is_symlink():
        (folder / "seeds").unlink()
    (folder / "seeds").mkdir()
    for seed in (901, 902):
        (folder / "seeds" / f"gru-{seed}.safetensors").symlink_to(ROOT / "pretrained" / "gru.safetensors")
    with served_from("explorer.core.checkpoints", folder) as found:
        yield found


@pytest.mark.xdist_group("seeds in a browser")
def test_an_example_opens_on_the_first_page(page: Page, measured: str) -> None:
    page.goto(f"{measured}/cards?model=gru")
    unfolded(report(page, "gru")).get_by_role("link", name="from dull").click()
    expect(page.get_by_role("textbox", name="Sentence A")).to_have_value("<b>far</b> from dull")
    expect(page.get_by_role("textbox", name="Sentence B")).to_have_value("far from bright")


@pytest.mark.xdist_group("seeds in a browser")
def test_seeds_are_in_the_legend_and_in_the_table(page: Page, measured: str) -> None:
    page.goto(measured)
    page.get_by_text("The numbers behind it").click()
    chart = page.get_by_test_id("chart-belief")
    expect(chart.locator(".legendtext", has_text="3 seeds")).to_have_text(["A, 3 seeds", "B, 3 seeds"])
    unfold(chart.get_by_text("The numbers as a table"))
    expect(chart.locator("thead")).to_contain_text("A, 3 seeds: lowest")
    expect(chart.locator("thead")).to_contain_text("B, 3 seeds: highest")
