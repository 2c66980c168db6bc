/* Sorting of all kinds of keys that the elements of a dtype become. */
#ifndef RAPTORS_SORT_ALL_KEYS_H
#define RAPTORS_SORT_ALL_KEYS_H

#include "base.h"

typedef unsigned __int128 u128;

#define KEY u32
#include "kernels/sort/keys.h"
#undef KEY
#define KEY u64
#include "kernels/sort/keys.h"
#undef KEY
#define KEY u128
#include "kernels/sort/keys.h"
#undef KEY

#endif
