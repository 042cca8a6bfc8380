-- Behind prepare.sql: the same events as the other rivals read them.

COPY integers.events TO '$folder/integers.tsv' (DELIMITER '\t', HEADER false);
COPY types TO '$folder/types.csv' (HEADER true);

COPY (
    SELECT line
    FROM (SELECT row_number() OVER () AS position, line FROM read_csv('$lines', columns = {'line': 'VARCHAR'},
        delim = chr(1), quote = '', escape = '', header = false)) SEMI JOIN texts USING (position)
    ORDER BY position)
TO '$folder/unique.ndjson' (FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '');

COPY (SELECT * FROM texts ORDER BY position) TO '$folder/events.parquet' (FORMAT parquet, COMPRESSION zstd);
