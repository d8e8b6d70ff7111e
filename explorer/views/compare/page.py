"""Compare: type two phrases, see why word order matters."""

from __future__ import annotations

import random

import numpy as np
import streamlit as st

from explorer import board as stage
from explorer.analysis import measures
from explorer.analysis.measures import verdict
from explorer.board import events
from explorer.core.checkpoints import Model, WeightsError, load, load_seed, seeds, trained_words
from explorer.core.tracing import Trace, predict, trace
from explorer.evaluation.sentence_kinds import kind as kind_of
from explorer.networks.registry import AVERAGE, CONCATENATION, names, network, recurrent_names
from explorer.reading.reading import Reading, readable
from explorer.reading.tokenizer import is_word
from explorer.views.shared import charts, navigation, phrase, settings, visit, wording
from explorer.views.shared.examples import EXAMPLES, expected, undecided
from explorer.views.shared.settings import MODEL, MOST_STEPS, OTHER_PHRASE, PHRASE
from explorer.views.shared.units import FIRST, SORTED

PAGE = "compare"
SHOW, SORT = settings.SHOW[PAGE], settings.SORT[PAGE]


def warm() -> None:
    """Load every lane and read a phrase with it."""
    try:
        for lane in recurrent_names():
            board(EXAMPLES[0].a, EXAMPLES[0].b, lane, FIRST, "weight")
    except WeightsError:
        pass  # the page says so, to whoever opens it


def page() -> None:
    """The page: a question, the controls, and the stage that answers."""
    visit.arrive(PAGE)
    st.title("Does word order matter?")
    st.markdown(
        "Type two phrases. A **recurrent network** reads them word by word and remembers; the **per-word average** looks at "
        "each word alone and cannot know the order. Watch what each believes, P(positive), after every word."
    )
    controls_and_stage()


@st.fragment
def controls_and_stage() -> None:
    """All that changes as one types; a fragment, so that the rest of the page is not run again."""
    a, b, lane, show, sort = controls()
    try:
        data = board(a, b, lane, show, sort)
    except WeightsError as error:
        st.error("The trained models cannot be used. Your phrases are kept; reload the page once this is mended.")
        st.text(str(error))
        return
    asked = stage.mount(data | {"typed": [a, b]} | visit.address(PAGE), key="stage")
    if (card := events.card(asked, names())) is not None:
        navigation.go(PAGE, "cards", model=card)
    if (inner := events.look_inside(asked, recurrent_names())) is not None:
        navigation.go(PAGE, "inside", phrase=a, model=inner)


def controls() -> tuple[str, str, str, str, str]:
    """The controls above the stage; gives the phrases, the model, what the heatmaps show and how units are sorted."""
    typed = [
        visit.control(PAGE, setting, column.text_input, label, live="100ms", placeholder="Type or paste a review")
        for column, setting, label in zip(st.columns(2), (PHRASE, OTHER_PHRASE), ("Phrase A", "Phrase B"))
    ]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        named = next((example.name for example in EXAMPLES if [example.a, example.b] == typed), None)
        examples = [example.name for example in EXAMPLES]
        visit.examples(PAGE, st.selectbox, "Example", examples, named, take_example, "Choose a pair")
        model = phrase.model_control(PAGE)
        titles = network(model).titles()
        show = visit.control(
            PAGE, SHOW, st.selectbox, "Heatmaps show", options=list(titles), format_func=titles.__getitem__
        )
        orders = settings.sorts(PAGE)
        sort = visit.control(PAGE, SORT, st.selectbox, "Units sorted by", options=list(orders), format_func=orders.get)
        st.button("Swap A and B", on_click=swap)
        st.button("Shuffle B", on_click=shuffle, help="The words of B in another order: the average stays the same.")
    return typed[0], typed[1], model, show, sort


def take_example(name: str) -> None:
    """Put an example into both boxes."""
    example = next(example for example in EXAMPLES if example.name == name)
    visit.put(PAGE, PHRASE, example.a)
    visit.put(PAGE, OTHER_PHRASE, example.b)


def swap() -> None:
    """Exchange the phrases."""
    a, b = visit.value(PAGE, PHRASE), visit.value(PAGE, OTHER_PHRASE)
    with visit.undoable(PAGE):
        visit.put(PAGE, PHRASE, b)
        visit.put(PAGE, OTHER_PHRASE, a)


def shuffle() -> None:
    """Another order of B's words, if there is one."""
    words = visit.value(PAGE, OTHER_PHRASE).split()
    for _ in range(20):
        other = random.sample(words, len(words))
        if other != words:
            with visit.undoable(PAGE):
                visit.put(PAGE, OTHER_PHRASE, " ".join(other))
            return


