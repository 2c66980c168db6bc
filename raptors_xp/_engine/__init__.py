"""Operations on arrays: promote, plan, one native call. No public function, no class Array, no other libraries."""
