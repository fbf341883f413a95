const WORDS: ReadonlySet<string> = new Set([
  'null', '<null>', '(null)', '\\n', 'none', 'nil', 'nan', 'undefined', 'n/a', 'n.a.', 'n.a', 'na', 'n/d', 'nd', 's/d', 's/n', 's/i',
  'sin dato', 'sin datos', 'sin informacion', 'no aplica', 'no disponible', 'no tiene', 'no proporcionado', 'no proporciona', 'ninguno',
  'ninguna', 'desconocido', 'vacio', '(vacio)', '(en blanco)', '(blank)', 'pendiente', '#n/a', '#n/d', '#ref!', '#value!', '#valor!',
  '#name?', '#div/0!', '#null!', '#num!',
]); // prettier-ignore

/** Takes a cell; whether it says nothing: empty, only signs ("-", ".", "--"), "N/A", "SIN DATO", a spreadsheet's error. */
export function isBlank(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  return WORDS.has(foldHeader(text.replace(/[\p{Cf}]/gu, '')));
}

/** For comparing headers and words: no accents, lower case, single blanks. */
export function foldHeader(text: string): string {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_]+/gu, ' ')
    .trim();
}
