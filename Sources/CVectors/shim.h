/* The compiler's names of vector instructions: those that every x86-64 has. */
#if defined(__x86_64__)
#include <emmintrin.h>
#endif
