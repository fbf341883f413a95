import { z } from 'zod';
import { oneOf } from './faults.ts';
import { clauseIds, procedureNames } from './known.ts';
import type { Procedure } from './known.ts';
import type { Pack, Saying } from './pack.ts';
import { parameterSchemasOf } from './parameters.ts';
import { readingSchema, readingSchemas } from './readings.ts';
import type { LocalDate } from '../platform/time.ts';

/**
 * An organization takes a procedure into force: the pack it rests on (`version`, null for an undated one), the local
 * day from whose midnight it holds, and every reading and figure in which it differs from the pack. Each adoption
 * says all its differences; nothing is inherited from the one before.
 */
export const adoptionShape = z.strictObject({
  procedure: z.enum(procedureNames),
  version: z.iso.date().nullable(),
  effectiveOn: z.iso.date(),
  readings: z.record(z.string(), z.unknown()).default({}),
  parameters: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

export interface Adoption {
  readonly procedure: Procedure;
  readonly version: LocalDate | null;
  readonly effectiveOn: LocalDate;
  readonly readings?: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface AdoptionFault {
  readonly field: string;
  readonly expected: Saying;
}

export function packOf(
  packs: readonly Pack[],
  adoption: Pick<Adoption, 'procedure' | 'version'>,
): Pack | undefined {
  return packs.find((pack) => pack.name === adoption.procedure && pack.version === adoption.version);
}

/** Every fault of an adoption before it is stored; empty when it can take effect. */
export function checkAdoption(packs: readonly Pack[], adoption: Adoption): AdoptionFault[] {
  const faults: AdoptionFault[] = [];
  const { procedure } = adoption;
  if (!z.iso.date().safeParse(adoption.effectiveOn).success) {
    faults.push({ field: 'effectiveOn', expected: { es: 'una fecha AAAA-MM-DD', en: 'a date YYYY-MM-DD' } });
  }
  if (packOf(packs, adoption) === undefined) {
    const versions = packs.filter((pack) => pack.name === procedure).map((pack) => pack.version ?? 'null');
    faults.push({ field: 'version', expected: oneOf(versions) });
  }
  for (const [token, value] of Object.entries(adoption.readings ?? {})) {
    const schema = readingSchema(procedure, token);
    if (schema === null)
      faults.push({ field: `readings.${token}`, expected: oneOf(Object.keys(readingSchemas[procedure])) });
    else if (!schema.safeParse(value).success)
      faults.push({ field: `readings.${token}`, expected: valueOf(schema) });
  }
  for (const [clause, figures] of Object.entries(adoption.parameters ?? {})) {
    const schemas = parameterSchemasOf(procedure, clause);
    if (!clauseIds[procedure].some((id) => id === clause)) {
      faults.push({ field: `parameters.${clause}`, expected: oneOf(clauseIds[procedure]) });
      continue;
    }
    for (const [name, value] of Object.entries(figures)) {
      const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      const field = `parameters.${clause}.${name}`;
      if (schema === undefined) faults.push({ field, expected: oneOf(Object.keys(schemas)) });
      else if (!schema.safeParse(value).success) faults.push({ field, expected: valueOf(schema) });
    }
  }
  return faults;
}

/** The procedures as they are written, each from its own day; an undated one from `undatedFrom`, or not at all. */
export function asWritten(
  packs: readonly Pack[],
  names: readonly Procedure[] = procedureNames,
  undatedFrom: LocalDate | null = null,
): Adoption[] {
  return packs
    .filter((pack) => names.includes(pack.name))
    .flatMap(({ name, version }) => {
      const effectiveOn = version ?? undatedFrom;
      return effectiveOn === null ? [] : [{ procedure: name, version, effectiveOn }];
    });
}

function valueOf(schema: z.ZodType): Saying {
  if (schema instanceof z.ZodEnum) return oneOf(schema.options.map(String));
  const shape = JSON.stringify(z.toJSONSchema(schema), (key, value: unknown) =>
    key === '$schema' ? undefined : value,
  );
  return { es: `un valor de la forma ${shape}`, en: `a value of the form ${shape}` };
}
