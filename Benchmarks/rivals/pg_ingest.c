// Inserts prepared lines into PostgreSQL from several connections, and prints the seconds until the last answer.
//
//     pg_ingest CONNINFO FILE CLIENTS ROWS
//
// FILE holds rows of text columns id, subject, type, occurred, body, parted by tabs. Statements are prepared, and the
// arrays of a statement of many rows are made before the clock starts: only the server's work is measured.
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 5 };

typedef struct {
    const char *values[COLUMNS];
} Row;

typedef struct {
    const char *conninfo;
    Row *rows;
    long count;
    pthread_t thread;
} Client;

static long rows_per_statement;
static pthread_barrier_t start_line;

static void fail(const char *words) {
    fprintf(stderr, "pg_ingest: %s\n", words);
    exit(1);
}

// One array literal from a column of rows; JSON has quotes and backslashes, which are escaped.
static char *array_literal(const Row *rows, long count, int column) {
    size_t size = 3;
    for (long i = 0; i < count; i++) size += 2 * strlen(rows[i].values[column]) + 3;
    char *text = malloc(size), *end = text;
    *end++ = '{';
    for (long i = 0; i < count; i++) {
        if (i > 0) *end++ = ',';
        *end++ = '"';
        for (const char *byte = rows[i].values[column]; *byte; byte++) {
            if (*byte == '"' || *byte == '\\') *end++ = '\\';
            *end++ = *byte;
        }
        *end++ = '"';
    }
    *end++ = '}';
    *end = 0;
    return text;
}

// Rows of arrays: one for each statement.
static Row *statements(const Row *rows, long count, long *made) {
    Row *all = malloc(sizeof(Row) * (count / rows_per_statement + 1));
    *made = 0;
    for (long start = 0; start < count; start += rows_per_statement) {
        long length = count - start < rows_per_statement ? count - start : rows_per_statement;
        for (int column = 0; column < COLUMNS; column++)
            all[*made].values[column] = array_literal(rows + start, length, column);
        (*made)++;
    }
    return all;
}

static void *run(void *argument) {
    Client *client = argument;
    PGconn *connection = PQconnectdb(client->conninfo);
    if (PQstatus(connection) != CONNECTION_OK) fail(PQerrorMessage(connection));
    const char *sql = rows_per_statement == 1
        ? "INSERT INTO events (id, subject, type, occurred, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
        : "INSERT INTO events (id, subject, type, occurred, body) SELECT * FROM "
          "unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::json[]) ON CONFLICT DO NOTHING";
    PQclear(PQprepare(connection, "insert", sql, 0, NULL));
    long count = client->count;
    const Row *rows = rows_per_statement == 1 ? client->rows : statements(client->rows, count, &count);
    pthread_barrier_wait(&start_line);
    for (long i = 0; i < count; i++) {
        PGresult *result = PQexecPrepared(connection, "insert", COLUMNS, rows[i].values, NULL, NULL, 0);
        if (PQresultStatus(result) != PGRES_COMMAND_OK) fail(PQresultErrorMessage(result));
        PQclear(result);
    }
    PQfinish(connection);
    return NULL;
}

static Row *read_rows(const char *path, long *count) {
    FILE *file = fopen(path, "r");
    if (!file) fail("the file cannot be read");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if ((long)fread(text, 1, size, file) != size) fail("the file cannot be read");
    text[size] = 0;
    long lines = 0;
    for (char *end = text; (end = strchr(end, '\n')); end++) lines++;
    Row *rows = malloc(sizeof(Row) * lines);
    char *rest = text;
    for (*count = 0; *count < lines; (*count)++) {
        for (int column = 0; column < COLUMNS; column++)
            rows[*count].values[column] = strsep(&rest, column == COLUMNS - 1 ? "\n" : "\t");
    }
    return rows;
}

int main(int count, char **arguments) {
    if (count != 5) fail("CONNINFO FILE CLIENTS ROWS");
    long row_count;
    Row *rows = read_rows(arguments[2], &row_count);
    int client_count = atoi(arguments[3]);
    rows_per_statement = atol(arguments[4]);
    Client *clients = calloc(client_count, sizeof(Client));
    pthread_barrier_init(&start_line, NULL, client_count + 1);
    for (int i = 0; i < client_count; i++) {
        long from = row_count * i / client_count, to = row_count * (i + 1) / client_count;
        clients[i] = (Client){arguments[1], rows + from, to - from, 0};
        pthread_create(&clients[i].thread, NULL, run, &clients[i]);
    }
    struct timespec start, end;
    pthread_barrier_wait(&start_line);
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < client_count; i++) pthread_join(clients[i].thread, NULL);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.6f\n", (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) * 1e-9);
    return 0;
}
