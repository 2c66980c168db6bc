/* Instantiates the search for the largest and the smallest element (extreme.h) for every ordered dtype. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/extreme/extreme.h"
#include "kernels/each_bool.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
