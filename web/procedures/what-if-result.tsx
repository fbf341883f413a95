import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { entryText } from '../entry-words.ts';
import { StatusBadge, When } from '../kit/index.ts';
import { useFigures, useMay } from '../session.ts';
import { isWord, useWords, type Say } from '../words.ts';
import type { Comparison, OneWhatIf, Pair } from './what-if-answers.ts';
import { signed } from './what-if.ts';
import classes from './what-if.module.css';

type NameOf = (id: string | null) => string;

/** What a version would have made of a month: missed terms, leads and money, by person; and how far that may be trusted. */
export function WhatIfResult({ whatIf, result }: { whatIf: OneWhatIf; result: Comparison }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const names = new Map(whatIf.people.map(({ id, name }) => [id, name]));
  const nameOf: NameOf = (id) => (id === null ? t('procedures.what-if.nobody') : (names.get(id) ?? id));
  // Counted by term, also where no notice had reached the person and it is not counted against them.
  const [was, would] = result.breaches.find(({ what }) => what === 'first-contact')?.times ?? [0, 0];
  const month = figures.month(whatIf.month);
  const same = result.leadsDiffering === 0 && was === would && result.roster.length === 0;
  return (
    <div className={classes['result']}>
      <p className={classes['sentence']}>
        {same
          ? t('procedures.what-if.same', { month })
          : t('procedures.what-if.sentence', {
              month,
              was: figures.number(was),
              would: figures.number(would),
              leads: figures.number(result.leadsDiffering),
            })}
      </p>
      <Totals result={result} />
      <People result={result} nameOf={nameOf} />
      <Roster result={result} nameOf={nameOf} />
      <Leads result={result} nameOf={nameOf} />
      <Trust whatIf={whatIf} result={result} />
    </div>
  );
}

