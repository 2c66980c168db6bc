/* Instantiates clip (clip.h) for every real dtype. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/clip/clip.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
