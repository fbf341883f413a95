import { Button, FileButton, Radio, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask, askWithFile } from '../api.ts';
import { ChoiceField, FormFault } from '../kit/index.ts';
import { useMay } from '../session.ts';
import { useWords } from '../words.ts';
import { previewSchema, type Source } from './answers.ts';
import { keyFor } from './kinds.ts';
import classes from './marketing.module.css';

/** A file of leads, chosen or dropped, and whether they are new or come with their past. */
export function Upload({
  sources,
  uploaded,
}: {
  sources: readonly Source[];
  uploaded: (id: string) => void;
}): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const manages = useMay('sources.manage');
  const files = sources.filter(({ kind, enabled }) => kind === 'file' && enabled);
  const [chosen, setChosen] = useState('');
  const [kind, setKind] = useState<'new' | 'existing'>('new');
  const [over, setOver] = useState(false);
  const source = files.some(({ key }) => key === chosen) ? chosen : (files[0]?.key ?? '');
  const uploading = useMutation({
    mutationFn: async (file: File) => {
      const key = source === '' ? await makeSource(sources, t('marketing.import.own-source')) : source;
      const about = new URLSearchParams({ source: key, name: file.name, kind });
      return askWithFile(`/api/imports?${about.toString()}`, previewSchema, file);
    },
    onSuccess: async (preview) => {
      client.setQueryData(['imports', 'preview', preview.id], preview);
      await client.invalidateQueries({ queryKey: ['imports', 'list'] });
      uploaded(preview.id);
    },
  });
  return (
    <section className={classes['upload']}>
      <Stack gap="sm">
        {files.length > 1 ? (
          <ChoiceField
            label={t('marketing.import.source')}
            value={source}
            data={files.map(({ key, name }) => ({ value: key, label: name }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        ) : null}
        <Radio.Group
          label={t('marketing.import.what')}
          value={kind}
          onChange={(value) => setKind(value === 'existing' ? 'existing' : 'new')}
        >
          <Stack gap={6} mt={6}>
            <Radio
              value="new"
              label={t('marketing.import.new')}
              description={t('marketing.import.new-help')}
            />
            <Radio
              value="existing"
              label={t('marketing.import.existing')}
              description={t('marketing.import.existing-help')}
            />
          </Stack>
        </Radio.Group>
        <div
          className={classes['drop']}
          data-over={over}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            const file = event.dataTransfer.files[0];
            if (file !== undefined) uploading.mutate(file);
          }}
        >
          <IconFileSpreadsheet size={34} stroke={1.4} aria-hidden />
          <p>{t('marketing.import.drop')}</p>
          <FileButton
            accept=".csv,.txt,.tsv,.xlsx,text/csv"
            inputProps={{ 'aria-label': t('marketing.import.choose') }}
            onChange={(file) => {
              if (file !== null) uploading.mutate(file);
            }}
          >
            {(props) => (
              <Button
                {...props}
                leftSection={<IconUpload size={16} aria-hidden />}
                loading={uploading.isPending}
                disabled={source === '' && !manages}
              >
                {t('marketing.import.choose')}
              </Button>
            )}
          </FileButton>
          <p className={classes['help']}>{t('marketing.import.formats')}</p>
        </div>
        <FormFault error={uploading.error} />
      </Stack>
    </section>
  );
}

/** The first file needs a source of files; nobody should have to know that. */
async function makeSource(sources: readonly Source[], name: string): Promise<string> {
  const key = keyFor(
    name,
    sources.map((source) => source.key),
  );
  await ask(`/api/sources/${key}`, z.unknown(), { method: 'PUT', body: { kind: 'file', name } });
  return key;
}
