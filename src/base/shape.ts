/** What a schema made of a value; of a wrong one, where it is wrong. */
export type Shaped<T> =
  | { readonly success: true; readonly data: T }
  | {
      readonly success: false;
      readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] };
    };

/** A schema, as far as reading goes. */
export interface Shape<T> {
  safeParse(value: unknown): Shaped<T>;
}

/**
 * Holds a value that somebody else wrote against a schema. A document of tens of thousands of mistakes has more of them than zod can hand
 * on: that is a document of another shape, and no fault of the program.
 */
export function shaped<T>(schema: Shape<T>, value: unknown): Shaped<T> {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) return { success: false, error: { issues: [] } };
    throw error;
  }
}
