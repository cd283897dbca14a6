"""`evaluator spark RULES_DIR DATA --out OUT`: a round scored by Spark, here or on a cluster."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from evaluator.commands.errors import refused_exception
from evaluator.files import TableErrors, load_folder
from rules.problems import RuleErrors

_NO_SPARK = "PySpark is not installed here; install it with: pip install 'evaluator[spark]'"


@click.command("spark")
@click.argument("rules_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("data")
@click.option("--out", required=True, help="Folder for results.parquet and quotas.json.")
@click.option(
    "--local",
    type=click.IntRange(1),
    metavar="CORES",
    help="Run on so many cores of this machine, without a cluster.",
)
@click.option("--memory", default="2g", help="Memory of Java with --local.", show_default=True)
@click.option(
    "--skip-refused",
    is_flag=True,
    help="Score the others where the facts of some organisations are wrong.",
)
@click.option("--overwrite", is_flag=True, help="Replace the results of an earlier run.")
def spark_command(
    rules_dir: Path,
    data: str,
    out: str,
    local: int | None,
    memory: str,
    skip_refused: bool,
    overwrite: bool,
) -> None:
    """Score a round of mixed categories from Parquet files that Spark can reach.

    DATA and --out are paths or addresses, such as hdfs:///rounds/2026.parquet.
    """
    if find_spec("pyspark") is None:
        raise click.ClickException(_NO_SPARK)
    # Only who has Spark can import what follows, and the list of commands imports this file.
    from evaluator.scale.spark.folders import is_there, write
    from evaluator.scale.spark.rounds import SparkRound
    from evaluator.scale.spark.session import JavaMissing, cluster_session, local_session

    try:
        rule_sets = load_folder(rules_dir)
        spark = local_session(local, memory) if local else cluster_session()
        if is_there(spark, out) and not overwrite:
            raise click.ClickException(
                f"{out} holds results already. Name another folder, or replace them with "
                "--overwrite."
            )
        scored = SparkRound(spark.read.parquet(data), rule_sets).score()
        if scored.refused and not skip_refused:
            raise refused_exception(scored.refused)
        write(spark, scored, out)
    except (RuleErrors, TableErrors, JavaMissing) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Results: {out}")