function Totals({ result }: { result: Comparison }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const currency = figures.place.figures === 'es-CO' ? 'COP' : 'MXN';
  const { totals, breaches } = result;
  const number = (value: number): string => figures.number(value);
  const row = (name: string, [was, would]: Pair, worse: 'more' | 'less' | null): ReactNode => (
    <tr key={name}>
      <th scope="row">{name}</th>
      <td>{number(was)}</td>
      <td>{number(would)}</td>
      <td data-worse={isWorse(would - was, worse)}>{signed(would - was, number)}</td>
    </tr>
  );
  const [paid, wouldPay] = totals.shared;
  return (
    <div
      className={classes['scroll']}
      tabIndex={0}
      role="region"
      aria-label={t('procedures.what-if.measure')}
    >
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('procedures.what-if.measure')}</th>
            <th scope="col">{t('procedures.what-if.was')}</th>
            <th scope="col">{t('procedures.what-if.would')}</th>
            <th scope="col">{t('procedures.what-if.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {row(t('procedures.what-if.received'), totals.received, null)}
          {row(t('procedures.what-if.contacted'), totals.contacted, 'less')}
          {breaches.map(({ what, times }) => row(missedText(t, what), times, 'more'))}
          {row(t('procedures.what-if.waiting-queue'), totals.waiting, 'more')}
          {row(t('procedures.what-if.refused-contacts'), totals.refusedContacts, null)}
          {row(t('procedures.what-if.closings'), totals.closings, 'less')}
          <tr>
            <th scope="row">{t('procedures.what-if.shared')}</th>
            <td>{figures.money(paid, currency)}</td>
            <td>{figures.money(wouldPay, currency)}</td>
            <td>{paid === wouldPay ? '0' : t('procedures.what-if.changes')}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function isWorse(difference: number, worse: 'more' | 'less' | null): boolean | undefined {
  if (worse === null || difference === 0) return undefined;
  return difference > 0 === (worse === 'more');
}

function missedText(t: Say, what: string): string {
  const id = `procedures.missed.${what}`;
  return isWord(id) ? t(id) : what;
}

const PEOPLE_FIRST = 12;

function People({ result, nameOf }: { result: Comparison; nameOf: NameOf }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const [all, setAll] = useState(false);
  const currency = figures.place.figures === 'es-CO' ? 'COP' : 'MXN';
  const differing = result.people.filter(
    ({ received, missed, contacted, closings, holds, shared }) =>
      [received, missed, contacted, closings, holds].some(([was, would]) => was !== would) ||
      shared[0] !== shared[1],
  );
  if (differing.length === 0) return null;
  const shown = all ? differing : differing.slice(0, PEOPLE_FIRST);
  const money = differing.some(({ shared }) => shared[0] !== shared[1]);
  const cell = (pair: Pair, worse: 'more' | 'less' | null): ReactNode => (
    <td data-worse={isWorse(pair[1] - pair[0], worse)}>
      {figures.number(pair[1])}
      {pair[0] === pair[1] ? null : (
        <small>{signed(pair[1] - pair[0], (value) => figures.number(value))}</small>
      )}
    </td>
  );
  return (
    <>
      <h4>{t('procedures.what-if.people')}</h4>
      <div
        className={classes['scroll']}
        tabIndex={0}
        role="region"
        aria-label={t('procedures.what-if.people')}
      >
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('procedures.what-if.person')}</th>
              <th scope="col">{t('procedures.what-if.received')}</th>
              <th scope="col">{t('procedures.what-if.missed')}</th>
              <th scope="col">{t('procedures.what-if.contacted')}</th>
              <th scope="col">{t('procedures.what-if.closings')}</th>
              <th scope="col">{t('procedures.what-if.holds')}</th>
              {money ? <th scope="col">{t('procedures.what-if.shared')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.person}>
                <th scope="row">{nameOf(each.person)}</th>
                {cell(each.received, null)}
                {cell(each.missed, 'more')}
                {cell(each.contacted, 'less')}
                {cell(each.closings, 'less')}
                {cell(each.holds, null)}
                {money ? (
                  <td title={figures.money(each.shared[0], currency)}>
                    {figures.money(each.shared[1], currency)}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all || differing.length <= PEOPLE_FIRST ? null : (
        <More count={differing.length - PEOPLE_FIRST} show={() => setAll(true)} />
      )}
    </>
  );
}

function More({ count, show }: { count: number; show: () => void }): ReactNode {
  const t = useWords();
  return (
    <Button size="compact-sm" variant="subtle" onClick={show}>
      {t('procedures.more', { count: String(count) })}
    </Button>
  );
}

function Roster({ result, nameOf }: { result: Comparison; nameOf: NameOf }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  if (result.roster.length === 0) return null;
  const word = (decision: string | null): string =>
    t(decision === 'included' ? 'procedures.what-if.included' : 'procedures.what-if.excluded');
  return (
    <>
      <h4>{t('procedures.what-if.roster')}</h4>
      <ul className={classes['lines']}>
        {result.roster.map(({ month, person, decision, failing }) => (
          <li key={`${month} ${person}`}>
            <strong>{nameOf(person)}</strong>
            <span>
              {t('procedures.what-if.place', {
                month: figures.month(month),
                was: word(decision[0]),
                would: word(decision[1]),
              })}
            </span>
            <span className={classes['soft']}>
              {[...new Set([...failing[0], ...failing[1]])].map((each) => each.split('#')[1]).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const LEADS_FIRST = 8;

function Leads({ result, nameOf }: { result: Comparison; nameOf: NameOf }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const navigate = useNavigate();
  const maySee = useMay('leads.see');
  const [all, setAll] = useState(false);
  if (result.leads.length === 0) return null;
  const shown = all ? result.leads : result.leads.slice(0, LEADS_FIRST);
  const path = (held: readonly string[], holder: string | null): string => {
    const people = held.map(nameOf);
    if (holder === null) people.push(nameOf(null));
    return people.join(' → ');
  };
  return (
    <>
      <h4>{t('procedures.what-if.leads', { count: figures.number(result.leadsDiffering) })}</h4>
      <ul className={classes['lines']}>
        {shown.map(({ lead, number, held, holder }) => (
          <li key={lead}>
            {maySee ? (
              <a
                href={`/leads/${lead}`}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                  event.preventDefault();
                  void navigate({ to: `/leads/${lead}` });
                }}
              >
                {t('procedures.lead-number', { number: String(number ?? '') })}
              </a>
            ) : (
              <span>{t('procedures.lead-number', { number: String(number ?? '') })}</span>
            )}
            <span className={classes['path']}>
              <span className={classes['soft']}>{t('procedures.what-if.was')}</span>
              {path(held[0], holder[0])}
              <span className={classes['soft']}>{t('procedures.what-if.would')}</span>
              {path(held[1], holder[1])}
            </span>
          </li>
        ))}
      </ul>
      {all || result.leads.length <= LEADS_FIRST ? null : (
        <More count={result.leads.length - LEADS_FIRST} show={() => setAll(true)} />
      )}
    </>
  );
}

const FACTS_NAMED = {
  refused: 'procedures.what-if.now-refused',
  failed: 'procedures.what-if.not-run',
  erased: 'procedures.what-if.erased',
} as const;

/** What was supposed, and whether the month run again as it was comes to what was decided. */
function Trust({ whatIf, result }: { whatIf: OneWhatIf; result: Comparison }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { agreement, assumed } = result;
  const whole = agreement.same === agreement.of;
  const share = agreement.of === 0 ? 1 : agreement.same / agreement.of;
  const Mark = whole ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className={classes['trust']}>
      <StatusBadge tone={whole ? 'good' : 'soon'} icon={Mark}>
        {whole
          ? t('procedures.what-if.agrees', { of: figures.number(agreement.of) })
          : t('procedures.what-if.nearly', {
              share: figures.percent(share, 2),
              of: figures.number(agreement.of),
            })}
      </StatusBadge>
      <p className={classes['soft']}>
        {t('procedures.what-if.assumed', {
          others: figures.number(assumed.byOthers),
          undone: figures.number(assumed.notDone),
        })}
      </p>
      {(['refused', 'failed', 'erased'] as const).map((which) =>
        assumed[which].length === 0 ? null : (
          <p key={which} className={classes['soft']}>
            {t(FACTS_NAMED[which], {
              list: assumed[which].map(({ fact, times }) => `${entryText(t, fact)} (${times})`).join(', '),
            })}
          </p>
        ),
      )}
      <p className={classes['soft']}>
        {whatIf.endedAt === null ? null : <When at={whatIf.endedAt} as="moment" />}
      </p>
    </div>
  );
}
