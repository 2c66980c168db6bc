/* Trigonometric functions, for every float dtype. The formulas are in trigonometric.h, turns.h and arcs.h. */
#include "kernels/arcs.h"
#include "kernels/blocks.h"
#include "kernels/costly.h"
#include "kernels/turns.h"

#define TEMPLATE "kernels/trigonometric/trigonometric.h"
#include "kernels/each_float.h"
