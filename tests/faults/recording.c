/* Writes down, in its order, all that the process does to the files below a folder.
 *
 * Linked with failing_io.c, which calls this after each operation that was done. What is written
 * is read by tests/faults/operations.py.
 */
#define _GNU_SOURCE
#include "recording.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static int into = -1;

struct head {
    int kind;
    int names;   /* bytes of the names, each with its 0, that follow */
    long file;   /* the number of the file on its drive */
    long place;
    long length; /* bytes of data that follow the names, or the new length of a file */
};

void recording_begin(const char *path) {
    into = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (into < 0) abort();
}
void recording_end(void) {
    if (into >= 0) syscall(SYS_close, into);
    into = -1;
}
int recording(void) { return into >= 0; }
void recording_lock(void) {
    if (recording()) pthread_mutex_lock(&one_at_a_time);
}
void recording_unlock(void) { pthread_mutex_unlock(&one_at_a_time); }

static void put(const void *data, size_t length) {
    while (length) {
        ssize_t n = syscall(SYS_write, into, data, length);
        if (n <= 0) abort();
        data = (const char *)data + n;
        length -= n;
    }
}

void recorded(int kind, long file, long place, const void *data, long length, const char *name,
              const char *other) {
    if (!recording()) return;
    int first = name ? strlen(name) + 1 : 0, second = other ? strlen(other) + 1 : 0;
    struct head head = {kind, first + second, file, place, length};
    put(&head, sizeof head);
    if (first) put(name, first);
    if (second) put(other, second);
    if (data) put(data, length);
}

void recorded_at(int kind, int fd, long place, const void *data, long length) {
    struct stat facts;
    if (!recording() || fstat(fd, &facts)) return;
    char link[64], path[PATH_MAX];
    if (!S_ISDIR(facts.st_mode)) {
        recorded(kind, facts.st_ino, place, data, length, 0, 0);
        return;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (n <= 0) abort();
    path[n] = 0;
    if (kind == SYNCED) recorded(FOLDER_SYNCED, 0, 0, 0, 0, path, 0);
}

long recording_place(int fd) {
    struct stat facts;
    if (!recording()) return 0;
    int flags = fcntl(fd, F_GETFL);
    if (flags >= 0 && flags & O_APPEND && !fstat(fd, &facts)) return facts.st_size;
    return lseek(fd, 0, SEEK_CUR);
}
