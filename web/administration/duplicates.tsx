import { Button } from '@mantine/core';
import { IconCopyCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { EmptyState, ErrorState, Page, RowsShape, useKeys } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { Compare } from './doubt-compare.tsx';
import { doubtsSchema } from './duplicates-answers.ts';
import classes from './duplicates.module.css';
import { MergedLately } from './merged-lately.tsx';
import { useSettling } from './use-settling.ts';

const namesSchema = z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Duplicados: two who may be one person, side by side; 1 and 2 settle it. */
export default function Duplicates(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const doubts = useQuery({
    queryKey: ['duplicates', 'open'],
    queryFn: () => ask('/api/duplicates', doubtsSchema),
  });
  const names = useQuery({
    queryKey: ['staff', 'journal-names'],
    queryFn: () => ask('/api/journal/names', namesSchema),
  });
  const { settled, settle } = useSettling();
  const open = doubts.data?.doubts.filter(({ id }) => !settled.has(id));
  const [at, setAt] = useState(0);
  const place = Math.min(at, Math.max(0, (open?.length ?? 1) - 1));
  const doubt = open?.[place];
  const go = (by: number) => setAt(Math.max(0, Math.min((open?.length ?? 1) - 1, place + by)));
  useKeys([
    { keys: 'ArrowRight', label: t('administration.duplicates.next'), run: () => go(1) },
    { keys: 'ArrowLeft', label: t('administration.duplicates.previous'), run: () => go(-1) },
  ]);
  const nameOf = (id: string): string => names.data?.people.find((each) => each.id === id)?.name ?? id;
  return (
    <Page
      title={t('administration.duplicates.title')}
      lead={t('administration.duplicates.lead')}
      actions={
        open !== undefined && open.length > 1 ? (
          <div className={classes['pager']}>
            <Button size="compact-sm" variant="default" disabled={place === 0} onClick={() => go(-1)}>
              {t('administration.duplicates.previous')}
            </Button>
            <span>
              {t('administration.duplicates.of', {
                at: figures.number(place + 1),
                all: figures.number(open.length),
              })}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={place === open.length - 1}
              onClick={() => go(1)}
            >
              {t('administration.duplicates.next')}
            </Button>
          </div>
        ) : undefined
      }
    >
      {open === undefined ? (
        doubts.isError ? (
          <ErrorState error={doubts.error} retry={() => void doubts.refetch()} />
        ) : (
          <RowsShape />
        )
      ) : doubt === undefined ? (
        <EmptyState icon={IconCopyCheck} title={t('administration.duplicates.empty')}>
          {t('administration.duplicates.empty-help')}
        </EmptyState>
      ) : (
        <Compare key={doubt.id} doubt={doubt} nameOf={nameOf} settle={settle} />
      )}
      <MergedLately />
    </Page>
  );
}
