"""The teacher: a sentence encoder, to be fine-tuned on sentiment, which gives pseudo-labels to texts that nobody
annotated.

It is needed only while the models are trained and is not shipped. The recipe: MPNet (Song et al. 2020) as published in
sentence-transformers, its lower layers frozen, taught the Treebank's soft grades; what it then says of a text, as
log-odds, is a target for the small models ("distillation", Hinton et al. 2015).
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor, nn

from explorer.evaluation.datasets import CACHE, DataError, Source

ENCODER = Source(
    "all-mpnet-base-v2 (sentence-transformers), MPNet base (Song et al. 2020) tuned on sentence pairs; "
    "the teacher's start",
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
NEEDS = "pip install '.[training]'"
FROZEN = 4  # layers that stay as they are, counted from the embeddings, which stay too
LENGTH = 64  # pieces of words read of a text


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


def libraries() -> tuple[ModuleType, ModuleType]:
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
        self.tokenizer.enable_truncation(LENGTH)
        self.body = transformers.AutoModel.from_pretrained(encoder, add_pooling_layer=False)
        width, dropout = self.body.config.hidden_size, self.body.config.hidden_dropout_prob
        self.head = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Dropout(dropout), nn.Linear(width, 1))
        for frozen in (self.body.embeddings, *self.body.encoder.layer[:FROZEN]):
            frozen.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The mean of the last layer: pieces of words (B, T) and which of them count (B, T) to (B, H)."""
        hidden: Tensor = self.body(input_ids=ids, attention_mask=mask).last_hidden_state  # (B, T, H)
        return (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)

    def pieces(self, texts: list[str]) -> list[list[int]]:
        """Each text as pieces of words."""
        return [encoding.ids for encoding in self.tokenizer.encode_batch([spelled(text) for text in texts])]

    def read(self, pieces: list[list[int]]) -> Tensor:
        """Log-odds of texts given as pieces, (B,) float32."""
        with half():
            log_odds: Tensor = self.head(self(*_padded(pieces, self.body.config.pad_token_id)))
        return log_odds.squeeze(-1).float()

    def finished(self) -> Teacher:
        """The teacher to be asked and no longer taught: where half precision is used, the encoder is kept in it, which
        saves a copy for each batch."""
        if has_half():
            self.body.to(torch.bfloat16)
        return self

    def describe(self, pieces: list[list[int]]) -> Tensor:
        """What the head gets of texts given as pieces, (B, H) half precision: texts that mean the like lie near each
        other."""
        with half():
            means: Tensor = self(*_padded(pieces, self.body.config.pad_token_id))
        return means.half()


def _padded(pieces: list[list[int]], padding: int) -> tuple[Tensor, Tensor]:
    """Pieces of B texts as one table, (B, T), and which of them count, (B, T)."""
    ids = torch.full((len(pieces), max(map(len, pieces))), padding)
    mask = torch.zeros(ids.shape)
    for i, text in enumerate(pieces):
        ids[i, : len(text)] = torch.tensor(text)
        mask[i, : len(text)] = 1
    return ids, mask
