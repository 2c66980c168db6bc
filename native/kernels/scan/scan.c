/* Instantiates the running sums and products (scan.h) for every dtype. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/scan/scan.h"
#include "kernels/each_bool.h"
#include "kernels/each_complex.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
