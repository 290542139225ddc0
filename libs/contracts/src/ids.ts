/** A SKU: letters, digits, space, dot, underscore, hyphen; case matters. Never `@`, which joins it to a location. */
export const SKU_PATTERN = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/;

/** The id of a place or of a document that its sender may name. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The most units that one line may name. */
export const MAX_QUANTITY = 1_000_000;

/** The most lines that one document may have. */
export const MAX_LINES = 2000;
