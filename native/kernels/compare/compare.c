/* Instantiates compare.h for all dtypes. */
#define TEMPLATE "kernels/compare/compare.h"
#include "kernels/each/bool.h"
#include "kernels/each/integer.h"
#include "kernels/each/float.h"
#include "kernels/each/complex.h"
