import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconHistoryToggle, IconPlayerStop } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { ChoiceField, ErrorState, FormFault, RowsShape } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { askedSchema, isUnderWay, whatIfQuery, whatIfsQuery, type WhatIf } from './what-if-answers.ts';
import { latestOf, monthsBetween, usualMonth, type Draft } from './what-if.ts';
import { WhatIfResult } from './what-if-result.tsx';
import classes from './what-if.module.css';

interface Props {
  procedure: string;
  draft: Draft;
  /** The draft changes nothing: there is nothing to ask. */
  idle?: boolean;
}

/** «¿Qué habría pasado?»: a past month once more under this version, beside what it was. */
export function WhatIfPart({ procedure, draft, idle = false }: Props): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const list = useQuery(whatIfsQuery(procedure));
  const months = list.data === undefined ? [] : monthsBetween(list.data.months.first, list.data.months.last);
  const [chosen, setChosen] = useState<string | null>(null);
  const month = chosen ?? usualMonth(months);
  const run = list.data === undefined ? undefined : latestOf(list.data.whatIfs, draft, month);
  const asking = useMutation({
    mutationFn: () => {
      const { version, readings, parameters } = draft;
      const body = { procedure, month, draft: { version, readings, parameters } };
      return ask('/api/what-ifs', askedSchema, { method: 'POST', body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: whatIfsQuery(procedure).queryKey }),
  });
  const underWay = run !== undefined && isUnderWay(run);
  return (
    <section className={classes['part']} aria-label={t('procedures.what-if')}>
      <h3>{t('procedures.what-if')}</h3>
      <p className={classes['soft']}>{t('procedures.what-if.help')}</p>
      <div className={classes['ask']}>
        <ChoiceField
          label={t('procedures.what-if.month')}
          value={month}
          disabled={months.length === 0}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={months.map((value) => ({ value, label: figures.month(value) }))}
        />
        {underWay ? null : (
          <Button
            variant="light"
            leftSection={<IconHistoryToggle size={16} aria-hidden />}
            disabled={idle || months.length === 0}
            loading={asking.isPending}
            onClick={() => asking.mutate()}
          >
            {t(run?.state === 'done' ? 'procedures.what-if.again' : 'procedures.what-if.run')}
          </Button>
        )}
      </div>
      {idle ? <p className={classes['soft']}>{t('procedures.what-if.idle')}</p> : null}
      <FormFault error={asking.error ?? list.error} />
      {run === undefined || idle ? null : <Outcome run={run} />}
    </section>
  );
}

function Outcome({ run }: { run: WhatIf }): ReactNode {
  const t = useWords();
  if (isUnderWay(run)) return <UnderWay run={run} />;
  if (run.state === 'done') return <Done id={run.id} />;
  const word = run.state === 'canceled' ? 'procedures.what-if.canceled' : 'procedures.what-if.failed';
  return (
    <p className={classes['soft']} role="status">
      {t(word)}
    </p>
  );
}

function UnderWay({ run }: { run: WhatIf }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const stopping = useMutation({
    mutationFn: () => ask(`/api/what-ifs/${run.id}/cancel`, z.unknown(), { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['settings', 'what-ifs'] }),
  });
  const said =
    run.state === 'waiting'
      ? t('procedures.what-if.waiting')
      : t('procedures.what-if.running', {
          month: figures.month(run.month),
          done: figures.percent(run.progress, 0),
        });
  return (
    <div className={classes['running']} role="status">
      <span>{said}</span>
      <Progress
        value={run.progress * 100}
        animated
        aria-label={t('procedures.what-if.progress')}
        className={classes['bar'] ?? ''}
      />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerStop size={14} aria-hidden />}
        loading={stopping.isPending}
        onClick={() => stopping.mutate()}
      >
        {t('procedures.what-if.stop')}
      </Button>
    </div>
  );
}

function Done({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery(whatIfQuery(id));
  if (data?.result != null) return <WhatIfResult whatIf={data} result={data.result} />;
  return error === null ? <RowsShape rows={4} /> : <ErrorState error={error} retry={() => void refetch()} />;
}
