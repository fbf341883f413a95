import { basename, dirname, join, normalize } from 'node:path';
import { codeOf, importsOf, type Import, type SourceFile } from './sources.ts';

/**
 * The few rules of the house that protect correctness, checked by reading the source: rules stay pure, imports run one way,
 * features meet at their doors. Each rule takes files and gives breaches; see house-rules.test.ts for what each one catches.
 */
export interface Breach {
  readonly path: string;
  /** From 1; 0 where it is about the whole file. */
  readonly line: number;
  readonly what: string;
}

export type HouseRule = (files: readonly SourceFile[]) => Breach[];

/** "leads" of "src/leads/next-turn.ts"; null for main.ts and what lies outside src. */
function featureOf(path: string): string | null {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
}

const SHELL_FILE = /(?:^|\.)(?:store|routes|jobs|live|adapter)\.ts$|^index\.ts$|\.test\.ts$|-cases\.ts$/;
/** Wires a feature into the one way through the house: it may read tables, but not the clock, the network or a random source. */
const FEATURE_FILE = /\.feature\.ts$/;

/** A file that decides: in a feature's folder and not one of the shell names that may touch the world. */
export function isPure(path: string): boolean {
  const feature = featureOf(path);
  return feature !== null && feature !== 'platform' && !SHELL_FILE.test(basename(path));
}

const IMPURE_WORDS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\bDate\.now\b/, what: 'reads the clock (Date.now): take `now` as a parameter' },
  {
    pattern: /\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()/,
    what: 'reads the clock (new Date()): take `now` as a parameter',
  },
  { pattern: /\bTemporal\.Now\b/, what: 'reads the clock (Temporal.Now): take `now` as a parameter' },
  { pattern: /\bMath\.random\b/, what: 'draws at random (Math.random): take `random` as a parameter' },
  {
    pattern: /\b(?:randomUUID|randomBytes|randomInt|getRandomValues)\b/,
    what: 'draws at random: take it as a parameter',
  },
  { pattern: /\bset(?:Timeout|Interval|Immediate)\s*\(/, what: 'waits: set a deadline instead' },
  { pattern: /(?<![.\w])fetch\s*\(/, what: 'calls the network: take `fetch` as a parameter in an adapter' },
  { pattern: /(?<![.\w])process\./, what: 'reads the process: take what it needs as a parameter' },
];
const IMPURE_MODULES =
  /^(?:node:(?:fs|http|https|http2|tls|dns|dgram|child_process|worker_threads|timers|process|os)(?:\/.*)?|pg|kysely|undici)$/;

/** (a) Rules are handed all they know: the same state, fact and instant give the same answer, or nothing could be replayed. */
export const rulesArePure: HouseRule = (files) =>
  files
    .filter(({ path }) => isPure(path))
    .flatMap(({ path, text }) => [
      ...codeOf(text)
        .split('\n')
        .flatMap((line, index) =>
          IMPURE_WORDS.filter(({ pattern }) => pattern.test(line)).map(({ what }) => ({
            path,
            line: index + 1,
            what,
          })),
        ),
      ...importsOf(text)
        .filter(({ from, typeOnly }) => !typeOnly && IMPURE_MODULES.test(from))
        .filter(({ from }) => from !== 'kysely' || !FEATURE_FILE.test(basename(path)))
        .map(({ line, from }) => ({ path, line, what: `imports ${from}: only shell files touch the world` })),
    ]);

/** 'access' is sign-in and who may do what: every feature's routes ask it. */
const GROUND = ['procedures', 'journal', 'calendar', 'staff', 'contacts', 'decisions', 'access'];
const CHANNELS = ['switchboard', 'calls', 'messages', 'appointments'];
const CAMPAIGNS = ['bases', 'campaigns'];
const EVERYTHING = '*';

/** (b) DESIGN.md, "Imports run one way": what each folder may import besides itself and platform. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  platform: [],
  procedures: GROUND,
  journal: GROUND,
  calendar: GROUND,
  staff: GROUND,
  contacts: GROUND,
  decisions: GROUND,
  access: GROUND,
  /** What the administrator asks about people, rosters and the journal. */
  administration: GROUND,
  gate: GROUND,
  switchboard: [...GROUND, 'gate', ...CHANNELS],
  calls: [...GROUND, 'gate', ...CHANNELS],
  messages: [...GROUND, 'gate', ...CHANNELS],
  appointments: [...GROUND, 'gate', ...CHANNELS],
  sources: [...GROUND, 'gate', ...CHANNELS],
  leads: [...GROUND, 'gate', ...CHANNELS, 'sources'],
  'follow-up': [...GROUND, 'gate', ...CHANNELS, 'sources', 'leads'],
  claims: [...GROUND, 'gate', ...CHANNELS, 'sources', 'leads', 'follow-up', 'money'],
  mailbox: [...GROUND, 'gate', ...CHANNELS, 'sources', 'leads'],
  money: [...GROUND, 'gate', ...CHANNELS, 'sources', 'leads', 'follow-up'],
  audits: [...GROUND, 'gate', ...CHANNELS, 'sources', 'leads', 'follow-up', 'money'],
  bases: [...GROUND, 'gate', ...CAMPAIGNS],
  campaigns: [...GROUND, 'gate', ...CAMPAIGNS],
  dialing: [...GROUND, 'gate', ...CHANNELS, ...CAMPAIGNS, 'sales'],
  sales: [...GROUND, 'gate', ...CHANNELS, ...CAMPAIGNS, 'dialing'],
  settings: [EVERYTHING],
  reports: [EVERYTHING],
  'what-if': [EVERYTHING],
  practices: [EVERYTHING],
};

