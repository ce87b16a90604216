/** Loaded before the program (`node --import`): sixty days pass, so that what was handed over is due. */
const AHEAD = 60 * 24 * 3600 * 1000;
const Now = Date;

globalThis.Date = /** @type {DateConstructor} */ (
  class extends Now {
    /** @param {any[]} given */
    constructor(...given) {
      if (given.length === 0) super(Now.now() + AHEAD);
      // @ts-expect-error the constructor has several shapes
      else super(...given);
    }

    /** @override */
    static now() {
      return Now.now() + AHEAD;
    }
  }
);
