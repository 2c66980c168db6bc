/* Choice between elements, for every dtype that has them. The formulas are in select.h. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/where/where.h"
#include "kernels/each_bool.h"
#include "kernels/each_integer.h"
#include "kernels/each_float.h"
#include "kernels/each_complex.h"
