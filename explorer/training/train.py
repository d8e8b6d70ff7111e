"""Train: all of `pretrained/` from public data and a seed, in stages of which none is done twice.

corpus (with the teacher's labels) → table of vectors, tuned by one lane → every lane from every seed → cards and files.
What is finished lies on the shelf, so a run that was broken off goes on where it was.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from explorer.behaviour import baselines as lists
from explorer.core.checkpoints import Model, load_vectors, models, save, save_seeds, save_vectors, write_card
from explorer.networks.base import Network
from explorer.networks.registry import build
from explorer.reading.vocabulary import SPECIAL, Vocabulary
from explorer.training import approaches, evaluate, ranks, sources, states, teacher
from explorer.training import corpus as corpora
from explorer.training.fit import CHOICE, PLANS, TUNER, fit, selection
from explorer.training.shelf import Shelf, digest, recipe
from explorer.training.steps import SAY_EVERY, Progress
from explorer.training.twin import write_twin

BUILT_BY = (
    "reading",
    *(f"training.{name}" for name in ("corpus", "edits", "everyday", "grammar", "kin", "sources", "teacher", "turns")),
)
FITTED_BY = ("networks", "training.batches", "training.descent", "training.fit", "training.rows", "training.steps")
MEASURED_BY = (
    "core.tracing", "analysis.measures", "training.evaluate",
    *(f"behaviour.{name}" for name in ("fairness", "invariance", "neutral", "orders", "phrases", "report", "taught")),
)  # fmt: skip
NEAR = 0.005  # half a point of accuracy on dev, less than its standard error
FAIR = 0.02  # share of verdicts that may change with the group of people named
HEAVY = ("lstm", "gru", "rnn", "concat", "per-word")  # the order in which jobs start: the longest first


@dataclass(frozen=True)
class Run:
    """What is to be trained. The first seed also draws the corpus and tunes the vectors."""

    names: list[str]
    data: Path | None
    output: Path
    seeds: tuple[int, ...] = (0, 1, 2)
    jobs: int = 2  # processes side by side
    work: Path | None = None  # None: in the user's cache
    fresh: bool = False
    teacher: bool = True

    @property
    def command(self) -> str:
        """The command that trains the same again, on a machine that has the data."""
        names = ["--all"] if set(self.names) == set(models()) else self.names
        teacher = [] if self.teacher else ["--no-teacher"]
        return " ".join(
            ["python -m explorer train", *names, f"--seed {self.seeds[0]} --seeds {len(self.seeds)}", *teacher]
        )

    @property
    def cards(self) -> list[dict[str, str]]:
        """The cards of the data sets that are read."""
        taught = [teacher.ENCODER] if self.teacher else []
        return [source.card() for source in (sources.TREES, sources.IMDB, sources.WINK, *taught)]


@dataclass(frozen=True)
class Job:
    """One lane from one seed. `corpus` and `table` are names on the shelf."""

    name: str
    seed: int
    shelf: Path
    corpus: str
    table: str

    @property
    def fitted(self) -> str:
        """The name on the shelf of the trained lane."""
        found = digest(self.corpus, self.table, asdict(PLANS[self.name]), self.seed, recipe(*FITTED_BY))
        return f"{self.name}-{found}"

    @property
    def measured(self) -> str:
        """The name on the shelf of its scores."""
        return f"scores-{digest(self.fitted, recipe(*MEASURED_BY))}"


def train(run: Run) -> None:
    """Train what is asked for and write it into the output folder. Raises DataError, OSError."""
    sources.check(run.data)
    with ranks.together():
        shelf = Shelf(run.work or work_folder())
        if run.fresh and ranks.rank() == 0:
            shelf.clear()
        ranks.shared(None)  # nobody looks before the shelf is clear
        corpus_name, corpus = read(run, shelf)
        torch.set_num_threads(1)  # more would not be faster at this size, and would not give the same weights
        table_name, table = tuned(run, shelf, corpus_name, corpus)
        order = sorted(run.names, key=HEAVY.index)
        jobs = [Job(name, seed, shelf.folder, corpus_name, table_name) for seed in run.seeds for name in order]
        mine = ranks.dealt(jobs)
        side_by_side([job for job in mine if job.measured not in shelf], run.jobs)
        found = ranks.gathered({(job.name, job.seed): (shelf.get(job.fitted), shelf.get(job.measured)) for job in mine})
        if ranks.rank() == 0:
            write(run, corpus, table, found)


def work_folder() -> Path:
    """Where stages are kept unless the user says otherwise."""
    import pooch

    return Path(pooch.os_cache(sources.CACHE)) / "work"


@contextmanager
def bar(title: str, unit: str = " steps", position: int = 0) -> Iterator[Progress]:
    """A progress bar; gives what is to be called with steps done, steps in all and a word."""
    with tqdm(desc=f"{title:>10}", position=position, unit=unit, mininterval=1, disable=ranks.rank() > 0) as shown:

        def progress(done: int, total: int, word: str) -> None:
            parent = parent_process()
            if parent is not None and not parent.is_alive():
                os._exit(1)  # the run was killed; two that work on the same would only be in each other's way
            if shown.total is None:
                shown.initial = max(0, done - SAY_EVERY)  # what an earlier run did is no speed of this one
            shown.total = total
            shown.set_postfix_str(word, refresh=False)
            shown.update(done - shown.n)

        yield progress


def say(line: str) -> None:
    """A line above the bars, once for all ranks."""
    if ranks.rank() == 0:
        tqdm.write(line, file=sys.stderr)


# ------------------------------------------------------------------------------------------------------- the corpus


def read(run: Run, shelf: Shelf) -> tuple[str, corpora.Corpus]:
    """The corpus and its name on the shelf, with the teacher's labels in it if there is a teacher."""
    data, seed = run.data and run.data.resolve(), run.seeds[0]
    name = f"corpus-{digest(str(data), seed, run.teacher, recipe(*BUILT_BY))}"
    packed = ranks.shared(shelf.get(name))
    if packed is None:
        say("Reading the data …")
        said = labels(run, shelf) if run.teacher else None
        packed = ranks.shared(pack(corpora.build(run.data, seed, said)) if ranks.rank() == 0 else None)
        if run.teacher:
            packed = pack(described(run, shelf, unpack(packed)))
        if ranks.rank() == 0:
            shelf.put(name, packed)
    if name not in shelf:  # a machine whose work folder is its own
        shelf.put(name, packed)
    return name, unpack(packed)


