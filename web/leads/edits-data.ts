/** The data of a lead and the changes made to them, as the server tells them. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { instant, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text): Instant => instant(text));

export const editFields = ['name', 'phone', 'email', 'source'] as const;
export type EditField = (typeof editFields)[number];

const leadData = z.object({
  may: z.boolean(),
  /** As they stand now; empty for who may not change them. */
  values: z.partialRecord(z.enum(editFields), z.string().nullable()),
  edits: z.array(
    z.object({
      id: z.string(),
      at,
      by: z.string(),
      field: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      flags: z.array(z.enum(['under-claim', 'before-claim', 'of-the-staff', 'source'])),
    }),
  ),
  people: z.record(z.string(), z.string()),
});
export type LeadData = z.infer<typeof leadData>;

const path = (lead: string): string => `/api/leads/${encodeURIComponent(lead)}/data`;

export const dataQuery = (lead: string) =>
  queryOptions({
    queryKey: ['leads', 'one', lead, 'data'],
    queryFn: ({ signal }) => ask(path(lead), leadData, { signal }),
  });

export function editLead(lead: string, field: EditField, value: string): Promise<unknown> {
  return ask(path(lead), z.unknown(), { method: 'POST', body: { field, value } });
}
