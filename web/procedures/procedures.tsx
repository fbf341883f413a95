import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  IconArrowLeft,
  IconBook2,
  IconCalendarCheck,
  IconCalendarOff,
  IconSearch,
} from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { folded } from '../figures.ts';
import { EmptyState, ErrorState, Field, Page, RowsShape, StatusBadge, useKeys } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useLanguage, useWords } from '../words.ts';
import { proceduresQuery, type Clause, type Procedure } from './answers.ts';
import { ClauseView } from './clause-view.tsx';
import classes from './procedures.module.css';
import { ProposalsToSee } from './proposals.tsx';
import { StandingMark } from './standing.tsx';

const addressShape = z.object({
  procedure: z.string().optional().catch(undefined),
  clause: z.string().optional().catch(undefined),
});

interface Chosen {
  readonly procedure: Procedure;
  readonly clause: Clause;
}

/** Procedimientos: the clauses in the organization's words, and all there is behind the one chosen. */
export default function Procedures(): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { data, error, refetch } = useQuery(proceduresQuery(language));
  return (
    <Page title={t('procedures.title')} lead={t('procedures.lead')} shape="full">
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={12} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : data.procedures.length === 0 ? (
        <EmptyState icon={IconBook2} title={t('procedures.none')}>
          {t('procedures.none-help')}
        </EmptyState>
      ) : (
        <Book procedures={data.procedures} today={data.today} />
      )}
    </Page>
  );
}

function Book({ procedures, today }: { procedures: readonly Procedure[]; today: string }): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  const address = addressShape.parse(useSearch({ strict: false }));
  const [search, setSearch] = useState('');
  const shown = useMemo(() => found(procedures, search), [procedures, search]);
  const inOrder = useMemo(
    () => shown.flatMap((procedure) => procedure.clauses.map((clause) => ({ procedure, clause }))),
    [shown],
  );
  const chosen = chosenOf(procedures, address);
  const first = inOrder[0];
  // On a phone the list comes first; beside it something always stands open.
  const open = chosen ?? first;
  const go = (to: Chosen | null): void =>
    void navigate({
      to: '/procedures',
      search: to === null ? {} : { procedure: to.procedure.name, clause: to.clause.id },
      replace: chosen !== undefined,
    });
  const step = (by: number): void => {
    const here = inOrder.findIndex(
      ({ procedure, clause }) => open?.procedure === procedure && open.clause === clause,
    );
    const next = inOrder[Math.min(inOrder.length - 1, Math.max(0, here + by))];
    if (next !== undefined) go(next);
  };
  useKeys([
    { keys: 'ArrowDown', label: t('procedures.next'), run: () => step(1) },
    { keys: 'ArrowUp', label: t('procedures.previous'), run: () => step(-1) },
    {
      keys: 'Escape',
      label: t('kit.panel.back'),
      hidden: true,
      when: () => chosen !== undefined,
      run: () => go(null),
    },
  ]);
  return (
    <div className={classes['shelf']}>
      <ProposalsToSee procedures={procedures} />
      <div className={classes['book']} data-open={chosen !== undefined}>
        <nav className={classes['index']} aria-label={t('procedures.clauses')}>
          <Field
            aria-label={t('procedures.search')}
            placeholder={t('procedures.search')}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <div className={classes['groups']}>
            {shown.length === 0 ? (
              <EmptyState icon={IconSearch} title={t('procedures.no-match', { search })} />
            ) : (
              shown.map((procedure) => (
                <Group key={procedure.name} procedure={procedure} open={open} go={go} />
              ))
            )}
          </div>
        </nav>
        <section className={classes['detail']} aria-label={t('procedures.clause-of')}>
          <Button
            className={classes['back']}
            variant="subtle"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={() => go(null)}
          >
            {t('procedures.clauses')}
          </Button>
          {open === undefined ? null : (
            <ClauseView
              key={`${open.procedure.name} ${open.clause.id}`}
              procedure={open.procedure}
              clause={open.clause}
              today={today}
            />
          )}
        </section>
      </div>
    </div>
  );
}

function chosenOf(
  procedures: readonly Procedure[],
  address: z.infer<typeof addressShape>,
): Chosen | undefined {
  const procedure = procedures.find(({ name }) => name === address.procedure);
  const clause = procedure?.clauses.find(({ id }) => id === address.clause);
  return procedure === undefined || clause === undefined ? undefined : { procedure, clause };
}

function found(procedures: readonly Procedure[], search: string): Procedure[] {
  const wanted = folded(search.trim());
  return procedures
    .map((procedure) => ({
      ...procedure,
      clauses: procedure.clauses.filter(
        ({ id, text, effect }) => wanted === '' || folded(`${id} ${text} ${effect}`).includes(wanted),
      ),
    }))
    .filter(({ clauses }) => clauses.length > 0);
}

function Group({
  procedure,
  open,
  go,
}: {
  procedure: Procedure;
  open: Chosen | undefined;
  go: (to: Chosen) => void;
}): ReactNode {
  const t = useWords();
  const proven = procedure.clauses.filter(({ standing }) => standing === 'held').length;
  return (
    <section className={classes['group']}>
      <header className={classes['groupHead']}>
        <h2>{procedure.title}</h2>
        <InForce procedure={procedure} />
        <span className={classes['proven']}>
          {t('procedures.proven', { proven: String(proven), all: String(procedure.clauses.length) })}
        </span>
      </header>
      <ul className={classes['clauses']}>
        {procedure.clauses.map((clause) => (
          <li key={clause.id}>
            <ClauseLine
              procedure={procedure}
              clause={clause}
              isOpen={open?.procedure.name === procedure.name && open.clause.id === clause.id}
              choose={() => go({ procedure, clause })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function InForce({ procedure }: { procedure: Procedure }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return procedure.inForce === null ? (
    <StatusBadge tone="soon" icon={IconCalendarOff}>
      {t('procedures.not-in-force')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="good" icon={IconCalendarCheck}>
      {t('procedures.in-force', { date: figures.day(procedure.inForce.version) })}
    </StatusBadge>
  );
}

function ClauseLine({
  procedure,
  clause,
  isOpen,
  choose,
}: {
  procedure: Procedure;
  clause: Clause;
  isOpen: boolean;
  choose: () => void;
}): ReactNode {
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <button
      ref={line}
      type="button"
      className={classes['line']}
      aria-current={isOpen ? 'true' : undefined}
      onClick={choose}
    >
      <span className={classes['id']}>{clause.id}</span>
      <span className={classes['words']}>{clause.text}</span>
      <StandingMark procedure={procedure} clause={clause} />
    </button>
  );
}
