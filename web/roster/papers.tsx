import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconFiles, IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { PeopleTabs } from '../administration/people-tabs.tsx';
import { PaperBadge } from '../administration/signals.tsx';
import { DataTable, EmptyState, ListAndPanel, Page, StatusBadge, type Column } from '../kit/index.ts';
import { useWords, type Say } from '../words.ts';
import { AskedPanel } from './asked-panel.tsx';
import { FilePanel } from './file-panel.tsx';
import classes from './papers.module.css';
import { papersQuery, type FilePerson } from './papers-answers.ts';

const ASKED = ' asked';

/** Expedientes: what each person's file lacks, what runs out, who passed; what is asked is set here too. */
export default function PapersPage(): ReactNode {
  const t = useWords();
  const papers = useQuery(papersQuery);
  const { data } = papers;
  const [open, setOpen] = useState<string | null>(null);
  const columns = useMemo(() => columnsFor(t), [t]);
  const row = data?.people.find(({ person }) => person === open);
  const nothingAsked = data !== undefined && data.kinds.length + data.exams.length === 0;
  const ask = data?.mayAsk ? (
    <Button
      variant={nothingAsked ? 'filled' : 'default'}
      leftSection={<IconSettings size={16} aria-hidden />}
      onClick={() => setOpen(ASKED)}
    >
      {t('roster.papers.what-is-asked')}
    </Button>
  ) : undefined;
  return (
    <Page
      title={t('roster.papers.title')}
      lead={t('roster.papers.lead')}
      shape="full"
      actions={nothingAsked ? undefined : ask}
    >
      <div className={classes['whole']}>
        <PeopleTabs at="/papers" />
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('roster.papers.title')}
                rows={nothingAsked ? [] : data?.people}
                columns={columns}
                rowId={({ person }) => person}
                openId={open ?? undefined}
                onOpen={setOpen}
                error={papers.error}
                retry={() => void papers.refetch()}
                tone={({ papers: own, grade }) =>
                  grade === 'fail' || own.some(({ state }) => state === 'missing' || state === 'expired')
                    ? 'late'
                    : own.some(({ state }) => state === 'expiring')
                      ? 'soon'
                      : undefined
                }
                empty={
                  <EmptyState icon={IconFiles} title={t('roster.papers.empty')} action={ask}>
                    {t('roster.papers.empty-help')}
                  </EmptyState>
                }
              />
            }
            panel={
              data === undefined ? null : open === ASKED ? (
                <AskedPanel papers={data} close={() => setOpen(null)} />
              ) : row === undefined ? null : (
                <FilePanel key={row.person} row={row} papers={data} close={() => setOpen(null)} />
              )
            }
          />
        </div>
      </div>
    </Page>
  );
}

function columnsFor(t: Say): Column<FilePerson>[] {
  return [
    { id: 'name', title: t('administration.col.name'), value: ({ name }) => name, width: 10, grow: 2 },
    { id: 'zone', title: t('administration.col.zone'), value: ({ zone }) => zone, width: 6, wideOnly: true },
    {
      id: 'papers',
      title: t('roster.papers.col.papers'),
      value: ({ papers }) => worst(papers),
      cell: ({ papers, documents }) => <PapersCell papers={papers} documents={documents} />,
      align: 'left',
      width: 15,
      grow: 2,
    },
    {
      id: 'grade',
      title: t('administration.person.grade'),
      value: ({ grade }) => grade,
      cell: ({ grade }) => <Grade grade={grade} />,
      width: 8,
    },
    {
      id: 'unsigned',
      title: t('roster.papers.col.signatures'),
      value: ({ unsigned }) => unsigned,
      cell: ({ unsigned }) =>
        unsigned === 0 ? t('roster.papers.all-signed') : t('roster.papers.unsigned', { many: unsigned }),
      align: 'left',
      width: 8,
      wideOnly: true,
    },
  ];
}

const BADNESS = { good: 3, expiring: 2, missing: 1, expired: 0 } as const;

function worst(papers: FilePerson['papers']): number {
  return Math.min(3, ...papers.map(({ state }) => BADNESS[state]));
}

/** The one that matters most, and how many more there are. */
function PapersCell({ papers, documents }: Pick<FilePerson, 'papers' | 'documents'>): ReactNode {
  const t = useWords();
  const [first, ...more] = papers
    .filter(({ state }) => state !== 'good')
    .toSorted((a, b) => BADNESS[a.state] - BADNESS[b.state]);
  if (first === undefined)
    return (
      <StatusBadge
        tone={documents === 'complete' ? 'good' : 'late'}
        icon={documents === 'complete' ? IconCheck : IconAlertTriangle}
      >
        {t(`administration.documents.${documents}`)}
      </StatusBadge>
    );
  return (
    <span className={classes['cell']}>
      <PaperBadge {...first} /> {first.name}{' '}
      {more.length === 0 ? null : t('roster.papers.more', { many: more.length })}
    </span>
  );
}

function Grade({ grade }: { grade: FilePerson['grade'] }): ReactNode {
  const t = useWords();
  return (
    <StatusBadge
      tone={grade === 'pass' ? 'good' : grade === 'fail' ? 'late' : 'soon'}
      icon={grade === 'pass' ? IconCheck : IconAlertTriangle}
    >
      {t(`roster.grade.${grade}`)}
    </StatusBadge>
  );
}
