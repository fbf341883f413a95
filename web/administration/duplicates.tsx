import { Button } from '@mantine/core';
import { IconCopy, IconCopyCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import type { Instant } from '../../src/platform/time.ts';
import { phoneText } from '../figures.ts';
import {
  Act,
  EmptyState,
  ErrorState,
  offerUndo,
  Page,
  RowsShape,
  useKeys,
  When,
  showDone,
  showFault,
} from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type WordId } from '../words.ts';
import classes from './duplicates.module.css';

const at = z.string().transform((text) => text as Instant);
const values = z.array(z.object({ value: z.string(), raw: z.string(), origin: z.string() }));
const personSchema = z.object({
  contact: z.string(),
  createdAt: at,
  names: values,
  phones: values,
  emails: values,
  documents: values,
  firstContact: z.object({ by: z.string(), at }).nullable(),
  leads: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      source: z.string(),
      receivedAt: at,
      stage: z.string(),
      holder: z.string().nullable(),
      status: z.string(),
    }),
  ),
});
const doubtsSchema = z.object({
  doubts: z.array(
    z.object({
      id: z.string(),
      raisedAt: at,
      score: z.number(),
      evidence: z.array(
        z.object({ kind: z.string(), known: z.string(), incoming: z.string(), points: z.number() }),
      ),
      people: z.array(personSchema),
    }),
  ),
});
type Doubt = z.infer<typeof doubtsSchema>['doubts'][number];
type Person = z.infer<typeof personSchema>;

const namesSchema = z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })) });
const mergedSchema = z.object({
  rows: z.array(
    z.object({
      id: z.number(),
      at,
      entry: z.string(),
      fields: z.looseObject({ kept: z.string().optional(), absorbed: z.string().optional() }),
    }),
  ),
});

const EVIDENCE: Record<string, WordId> = {
  'whatsapp-id': 'administration.evidence.whatsapp',
  document: 'administration.evidence.document',
  phone: 'administration.evidence.phone',
  email: 'administration.evidence.email',
  name: 'administration.evidence.name',
  conflict: 'administration.evidence.conflict',
};

/** Duplicados: two who may be one person, side by side; 1 and 2 settle it. */
export default function Duplicates(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const doubts = useQuery({
    queryKey: ['duplicates', 'open'],
    queryFn: () => ask('/api/duplicates', doubtsSchema),
  });
  const names = useQuery({
    queryKey: ['staff', 'journal-names'],
    queryFn: () => ask('/api/journal/names', namesSchema),
  });
  const { settled, settle } = useSettling();
  const open = doubts.data?.doubts.filter(({ id }) => !settled.has(id));
  const [at, setAt] = useState(0);
  const place = Math.min(at, Math.max(0, (open?.length ?? 1) - 1));
  const doubt = open?.[place];
  const go = (by: number) => setAt(Math.max(0, Math.min((open?.length ?? 1) - 1, place + by)));
  useKeys([
    { keys: 'ArrowRight', label: t('administration.duplicates.next'), run: () => go(1) },
    { keys: 'ArrowLeft', label: t('administration.duplicates.previous'), run: () => go(-1) },
  ]);
  const nameOf = (id: string): string => names.data?.people.find((each) => each.id === id)?.name ?? id;
  return (
    <Page
      title={t('administration.duplicates.title')}
      lead={t('administration.duplicates.lead')}
      actions={
        open !== undefined && open.length > 1 ? (
          <div className={classes['pager']}>
            <Button size="compact-sm" variant="default" disabled={place === 0} onClick={() => go(-1)}>
              {t('administration.duplicates.previous')}
            </Button>
            <span>
              {t('administration.duplicates.of', {
                at: figures.number(place + 1),
                all: figures.number(open.length),
              })}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={place === open.length - 1}
              onClick={() => go(1)}
            >
              {t('administration.duplicates.next')}
            </Button>
          </div>
        ) : undefined
      }
    >
      {open === undefined ? (
        doubts.isError ? (
          <ErrorState error={doubts.error} retry={() => void doubts.refetch()} />
        ) : (
          <RowsShape />
        )
      ) : doubt === undefined ? (
        <EmptyState icon={IconCopyCheck} title={t('administration.duplicates.empty')}>
          {t('administration.duplicates.empty-help')}
        </EmptyState>
      ) : (
        <Compare key={doubt.id} doubt={doubt} nameOf={nameOf} settle={settle} />
      )}
      <Settled />
    </Page>
  );
}

