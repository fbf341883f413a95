import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { showDone, showFault, When } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { at, values } from './duplicates-answers.ts';
import classes from './duplicates.module.css';

const mergedSchema = z.object({
  rows: z.array(
    z.object({
      id: z.number(),
      at,
      entry: z.string(),
      fields: z.looseObject({ kept: z.string().optional(), absorbed: z.string().optional() }),
    }),
  ),
});

const unmergedSchema = z.object({ contact: z.string() });

/** What was joined lately, and the way back. */
export function MergedLately(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const merged = useQuery({
    queryKey: ['duplicates', 'merged'],
    queryFn: () => ask('/api/journal?entry=contact.merged', mergedSchema),
  });
  const apart = useQuery({
    queryKey: ['duplicates', 'unmerged'],
    queryFn: () => ask('/api/journal?entry=contact.unmerged', mergedSchema),
  });
  // Newest first, and one who was merged twice was parted twice: the last time counts, so it is set last.
  const gone = new Map(
    (apart.data?.rows ?? []).toReversed().map(({ at: when, fields }) => [fields.absorbed ?? '', when]),
  );
  const rows = (merged.data?.rows ?? []).flatMap(({ id, at: when, fields: { kept, absorbed } }) =>
    kept === undefined || absorbed === undefined || (gone.get(absorbed) ?? '') > when
      ? []
      : [{ id, at: when, kept, absorbed }],
  );
  if (rows.length === 0) return null;
  const part = async (absorbed: string): Promise<void> => {
    try {
      await ask(`/api/contacts/${encodeURIComponent(absorbed)}/unmerge`, unmergedSchema, {
        method: 'POST',
        body: {},
      });
      showDone(t('administration.duplicates.parted'));
    } catch (fault) {
      showFault(fault);
    }
    await client.invalidateQueries({ queryKey: ['duplicates'] });
  };
  return (
    <section className={classes['settled']} aria-label={t('administration.duplicates.settled')}>
      <h2>
        <IconCopy size={16} aria-hidden /> {t('administration.duplicates.settled')}
      </h2>
      <ul>
        {rows.map(({ id, at: when, kept, absorbed }) => (
          <li key={id}>
            <MergedName contact={kept} />
            <When at={when} as="moment" />
            <Button size="compact-xs" variant="default" onClick={() => void part(absorbed)}>
              {t('administration.duplicates.part')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const contactSchema = z.object({ names: values, phones: values });

function MergedName({ contact }: { contact: string }): ReactNode {
  const t = useWords();
  const person = useQuery({
    queryKey: ['duplicates', 'person', contact],
    queryFn: () => ask(`/api/contacts/${encodeURIComponent(contact)}`, contactSchema),
  });
  const names = [...new Set(person.data?.names.map(({ raw }) => raw) ?? [])];
  return <strong>{names.length === 0 ? t('administration.duplicates.no-name') : names.join(' = ')}</strong>;
}
