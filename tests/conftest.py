import os
import signal
from collections.abc import Generator
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadGroupScheduling

# A property that fails by chance belongs on a laptop, where its example is kept; a change lands or not for what it is.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


SHARED_FOLDER = pytest.StashKey[TemporaryDirectory[str]]()
RESTARTS = 7  # so many lines of a golden file are played between two restarts


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-line",
        action="store_true",
        help="restart the bot after every line of a golden transcript, too",
    )
    parser.addoption(
        "--accept",
        action="store_true",
        help="write the golden transcripts as they happen now; the diff of the repository is the review",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give all live tests of a server to one worker, which starts that server once.

    The groups of pytest-xdist 3.8 get lost with pytest 9: it reads them from test ids, where they do not appear anymore.
    """
    scheduler = LoadGroupScheduling(config, log)
    scheduler._split_scope = group_of
    return scheduler


def group_of(nodeid: str) -> str:
    """The group of a test by its id; most tests are groups of their own."""
    file = nodeid.partition("::")[0]
    if not file.startswith("tests/live/"):
        return nodeid
    if "test_pages" in file:
        return "browser"
    return "matrix" if "matrix" in file or "linked" in file else "irc"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the live tests: most of their time they wait, and each of their groups is the work of one worker."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/live/"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "lines_until_restart" in metafunc.fixturenames:
        every_line = metafunc.config.getoption("--every-line")
        metafunc.parametrize("lines_until_restart", [1, RESTARTS] if every_line else [RESTARTS])


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        # a run that is cut is cut for all of its processes; its main process ends the workers, without their tracebacks
        signal.signal(signal.SIGINT, lambda *_: None)
    else:  # the workers of pytest-xdist inherit it
        config.stash[SHARED_FOLDER] = TemporaryDirectory(prefix="gatherbot-goldens-")
        os.environ["GATHERBOT_SHARED_GOLDENS"] = config.stash[SHARED_FOLDER].name


def pytest_unconfigure(config: pytest.Config) -> None:
    if SHARED_FOLDER in config.stash:
        config.stash[SHARED_FOLDER].cleanup()


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep reports sendable: pytest-xdist sends captured output to its main process as UTF-8, and hostile input has lone surrogates."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections
    ]
    return report
