import { z } from 'zod';

/** What the caller of a route is told when the answer is no: what happened and what to do now, in the person's language. */
export interface ErrorEntry {
  /** Fixed, kebab-case, the same as the refusal's name: "outside-hours". */
  readonly code: string;
  /** HTTP status, 400 to 599. */
  readonly status: number;
  readonly es: string;
  readonly en: string;
}

export type ErrorCatalog = ReadonlyMap<string, ErrorEntry>;

const ErrorEntrySchema = z.object({
  code: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/),
  status: z.number().int().min(400).max(599),
  es: z.string().min(1),
  en: z.string().min(1),
});

/**
 * Gathers each feature's entries into the one catalog of the product. Throws where two features use one code for different
 * things, or an entry is not whole: both are bugs found at start, not at the first refusal.
 */
export function errorCatalog(features: Readonly<Record<string, readonly ErrorEntry[]>>): ErrorCatalog {
  const catalog = new Map<string, ErrorEntry>();
  const owner = new Map<string, string>();
  for (const [feature, entries] of Object.entries(features)) {
    for (const entry of entries) {
      const fault = ErrorEntrySchema.safeParse(entry);
      if (!fault.success)
        throw new Error(`${feature}: error "${entry.code}" is not whole: ${fault.error.message}`);
      const other = owner.get(entry.code);
      if (other !== undefined)
        throw new Error(`error code "${entry.code}" is used by both ${other} and ${feature}`);
      owner.set(entry.code, feature);
      catalog.set(entry.code, entry);
    }
  }
  return catalog;
}
