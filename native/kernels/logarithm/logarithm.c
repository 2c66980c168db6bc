/* Instantiates logarithm.h for the float dtypes. */
#define TEMPLATE "kernels/logarithm/logarithm.h"
#include "kernels/each/float.h"
