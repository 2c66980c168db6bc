/* What every walk that Python starts is run with: scratch memory. The GIL is in the header. */
#include "python/running.h"

#include "memory.h"

bool take_scratch(size_t bytes, scratch *taken) {
    taken->data = NULL;
    if (bytes == 0) return true;
    taken->data = memory_allocate(bytes, &taken->capacity);
    if (taken->data != NULL) return true;
    PyErr_Format(PyExc_MemoryError,
                 "raptors_xp: the system has no %zu bytes to work in; free arrays or work in smaller pieces", bytes);
    return false;
}

void give_scratch(scratch taken) {
    if (taken.data != NULL) memory_release(taken.data, taken.capacity);
}
