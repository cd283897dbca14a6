"""Where Spark runs: on this machine alone, for a try and for tests, or on a cluster."""

from __future__ import annotations

import os
import shutil
import sys

from pyspark.sql import SparkSession

from evaluator.scale.spark.pieces import ROWS

NO_JAVA = (
    "Spark needs Java 17 or later, and there is no `java` on this machine. Install it, for "
    "instance with `apt-get install default-jre-headless`, or set JAVA_HOME."
)


class JavaMissing(Exception):
    """There is no Java to run Spark with; the message says how to install it."""

    def __init__(self) -> None:
        super().__init__(NO_JAVA)


def cluster_session() -> SparkSession:
    """Return the session that `spark-submit` has configured."""
    return SparkSession.builder.appName("evaluator").getOrCreate()


def local_session(cores: int, memory: str = "1g", **settings: str) -> SparkSession:
    """Return a session with so many cores here; raises JavaMissing.

    It opens no page and listens on the loopback alone. Further settings have underscores for dots.
    """
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise JavaMissing
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(f"local[{cores}]").appName("evaluator")
    chosen = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": str(2 * cores),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
    }
    chosen |= {name.replace("_", "."): value for name, value in settings.items()}
    for name, value in chosen.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
