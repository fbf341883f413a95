import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { between, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { ErrorState, Page, RowsShape, StatusBadge, When } from '../kit/index.ts';
import { wordOr } from '../procedures/words-of.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { MailboxTile } from './mailbox-tile.tsx';
import classes from './settings.module.css';
import { stateSchema, type State, type WorkerState } from './state-answers.ts';
import { Tile } from './tile.tsx';

/** No live event says how the installation is: it is asked again. */
const LOOK_EVERY_MILLISECONDS = 5_000;
const SECOND = 1_000;
/** A queue whose oldest waits longer than this does not keep up. */
const WAIT_SECONDS_MAX = 60;
const UNSEALED_SECONDS_MAX = 10;
const DEADLINE_SECONDS_MAX = 5;
const VERIFIED_DAYS_MAX = 7;
const CONNECTIONS_SHARE_MAX = 0.9;
/** A worker that has not come round in so many of its own pauses hangs. */
const ROUNDS_LATE = 10;
const ROUND_SECONDS_MIN = 60;

/** Estado: whether the installation is well, in figures, and what to do where it is not. */
export default function StatePage(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { data, error, refetch } = useQuery({
    queryKey: ['health', 'state'],
    queryFn: () => ask('/api/state', stateSchema),
    refetchInterval: LOOK_EVERY_MILLISECONDS,
    staleTime: 0,
  });
  if (data === undefined)
    return (
      <Page title={t('settings.state.title')}>
        {error === null ? <RowsShape /> : <ErrorState error={error} retry={() => void refetch()} />}
      </Page>
    );
  return (
    <Page
      title={t('settings.state.title')}
      lead={t('settings.state.lead', {
        version: data.version,
        since: figures.moment(data.startedAt, data.now),
      })}
    >
      {error === null ? null : (
        <p role="status" className={classes['unsaved']}>
          {t('settings.state.stale', { time: figures.time(data.now) })}
        </p>
      )}
      <Parts state={data} />
      <Queues state={data} />
      <Journal state={data} />
      <Workers state={data} />
    </Page>
  );
}

function Parts({ state }: { state: State }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { bytes, version, connections, connectionsMax } = state.database;
  const full = connections / connectionsMax > CONNECTIONS_SHARE_MAX;
  return (
    <section className={classes['section']} aria-label={t('settings.state.parts')}>
      <h2>{t('settings.state.parts')}</h2>
      <div className={classes['tiles']}>
        {Object.entries(state.health).map(([name, up]) => (
          <Tile
            key={name}
            title={wordOr(t, 'settings.part', name)}
            value={t(up ? 'settings.state.up' : 'settings.state.down')}
            isOff={!up}
            remedy={wordOr(t, 'settings.part-remedy', name)}
          />
        ))}
        <MailboxTile />
        <Tile
          title={t('settings.state.database-size')}
          value={figures.number(bytes / 1_000_000, bytes < 100_000_000 ? 1 : 0)}
          unit="MB"
          note={t('settings.state.postgres', { version })}
          isOff={false}
        />
        <Tile
          title={t('settings.state.connections')}
          value={figures.number(connections)}
          unit={t('settings.state.of', { max: figures.number(connectionsMax) })}
          isOff={full}
          remedy={t('settings.remedy-state.connections')}
        />
      </div>
    </section>
  );
}

function Queues({ state }: { state: State }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { queues, now } = state;
  const late = (since: Instant | null, seconds: number): boolean =>
    since !== null && between(since, now) > seconds * SECOND;
  const waits = (since: Instant | null): string | undefined =>
    since === null ? undefined : t('settings.state.oldest', { when: figures.relative(since, now) });
  return (
    <section className={classes['section']} aria-label={t('settings.state.queues')}>
      <h2>{t('settings.state.queues')}</h2>
      <div className={classes['tiles']}>
        <Tile
          title={t('settings.state.receipts')}
          value={figures.number(queues.receiptsNew)}
          unit={t('settings.unit.bodies')}
          note={waits(queues.receiptsOldestAt)}
          isOff={late(queues.receiptsOldestAt, WAIT_SECONDS_MAX)}
          remedy={t('settings.remedy-state.receipts')}
        />
        <Tile
          title={t('settings.state.outbox')}
          value={figures.number(queues.outboxQueued)}
          unit={t('settings.unit.messages')}
          note={waits(queues.outboxOldestAt)}
          isOff={late(queues.outboxOldestAt, WAIT_SECONDS_MAX)}
          remedy={t('settings.remedy-state.outbox')}
        />
        <Tile
          title={t('settings.state.unknown')}
          value={figures.number(queues.outboxUnknown)}
          unit={t('settings.unit.messages')}
          isOff={queues.outboxUnknown > 0}
          remedy={t('settings.remedy-state.unknown')}
        />
        <Tile
          title={t('settings.state.deadlines')}
          value={figures.number(queues.deadlinesOverdue)}
          unit={t('settings.state.pending', { pending: figures.number(queues.deadlinesPending) })}
          note={waits(queues.deadlinesOldestAt)}
          isOff={late(queues.deadlinesOldestAt, DEADLINE_SECONDS_MAX)}
          remedy={t('settings.remedy-state.deadlines')}
        />
      </div>
    </section>
  );
}

function Journal({ state }: { state: State }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { unsealed, verified } = state.journal;
  const old = verified === null || between(verified.at, state.now) > VERIFIED_DAYS_MAX * 86_400 * SECOND;
  return (
    <section className={classes['section']} aria-label={t('settings.state.journal')}>
      <h2>{t('settings.state.journal')}</h2>
      <div className={classes['tiles']}>
        <Tile
          title={t('settings.state.unsealed')}
          value={figures.number(unsealed.count)}
          unit={t('settings.unit.entries')}
          note={
            unsealed.count === 0
              ? undefined
              : t('settings.state.oldest-seconds', { seconds: figures.number(unsealed.oldestSeconds, 0) })
          }
          isOff={unsealed.oldestSeconds > UNSEALED_SECONDS_MAX}
          remedy={t('settings.remedy-state.unsealed')}
        />
        <Tile
          title={t('settings.state.verified')}
          value={verified === null ? t('settings.state.never') : <When at={verified.at} as="moment" />}
          note={
            verified === null
              ? undefined
              : verified.clean
                ? t('settings.state.clean', { entries: figures.number(verified.entries) })
                : t('settings.state.not-clean', {
                    findings: figures.number(verified.findings + verified.differences + verified.headFaults),
                  })
          }
          isOff={verified !== null && !verified.clean}
          isSoon={old}
          remedy={t(
            verified !== null && !verified.clean
              ? 'settings.remedy-state.tampered'
              : 'settings.remedy-state.verify',
          )}
        />
      </div>
    </section>
  );
}

function Workers({ state }: { state: State }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return (
    <section className={classes['section']} aria-label={t('settings.state.workers')}>
      <h2>{t('settings.state.workers')}</h2>
      {state.workers.length === 0 ? (
        <p className={classes['soft']}>{t('settings.state.no-workers')}</p>
      ) : (
        <div
          className={classes['scroll']}
          tabIndex={0}
          role="region"
          aria-label={t('settings.state.workers')}
        >
          <table className={classes['table']}>
            <thead>
              <tr>
                <th>{t('settings.state.worker')}</th>
                <th>{t('settings.state.how')}</th>
                <th>{t('settings.state.last-round')}</th>
                <th data-align="right">{t('settings.state.done')}</th>
                <th data-align="right">{t('settings.state.failures')}</th>
                <th>{t('settings.state.last-failure')}</th>
              </tr>
            </thead>
            <tbody>
              {state.workers.map((worker) => (
                <tr key={worker.name}>
                  <td>{wordOr(t, 'settings.worker', worker.name)}</td>
                  <td>
                    <WorkerBadge worker={worker} now={state.now} />
                  </td>
                  <td>
                    {worker.lastRoundAt === null ? '—' : figures.relative(worker.lastRoundAt, state.now)}
                  </td>
                  <td data-align="right">{figures.number(worker.done)}</td>
                  <td data-align="right">{figures.number(worker.failures)}</td>
                  <td>
                    {worker.lastFailureAt === null ? (
                      '—'
                    ) : (
                      <>
                        <When at={worker.lastFailureAt} as="moment" /> <code>{worker.lastFailure}</code>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function WorkerBadge({ worker, now }: { worker: WorkerState; now: Instant }): ReactNode {
  const t = useWords();
  const { failuresInARow, lastRoundAt, everyMilliseconds } = worker;
  if (failuresInARow > 0)
    return (
      <StatusBadge tone="late" icon={IconAlertTriangle}>
        {t('settings.state.failing', { count: String(failuresInARow) })}
      </StatusBadge>
    );
  const most = Math.max(everyMilliseconds * ROUNDS_LATE, ROUND_SECONDS_MIN * SECOND);
  if (lastRoundAt === null || between(lastRoundAt, now) > most)
    return (
      <StatusBadge tone="soon" icon={IconHourglass}>
        {t('settings.state.waiting')}
      </StatusBadge>
    );
  return (
    <StatusBadge tone="good" icon={IconCircleCheck}>
      {t('settings.state.up')}
    </StatusBadge>
  );
}
