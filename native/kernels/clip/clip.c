/* Instantiates clip.h for the real dtypes. */
#define TEMPLATE "kernels/clip/clip.h"
#include "kernels/each/float.h"
#include "kernels/each/integer.h"
