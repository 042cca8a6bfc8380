/* What the processor can and Swift has no word for. */

/* Vector instructions under the compiler's names: those that every x86-64 has. */
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/* Asks for the memory at an address that is read soon, and does not wait for it. */
static inline void prefetch(const void *address) { __builtin_prefetch(address); }
