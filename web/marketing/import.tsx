import { Button, Group, Progress, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconDownload,
  IconFileSpreadsheet,
  IconHourglass,
  IconPencil,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { EmptyState, ErrorState, FormFault, Page, RowsShape, StatusBadge, When } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { importSchema, importsSchema, sourcesQuery, type ImportJob } from './answers.ts';
import { ImportPreview } from './import-preview.tsx';
import { Upload } from './import-upload.tsx';
import classes from './marketing.module.css';

const addressShape = z.object({ import: z.string().optional().catch(undefined) });
const RUNNING_LOOK_MILLISECONDS = 1_000;

/** Importar: a file of leads is looked at before any of it comes in, then followed to its end. */
export default function ImportPage(): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  const open = addressShape.parse(useSearch({ strict: false })).import;
  const sources = useQuery(sourcesQuery);
  const list = useQuery({
    queryKey: ['imports', 'list'],
    queryFn: () => ask('/api/imports', importsSchema),
    refetchInterval: ({ state }) =>
      state.data?.imports.some((one) => one.state === 'running') ? RUNNING_LOOK_MILLISECONDS : false,
    staleTime: 0,
  });
  const go = (id: string | null): void =>
    void navigate({ to: '/import', search: id === null ? {} : { import: id } });
  return (
    <Page
      title={t('marketing.import.title')}
      lead={t('marketing.import.lead')}
      actions={
        open === undefined ? undefined : (
          <Button variant="default" onClick={() => go(null)}>
            {t('marketing.import.back')}
          </Button>
        )
      }
    >
      {sources.data === undefined ? (
        sources.error === null ? (
          <RowsShape rows={5} />
        ) : (
          <ErrorState error={sources.error} retry={() => void sources.refetch()} />
        )
      ) : open === undefined ? (
        <div className={classes['importing']}>
          <Upload sources={sources.data.sources} uploaded={go} />
          <Earlier jobs={list.data?.imports} error={list.error} open={go} />
        </div>
      ) : (
        <OneImport id={open} />
      )}
    </Page>
  );
}

const MARKS = {
  preview: { tone: 'quiet', icon: IconPencil },
  running: { tone: 'busy', icon: IconHourglass },
  done: { tone: 'good', icon: IconCircleCheck },
  canceled: { tone: 'quiet', icon: IconBan },
  failed: { tone: 'late', icon: IconAlertTriangle },
} as const;

function ImportState({ state }: Pick<ImportJob, 'state'>): ReactNode {
  const t = useWords();
  return <StatusBadge {...MARKS[state]}>{t(`marketing.import.state.${state}`)}</StatusBadge>;
}

function Earlier({
  jobs,
  error,
  open,
}: {
  jobs: readonly ImportJob[] | undefined;
  error: unknown;
  open: (id: string) => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  if (jobs === undefined) return error === null ? <RowsShape rows={4} /> : <ErrorState error={error} />;
  if (jobs.length === 0)
    return (
      <EmptyState icon={IconFileSpreadsheet} title={t('marketing.import.none')}>
        {t('marketing.import.none-help')}
      </EmptyState>
    );
  return (
    <section aria-label={t('marketing.import.earlier')}>
      <h2 className={classes['sub']}>{t('marketing.import.earlier')}</h2>
      <div
        className={classes['heatScroll']}
        tabIndex={0}
        role="region"
        aria-label={t('marketing.import.earlier')}
      >
        <table className={classes['table']}>
          <thead>
            <tr>
              <th>{t('marketing.import.file')}</th>
              <th>{t('marketing.import.when')}</th>
              <th>{t('marketing.import.how')}</th>
              <th data-align="right">{t('marketing.import.leads')}</th>
              <th data-align="right">{t('marketing.import.repeats')}</th>
              <th data-align="right">{t('marketing.import.faulty')}</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={job.id}>
                <td>
                  <Button size="compact-sm" variant="subtle" onClick={() => open(job.id)}>
                    {job.fileName}
                  </Button>
                </td>
                <td>
                  <When at={job.createdAt} as="moment" />
                </td>
                <td>
                  <ImportState state={job.state} />
                </td>
                <td data-align="right">{figures.number(job.leads)}</td>
                <td data-align="right">{figures.number(job.repeats)}</td>
                <td data-align="right">{figures.number(job.faulty + job.refused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function OneImport({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: () => ask(`/api/imports/${encodeURIComponent(id)}`, importSchema),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? RUNNING_LOOK_MILLISECONDS : false),
    staleTime: 0,
  });
  if (data === undefined)
    return error === null ? (
      <RowsShape rows={5} />
    ) : (
      <ErrorState error={error} retry={() => void refetch()} />
    );
  return data.state === 'preview' ? <ImportPreview id={id} /> : <Followed job={data} />;
}

/** How far it has come, what became of the rows, and those that could not be used. */
function Followed({ job }: { job: ImportJob }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const canceling = useMutation({
    mutationFn: () =>
      ask(`/api/imports/${encodeURIComponent(job.id)}/cancel`, importSchema, { method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  const settled = job.leads + job.repeats + job.refused + job.faulty;
  const share = job.rowsRead === 0 ? 0 : Math.min(100, (100 * settled) / job.rowsRead);
  const bad = job.faulty + job.refused;
  const count = (title: string, value: number): ReactNode => (
    <div className={classes['total']}>
      <dt>{title}</dt>
      <dd>{figures.number(value)}</dd>
    </div>
  );
  return (
    <section className={classes['upload']}>
      <Stack gap="md">
        <Group justify="space-between">
          <h2 className={classes['sub']}>{job.fileName}</h2>
          <ImportState state={job.state} />
        </Group>
        {job.state === 'running' ? (
          <Progress value={share} size="lg" aria-label={t('marketing.import.progress')} animated />
        ) : null}
        <div role="status">
          <dl className={classes['totals']}>
            {count(t('marketing.import.rows'), job.rowsRead)}
            {count(t('marketing.import.leads'), job.leads)}
            {count(t('marketing.import.duplicates'), job.duplicates)}
            {count(t('marketing.import.repeats'), job.repeats)}
            {count(t('marketing.import.faulty'), bad)}
          </dl>
        </div>
        {job.why === null ? null : <p>{t('marketing.import.why', { why: job.why })}</p>}
        {bad > 0 ? <p className={classes['help']}>{t('marketing.import.errors-help')}</p> : null}
        <FormFault error={canceling.error} />
        <Group>
          {bad > 0 ? (
            <Button
              component="a"
              href={`/api/imports/${encodeURIComponent(job.id)}/errors.csv`}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t('marketing.import.errors')}
            </Button>
          ) : null}
          {job.state === 'running' ? (
            <Button variant="default" loading={canceling.isPending} onClick={() => canceling.mutate()}>
              {t('marketing.import.cancel')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </section>
  );
}
