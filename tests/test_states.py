"""States of reviews: what is kept is what a trace shows, the file is small, and it comes back as it was."""

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import small

from explorer import WeightsError, trace
from explorer.atlas import fingerprint, load_atlas, paths
from explorer.statespace import SlowPoints, full_states
from explorer.text import tokenize
from explorer.training import states
from explorer.weights import Model

PIECES = ("it is not good .", "a very bad film ,", "the film is n't bad .", "good , good , very good")
REVIEWS = [(f"pos/{i}_7", " ".join(PIECES[(i + k) % 4] for k in range(1 + i % 3)), 1) for i in range(12)]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few states and a short search."""
    monkeypatch.setattr(states, "CLOUD", 40)
    monkeypatch.setattr(states, "SAMPLE", 60)
    monkeypatch.setattr(states, "STARTS", 5)
    monkeypatch.setattr(states, "slow_points", short_search)


def short_search(model: Model, starts: np.ndarray, x: np.ndarray | None) -> SlowPoints:
    return states_search(model, starts, x, steps=30, slowest=1.0)


states_search = states.slow_points


def test_round_trip(recurrent: Model, tmp_path: Path) -> None:
    size = states.precompute(recurrent, REVIEWS, tmp_path, seed=1)
    assert size == sum(path.stat().st_size for path in paths(recurrent.name, tmp_path))
    atlas = load_atlas(recurrent, tmp_path)
    assert atlas.cloud.shape == (40, 2) and atlas.belief.shape == (40,) and len(atlas.tokens) == 40
    assert ((atlas.belief > 0) & (atlas.belief < 1)).all()
    assert set(atlas.tokens) <= {token for _, text, _ in REVIEWS for token in tokenize(text)}
    assert atlas.plane.components @ atlas.plane.components.T == pytest.approx(np.eye(2), abs=2e-3)  # half precision
    assert set(atlas.slow) == {"zero", "mean"}
    assert atlas.card["reviews"] == 12 and atlas.card["data"][0]["licence"] and "command" in atlas.card
    rows = [row for _, text, _ in REVIEWS for row in recurrent.vocabulary.encode(tokenize(text))]
    assert atlas.mean_input == pytest.approx(recurrent.vectors[rows].numpy().mean(0), abs=2e-3)


def test_the_pace_of_reading(recurrent: Model, tmp_path: Path) -> None:
    states.precompute(recurrent, REVIEWS, tmp_path)
    paces: list[float] = []
    for _, text, _ in REVIEWS:
        x = recurrent.vectors[recurrent.vocabulary.encode(tokenize(text))]
        course = full_states(recurrent.lane, x).numpy()
        paces += (np.square(np.diff(course, axis=0, prepend=0 * course[:1])).sum(1) / 2).tolist()
    assert load_atlas(recurrent, tmp_path).card["reading_speed"] == pytest.approx(np.mean(paces), abs=1e-3)


def test_contexts_are_the_extremes_of_reviews(recurrent: Model, tmp_path: Path) -> None:
    states.precompute(recurrent, REVIEWS, tmp_path)
    atlas = load_atlas(recurrent, tmp_path)
    courses = {name: trace(recurrent, text) for name, text, _ in REVIEWS}
    assert len(atlas.contexts) == recurrent.lane.units
    for unit, sides in enumerate(atlas.contexts):
        top = sorted((t.activations["hidden"][:, unit].max() for t in courses.values()), reverse=True)
        low = sorted(t.activations["hidden"][:, unit].min() for t in courses.values())
        assert [one.value for one in sides["high"]] == pytest.approx(top[:8], abs=2e-3)
        assert [one.value for one in sides["low"]] == pytest.approx(low[:8], abs=2e-3)
        for one in (*sides["high"], *sides["low"]):
            told, tokens = courses[one.review], courses[one.review].tokens
            place = int(np.abs(told.activations["hidden"][:, unit] - one.value).argmin())
            assert one.token in tokens
            assert one.value == pytest.approx(told.activations["hidden"][place, unit], abs=2e-3)
            window = [*one.before.split(), one.token, *one.after.split()]
            assert len(one.before.split()) <= 6 and " ".join(window) in " ".join(tokens)
        assert len({one.review for one in sides["high"]}) == 8


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    model, found = small("gru"), []
    for folder in ("a", "b"):
        states.precompute(model, REVIEWS, tmp_path / folder, seed=3, limit=9)
        found.append([path.read_bytes() for path in paths("gru", tmp_path / folder)])
    assert found[0] == found[1]
    assert json.loads(found[0][1])["reviews"] == 9


def test_other_weights_are_refused(tmp_path: Path) -> None:
    model = small("rnn")
    states.precompute(model, REVIEWS, tmp_path)
    before = fingerprint(model)
    model.lane.readout.bias += 1
    assert fingerprint(model) != before
    with pytest.raises(WeightsError, match="other weights"):
        load_atlas(model, tmp_path)


def test_what_has_no_atlas(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="recurrent"):
        states.precompute(small("concat"), REVIEWS, tmp_path)
    with pytest.raises(ValueError, match="reviews or more"):
        states.precompute(small("gru"), REVIEWS[:3], tmp_path)
    with pytest.raises(WeightsError, match="missing"):
        load_atlas(small("gru"), tmp_path)
