/* Instantiates the search for the largest and the smallest element (extreme.h) for every ordered dtype. */
#include "loops.h"

#define TEMPLATE "extreme.h"
#include "each_bool.h"
#include "each_float.h"
#include "each_integer.h"
