/* Instantiates reduce.h for all dtypes. */
#define TEMPLATE "kernels/reduce/reduce.h"
#include "kernels/each/bool.h"
#include "kernels/each/complex.h"
#include "kernels/each/float.h"
#include "kernels/each/integer.h"
