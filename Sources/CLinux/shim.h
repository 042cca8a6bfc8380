/* What the C library of Linux has and its headers only show where _GNU_SOURCE is defined. */
#include <sched.h>

int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned int flags);
int sched_getaffinity(pid_t thread, size_t size, cpu_set_t *cores);
