// Parses a file of JSON lines with simdjson, each line a document: a tape with UTF-8 validated. Prints lines a second.
//
//     simdjson FILE PASSES
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <simdjson.h>
#include <vector>

int main(int count, char **arguments) {
    if (count != 3) return 2;
    std::ifstream file(arguments[1], std::ios::binary);
    std::vector<char> text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    size_t size = text.size();
    text.resize(size + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    size_t lines = 0;
    auto pass = [&] {
        for (size_t start = 0; start < size;) {
            const char *end = static_cast<const char *>(memchr(text.data() + start, '\n', size - start));
            size_t length = end - (text.data() + start);
            simdjson::dom::element element;
            // What lies behind the line is its padding.
            if (parser.parse(text.data() + start, length, false).get(element)) exit(1);
            start += length + 1;
            lines++;
        }
    };
    pass();
    lines = 0;
    auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < atoi(arguments[2]); i++) pass();
    std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    printf("{\"rate\": %f}\n", lines / seconds.count());
}