interface CompareProps {
  doubt: Doubt;
  nameOf: (person: string) => string;
  settle: (doubt: Doubt, outcome: 'same' | 'different') => void;
}

function Compare({ doubt, nameOf, settle }: CompareProps): ReactNode {
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
        {list('administration.peek.phone', person.phones, (value) => phoneText(value, figures.place.figures))}
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
                {lead.source} ·{' '}
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

const settledSchema = z.object({ outcome: z.enum(['same', 'different']) });

/** Told only when the five seconds are over: a merge moves leads and tells advisors, so an undo must come before it. */
function useSettling(): {
  settled: ReadonlySet<string>;
  settle: (doubt: Doubt, outcome: 'same' | 'different') => void;
} {
  const t = useWords();
  const client = useQueryClient();
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, () => void>());
  // Whoever leaves the page has decided: nothing waits any longer.
  useEffect(() => {
    const pending = waiting.current;
    return () => {
      for (const send of pending.values()) send();
    };
  }, []);
  const without = (id: string): void =>
    setSettled((before) => new Set([...before].filter((each) => each !== id)));
  return {
    settled,
    settle: (doubt, outcome) => {
      const { id } = doubt;
      const send = (): void => {
        if (!waiting.current.delete(id)) return;
        ask(`/api/duplicates/${encodeURIComponent(id)}`, settledSchema, { method: 'POST', body: { outcome } })
          .then(() => client.invalidateQueries({ queryKey: ['duplicates'] }))
          .catch((fault: unknown) => {
            showFault(fault);
            without(id);
          });
      };
      waiting.current.set(id, send);
      setSettled((before) => new Set([...before, id]));
      offerUndo({
        text: t(outcome === 'same' ? 'administration.duplicates.merging' : 'administration.duplicates.apart'),
        undo: () => {
          waiting.current.delete(id);
          without(id);
        },
        done: send,
      });
    },
  };
}

const unmergedSchema = z.object({ contact: z.string() });

/** What was joined lately, and the way back. */
function Settled(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const merged = useQuery({
    queryKey: ['duplicates', 'merged'],
    queryFn: () => ask('/api/journal?entry=contact.merged', mergedSchema),
  });
  const apart = useQuery({
    queryKey: ['duplicates', 'unmerged'],
    queryFn: () => ask('/api/journal?entry=contact.unmerged', mergedSchema),
  });
  const gone = new Map((apart.data?.rows ?? []).map(({ at: when, fields }) => [fields.absorbed ?? '', when]));
  const rows = (merged.data?.rows ?? []).flatMap(({ id, at: when, fields: { kept, absorbed } }) =>
    kept === undefined || absorbed === undefined || (gone.get(absorbed) ?? '') > when
      ? []
      : [{ id, at: when, kept, absorbed }],
  );
  if (rows.length === 0) return null;
  const part = async (absorbed: string): Promise<void> => {
    try {
      await ask(`/api/contacts/${encodeURIComponent(absorbed)}/unmerge`, unmergedSchema, {
        method: 'POST',
        body: {},
      });
      showDone(t('administration.duplicates.parted'));
    } catch (fault) {
      showFault(fault);
    }
    await client.invalidateQueries({ queryKey: ['duplicates'] });
  };
  return (
    <section className={classes['settled']} aria-label={t('administration.duplicates.settled')}>
      <h2>
        <IconCopy size={16} aria-hidden /> {t('administration.duplicates.settled')}
      </h2>
      <ul>
        {rows.map(({ id, at: when, kept, absorbed }) => (
          <li key={id}>
            <MergedName contact={kept} />
            <When at={when} as="moment" />
            <Button size="compact-xs" variant="default" onClick={() => void part(absorbed)}>
              {t('administration.duplicates.part')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const contactSchema = z.object({ names: values, phones: values });

function MergedName({ contact }: { contact: string }): ReactNode {
  const t = useWords();
  const person = useQuery({
    queryKey: ['duplicates', 'person', contact],
    queryFn: () => ask(`/api/contacts/${encodeURIComponent(contact)}`, contactSchema),
  });
  const names = [...new Set(person.data?.names.map(({ raw }) => raw) ?? [])];
  return <strong>{names.length === 0 ? t('administration.duplicates.no-name') : names.join(' = ')}</strong>;
}
