"""Operations on arrays: promotion, planning, one native call. No public functions, no class Array, no other library."""
