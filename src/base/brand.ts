declare const brand: unique symbol;

/**
 * A type that only the function that makes it can make: the value is a `T`, the name says what has been established about it.
 * One file per brand casts to it; everything else receives it (architecture.md, "The flow, as types").
 */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
