/* Instantiates root.h for the float dtypes. */
#define TEMPLATE "kernels/root/root.h"
#include "kernels/each/float.h"
