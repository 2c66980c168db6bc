/* Instantiates the search in sorted elements (search.h) for every ordered dtype. */
#include "loops.h"

#define TEMPLATE "search.h"
#include "each_bool.h"
#include "each_float.h"
#include "each_integer.h"
