import { Alert, Button, Checkbox, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { TARGETS } from '../../src/sources/targets.ts';
import { ask } from '../api.ts';
import { ChoiceField, ErrorState, Field, FormFault, Phone, RowsShape } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useLanguage, useWords } from '../words.ts';
import { importSchema, previewSchema, type Preview } from './answers.ts';
import classes from './marketing.module.css';

const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;

type Change = { options?: Preview['options']; mapping?: Preview['mapping'] };

/** How the file is read as things stand: each column with what it means, the first rows, the first faults. */
export function ImportPreview({ id }: { id: string }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const path = `/api/imports/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useQuery({
    queryKey: ['imports', 'preview', id],
    queryFn: () => ask(`${path}/preview`, previewSchema),
  });
  const changing = useMutation({
    mutationFn: (change: Change) => ask(path, previewSchema, { method: 'PUT', body: change }),
    onSuccess: (preview) => void client.setQueryData(['imports', 'preview', id], preview),
  });
  const starting = useMutation({
    mutationFn: () => ask(`${path}/start`, importSchema, { method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  const canceling = useMutation({
    mutationFn: () => ask(`${path}/cancel`, importSchema, { method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  if (data === undefined)
    return error === null ? (
      <RowsShape rows={8} />
    ) : (
      <ErrorState error={error} retry={() => void refetch()} />
    );
  const reaches = Object.values(data.mapping.columns).some(
    (target) => target === 'phone' || target === 'email',
  );
  return (
    <div className={classes['preview-page']}>
      <ReadAs preview={data} change={(change) => changing.mutate(change)} />
      {reaches ? null : (
        <Alert
          color="petrol"
          variant="light"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={t('marketing.import.no-reach')}
        >
          {t('marketing.import.no-reach-help')}
        </Alert>
      )}
      <p className={classes['help']}>
        {data.remembered.length === 0
          ? t('marketing.import.will-remember')
          : t('marketing.import.remembered', { columns: data.remembered.join(', ') })}
      </p>
      {data.hidden ? <p className={classes['help']}>{t('marketing.import.hidden')}</p> : null}
      <Columns preview={data} busy={changing.isPending} change={(change) => changing.mutate(change)} />
      <FirstFaults preview={data} />
      <FormFault error={changing.error ?? starting.error ?? canceling.error} />
      <Group justify="flex-end">
        <Button variant="default" loading={canceling.isPending} onClick={() => canceling.mutate()}>
          {t('marketing.import.discard')}
        </Button>
        <Button loading={starting.isPending} disabled={changing.isPending} onClick={() => starting.mutate()}>
          {t(data.kind === 'existing' ? 'marketing.import.start-existing' : 'marketing.import.start')}
        </Button>
      </Group>
    </div>
  );
}

function ReadAs({ preview, change }: { preview: Preview; change: (change: Change) => void }): ReactNode {
  const t = useWords();
  const { options, mapping } = preview;
  return (
    <section className={classes['readAs']} aria-label={t('marketing.import.read-as')}>
      <h2 className={classes['sub']}>{preview.fileName}</h2>
      {preview.encoding == null ? null : (
        <ChoiceField
          label={t('marketing.import.encoding')}
          value={preview.encoding}
          data={[...new Set([preview.encoding, ...ENCODINGS])].map((value) => ({ value, label: value }))}
          onChange={(event) => change({ options: { ...options, encoding: event.currentTarget.value } })}
        />
      )}
      <Field
        label={t('marketing.import.header')}
        type="number"
        min={1}
        defaultValue={String(preview.header.row)}
        onBlur={(event) => {
          const header = Number(event.currentTarget.value);
          if (header >= 1 && header !== preview.header.row) change({ options: { ...options, header } });
        }}
      />
      <ChoiceField
        label={t('marketing.import.dates')}
        value={mapping.dates}
        data={[
          { value: 'dmy', label: t('marketing.import.dmy') },
          { value: 'mdy', label: t('marketing.import.mdy') },
        ]}
        onChange={(event) =>
          change({
            options,
            mapping: { ...mapping, dates: event.currentTarget.value === 'mdy' ? 'mdy' : 'dmy' },
          })
        }
      />
      {preview.brokenEncoding ? (
        <Checkbox
          label={t('marketing.import.repair')}
          checked={options.repair ?? false}
          onChange={(event) => change({ options: { ...options, repair: event.currentTarget.checked } })}
        />
      ) : null}
    </section>
  );
}

interface ColumnsProps {
  preview: Preview;
  busy: boolean;
  change: (change: Change) => void;
}

/** The first rows under the meaning of each column, and as what they would come in. */
function Columns({ preview, busy, change }: ColumnsProps): ReactNode {
  const t = useWords();
  const { columns, mapping, options, rows } = preview;
  return (
    <div
      className={classes['heatScroll']}
      tabIndex={0}
      role="region"
      aria-label={t('marketing.import.columns')}
      aria-busy={busy}
    >
      <table className={classes['columns']}>
        <thead>
          <tr>
            <th scope="col">{t('marketing.import.row')}</th>
            <th scope="col">{t('marketing.import.becomes')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                <span className={classes['columnName']}>{column}</span>
                <ChoiceField
                  size="xs"
                  aria-label={t('marketing.import.means', { column })}
                  value={mapping.columns[column] ?? 'keep'}
                  data={TARGETS.map((value) => ({ value, label: t(`marketing.target.${value}`) }))}
                  onChange={(event) =>
                    change({
                      options,
                      mapping: {
                        ...mapping,
                        columns: { ...mapping.columns, [column]: event.currentTarget.value },
                      },
                    })
                  }
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <td>{row.row}</td>
              <td>
                {row.phones.length + row.emails.length === 0 ? (
                  <span className={classes['bad']}>
                    <IconAlertTriangle size={14} aria-hidden /> {t('marketing.import.unusable')}
                  </span>
                ) : (
                  <>
                    <strong>{row.name}</strong>{' '}
                    {row.phones[0] === undefined ? (
                      row.emails[0]
                    ) : preview.hidden ? (
                      row.phones[0]
                    ) : (
                      <Phone number={row.phones[0]} />
                    )}
                  </>
                )}
              </td>
              {columns.map((column, at) => (
                <td key={column}>{row.cells[at]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FirstFaults({ preview }: { preview: Preview }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const language = useLanguage() === 'en' ? 'en' : 'es';
  const looked = figures.number(preview.looked);
  if (preview.faults.length === 0)
    return (
      <p className={classes['help']}>{t('marketing.import.no-faults', { looked, many: preview.looked })}</p>
    );
  return (
    <section aria-label={t('marketing.import.faults')}>
      <h2 className={classes['sub']}>{t('marketing.import.faults')}</h2>
      <p className={classes['help']}>{t('marketing.import.faults-help', { looked })}</p>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th>{t('marketing.import.row')}</th>
            <th>{t('marketing.import.field')}</th>
            <th>{t('marketing.import.problem')}</th>
            <th>{t('marketing.import.remedy')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.faults.map(({ row, fault }) => (
            <tr key={row}>
              <td>{row}</td>
              <td>{fault.field ?? '—'}</td>
              <td>{fault.message[language]}</td>
              <td>{fault.remedy[language]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
