"""One Spark for all tests of the cluster; it starts slowly, and nothing of a run stays in it."""

import os
from pathlib import Path

import pytest

from kg.cluster import session

TESTS = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    paths = TESTS.parent, TESTS, TESTS / "cluster", TESTS / "resolution"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(map(str, paths)))
        patch.setenv("SPARK_CONF_DIR", str(Path(__file__).parent / "conf"))
        with session("local[2]", tmp_path_factory.mktemp("spark") / "spark.log") as started:
            yield started
