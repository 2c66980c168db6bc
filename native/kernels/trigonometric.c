/* Trigonometric functions, for every float dtype. The formulas are in trigonometric.h, turns.h and arcs.h. */
#include "arcs.h"
#include "blocks.h"
#include "costly.h"
#include "turns.h"

#define TEMPLATE "trigonometric.h"
#include "each_float.h"
