/* Bits and shifts, for every dtype that has them. The formulas are in logical.h. */
#include "loops.h"

#define TEMPLATE "logical.h"
#include "each_bool.h"
#include "each_integer.h"
