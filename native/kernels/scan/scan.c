/* Instantiates scan.h for all dtypes. */
#define TEMPLATE "kernels/scan/scan.h"
#include "kernels/each/bool.h"
#include "kernels/each/complex.h"
#include "kernels/each/float.h"
#include "kernels/each/integer.h"
