/* Instantiates trigonometric.h for the float dtypes. */
#define TEMPLATE "kernels/trigonometric/trigonometric.h"
#include "kernels/each/float.h"