def pack(corpus: corpora.Corpus) -> dict:
    """A corpus as plain values by name; of its vocabulary the words."""
    return vars(corpus) | {"vocabulary": corpus.vocabulary.words[len(SPECIAL) :]}


def unpack(packed: dict) -> corpora.Corpus:
    """The corpus that `pack` made plain."""
    return corpora.Corpus(**packed | {"vocabulary": Vocabulary(packed["vocabulary"])})


def labels(run: Run, shelf: Shelf) -> np.ndarray:
    """What the teacher says of the texts that the corpus asks for: log-odds, (N,) float32."""
    teacher.libraries()
    texts = ranks.shared(corpora.texts_to_label(run.data, run.seeds[0]) if ranks.rank() == 0 else None)
    return ask(run, shelf, "labels", texts)


def described(run: Run, shelf: Shelf, corpus: corpora.Corpus) -> corpora.Corpus:
    """The corpus with what the teacher makes of each word of the vocabulary beside its vector."""
    return corpora.widened(corpus, ask(run, shelf, "words", list(corpus.vocabulary.words[len(SPECIAL) :])))


def ask(run: Run, shelf: Shelf, asked: str, texts: list[str]) -> np.ndarray:
    """What the teacher says of texts, a row each; all ranks share the work."""
    seed = run.seeds[0]
    epochs = ranks.shared(corpora.to_teach(run.data, seed) if ranks.rank() == 0 else None)
    torch.set_num_threads(ranks.threads())
    return teacher.ask(asked, epochs, texts, run.data, shelf, seed, bar)


# ------------------------------------------------------------------------------------------------------- the vectors


def tuned(run: Run, shelf: Shelf, corpus_name: str, corpus: corpora.Corpus) -> tuple[str, dict]:
    """The one table that all lanes read, as it is shipped: {"vectors": (V, E) half precision, "note"}, and its name.

    Without the tuner among the lanes to train, the vectors in the output folder serve. Raises DataError if they are of
    other words than the corpus.
    """
    if TUNER not in run.names:
        return given(run, shelf, corpus)
    seed = run.seeds[0]
    name = f"table-{digest(corpus_name, asdict(PLANS[TUNER]), seed, recipe(*FITTED_BY))}"
    table = ranks.shared(shelf.get(name))
    if table is None:
        state, first = ranks.shared(shelf.get(f"{name}.checkpoint")), torch.from_numpy(corpus.vectors)
        with bar("vectors") as told:
            _, vectors, note = fit(
                TUNER,
                corpus,
                first,
                seed,
                told,
                tune=True,
                state=state,
                keep=lambda s: shelf.put(f"{name}.checkpoint", s),
            )
        table = ranks.shared({"vectors": vectors.half(), "note": note})
        say(f"vectors: tuned by the {TUNER} in {note['minutes']} minutes, dev {note['selection']:.4f}")
    if name not in shelf:
        shelf.put(name, table)
    shelf.drop(f"{name}.checkpoint")
    return name, table


