/* Elements with any step, copied so that they follow one another in memory and can be worked on by vectors. */
#ifndef RAPTORS_LOOPS_STRIDED_H
#define RAPTORS_LOOPS_STRIDED_H

#include "kernels/loops/elementwise.h"

/* Every second element of `size` bytes, a vector of them; reads one element behind the last. */
ALWAYS_INLINE void copy_every_second(const char *in, intptr_t size, char *out) {
#define KEEP_LOW_HALVES(WIDE, NARROW, LANES)                                   \
    typedef WIDE wide __attribute__((ext_vector_type(LANES), aligned(1)));     \
    typedef NARROW narrow __attribute__((ext_vector_type(LANES), aligned(1))); \
    *(narrow *)out = __builtin_convertvector(*(const wide *)in, narrow);
    if (size == 1) {
        KEEP_LOW_HALVES(u16, u8, 64)
    } else if (size == 2) {
        KEEP_LOW_HALVES(u32, u16, 32)
    } else if (size == 4) {
        KEEP_LOW_HALVES(u64, u32, 16)
    } else {
        typedef u64 eight __attribute__((ext_vector_type(8), aligned(1)));
        const eight *from = (const eight *)in;
        *(eight *)out = __builtin_shufflevector(from[0], from[1], 0, 2, 4, 6, 8, 10, 12, 14);
    }
#undef KEEP_LOW_HALVES
}

/* `size` is a constant. The halves of a number lie the other way round in big-endian memory. */
ALWAYS_INLINE void copy_strided(const char *in, intptr_t count, intptr_t step, intptr_t size, void *room) {
    char *out = room;
    intptr_t i = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (step == 2 * size && size <= 8) {
        const intptr_t lanes = VECTOR_BYTES / size;
        for (; i + lanes < count; i += lanes) copy_every_second(in + i * step, size, out + i * size);
    }
#endif
    _Pragma("clang loop vectorize(disable) unroll_count(8)") for (; i < count; i++)
        memcpy(out + i * size, in + i * step, (size_t)size);
}

#endif
