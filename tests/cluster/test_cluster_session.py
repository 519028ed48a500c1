"""What is missing for Spark is said in one line, and so is what it fails with."""

import subprocess
import sys

import pytest
from factory import document
from pyspark import SparkConf
from recipes import Fake

from kg.cli import main
from kg.cluster.extracting import extracted_rows
from kg.cluster.recipe import Trained
from kg.cluster.rows import packed
from kg.cluster.session import cores_of, patient, said, session
from kg.errors import ClusterFailed
from kg.ontology import load

WITHOUT = "import sys; sys.modules['pyspark'] = None; from kg.cli import main; sys.exit(main(sys.argv[1:]))"


def test_without_pyspark_the_command_line_says_what_to_install(tmp_path):
    words = ["build", str(tmp_path), "-w", str(tmp_path / "out"), "--spark", "local[1]"]
    done = subprocess.run([sys.executable, "-c", WITHOUT, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kg: --spark: pyspark is not installed. pip install 'kg-builder[spark]'\n"


def test_without_java_no_session_begins(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ClusterFailed, match="Java, which Spark runs on, is not installed"), session("local", tmp_path):
        pass


@pytest.mark.parametrize(
    ("master", "taken", "cores"),
    [
        ("local", "local[1,4]", 1),
        ("local[3]", "local[3,4]", 3),
        ("local-cluster[2,3,1024]", "local-cluster[2,3,1024]", 6),
    ],
)
def test_a_master_here_tries_failed_tasks_again(master, taken, cores):
    assert (patient(master), cores_of(master)) == (taken, cores)


def test_what_the_user_set_stays(spark):
    conf = spark.sparkContext.getConf()
    assert isinstance(conf, SparkConf)
    assert conf.get("spark.sql.codegen.wholeStage") == "false"
    assert conf.get("spark.driver.bindAddress") == "127.0.0.1"


def test_of_a_long_message_the_line_that_names_the_error_is_shown():
    error = ValueError(
        "Job aborted\nTraceback:\n  File x\nkg.errors.ClusterFailed: a: b. c\n\n\tat java.lang.Thread.run"
    )
    assert said(error) == "kg.errors.ClusterFailed: a: b. c"


def test_a_worker_whose_extractor_is_another_refuses_to_read():
    rows = iter([{"id": "a", "value": packed(document())}])
    with pytest.raises(ClusterFailed, match="a worker has the extractor fake 2, the driver fake 1"):
        next(extracted_rows(Fake("fake 2"), "fake 1", rows))


def test_a_worker_whose_ontology_is_another_refuses_to_make_an_extractor():
    assert Trained.of(load(), "fast").folder is None
    with pytest.raises(ClusterFailed, match="a worker has another ontology than the driver"):
        Trained(None, "other", "fast").extractor()


def test_who_asks_for_workers_of_this_machine_too_is_told(tmp_path, capsys):
    words = ["build", str(tmp_path), "-w", str(tmp_path / "out"), "--spark", "local[1]", "--workers", "2"]
    assert main(words) == 2
    assert capsys.readouterr().err == (
        "kg: --workers is for this machine. With --spark the master says how many read: local[N]\n"
    )
