"""The stored answers to the example pairs are those of the models, and need no torch."""

import subprocess
import sys

import numpy as np

from explorer.core.checkpoints import load
from explorer.networks.registry import names
from explorer.views.duel import first, packets
from explorer.views.duel.answers import answer
from explorer.views.shared.examples import EXAMPLES, REVIEW_A


def test_the_stored_answers_are_those_of_the_models() -> None:
    models = [load(name) for name in names()]
    for example, (header, arrays) in zip(EXAMPLES, first.pairs(), strict=True):
        texts = example.a, example.b
        fresh = [answer(text, models) for text in texts]
        expected, beliefs = packets.parts(texts, fresh, first.MODEL, packets.about(models))
        for stored, made in zip(header["texts"], expected["texts"], strict=True):
            ends = stored.pop("ends"), made.pop("ends")
            np.testing.assert_allclose(list(ends[0].values()), list(ends[1].values()), atol=1e-5)
        assert header == expected, f"{example.name}: run python -m explorer.views.duel.first"
        for letter in "ab":
            np.testing.assert_allclose(arrays[letter], beliefs[letter], atol=10.0**-first.DIGITS)


def test_an_order_pair_is_stored_as_equal_to_the_last_bit() -> None:
    header, _ = first.pairs()[0]
    a, b = header["texts"]
    assert a["ends"]["per-word"] == b["ends"]["per-word"]
    assert a["ends"]["gru"] != b["ends"]["gru"]


def test_minds_change_on_the_way_in_the_pairs_after_the_first() -> None:
    gru = names().index("gru")
    for _, arrays in first.pairs()[1:3]:
        for letter in "ab":
            belief = arrays[letter][gru]
            assert abs(belief[-1] - belief[: len(belief) // 2]).max() > 0.4


def test_the_long_reviews_are_there_whole() -> None:
    spans = first.pairs()[-1][0]["texts"][0]["spans"]
    assert spans[-1] == len(REVIEW_A)


def test_the_first_picture_needs_neither_torch_nor_streamlit() -> None:
    program = (
        "import sys, explorer.server.answers\nfrom explorer.views.duel import first\nfirst.pairs()\n"
        "assert not {'torch', 'streamlit', 'plotly'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
