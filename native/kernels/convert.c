/* Conversions between dtypes, for every dtype that has them. The formulas are in convert.h. */
#include "loops.h"

#define TEMPLATE "convert.h"
#include "each_bool.h"
#include "each_integer.h"
#include "each_float.h"
#include "each_complex.h"
