"""The public data in small: two sentences of the Treebank a split and four reviews, as the data sets keep theirs."""

from pathlib import Path

TREES = {"train": "(3 (2 Not) (1 bad))\n(1 (2 A) (1 (0 dull) (2 film)))\n", "dev": "(4 (4 Good) (2 .))\n(2 Film)\n"}
REVIEWS = {
    "train/pos/2_9": "fine<br />film",
    "train/neg/10_1": "très bad",
    "train/unsup/1_0": "?",
    "test/pos/1_8": "great",
}


def as_folder(folder: Path) -> None:
    for split, text in TREES.items():
        (folder / "trees").mkdir(exist_ok=True)
        (folder / "trees" / f"{split}.txt").write_text(text)
    for name, text in REVIEWS.items():
        path = folder / "aclImdb" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
