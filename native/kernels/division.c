/* Floor division and remainder, for every real dtype. The formulas are in division.h. */
#include "accurate.h"
#include "blocks.h"

#define TEMPLATE "division.h"
#include "each_integer.h"
#include "each_float.h"
