import {
  IconAlertTriangle,
  IconCalendarOff,
  IconFileAlert,
  IconFileCheck,
  IconFileX,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge, When, type Tone } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type WordId } from '../words.ts';
import type { Judged, Paper } from './people-answers.ts';
import classes from './people.module.css';

const LOOK: Record<Paper['state'], { tone: Tone; icon: Icon; word: WordId }> = {
  missing: { tone: 'late', icon: IconFileX, word: 'administration.paper.missing' },
  expired: { tone: 'late', icon: IconFileAlert, word: 'administration.paper.expired' },
  expiring: { tone: 'soon', icon: IconFileAlert, word: 'administration.paper.expiring' },
  good: { tone: 'good', icon: IconFileCheck, word: 'administration.paper.good' },
};

export function PaperBadge({ state, expiresOn }: Pick<Paper, 'state' | 'expiresOn'>): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { tone, icon, word } = LOOK[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word, { on: expiresOn === null ? '' : figures.day(expiresOn) })}
    </StatusBadge>
  );
}

/** Besides the conditions: papers one by one, days away, a removal in the month before, what is not signed. */
export function Signals({ judged }: { judged: Judged }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { papers, absences, absent, removedAt, unsigned } = judged;
  if (papers.length + absences.length + unsigned.length === 0 && !absent && removedAt === null) return null;
  return (
    <section className={classes['part']}>
      <h3>{t('administration.roster.signals')}</h3>
      <ul className={classes['signals']}>
        {papers.map((each) => (
          <li key={each.kind}>
            {each.name} <PaperBadge {...each} />
          </li>
        ))}
        {unsigned.map((procedure) => (
          <li key={procedure}>
            {t('administration.roster.unsigned', { procedure: procedureText(t, procedure) })}
            <StatusBadge tone="late" icon={IconFileX}>
              {t('administration.paper.missing')}
            </StatusBadge>
          </li>
        ))}
        {removedAt === null ? null : (
          <li>
            {t('administration.roster.was-removed')}
            <StatusBadge tone="late" icon={IconAlertTriangle}>
              <When at={removedAt} as="date" />
            </StatusBadge>
          </li>
        )}
        {absent ? (
          <li>
            {t('administration.roster.is-absent')}
            <StatusBadge tone="soon" icon={IconCalendarOff}>
              {t('administration.why.absent')}
            </StatusBadge>
          </li>
        ) : null}
        {absences.map(({ fromOn, untilOn, state }) => (
          <li key={fromOn}>
            {t('administration.roster.away', { from: figures.day(fromOn), until: figures.day(untilOn) })}
            <StatusBadge tone={state === 'approved' ? 'soon' : 'quiet'} icon={IconCalendarOff}>
              {t(state === 'approved' ? 'administration.absence.approved' : 'administration.absence.asked')}
            </StatusBadge>
          </li>
        ))}
      </ul>
    </section>
  );
}

const PROCEDURES: Record<string, WordId> = {
  'lead-assignment': 'administration.procedure.lead-assignment',
  'contact-center-policy': 'administration.procedure.contact-center-policy',
  'lead-reassignment': 'administration.procedure.lead-reassignment',
  'proactive-contact': 'administration.procedure.proactive-contact',
  'telecom-outbound': 'administration.procedure.telecom-outbound',
};

export function procedureText(t: ReturnType<typeof useWords>, procedure: string): string {
  const word = PROCEDURES[procedure];
  return word === undefined ? procedure : t(word);
}
