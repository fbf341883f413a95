import type { ReactNode } from 'react';
import { atLocal } from '../../src/calendar/zones.ts';
import type { Instant } from '../../src/platform/time.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Case } from './answers.ts';
import classes from './control.module.css';

/** Of one row of bands. */
const ROW_REMS = 1.25;

/** Of the whole line. */
const LABELED_PERCENT_MIN = 7;

interface Mark {
  at: Instant;
  kind: 'follow-up' | 'sign' | 'left-out';
  label: string;
}

interface Span {
  from: Instant;
  to: Instant;
  kind: 'term' | 'extension' | 'follow-up' | 'gap' | 'frozen';
  label: string;
}

/**
 * The whole case on one line of time: from when the holder has had the lead to the ruling, the terms as bands, each
 * interaction as a mark, the notification where nothing counts any more.
 */
export function CaseTimeline({ data }: { data: Case }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { claim, ruling, heldFrom } = data;
  if (heldFrom === null) return null;
  const marks = marksOf(data, t);
  const spans = spansOf(data, t);
  const ends = [
    ...marks.map(({ at }) => at),
    ...spans.flatMap(({ from, to }) => [from, to]),
    heldFrom,
    claim.requestedAt,
    claim.evidenceDueAt ?? claim.requestedAt,
    claim.ruledAt ?? data.now,
  ].map((at) => Date.parse(at));
  const first = Math.min(...ends);
  const length = Math.max(Math.max(...ends) - first, 1);
  const place = (at: Instant): number => ((Date.parse(at) - first) / length) * 100;
  const { rows, rowOf } = inRows(spans);
  const turns: { at: Instant; label: string }[] = [
    { at: heldFrom, label: t('control.drawn.held') },
    { at: claim.requestedAt, label: t('control.drawn.requested') },
    ...(claim.askedAt === null ? [] : [{ at: claim.askedAt, label: t('control.drawn.notified') }]),
    ...(claim.ruledAt === null ? [] : [{ at: claim.ruledAt, label: t('control.drawn.ruled') }]),
  ];
  return (
    <figure className={classes['line']} aria-label={t('control.drawn.line')}>
      <div className={classes['bands']} style={{ height: `${rows.length * ROW_REMS}rem` }}>
        {spans.map(({ from, to, kind, label }, index) => (
          <span
            key={`${kind} ${from}`}
            className={classes['band']}
            data-kind={kind}
            style={{
              top: `${(rowOf[index] ?? 0) * ROW_REMS}rem`,
              left: `${place(from)}%`,
              width: `${Math.max(place(to) - place(from), 0.6)}%`,
            }}
            title={`${label}: ${figures.exact(from)} → ${figures.exact(to)}`}
          >
            {/* Too narrow for its words, it tells them when pointed at. */}
            {place(to) - place(from) < LABELED_PERCENT_MIN ? null : <em>{label}</em>}
          </span>
        ))}
      </div>
      <div className={classes['axis']}>
        {marks.map(({ at, kind, label }, index) => (
          <span
            key={`${at} ${index}`}
            className={classes['mark']}
            data-kind={kind}
            style={{ left: `${place(at)}%` }}
            title={`${label}: ${figures.exact(at)}`}
          />
        ))}
        {turns.map(({ at, label }) => (
          <span
            key={label}
            className={classes['turn']}
            style={{ left: `${place(at)}%` }}
            title={figures.exact(at)}
          />
        ))}
      </div>
      <figcaption className={classes['legend']}>
        {turns.map(({ at, label }) => (
          <span key={label}>
            <b>{label}</b> {figures.moment(at, data.now)}
          </span>
        ))}
        {ruling === null ? null : (
          <>
            <span data-kind="follow-up">{t('control.fact.follow-up')}</span>
            <span data-kind="sign">{t('control.fact.client')}</span>
            <span data-kind="left-out">{t('control.drawn.left-out')}</span>
          </>
        )}
      </figcaption>
    </figure>
  );
}

/** Terms that run at the same time stand one under the other. */
function inRows(spans: readonly Span[]): { rows: Instant[]; rowOf: number[] } {
  const rows: Instant[] = [];
  const rowOf = spans.map(({ from, to }) => {
    const free = rows.findIndex((until) => until <= from);
    const row = free === -1 ? rows.length : free;
    rows[row] = to;
    return row;
  });
  return { rows, rowOf };
}

function marksOf({ judged }: Case, t: ReturnType<typeof useWords>): Mark[] {
  return judged.flatMap(({ interaction, counts, followUp, whyNot }): Mark[] => {
    if (interaction.at === null) return [];
    if (!counts && whyNot !== null)
      return [{ at: interaction.at, kind: 'left-out', label: t(`control.why-not.${whyNot}`) }];
    return [
      {
        at: interaction.at,
        kind: followUp ? 'follow-up' : 'sign',
        label: t(followUp ? 'control.fact.follow-up' : 'control.fact.client'),
      },
    ];
  });
}

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);

function spansOf({ claim, ruling, heldFrom, now, zone }: Case, t: ReturnType<typeof useWords>): Span[] {
  const spans: Span[] = [];
  const terms = ruling?.terms;
  const { firstContactDueAt = null, extensionFrom = null, extensionEndsAt = null } = terms ?? {};
  if (heldFrom !== null && firstContactDueAt !== null)
    spans.push({
      from: heldFrom,
      to: firstContactDueAt,
      kind: 'term',
      label: t('control.drawn.first-contact'),
    });
  if (extensionEndsAt !== null && extensionFrom !== null)
    spans.push({
      from: extensionFrom,
      to: extensionEndsAt,
      kind: 'extension',
      label: t('control.drawn.extension'),
    });
  if (terms?.followedUpAt != null && terms.followUpDueOn !== null)
    spans.push({
      from: terms.followedUpAt,
      // Only as far as the case goes: what comes after the ruling is another's term.
      to: earlier(atLocal(`${terms.followUpDueOn}T23:59:59`, zone), claim.releasedAt ?? now),
      kind: 'follow-up',
      label: t('control.drawn.follow-up'),
    });
  if (ruling?.gap != null)
    spans.push({
      from: ruling.gap.from,
      to: ruling.gap.to,
      kind: 'gap',
      label: t('control.drawn.gap', { days: String(ruling.gap.days) }),
    });
  if (claim.askedAt !== null)
    spans.push({
      from: claim.askedAt,
      to: claim.releasedAt ?? now,
      kind: 'frozen',
      label: t('control.drawn.frozen'),
    });
  return spans;
}
