/* Instantiates the reductions that count: counting.h for every dtype, deviations.h for the real ones. */
#include "loops.h"

#define TEMPLATE "counting.h"
#include "each_bool.h"
#include "each_complex.h"
#include "each_float.h"
#include "each_integer.h"
#undef TEMPLATE

#define TEMPLATE "deviations.h"
#include "each_bool.h"
#include "each_float.h"
#include "each_integer.h"
