/* Instantiates sorting: of keys (keys.h), and of the elements of every ordered dtype, as keys (sort.h). */
#include "loops.h"

typedef unsigned __int128 u128;

#define K u32
#include "keys.h"
#undef K
#define K u64
#include "keys.h"
#undef K
#define K u128
#include "keys.h"
#undef K

#define TEMPLATE "sort.h"
#include "each_bool.h"
#include "each_float.h"
#include "each_integer.h"
