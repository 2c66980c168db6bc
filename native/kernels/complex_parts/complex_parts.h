/* The parts of complex numbers of one dtype, and the conjugate: template. All results are exact. */
#include "kernels/loops/elementwise.h"

ALWAYS_INLINE void f(real)(PART *out, const T *a) { *out = a->re; }
ALWAYS_INLINE void f(imag)(PART *out, const T *a) { *out = a->im; }
ALWAYS_INLINE void f(conj)(T *out, const T *a) {
    const PART re = a->re, im = -a->im;
    out->re = re;
    out->im = im;
}
UNARY_COMPLEX(real, PART)
UNARY_COMPLEX(imag, PART)
UNARY_COMPLEX(conj, T)
