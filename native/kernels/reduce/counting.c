/* Instantiates the reductions that count: counting.h for every dtype, deviations.h for the real ones. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/reduce/counting.h"
#include "kernels/each_bool.h"
#include "kernels/each_complex.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
#undef TEMPLATE

#define TEMPLATE "kernels/reduce/deviations.h"
#include "kernels/each_bool.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
