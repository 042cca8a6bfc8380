-- The rivals' job over events(customer, type, t, cents, points) and types(type, name, stage).
-- No customer has two events at one time, so that t alone orders them.

-- part: rfm
CREATE OR REPLACE TEMP TABLE rfm AS
SELECT *, ntile(5) OVER (ORDER BY last, customer) AS r, ntile(5) OVER (ORDER BY frequency, customer) AS f,
    ntile(5) OVER (ORDER BY monetary, customer) AS m
FROM (
    SELECT customer, max(t) AS last, count(*) AS frequency, sum(cents) AS monetary
    FROM events WHERE type = (SELECT type FROM types WHERE name = 'order.paid') GROUP BY customer);

-- part: edges
CREATE OR REPLACE TEMP TABLE edges AS
SELECT before, type, count(*) AS count
FROM (SELECT type, lag(type) OVER (PARTITION BY customer ORDER BY t) AS before FROM events)
WHERE before IS NOT NULL GROUP BY ALL;

-- part: points
CREATE OR REPLACE TEMP TABLE points AS
SELECT customer, sum(CASE WHEN types.name = 'order.paid' THEN cents // 100 ELSE -points END) AS points
FROM events JOIN types USING (type) WHERE types.name IN ('order.paid', 'points.redeemed') GROUP BY customer;

-- part: stages
CREATE OR REPLACE TEMP TABLE stages AS
SELECT customer, stage FROM (SELECT customer, arg_max(type, t) AS type FROM events GROUP BY customer)
JOIN types USING (type);
