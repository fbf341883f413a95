/** The languages a person at the terminal may read; the screen's locales (es-MX, es-CO, en) fold into these two. */
export type TerminalLanguage = 'es' | 'en';

/** One line for whoever runs the program: what is wrong, and what to do now. */
export interface FaultText {
  readonly es: string;
  readonly en: string;
}

/** BSD sysexits: the program was configured wrongly; the same everywhere a start is refused for a reason a person can mend. */
export const EXIT_CONFIGURATION = 78;

/**
 * A reason the program cannot start that a person can mend: a folder in use, a full disk, an edited migration.
 * It carries its own plain line; `main.ts` prints `text(language)` without a stack and leaves with `exitCode`.
 */
export class StartupFault extends Error {
  override readonly name = 'StartupFault';
  readonly code: string;
  readonly exitCode = EXIT_CONFIGURATION;
  readonly #text: FaultText;

  constructor(code: string, text: FaultText, cause?: unknown) {
    super(`${code}: ${text.en}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.#text = text;
  }

  text(language: TerminalLanguage): string {
    return this.#text[language];
  }
}
