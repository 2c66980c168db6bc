/* Instantiates convert.h for all dtypes. */
#define TEMPLATE "kernels/convert/convert.h"
#include "kernels/each/bool.h"
#include "kernels/each/integer.h"
#include "kernels/each/float.h"
#include "kernels/each/complex.h"
