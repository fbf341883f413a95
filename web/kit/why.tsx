import { Popover, UnstyledButton } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Instant } from '../../src/platform/time.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { parseClause } from './clause.ts';
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

export interface WhyProps extends Reasons {
  /** The procedure's name as people here call it. */
  procedureName?: (procedure: string) => string | undefined;
  /** The reference in words where the caller knows them: a clause, a law, a rule of the product. */
  inWords?: (reference: string) => { name: string; version: string | null; text: string } | undefined;
  /** The clause's own words, if known. */
  clauseText?: (clause: { procedure: string; clause: string }) => string | undefined;
  /** Where the clause can be read, if there is such a page for this person. */
  clauseHref?: (clause: { procedure: string; clause: string }) => string | undefined;
  /** Only the icon, where room is short. */
  compact?: boolean;
}

/** «¿Por qué?»: beside every decision. */
export function Why({ compact = false, ...reasons }: WhyProps): ReactNode {
  const t = useWords();
  return (
    <Popover position="bottom-start" width={360} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes['ask']} aria-label={compact ? t('kit.why.ask') : undefined}>
          <IconHelpCircle size={15} aria-hidden />
          {compact ? null : t('kit.why.ask')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('kit.why.ask')}>
        <WhyBody {...reasons} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** The same without the button, for a page where it stands open. */
export function WhyBody({
  sentence,
  because,
  facts = [],
  passedOver = [],
  procedureName,
  inWords,
  clauseText,
  clauseHref,
}: Omit<WhyProps, 'compact'>): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return (
    <div className={classes['why']}>
      {sentence === '' ? null : <p className={classes['sentence']}>{sentence}</p>}
      {because.map((reference) => {
        const words = inWords?.(reference);
        if (words !== undefined)
          return (
            <div key={reference} className={classes['clause']}>
              <strong>{words.name}</strong>
              {words.version === null ? null : (
                <span className={classes['version']}>
                  {t('kit.why.version', { version: figures.day(words.version) })}
                </span>
              )}
              <p>{words.text}</p>
            </div>
          );
        const clause = parseClause(reference);
        if (clause === undefined) return <p key={reference}>{reference}</p>;
        const href = clauseHref?.(clause);
        const procedure = procedureName?.(clause.procedure) ?? clause.procedure;
        // A rule of the product's own has a name for programs only; its words say it all.
        const name = clause.procedure === 'house' ? t('kit.why.house') : `${procedure} ${clause.clause}`;
        return (
          <div key={reference} className={classes['clause']}>
            <strong>{href === undefined ? name : <a href={href}>{name}</a>}</strong>
            {clause.version ? (
              <span className={classes['version']}>
                {t('kit.why.version', {
                  version: isDate(clause.version) ? figures.day(clause.version) : clause.version,
                })}
              </span>
            ) : null}
            {clauseText?.(clause) ? <p>{clauseText(clause)}</p> : null}
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

function isDate(version: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(version);
}
