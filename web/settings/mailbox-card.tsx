/** The designated mailbox: where requests by mail come to; tried before it is saved. */
import { Alert, Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconPlugOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { ChoiceField, Field, FormFault, SecretField, showDone, StatusBadge, When } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { Card } from './settings-tabs.tsx';
import classes from './settings.module.css';

const at = z.string().transform((text) => instant(text));
export const mailboxFaults = ['sign-in', 'unreachable', 'certificate', 'folder', 'refused'] as const;
const schema = z.object({
  mailbox: z
    .object({
      settings: z.object({
        host: z.string(),
        port: z.number(),
        tls: z.boolean(),
        user: z.string(),
        folder: z.string(),
        address: z.string(),
      }),
      state: z.enum(['new', 'ok', 'failing']),
      reason: z.enum(mailboxFaults).nullable(),
      seenAt: at.nullable(),
      updatedAt: at,
    })
    .nullable(),
  counts: z.object({ waiting: z.number(), faulty: z.number(), read: z.number() }),
});
type Answer = z.infer<typeof schema>;
const tried = z.object({ fault: z.enum(mailboxFaults).nullable(), mails: z.number().nullable() });

export function MailboxCard(): ReactNode {
  const t = useWords();
  const { data } = useQuery({
    queryKey: ['settings', 'mailbox'],
    queryFn: () => ask('/api/mailbox', schema),
  });
  if (data === undefined) return null;
  const { mailbox } = data;
  return (
    <Card title={t('settings.mailbox')} help={t('settings.mailbox-help')} aside={<State mailbox={mailbox} />}>
      {mailbox?.reason == null ? null : (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {t(`settings.mailbox-fault.${mailbox.reason}`)}
        </Alert>
      )}
      <MailboxForm key={mailbox?.updatedAt ?? 'new'} mailbox={mailbox} />
      {mailbox?.seenAt == null ? null : (
        <p className={classes['soft']}>
          {t('settings.mailbox-seen', { count: String(data.counts.read) })} <When at={mailbox.seenAt} />
        </p>
      )}
    </Card>
  );
}

function State({ mailbox }: Pick<Answer, 'mailbox'>): ReactNode {
  const t = useWords();
  const state = mailbox?.state ?? 'not-set-up';
  const marks = {
    ok: { tone: 'good', icon: IconCircleCheck },
    new: { tone: 'quiet', icon: IconCircleDashed },
    failing: { tone: 'late', icon: IconPlugOff },
    'not-set-up': { tone: 'quiet', icon: IconCircleDashed },
  } as const;
  return <StatusBadge {...marks[state]}>{t(`settings.mailbox-state.${state}`)}</StatusBadge>;
}

function MailboxForm({ mailbox }: Pick<Answer, 'mailbox'>): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const known = mailbox?.settings;
  const form = useForm({
    initialValues: {
      host: known?.host ?? '',
      port: String(known?.port ?? 993),
      tls: known?.tls === false ? 'starttls' : 'tls',
      user: known?.user ?? '',
      password: '',
      folder: known?.folder ?? 'INBOX',
      address: known?.address ?? '',
    },
  });
  const body = (): Record<string, unknown> => {
    const { password, port, tls, ...rest } = form.getValues();
    return {
      ...rest,
      port: Number(port),
      tls: tls === 'tls',
      ...(password === '' ? {} : { password }),
    };
  };
  const saving = useMutation({
    mutationFn: () => ask('/api/mailbox', z.unknown(), { method: 'PUT', body: body() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['settings', 'mailbox'] });
      showDone(t('settings.saved'));
    },
  });
  const trying = useMutation({
    mutationFn: () => ask('/api/mailbox/test', tried, { method: 'POST', body: body() }),
  });
  const outcome = trying.data;
  return (
    <form onSubmit={form.onSubmit(() => saving.mutate())}>
      <Stack gap="sm">
        <Field
          label={t('settings.mailbox-address')}
          type="email"
          required
          placeholder="casos@example.com"
          {...form.getInputProps('address')}
        />
        <div className={classes['two']}>
          <Field
            label={t('settings.mailbox-host')}
            required
            placeholder="imap.example.com"
            {...form.getInputProps('host')}
          />
          <div className={classes['two']}>
            <ChoiceField
              label={t('settings.email.safety')}
              data={[
                { value: 'tls', label: 'TLS' },
                { value: 'starttls', label: 'STARTTLS' },
              ]}
              {...form.getInputProps('tls')}
            />
            <Field
              label={t('settings.email.port')}
              required
              inputMode="numeric"
              {...form.getInputProps('port')}
            />
          </div>
        </div>
        <div className={classes['two']}>
          <Field
            label={t('settings.email.user')}
            required
            autoComplete="off"
            {...form.getInputProps('user')}
          />
          <SecretField
            label={t('settings.email.password')}
            autoComplete="new-password"
            placeholder={known === undefined ? undefined : t('settings.secret-kept')}
            {...form.getInputProps('password')}
          />
        </div>
        <Field label={t('settings.mailbox-folder')} required {...form.getInputProps('folder')} />
        <FormFault error={saving.error ?? trying.error} />
        <p role="status" className={classes['soft']}>
          {outcome === undefined
            ? null
            : outcome.fault === null
              ? t('settings.mailbox-tried', { count: String(outcome.mails ?? 0) })
              : t(`settings.mailbox-fault.${outcome.fault}`)}
        </p>
        <Group justify="flex-end">
          <Button variant="light" loading={trying.isPending} onClick={() => trying.mutate()}>
            {t('settings.mailbox-try')}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
            {t('settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
