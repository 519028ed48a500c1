"""Spark for one run; what is missing is said in one line, and what Spark logs goes to a file."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from kg.errors import ClusterFailed

__all__ = ["SUBMITTED", "quiet_about_pandas", "session", "translated"]

SUBMITTED = "submitted"
"""The master that spark-submit was given."""

LOCAL = re.compile(r"local(?:\[(\d+|\*)\])?")
PRETENDED = re.compile(r"local-cluster\[(\d+), ?(\d+), ?\d+\]")
"""Workers of their own on this machine, so many with so many cores."""

TRIES = 4
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.maxResultSize": "4g",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
}
"""A document may have 10 MB, so few go in one batch."""

ALONE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Nothing outside this machine is to reach a Spark that runs on it alone."""

SHOWN = 300


@contextmanager
def session(master: str, log: Path) -> Iterator[SparkSession]:
    """Spark at a master such as ``local[4]`` or ``spark://host:7077``, or at that of spark-submit for SUBMITTED.

    Workers run the Python of PYSPARK_PYTHON, this one where that is not set. Raises ClusterFailed where there is no
    Java, or no Spark at the master.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with interruptible():
        context = started(master, log)
        try:
            with translated(log):
                yield SparkSession(context)
        finally:
            ended(context)


def configuration(master: str) -> SparkConf:
    """Ours where neither ``spark-defaults.conf`` nor spark-submit says otherwise; Java has read both by now."""
    conf = SparkConf().setAppName("kg")
    if master != SUBMITTED:
        conf.setMaster(patient(master))
    own = {"spark.sql.shuffle.partitions": str(cores_of(master))} | ALONE if master.startswith("local") else {}
    for name, value in {**SETTINGS, **own}.items():
        conf.setIfMissing(name, value)
    return conf.set("spark.ui.showConsoleProgress", "false")


def cores_of(master: str) -> int:
    """How many cores a master on this machine has."""
    if found := PRETENDED.fullmatch(master):
        return int(found[1]) * int(found[2])
    found = LOCAL.fullmatch(master)
    count = found[1] or "1" if found else "*"
    return (os.cpu_count() or 1) if count == "*" else int(count)


def patient(master: str) -> str:
    """A local master that tries a failed task again, as every other does: a worker may be killed there, too."""
    found = LOCAL.fullmatch(master)
    return f"local[{found[1] or 1},{TRIES}]" if found else master


def started(master: str, log: Path) -> SparkContext:
    if master != SUBMITTED and not has_java():
        raise ClusterFailed(
            "Java, which Spark runs on, is not installed",
            where=f"--spark {master}",
            way_out="Install Java 17 or a newer one, as with: apt-get install default-jre-headless",
        )
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with translated(log), quiet_about_pandas(), log.open("wb") as written:
            gateway = launch_gateway(None, {"stdout": written, "stderr": written})  # type: ignore[no-untyped-call]
            SparkContext._ensure_initialized(gateway=gateway)
            return SparkContext(conf=configuration(master))
    except ClusterFailed:
        end_java()
        raise


def has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return (Path(home) / "bin" / "java").exists() if home else shutil.which("java") is not None


def ended(context: SparkContext) -> None:
    context.stop()
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        end_java()


def end_java() -> None:
    """Ends the Java process, which pyspark keeps for the next session of this Python."""
    gateway = SparkContext._gateway
    if gateway is None:
        return
    SparkContext._gateway = SparkContext._jvm = None
    gateway.shutdown()
    process = gateway.proc
    process.stdin.close()
    process.wait()


@contextmanager
def interruptible() -> Iterator[None]:
    """Puts back what Ctrl-C does, which pyspark changes."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if before is not signal.getsignal(signal.SIGINT):
            signal.signal(signal.SIGINT, before)


@contextmanager
def quiet_about_pandas() -> Iterator[None]:
    """Leaves out what pyspark warns of wherever it may use a new pandas; no frame of pandas is made here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


@contextmanager
def translated(log: Path) -> Iterator[None]:
    """Turns what Spark fails with into ClusterFailed, in one line."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise ClusterFailed(f"Spark gave up: {said(error)}", where="--spark", way_out=f"See {log}") from error


def said(error: Exception) -> str:
    """The last line that names an error, of a message that may hold tracebacks of two languages."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"(?:[\w$]+\.)*\w*(?:Error|Exception|Failed)\b.*", line)]
    return ([*lines[:1], *named] or [type(error).__name__])[-1][:SHOWN]
