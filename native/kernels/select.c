/* Choice between elements, for every dtype that has them. The formulas are in select.h. */
#include "loops.h"

#define TEMPLATE "select.h"
#include "each_bool.h"
#include "each_integer.h"
#include "each_float.h"
#include "each_complex.h"
