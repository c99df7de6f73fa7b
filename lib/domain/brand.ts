declare const brand: unique symbol;

/** A nominal type: `T` that only its constructors can make. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
