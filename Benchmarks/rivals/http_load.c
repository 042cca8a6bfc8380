// Posts events to a service over HTTP/1.1, or asks it questions, from several connections that are kept, and prints the
// seconds until the last answer and those that answers took (p50, p99) as JSON.
//
//     http_load PORT TOKEN CONNECTIONS post FILE EVENTS       EVENTS lines of FILE a body, as an array
//     http_load PORT TOKEN CONNECTIONS get COUNT PATH N       %ld in PATH is a number of 1...N at random
//
// Requests are made before the clock starts. An answer other than 200 ends the program with status 1.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    char *bytes;
    size_t size;
} Request;

static int port;
static const char *token;
static Request *requests;
static long request_count, next_request;
static double *latencies;
static pthread_barrier_t start_line;

static void fail(const char *words) {
    fprintf(stderr, "http_load: %s\n", words);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "r");
    if (!file) fail("the file cannot be read");
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    char *text = malloc(*size + 1);
    if (fread(text, 1, *size, file) != *size) fail("the file cannot be read");
    text[*size] = 0;
    return text;
}

static void add_post(const char *body, size_t size) {
    char *bytes = malloc(size + 512);
    int head = sprintf(
        bytes,
        "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
        "Content-Type: application/cloudevents-batch+json\r\nContent-Length: %zu\r\n\r\n",
        token, size);
    memcpy(bytes + head, body, size);
    requests[request_count++] = (Request){bytes, head + size};
}

static void make_posts(const char *path, long events) {
    size_t size;
    char *text = read_file(path, &size), *line = text;
    long lines = 0;
    for (char *at = text; (at = strchr(at, '\n')); at++) lines++;
    requests = malloc(sizeof(Request) * (lines / events + 1));
    char *body = malloc(size + lines + 2);
    while (*line) {
        size_t length = 0;
        body[length++] = '[';
        for (long i = 0; i < events && *line; i++) {
            char *end = strchr(line, '\n');
            if (i > 0) body[length++] = ',';
            memcpy(body + length, line, end - line);
            length += end - line;
            line = end + 1;
        }
        body[length++] = ']';
        add_post(body, length);
    }
}

static void make_gets(long count, const char *pattern, long numbers) {
    requests = malloc(sizeof(Request) * count);
    unsigned long state = 1;
    for (request_count = 0; request_count < count; request_count++) {
        state = state * 6364136223846793005ul + 1442695040888963407ul;
        char path[512], *bytes = malloc(1024);
        snprintf(path, sizeof path, pattern, (long)((state >> 33) % numbers) + 1);
        int size = sprintf(
            bytes, "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", path, token);
        requests[request_count] = (Request){bytes, size};
    }
}

static void receive(int connection, char *buffer, size_t room) {
    size_t have = 0;
    char *body = NULL;
    while (!body) {
        ssize_t count = recv(connection, buffer + have, room - have - 1, 0);
        if (count <= 0) fail("the service hung up");
        have += count;
        buffer[have] = 0;
        body = strstr(buffer, "\r\n\r\n");
    }
    if (strncmp(buffer, "HTTP/1.1 200", 12)) {
        fprintf(stderr, "%s\n", buffer);
        fail("the answer is not 200");
    }
    char *length = strcasestr(buffer, "\r\ncontent-length:");
    if (!length) fail("the answer has no length");
    size_t whole = (body + 4 - buffer) + strtoul(length + 17, NULL, 10);
    if (whole > room) fail("the answer is too long");
    while (have < whole) {
        ssize_t count = recv(connection, buffer + have, room - have, 0);
        if (count <= 0) fail("the service hung up");
        have += count;
    }
}

static void *run(void *argument) {
    (void)argument;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(0x7F000001)};
    int connection = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    if (connect(connection, (struct sockaddr *)&address, sizeof address)) fail("nobody listens");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    size_t room = 4 << 20;
    char *buffer = malloc(room);
    pthread_barrier_wait(&start_line);
    for (;;) {
        long number = __atomic_fetch_add(&next_request, 1, __ATOMIC_RELAXED);
        if (number >= request_count) break;
        Request request = requests[number];
        double start = now();
        for (size_t sent = 0; sent < request.size;) {
            ssize_t count = send(connection, request.bytes + sent, request.size - sent, MSG_NOSIGNAL);
            if (count <= 0) fail("the service hung up");
            sent += count;
        }
        receive(connection, buffer, room);
        latencies[number] = now() - start;
    }
    close(connection);
    return NULL;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments) {
    if (count < 7) fail("PORT TOKEN CONNECTIONS post FILE EVENTS, or ... get COUNT PATH N");
    port = atoi(arguments[1]);
    token = arguments[2];
    int connections = atoi(arguments[3]);
    if (!strcmp(arguments[4], "post")) make_posts(arguments[5], atol(arguments[6]));
    else make_gets(atol(arguments[5]), arguments[6], atol(arguments[7]));
    latencies = calloc(request_count, sizeof(double));
    pthread_t *threads = malloc(sizeof(pthread_t) * connections);
    pthread_barrier_init(&start_line, NULL, connections + 1);
    for (int i = 0; i < connections; i++) pthread_create(&threads[i], NULL, run, NULL);
    pthread_barrier_wait(&start_line);
    double start = now();
    for (int i = 0; i < connections; i++) pthread_join(threads[i], NULL);
    double seconds = now() - start;
    qsort(latencies, request_count, sizeof(double), ascending);
    printf("{\"seconds\":%.6f,\"requests\":%ld,\"p50\":%.6f,\"p99\":%.6f}\n", seconds, request_count,
           latencies[request_count / 2], latencies[(request_count * 99) / 100]);
    return 0;
}
