/* Preloaded into a program: its n-th allocation fails, or all from the n-th on. Counts them too. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

static unsigned long count, first, last;

__attribute__((constructor)) static void read_settings(void) {
    const char *text = getenv("FAULT_FIRST");
    first = text ? strtoul(text, NULL, 10) : 0;
    text = getenv("FAULT_LAST");
    last = text ? strtoul(text, NULL, 10) : 0;
}

__attribute__((destructor)) static void write_count(void) {
    const char *path = getenv("FAULT_COUNT");
    int file = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (file >= 0) {
        dprintf(file, "%lu", count);
        close(file);
    }
}

static int fails(void) {
    unsigned long number = __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED);
    return first && number >= first && number <= last;
}

void *malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }

void *calloc(size_t number, size_t size) {
    return fails() ? NULL : __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) { return fails() ? NULL : __libc_realloc(old, size); }
