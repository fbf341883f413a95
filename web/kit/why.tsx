import { Popover, UnstyledButton } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Instant } from '../../src/platform/time.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { When } from './figure.tsx';
import classes from './why.module.css';

/** A decision's reasons, as a journal entry carries them (`because`, `passedOver`), plus its facts in words. */
export interface Reasons {
  /** One sentence: what was decided and for what reason. */
  sentence: string;
  /** "contact-center-policy@2023-03-01#L4"; never empty for a decision. */
  because: readonly string[];
  facts?: readonly { at: Instant; text: string }[];
  passedOver?: readonly { person: string; why: string }[];
}

/** A reference in words where they are known: a clause, a law, a rule of the product. */
export type InWords = (
  reference: string,
) => { name: string; version: string | null; text: string; href?: string | undefined } | undefined;

/** «¿Por qué?»: beside every decision. What stands in it (`<WhyBody>`) is drawn when it is opened. */
export function Why({ compact = false, children }: { compact?: boolean; children: ReactNode }): ReactNode {
  const t = useWords();
  return (
    <Popover position="bottom-start" width={360} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes['ask']} aria-label={compact ? t('kit.why.ask') : undefined}>
          <IconHelpCircle size={15} aria-hidden />
          {compact ? null : t('kit.why.ask')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('kit.why.ask')}>{children}</Popover.Dropdown>
    </Popover>
  );
}

export interface WhyProps extends Reasons {
  inWords: InWords;
}

/** The sentence, the clauses in their words, the facts with their times, who was passed over. */
export function WhyBody({ sentence, because, facts = [], passedOver = [], inWords }: WhyProps): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return (
    <div className={classes['why']}>
      {sentence === '' ? null : <p className={classes['sentence']}>{sentence}</p>}
      {because.map((reference) => {
        const words = inWords(reference);
        if (words === undefined) return <p key={reference}>{reference}</p>;
        const { name, version, text, href } = words;
        return (
          <div key={reference} className={classes['clause']}>
            <strong>{href === undefined ? name : <a href={href}>{name}</a>}</strong>
            {version === null ? null : (
              <span className={classes['version']}>
                {t('kit.why.version', { version: figures.day(version) })}
              </span>
            )}
            <p>{text}</p>
          </div>
        );
      })}
      {facts.length > 0 ? (
        <>
          <p className={classes['part']}>{t('kit.why.facts')}</p>
          <ul className={classes['facts']}>
            {facts.map((fact) => (
              <li key={fact.at + fact.text}>
                <span className={classes['at']}>
                  <When at={fact.at} as="time" />
                </span>
                <span>{fact.text}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {passedOver.length > 0 ? (
        <>
          <p className={classes['part']}>{t('kit.why.passed-over')}</p>
          <ul className={classes['passed']}>
            {passedOver.map(({ person, why }) => (
              <li key={person + why}>
                <strong>{person}</strong>
                <span>{why}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
