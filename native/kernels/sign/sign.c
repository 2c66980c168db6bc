/* Instantiates sign.h for the numeric dtypes. */
#define TEMPLATE "kernels/sign/sign.h"
#include "kernels/each/integer.h"
#include "kernels/each/float.h"
#include "kernels/each/complex.h"
