/* What the parameters of a reduction (reduction.h) are where reduce.h does not say, and the names of its functions. */
#define OWN(STEP) f(PASTE(PASTE(NAME, _), STEP))
#if !defined(ACCUMULATOR)
#define ACCUMULATOR T
#endif
#if !defined(ELEMENT)
#define ELEMENT(x) (x)
#endif
#if !defined(EMPTY)
#define EMPTY NEUTRAL
#endif
