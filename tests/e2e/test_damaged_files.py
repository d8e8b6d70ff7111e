"""A damaged file: the first page says which it is and what to do, and goes on by itself once it is mended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import IN_BROWSER, ROOT, served_from
from playwright.sync_api import Browser, expect

pytestmark = IN_BROWSER
CARD = "rnn.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped files, one of them cut."""
    for path in (ROOT / "pretrained").iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / CARD).unlink()
    (tmp_path / CARD).write_text("{")
    return tmp_path


@pytest.fixture
def damaged(folder: Path) -> Iterator[str]:
    with served_from("explorer.core.checkpoints", folder) as address:
        yield address


def test_what_is_damaged_is_said_until_it_is_mended(browser: Browser, damaged: str, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})  # that requests fail is no error of its own here
    page.goto(f"{damaged}/?a=a+fine+film&b=a+dull+film&level=memory")
    sentence = page.locator(".duel-sentence")
    expect(sentence).to_contain_text(f"{CARD} is not a card in JSON")
    expect(sentence).to_contain_text("python -m explorer train rnn")
    (folder / CARD).unlink()
    shutil.copy(ROOT / "pretrained" / CARD, folder)
    expect(sentence).not_to_contain_text(CARD, timeout=15_000)
    expect(page.get_by_role("textbox", name="Sentence A")).to_have_value("a fine film")
    page.close()
