/* Instantiates search.h for the ordered dtypes. */
#define TEMPLATE "kernels/search/search.h"
#include "kernels/each/bool.h"
#include "kernels/each/float.h"
#include "kernels/each/integer.h"
