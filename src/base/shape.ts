/** What a schema made of a value; of a wrong one, where it is wrong. */
export type Shaped<T> =
  | { readonly success: true; readonly data: T }
  | {
      readonly success: false;
      readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] };
    };

/** A schema, as far as reading goes. */
export interface Shape<T> {
  safeParse(value: unknown, how?: HowToRead): Shaped<T>;
}

/** What zod may do to read a value. */
export interface HowToRead {
  /** Not to write a function for the schema and have it compiled. */
  readonly jitless: boolean;
}

/** From this many values on the functions that zod writes for its schemas have paid for themselves. */
const WORTH_COMPILING = 500;

let values = 0;

/**
 * How the next value is best read. A command that reads a few rows and documents reads them as they are: a function for each of fifty
 * schemas takes a tenth of its time.
 */
export function howToRead(): HowToRead {
  values += 1;
  return { jitless: values < WORTH_COMPILING };
}

/**
 * Holds a value that somebody else wrote against a schema. A document of tens of thousands of mistakes has more of them than zod can hand
 * on: that is a document of another shape, and no fault of the program.
 */
export function shaped<T>(schema: Shape<T>, value: unknown): Shaped<T> {
  try {
    return schema.safeParse(value, howToRead());
  } catch (error) {
    if (error instanceof RangeError) return { success: false, error: { issues: [] } };
    throw error;
  }
}
