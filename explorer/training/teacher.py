"""The teacher: a sentence encoder fine-tuned on sentiment, which labels texts that no annotator did.

It is needed only while the lanes are trained and is not shipped. The recipe: MPNet (Song et al. 2020) as published in
sentence-transformers, its lower layers frozen, taught the Treebank's soft grades; what it then says of a text, as
log-odds, is a target for the small lanes ("distillation", Hinton et al. 2015).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.training import ranks
from explorer.training.descent import Descent
from explorer.training.shelf import Shelf, digest
from explorer.training.sources import CACHE, DataError, Source
from explorer.training.steps import EPOCH, START, STEP, Progress, chance

ENCODER = Source(
    "all-mpnet-base-v2 (sentence-transformers), MPNet base (Song et al. 2020) tuned on sentence pairs; the teacher's start",
    "https://huggingface.co/sentence-transformers/all-mpnet-base-v2",
    "sha256:78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "Apache-2.0",
    ("all-mpnet-base-v2",),
)
FILES = {
    "model.safetensors": ENCODER.hash,
    "config.json": "sha256:d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0",
    "tokenizer.json": "sha256:b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
}
NEEDS = "pip install -r explorer/training/requirements.txt"


@dataclass(frozen=True)
class Recipe:
    """How the teacher is taught."""

    frozen: int = 4  # layers that stay as they are, counted from the embeddings, which stay too
    batch: int = 64
    rate: float = 4e-5
    head_rate: float = 3e-4
    warm_up: int = 80  # steps
    clip: float = 1.0
    length: int = 64  # pieces of words read of a text


RECIPE = Recipe()
WINDOW = 40  # batches among which texts are sorted by length
AT_ONCE, SHARD = 2_048, 2_048  # pieces of words read at once; texts kept at once


# -------------------------------------------------------------------------------------------------------- the encoder


def find(data: Path | None) -> Path:
    """The folder of the encoder: in the data folder, or downloaded once, its checksums verified. Raises DataError."""
    folder = data / ENCODER.files[0] if data is not None else None
    if folder is None or not folder.is_dir():
        return download()
    for name, known in FILES.items():
        if not (folder / name).is_file():
            raise DataError(f"{folder} has no {name}. It is in {ENCODER.url}.")
        with (folder / name).open("rb") as file:
            if f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}" != known:
                raise DataError(f"{folder / name} is not the known one. Get it again from {ENCODER.url}.")
    return folder


def download() -> Path:
    """Fetch the encoder's files into the user's cache. Raises DataError."""
    import pooch

    folder = Path(pooch.os_cache(CACHE)) / ENCODER.files[0]
    try:
        for name, known in FILES.items():
            pooch.retrieve(f"{ENCODER.url}/resolve/main/{name}", known, fname=name, path=folder, progressbar=True)
    except (OSError, ValueError) as error:
        raise DataError(
            f"{ENCODER.title} could not be fetched from {ENCODER.url} ({error}). Put a folder {ENCODER.files[0]} with "
            f"{', '.join(FILES)} into your data folder and name it with --data, or train with --no-teacher."
        ) from error
    return folder


def libraries() -> tuple[Any, Any]:
    """The modules transformers and tokenizers, which only the teacher needs. Raises DataError."""
    try:
        import tokenizers
        import transformers
    except ImportError as error:
        raise DataError(
            f"The teacher needs {error.name}: {NEEDS}; or train without a teacher: --no-teacher."
        ) from error
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers, tokenizers


def has_half() -> bool:
    """Whether the processor has half precision; else it would be imitated, six times slower than single precision."""
    return torch.backends.cpu.get_cpu_capability() == "AVX512"


def half() -> torch.autocast:
    """Half precision where the processor has it."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_half())


def spelled(text: str) -> str:
    """Tokens joined by spaces as people write them, for that is what the encoder has read.

    >>> spelled("it is n't bad , ( at all )")
    "it isn't bad, (at all)"
    """
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|[.,!?;:%)])(?!\w)", r"\1", text)
    return text.replace("( ", "(")


