"""The results of a round as folders, on whatever storage Spark writes to."""

from __future__ import annotations

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from evaluator.scale.spark.rounds import Scored

RESULTS, QUOTAS = "results.parquet", "quotas.json"
_QUOTA = (
    "category string, quota string, level string, group string, base long, `limit` long, "
    "held long, moved long, beside long, met boolean"
)


def is_there(spark: SparkSession, out: str) -> bool:
    """Return whether a folder holds results, whole or begun."""
    try:
        spark.read.format("binaryFile").load(f"{out}/{RESULTS}")
    except AnalysisException as error:
        if error.getCondition() != "PATH_NOT_FOUND":
            raise
        return False
    return True


def write(spark: SparkSession, scored: Scored, out: str) -> None:
    """Write result rows and quotas; `_SUCCESS` stands in a folder once all of it is there.

    What was there before is replaced. This is the last pass: nothing was worked out before it.
    """
    scored.results.write.mode("overwrite").parquet(f"{out}/{RESULTS}")
    rows = [
        (
            category,
            each.quota.id,
            each.quota.level,
            None if each.group is None else str(each.group),
            each.base,
            each.limit,
            each.held,
            each.moved,
            each.beside,
            each.met,
        )
        for category, reports in scored.quotas.items()
        for each in reports
    ]
    spark.createDataFrame(rows, _QUOTA).coalesce(1).write.mode("overwrite").json(f"{out}/{QUOTAS}")
