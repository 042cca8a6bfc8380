"""Scores the published CDNOW purchases with SQLite: the numbers that the view rfm must give.

    python3 make.py ../../../tools/data/CDNOW_master.txt.gz > cdnow-cells.csv       all 23,570 customers
    python3 make.py ../cdnow/CDNOW_sample.txt > cdnow-sample-cells.csv   the published tenth

One row for each reference date, way of scoring and cell of scores: customers and cents in it, and the sum of the numbers
of its customers (the master's), so that two customers who changed places would show.
The quantile score is 1 + floor(5 * |{u : u < v}| / n), for recency u > v; the other one is SQLite's NTILE(5), recency
descending and the others ascending, ties by the alias.
"""
import gzip, sqlite3, sys

path = sys.argv[1]
opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE paid (customer TEXT, day TEXT, cents INTEGER)")
for line in opened:
    words = line.split()
    if not words or not words[0].isdigit():
        continue
    customer, date, amount = words[0], words[-3], words[-1]
    units, cents = amount.split(".")
    day = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    database.execute("INSERT INTO paid VALUES (?, ?, ?)", (customer, day, int(units) * 100 + int(cents.ljust(2, "0"))))

QUERY = """
WITH v AS (
    SELECT customer, CAST(julianday(:date) - julianday(MAX(day)) AS INTEGER) AS recency, COUNT(*) AS frequency,
           SUM(cents) AS cents
    FROM paid WHERE day <= :date GROUP BY customer),
ntile AS (
    SELECT customer, cents, NTILE(5) OVER (ORDER BY recency DESC, 'customer:' || customer) AS r,
           NTILE(5) OVER (ORDER BY frequency, 'customer:' || customer) AS f,
           NTILE(5) OVER (ORDER BY cents, 'customer:' || customer) AS m FROM v),
quantile AS (
    SELECT customer, cents,
           1 + 5 * (RANK() OVER (ORDER BY recency DESC) - 1) / (SELECT COUNT(*) FROM v) AS r,
           1 + 5 * (RANK() OVER (ORDER BY frequency) - 1) / (SELECT COUNT(*) FROM v) AS f,
           1 + 5 * (RANK() OVER (ORDER BY cents) - 1) / (SELECT COUNT(*) FROM v) AS m FROM v)
SELECT :date, :scores, r, f, m, COUNT(*), SUM(cents), SUM(CAST(customer AS INTEGER)) FROM {} GROUP BY r, f, m ORDER BY r, f, m
"""
print("date,scores,r,f,m,customers,cents,numbers")
for date in ["1997-03-31", "1997-09-30", "1998-06-30"]:
    for scores in ["quantile", "ntile"]:
        for row in database.execute(QUERY.format(scores), {"date": date, "scores": scores}):
            print(*row, sep=",")
