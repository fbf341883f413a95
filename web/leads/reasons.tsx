/** «¿Por qué?» of leads: the kit's, with the clauses in the organization's words. */
import { Popover, UnstyledButton } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { inWordsOf, useInWords, type ClauseWords } from '../clauses.ts';
import { Why, WhyBody } from '../kit/index.ts';
import classes from './reasons.module.css';
import type { Item } from './data.ts';
import { lengthText, reasonText, valuesOf, whyText, type Saying } from './words-of.ts';

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
    <Why>
      <WhyBody
        sentence={whyText(t, item.said, valuesOf(item, saying))}
        because={why.because}
        inWords={inWordsOf(t, clauses)}
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
    </Why>
  );
}

/** Clauses alone, asked for by their references: behind a refusal. */
export function Clauses({ refs, sentence }: { refs: readonly string[]; sentence?: string }): ReactNode {
  const inWords = useInWords(refs);
  if (inWords === undefined) return null;
  return <WhyBody sentence={sentence ?? ''} because={refs} inWords={inWords} />;
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
