/* Sorting of both kinds of keys that the elements of a dtype become. */
#ifndef RAPTORS_SORT_ALL_KEYS_H
#define RAPTORS_SORT_ALL_KEYS_H

#include "base.h"

#define KEY i32
#define KEY_BYTES 4
#include "kernels/sort/keys.h"
#undef KEY
#undef KEY_BYTES
#define KEY i64
#define KEY_BYTES 8
#include "kernels/sort/keys.h"
#undef KEY
#undef KEY_BYTES

#endif
