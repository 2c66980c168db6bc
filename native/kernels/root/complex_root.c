/* Instantiates complex_root.h for the complex dtypes. */
#define TEMPLATE "kernels/root/complex_root.h"
#include "kernels/each/complex.h"
