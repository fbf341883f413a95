import { Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowRight,
  IconCircleCheck,
  IconRepeat,
  IconTrophy,
  IconUserOff,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import type { Instant } from '../../src/platform/time.ts';
import {
  EmptyState,
  ErrorState,
  offerUndo,
  Page,
  RowsShape,
  StatusBadge,
  When,
  showFault,
} from '../kit/index.ts';
import { useSourceName } from '../leads/source-names.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords } from '../words.ts';
import { Because } from './because.tsx';
import { givenByText, whyText } from './floor-words.ts';
import classes from './turn.module.css';

const at = z.string().transform((text) => text as Instant);
const turnSchema = z.object({
  now: at,
  rotations: z.array(
    z.object({
      rotation: z.string(),
      kind: z.enum(['direct', 'zone', 'source', 'best']),
      of: z.string().nullable(),
      people: z.number(),
      order: z.array(
        z.object({
          person: z.string(),
          name: z.string(),
          position: z.number(),
          lastTurnAt: at.nullable(),
          closings: z.number().nullable(),
          conversion: z.number().nullable(),
        }),
      ),
    }),
  ),
  onDuty: z.array(z.object({ person: z.string(), name: z.string() })),
  offDuty: z.array(
    z.object({ person: z.string(), name: z.string(), why: z.string(), because: z.array(z.string()) }),
  ),
  moves: z.array(
    z.object({
      id: z.number(),
      at,
      entry: z.enum(['lead.assigned', 'lead.reassigned', 'turn.returned']),
      lead: z.string().nullable(),
      number: z.number().nullable(),
      person: z.string(),
      name: z.string(),
      rotation: z.string(),
      by: z.string().nullable(),
      because: z.array(z.string()),
    }),
  ),
});
type Turn = z.infer<typeof turnSchema>;

/** Turno: who comes next in each rotation, who is on duty, who is not and why. */
export default function TurnBoard(): ReactNode {
  const t = useWords();
  const turn = useQuery({ queryKey: ['turn'], queryFn: () => ask('/api/turn', turnSchema) });
  const { data } = turn;
  return (
    <Page title={t('administration.turn.title')} lead={t('administration.turn.lead')}>
      {data === undefined ? (
        turn.isError ? (
          <ErrorState error={turn.error} retry={() => void turn.refetch()} />
        ) : (
          <RowsShape />
        )
      ) : data.rotations.every(({ people }) => people === 0) ? (
        <div className={classes['columns']}>
          <EmptyState icon={IconRepeat} title={t('administration.turn.nobody')} action={<RosterLink />}>
            {t('administration.turn.nobody-help')}
          </EmptyState>
          <Duty turn={data} />
        </div>
      ) : (
        <div className={classes['columns']}>
          <div className={classes['rotations']}>
            {data.rotations.map((rotation) => (
              <Rotation key={rotation.rotation} rotation={rotation} />
            ))}
            <Moves moves={data.moves} />
          </div>
          <Duty turn={data} />
        </div>
      )}
    </Page>
  );
}

function RosterLink(): ReactNode {
  const t = useWords();
  return (
    <Button component={Link} to="/roster" variant="light">
      {t('administration.turn.to-roster')}
    </Button>
  );
}

function useRotationName(): (rotation: Pick<Turn['rotations'][number], 'kind' | 'of'>) => string {
  const t = useWords();
  const source = useSourceName();
  return ({ kind, of }) => {
    switch (kind) {
      case 'direct':
        return t('administration.turn.direct');
      case 'zone':
        return t('administration.turn.zone', { zone: of ?? '' });
      case 'source':
        return t('administration.turn.source', { source: of === null ? '' : source(of) });
      case 'best':
        return of === null ? t('administration.turn.best') : t('administration.turn.best-of', { of });
      default:
        return kind satisfies never;
    }
  };
}

function Rotation({ rotation }: { rotation: Turn['rotations'][number] }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const nameOf = useRotationName();
  const Mark = rotation.kind === 'best' ? IconTrophy : IconRepeat;
  return (
    <section className={classes['rotation']} aria-label={nameOf(rotation)}>
      <h2>
        <Mark size={16} aria-hidden /> {nameOf(rotation)}
      </h2>
      {rotation.order.length === 0 ? (
        <p className={classes['none']}>{t('administration.turn.empty')}</p>
      ) : (
        <ol>
          {rotation.order.map(({ person, name, position, lastTurnAt, closings, conversion }) => (
            <li key={person} data-next={position === 1}>
              <span className={classes['position']}>{figures.number(position)}</span>
              <span className={classes['name']}>
                {name}
                {position === 1 ? (
                  <StatusBadge tone="accent" icon={IconArrowRight}>
                    {t('administration.turn.next')}
                  </StatusBadge>
                ) : null}
              </span>
              <span className={classes['detail']}>
                {closings === null
                  ? null
                  : t('administration.turn.results', {
                      closings: figures.number(closings),
                      conversion: conversion === null ? '—' : figures.percent(conversion),
                    })}
                {closings === null ? (
                  lastTurnAt === null ? (
                    t('administration.turn.never')
                  ) : (
                    <When at={lastTurnAt} />
                  )
                ) : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Duty({ turn }: { turn: Turn }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const may = useMay('people.manage');
  const mark = useMarking();
  return (
    <section className={classes['duty']} aria-label={t('administration.turn.duty')}>
      <h2>{t('administration.turn.on-duty', { count: figures.number(turn.onDuty.length) })}</h2>
      <ul>
        {turn.onDuty.map(({ person, name }) => (
          <li key={person}>
            <StatusBadge tone="good" icon={IconCircleCheck}>
              {name}
            </StatusBadge>
            {may ? (
              <Button size="compact-xs" variant="default" onClick={() => mark(person, name, true)}>
                {t('administration.turn.mark-absent')}
                <span className={classes['spoken']}>: {name}</span>
              </Button>
            ) : null}
          </li>
        ))}
        {turn.onDuty.length === 0 ? (
          <li className={classes['none']}>{t('administration.turn.none-on-duty')}</li>
        ) : null}
      </ul>
      <h2>{t('administration.turn.off-duty', { count: figures.number(turn.offDuty.length) })}</h2>
      <ul>
        {turn.offDuty.map(({ person, name, why, because }) => (
          <li key={person}>
            <span className={classes['off']}>
              <StatusBadge tone="quiet" icon={IconUserOff}>
                {name}
              </StatusBadge>
              <span className={classes['reason']}>
                {whyText(t, why)}
                {because.length > 0 ? (
                  <Because
                    compact
                    sentence={t('administration.turn.off-why', { name, why: whyText(t, why) })}
                    because={because}
                  />
                ) : null}
              </span>
            </span>
            {may && why === 'absent' ? (
              <Button size="compact-xs" variant="light" onClick={() => mark(person, name, false)}>
                {t('administration.turn.mark-present')}
                <span className={classes['spoken']}>: {name}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

const changedSchema = z.object({ person: z.string() });

/** Absent or present in one act, taken back by the contrary one for five seconds. */
export function useMarking(): (person: string, name: string, absent: boolean) => void {
  const t = useWords();
  const client = useQueryClient();
  const send = async (person: string, absent: boolean): Promise<void> => {
    try {
      await ask(`/api/people/${encodeURIComponent(person)}`, changedSchema, {
        method: 'PATCH',
        body: { absent },
      });
    } catch (fault) {
      showFault(fault);
    }
    await Promise.all(['turn', 'staff'].map((topic) => client.invalidateQueries({ queryKey: [topic] })));
  };
  return (person, name, absent) => {
    void send(person, absent);
    offerUndo({
      text: t(absent ? 'administration.turn.marked-absent' : 'administration.turn.marked-present', { name }),
      undo: () => send(person, !absent),
    });
  };
}

function Moves({ moves }: { moves: Turn['moves'] }): ReactNode {
  const t = useWords();
  const nameOf = useRotationName();
  if (moves.length === 0) return null;
  const rotationOf = (rotation: string): string => {
    const best = rotation === 'best' || rotation.startsWith('best:');
    const [kind = 'direct', of] = rotation.replace(/^best:?/, '').split(/:(.*)/s);
    if (best) return nameOf({ kind: 'best', of: of ?? null });
    return nameOf({ kind: kind === 'zone' || kind === 'source' ? kind : 'direct', of: of ?? null });
  };
  return (
    <section className={classes['moves']} aria-label={t('administration.turn.moves')}>
      <h2>{t('administration.turn.moves')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('administration.col.when')}</th>
            <th scope="col">{t('administration.col.who')}</th>
            <th scope="col">{t('administration.col.lead')}</th>
            <th scope="col">{t('administration.col.rotation')}</th>
            <th scope="col">{t('administration.col.why')}</th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => {
            const returned = move.entry === 'turn.returned';
            return (
              <tr key={move.id}>
                <td>
                  <When at={move.at} as="moment" />
                </td>
                <td>
                  {returned ? (
                    <IconArrowBackUp size={14} aria-label={t('administration.turn.returned')} />
                  ) : null}{' '}
                  {move.name}
                </td>
                <td>
                  {move.lead === null ? (
                    '—'
                  ) : (
                    <Link to={`/leads/${move.lead}`}>#{move.number ?? move.lead}</Link>
                  )}
                </td>
                <td>{rotationOf(move.rotation)}</td>
                <td className={classes['reason']}>
                  {returned ? t('administration.turn.returned') : givenByText(t, move.by ?? '')}
                  {move.because.length > 0 ? (
                    <Because
                      compact
                      sentence={t(
                        returned ? 'administration.turn.returned-why' : 'administration.say.assigned',
                        {
                          name: move.name,
                        },
                      )}
                      because={move.because}
                    />
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
