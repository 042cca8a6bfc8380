#!/usr/bin/env python3
"""Ledgers of points over CDNOW's purchases, computed without the engine: only the standard library.

    ./make.py sample ../cdnow/CDNOW_sample.txt master ../../../tools/data/CDNOW_master.txt.gz > cdnow-ledgers.csv

One line for each file, date and policy: sums, members by tier, and the SHA-256 of all members' rows in the format of
`loyalty/members`, ascending by customer, each ended by a line feed, customers without their kind.

Policies: `default` is 1 point a dollar, rounded down, 365 days, nothing pending; `other` is 2.5 points a dollar, half
and more rounded up, pending for 30 days, 180 days, expiring within 60, tiers of the last 90 days with 20 days of grace.
"""
import gzip
import hashlib
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

DATES = ["1997-03-31", "1997-12-31", "1998-01-20", "1998-06-30"]
LEVELS = [("gold", 2000), ("silver", 500), ("basic", 0)]
POLICIES = {
    "default": dict(points=lambda usd: int(usd), pending=0, expires=365, within=30, window=365, grace=0),
    "other": dict(
        points=lambda usd: int((usd * Decimal("2.5")).quantize(Decimal(1), ROUND_HALF_UP)),
        pending=30, expires=180, within=60, window=90, grace=20),
}


def purchases(path):
    """Customer, date and dollars: the first, the third last and the last word of a line."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as lines:
        for line in lines:
            words = line.split()
            if words and words[0].isdigit():
                day = words[-3]
                yield words[0], date(int(day[:4]), int(day[4:6]), int(day[6:])), Decimal(words[-1])


def days(count):
    return timedelta(days=count)


def member(customer, bought, clock, policy):
    sums = Counter()
    for day, usd in bought:
        points = policy["points"](usd)
        end = day + days(policy["expires"])
        sums["earned"] += points
        if clock >= end:
            sums["expired"] += points
        elif clock < day + days(policy["pending"]):
            sums["pending"] += points
        else:
            sums["balance"] += points
            if end <= clock + days(policy["within"]):
                sums["expiring"] += points
    best = 0
    for back in range(policy["grace"] + 1):
        last = clock - days(back)
        first = last - days(policy["window"] - 1)
        best = max(best, sum(policy["points"](usd) for day, usd in bought if first <= day <= last))
    tier = next(name for name, least in LEVELS if best >= least)
    row = [customer, sums["balance"], sums["pending"], 0, sums["expiring"], tier, sums["earned"], 0, sums["expired"], 0, 0, 0]
    return sums, tier, ",".join(map(str, row)) + "\n"


def main():
    print("file,date,policy,members,balance,pending,expiring,earned,expired,basic,silver,gold,sha256")
    for name, path in zip(sys.argv[1::2], sys.argv[2::2]):
        history = list(purchases(path))
        for clock in map(date.fromisoformat, DATES):
            customers = defaultdict(list)
            for customer, day, usd in history:
                if day <= clock:
                    customers[customer].append((day, usd))
            for policy in POLICIES:
                total, tiers, rows = Counter(), Counter(), hashlib.sha256()
                for customer in sorted(customers):
                    sums, tier, row = member(customer, customers[customer], clock, POLICIES[policy])
                    total.update(sums)
                    tiers[tier] += 1
                    rows.update(row.encode())
                figures = [total[key] for key in ("balance", "pending", "expiring", "earned", "expired")]
                bands = [tiers[key] for key in ("basic", "silver", "gold")]
                print(name, clock, policy, len(customers), *figures, *bands, rows.hexdigest(), sep=",")


main()
