import { z } from 'zod';

import type { Instant } from '../platform/time.ts';
import { TARGETS } from './targets.ts';
import { TEXT_CHARACTERS_MAX, MESSAGE_CHARACTERS_MAX } from './text.ts';

export const SOURCE_KINDS = [
  'api',
  'meta',
  'google',
  'web-form',
  'file',
  'pbx',
  'whatsapp',
  'walk-in',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** How a source is named in addresses, bodies and the journal. */
export const sourceKey = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/);

const text = z.string().max(TEXT_CHARACTERS_MAX);
const columns = z.record(text, z.enum(TARGETS));
const readings = z.strictObject({
  fields: columns,
  consentText: z.string().max(MESSAGE_CHARACTERS_MAX).optional(),
});
const COMPANY_LINES_MAX = 50;
const FORM_FIELDS_MAX = 30;
/** A form that asks for more is one nobody fills in. */
export const FILL_SECONDS_MAX = 60;

export const webFormSettings = z.strictObject({
  language: z.enum(['es-MX', 'es-CO', 'en']),
  title: text.min(1),
  submit: text.min(1),
  fields: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/),
        target: z.enum(TARGETS),
        label: text.min(1),
        kind: z.enum(['text', 'tel', 'email', 'textarea', 'select']),
        required: z.boolean(),
        options: z.array(text).max(100).optional(),
      }),
    )
    .min(1)
    .max(FORM_FIELDS_MAX),
  consent: z
    .strictObject({
      current: text,
      texts: z.record(text, z.string().max(MESSAGE_CHARACTERS_MAX)),
      required: z.boolean(),
    })
    .nullable(),
  thanks: z.union([
    z.strictObject({ text }),
    z.strictObject({ redirectTo: z.url({ protocol: /^https$/ }).max(TEXT_CHARACTERS_MAX) }),
  ]),
  zone: text.optional(),
  fillSecondsMin: z.number().min(0).max(FILL_SECONDS_MAX),
});

export const fileMapping = z.strictObject({
  columns,
  dates: z.enum(['dmy', 'mdy']),
  zone: text.optional(),
});

/** What an organization sets of a source; each kind uses its own part. Nothing secret: see source_secrets. */
export const sourceSettings = z.strictObject({
  /** E.164 of the organization's own lines: never a prospect's number. */
  companyLines: z.array(text).max(COMPANY_LINES_MAX).optional(),
  /** Version of Meta's Graph API, "v25.0". */
  graphVersion: z
    .string()
    .regex(/^v\d{1,3}\.\d$/)
    .optional(),
  /** What the questions of each form mean, by the form's id. */
  forms: z.record(z.string().regex(/^\d{1,32}$/), readings).optional(),
  /** Of forms without readings of their own. */
  anyForm: readings.optional(),
  form: webFormSettings.optional(),
  mapping: fileMapping.optional(),
  /** What it costs a month, decimal, in the organization's own currency; the report divides it by its leads. */
  monthlyCost: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/)
    .optional(),
});
export type SourceSettings = z.infer<typeof sourceSettings>;

export interface Source {
  readonly key: string;
  readonly kind: SourceKind;
  readonly name: string;
  readonly zone: string | null;
  readonly settings: SourceSettings;
  readonly enabled: boolean;
  readonly createdAt: Instant;
}

/** What must be kept secret for each kind, by name. */
export const SECRETS_OF: Readonly<Record<SourceKind, readonly string[]>> = {
  api: [],
  meta: ['app-secret', 'verify-token', 'page-token'],
  google: ['key'],
  'web-form': [],
  file: [],
  pbx: [],
  whatsapp: [],
  'walk-in': [],
};

/** What a sealed secret of a source is bound to. */
export function sealedFor(organization: string, source: string, name: string): string {
  return `${organization} ${source} ${name}`;
}

/** Kinds that are written to from outside at an address of their own. */
export const HAS_DOOR: ReadonlySet<SourceKind> = new Set<SourceKind>(['meta', 'google', 'web-form', 'pbx']);

/** Who sat at an extension, or went by a name at the PBX, as it stands in the table. */
export interface MappedExtension {
  readonly id: string;
  readonly source: string;
  readonly person: string;
  readonly extension: string | null;
  readonly name: string | null;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}
