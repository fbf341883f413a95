import { IconClock, IconScale, IconSeeding, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { entryText } from '../entry-words.ts';
import { Facts, SidePanel, StatusBadge, When } from '../kit/index.ts';
import { useWords, type Say } from '../words.ts';
import { Because } from './because.tsx';
import type { Filter, Row } from './journal-answers.ts';
import classes from './journal.module.css';

/** Who or what did it: a person by name, the clock, the switchboard. */
export function actorText(t: Say, { actor, actorName }: Pick<Row, 'actor' | 'actorName'>): string {
  if (actorName !== null) return actorName;
  if (actor === 'clock') return t('administration.actor.clock');
  return actor === 'pbx' ? t('administration.actor.pbx') : actor;
}

export function KindBadge({ row }: { row: Row }): ReactNode {
  const t = useWords();
  return row.kind === 'decision' ? (
    <StatusBadge tone="accent" icon={IconScale}>
      {t('administration.journal.decision')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="quiet" icon={IconSeeding}>
      {t('administration.journal.fact')}
    </StatusBadge>
  );
}

export function Seal({ row: { seal } }: { row: Row }): ReactNode {
  const t = useWords();
  return seal === null ? (
    <StatusBadge tone="soon" icon={IconClock}>
      {t('administration.journal.unsealed')}
    </StatusBadge>
  ) : (
    <span className={classes['seal']} title={seal.hash}>
      <IconShieldCheck size={14} aria-label={t('administration.journal.sealed')} /> {seal.number}
    </span>
  );
}

interface PanelProps {
  row: Row;
  close: () => void;
  narrow: (part: Filter) => void;
}

/** All that an entry says: its reason in the clause's words, its fields, its place in the chain. */
export function EntryPanel({ row, close, narrow }: PanelProps): ReactNode {
  const t = useWords();
  const title = entryText(t, row.entry);
  const link = (name: 'person' | 'actor' | 'lead' | 'contact', value: string | null, text: string | null) =>
    value === null ? null : (
      <>
        <dt>{t(name === 'lead' ? 'administration.col.lead' : `administration.journal.${name}`)}</dt>
        <dd>
          <button type="button" className={classes['narrow']} onClick={() => narrow({ [name]: value })}>
            {text ?? value}
          </button>
        </dd>
      </>
    );
  return (
    <SidePanel title={title} label={title} close={close}>
      <div className={classes['entry']}>
        <Facts>
          <dt>{t('administration.col.when')}</dt>
          <dd>
            <When at={row.at} as="moment" />
          </dd>
          {row.entry === 'fact.refused' ? (
            <>
              <dt>{t('administration.journal.act')}</dt>
              <dd>{entryText(t, String(row.fields['fact']))}</dd>
            </>
          ) : null}
          {link('actor', row.actor, actorText(t, row))}
          {link('person', row.person, row.personName)}
          {link('lead', row.lead, null)}
          {link('contact', row.contact, null)}
          <dt>{t('administration.journal.number')}</dt>
          <dd>
            {row.id}
            {row.causedBy === null
              ? null
              : ` · ${t('administration.journal.caused-by', { number: String(row.causedBy) })}`}
          </dd>
        </Facts>
        {row.because.length > 0 ? (
          <section>
            <h3>{t('kit.why.ask')}</h3>
            <Because open sentence={title} because={row.because} />
          </section>
        ) : null}
        <section>
          <h3>{t('administration.journal.fields')}</h3>
          <pre>{JSON.stringify(row.fields, null, 2)}</pre>
        </section>
        {row.hadPersonal ? (
          <section>
            <h3>{t('administration.journal.personal')}</h3>
            {row.personal === null ? (
              <p className={classes['help']}>{t('administration.journal.personal-hidden')}</p>
            ) : (
              <pre>{JSON.stringify(row.personal, null, 2)}</pre>
            )}
          </section>
        ) : null}
        <section>
          <h3>{t('administration.journal.seal')}</h3>
          <Seal row={row} />
          {row.seal === null ? null : <code className={classes['hash']}>{row.seal.hash}</code>}
        </section>
      </div>
    </SidePanel>
  );
}
