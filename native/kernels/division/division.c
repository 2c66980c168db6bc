/* Floor division and remainder, for every real dtype. The formulas are in division.h. */
#include "kernels/accurate.h"
#include "kernels/blocks.h"

#define TEMPLATE "kernels/division/division.h"
#include "kernels/each_integer.h"
#include "kernels/each_float.h"
