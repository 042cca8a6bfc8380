#!/usr/bin/env python3
"""Makes clickstream.txt and clickstream.json from ecom.csv.gz of the PyPI package retentioneering 5.2.4.

    make.py ../../../tools/data/ecom.csv.gz

clickstream.txt: the names of the events, then a line a session: user, session, second of its first event in UTC since
1970, then for each event the place of its name and the seconds since the event before. clickstream.json: what must come out, counted here in plain Python, on nothing of ours. The
counts were also compared with pm4py 2.7.23 (edges, starts, ends and variants, by user and by session): equal.
"""
import collections, csv, datetime, gzip, json, math, pathlib, sys

here = pathlib.Path(__file__).parent
rows = list(csv.DictReader(gzip.open(sys.argv[1], "rt")))
for order, row in enumerate(rows):
    time = datetime.datetime.fromisoformat(row["timestamp"]).replace(tzinfo=datetime.timezone.utc)
    row["t"], row["order"] = int(time.timestamp()), order
rows.sort(key=lambda row: (row["t"], row["order"]))  # equal times in the order of the file

traces = {"customer": collections.defaultdict(list), "session": collections.defaultdict(list)}
for row in rows:
    traces["customer"][row["user_id"]].append(row)
    traces["session"][row["user_id"], row["session_id"]].append(row)

events = [event for event, _ in collections.Counter(row["event"] for row in rows).most_common()]
with open(here / "clickstream.txt", "w") as file:
    print(*events, file=file)
    for (user, session), trace in sorted(traces["session"].items()):
        last, steps = trace[0]["t"], []
        for row in trace:
            steps.append(f"{events.index(row['event'])}+{row['t'] - last}")
            last = row["t"]
        print(user, session, trace[0]["t"], *steps, file=file)


def quantile(values, percent):
    return sorted(values)[math.ceil(percent * len(values) / 100) - 1]


def graph(traces):
    edges, customers = collections.defaultdict(list), collections.defaultdict(set)
    for trace in traces:
        for a, b in zip(trace, trace[1:]):
            edges[a["event"], b["event"]].append(b["t"] - a["t"])
            customers[a["event"], b["event"]].add(a["user_id"])
    variants = collections.Counter(" > ".join(row["event"] for row in trace) for trace in traces)
    return {
        "count": len(traces),
        # from, to: count, customers, median and 95th percentile in seconds
        "edges": {
            " > ".join(edge): [len(times), len(customers[edge]), quantile(times, 50), quantile(times, 95)]
            for edge, times in sorted(edges.items())
        },
        "starts": dict(sorted(collections.Counter(trace[0]["event"] for trace in traces).items())),
        "ends": dict(sorted(collections.Counter(trace[-1]["event"] for trace in traces).items())),
        "variants": len(variants),
        "frequentVariants": {variant: n for variant, n in sorted(variants.items()) if n > 2},
    }


def depth(trace, steps, within, order):
    deepest = 0
    for i, first in enumerate(trace):
        inside = [row for row in trace[i:] if within is None or row["t"] - first["t"] <= within]
        if order == "any":
            if first["event"] in steps:
                deepest = max(deepest, len({row["event"] for row in inside} & set(steps)))
        elif first["event"] == steps[0]:
            reached, at = 1, 0
            while reached < len(steps):
                if order == "strict":
                    at += 1
                    if at >= len(inside) or inside[at]["event"] != steps[reached]:
                        break
                else:
                    at = next((k for k in range(at + 1, len(inside)) if inside[k]["event"] == steps[reached]), None)
                    if at is None:
                        break
                reached += 1
            deepest = max(deepest, reached)
    return deepest


funnels = []
for unit in traces:
    for order in ["sequential", "strict", "any"]:
        for steps, within in [
            ("product_view,add_to_cart,cart,purchase", None),
            ("product_view,add_to_cart,cart,purchase", "1h"),
            ("catalog,product_view,add_to_cart", "2m"),
            ("cart,shipping_details,payment_details,purchase", "24h"),
        ]:
            seconds = {None: None, "1h": 3600, "2m": 120, "24h": 86400}[within]
            depths = [depth(trace, steps.split(","), seconds, order) for trace in traces[unit].values()]
            counts = [sum(d > k for d in depths) for k in range(len(steps.split(",")))]
            funnels.append({"by": unit, "order": order, "steps": steps, "within": within, "counts": counts})

expected = {unit: graph(list(traces[unit].values())) for unit in traces} | {"funnels": funnels}


def lines(value, depth):
    """JSON with a line for each entry of the outer levels, and for each funnel."""
    if depth == 0 or not isinstance(value, (dict, list)) or (isinstance(value, dict) and "order" in value):
        return json.dumps(value, separators=(",", ":"))
    entries = value.items() if isinstance(value, dict) else [(None, entry) for entry in value]
    inside = ",\n".join((f"{json.dumps(key)}:" if key is not None else "") + lines(entry, depth - 1) for key, entry in entries)
    return f"{{\n{inside}\n}}" if isinstance(value, dict) else f"[\n{inside}\n]"


(here / "clickstream.json").write_text(lines(expected, 3) + "\n")
