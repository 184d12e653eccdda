/* Makes one operation on the files below a folder fail, or kills the process there.
 *
 * Built by tests/faults/shim.py and loaded before libc (LD_PRELOAD). What is to happen is written
 * into a small piece of shared memory by the process that forks, see `plan` below.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

struct plan {
    long at;      /* the operation that fails, counted from 1; 0: none */
    long what;    /* 0: killed before it, 1: killed after half of a write, else this errno */
    long sticky;  /* whether all later ones fail as well */
    long count;   /* operations seen so far */
    char folder[PATH_MAX];
};

static struct plan *now;

/* Called once, by the parent: the children inherit the memory. */
struct plan *failing_io_plan(void) {
    if (!now) {
        void *shared = mmap(0, sizeof *now, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (shared == MAP_FAILED) abort();
        now = shared;
    }
    return now;
}
void failing_io_set(const char *folder, long at, long what, long sticky) {
    struct plan *plan = failing_io_plan();
    plan->at = at;
    plan->what = what;
    plan->sticky = sticky;
    plan->count = 0;
    snprintf(plan->folder, sizeof plan->folder, "%s", folder);
}
long failing_io_count(void) { return failing_io_plan()->count; }

static int below(const char *path) {
    return now && now->folder[0] && path && !strncmp(path, now->folder, strlen(now->folder));
}

static int watched(int fd) {
    if (!now || !now->folder[0] || fd < 0) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return below(path);
}

/* 0: go on, -1: fail with errno */
static int operation(int fd, const void *data, size_t length, off_t place) {
    long n = __atomic_add_fetch(&now->count, 1, __ATOMIC_SEQ_CST);
    if (!now->at || (n != now->at && !(now->sticky && n > now->at))) return 0;
    if (now->what > 1) {
        errno = (int)now->what;
        return -1;
    }
    if (now->what == 1 && data && length > 1) {
        if (place >= 0) syscall(SYS_pwrite64, fd, data, length / 2, place);
        else syscall(SYS_write, fd, data, length / 2);
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

#define REAL(name, type, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define PWRITE(name, offset) \
    ssize_t name(int fd, const void *data, size_t length, offset place) { \
        REAL(name, ssize_t, int, const void *, size_t, offset); \
        if (watched(fd) && operation(fd, data, length, place)) return -1; \
        return real(fd, data, length, place); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write, ssize_t, int, const void *, size_t);
    if (fd > 2 && watched(fd) && operation(fd, data, length, -1)) return -1;
    return real(fd, data, length);
}

#define SYNC(name) \
    int name(int fd) { \
        REAL(name, int, int); \
        if (watched(fd) && operation(fd, 0, 0, 0)) return -1; \
        return real(fd); \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset) \
    int name(int fd, offset length) { \
        REAL(name, int, int, offset); \
        if (watched(fd) && operation(fd, 0, 0, 0)) return -1; \
        return real(fd, length); \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
    REAL(unlink, int, const char *);
    if (below(path) && operation(-1, 0, 0, 0)) return -1;
    return real(path);
}

int rename(const char *from, const char *to) {
    REAL(rename, int, const char *, const char *);
    if (below(to) && operation(-1, 0, 0, 0)) return -1;
    return real(from, to);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name, int, const char *, int, ...); \
        mode_t mode = 0; \
        if (flags & O_CREAT) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        int writing = flags & (O_WRONLY | O_RDWR | O_CREAT); \
        if (writing && below(path) && operation(-1, 0, 0, 0)) return -1; \
        return real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
