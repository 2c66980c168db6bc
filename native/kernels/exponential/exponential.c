/* Instantiates exponential.h for the float dtypes. */
#define TEMPLATE "kernels/exponential/exponential.h"
#include "kernels/each/float.h"
