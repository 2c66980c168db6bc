/* Comparisons, for every dtype that has them. The formulas are in compare.h. */
#include "kernels/blocks.h"

#define TEMPLATE "kernels/compare/compare.h"
#include "kernels/each_bool.h"
#include "kernels/each_integer.h"
#include "kernels/each_float.h"
#include "kernels/each_complex.h"
