import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { ChoiceField, FormFault, LongField, showDone } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Cases } from './answers.ts';
import classes from './money.module.css';

const openedSchema = z.object({ sanction: z.string() });

/** A breach: whose, of which clause in its own words, and what happened. */
export function ReportForm({
  cases,
  opened,
  person: of = '',
  lead = null,
}: {
  cases: Pick<Cases, 'clauses' | 'people'>;
  opened: (sanction: string) => void;
  person?: string;
  lead?: string | null;
}): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [person, setPerson] = useState(of);
  const [clause, setClause] = useState('');
  const [text, setText] = useState('');
  const reporting = useMutation({
    mutationFn: () =>
      ask('/api/sanctions', openedSchema, { method: 'POST', body: { person, clause, text, lead } }),
    onSuccess: async ({ sanction }) => {
      showDone(t('money.case.reported'));
      await client.invalidateQueries({ queryKey: ['sanctions'] });
      opened(sanction);
    },
  });
  const chosen = cases.clauses.find((each) => each.clause === clause);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        reporting.mutate();
      }}
    >
      <ChoiceField
        label={t('money.case.person')}
        value={person}
        onChange={(event) => setPerson(event.currentTarget.value)}
        data={[
          { value: '', label: '—' },
          ...cases.people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        required
      />
      <ChoiceField
        label={t('money.case.which')}
        value={clause}
        onChange={(event) => setClause(event.currentTarget.value)}
        data={[
          { value: '', label: '—' },
          ...cases.clauses.map((each) => ({ value: each.clause, label: each.name })),
        ]}
        required
      />
      {chosen === undefined ? null : <p className={classes['said']}>{chosen.text}</p>}
      <LongField
        label={t('money.case.what')}
        description={t('money.case.what-help')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        required
      />
      <FormFault error={reporting.error} />
      <div>
        <Button
          type="submit"
          loading={reporting.isPending}
          disabled={person === '' || clause === '' || text.trim() === ''}
        >
          {t('money.case.report')}
        </Button>
      </div>
    </form>
  );
}
