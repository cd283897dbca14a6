"""A round scored by Spark: the same rows and quotas as on one machine, however it is cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from pyspark.sql import SparkSession
from spark_rounds import explained, rule_sets, submissions, written

from evaluator.cli import main
from evaluator.files.submissions import TableErrors
from evaluator.results.parquet import read_results
from evaluator.scale.spark.pieces import ROWS
from evaluator.scale.spark.rounds import Scored, SparkRound
from evaluator.scale.spark.session import local_session
from rules.canonical import write_yaml

EVERYONE = submissions(700, seed=1)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    # Short queries on little data: compiling them well takes longer than running them.
    session = local_session(
        2,
        memory="512m",
        spark_driver_extraJavaOptions="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        spark_sql_codegen_wholeStage="false",
        spark_sql_codegen_factoryMode="NO_CODEGEN",
    )
    yield session
    session.stop()


def scored(spark: SparkSession, path: Path, partitions: int = 1, rows: int = ROWS) -> Scored:
    data = spark.read.parquet(str(path)).repartition(partitions).cache()
    return SparkRound(data, rule_sets(), rows).score()


def problems(spark: SparkSession, path: Path) -> list[str]:
    with pytest.raises(TableErrors) as caught:
        scored(spark, path, partitions=2)
    return sorted(map(str, caught.value.problems))


@pytest.mark.parametrize(("partitions", "batch", "rows"), [(1, ROWS, ROWS), (5, 11, 37)])
def test_rows_and_quotas_are_those_of_one_machine(
    spark: SparkSession, tmp_path: Path, partitions: int, batch: int, rows: int
) -> None:
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(batch))
    found = scored(spark, written(tmp_path / "round.parquet", EVERYONE), partitions, rows)
    found.results.write.parquet(str(tmp_path / "results"))
    expected, quotas = explained(EVERYONE)
    assert {row.id: row for row in read_results(tmp_path / "results")} == expected
    for name, reports in quotas.items():
        assert sorted(map(repr, found.quotas[name])) == sorted(map(repr, reports))


def test_cells_that_cannot_be_read_are_told_by_their_organisation(
    spark: SparkSession, tmp_path: Path
) -> None:
    path = written(tmp_path / "round.parquet", EVERYONE[:20])
    table = pq.read_table(path)
    table = with_texts(table, "extra", {3: "many", 5: "21"})
    pq.write_table(with_texts(table, "category", {7: "companies"}), path)
    ids = table["id"].to_pylist()
    assert problems(spark, path) == sorted(
        [
            f'id {ids[3]}, column extra: found "many"; allowed is a whole number',
            f'id {ids[5]}, column extra: found "21"; allowed is 0 to 20',
            f'id {ids[7]}, column category: found "companies"; allowed are community, company. '
            'Did you mean "company"?',
        ]
    )


def test_number_of_two_organisations_is_told_wherever_they_stand(
    spark: SparkSession, tmp_path: Path
) -> None:
    path = written(tmp_path / "round.parquet", EVERYONE[:20])
    table = pq.read_table(path)
    first = table["id"][0].as_py()
    pq.write_table(with_texts(table, "id", {19: f" {first}\u3000"}), path)
    assert problems(spark, path) == [
        f"id {first}, column id: stands in 2 rows; an organisation has one row: "
        "remove the others or mend their numbers"
    ]


def test_unknown_column_is_told_before_anything_runs(spark: SparkSession, tmp_path: Path) -> None:
    path = written(tmp_path / "round.parquet", EVERYONE[:1])
    table = pq.read_table(path)
    pq.write_table(table.append_column("nn", pa.array(["1"])), path)
    [problem] = problems(spark, path)
    assert problem.startswith('columns, column nn: "nn" is no column.')


def test_command_writes_once_and_only_what_it_is_told_to(
    spark: SparkSession, tmp_path: Path
) -> None:
    rules, data, out = tmp_path / "rules", tmp_path / "round.parquet", tmp_path / "out"
    rules.mkdir()
    for name, each in rule_sets().items():
        (rules / f"{name}.yaml").write_text(write_yaml(each), encoding="utf-8")
    expected, _ = explained(EVERYONE[:60])
    refused = sum(row.status == "refused" for row in expected.values())
    arguments = (rules, written(data, EVERYONE[:60]), "--out", out, "--local", "2")

    assert said(*arguments) == (
        1,
        f"Error: {refused} organisation(s) have facts that cannot be used; nothing was written. "
        "Mend them, or score the others with --skip-refused.\n",
    )
    assert not out.exists()
    assert said(*arguments, "--skip-refused") == (0, f"Results: {out}\n")
    assert {row.id: row for row in read_results(out / "results.parquet")} == expected
    assert said(*arguments, "--skip-refused") == (
        1,
        f"Error: {out} holds results already. Name another folder, or replace them with "
        "--overwrite.\n",
    )
    [part] = out.glob("quotas.json/*.json")
    quotas = [json.loads(line) for line in part.read_text("utf-8").splitlines()]
    assert {(each["category"], each["quota"]) for each in quotas} == {
        (category, quota.id) for category, each in rule_sets().items() for quota in each.quotas
    }


def said(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["spark", *map(str, arguments)])
    return result.exit_code, result.output


def with_texts(table: pa.Table, name: str, texts: dict[int, str]) -> pa.Table:
    column = [str(each) if each is not None else None for each in table[name].to_pylist()]
    for place, text in texts.items():
        column[place] = text
    return table.set_column(table.schema.get_field_index(name), name, pa.array(column))
