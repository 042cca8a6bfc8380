// SHA256_Init and its like take no memory and look nothing up; they are called old, and are not going away in 3.x.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/rand.h>
#include <sys/random.h>
