import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { phoneText } from '../figures.ts';
import { Act, When } from '../kit/index.ts';
import { useSourceName } from '../leads/source-names.ts';
import { useFigures } from '../session.ts';
import { useWords, type WordId } from '../words.ts';
import type { Doubt, Person } from './duplicates-answers.ts';
import classes from './duplicates.module.css';

const EVIDENCE: Record<string, WordId> = {
  'whatsapp-id': 'administration.evidence.whatsapp',
  document: 'administration.evidence.document',
  phone: 'administration.evidence.phone',
  email: 'administration.evidence.email',
  name: 'administration.evidence.name',
  conflict: 'administration.evidence.conflict',
};

interface CompareProps {
  doubt: Doubt;
  nameOf: (person: string) => string;
  settle: (doubt: Doubt, outcome: 'same' | 'different') => void;
}

/** The two side by side, with what speaks for and against their being one; 1 and 2 settle it. */
export function Compare({ doubt, nameOf, settle }: CompareProps): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const shared = new Set(
    doubt.evidence.filter(({ points }) => points > 0).flatMap(({ known, incoming }) => [known, incoming]),
  );
  const against = new Set(
    doubt.evidence.filter(({ points }) => points < 0).flatMap(({ known, incoming }) => [known, incoming]),
  );
  const write = (kind: string, value: string): string =>
    kind === 'phone' ? phoneText(value, figures.place.figures) : value;
  return (
    <article className={classes['doubt']} aria-label={t('administration.duplicates.compare')}>
      <div className={classes['score']}>
        <strong>{t('administration.duplicates.score', { points: figures.number(doubt.score) })}</strong>
        <span>
          <When at={doubt.raisedAt} />
        </span>
        <ul>
          {doubt.evidence.map(({ kind, known, incoming, points }) => (
            <li key={kind + known + incoming} data-against={points < 0}>
              <span className={classes['points']}>{points > 0 ? `+${points}` : points}</span>
              {t(EVIDENCE[kind] ?? 'administration.evidence.other')}
              {': '}
              {known === incoming ? write(kind, known) : `${write(kind, known)} ≠ ${write(kind, incoming)}`}
            </li>
          ))}
        </ul>
      </div>
      <div className={classes['sides']}>
        {doubt.people.map((person) => (
          <Side key={person.contact} person={person} shared={shared} against={against} nameOf={nameOf} />
        ))}
      </div>
      <div className={classes['acts']}>
        <Act keys="1" label={t('administration.duplicates.same')} run={() => settle(doubt, 'same')} />
        <Act
          keys="2"
          variant="default"
          label={t('administration.duplicates.different')}
          run={() => settle(doubt, 'different')}
        />
        <p>{t('administration.duplicates.same-help')}</p>
      </div>
    </article>
  );
}

interface SideProps {
  person: Person;
  shared: ReadonlySet<string>;
  against: ReadonlySet<string>;
  nameOf: (person: string) => string;
}

function Side({ person, shared, against, nameOf }: SideProps): ReactNode {
  const t = useWords();
  const source = useSourceName();
  const figures = useFigures();
  const list = (
    title: WordId,
    held: Person['names'],
    write: (value: string) => string = (value) => value,
  ): ReactNode =>
    held.length === 0 ? null : (
      <>
        <dt>{t(title)}</dt>
        <dd>
          {held.map(({ value, raw, origin }) => (
            <span key={value + origin} className={classes['value']}>
              <mark data-shared={shared.has(value)} data-against={against.has(value)}>
                {write(value)}
              </mark>
              <small>{raw === value || raw === write(value) ? origin : `«${raw}» · ${origin}`}</small>
            </span>
          ))}
        </dd>
      </>
    );
  return (
    <section className={classes['side']} aria-label={person.names[0]?.raw ?? person.contact}>
      <h2>{person.names[0]?.raw ?? t('administration.duplicates.no-name')}</h2>
      <dl>
        {list('administration.col.name', person.names)}
        {list('administration.duplicates.phone', person.phones, (value) =>
          phoneText(value, figures.place.figures),
        )}
        {list('administration.person.email', person.emails)}
        {list('administration.person.documents', person.documents)}
        <dt>{t('administration.duplicates.known-since')}</dt>
        <dd>
          <When at={person.createdAt} as="moment" />
        </dd>
        <dt>{t('administration.duplicates.first-contact')}</dt>
        <dd>
          {person.firstContact === null ? (
            t('administration.duplicates.no-contact')
          ) : (
            <>
              {nameOf(person.firstContact.by)}, <When at={person.firstContact.at} as="moment" />
            </>
          )}
        </dd>
        <dt>{t('administration.col.leads')}</dt>
        <dd>
          {person.leads.map((lead) => (
            <span key={lead.id} className={classes['value']}>
              <Link to={`/leads/${lead.id}`}>#{lead.number}</Link>
              <small>
                {source(lead.source)} ·{' '}
                {lead.holder === null ? t('administration.drill.no-holder') : nameOf(lead.holder)} ·{' '}
                <When at={lead.receivedAt} as="moment" />
              </small>
            </span>
          ))}
        </dd>
      </dl>
    </section>
  );
}
