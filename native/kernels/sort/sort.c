/* Instantiates sorting: of keys (keys.h), and of the elements of every ordered dtype, as keys (sort.h). */
#include "kernels/loops.h"

typedef unsigned __int128 u128;

#define K u32
#include "kernels/sort/keys.h"
#undef K
#define K u64
#include "kernels/sort/keys.h"
#undef K
#define K u128
#include "kernels/sort/keys.h"
#undef K

#define TEMPLATE "kernels/sort/sort.h"
#include "kernels/each_bool.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