interface FeatureImport extends Import {
  readonly path: string;
  readonly feature: string;
  readonly target: string;
  readonly targetFeature: string;
}

/** Imports that cross from one feature's folder into another's. Tests may look anywhere. */
function crossings(files: readonly SourceFile[]): FeatureImport[] {
  return files.flatMap(({ path, text }) => {
    const feature = featureOf(path);
    if (feature === null || path.endsWith('.test.ts')) return [];
    return importsOf(text).flatMap((one) => {
      if (!one.from.startsWith('.')) return [];
      const target = normalize(join(dirname(path), one.from));
      const targetFeature = featureOf(target);
      return targetFeature === null || targetFeature === feature
        ? []
        : [{ ...one, path, feature, target, targetFeature }];
    });
  });
}

export const importsRunOneWay: HouseRule = (files) => {
  const unknown = files.flatMap(({ path }) => {
    const feature = featureOf(path);
    return feature !== null && MAY_IMPORT[feature] === undefined ? [feature] : [];
  });
  return [
    ...[...new Set(unknown)].map((feature) => ({
      path: `src/${feature}/`,
      line: 0,
      what: 'is not in the table MAY_IMPORT of tests/house-rules.ts: say what it may import',
    })),
    ...crossings(files)
      .filter(({ feature, targetFeature }) => {
        const allowed = MAY_IMPORT[feature];
        if (allowed === undefined || targetFeature === 'platform') return false;
        return !allowed.includes(EVERYTHING) && !allowed.includes(targetFeature);
      })
      .map(({ path, line, feature, targetFeature }) => ({
        path,
        line,
        what: `${feature} may not import ${targetFeature} (MAY_IMPORT in tests/house-rules.ts)`,
      })),
    ...rings(files),
  ];
};

/** Folders of one layer may use one another, but never in a ring: then neither can be understood, or loaded, alone. */
function rings(files: readonly SourceFile[]): Breach[] {
  const edges = new Map<string, FeatureImport[]>();
  for (const one of crossings(files)) {
    if (one.typeOnly) continue;
    edges.set(one.feature, [...(edges.get(one.feature) ?? []), one]);
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    (edges.get(from) ?? []).some(({ targetFeature }) => {
      if (targetFeature === to) return true;
      if (seen.has(targetFeature)) return false;
      seen.add(targetFeature);
      return reaches(targetFeature, to, seen);
    });
  return [...edges.values()]
    .flat()
    .filter(({ feature, targetFeature }) => reaches(targetFeature, feature))
    .map(({ path, line, feature, targetFeature }) => ({
      path,
      line,
      what: `${feature} imports ${targetFeature}, which imports ${feature} in turn`,
    }));
}

/** (c) What a feature lets others use stands in its index.ts; platform is a toolbox without a door. */
export const featuresMeetAtTheirDoors: HouseRule = (files) =>
  crossings(files)
    .filter(({ target, targetFeature }) => targetFeature !== 'platform' && basename(target) !== 'index.ts')
    .map(({ path, line, target }) => ({ path, line, what: `imports ${target}: go through its index.ts` }));

const BANNED_NAMES = new Set(
  'service services controller controllers repository repositories managers helper helpers util utils common core types misc'.split(
    ' ',
  ),
);

/** (d) A name that says nothing of what happens inside. */
export const namesAreOfTheBusiness: HouseRule = (files) =>
  files.flatMap(({ path }) => {
    const parts = path.split('/').map((part) => part.replace(/\..*$/, ''));
    const banned = parts.find(
      (part) => BANNED_NAMES.has(part) || BANNED_NAMES.has(part.split('-').at(-1) ?? ''),
    );
    return banned === undefined ? [] : [{ path, line: 0, what: `"${banned}" is a banned name` }];
  });

export const FILE_LINES_MAX = 500;
export const FILE_LINES_LISTED = 300;

function lineCount(text: string): number {
  return text.trimEnd().split('\n').length;
}

/** (e) Past 300 lines there is usually a second idea inside; past 500 always. */
export const filesAreShort: HouseRule = (files) =>
  files
    .filter(({ text }) => lineCount(text) > FILE_LINES_MAX)
    .map(({ path, text }) => ({
      path,
      line: 0,
      what: `has ${lineCount(text)} lines, at most ${FILE_LINES_MAX}`,
    }));

export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ text }) => lineCount(text) > FILE_LINES_LISTED)
    .map(({ path, text }) => `${path}: ${lineCount(text)} lines`);
}

