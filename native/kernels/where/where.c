/* Instantiates where.h for all dtypes. */
#define TEMPLATE "kernels/where/where.h"
#include "kernels/each/bool.h"
#include "kernels/each/integer.h"
#include "kernels/each/float.h"
#include "kernels/each/complex.h"