def given(run: Run, shelf: Shelf, corpus: corpora.Corpus) -> tuple[str, dict]:
    """The vectors that lie in the output folder."""
    vocabulary, vectors = load_vectors(run.output)
    if vocabulary.words != corpus.vocabulary.words:
        raise sources.DataError(
            f"The word vectors in {run.output} are of other words than this corpus. Train {TUNER} too, it makes them anew."
        )
    name = f"table-{hashlib.sha256(vectors.numpy().tobytes()).hexdigest()[:16]}"
    return name, shelf.once(name, lambda: {"vectors": vectors.half(), "note": {}})


# --------------------------------------------------------------------------------------------------------- the lanes


def side_by_side(jobs: list[Job], count: int) -> None:
    """Do jobs, `count` at a time, each in a process of its own. Raises ChildProcessError if one fails."""
    context, waiting, free = get_context("spawn"), list(jobs), list(range(count))
    running: dict = {}
    try:
        while waiting or running:
            while waiting and free:
                job, slot = waiting.pop(0), free.pop(0)
                process = context.Process(target=alone, args=(job, ranks.rank() * count + slot), daemon=True)
                process.start()
                running[process] = job, slot
            connection.wait([process.sentinel for process in running])
            for process in [process for process in running if not process.is_alive()]:
                job, slot = running.pop(process)
                if process.exitcode:
                    raise ChildProcessError(
                        f"{job.name} from seed {job.seed} was stopped (status {process.exitcode}). "
                        "The same command goes on where it was"
                    )
                free.append(slot)
    finally:
        for process in running:
            process.terminate()
            process.join()


def alone(job: Job, position: int) -> None:
    """Do a job in a process that is there for nothing else."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # end without a word at Ctrl-C
    torch.set_num_threads(1)
    do(job, position)


def do(job: Job, position: int) -> None:
    """Train one lane from one seed and measure it; all that is needed and made is on the shelf."""
    shelf = Shelf(job.shelf)
    corpus, vectors = unpack(shelf.get(job.corpus)), shelf.get(job.table)["vectors"].float()
    fitted = shelf.once(job.fitted, lambda: learn(job, corpus, vectors, shelf, position))
    shelf.drop(f"{job.fitted}.checkpoint")
    model = Model(job.name, restored(job.name, fitted), corpus.vocabulary, vectors, {})
    measured = shelf.once(job.measured, lambda: measure(model, corpus))
    note = fitted["note"]
    tqdm.write(
        f"{job.name}, seed {job.seed}: {note['steps']:,} steps in {note['minutes']} minutes, kept {note['kept_at_step']:,}, "
        f"dev {measured['selection']:.4f}",
        file=sys.stderr,
    )


def learn(job: Job, corpus: corpora.Corpus, vectors: Tensor, shelf: Shelf, position: int) -> dict:
    """A lane as it is shipped, in half precision, from a checkpoint where there is one."""
    name = f"{job.fitted}.checkpoint"
    with bar(f"{job.name} {job.seed}", position=position) as told:
        lane, _, note = fit(
            job.name, corpus, vectors, job.seed, told, state=shelf.get(name), keep=lambda state: shelf.put(name, state)
        )
    half = {key: tensor.half() for key, tensor in lane.state_dict().items()}
    return {"config": lane.config, "weights": half, "note": note}


def restored(name: str, fitted: dict) -> Network:
    """A lane from the shelf, with the very numbers that are shipped."""
    lane = build(name, **fitted["config"])
    lane.load_state_dict({key: tensor.float() for key, tensor in fitted["weights"].items()})
    return lane.eval().requires_grad_(False)


def measure(model: Model, corpus: corpora.Corpus) -> dict:
    """What decides which seed is shipped, and all that a card says of a model's behaviour."""
    return {
        "selection": selection(corpus, model),
        **evaluate.examine(model, dev_texts(corpus)).for_card(),
    }


def dev_texts(corpus: corpora.Corpus) -> evaluate.Texts:
    """The texts that models are measured on."""
    return evaluate.Texts(corpus.dev, corpus.held_out, corpus.dev_phrases)


# --------------------------------------------------------------------------------------------------------- the files