/** (f) A setting read in a corner is one nobody can list, check or document. Tests are told things by their runner. */
export const onlyConfigReadsTheEnvironment: HouseRule = (files) =>
  files
    .filter(
      ({ path }) =>
        !path.startsWith('tests/') && !path.endsWith('.test.ts') && path !== 'src/platform/config.ts',
    )
    .flatMap(({ path, text }) =>
      linesWith(/\bprocess\s*\.\s*(?:env|argv)\b|\bimport\.meta\.env\b/, path, text),
    )
    .filter(({ path, what }) => !(what.includes('argv') && !path.startsWith('src/')))
    .map(({ path, line }) => ({
      path,
      line,
      what: 'reads the environment: only src/platform/config.ts may',
    }));

/** (h) What a screen takes from the server's folders reaches the browser whole: only words and rules, nothing of Node or the database. */
export const screensTakeOnlyWords: HouseRule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const serverPart = (path: string, seen: Set<string>): string | null => {
    if (seen.has(path)) return null;
    seen.add(path);
    for (const { from, typeOnly } of importsOf(byPath.get(path)?.text ?? '')) {
      if (typeOnly) continue;
      if (IMPURE_MODULES.test(from) || from.startsWith('node:')) return path;
      const deeper = from.startsWith('.') ? serverPart(normalize(join(dirname(path), from)), seen) : null;
      if (deeper !== null) return deeper;
    }
    return null;
  };
  return files
    .filter(({ path }) => inTheBrowser(path))
    .flatMap(({ path, text }) =>
      importsOf(text).flatMap(({ line, from, typeOnly }) => {
        const target = normalize(join(dirname(path), from));
        const found = typeOnly || !target.startsWith('src/') ? null : serverPart(target, new Set());
        return found === null ? [] : [{ path, line, what: `brings ${found} into the browser` }];
      }),
    );
};

/** Of web/, what is not a test or a part of the build. */
function inTheBrowser(path: string): boolean {
  return path.startsWith('web/') && !/\.test\.tsx?$|(?:^|\/)(?:build|vite\.config|catalogs)\.ts$/.test(path);
}

/** (g) A test left out says "passed" of what nobody tried. `runIf` with a reason is another matter. */
export const noTestIsLeftOut: HouseRule = (files) =>
  files
    .filter(({ path }) => /\.test\.tsx?$/.test(path))
    .flatMap(({ path, text }) =>
      linesWith(
        /\b(?:it|test|describe)(?:\.\w+)*\.(?:only|skip|todo)\b|\b(?:fit|xit|fdescribe|xdescribe)\s*\(/,
        path,
        text,
      ),
    )
    .map(({ path, line }) => ({ path, line, what: 'leaves tests out (.only, .skip)' }));

function linesWith(pattern: RegExp, path: string, text: string): Breach[] {
  return codeOf(text)
    .split('\n')
    .flatMap((line, index) => {
      const found = pattern.exec(line);
      return found === null ? [] : [{ path, line: index + 1, what: found[0] }];
    });
}

export const HOUSE_RULES: Readonly<Record<string, HouseRule>> = {
  'rules are pure': rulesArePure,
  'imports run one way': importsRunOneWay,
  'features meet at their doors': featuresMeetAtTheirDoors,
  'names are of the business': namesAreOfTheBusiness,
  'files are short': filesAreShort,
  'only config reads the environment': onlyConfigReadsTheEnvironment,
  'screens take only words': screensTakeOnlyWords,
  'no test is left out': noTestIsLeftOut,
};
