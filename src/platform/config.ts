import { parseArgs } from 'node:util';
import { z } from 'zod';
import { expectedTexts, faultTexts, type SettingName } from './config-texts.ts';
import { EXIT_CONFIGURATION, type TerminalLanguage } from './startup-fault.ts';

/** The one file that reads the environment and the command line. Everything else is given what it needs. */

const PARTS = ['web', 'clock', 'dialer'] as const;
/** What one process may do of the whole: serve the screens and the API, fire deadlines and send the outbox, dial. */
export type Part = (typeof PARTS)[number];

const SECRET_CHARACTERS_MIN = 32;

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535))
    .default(8080),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default('127.0.0.1'),
  PAUTA_DATA: z.string().default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(?:ql)?$/ })
    .nullable()
    .default(null),
  PAUTA_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .refine((text) => URL.canParse(text) && ['/', ''].includes(new URL(text).pathname + new URL(text).search))
    .transform((text) => new URL(text).origin)
    .nullable()
    .default(null),
  PAUTA_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  PAUTA_LANGUAGE: z.enum(['es-MX', 'es-CO', 'en']).default('es-MX'),
  PAUTA_SECRET: z.string().min(SECRET_CHARACTERS_MIN).nullable().default(null),
  '--only': z.array(z.enum(PARTS)).default([...PARTS]),
});

type Settings = z.infer<typeof Environment>;

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Null: the product runs its own PostgreSQL in the data folder. */
  readonly databaseUrl: string | null;
  /** Scheme, host and port, without a slash at the end. */
  readonly publicUrl: string;
  readonly logLevel: Settings['PAUTA_LOG_LEVEL'];
  /** Of a new installation's screens. */
  readonly language: Settings['PAUTA_LANGUAGE'];
  /** For what is printed at the terminal. */
  readonly terminalLanguage: TerminalLanguage;
  /** Null: made once and kept in the data folder; see secret.ts. */
  readonly secret: string | null;
  readonly parts: ReadonlySet<Part>;
}

export interface ConfigFault {
  readonly setting: string;
  /** As given; null where it must not be shown. */
  readonly value: string | null;
  readonly expected: { readonly es: string; readonly en: string };
}

/** Settings whose value is a secret or holds one. */
const HIDDEN = new Set<string>(['PAUTA_SECRET', 'DATABASE_URL']);
/** Ours, but read by the tests alone. */
const TEST_SETTING = /^PAUTA_TEST_/;

/** Either the whole configuration or every fault in it. An empty variable counts as not given. */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): { config: Config } | { faults: readonly ConfigFault[]; language: TerminalLanguage } {
  const given = { ...presentSettings(env), ...onlyFlag(argv) };
  const unknown = [...unknownVariables(env), ...unknownFlags(argv)];
  const parsed = Environment.safeParse(given);
  if (!parsed.success || unknown.length > 0) {
    const names = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])));
    const faults = settingNames().flatMap((name) => (names.has(name) ? [faultOf(name, given[name])] : []));
    return { faults: [...faults, ...unknown], language: env['PAUTA_LANGUAGE'] === 'en' ? 'en' : 'es' };
  }
  return { config: configOf(parsed.data) };
}

function configOf(settings: Settings): Config {
  const { PORT: port, HOST: host, PAUTA_LANGUAGE: language } = settings;
  const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return {
    port,
    host,
    dataDir: settings.PAUTA_DATA,
    databaseUrl: settings.DATABASE_URL,
    publicUrl:
      settings.PAUTA_PUBLIC_URL ?? `http://${shownHost.includes(':') ? `[${shownHost}]` : shownHost}:${port}`,
    logLevel: settings.PAUTA_LOG_LEVEL,
    language,
    terminalLanguage: language === 'en' ? 'en' : 'es',
    secret: settings.PAUTA_SECRET,
    parts: new Set(settings['--only']),
  };
}

function settingNames(): SettingName[] {
  return Environment.keyof().options;
}

function presentSettings(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    settingNames().flatMap((name) => {
      const value = env[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

function readFlags(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: { only: { type: 'string', multiple: true } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
}

/** `--only web --only clock` and `--only web,clock` say the same. */
function onlyFlag(argv: readonly string[]): Record<string, string[]> {
  const { only } = readFlags(argv).values;
  if (only === undefined) return {};
  return { '--only': [only].flat().flatMap((part) => String(part).split(',')) };
}

function unknownFlags(argv: readonly string[]): ConfigFault[] {
  return readFlags(argv).tokens.flatMap((token) => {
    if (token.kind === 'option' && token.name !== 'only') return [unknownFault(token.rawName, '--only')];
    return token.kind === 'positional' ? [unknownFault(token.value, '--only')] : [];
  });
}

/** A misspelled PAUTA_DATA would silently begin an empty installation elsewhere. */
function unknownVariables(env: Readonly<Record<string, string | undefined>>): ConfigFault[] {
  const known = settingNames().filter((name) => name.startsWith('PAUTA_'));
  return Object.keys(env)
    .filter(
      (name) => name.startsWith('PAUTA_') && !TEST_SETTING.test(name) && !known.some((one) => one === name),
    )
    .toSorted()
    .map((name) => unknownFault(name, known.join(', ')));
}

function unknownFault(setting: string, known: string): ConfigFault {
  const { es, en } = faultTexts.unknownSetting;
  return { setting, value: null, expected: { es: `${es} ${known}`, en: `${en} ${known}` } };
}

function faultOf(name: SettingName, value: string | string[] | undefined): ConfigFault {
  const { es, en } = expectedTexts[name];
  const shown = HIDDEN.has(name) ? null : [value ?? ''].flat().join(',');
  return {
    setting: name,
    value: shown,
    expected: { es: `${faultTexts.expected.es} ${es}`, en: `${faultTexts.expected.en} ${en}` },
  };
}

/** All faults together, one a line, ready to print. */
export function describeFaults(faults: readonly ConfigFault[], language: TerminalLanguage): string {
  const lines = faults.map(({ setting, value, expected }) => {
    const shown = HIDDEN.has(setting) ? faultTexts.hidden[language] : value === null ? '' : `«${value}»`;
    return `  ${setting}${shown === '' ? '' : ` = ${shown}`}: ${expected[language]}`;
  });
  return [faultTexts.heading[language], ...lines].join('\n');
}

/**
 * Reads this process's environment and command line (or the `options` left of it after a command's own words); with
 * faults, prints them all and ends the process. `dataDir` stands where PAUTA_DATA is not given: the sample organization
 * has a folder of its own.
 */
export function loadConfig(options: readonly string[] = process.argv.slice(2), dataDir?: string): Config {
  const folder = process.env['PAUTA_DATA']?.trim() || dataDir;
  const parsed = parseConfig({ ...process.env, PAUTA_DATA: folder }, options);
  if ('config' in parsed) return parsed.config;
  process.stderr.write(`${describeFaults(parsed.faults, parsed.language)}\n`);
  return process.exit(EXIT_CONFIGURATION);
}
