/* Instantiates bitwise.h for the integer dtypes and bool. */
#define TEMPLATE "kernels/bitwise/bitwise.h"
#include "kernels/each/bool.h"
#include "kernels/each/integer.h"
