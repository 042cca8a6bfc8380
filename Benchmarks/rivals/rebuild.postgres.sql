-- The rivals' job in PostgreSQL over integers; temporary tables, so that nothing of it is synced.
DROP TABLE IF EXISTS rfm, edges, points, stages;

CREATE TEMP TABLE rfm AS
SELECT *, ntile(5) OVER (ORDER BY last, customer) AS r, ntile(5) OVER (ORDER BY frequency, customer) AS f,
    ntile(5) OVER (ORDER BY monetary, customer) AS m
FROM (
    SELECT customer, max(t) AS last, count(*) AS frequency, sum(cents) AS monetary
    FROM events WHERE type = (SELECT type FROM types WHERE name = 'order.paid') GROUP BY customer) AS orders;

CREATE TEMP TABLE edges AS
SELECT before, type, count(*) AS count
FROM (SELECT type, lag(type) OVER (PARTITION BY customer ORDER BY t) AS before FROM events) AS steps
WHERE before IS NOT NULL GROUP BY before, type;

CREATE TEMP TABLE points AS
SELECT customer, sum(CASE WHEN cents IS NOT NULL THEN cents / 100 ELSE -points END) AS points
FROM events WHERE type IN (SELECT type FROM types WHERE name IN ('order.paid', 'points.redeemed')) GROUP BY customer;

-- The type of the last event by its time in the higher bits: a hash aggregate instead of a sort.
CREATE TEMP TABLE stages AS
SELECT customer, stage
FROM (SELECT customer, (max(t * 32 + type) % 32)::smallint AS type FROM events GROUP BY customer) AS last
JOIN types USING (type);
