import { IconClock, IconDoor, IconDoorOff } from '@tabler/icons-react';
import { Suspense, useState, type ReactNode } from 'react';
import { ErrorState, ListAndPanel, Page, RowsShape, StatusBadge } from '../kit/index.ts';
import { LeadPanel } from '../leads/index.ts';
import { useFigures } from '../session.ts';
import { useServerNow } from '../server-clock.ts';
import { useWords } from '../words.ts';
import { Because } from './because.tsx';
import type { Board, BoardRow, LeadRow } from './board-answers.ts';
import { useBoard, useStaleSince } from './board-data.ts';
import { DrillPanel, type Drill } from './drill-panel.tsx';
import { rowsOf } from './eye-kinds.tsx';
import { NeedsEyes } from './needs-eyes.tsx';
import { DayCharts } from './now-charts.tsx';
import { FigureStrip } from './now-figures.tsx';
import classes from './now.module.css';
import { PlacingActs } from './placing-acts.tsx';
import { TallyTable } from './tally-table.tsx';

type Opened = { lead: string; row?: LeadRow } | { drill: Drill } | null;

/** Ahora: what needs eyes this minute, and how the day goes. */
export default function Now(): ReactNode {
  const t = useWords();
  const { board, figures, refresh } = useBoard();
  const stale = useStaleSince();
  const [opened, setOpened] = useState<Opened>(null);
  const openDrill = (drill: Drill): void => setOpened({ drill });
  const rows = board.data === undefined ? undefined : rowsOf(board.data);
  const lead = opened !== null && 'lead' in opened ? opened : null;
  const row: BoardRow | LeadRow | undefined =
    lead === null ? undefined : (rows?.find(({ id }) => id === lead.lead) ?? lead.row);
  const panel =
    opened === null ? null : 'drill' in opened ? (
      <DrillPanel
        drill={opened.drill}
        figures={figures.data}
        close={() => setOpened(null)}
        open={(chosen) => setOpened({ lead: chosen.id, row: chosen })}
      />
    ) : row === undefined ? null : (
      <Suspense fallback={null}>
        <LeadPanel
          lead={row.id}
          close={() => setOpened(null)}
          more={board.data === undefined ? null : <PlacingActs row={row} board={board.data} done={refresh} />}
        />
      </Suspense>
    );
  return (
    <Page
      title={t('administration.now.title')}
      shape="full"
      lead={stale === undefined ? t('administration.now.lead') : undefined}
      actions={board.data ? <HoursBadge hours={board.data.hours} /> : undefined}
    >
      <ListAndPanel
        list={
          <div className={classes['board']} data-stale={stale !== undefined}>
            {figures.data ? <FigureStrip figures={figures.data} stale={stale} open={openDrill} /> : null}
            {board.isError && board.data === undefined ? (
              <ErrorState error={board.error} retry={() => void board.refetch()} />
            ) : rows === undefined || board.data === undefined ? (
              <RowsShape />
            ) : (
              <NeedsEyes
                board={board.data}
                rows={rows}
                openId={lead?.lead}
                onOpen={(id) => setOpened(id === null ? null : { lead: id })}
                done={refresh}
              />
            )}
            {figures.data && board.data ? (
              <>
                <div className={classes['pair']}>
                  <TallyTable
                    title={t('administration.now.by-advisor')}
                    of="advisor"
                    tallies={figures.data.advisors}
                    minutes={board.data.minutes}
                    open={openDrill}
                  />
                  <TallyTable
                    title={t('administration.now.by-source')}
                    of="source"
                    tallies={figures.data.sources}
                    minutes={board.data.minutes}
                    open={openDrill}
                  />
                </div>
                <DayCharts
                  figures={figures.data}
                  minutes={board.data.minutes}
                  stale={stale}
                  open={openDrill}
                />
              </>
            ) : null}
          </div>
        }
        panel={panel}
      />
    </Page>
  );
}

/** «Abierto hasta 18:00», «Abre mañana 08:00». */
function HoursBadge({ hours }: { hours: Board['hours'] }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const now = useServerNow(20);
  const text = (): string => {
    if (hours.open)
      return hours.closesAt === null
        ? t('administration.now.always-open')
        : t('administration.now.open-until', { time: figures.time(hours.closesAt) });
    return hours.opensAt === null
      ? t('administration.now.closed')
      : t('administration.now.opens', { when: figures.moment(hours.opensAt, now) });
  };
  return (
    <div className={classes['hours']}>
      <StatusBadge
        tone={hours.open ? 'good' : 'quiet'}
        icon={hours.open ? (hours.closesAt === null ? IconClock : IconDoor) : IconDoorOff}
      >
        {text()}
      </StatusBadge>
      {hours.because.length > 0 ? (
        <Because compact sentence={t('administration.now.hours-why')} because={hours.because} />
      ) : null}
    </div>
  );
}
