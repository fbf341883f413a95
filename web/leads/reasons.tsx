/** «¿Por qué?» of leads: the kit's, with the clauses in the organization's words. */
import { Popover, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconHelpCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Why, WhyBody } from '../kit/index.ts';
import { useLanguage, useWords, type Say } from '../words.ts';
import classes from './reasons.module.css';
import { clausesQuery, type ClauseWords, type Item } from './data.ts';
import { lengthText, reasonText, valuesOf, whyText, type Saying } from './words-of.ts';

type InWords = (ref: string) => { name: string; version: string | null; text: string } | undefined;

function inWords(t: Say, clauses: readonly ClauseWords[]): InWords {
  return (ref) => {
    const found = clauses.find((each) => each.ref === ref);
    if (found === undefined) return undefined;
    const name =
      found.name === null ? t('leads.why.house') : `${found.name} · ${found.clause}`.replace(/ · $/, '');
    return { name, version: found.version, text: found.text };
  };
}

/** Beside one decision of a timeline. */
export function ItemWhy({
  item,
  clauses,
  saying,
}: {
  item: Item;
  clauses: readonly ClauseWords[];
  saying: Saying;
}): ReactNode {
  const { t, name } = saying;
  const { why } = item;
  if (why === null) return null;
  return (
    <Why
      sentence={whyText(t, item.said, valuesOf(item, saying))}
      because={why.because}
      inWords={inWords(t, clauses)}
      facts={why.facts.map(({ at, fact, who, seconds }) => ({
        at,
        text: t(`leads.fact.${fact}`, {
          who: who === null ? t('leads.why.someone') : name(who),
          seconds: seconds === null ? '' : t('leads.fact.seconds', { time: lengthText(seconds) }),
        }),
      }))}
      passedOver={why.passedOver.map(({ person, why: reason }) => ({
        person: name(person),
        why: reasonText(t, reason),
      }))}
    />
  );
}

/** Clauses alone, asked for by their references: behind a refusal. */
export function Clauses({ refs, sentence }: { refs: readonly string[]; sentence?: string }): ReactNode {
  const t = useWords();
  const { data } = useQuery(clausesQuery(refs, useLanguage()));
  if (data === undefined) return null;
  return <WhyBody sentence={sentence ?? ''} because={refs} inWords={inWords(t, data.clauses)} />;
}

/** «¿Por qué no?»: a word that opens the sentence and its clauses. */
export function WhyNot({
  label,
  sentence,
  refs,
}: {
  label: string;
  sentence: string;
  refs: readonly string[];
}): ReactNode {
  return (
    <Popover position="bottom-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes['ask']}>
          <IconHelpCircle size={15} aria-hidden />
          {label}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        {refs.length === 0 ? (
          <p className={classes['alone']}>{sentence}</p>
        ) : (
          <Clauses refs={refs} sentence={sentence} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
