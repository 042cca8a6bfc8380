#include <signal.h>
#include <sys/prctl.h>

/// Has the kernel end this process when the one that started it ends.
static inline int linux_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }
