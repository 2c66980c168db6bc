/* Instantiates sort.h for the ordered dtypes. */
#define TEMPLATE "kernels/sort/sort.h"
#include "kernels/each/bool.h"
#include "kernels/each/float.h"
#include "kernels/each/integer.h"
