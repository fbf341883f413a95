import { Button, Stack } from '@mantine/core';
import { IconCircleCheck, IconEyeOff, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { localDate } from '../../src/calendar/zones.ts';
import { PeopleTabs } from '../administration/people-tabs.tsx';
import { monthName } from '../administration/person-panel.tsx';
import { ChoiceField, ErrorState, Page, RowsShape, StatusBadge, When } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { Absences } from './absences.tsx';
import { Calendar } from './calendar.tsx';
import { MyGuards } from './my-guards.tsx';
import { Planning } from './planning.tsx';
import { Requests } from './requests.tsx';
import classes from './shifts.module.css';
import { guardsQuery, type Guards } from './shifts-answers.ts';

/** Guardias: who is on guard when; one's own first, then what waits for an answer, then the zone's calendar. */
export default function ShiftsPage(): ReactNode {
  const t = useWords();
  const { month: asked } = z.object({ month: z.string().optional() }).parse(useSearch({ strict: false }));
  const [month, setMonth] = useState(asked);
  const [zone, setZone] = useState<string>();
  const guards = useQuery({ ...guardsQuery(month, zone), placeholderData: (before) => before });
  const { data } = guards;
  const today = localDate(useServerNow(60), useFigures().place.zone);
  return (
    <Page title={t('roster.shifts.title')} lead={t('roster.shifts.lead')}>
      <Stack gap="md">
        <PeopleTabs at="/shifts" />
        {data === undefined ? (
          guards.error ? (
            <ErrorState error={guards.error} retry={() => void guards.refetch()} />
          ) : (
            <RowsShape />
          )
        ) : (
          <>
            <Tools guards={data} setMonth={setMonth} setZone={setZone} />
            <Requests guards={data} />
            {data.mayAsk ? <MyGuards guards={data} /> : null}
            {data.mayPlan ? (
              <Planning key={`${data.month} ${data.zone} ${data.published ?? ''}`} guards={data} />
            ) : (
              <section>
                <h2 className={classes['heading']}>{t('roster.shifts.calendar')}</h2>
                {data.published === null ? (
                  <p className={classes['help']}>{t('roster.shifts.not-published')}</p>
                ) : (
                  <Calendar
                    guards={data}
                    plan={Object.fromEntries(data.people.map(({ person, shifts }) => [person, shifts]))}
                    minimum={data.minimum}
                    today={today}
                  />
                )}
              </section>
            )}
            <Absences guards={data} />
          </>
        )}
      </Stack>
    </Page>
  );
}

interface ToolsProps {
  guards: Guards;
  setMonth: (month: string) => void;
  setZone: (zone: string) => void;
}

function Tools({ guards, setMonth, setZone }: ToolsProps): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { current, next, month, zone, zones, published, draft, mayPlan } = guards;
  return (
    <div className={classes['tools']}>
      <div className={classes['months']} role="group" aria-label={t('administration.roster.month')}>
        {[current, next].map((each) => (
          <Button
            key={each}
            size="compact-sm"
            variant={each === month ? 'light' : 'subtle'}
            aria-pressed={each === month}
            onClick={() => setMonth(each)}
          >
            {monthName(figures, each)}
          </Button>
        ))}
      </div>
      {zones.length > 1 ? (
        <ChoiceField
          aria-label={t('administration.col.zone')}
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
          data={zones.map((value) => ({ value, label: value === '' ? t('roster.shifts.no-zone') : value }))}
        />
      ) : null}
      {published === null ? (
        <StatusBadge tone="quiet" icon={IconEyeOff}>
          {t('roster.shifts.unpublished')}
        </StatusBadge>
      ) : (
        <StatusBadge tone="good" icon={IconCircleCheck}>
          {t('roster.shifts.published')} <When at={published} as="moment" />
        </StatusBadge>
      )}
      {mayPlan && draft !== null ? (
        <StatusBadge tone="soon" icon={IconPencil}>
          {t('roster.shifts.has-draft')}
        </StatusBadge>
      ) : null}
    </div>
  );
}
