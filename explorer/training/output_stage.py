"""The last stage of a run: vectors, networks, other seeds, cards, and what the pages know of real texts."""

from __future__ import annotations

from typing import Any

from explorer.core.checkpoints import Model, models, save, save_seeds, save_vectors, write_card
from explorer.evaluation import baselines, scores
from explorer.training import approaches, states
from explorer.training.console import print_line, progress_bar
from explorer.training.corpus import Corpus
from explorer.training.network_stage import Trained, dev_texts, restored
from explorer.training.plans import TUNER
from explorer.training.run import Run
from explorer.training.seed_ranking import Entry, ranked, rule, spread
from explorer.training.two_units import write_two_units


def output_stage(run: Run, corpus: Corpus, table: dict[str, Any], trained: dict[tuple[str, int], Trained]) -> None:
    """Write all files of the output folder. Raises OSError."""
    if TUNER in run.names:
        save_vectors(corpus.vocabulary, table["vectors"].float(), vectors_card(run, corpus, table), run.output)
    shipped = [write_network(run, name, corpus, table, trained) for name in run.names]
    write_atlases(run, corpus, [model for model in shipped if model.network.recurrent])
    write_card(baseline_scores(dev_texts(corpus)), run.output / "baselines.json")
    if set(run.names) == set(models()):
        write_two_units(run.seeds[0], run.output)
        write_approaches(run, corpus, shipped)
    print_line(f"Written to {run.output}.")


def write_network(
    run: Run, name: str, corpus: Corpus, table: dict[str, Any], trained: dict[tuple[str, int], Trained]
) -> Model:
    """Write a network's best seed with its card, and the other seeds beside it; gives the model that is shipped."""
    entries = ranked(
        [
            {"seed": seed, **made.measured, "training": made.fitted["note"]}
            for (network, seed), made in trained.items()
            if network == name
        ]
    )
    networks = {entry["seed"]: restored(name, trained[name, entry["seed"]].fitted) for entry in entries}
    best, *others = networks
    model = Model(name, networks[best], corpus.vocabulary, table["vectors"].float(), {})
    save(name, model.network, card(run, model, entries), run.output)
    save_seeds(name, {seed: networks[seed] for seed in others}, run.output)
    print_line(f"{name}: seed {best} of {len(entries)} is shipped, dev {entries[0]['selection']:.4f}")
    return model


def write_atlases(run: Run, corpus: Corpus, recurrent: list[Model]) -> None:
    """What the states of the shipped recurrent networks do on the reviews held out."""
    reviews = [(f"held out {i}", text, label) for i, (text, label) in enumerate(corpus.held_out)]
    if recurrent and len(reviews) >= states.CONTEXTS:
        with progress_bar("states", " models") as progress:
            states.precompute_all(recurrent, reviews, run.output, run.seeds[0], run.command, progress)


def write_approaches(run: Run, corpus: Corpus, shipped: list[Model]) -> None:
    """What all approaches make of phrases at other places and of texts of all lengths."""
    if corpus.dev_phrases:
        ordered = sorted(shipped, key=lambda model: models().index(model.name))
        with progress_bar("approaches", " models") as progress:
            approaches.precompute(ordered, dev_texts(corpus), run.output, run.seeds[0], run.command, progress)


def baseline_scores(texts: scores.Texts) -> dict[str, dict[str, float]]:
    """The scores of the word lists on the same texts, of those that are installed."""
    by_name = {}
    for name in baselines.BASELINES:
        try:
            by_name[name] = scores.examine(baselines.load(name), texts).scores
        except baselines.BaselineError as error:
            print_line(f"{name} is left out of the table: {error}")
    return by_name


# --------------------------------------------------------------------------------------------------------- the cards


def vectors_card(run: Run, corpus: Corpus, table: dict[str, Any]) -> dict[str, Any]:
    """What is said of the table of vectors."""
    return {
        "title": "Word vectors shared by all models",
        "shape": list(table["vectors"].shape),
        "tuned_rows": corpus.tuned,
        "tuned_with": TUNER,
        "seed": run.seeds[0],
        "command": run.command,
        "training": table["note"],
        "data": run.cards,
    }


def card(run: Run, model: Model, entries: list[Entry]) -> dict[str, Any]:
    """What is said of a network. `entries`: one a seed, what `measure` gave with "seed" and "training", the shipped
    first."""
    shipped = {name: value for name, value in entries[0].items() if name not in {"seed", "selection"}}
    return {
        "name": model.name,
        "label": model.label,
        "config": model.network.config,
        "parameters": sum(tensor.numel() for tensor in model.network.parameters()),
        "command": run.command,
        "minutes": round(sum(entry["training"]["minutes"] for entry in entries), 1),
        "data": run.cards,
        **shipped,
        "chosen": rule(len(entries)),
        "seeds": [{name: entry[name] for name in ("seed", "selection", "training", "scores")} for entry in entries],
        "spread": spread([{"selection": entry["selection"], **entry["scores"]} for entry in entries]),
    }
