/* Instantiates squared_deviations.h for the ordered dtypes. */
#define TEMPLATE "kernels/reduce/squared_deviations.h"
#include "kernels/each/bool.h"
#include "kernels/each/float.h"
#include "kernels/each/integer.h"
