/* Instantiates the matrix products (matmul.h) for every numeric dtype. */
#include "loops.h"

#define TEMPLATE "matmul.h"
#include "each_complex.h"
#include "each_float.h"
#include "each_integer.h"
