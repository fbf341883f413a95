import { Alert, Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconKey, IconKeyOff, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import {
  Act,
  CopyText,
  EmptyState,
  ErrorState,
  faultOf,
  Field,
  FormFault,
  RowsShape,
  StatusBadge,
  When,
} from '../kit/index.ts';
import { curlFor } from '../marketing/curl.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { SettingsPage } from './settings-tabs.tsx';
import classes from './settings.module.css';

const at = z.string().transform((text) => instant(text));
const SCOPES = ['leads.write', 'leads.read', 'calls.write', 'contacts.write', 'reports.read'] as const;
const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  startsWith: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  requestsAMinute: z.number(),
  createdAt: at,
  revokedAt: at.nullable(),
  lastUsedAt: at.nullable(),
});
type Key = z.infer<typeof keySchema>;
const keysSchema = z.object({ keys: z.array(keySchema) });
const madeSchema = z.object({ id: z.string(), key: z.string() });

/** Llaves: for programs that put leads in or read reports. */
export default function Keys(): ReactNode {
  const t = useWords();
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['keys', 'list'],
    queryFn: () => ask('/api/keys', keysSchema),
  });
  return (
    <SettingsPage
      at="/settings/keys"
      lead={t('settings.keys.lead')}
      actions={
        <Act
          keys="n"
          label={t('settings.keys.make')}
          leftSection={<IconPlus size={16} aria-hidden />}
          run={() => setMaking(true)}
        />
      }
    >
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={4} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : data.keys.length === 0 ? (
        <EmptyState icon={IconKey} title={t('settings.keys.none')}>
          {t('settings.keys.none-help')}
        </EmptyState>
      ) : (
        <KeyTable keys={data.keys} />
      )}
      <Modal
        opened={making}
        onClose={() => setMaking(false)}
        title={t('settings.keys.make')}
        closeButtonProps={{ 'aria-label': t('kit.close') }}
        size="lg"
      >
        <NewKey close={() => setMaking(false)} />
      </Modal>
    </SettingsPage>
  );
}

function KeyTable({ keys }: { keys: readonly Key[] }): ReactNode {
  const t = useWords();
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('settings.tab.keys')}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th>{t('settings.keys.name')}</th>
            <th className={classes['hideNarrow']}>{t('settings.keys.starts')}</th>
            <th>{t('settings.keys.may')}</th>
            <th>{t('settings.keys.used')}</th>
            <th>{t('settings.keys.state')}</th>
            <th aria-label={t('settings.keys.revoke')} />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} of={key} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyRow({ of }: { of: Key }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const revoking = useMutation({
    mutationFn: () => ask(`/api/keys/${encodeURIComponent(of.id)}`, z.unknown(), { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  return (
    <tr>
      <td>{of.name}</td>
      <td className={classes['hideNarrow']}>
        <code translate="no">{of.startsWith}…</code>
      </td>
      <td>{of.scopes.map((scope) => t(`settings.scope.${scope}`)).join(', ')}</td>
      <td>{of.lastUsedAt === null ? t('settings.keys.never') : <When at={of.lastUsedAt} />}</td>
      <td>
        {of.revokedAt === null ? (
          <StatusBadge tone="good" icon={IconKey}>
            {t('settings.keys.good')}
          </StatusBadge>
        ) : (
          <StatusBadge tone="quiet" icon={IconKeyOff}>
            {t('settings.keys.revoked')}
          </StatusBadge>
        )}
      </td>
      <td data-align="right">
        {of.revokedAt !== null ? null : asked ? (
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            <Button
              size="compact-sm"
              color="red"
              loading={revoking.isPending}
              onClick={() => revoking.mutate()}
            >
              {t('settings.keys.revoke-now')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
              {t('settings.cancel')}
            </Button>
          </Group>
        ) : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={t('settings.keys.revoke-one', { name: of.name })}
            onClick={() => setAsked(true)}
          >
            {t('settings.keys.revoke')}
          </Button>
        )}
        <FormFault error={revoking.error} />
      </td>
    </tr>
  );
}

/** Made, and shown this once: only its hash is kept. */
function NewKey({ close }: { close: () => void }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: '', scopes: ['leads.write'] } });
  const making = useMutation({
    mutationFn: () => {
      const { name, scopes } = form.getValues();
      return ask('/api/keys', madeSchema, { method: 'POST', body: { name: name.trim(), scopes } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  if (making.data !== undefined) {
    const { key } = making.data;
    return (
      <div className={classes['once']}>
        <Alert
          color="petrol"
          variant="light"
          icon={<IconKey size={18} aria-hidden />}
          title={t('settings.keys.once')}
        >
          {t('settings.keys.once-help')}
        </Alert>
        <CopyText label={t('settings.keys.key')} text={key} />
        {form.values.scopes.includes('leads.write') ? (
          <CopyText
            label={t('settings.keys.curl')}
            text={curlFor(t('settings.keys.own-source'), figures.place.figures, key)}
          />
        ) : null}
        <Group justify="flex-end">
          <Button onClick={close}>{t('settings.keys.kept')}</Button>
        </Group>
      </div>
    );
  }
  return (
    <form onSubmit={form.onSubmit(() => making.mutate())}>
      <Stack gap="sm">
        <Field
          label={t('settings.keys.name')}
          description={t('settings.keys.name-help')}
          required
          maxLength={80}
          data-autofocus
          {...form.getInputProps('name')}
          error={faultOf(making.error, 'name')}
        />
        <Checkbox.Group label={t('settings.keys.may')} {...form.getInputProps('scopes')}>
          <Stack gap={6} mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`settings.scope.${scope}`)}
                description={t(`settings.scope-help.${scope}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <FormFault error={making.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('settings.cancel')}
          </Button>
          <Button type="submit" loading={making.isPending} disabled={form.values.scopes.length === 0}>
            {t('settings.keys.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
