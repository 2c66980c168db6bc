/* What the parameters of a reduction (reduction.h) are where reduce.h does not say, and the names of its functions. */
#if !defined(OWN)
#define OWN(STEP) f(PASTE(PASTE(NAME, _), STEP))
#endif
#if !defined(ACCUMULATOR)
#define ACCUMULATOR T
#endif
#if !defined(ELEMENT)
#define ELEMENT(x) (x)
#endif
#if !defined(EMPTY)
#define EMPTY NEUTRAL
#endif
