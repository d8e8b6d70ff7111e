"""States of reviews: what is kept is what a trace shows, the file is small, and it comes back as it was."""

import doctest
import json
import os
from pathlib import Path

import numpy as np
import pytest
from small_models import small

from explorer import WeightsError, trace
from explorer.analysis.state_atlas import EIGENVALUES, fingerprint, load_atlas, paths
from explorer.analysis.state_space import SlowPoints, full_states
from explorer.core.checkpoints import Model, write_card
from explorer.reading import profanity as words
from explorer.reading.tokenizer import tokenize
from explorer.training import states

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
    assert atlas.cloud.shape == (40, 2)
    assert atlas.belief.shape == (40,)
    assert len(atlas.tokens) == 40
    assert ((atlas.belief > 0) & (atlas.belief < 1)).all()
    assert set(atlas.tokens) <= {token for _, text, _ in REVIEWS for token in tokenize(text)}
    assert atlas.plane.components @ atlas.plane.components.T == pytest.approx(np.eye(2), abs=2e-3)  # half precision
    assert set(atlas.slow) == {"zero", "mean"}
    assert atlas.card["reviews"] == 12
    assert atlas.card["data"][0]["licence"]
    assert "command" in atlas.card
    rows = [row for _, text, _ in REVIEWS for row in recurrent.vocabulary.encode(tokenize(text))]
    assert atlas.mean_input == pytest.approx(recurrent.vectors[rows].numpy().mean(0), abs=2e-3)


def test_the_pace_of_reading(recurrent: Model, tmp_path: Path) -> None:
    states.precompute(recurrent, REVIEWS, tmp_path)
    paces: list[float] = []
    for _, text, _ in REVIEWS:
        x = recurrent.vectors[recurrent.vocabulary.encode(tokenize(text))]
        course = full_states(recurrent.network, x).numpy()
        paces += (np.square(np.diff(course, axis=0, prepend=0 * course[:1])).sum(1) / 2).tolist()
    assert load_atlas(recurrent, tmp_path).card["reading_speed"] == pytest.approx(np.mean(paces), abs=1e-3)


def test_contexts_are_the_extremes_of_reviews(recurrent: Model, tmp_path: Path) -> None:
    states.precompute(recurrent, REVIEWS, tmp_path)
    atlas = load_atlas(recurrent, tmp_path)
    courses = {name: trace(recurrent, text) for name, text, _ in REVIEWS}
    assert len(atlas.contexts) == recurrent.network.units
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
            assert len(one.before.split()) <= 6
            assert " ".join(window) in " ".join(tokens)
        assert len({one.review for one in sides["high"]}) == 8


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    model, found = small("gru"), []
    for folder in ("a", "b"):
        states.precompute(model, REVIEWS, tmp_path / folder, seed=3)
        found.append([path.read_bytes() for path in paths("gru", tmp_path / folder)])
    assert found[0] == found[1]
    assert json.loads(found[0][1])["reviews"] == 12


def test_other_weights_are_refused(tmp_path: Path) -> None:
    model = small("rnn")
    states.precompute(model, REVIEWS, tmp_path)
    before = fingerprint(model)
    model.network.readout.bias += 1
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


def test_a_long_memory_is_as_long_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, values = small("gru"), np.linspace(0.99995, 0.5, 40)
    kept = SlowPoints(np.zeros((1, 7)), np.array([1e-5]), np.array([0.3]), values[None].astype(complex))
    monkeypatch.setattr(states, "slow_points", lambda *_, **__: kept)
    states.precompute(model, REVIEWS, tmp_path)
    found = load_atlas(model, tmp_path).slow["zero"]
    # half precision would make it infinite
    assert found.memory[0] == pytest.approx(kept.memory[0, :EIGENVALUES], rel=1e-2)
    assert found.memory[0, 0] == pytest.approx(20_000, rel=1e-2)
    assert found.stable.tolist() == [True]


def test_no_excerpt_is_crude(tmp_path: Path) -> None:
    assert doctest.testmod(words) == (0, 1)
    model = small("gru")
    plain = REVIEWS * 2
    foul = [(f"neg/{i}_1", f"shit {text} {text} ,", 0) for i, (_, text, _) in enumerate(REVIEWS)]
    states.precompute(model, [*foul, *plain], tmp_path)
    found = [one for unit in load_atlas(model, tmp_path).contexts for side in unit.values() for one in side]
    assert len(found) == 7 * 2 * 8
    assert not any("shit" in f"{one.before} {one.token} {one.after}" for one in found)
    assert any(one.review.startswith("neg/") for one in found)  # such a review still has places that can be shown
    with pytest.raises(ValueError, match="excerpts of each unit"):
        states.precompute(model, [(name, "shit . good film", 1) for name, _, _ in REVIEWS], tmp_path)


def test_all_recurrent_lanes_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "load", lambda name, folder: small(name))
    told: list[tuple[int, int, str]] = []
    sizes = states.precompute_all(
        ["per-word", "rnn", "lstm"],
        REVIEWS,
        tmp_path,
        seed=2,
        command="a command",
        progress=lambda *one: told.append(one),
    )
    assert list(sizes) == ["rnn", "lstm"]
    for name, size in sizes.items():
        assert size == sum(path.stat().st_size for path in paths(name, tmp_path))
        assert load_atlas(small(name), tmp_path).card["command"] == "a command"
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[0] == (0, 2, "RNN 0 %")
    assert told[-1] == (2, 2, "LSTM 100 %")
    assert {(1, 2, "RNN 100 %"), (1, 2, "LSTM 0 %")} <= set(told)
    again = states.precompute_all([small("rnn"), small("per-word")], REVIEWS, tmp_path / "b", 2, "a command")
    assert again == {"rnn": sizes["rnn"]}
    assert states.precompute_all(["concat"], None, tmp_path) == {}  # without reading the data


def test_a_file_made_anew_is_read_anew(tmp_path: Path) -> None:
    model = small("rnn")
    states.precompute(model, REVIEWS, tmp_path, seed=1)
    first = load_atlas(model, tmp_path)
    assert load_atlas(model, tmp_path) is first
    states.precompute(model, REVIEWS, tmp_path, seed=2)
    for path in paths("rnn", tmp_path):
        os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))
    again = load_atlas(model, tmp_path)
    assert again is not first
    assert again.card["seed"] == 2


def test_a_damaged_atlas_is_said(tmp_path: Path) -> None:
    model = small("rnn")
    states.precompute(model, REVIEWS, tmp_path)
    where, card = paths("rnn", tmp_path)
    about = json.loads(card.read_text())
    card.write_text(json.dumps(about | {"slow": {"other": {}}}))
    with pytest.raises(WeightsError, match=r"states-rnn\.json, field slow\.other"):
        load_atlas(model, tmp_path)
    write_card(about, card)
    where.write_bytes(where.read_bytes()[:99])
    with pytest.raises(WeightsError, match="cut short"):
        load_atlas(model, tmp_path)
