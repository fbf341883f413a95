export interface NameParts {
  /** Folded words that tell people apart: no titles, no particles, no company form; short forms written out. */
  readonly words: readonly string[];
  /** The text ends in a company's legal form. */
  readonly company: boolean;
}

/** A name is not longer; what follows is not compared. */
const NAME_CHARACTERS_MAX = 200;
const NAME_WORDS_MAX = 12;

const TITLES: ReadonlySet<string> = new Set([
  'sr', 'sra', 'srta', 'sres', 'don', 'dona', 'dn', 'lic', 'licda', 'ing', 'dr', 'dra', 'arq', 'cp', 'mtro', 'mtra', 'prof', 'profa',
  'mr', 'mrs', 'ms', 'miss', 'phd', 'mba', 'c',
]); // prettier-ignore

const PARTICLES: ReadonlySet<string> = new Set([
  'de', 'del', 'la', 'las', 'el', 'los', 'y', 'e', 'i', 'da', 'das', 'do', 'dos', 'van', 'von', 'der',
]); // prettier-ignore

const SHORT_FORMS: Readonly<Record<string, string>> = {
  ma: 'maria', mria: 'maria', fco: 'francisco', fca: 'francisca', gpe: 'guadalupe', gpo: 'grupo', jse: 'jose', ant: 'antonio',
  rdz: 'rodriguez', rdgz: 'rodriguez', hdz: 'hernandez', hdez: 'hernandez', fdz: 'fernandez', fdez: 'fernandez', glz: 'gonzalez',
  gzz: 'gonzalez', gtz: 'gutierrez', mtz: 'martinez', mtnz: 'martinez', mdz: 'mendez', lpz: 'lopez', prz: 'perez', szz: 'sanchez',
  schz: 'sanchez', vzqz: 'vazquez', vqz: 'vazquez', jmz: 'jimenez', jmnz: 'jimenez', rmz: 'ramirez', dmgz: 'dominguez',
}; // prettier-ignore

/** Legal forms of Mexico and Colombia at the end, with or without dots, once the text is folded. */
const COMPANY_FORM =
  /\s+(?:s\s*a\s*p\s*i(?:\s*de\s*c\s*v)?|s\s*a\s*b?\s*de\s*c\s*v|s\s*de\s*r\s*l(?:\s*de\s*c\s*v)?|s\s*a\s*s|s\s*a|s\s*c|a\s*c|e\s*u|ltda|limitada|y\s+cia|cia|inc|llc|corp|spr\s*de\s*r\s*l)$/u;

/** Short names in use in Mexico and Colombia, to the names they may stand for. */
const NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  pepe: ['jose'], chepe: ['jose'], pepito: ['jose'], paco: ['francisco'], pancho: ['francisco'], pacho: ['francisco'], kiko: ['francisco'],
  nacho: ['ignacio'], beto: ['alberto', 'roberto', 'humberto', 'gilberto', 'heriberto', 'norberto', 'adalberto'], tono: ['antonio'],
  chuy: ['jesus'], chucho: ['jesus'], memo: ['guillermo'], guille: ['guillermo', 'guillermina'], lalo: ['eduardo', 'gonzalo'],
  edu: ['eduardo'], quique: ['enrique'], kike: ['enrique'], rafa: ['rafael'], fer: ['fernando', 'fernanda'], nando: ['fernando'],
  ale: ['alejandro', 'alejandra', 'alexandra'], alex: ['alejandro', 'alejandra', 'alexander', 'alexandra'], jano: ['alejandro'],
  dani: ['daniel', 'daniela'], gabi: ['gabriel', 'gabriela'], gaby: ['gabriela'], gabo: ['gabriel'], lupe: ['guadalupe'],
  lupita: ['guadalupe'], paty: ['patricia'], pati: ['patricia'], tere: ['teresa'], concha: ['concepcion'], conchita: ['concepcion'],
  chayo: ['rosario'], charo: ['rosario'], lola: ['dolores'], mari: ['maria'], mary: ['maria'], maru: ['maria', 'eugenia'],
  marichuy: ['maria', 'jesus'], nico: ['nicolas'], santi: ['santiago'], sebas: ['sebastian'], juancho: ['juan'], pipe: ['felipe'],
  caro: ['carolina'], cata: ['catalina'], vale: ['valentina', 'valeria'], sofi: ['sofia'], meche: ['mercedes'], chela: ['graciela'],
  lety: ['leticia'], leti: ['leticia'], licha: ['alicia'], vicky: ['victoria', 'virginia'], bety: ['beatriz'], betty: ['beatriz'],
  yoli: ['yolanda'], coco: ['socorro'], chabela: ['isabel'], isa: ['isabel', 'isabela'], neto: ['ernesto'], poncho: ['alfonso'],
  checo: ['sergio'], chava: ['salvador'], goyo: ['gregorio'], lencho: ['lorenzo'], manolo: ['manuel'], manu: ['manuel', 'emanuel'],
  mundo: ['raymundo', 'raimundo', 'edmundo'], tavo: ['gustavo', 'octavio'], wicho: ['luis'], lucho: ['luis'], javi: ['javier'],
  susy: ['susana'], adri: ['adrian', 'adriana'], andre: ['andrea', 'andres'], cris: ['cristian', 'cristina', 'cristobal'],
  toni: ['antonio', 'antonia'], tony: ['antonio'], richi: ['ricardo'], richard: ['ricardo'], robert: ['roberto'], charly: ['carlos'],
  carlitos: ['carlos'], moni: ['monica'], sandy: ['sandra'], kary: ['karina', 'karen'], fito: ['adolfo', 'rodolfo'],
  rodo: ['rodolfo'], rodri: ['rodrigo'], max: ['maximiliano'], mau: ['mauricio'], josefa: ['josefina'], pepa: ['josefa', 'josefina'],
}; // prettier-ignore

/** Nothing to fold but the case; names are folded by the hundred thousand. */
const PLAIN = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

/** Lower case, no accents, ñ as n, blanks single, nothing but letters, digits and spaces. */
export function foldName(text: string): string {
  if (PLAIN.test(text) && text.length <= NAME_CHARACTERS_MAX) return text.toLowerCase();
  return text
    .slice(0, NAME_CHARACTERS_MAX)
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’`´]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export function nameParts(name: string): NameParts {
  const folded = foldName(name);
  const bare = folded.replace(COMPANY_FORM, '');
  const all = bare.split(' ').filter((word) => word !== '');
  const words = all.filter((word) => !TITLES.has(word) && !PARTICLES.has(word));
  // Someone called only "Don" or "De la O" keeps the words there are.
  const kept = words.length > 0 ? words : all;
  return {
    words: kept
      .slice(0, NAME_WORDS_MAX)
      .map((word) => (Object.hasOwn(SHORT_FORMS, word) ? (SHORT_FORMS[word] ?? word) : word)),
    company: bare !== folded,
  };
}

/** Pepe and José; Juanito and Juan. */
export function isNickname(one: string, other: string): boolean {
  return standsFor(one, other) || standsFor(other, one);
}

function standsFor(short: string, name: string): boolean {
  if (Object.hasOwn(NICKNAMES, short) && NICKNAMES[short]?.includes(name) === true) return true;
  const stem = /^(\p{L}{2,}?)c?(?:ito|ita)$/u.exec(short)?.[1];
  return stem !== undefined && (name === stem || (name.startsWith(stem) && name.length === stem.length + 1));
}
