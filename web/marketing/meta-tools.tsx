import { Alert, Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { Field, FormFault } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Source } from './answers.ts';
import classes from './marketing.module.css';

const testedSchema = z.object({
  works: z.boolean(),
  why: z.string().optional(),
  detail: z.unknown().optional(),
  remedy: z.string().nullish(),
});

/** Asks Meta for a form's leads: whether the token works, and the leads of the last days that did not come by themselves. */
export function MetaTools({ source }: { source: Source }): ReactNode {
  const t = useWords();
  const [form, setForm] = useState('');
  const testing = useMutation({
    mutationFn: () =>
      ask(`/api/sources/${source.key}/test`, testedSchema, { method: 'POST', body: { form } }),
  });
  const reading = useMutation({
    mutationFn: () =>
      ask(`/api/sources/${source.key}/backfill`, z.unknown(), { method: 'POST', body: { forms: [form] } }),
  });
  const isForm = /^\d{1,32}$/.test(form);
  const tested = testing.data;
  return (
    <section className={classes['part']}>
      <h3>{t('marketing.meta.tools')}</h3>
      <Stack gap="sm">
        <Field
          label={t('marketing.meta.form')}
          description={t('marketing.meta.form-help')}
          inputMode="numeric"
          value={form}
          onChange={(event) => setForm(event.currentTarget.value.trim())}
        />
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="light"
            disabled={!isForm}
            loading={testing.isPending}
            onClick={() => testing.mutate()}
          >
            {t('marketing.meta.test')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={!isForm}
            loading={reading.isPending}
            onClick={() => reading.mutate()}
          >
            {t('marketing.meta.backfill')}
          </Button>
        </Group>
        {tested === undefined ? null : tested.works ? (
          <Alert
            color="green"
            variant="light"
            icon={<IconCircleCheck size={18} aria-hidden />}
            title={t('marketing.meta.works')}
          />
        ) : (
          <Alert
            color="red"
            variant="light"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={t('marketing.meta.fails', { why: tested.why ?? '' })}
          >
            {tested.remedy ?? t('marketing.meta.no-token')}
          </Alert>
        )}
        {reading.isSuccess ? <p className={classes['help']}>{t('marketing.meta.reading')}</p> : null}
        <FormFault error={testing.error ?? reading.error} />
      </Stack>
    </section>
  );
}
