/* Makes one operation on the files below a folder fail, or kills the process there.
 *
 * Built by tests/faults/shim.py and loaded before libc (LD_PRELOAD). What is to happen is written
 * into a small piece of shared memory by the process that forks, see `plan` below.
 */
#define _GNU_SOURCE
#include "recording.h"

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
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

struct plan {
    long at;      /* the operation that fails, counted from 1; 0: none */
    long what;    /* 0: killed before it, 1: killed after half of a write, else this errno */
    long sticky;  /* whether all later ones fail as well */
    long count;   /* operations seen so far */
    char writes[1 << 16]; /* whether the operation of this number can be done by halves */
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
void failing_io_said(void) { recorded(SAID, 0, 0, 0, 0, 0, 0); }
long failing_io_halves(long at) { return failing_io_plan()->writes[at % (1 << 16)]; }

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

/* The whole path of a name in an open folder; 0 if it is not below the folder we look at. */
static int named(int folder, const char *name, char *path) {
    char link[64];
    if (!now || !now->folder[0]) return 0;
    if (name[0] == '/' || folder == AT_FDCWD) {
        snprintf(path, PATH_MAX, "%s", name);
        return below(path);
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    if (n <= 0) return 0;
    snprintf(path + n, PATH_MAX - n, "/%s", name);
    return below(path);
}

/* 0: go on, -1: fail with errno */
static int operation(int fd, const void *data, size_t length, off_t place) {
    long n = __atomic_add_fetch(&now->count, 1, __ATOMIC_SEQ_CST);
    if (!now->at) now->writes[n % (1 << 16)] = data && length > 1;
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

/* Gives back what the operation gave, and writes down what was done. */
#define DONE(type, call, well, ...) \
    recording_lock(); \
    type answer = call; \
    int error = errno; \
    if (well) __VA_ARGS__; \
    if (recording()) recording_unlock(); \
    errno = error; \
    return answer

#define PWRITE(name, offset) \
    ssize_t name(int fd, const void *data, size_t length, offset place) { \
        REAL(name, ssize_t, int, const void *, size_t, offset); \
        if (!watched(fd)) return real(fd, data, length, place); \
        if (operation(fd, data, length, place)) return -1; \
        DONE(ssize_t, real(fd, data, length, place), answer > 0, \
             recorded_at(WRITTEN, fd, place, data, answer)); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write, ssize_t, int, const void *, size_t);
    if (fd <= 2 || !watched(fd)) return real(fd, data, length);
    if (operation(fd, data, length, -1)) return -1;
    long place = recording_place(fd);
    DONE(ssize_t, real(fd, data, length), answer > 0,
         recorded_at(WRITTEN, fd, place, data, answer));
}

#define SYNC(name) \
    int name(int fd) { \
        REAL(name, int, int); \
        if (!watched(fd)) return real(fd); \
        if (operation(fd, 0, 0, 0)) return -1; \
        DONE(int, real(fd), !answer, recorded_at(SYNCED, fd, 0, 0, 0)); \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset) \
    int name(int fd, offset length) { \
        REAL(name, int, int, offset); \
        if (!watched(fd)) return real(fd, length); \
        if (operation(fd, 0, 0, 0)) return -1; \
        DONE(int, real(fd, length), !answer, recorded_at(CUT, fd, 0, 0, length)); \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
    REAL(unlink, int, const char *);
    if (!below(path)) return real(path);
    if (operation(-1, 0, 0, 0)) return -1;
    DONE(int, real(path), !answer, recorded(UNNAMED, 0, 0, 0, 0, path, 0));
}

int unlinkat(int folder, const char *name, int flags) {
    REAL(unlinkat, int, int, const char *, int);
    char path[PATH_MAX];
    if (!named(folder, name, path)) return real(folder, name, flags);
    if (operation(-1, 0, 0, 0)) return -1;
    int kind = flags & AT_REMOVEDIR ? FOLDER_GONE : UNNAMED;
    DONE(int, real(folder, name, flags), !answer, recorded(kind, 0, 0, 0, 0, path, 0));
}

int rename(const char *from, const char *to) {
    REAL(rename, int, const char *, const char *);
    if (!below(to)) return real(from, to);
    if (operation(-1, 0, 0, 0)) return -1;
    DONE(int, real(from, to), !answer, recorded(RENAMED, 0, 0, 0, 0, from, to));
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir, int, const char *, mode_t);
    if (!below(path)) return real(path, mode);
    if (operation(-1, 0, 0, 0)) return -1;
    DONE(int, real(path, mode), !answer, recorded(FOLDER_MADE, 0, 0, 0, 0, path, 0));
}

int rmdir(const char *path) {
    REAL(rmdir, int, const char *);
    if (!below(path)) return real(path);
    if (operation(-1, 0, 0, 0)) return -1;
    DONE(int, real(path), !answer, recorded(FOLDER_GONE, 0, 0, 0, 0, path, 0));
}

static int made(const char *path, int flags, int fd, int was_there) {
    if (!was_there) {
        struct stat facts;
        if (fstat(fd, &facts)) return -1;
        recorded(NAMED, facts.st_ino, 0, 0, 0, path, 0);
    } else if (flags & O_TRUNC) {
        recorded_at(CUT, fd, 0, 0, 0);
    }
    return 0;
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
        if (!writing || !below(path)) return real(path, flags, mode); \
        if (operation(-1, 0, 0, 0)) return -1; \
        int was_there = !recording() || !access(path, F_OK); \
        DONE(int, real(path, flags, mode), answer >= 0, made(path, flags, answer, was_there)); \
    }
OPEN(open)
OPEN(open64)
