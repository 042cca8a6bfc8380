// What `measure decode` does, in C over LMDB: reads time, type, strand and money of every event, block by block, and
// prints the rate and the sum as JSON. The layout of a block is drawn in ARCHITECTURE.md, section 4.
//
//     decode DATA PASSES
#include <lmdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HEADERS_AT = 96, HEADER_BYTES = 80, COUNT_AT = 16, HAS_MONEY = 1 << 2 };

static void check(int status, const char *what) {
    if (status == 0) return;
    fprintf(stderr, "decode: %s: %s\n", what, mdb_strerror(status));
    exit(1);
}

#define FIELD(type, header, offset) ({ type value; memcpy(&value, (header) + (offset), sizeof value); value; })

static int64_t pass(MDB_txn *transaction, MDB_dbi blocks, uint64_t *events) {
    MDB_cursor *cursor;
    MDB_val key, value;
    int64_t sum = 0;
    *events = 0;
    check(mdb_cursor_open(transaction, blocks, &cursor), "cursor");
    for (int status = mdb_cursor_get(cursor, &key, &value, MDB_FIRST); status == 0;
         status = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
        const uint8_t *block = value.mv_data;
        uint32_t count = FIELD(uint32_t, block, COUNT_AT);
        for (uint32_t i = 0; i < count; i++) {
            const uint8_t *header = block + HEADERS_AT + (size_t)i * HEADER_BYTES;
            int64_t occurred = FIELD(int64_t, header, 0), recorded = FIELD(int64_t, header, 8);
            sum += (occurred < recorded ? occurred : recorded) + FIELD(uint16_t, header, 56) + FIELD(uint32_t, header, 52);
            if (FIELD(uint16_t, header, 64) & HAS_MONEY) sum += FIELD(int64_t, header, 40);
        }
        *events += count;
    }
    mdb_cursor_close(cursor);
    return sum;
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    char path[4096];
    snprintf(path, sizeof path, "%s/log", arguments[1]);
    int passes = atoi(arguments[2]);
    MDB_env *environment;
    MDB_txn *transaction;
    MDB_dbi blocks;
    check(mdb_env_create(&environment), "environment");
    check(mdb_env_set_maxdbs(environment, 8), "tables");
    check(mdb_env_open(environment, path, MDB_RDONLY, 0600), path);
    check(mdb_txn_begin(environment, NULL, MDB_RDONLY, &transaction), "transaction");
    check(mdb_dbi_open(transaction, "blocks", 0, &blocks), "blocks");
    uint64_t events;
    int64_t sum = pass(transaction, blocks, &events);
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < passes; i++) sum = pass(transaction, blocks, &events);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) * 1e-9;
    printf("{\"rate\": %f, \"sum\": %lld}\n", passes * (double)events / seconds, (long long)sum);
    mdb_txn_abort(transaction);
    mdb_env_close(environment);
    return 0;
}
