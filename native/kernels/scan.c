/* Instantiates the running sums and products (scan.h) for every dtype. */
#include "loops.h"

#define TEMPLATE "scan.h"
#include "each_bool.h"
#include "each_complex.h"
#include "each_float.h"
#include "each_integer.h"