class Teacher(nn.Module):
    """The encoder with a small head: the mean of its last layer to the log-odds of "positive"."""

    def __init__(self, encoder: Path):
        super().__init__()
        transformers, tokenizers = libraries()
        self.tokenizer = tokenizers.Tokenizer.from_file(str(encoder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(RECIPE.length)
        self.body = transformers.AutoModel.from_pretrained(encoder, add_pooling_layer=False)
        width, dropout = self.body.config.hidden_size, self.body.config.hidden_dropout_prob
        self.head = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Dropout(dropout), nn.Linear(width, 1))
        for frozen in (self.body.embeddings, *self.body.encoder.layer[: RECIPE.frozen]):
            frozen.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The mean of the last layer: pieces of words (B, T) and which of them count (B, T) to (B, H)."""
        hidden = self.body(input_ids=ids, attention_mask=mask).last_hidden_state  # (B, T, H)
        return (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)

    def pieces(self, texts: list[str]) -> list[list[int]]:
        """Each text as pieces of words."""
        return [found.ids for found in self.tokenizer.encode_batch([spelled(text) for text in texts])]

    def read(self, pieces: list[list[int]]) -> Tensor:
        """Log-odds of texts given as pieces, (B,) float32."""
        with half():
            return self.head(self(*_padded(pieces, self.body.config.pad_token_id))).squeeze(-1).float()

    def at_rest(self) -> Teacher:
        """The teacher to be asked and no longer taught: where half precision is used, the encoder is kept in it, which saves
        a copy for each batch."""
        if has_half():
            self.body.to(torch.bfloat16)
        return self

    def describe(self, pieces: list[list[int]]) -> Tensor:
        """What the head gets of texts given as pieces, (B, H) half precision: texts that mean the like lie near each other."""
        with half():
            return self(*_padded(pieces, self.body.config.pad_token_id)).half()


def _padded(pieces: list[list[int]], padding: int) -> tuple[Tensor, Tensor]:
    """Pieces of B texts as one table, (B, T), and which of them count, (B, T)."""
    ids = torch.full((len(pieces), max(map(len, pieces))), padding)
    mask = torch.zeros(ids.shape)
    for i, one in enumerate(pieces):
        ids[i, : len(one)] = torch.tensor(one)
        mask[i, : len(one)] = 1
    return ids, mask


# ------------------------------------------------------------------------------------------------------- fine-tuning

Lesson = tuple[list[int], float]  # pieces of a text, P(positive)


def lessons(examples: list[Lesson], draw: np.random.Generator) -> list[list[Lesson]]:
    """An epoch's batches, of texts of like length, in random order."""
    order, window = draw.permutation(len(examples)), RECIPE.batch * WINDOW
    cut = []
    for start in range(0, len(order), window):
        near = sorted(order[start : start + window], key=lambda i: len(examples[i][0]))
        cut += [near[k : k + RECIPE.batch] for k in range(0, len(near), RECIPE.batch)]
    return [[examples[i] for i in cut[k]] for k in draw.permutation(len(cut))]


class FineTuning(Descent):
    """The teacher being taught. Under torchrun each rank reads its part of a batch."""

    keep_every = 180.0  # a checkpoint is most of a gigabyte

    def __init__(self, epochs: list[list[tuple[str, float]]], encoder: Path, seed: int):
        torch.manual_seed(chance(seed, START))
        self.teacher, self.seed = Teacher(encoder), seed
        self.batches: list[list[Lesson]] = []
        for number, epoch in enumerate(epochs):
            examples = list(zip(self.teacher.pieces([text for text, _ in epoch]), [target for _, target in epoch]))
            self.batches += lessons(examples, np.random.default_rng(chance(seed, EPOCH, number)))
        body = [tensor for tensor in self.teacher.body.parameters() if tensor.requires_grad]
        head = list(self.teacher.head.parameters())
        groups = [{"params": body, "rate": RECIPE.rate}, {"params": head, "rate": RECIPE.head_rate}]
        super().__init__(groups, len(self.batches), set(), RECIPE.warm_up, RECIPE.clip)

    def backward(self) -> None:
        batch = self.batches[self.step]
        torch.default_generator.manual_seed(chance(self.seed, STEP, self.step, ranks.rank()))
        self.teacher.train()
        mine = batch[ranks.part(len(batch))]
        if mine:
            target = torch.tensor([target for _, target in mine])
            logits = self.teacher.read([pieces for pieces, _ in mine])
            total = F.binary_cross_entropy_with_logits(logits, target, reduction="sum")
            (total / len(batch)).backward()
            self.loss = total.item() / len(mine)
        ranks.add_gradients(self.tensors)


def key(epochs: list[list[tuple[str, float]]], seed: int) -> str:
    """Stands for all that a teacher depends on."""
    return digest(ENCODER.hash, RECIPE, WINDOW, epochs, seed)


def fine_tune(
    epochs: list[list[tuple[str, float]]], encoder: Path, shelf: Shelf, seed: int, progress: Progress
) -> Teacher:
    """A teacher taught `epochs`, texts with P(positive), one after the other; from the shelf, as far as it is there."""
    name = f"teacher-{key(epochs, seed)}"
    course = FineTuning(epochs, encoder, seed)
    finished = ranks.shared(shelf.get(name))
    if finished is not None:
        course.take(finished)
        return course.teacher.eval()
    state = ranks.shared(shelf.get(f"{name}.checkpoint"))
    if state is not None:
        course.load_state_dict(state)
    course.run(progress, lambda state: shelf.put(f"{name}.checkpoint", state))
    if ranks.rank() == 0:
        shelf.put(name, course.state_dict()["tensors"])
        shelf.drop(f"{name}.checkpoint")
    return course.teacher.eval()


# ----------------------------------------------------------------------------------------------- what is asked of it

ASKED: dict[str, Callable[[Teacher, list[list[int]]], Tensor]] = {"labels": Teacher.read, "words": Teacher.describe}


@torch.no_grad()
def answered(asked: str, texts: list[str], teacher: Teacher, shelf: Shelf, name: str, progress: Progress) -> np.ndarray:
    """What ASKED gives of each text, (N, ...), in shards that the ranks share; shards on the shelf are not read again."""
    pieces = teacher.pieces(texts)
    order = np.argsort([len(one) for one in pieces], kind="stable")
    shards = [order[start : start + SHARD] for start in range(0, len(order), SHARD)]
    mine = ranks.dealt(range(len(shards)))
    found: dict[int, np.ndarray] = {}
    for number in mine:
        known = shelf.get(f"{name}.{number}")
        if known is None:
            known = _read(asked, [pieces[i] for i in shards[number]], teacher)
            shelf.put(f"{name}.{number}", known)
        found[number] = known
        progress(len(found), len(mine), "")
    every = ranks.gathered(found)
    first = next(iter(every.values()))
    result = np.zeros((len(texts), *first.shape[1:]), first.dtype)
    for number, said in every.items():
        result[shards[number]] = said
    return result


def _read(asked: str, pieces: list[list[int]], teacher: Teacher) -> np.ndarray:
    count = max(1, AT_ONCE // max(map(len, pieces)))
    parts = [ASKED[asked](teacher, pieces[k : k + count]) for k in range(0, len(pieces), count)]
    return torch.cat(parts).numpy()


def ask(
    asked: str,
    epochs: list[list[tuple[str, float]]],
    texts: list[str],
    data: Path | None,
    shelf: Shelf,
    seed: int,
    progress: Any,
) -> np.ndarray:
    """What a teacher of `epochs` says of texts: their "labels", log-odds (N,) float32, or of "words" what they mean, (N, H).

    `progress` makes a Progress for a title. Each stage is kept on the shelf; with the answers there, nothing is loaded.
    Raises DataError.
    """
    name = f"{asked}-{digest(key(epochs, seed), texts)}"
    known = ranks.shared(shelf.get(name))
    if known is not None:
        return known
    libraries()
    encoder = find(data)
    with progress("teacher", " steps") as told:
        teacher = fine_tune(epochs, encoder, shelf, seed, told).at_rest()
    with progress(asked, " shards") as told:
        found = answered(asked, texts, teacher, shelf, name, told)
    if ranks.rank() == 0:
        shelf.put(name, found)
    ranks.shared(None)  # only with the whole on the shelf its shards may go
    for number in range(-(-len(texts) // SHARD)):
        shelf.drop(f"{name}.{number}")
    return found
