/* Instantiates the reductions (reduce.h) for every dtype. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/reduce/reduce.h"
#include "kernels/each_bool.h"
#include "kernels/each_complex.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
