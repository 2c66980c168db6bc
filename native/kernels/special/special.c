/* Instantiates special.h for the float dtypes. */
#define TEMPLATE "kernels/special/special.h"
#include "kernels/each/float.h"
