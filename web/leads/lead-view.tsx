import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowsExchange, IconNote, IconPhone, IconStar, IconUserOff } from '@tabler/icons-react';
import { Suspense, type ReactNode } from 'react';
import { ApiError } from '../api.ts';
import { Protection } from '../control/index.ts';
import { EmptyState, ErrorState, RowsShape, Shortcut, When } from '../kit/index.ts';
import { useMay, useSession } from '../session.ts';
import { useWords, type WordId } from '../words.ts';
import { useActKeys, useLeadActs, type ActName, type LeadActs } from './acts.tsx';
import { leadQuery, type ActRefusal, type OneLead } from './data.ts';
import { LeadState } from './lead-state.tsx';
import classes from './lead-view.module.css';
import { Middle } from './middle.tsx';
import { Progress } from './progress.tsx';
import { WhyNot } from './reasons.tsx';
import { reasonText } from './words-of.ts';
import { Who } from './who.tsx';

/** Everything about one lead. `shape`: three columns on a page of its own, one in a panel or on a phone. */
export function LeadView({
  id,
  shape,
  more,
}: {
  id: string;
  shape: 'page' | 'panel';
  /** Acts of the seat it stands in. */
  more?: ReactNode;
}): ReactNode {
  const { data, error, refetch } = useQuery(leadQuery(id));
  if (error instanceof ApiError && error.status === 404) return <Missing />;
  if (data === undefined)
    return error ? <ErrorState error={error} retry={() => void refetch()} /> : <RowsShape rows={10} />;
  return <Known one={data} shape={shape} more={more} />;
}

function Missing(): ReactNode {
  const t = useWords();
  return (
    <EmptyState icon={IconUserOff} title={t('leads.page.missing')}>
      {t('leads.page.missing-help')}
    </EmptyState>
  );
}

function Known({ one, shape, more }: { one: OneLead; shape: 'page' | 'panel'; more: ReactNode }): ReactNode {
  const t = useWords();
  const { user } = useSession();
  const acts = useLeadActs();
  const { lead } = one;
  const mine = lead.holder === user.person;
  useActKeys(acts, one.acts.call === null || one.acts.note === null ? lead : undefined);
  return (
    <div className={classes['view']} data-shape={shape}>
      <div className={classes['side']}>
        <Who one={one} />
      </div>
      <section className={classes['story']} aria-label={t('leads.page.story')}>
        <Middle key={lead.id} lead={lead.id} />
      </section>
      <section className={classes['next']} aria-label={t('leads.page.acts')}>
        {followed(lead) ? null : <LeadState lead={lead} own={mine} size={mine ? 'large' : 'row'} />}
        <p className={classes['soft']}>
          {t('leads.page.number', { number: String(lead.number) })} ·{' '}
          <When at={lead.receivedAt} as="moment" />
        </p>
        <Acts one={one} acts={acts} />
        <Suspense>
          <Protection lead={lead.id} own={mine} />
        </Suspense>
        <Progress lead={lead} frozen={one.acts.call?.refused === 'frozen'} />
        {more}
      </section>
      {acts.dialogs}
    </div>
  );
}

/** Contacted, with nothing that runs: how far it has come says it better. */
function followed({ contactedAt, dueAt, waitsForCall, auditListedAt, stage }: OneLead['lead']): boolean {
  const runs = dueAt !== null || waitsForCall !== null || auditListedAt !== null;
  return contactedAt !== null && stage === 'assigned' && !runs;
}

const ACTS = [
  { act: 'call', keys: 'l', word: 'leads.day.call', icon: IconPhone, may: 'leads.call' },
  { act: 'note', keys: 'n', word: 'leads.day.note', icon: IconNote, may: 'leads.note' },
  { act: 'grade', keys: 'c', word: 'leads.day.grade', icon: IconStar, may: 'leads.grade' },
  { act: 'pass', keys: 'p', word: 'leads.day.pass', icon: IconArrowsExchange, may: 'leads.pass-on' },
] as const satisfies readonly { act: ActName; keys: string; word: WordId; icon: unknown; may: string }[];

/** What is legal now as a button; what is not as a word that says why, when asked. */
function Acts({ one, acts }: { one: OneLead; acts: LeadActs }): ReactNode {
  const t = useWords();
  const may: Record<string, boolean> = {
    'leads.call': useMay('leads.call'),
    'leads.note': useMay('leads.note'),
    'leads.grade': useMay('leads.grade'),
    'leads.pass-on': useMay('leads.pass-on'),
  };
  const { lead } = one;
  const shown = ACTS.filter((each) => may[each.may] === true);
  const allowed = shown.filter(({ act }) => one.acts[act] === null);
  const refused = shown.filter(({ act }) => one.acts[act] !== null);
  return (
    <>
      <div className={classes['acts']}>
        {allowed.map(({ act, keys, word, icon: Mark }) => (
          <Button
            key={act}
            variant={act === 'call' ? 'filled' : 'light'}
            size={act === 'call' ? 'lg' : 'sm'}
            data-act={act}
            className={classes['act']}
            loading={act === 'call' && acts.calling === lead.id}
            disabled={acts.passing.has(lead.id)}
            leftSection={<Mark size={act === 'call' ? 20 : 17} aria-hidden />}
            rightSection={<Shortcut keys={keys} />}
            onClick={() => acts.start(act, lead)}
          >
            {t(word)}
          </Button>
        ))}
      </div>
      {refused.map(({ act, word }) => (
        <div key={act} className={classes['refused']}>
          <span>{t(word)}</span>
          <WhyNot label={t('leads.act.why-not')} {...sentenceOf(one.acts[act], t)} />
        </div>
      ))}
    </>
  );
}

function sentenceOf(
  refusal: ActRefusal,
  t: ReturnType<typeof useWords>,
): { sentence: string; refs: readonly string[] } {
  if (refusal === null) return { sentence: '', refs: [] };
  const why = reasonText(t, refusal.refused);
  return { sentence: t('leads.why.fact-refused', { why }), refs: refusal.because };
}
