-- A log of events in PostgreSQL: a position, a unique id, and what is asked most beside the body.
DROP TABLE IF EXISTS events;
CREATE TABLE events (
    position bigint GENERATED ALWAYS AS IDENTITY,
    id uuid PRIMARY KEY,
    subject text NOT NULL,
    type text NOT NULL,
    occurred timestamptz NOT NULL,
    body json NOT NULL
);
CHECKPOINT;
