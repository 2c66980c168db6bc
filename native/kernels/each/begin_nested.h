/* Puts the parameters of a template aside, so that from within it headers can be included that have templates of their
 * own: formulas/accurate.h and others. end_nested.h takes them up again. */
#pragma push_macro("TEMPLATE")
#undef TEMPLATE
#pragma push_macro("T")
#undef T
#pragma push_macro("PART")
#undef PART
#pragma push_macro("WIDTH")
#undef WIDTH
#pragma push_macro("SIGNED_T")
#undef SIGNED_T
#pragma push_macro("UNSIGNED_T")
#undef UNSIGNED_T
#pragma push_macro("IS_BOOL")
#undef IS_BOOL
#pragma push_macro("IS_INTEGER")
#undef IS_INTEGER
#pragma push_macro("IS_SIGNED")
#undef IS_SIGNED
#pragma push_macro("IS_UNSIGNED")
#undef IS_UNSIGNED
#pragma push_macro("IS_FLOAT")
#undef IS_FLOAT
#pragma push_macro("IS_COMPLEX")
#undef IS_COMPLEX
