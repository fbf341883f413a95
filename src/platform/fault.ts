/** One sentence in the two languages every answer of the product speaks. */
export interface Told {
  es: string;
  en: string;
}

/**
 * Why something that came in cannot be used: what is wrong, where, and what the sender or the person at the screen
 * should do about it. A value, never an exception: a wrong body from outside is a Tuesday, not a bug.
 */
export interface Fault {
  code: string;
  field?: string;
  message: Told;
  remedy: Told;
}
