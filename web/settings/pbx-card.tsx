import { Alert, Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import {
  ErrorState,
  faultOf,
  Field,
  FormFault,
  RowsShape,
  SecretField,
  StatusBadge,
  When,
} from '../kit/index.ts';
import { showDone } from '../kit/notice.ts';
import { useWords } from '../words.ts';
import { Card } from './settings-tabs.tsx';
import classes from './settings.module.css';

const accessSchema = z.object({
  state: z.enum(['set-up', 'not-set-up']),
  clientId: z.string().nullable(),
  updatedAt: z
    .string()
    .transform((text) => instant(text))
    .nullable(),
});
type Access = z.infer<typeof accessSchema>;
const testedSchema = z.object({ works: z.boolean(), remedy: z.string().nullable() });
const KEY = ['settings', 'pbx'];

/** How the PBX is asked to make calls (Callpicker): its credentials, and whether it takes them. */
export function PbxCard(): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: () => ask('/api/pbx', accessSchema),
  });
  if (data === undefined)
    return error === null ? (
      <RowsShape rows={3} />
    ) : (
      <ErrorState error={error} retry={() => void refetch()} />
    );
  const setUp = data.state === 'set-up';
  return (
    <Card
      title={t('settings.channel.pbx')}
      aside={
        <StatusBadge tone={setUp ? 'good' : 'quiet'} icon={setUp ? IconCircleCheck : IconCircleDashed}>
          {t(setUp ? 'settings.pbx.set-up' : 'settings.channel-state.not-set-up')}
        </StatusBadge>
      }
      help={t('settings.channel-help.pbx')}
    >
      <PbxForm access={data} />
      {setUp ? <Try /> : null}
      {data.updatedAt === null ? null : (
        <p className={classes['soft']}>
          {t('settings.channel-saved')} <When at={data.updatedAt} as="moment" />
        </p>
      )}
    </Card>
  );
}

function PbxForm({ access }: { access: Access }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const form = useForm({ initialValues: { clientId: access.clientId ?? '', clientSecret: '' } });
  const saving = useMutation({
    mutationFn: (body: { clientId: string; clientSecret?: string }) =>
      ask('/api/pbx', z.unknown(), { method: 'PUT', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: KEY });
      showDone(t('settings.saved'));
      form.setFieldValue('clientSecret', '');
      form.resetDirty();
    },
  });
  const save = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }): void =>
    saving.mutate({ clientId: clientId.trim(), ...(clientSecret === '' ? {} : { clientSecret }) });
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="sm">
        <div className={classes['two']}>
          <Field
            label="CLIENT ID"
            required
            autoComplete="off"
            {...form.getInputProps('clientId')}
            error={faultOf(saving.error, 'clientId')}
          />
          <SecretField
            label="CLIENT SECRET"
            autoComplete="new-password"
            placeholder={access.state === 'set-up' ? t('settings.secret-kept') : undefined}
            {...form.getInputProps('clientSecret')}
            error={faultOf(saving.error, 'clientSecret')}
          />
        </div>
        <FormFault error={saving.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
            {t('settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Signs in to the PBX with what is saved; nobody's phone rings. */
function Try(): ReactNode {
  const t = useWords();
  const trying = useMutation({
    mutationFn: () => ask('/api/pbx/test', testedSchema, { method: 'POST', body: {} }),
  });
  const answer = trying.data;
  return (
    <div className={classes['trouble']}>
      <Group gap="sm">
        <Button
          variant="light"
          leftSection={<IconPlugConnected size={16} aria-hidden />}
          loading={trying.isPending}
          onClick={() => trying.mutate()}
        >
          {t('settings.pbx.try')}
        </Button>
        <span role="status" className={classes['soft']}>
          {answer?.works === true ? t('settings.pbx.works') : null}
        </span>
      </Group>
      {answer?.works === false ? (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={t('settings.pbx.does-not')}
        >
          {answer.remedy}
        </Alert>
      ) : null}
      <FormFault error={trying.error} />
    </div>
  );
}
