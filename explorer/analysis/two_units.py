"""Two units: a recurrent network small enough to compute by hand, with every product and sum of every step.

a^<t> = tanh(W x^<t> + U a^<t-1> + b), ŷ^<t> = σ(w·a^<t> + c): the RNN of `models` with H units, vectors of E numbers
and V words. Its weights have two decimals and lie in `pretrained/twin.json`; `explorer.training.two_units` makes them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from explorer.core.checkpoints import FOLDER, read_card, write_card
from explorer.core.repairs import fault

WORDS = ("good", "bad", "not", ",", "and", "the", "film", "it", "is", "very")
PARAMETERS = 33  # of the shipped network: two numbers a word, two units, and what leads from there to the answer
PAIRS = (  # the positive one first; the last four are pairs of the same words in two orders
    ("good", "bad"),
    ("not bad", "not good"),
    ("it is very good", "it is very bad"),
    ("the film is not very bad", "the film is not very good"),
    ("good , not bad", "bad , not good"),
    ("not bad , good", "not good , bad"),
    ("it is good and not bad", "it is bad and not good"),
    ("the film is good , not very bad", "the film is bad , not very good"),
)


@dataclass(frozen=True, eq=False)
class TwoUnits:
    """The weights: `embedding` (V, E), a row a word of WORDS; `W` (H, E); `U` (H, H); `b`, `w` (H,); `c` a number."""

    embedding: np.ndarray
    W: np.ndarray
    U: np.ndarray
    b: np.ndarray
    w: np.ndarray
    c: np.ndarray

    @property
    def parameters(self) -> int:
        """How many numbers that is, word vectors included."""
        return sum(values.size for values in self.as_dict().values())

    def as_dict(self) -> dict[str, np.ndarray]:
        """The weights by name."""
        return {field.name: np.asarray(getattr(self, field.name), float) for field in fields(self)}


WEIGHTS = tuple(field.name for field in fields(TwoUnits))


@dataclass(frozen=True, eq=False)
class Steps:
    """Every product and every sum of a phrase of T tokens.

    `total` = `from_word` and `from_state` summed over their last axis, + b; `hidden` = tanh(total);
    `logit` = the sum of `to_logit` + c; `belief` = σ(logit).
    """

    tokens: tuple[str, ...]
    x: np.ndarray  # (T, E)
    before: np.ndarray  # (T, H), a^<t-1>, the first zero
    from_word: np.ndarray  # (T, H, E), W[h, e] · x[e]
    from_state: np.ndarray  # (T, H, H), U[h, k] · a^<t-1>[k]
    total: np.ndarray  # (T, H)
    hidden: np.ndarray  # (T, H), −1…1
    to_logit: np.ndarray  # (T, H), w[h] · a^<t>[h]
    logit: np.ndarray  # (T,)
    belief: np.ndarray  # (T,), P(positive), 0…1


def run(network: TwoUnits, tokens: Sequence[str]) -> Steps:
    """Read tokens one by one. Raises ValueError for no tokens, and for one that is not among WORDS."""
    rows = _rows(tokens)
    x = network.embedding[rows]
    from_word = network.W * x[:, None, :]
    before, from_state, total = (
        np.zeros((len(rows), *shape)) for shape in (network.b.shape, network.U.shape, network.b.shape)
    )
    hidden = np.zeros_like(total)
    for t in range(len(rows)):
        before[t] = hidden[t - 1] if t else 0.0
        from_state[t] = network.U * before[t]
        total[t] = from_word[t].sum(1) + from_state[t].sum(1) + network.b
        hidden[t] = np.tanh(total[t])
    to_logit = network.w * hidden
    logit = to_logit.sum(1) + network.c
    belief = 1 / (1 + np.exp(-logit))
    return Steps(tuple(tokens), x, before, from_word, from_state, total, hidden, to_logit, logit, belief)


def _rows(tokens: Sequence[str]) -> list[int]:
    if not tokens:
        raise ValueError("There is nothing to read: the network needs a word.")
    strange = [token for token in tokens if token not in WORDS]
    if strange:
        raise ValueError(f"The network does not know {strange[0]!r}. It knows: {' '.join(WORDS)}")
    return [WORDS.index(token) for token in tokens]


def right(network: TwoUnits) -> dict[str, bool]:
    """Each text of PAIRS, and whether its P(positive) lies on the right side of one half; of moved weights too."""
    sides = {text: side for pair in PAIRS for text, side in zip(pair, (1, -1), strict=True)}
    return {text: bool(side * run(network, text.split()).logit[-1] > 0) for text, side in sides.items()}


# ----------------------------------------------------------------------------------------------------- to disk and back


def save_two_units(network: TwoUnits, card: dict[str, Any], folder: Path = FOLDER) -> None:
    """Write the weights and their card, one JSON file."""
    weights = {name: values.tolist() for name, values in network.as_dict().items()}
    write_card(card | {"words": WORDS, "weights": weights}, folder / "twin.json")


def load_two_units(folder: Path = FOLDER) -> TwoUnits:
    """The trained network. Raises WeightsError."""
    path = folder / "twin.json"
    card = read_card(path)
    try:
        network = TwoUnits(**{name: np.array(card["weights"][name], float) for name in WEIGHTS})
        units, size = len(network.b), network.embedding.shape[1]
    except (ValueError, IndexError) as error:  # lists of unequal lengths
        raise fault(path, f"does not hold the network's weights ({error})", "weights") from error
    shapes = ((len(WORDS), size), (units, size), (units, units), (units,), (units,), ())
    for (name, values), shape in zip(network.as_dict().items(), shapes, strict=True):
        if values.shape != shape or not units:
            raise fault(path, f"holds weights whose shapes do not fit: {values.shape}, not {shape}", f"weights.{name}")
        if values.ndim > 1 and not values.any():
            raise fault(path, "holds nothing but zeros", f"weights.{name}")
    return network


# ----------------------------------------------------------------------------------------------------- as a spreadsheet


def columns(network: TwoUnits) -> list[str]:
    """What each column of the table of steps is called, left to right, in the order in which one computes."""
    units, size = range(1, len(network.b) + 1), range(1, network.W.shape[1] + 1)
    sums = [
        [*(f"W{h}{e}·x{e}" for e in size), *(f"U{h}{k}·a{k}<t-1>" for k in units), f"b{h}", f"sum {h}", f"a{h}"]
        for h in units
    ]
    return [
        "t", "word", *(f"x{e}" for e in size), *(f"a{k}<t-1>" for k in units),
        *(name for part in sums for name in part),
        *(f"w{h}·a{h}" for h in units), "c", "log-odds", "P(positive)",
    ]  # fmt: skip


def workbook(network: TwoUnits, *phrases: Sequence[str]) -> bytes:
    """An .xlsx file: a sheet with the weights, and a sheet a phrase in which formulas compute every step from it.

    A weight or a word that is changed there changes all that follows from it. Values are computed by the program that
    opens it, at once. Raises ValueError for no phrase, and as `run` does.
    """
    from openpyxl import Workbook  # a quarter of a second that only a download needs

    if not phrases:
        raise ValueError("There is nothing to read: the network needs a phrase.")
    book = Workbook()
    book.calculation.fullCalcOnLoad = True
    place = _weights_sheet(book.active, network)
    for number, tokens in enumerate(phrases, 1):
        _rows(tokens)
        _steps_sheet(book.create_sheet(f"Phrase {number}"), network, tokens, place)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _weights_sheet(sheet: Any, network: TwoUnits) -> dict[str, str]:
    """Write all weights, the words' vectors first.

    Gives each weight's cell by its name in `columns`, and "words", "x1" … as ranges.
    """
    sheet.title = "Weights"
    size, units, last = network.embedding.shape[1], len(network.b), len(WORDS) + 1
    sheet.append(["word", *(f"x{e + 1}" for e in range(size))])
    for word, vector in zip(WORDS, network.embedding, strict=True):
        sheet.append([word, *map(float, vector)])
    place = {"words": f"Weights!$A$2:$A${last}"}
    place |= {f"x{e + 1}": f"Weights!{_letter(e + 2)}$2:{_letter(e + 2)}${last}" for e in range(size)}
    named = [(f"W{h + 1}{e + 1}", network.W[h, e]) for h, e in product(range(units), range(size))]
    named += [(f"U{h + 1}{k + 1}", network.U[h, k]) for h, k in product(range(units), range(units))]
    named += [(f"b{h + 1}", network.b[h]) for h in range(units)] + [(f"w{h + 1}", network.w[h]) for h in range(units)]
    name_at, value_at = size + 3, size + 4  # one empty column between
    for row, (name, value) in enumerate([*named, ("c", network.c)], 2):
        sheet.cell(row, name_at, name)
        sheet.cell(row, value_at, float(value))
        place[name] = f"Weights!${_letter(value_at)}${row}"
    sheet.cell(1, name_at, "weight")
    sheet.cell(1, value_at, "value")
    return place


def _steps_sheet(sheet: Any, network: TwoUnits, tokens: Sequence[str], place: dict[str, str]) -> None:
    """Write a row of formulas a step. Each column's formula is made from the names of the cells that it reads."""
    names = columns(network)
    column = {name: _letter(i) for i, name in enumerate(names, 1)}
    units, size = range(1, len(network.b) + 1), range(1, network.W.shape[1] + 1)
    sheet.append(names)
    for row, token in enumerate(tokens, 2):
        at = {name: f"{letter}{row}" for name, letter in column.items()}
        cells: dict[str, object] = {"t": row - 1, "word": token, "c": f"={place['c']}"}
        for e in size:
            cells[f"x{e}"] = f"=INDEX({place[f'x{e}']},MATCH({at['word']},{place['words']},0))"
        for h in units:
            cells[f"a{h}<t-1>"] = f"={column[f'a{h}']}{row - 1}" if row > 2 else 0
            inputs = [f"W{h}{e}·x{e}" for e in size] + [f"U{h}{k}·a{k}<t-1>" for k in units]
            for name in inputs:
                weight, value = name.split("·")
                cells[name] = f"={place[weight]}*{at[value]}"
            cells[f"b{h}"] = f"={place[f'b{h}']}"
            cells[f"sum {h}"] = "=" + "+".join(at[name] for name in (*inputs, f"b{h}"))
            cells[f"a{h}"] = f"=TANH({at[f'sum {h}']})"
            cells[f"w{h}·a{h}"] = f"={place[f'w{h}']}*{at[f'a{h}']}"
        cells["log-odds"] = "=" + "+".join(at[name] for name in (*(f"w{h}·a{h}" for h in units), "c"))
        cells["P(positive)"] = f"=1/(1+EXP(-{at['log-odds']}))"
        sheet.append([cells[name] for name in names])
    sheet.freeze_panes = "C2"


def _letter(number: int) -> str:
    """The name of a column of a spreadsheet: 1 is A, 27 is AA."""
    head, last = divmod(number - 1, 26)
    return (_letter(head) if head else "") + chr(ord("A") + last)
