/* Square roots and hypotenuses, for every float dtype. The formulas are in root.h. */
#include "kernels/accurate.h"
#include "kernels/costly.h"

#define TEMPLATE "kernels/root/root.h"
#include "kernels/each_float.h"