# ------------------------------------------------------------------------------------------- what the stage is to show


def board(a: str, b: str, lane: str, show: str, sort: str) -> dict:
    """Everything that the stage draws for two texts. Raises WeightsError."""
    models = {name: load(name) for name in names()}
    vocabulary = models[lane].vocabulary
    readings = [readable(text, vocabulary, MOST_STEPS) for text in (a, b)]
    silent = [phrase for phrase, reading in zip("AB", readings) if reading is None or not reading.words]
    if silent:
        return blank(silent, readings)
    first, second = (trace(models[lane], reading) for reading in readings)
    averages = trace(models[AVERAGE], readings[0]), trace(models[AVERAGE], readings[1])
    read = {lane: (first, second), AVERAGE: averages}
    answers = {name: answer(model, readings, read.get(name)) for name, model in models.items()}
    label, length = models[lane].label, models[CONCATENATION].network.length
    band = all_seeds(lane, (first, second))
    known = [*notes((first, second), length), *reliabilities(models[lane], (first, second))]
    return {
        "palette": charts.PALETTE,
        "summary": wording.lesson((first, second), averages, label),
        "notes": known,
        "verdicts": [
            verdict_row(models[name], answers[name], expected(a, b), name == lane) | {"inside": inside(name, a)}
            for name in models
        ],
        "phrases": [phrase_row(p, one, length) for p, one in zip("AB", (first, second))],
        "steps": max(len(first), len(second)),
        "charts": panels(models[lane], first, second, averages, band, show, sort),
    }


def answer(model: Model, readings: list[Reading], traces: tuple[Trace, Trace] | None) -> tuple[float, float]:
    """P(positive) of both texts, from the traces if there are any; each text by itself, so that equal ones agree to the bit."""
    if traces:
        return traces[0].probability, traces[1].probability
    a, b = (float(predict(model, [reading])[0]) for reading in readings)
    return a, b


def all_seeds(lane: str, shown: tuple[Trace, Trace]) -> tuple[np.ndarray, np.ndarray] | None:
    """The beliefs of all seeds of a lane at every step of both phrases, (S, T_a) and (S, T_b), the shipped seed first.

    None where fewer than three seeds are kept, or where one of them cannot be used: the page does without the band.
    """
    try:
        others = [load_seed(lane, seed) for seed in seeds(lane)[1:]]
    except WeightsError:
        return None
    if len(others) < 2:
        return None
    a, b = (np.stack([one.belief, *(trace(model, one.reading).belief for model in others)]) for one in shown)
    return a, b


def reliabilities(model: Model, read: tuple[Trace, Trace]) -> list[str]:
    """How often the chosen lane was right on sentences of the kinds that were typed, where that was measured; of strange words, nothing."""
    measured = {kind: found for kind, found in model.card.get("kinds", {}).items() if found["count"]}
    typed = [kind if (kind := kind_of(one.text)) in measured and understood(one) else None for one in read]
    typed = [None if undecided(one.text) else kind for one, kind in zip(read, typed)]
    asked = {"A and B": typed[0]} if typed[0] == typed[1] else dict(zip("AB", typed))
    return [wording.reliability(phrase, kind, measured[kind], model.label) for phrase, kind in asked.items() if kind]


def understood(one: Trace) -> bool:
    """Whether nearly all of a text was typed in words that training read, and half of it at least are words."""
    typed = [token for token, word in zip(one.tokens, one.read) if token == word and token in trained_words()]
    return len(typed) > (1 - wording.UNKNOWN_SHARE) * len(one) and 2 * sum(map(is_word, typed)) >= len(one)


def blank(silent: list[str], readings: list[Reading | None]) -> dict:
    """The stage when there is nothing to compare, with a sentence that says why and what to do."""
    said = [
        f"Phrase {phrase} {'has no words, only signs' if readings['AB'.index(phrase)] else 'is empty'}."
        for phrase in silent
    ]
    return {
        "palette": charts.PALETTE,
        "summary": f"{' '.join(said)} Type a few words, or choose an example above.",
        "notes": [],
        "verdicts": [],
        "phrases": [],
        "steps": 0,
        "charts": [],
    }


def notes(traces: tuple[Trace, Trace], length: int) -> list[str]:
    """What a reader must know to take the numbers for what they are."""
    found = [
        f"{phrase}: {len(one) + one.reading.cut:,} tokens; the page reads the first {MOST_STEPS:,}. Your text is kept as it is."
        for phrase, one in zip("AB", traces)
        if one.reading.cut
    ]
    found += [note for phrase, one in zip("AB", traces) if (note := wording.unknown(one.reading, phrase))]
    found += spellings(*traces)
    slots = [
        f"{phrase} fills all {length} slots and {len(one) - length} words are clipped" if len(one) > length
        else f"{phrase} fills {len(one)} of {length} slots, {length - len(one)} are padding"
        for phrase, one in zip("AB", traces)
    ]  # fmt: skip
    return [*found, f"Concatenation: {'; '.join(slots)}."]


