/* Instantiates classify.h for the floating-point dtypes. */
#define TEMPLATE "kernels/classify/classify.h"
#include "kernels/each/float.h"
#include "kernels/each/complex.h"
