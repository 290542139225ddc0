declare const content: unique symbol;

/**
 * Something about a person, as it travels and is kept: text that says nothing without that person's own key, and never again
 * anything once the key is destroyed. It is sealed where it comes in and opened where it is shown or needed.
 */
export type Sealed<T> = string & { readonly [content]: T };

/** Fields by name, each sealed. */
export type SealedFields<F> = { [K in keyof F]: Sealed<NonNullable<F[K]>> | Extract<F[K], undefined> };

type Opened<V> = V extends Sealed<infer T> ? T : V;

/** Sealed fields opened again: null where the key is gone, and then `erased` says so. */
export type Revealed<F> = { [K in keyof F]: Opened<F[K]> | null } & { erased?: true };

/** How every sealed text begins; the number is that of its format. */
export const SEALED = 'sealed:v1:';

/** Whether a value is sealed, by its looks. */
export function isSealed(value: unknown): value is Sealed<unknown> {
  return typeof value === 'string' && value.startsWith(SEALED);
}
