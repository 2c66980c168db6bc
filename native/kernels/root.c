/* Square roots and hypotenuses, for every float dtype. The formulas are in root.h. */
#include "accurate.h"
#include "costly.h"

#define TEMPLATE "root.h"
#include "each_float.h"
