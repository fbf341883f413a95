import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { Page } from '../kit/index.ts';
import { MoneyTabs } from '../money/tabs.tsx';
import { useMay, useSession } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './audits.module.css';
import { DoneList } from './done-list.tsx';
import { SampleList } from './sample-list.tsx';

const address = z.object({
  view: z.enum(['sample', 'done']).optional().catch(undefined),
  week: z.string().optional().catch(undefined),
  audit: z.string().optional().catch(undefined),
  row: z.string().optional().catch(undefined),
});
type Address = z.infer<typeof address>;

const OWN_ROLES: ReadonlySet<string> = new Set(['advisor', 'kam']);

/** Auditorías: what to listen to this week, and what was found before. */
export default function Audits(): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  const mayRecord = useMay('audits.record');
  const isOwn = OWN_ROLES.has(useSession().user.role);
  const { view, week, audit, row } = address.parse(useSearch({ strict: false }));
  const shown = mayRecord && audit === undefined ? (view ?? 'sample') : 'done';
  const go = (to: Address): void =>
    void navigate({
      to: '/audits',
      search: Object.fromEntries(Object.entries(to).filter(([, value]) => value !== undefined)),
      replace: true,
    });
  return (
    <Page title={t('audits.title')} shape="full" lead={t(isOwn ? 'audits.lead-own' : 'audits.lead')}>
      <div className={classes['whole']}>
        <MoneyTabs at="/audits" />
        {mayRecord ? (
          <SegmentedControl
            className={classes['views']}
            value={shown}
            onChange={(chosen) => go({ view: chosen === 'done' ? 'done' : 'sample' })}
            data={[
              { value: 'sample', label: t('audits.view.sample') },
              { value: 'done', label: t('audits.view.done') },
            ]}
          />
        ) : null}
        {shown === 'sample' ? (
          <SampleList
            week={week}
            openRow={row}
            open={(to) => go({ view: 'sample', week, row: to ?? undefined })}
            choose={(to) => go({ view: 'sample', week: to })}
            recorded={(id) => go({ view: 'done', audit: id })}
          />
        ) : (
          <DoneList
            openId={audit}
            open={(id) => go({ view: 'done', audit: id ?? undefined })}
            isOwn={isOwn}
          />
        )}
      </div>
    </Page>
  );
}