def spellings(a: Trace, b: Trace) -> list[str]:
    """The tokens of both phrases that were read as other words, as sentences."""
    said = [wording.corrected(one.reading, phrase) for phrase, one in zip("AB", (a, b))]
    return [note for note in said if note]


def difference(a: float, b: float) -> str:
    """A − B as text: exactly zero only where it is, and no sign where it rounds to zero."""
    if a == b:
        return "0 exactly"
    return "under 0.001" if abs(a - b) < 0.001 else f"{a - b:+.3f}"


def verdict_row(model: Model, answer: tuple[float, float], labels: tuple[str | None, str | None], chosen: bool) -> dict:
    """One lane's answers to both phrases, with how often it is right on real sentences."""
    a, b = answer
    score = model.card.get("scores", {}).get("sst2")
    return {
        "lane": model.name,
        "name": model.label,
        "chosen": chosen,
        "a": a,
        "b": b,
        "said": [wording.wrong(a, labels[0]), wording.wrong(b, labels[1])],
        "difference": difference(a, b),
        "measured": f"{100 * score:.1f} %" if score is not None else "not measured",
    }


def phrase_row(phrase: str, one: Trace, length: int) -> dict:
    """A phrase as it was read: its tokens, what is unknown, where the concatenation stops reading, its beliefs."""
    return {
        "phrase": phrase,
        "tokens": list(one.tokens),
        "unknown": list(one.reading.unknown),
        "read": one.reading.replaced,
        "clipped": length if len(one) > length else None,
        "belief": [round(float(p), 4) for p in one.belief],
    }


def inside(name: str, text: str) -> str | None:
    """The address of the page that looks inside a lane while it reads a text; None for a lane that has no state."""
    if not network(name).recurrent:
        return None
    query = settings.query("inside", {PHRASE: text, MODEL: name})
    return f"inside{query or ''}"


def banded(band: tuple[np.ndarray, np.ndarray] | None, label: str) -> str:
    """What the seed bands are, and where the seeds do not agree about a verdict; empty without bands."""
    if band is None:
        return ""
    count = wording.counted(len(band[0]))
    said = [wording.disagreement(found[:, -1], phrase) for phrase, found in zip("AB", band)]
    start = f"Shaded, B's hatched: from the lowest to the highest belief of {count} {label}s trained alike from {count} seeds."
    return " ".join(["", start, *filter(None, said)])


def panels(
    model: Model,
    a: Trace,
    b: Trace,
    averages: tuple[Trace, Trace],
    band: tuple[np.ndarray, np.ndarray] | None,
    show: str,
    sort: str,
) -> list[dict]:
    """The pictures, each with its title, the sentence below it and the text in its place for those who cannot see it."""
    label = model.label
    shades = banded(band, label)
    gap = measures.parting(a, b)
    units = measures.unit_order(model, a.activations[show], b.activations[show], sort)
    ends = (
        f"A ends at {a.probability:.2f} ({verdict(a.probability)}), B at {b.probability:.2f} ({verdict(b.probability)})"
    )
    return [
        {
            "id": "belief",
            "title": "The belief, word by word",
            "alt": f"Line chart of P(positive) after each step, {label} against the running per-word average. {ends}.{shades} "
            + " ".join(spellings(a, b)),
            "sentence": wording.courses(a, b, label)
            + " Dotted: the running per-word average. In the grey band, 0.4 to 0.6, a belief is no verdict."
            + shades,
            "figure": charts.belief(a, b, averages, label, band),
        },
        {
            "id": "parting",
            "title": "Where the two runs part",
            "alt": "Bars for the gap between the two beliefs and a line for the distance of the hidden states, step by step. "
            + wording.partings(gap, a, b),
            "sentence": wording.partings(gap, a, b)
            + " The distance of the hidden states is ‖a − b‖ / (‖a‖ + ‖b‖): 0 the same, 1 opposite.",
            "figure": charts.parting(gap, a, b),
        },
        {
            "id": "activations",
            "title": f"Every unit at every step: {model.network.titles()[show]} of the {label}",
            "alt": f"Two heatmaps, {len(units)} units by timesteps, A above B, on one colour scale. {ends}.",
            "sentence": f"One row is one unit, one column one word. Both phrases have the same rows "
            f"and the same colours. Rows are sorted by {SORTED[sort]}.",
            "figure": charts.activations(a, b, show, units),
        },
    ]