def write(run: Run, corpus: corpora.Corpus, table: dict, found: dict[tuple[str, int], tuple[dict, dict]]) -> None:
    """All files of the output folder: vectors, lanes, other seeds, cards."""
    vectors, lanes = table["vectors"].float(), []
    if TUNER in run.names:
        save_vectors(corpus.vocabulary, vectors, vectors_card(run, corpus, table), run.output)
    for name in run.names:
        entries = [
            {"seed": seed, **measured, "training": fitted["note"]}
            for (lane, seed), (fitted, measured) in found.items()
            if lane == name
        ]
        entries = ranked(entries)
        made = {one["seed"]: restored(name, found[name, one["seed"]][0]) for one in entries}
        shipped, *others = made
        model = Model(name, made[shipped], corpus.vocabulary, vectors, {})
        save(name, model.network, card(run, model, entries), run.output)
        lanes.append(model)
        save_seeds(name, {seed: made[seed] for seed in others}, run.output)
        say(f"{name}: seed {shipped} of {len(entries)} is shipped, dev {entries[0]['selection']:.4f}")
    atlases(run, corpus, [model for model in lanes if model.network.recurrent])
    write_card(baselines(dev_texts(corpus)), run.output / "baselines.json")
    if set(run.names) == set(models()):
        write_twin(run.seeds[0], run.output)
        compared(run, corpus, lanes)
    say(f"Written to {run.output}.")


def ranked(entries: list[dict]) -> list[dict]:
    """What was found of each seed, the one that is shipped first.

    A difference of NEAR in accuracy is noise: of the seeds within it of the best, those whose verdicts change in more than
    FAIR of cases when another group of people is named stand behind those that change less often.
    """
    best = max(one["selection"] for one in entries)

    def place(one: dict) -> tuple:
        near = one["selection"] >= best - NEAR
        return not near, max(one["scores"]["fairness_verdict"], FAIR) if near else 0, -one["selection"], one["seed"]

    return sorted(entries, key=place)


def atlases(run: Run, corpus: corpora.Corpus, recurrent: list[Model]) -> None:
    """What the states of the shipped recurrent lanes do on the reviews held out."""
    reviews = [(f"held out {i}", text, label) for i, (text, label) in enumerate(corpus.held_out)]
    if recurrent and len(reviews) >= states.CONTEXTS:
        with bar("states", " lanes") as told:
            states.precompute_all(recurrent, reviews, run.output, run.seeds[0], run.command, told)


def compared(run: Run, corpus: corpora.Corpus, lanes: list[Model]) -> None:
    """What the five approaches make of phrases at other places and of texts of all lengths."""
    if corpus.dev_phrases:
        with bar("approaches", " lanes") as told:
            ordered = sorted(lanes, key=lambda model: models().index(model.name))
            approaches.precompute(ordered, dev_texts(corpus), run.output, run.seeds[0], run.command, told)


def vectors_card(run: Run, corpus: corpora.Corpus, table: dict) -> dict:
    """What is said of the table of vectors."""
    return {
        "title": "Word vectors shared by all lanes",
        "shape": list(table["vectors"].shape),
        "tuned_rows": corpus.tuned,
        "tuned_with": TUNER,
        "seed": run.seeds[0],
        "command": run.command,
        "training": table["note"],
        "data": run.cards,
    }


def baselines(texts: evaluate.Texts) -> dict[str, dict[str, float]]:
    """The scores of the word lists on the same texts, of those that are installed."""
    found = {}
    for name in lists.BASELINES:
        try:
            found[name] = evaluate.examine(lists.load(name), texts).scores
        except lists.BaselineError as error:
            say(f"{name} is left out of the table: {error}")
    return found


def card(run: Run, model: Model, seeds: list[dict]) -> dict:
    """What is said of a lane. `seeds` has an entry a seed, what `measure` found with "seed" and "training", the shipped first."""
    shipped = {name: value for name, value in seeds[0].items() if name not in {"seed", "selection"}}
    return {
        "name": model.name,
        "label": model.label,
        "config": model.network.config,
        "parameters": sum(tensor.numel() for tensor in model.network.parameters()),
        "command": run.command,
        "minutes": round(sum(one["training"]["minutes"] for one in seeds), 1),
        "data": run.cards,
        **shipped,
        "chosen": f"of {len(seeds)} seeds the best by {CHOICE}; of those within half a point of it, one whose verdicts change with "
        f"the group of people named in more than {100 * FAIR:g} % of cases gives way to one that changes less often",
        "seeds": [{name: one[name] for name in ("seed", "selection", "training", "scores")} for one in seeds],
        "spread": spread([{"selection": one["selection"], **one["scores"]} for one in seeds]),
    }


def spread(found: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Mean, lowest and highest value of each measure over the seeds."""
    return {
        measure: {
            "mean": float(np.mean([one[measure] for one in found])),
            "low": min(one[measure] for one in found),
            "high": max(one[measure] for one in found),
        }
        for measure in found[0]
    }
