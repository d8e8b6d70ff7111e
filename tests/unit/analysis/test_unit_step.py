"""One unit at one step: the products of each weighted sum give the number that the equation shows."""

import numpy as np
import pytest
from small_models import small

from explorer.analysis.unit_equations import equations
from explorer.analysis.unit_step import unit_step
from explorer.core.checkpoints import Model
from explorer.core.tracing import trace

TEXT = "it is not good , not bad"


def test_the_products_of_every_sum_give_the_number_in_the_equation(recurrent: Model) -> None:
    read, opened = trace(recurrent, TEXT), 0
    for step in range(len(read)):
        for line in unit_step(recurrent, read, 3, step).equations:
            for place, number in line.sums.items():
                total = unit_step(recurrent, read, 3, step).sums[number]
                assert total.products.sum() + total.bias == pytest.approx(line.values[place], abs=1e-5)
                opened += 1
    assert opened == len(read) * 2 * len(recurrent.network.blocks)


def test_the_factors_are_the_words_vector_and_the_memory_before_it(recurrent: Model) -> None:
    read = trace(recurrent, TEXT)
    sums = unit_step(recurrent, read, 0, 2).sums
    assert all(np.array_equal(s.factors, read.activations["inputs"][2]) for s in sums if s.of == "word")
    assert all(np.array_equal(s.factors, read.activations["hidden"][1]) for s in sums if s.of == "memory")
    first = unit_step(recurrent, read, 0, 0).sums
    assert all(not s.factors.any() for s in first if s.of == "memory")


def test_the_numbers_are_those_of_the_equations(recurrent: Model) -> None:
    read = trace(recurrent, TEXT)
    for line, equation in zip(unit_step(recurrent, read, 1, 4).equations, equations(recurrent, read, 1), strict=True):
        assert (line.formula, line.numbers) == (equation.formula, equation.numbers)
        assert line.values == [float(values[4]) for values in equation.values]


def test_what_is_not_there_is_refused(recurrent: Model) -> None:
    read = trace(recurrent, TEXT)
    for unit, step in ((7, 0), (-1, 0), (0, len(read)), (0, -1)):
        with pytest.raises(IndexError):
            unit_step(recurrent, read, unit, step)
    feedforward = small("concat")
    with pytest.raises(TypeError):
        unit_step(feedforward, trace(feedforward, TEXT), 0, 0)
