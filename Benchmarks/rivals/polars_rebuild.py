"""The rivals' job in polars over Parquet with strings. Prints JSON: seconds of the whole job and of each part."""

import argparse
import json
import time
from pathlib import Path

import polars as pl


def scores(column: str) -> pl.Expr:
    """SQL's NTILE(5) over (column, customer): the first groups are longer by one where 5 does not divide."""
    rank = pl.struct(column, "customer").rank("ordinal").cast(pl.Int64) - 1
    size, longer = pl.len().cast(pl.Int64) // 5, pl.len().cast(pl.Int64) % 5
    in_longer = rank // (size + 1) + 1
    return pl.when(rank < longer * (size + 1)).then(in_longer).otherwise((rank - longer) // size + 1)


def rfm(events: pl.LazyFrame) -> pl.DataFrame:
    orders = events.filter(pl.col("type") == "order.paid").group_by("customer")
    return (
        orders.agg(last=pl.col("t").max(), frequency=pl.len(), monetary=pl.col("cents").sum())
        .with_columns(r=scores("last"), f=scores("frequency"), m=scores("monetary"))
        .collect()
    )


def edges(events: pl.LazyFrame) -> pl.DataFrame:
    return (
        events.select("customer", "t", "type")
        .sort("customer", "t")
        .with_columns(before=pl.col("type").shift(1), owner=pl.col("customer").shift(1))
        .filter(pl.col("owner") == pl.col("customer"))
        .group_by("before", "type")
        .agg(count=pl.len())
        .collect()
    )


def points(events: pl.LazyFrame) -> pl.DataFrame:
    earned = pl.when(pl.col("type") == "order.paid").then(pl.col("cents") // 100).otherwise(-pl.col("points"))
    booked = events.filter(pl.col("type").is_in(["order.paid", "points.redeemed"]))
    return booked.group_by("customer").agg(points=earned.sum()).collect()


def stages(events: pl.LazyFrame, types: pl.DataFrame) -> pl.DataFrame:
    last = events.group_by("customer").agg(name=pl.col("type").get(pl.col("t").arg_max()))
    return last.join(types.lazy(), on="name").select("customer", "stage").collect()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--answers")
    arguments = parser.parse_args()
    events = pl.scan_parquet(f"{arguments.folder}/events.parquet").rename({"subject": "customer"})
    types = pl.read_csv(f"{arguments.folder}/types.csv")
    answers, seconds = {}, {}
    for part in (rfm, edges, points, stages):
        start = time.perf_counter()
        answers[part.__name__] = part(events, types) if part is stages else part(events)
        seconds[part.__name__] = time.perf_counter() - start
    print(json.dumps({"seconds": sum(seconds.values()), "parts": seconds}))
    if arguments.answers:
        write(answers, Path(arguments.answers))


def write(answers: dict[str, pl.DataFrame], folder: Path) -> None:
    """As answers.sql does for the other rivals."""
    for name, frame in answers.items():
        if "customer" in frame.columns:
            frame = frame.with_columns(pl.col("customer").str.slice(7).cast(pl.Int64)).sort("customer")
        else:
            frame = frame.sort("before", "type").select("before", "type", "count")
        frame.write_csv(folder / f"{name}.csv", include_header=False)


if __name__ == "__main__":
    main()
