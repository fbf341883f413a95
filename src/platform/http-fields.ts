import { z } from 'zod';

import type { AnswerLanguage } from './http-language.ts';

/** What is wrong with one field, in words for the person who filled it. */
export interface FieldFault {
  /** "contact.phones.0"; empty for the whole body. */
  readonly field: string;
  readonly message: string;
}

const FIELD_FAULTS_MAX = 50;

/** Issues as the validator hands them on: zod's, with the path as a JSON pointer. */
const Issues = z.array(
  z.object({
    keyword: z.string(),
    instancePath: z.string(),
    message: z.string().optional(),
    params: z.looseObject({}).optional(),
  }),
);
type Issue = z.infer<typeof Issues>[number];
type Text = Readonly<Record<AnswerLanguage, string>>;

const texts = {
  missing: { es: 'Falta este dato.', en: 'This is missing.' },
  type: { es: 'Se esperaba {expected}.', en: 'Expected {expected}.' },
  tooShort: { es: 'Escribe al menos {limit} caracteres.', en: 'Write at least {limit} characters.' },
  tooLong: { es: 'Escribe como máximo {limit} caracteres.', en: 'Write at most {limit} characters.' },
  tooFew: { es: 'Se necesitan al menos {limit}.', en: 'At least {limit} are needed.' },
  tooMany: { es: 'Como máximo {limit}.', en: 'At most {limit}.' },
  tooSmall: { es: 'Debe ser {limit} o más.', en: 'Must be {limit} or more.' },
  tooBig: { es: 'Debe ser {limit} o menos.', en: 'Must be {limit} or less.' },
  email: { es: 'No es una dirección de correo.', en: 'This is not an e-mail address.' },
  url: { es: 'No es una dirección web.', en: 'This is not a web address.' },
  datetime: {
    es: 'No es un instante ISO 8601 con zona (2024-07-01T09:10:00-06:00).',
    en: 'This is not an ISO 8601 instant with its offset (2024-07-01T09:10:00-06:00).',
  },
  date: { es: 'No es una fecha (2024-07-01).', en: 'This is not a date (2024-07-01).' },
  format: { es: 'No tiene la forma esperada.', en: 'This does not have the expected form.' },
  choice: { es: 'Debe ser uno de: {values}.', en: 'Must be one of: {values}.' },
  unknownKeys: { es: 'Campos que no se conocen: {keys}.', en: 'Fields that are not known: {keys}.' },
  invalid: { es: 'Este dato no es válido.', en: 'This is not valid.' },
} satisfies Record<string, Text>;

const kinds: Readonly<Record<string, Text>> = {
  string: { es: 'un texto', en: 'a text' },
  number: { es: 'un número', en: 'a number' },
  int: { es: 'un número entero', en: 'a whole number' },
  boolean: { es: 'sí o no (true o false)', en: 'true or false' },
  array: { es: 'una lista', en: 'a list' },
  object: { es: 'un objeto', en: 'an object' },
};

const formats: Readonly<Record<string, Text>> = {
  email: texts.email,
  url: texts.url,
  datetime: texts.datetime,
  date: texts.date,
};

/** Takes the issues of a validation error; gives nothing for anything else. */
export function fieldFaults(issues: unknown, language: AnswerLanguage): FieldFault[] {
  const parsed = Issues.safeParse(issues);
  if (!parsed.success) return [];
  return parsed.data.slice(0, FIELD_FAULTS_MAX).map((issue) => ({
    field: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
    message: messageOf(issue, language),
  }));
}

function messageOf(issue: Issue, language: AnswerLanguage): string {
  const params = issue.params ?? {};
  const text = (one: Text, values: Record<string, unknown> = {}): string =>
    one[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => readable(values[name]));
  switch (issue.keyword) {
    case 'invalid_type': {
      // zod says "received undefined" only in the sentence it made for developers.
      if (/received undefined|recibido undefined/.test(issue.message ?? '')) return text(texts.missing);
      const kind = kinds[readable(params['expected'])];
      return kind === undefined ? text(texts.invalid) : text(texts.type, { expected: kind[language] });
    }
    case 'too_small':
      if (params['origin'] === 'string') {
        return params['minimum'] === 1
          ? text(texts.missing)
          : text(texts.tooShort, { limit: params['minimum'] });
      }
      return text(isSized(params) ? texts.tooFew : texts.tooSmall, { limit: params['minimum'] });
    case 'too_big':
      if (params['origin'] === 'string') return text(texts.tooLong, { limit: params['maximum'] });
      return text(isSized(params) ? texts.tooMany : texts.tooBig, { limit: params['maximum'] });
    case 'invalid_format':
      return text(formats[readable(params['format'])] ?? texts.format);
    case 'invalid_value':
      return text(texts.choice, { values: params['values'] });
    case 'unrecognized_keys':
      return text(texts.unknownKeys, { keys: params['keys'] });
    default:
      return text(texts.invalid);
  }
}

function isSized(params: Readonly<Record<string, unknown>>): boolean {
  return ['array', 'set', 'map', 'file'].includes(readable(params['origin']));
}

function readable(value: unknown): string {
  if (Array.isArray(value)) return value.map(readable).join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : '';
}
