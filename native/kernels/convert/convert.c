/* Conversions between dtypes, for every dtype that has them. The formulas are in convert.h. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/convert/convert.h"
#include "kernels/each_bool.h"
#include "kernels/each_integer.h"
#include "kernels/each_float.h"
#include "kernels/each_complex.h"
