/* Instantiates the search in sorted elements (search.h) for every ordered dtype. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/search/search.h"
#include "kernels/each_bool.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
