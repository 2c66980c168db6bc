/* Comparisons, for every dtype that has them. The formulas are in compare.h. */
#include "blocks.h"

#define TEMPLATE "compare.h"
#include "each_bool.h"
#include "each_integer.h"
#include "each_float.h"
#include "each_complex.h"
