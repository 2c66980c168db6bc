/* Bits and shifts, for every dtype that has them. The formulas are in logical.h. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/bitwise/bitwise.h"
#include "kernels/each_bool.h"
#include "kernels/each_integer.h"
