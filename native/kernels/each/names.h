/* How templates name things. A template is a header that is written for one dtype and included once for each: by
 * bool.h, integer.h, float.h and complex.h of this folder, which say what it sees. Here are the two macros that all of
 * them use.
 *
 *   T            the dtype in question, a type of base.h (f32)
 *   f(NAME)      a name of the template's own, for this dtype: f(add) is add_f32
 *   KERNEL(NAME) the kernel of an operation, for this dtype and instruction set: KERNEL(add) is add_f32_v3
 */
#ifndef RAPTORS_EACH_NAMES_H
#define RAPTORS_EACH_NAMES_H

#include <math.h> /* here, because no parameter of a template is defined yet */

#include "base.h"

/* ISA (v2, v3, v4, neon) comes from the command line. */
#define f(NAME) PASTE(PASTE(NAME, _), T)
#define KERNEL(NAME) PASTE(PASTE(f(NAME), _), ISA)

#endif
