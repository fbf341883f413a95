import { Alert } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { auditsQuery } from '../audits/answers.ts';
import { useMay } from '../session.ts';
import { useLanguage, useWords, type WordId } from '../words.ts';
import { casesQuery } from './answers.ts';
import classes from './money.module.css';

interface Waiting {
  readonly word: WordId;
  readonly to: '/sanctions' | '/audits';
  readonly ids: readonly string[];
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** Cases and audits that wait for this person: to answer, or to decide once the other was heard. Nothing, nothing shown. */
export function Awaiting(): ReactNode {
  const t = useWords();
  const cases = useQuery({ ...casesQuery(useLanguage()), enabled: useMay('sanctions.see') }).data?.rows ?? [];
  const audits = useQuery({ ...auditsQuery, enabled: useMay('audits.see') }).data?.rows ?? [];
  const waiting: readonly Waiting[] = [
    { word: 'shell.money.answer-cases', to: '/sanctions', ids: ids(cases.filter((each) => each.mayAnswer)) },
    { word: 'shell.money.answer-audits', to: '/audits', ids: ids(audits.filter((each) => each.mayAnswer)) },
    {
      word: 'shell.money.rule-cases',
      to: '/sanctions',
      ids: ids(cases.filter((each) => each.mayRule && each.state === 'heard')),
    },
    {
      word: 'shell.money.rule-audits',
      to: '/audits',
      ids: ids(audits.filter((each) => each.mayRule && each.state === 'heard')),
    },
  ];
  const shown = waiting.filter((each) => each.ids.length > 0);
  if (shown.length === 0) return null;
  return (
    <Alert
      icon={<IconScale size={18} aria-hidden />}
      color="yellow"
      variant="light"
      className={classes['awaiting']}
    >
      {shown.map(({ word, to, ids: of }) => (
        <div key={word}>
          <Link
            to={to}
            search={of.length > 1 ? {} : to === '/audits' ? { audit: of[0] } : { case: of[0] }}
            className={classes['link']}
          >
            {t(word, { count: of.length })}
          </Link>
        </div>
      ))}
    </Alert>
  );
}
