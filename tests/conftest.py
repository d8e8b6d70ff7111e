"""What all tests share: their order, small models in turn, the folder of public data."""

import os
import tempfile
from pathlib import Path

# Before torch is loaded: the threads of several processes stand in one another's way, tenfold on two cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from hypothesis import settings
from small_models import small

from explorer.core.checkpoints import Model, models

pytest_plugins = ["browsing"]  # its fixtures
pytest.register_assert_rewrite("boards")
settings.register_profile("explorer", deadline=None)  # a busy machine is no failure
settings.load_profile("explorer")
os.environ.setdefault("EXPLORER_STORE", str(Path(tempfile.mkdtemp()) / "classes.sqlite3"))  # no visitor's own classes
DATA = Path(os.environ.get("EXPLORER_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in the browser come last: Playwright leaves an event loop running in which no other can be started."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(params=models())
def model(request: pytest.FixtureRequest) -> Model:
    """Each of the five models in turn."""
    return small(request.param)


@pytest.fixture(params=["rnn", "gru", "lstm"])
def recurrent(request: pytest.FixtureRequest) -> Model:
    """Each of the recurrent models in turn."""
    return small(request.param)


@pytest.fixture
def data() -> Path:
    """The folder of public data: EXPLORER_DATA, or ../shared/data beside the checkout."""
    if not (DATA / "trees").exists():
        pytest.skip(f"{DATA} holds no data sets; EXPLORER_DATA says where they are")
    return DATA


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes a plain `pytest` uses: one a core, at most four. Files named on the command line run in one
    process, where the first test starts sooner."""
    if config.args and all(Path(argument.partition("::")[0]).is_file() for argument in config.args):
        return 0
    return min(os.cpu_count() or 1, 4)
