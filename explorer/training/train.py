"""Train: all of `pretrained/` from public data and a seed."""

from __future__ import annotations

import pickle
import signal
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import torch
from tqdm import tqdm

from explorer.training import corpus as corpora
from explorer.training import evaluate, sources
from explorer.training.fit import TUNER, fit
from explorer.weights import Model, load_vectors, save, save_vectors

DATA = [source.card() for source in (sources.TREES, sources.IMDB, sources.WINK)]


def train(names: list[str], data: Path | None, folder: Path, seed: int, jobs: int) -> None:
    """Train the lanes named and write them into `folder`, with the vectors that they share.

    The tuner comes first, since it tunes the vectors; without it among the names, the vectors in `folder` serve.
    """
    torch.set_num_threads(1)  # more would not be faster at this size, and the same seed would not give the same weights
    print("Reading the data …", flush=True)
    corpus = corpora.build(data, seed)
    if TUNER in names:
        vectors = torch.from_numpy(corpus.vectors)
        lane, vectors, note = _fitted(TUNER, corpus, vectors, seed, position=0)
        card = {
            "title": "Word vectors shared by all lanes",
            "shape": list(vectors.shape),
            "tuned_rows": corpus.tuned,
            "tuned_with": TUNER,
            "seed": seed,
            "command": f"python -m explorer train --seed {seed}",
            "data": DATA,
        }
        save_vectors(corpus.vocabulary, vectors, card, folder)
        _finish(TUNER, lane, note, corpus, folder, seed)
    rest = [name for name in names if name != TUNER]
    if not rest:
        return
    with tempfile.TemporaryDirectory() as shelf, workers(jobs) as pool:
        kept = Path(shelf) / "corpus.pickle"
        kept.write_bytes(pickle.dumps(corpus))
        running = [pool.submit(_worker, name, kept, folder, seed, position) for position, name in enumerate(rest)]
        for done in as_completed(running):
            done.result()


def workers(count: int) -> ProcessPoolExecutor:
    """Processes that end without a word at Ctrl-C."""
    return ProcessPoolExecutor(
        count, get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL)
    )


def _worker(name: str, kept: Path, folder: Path, seed: int, position: int) -> None:
    torch.set_num_threads(1)
    corpus = pickle.loads(kept.read_bytes())
    _, vectors = load_vectors(folder)
    lane, _, note = _fitted(name, corpus, vectors, seed, position)
    _finish(name, lane, note, corpus, folder, seed)


def _fitted(name: str, corpus: corpora.Corpus, vectors: torch.Tensor, seed: int, position: int):
    began = time.monotonic()
    with tqdm(desc=f"{name:>8}", position=position, unit=" steps", mininterval=1) as bar:

        def progress(done: int, total: int, word: str) -> None:
            bar.total = total
            bar.set_postfix_str(word, refresh=False)
            bar.update(done - bar.n)

        lane, vectors, note = fit(name, corpus, vectors, seed, progress)
    return lane, vectors, note | {"minutes": round((time.monotonic() - began) / 60, 1)}


def _finish(name: str, lane, note: dict, corpus: corpora.Corpus, folder: Path, seed: int) -> None:
    """Write the lane, and then its card with the scores of what was written (half precision and all)."""
    card = {
        "name": name,
        "label": lane.label,
        "config": lane.config,
        "parameters": sum(tensor.numel() for tensor in lane.parameters()),
        "command": f"python -m explorer train --seed {seed}",
        "training": note,
        "data": DATA,
    }
    save(name, lane, card, folder)
    vocabulary, vectors = load_vectors(folder)
    half = lane.half().float()
    card["scores"] = evaluate.scores(Model(name, half, vocabulary, vectors, card), corpus.dev, corpus.held_out)
    save(name, half, card, folder)
