/* Instantiates the reductions (reduce.h) for every dtype. */
#include "loops.h"

#define TEMPLATE "reduce.h"
#include "each_bool.h"
#include "each_complex.h"
#include "each_float.h"
#include "each_integer.h"
