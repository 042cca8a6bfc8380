-- From NDJSON as it arrives to a DuckDB of integers, without what was sent twice. Run by DuckDB in an empty database.
-- $lines: the file of events; $folder: where to.

CREATE TABLE texts AS
SELECT row_number() OVER () AS position, id, source, type, subject, epoch_ms(time) AS t, channel,
    (data.total.amount::DECIMAL(12, 2) * 100)::INTEGER AS cents, data.points AS points
FROM read_ndjson('$lines', columns = {id: 'UUID', source: 'VARCHAR', type: 'VARCHAR', subject: 'VARCHAR',
    time: 'TIMESTAMP', channel: 'VARCHAR', data: 'STRUCT(total STRUCT(amount VARCHAR), points INTEGER)'});
DELETE FROM texts WHERE position IN (
    SELECT unnest(list_sort(list(position))[2:]) FROM texts GROUP BY id HAVING count(*) > 1);

-- The phase that a customer with this event was in last.
CREATE TABLE types AS
SELECT row_number() OVER (ORDER BY name)::TINYINT AS type, name, CASE
    WHEN name IN ('campaign.opened', 'campaign.clicked') THEN 'awareness'
    WHEN name IN ('page.viewed', 'product.viewed', 'search.performed', 'app.opened', 'store.visited', 'cart.updated')
        THEN 'consideration'
    WHEN name IN ('checkout.started', 'order.placed', 'order.paid') THEN 'purchase'
    WHEN name IN ('member.enrolled', 'points.redeemed') THEN 'loyalty'
    WHEN name = 'review.posted' THEN 'advocacy'
    ELSE 'service' END AS stage
FROM (SELECT DISTINCT type AS name FROM texts);

ATTACH '$folder/integers.duckdb' AS integers;
CREATE TABLE integers.types AS FROM types;
CREATE TABLE integers.events AS
SELECT position::INTEGER AS position, substr(subject, 8)::INTEGER AS customer, types.type, t, cents, points
FROM texts JOIN types ON texts.type = types.name ORDER BY position;
