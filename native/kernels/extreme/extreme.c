/* Instantiates extreme.h for the ordered dtypes. */
#define TEMPLATE "kernels/extreme/extreme.h"
#include "kernels/each/bool.h"
#include "kernels/each/float.h"
#include "kernels/each/integer.h"
