/* The kernels of Fourier transforms, for float32 and float64: the parts of the complex numbers that they are of. */
#define TEMPLATE "kernels/fourier/fourier.h"
#include "kernels/each/float.h"
