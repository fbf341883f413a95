import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api.ts';
import { citableQuery, clauseName } from '../clauses.ts';
import { entryText, groupText } from '../entry-words.ts';
import { ChoiceField, Field } from '../kit/index.ts';
import { useLanguage, useWords } from '../words.ts';
import { namesSchema, type Filter } from './journal-answers.ts';
import classes from './journal.module.css';

const CLAUSE_CHARACTERS_SHOWN = 60;

/** By what the journal is narrowed: each choice at once. */
export function Filters({ filter, change }: { filter: Filter; change: (filter: Filter) => void }): ReactNode {
  const t = useWords();
  const clauses = useQuery(citableQuery(useLanguage()));
  const names = useQuery({
    queryKey: ['staff', 'journal-names'],
    queryFn: () => ask('/api/journal/names', namesSchema),
  });
  const set = (name: keyof Filter) => (event: { currentTarget: { value: string } }) =>
    change({ ...filter, [name]: event.currentTarget.value });
  const anybody = { value: '', label: t('administration.journal.any') };
  const people = (names.data?.people ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const entries = [
    ...new Set((names.data?.entries ?? []).map((entry) => `${entry.split('.')[0] ?? entry}.`)),
  ].filter((group) => names.data?.entries.some((entry) => entry.startsWith(group)));
  return (
    <div className={classes['filters']} role="search" aria-label={t('administration.now.filter')}>
      <ChoiceField
        size="xs"
        label={t('administration.journal.entry')}
        value={filter.entry ?? ''}
        onChange={set('entry')}
        data={[
          anybody,
          ...entries.map((group) => ({
            value: group,
            label: t('administration.journal.all-of', { group: groupText(t, group.slice(0, -1)) }),
          })),
          ...(names.data?.entries ?? []).map((entry) => ({ value: entry, label: entryText(t, entry) })),
        ]}
      />
      <ChoiceField
        size="xs"
        label={t('administration.journal.clause')}
        value={filter.clause ?? ''}
        onChange={set('clause')}
        data={[
          anybody,
          ...(clauses.data?.clauses ?? []).map((each) => ({
            value: each.ref,
            label: `${clauseName(t, each)}: ${each.text.slice(0, CLAUSE_CHARACTERS_SHOWN)}`,
          })),
        ]}
      />
      <ChoiceField
        size="xs"
        label={t('administration.journal.person')}
        value={filter.person ?? ''}
        onChange={set('person')}
        data={[anybody, ...people]}
      />
      <ChoiceField
        size="xs"
        label={t('administration.journal.actor')}
        value={filter.actor ?? ''}
        onChange={set('actor')}
        data={[
          anybody,
          { value: 'clock', label: t('administration.actor.clock') },
          { value: 'pbx', label: t('administration.actor.pbx') },
          ...people,
        ]}
      />
      <Field
        size="xs"
        label={t('administration.col.lead')}
        value={filter.lead ?? ''}
        onChange={set('lead')}
      />
      <Field
        size="xs"
        label={t('administration.journal.contact')}
        value={filter.contact ?? ''}
        onChange={set('contact')}
      />
      <Field
        size="xs"
        type="date"
        label={t('administration.journal.from')}
        value={filter.from ?? ''}
        onChange={set('from')}
      />
      <Field
        size="xs"
        type="date"
        label={t('administration.journal.to')}
        value={filter.to ?? ''}
        onChange={set('to')}
      />
    </div>
  );
}
