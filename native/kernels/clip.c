/* Instantiates clip (clip.h) for every real dtype. */
#include "loops.h"

#define TEMPLATE "clip.h"
#include "each_float.h"
#include "each_integer.h"
