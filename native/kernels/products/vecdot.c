/* Instantiates vecdot.h for the numeric dtypes. */
#define TEMPLATE "kernels/products/vecdot.h"
#include "kernels/each/complex.h"
#include "kernels/each/float.h"
#include "kernels/each/integer.h"
