"""Rows of a table in training: what comes of moving only those that are read is what AdamW makes of all."""

import torch
from torch.nn import functional as F

from explorer.training.lazy_adam import LazyAdam
from explorer.training.optimizer_loop import BETAS, DECAY, average_decay

COUNT, WIDTH, TOTAL = 30, 4, 900


def test_rows_move_as_adamw_moves_all_rows() -> None:
    torch.manual_seed(0)
    start, goal = torch.randn(COUNT, WIDTH), torch.randn(COUNT, WIDTH)
    rows, dense = LazyAdam(start, TOTAL, 1e-3), start.clone().requires_grad_()
    adam, average = torch.optim.AdamW([dense], 1e-3, betas=BETAS, weight_decay=0.0), start.clone()
    often = torch.tensor([1.0 / (1 + i) for i in range(COUNT - 1)] + [0.0])  # the last row is never read
    for step in range(1, TOTAL + 1):
        read = torch.multinomial(often, 12, replacement=True).view(3, 4)
        noise = torch.randn(3, 4, WIDTH)
        for x in (rows.look_up(read, start), F.embedding(read, dense)):
            (x - goal[read] + noise).square().sum().backward()
        rows.advance()
        adam.step()
        adam.zero_grad()
        average = dense.detach().lerp(average, average_decay(step))
    found = rows.averaged()
    way = (dense.detach() - start).norm()
    assert (rows.weights - dense.detach()).norm() < 0.02 * way
    assert (found - average).norm() < 0.02 * way
    assert way > 2
    assert torch.equal(rows.weights[-1], start[-1])
    assert torch.equal(found[-1], start[-1])


def test_rows_read_at_every_step_move_exactly_so() -> None:
    torch.manual_seed(0)
    start = torch.randn(3, WIDTH, dtype=torch.float64)
    rows, dense = LazyAdam(start, TOTAL, 1e-2), start.clone().requires_grad_()
    adam = torch.optim.AdamW([dense], 1e-2, betas=BETAS, weight_decay=0.0)
    every = torch.arange(3)[None]
    for _ in range(200):
        for x in (rows.look_up(every, start), F.embedding(every, dense)):
            x.square().sum().backward()
        rows.advance()
        adam.step()
        adam.zero_grad()
    assert torch.allclose(rows.weights, dense.detach(), atol=1e-9)


def test_what_is_not_trained_is_read_as_it_is() -> None:
    table = torch.randn(6, WIDTH)
    rows = LazyAdam(table[:4], TOTAL, 1e-2)
    read = torch.tensor([[5, 1, 1, 4]])
    x = rows.look_up(read, table)
    assert torch.equal(x.detach(), table[read])
    x.sum().backward()
    assert rows.leaf.grad.tolist() == [[2.0] * WIDTH]  # row 1, twice


def test_the_average_forgets_its_start_sooner_at_first() -> None:
    assert [round(average_decay(step), 3) for step in (1, 10, 100)] == [0.182, 0.55, 0.918]
    assert average_decay(10**6) == DECAY
