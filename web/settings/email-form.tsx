import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { ChoiceField, faultOf, Field, FormFault, SecretField } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Channel } from './channels.tsx';
import classes from './settings.module.css';
import { useSaveChannel } from './use-save-channel.ts';

const shownSchema = z.object({
  server: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
  replyTo: z.string().optional(),
  bounceAddress: z.string().optional(),
});

const PORTS = { 'smtps:': '465', 'smtp:': '587' } as const;

function serverOf(text: string | undefined): { protocol: keyof typeof PORTS; host: string; port: string } {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null;
  const protocol = url?.protocol === 'smtp:' ? 'smtp:' : 'smtps:';
  return { protocol, host: url?.hostname ?? '', port: url?.port || PORTS[protocol] };
}

/** The mail server and whom its mail is from. The password is never shown: an empty field keeps the one there is. */
export function EmailForm({ channel }: { channel: Channel }): ReactNode {
  const t = useWords();
  const shown = shownSchema.safeParse(channel.settings).data;
  const server = serverOf(shown?.server);
  const form = useForm({
    initialValues: {
      ...server,
      user: '',
      password: '',
      name: shown?.from.name ?? '',
      address: shown?.from.address ?? '',
      replyTo: shown?.replyTo ?? '',
      bounceAddress: shown?.bounceAddress ?? '',
    },
  });
  const saving = useSaveChannel('email', () => {
    form.setValues({ user: '', password: '' });
    form.resetDirty();
  });
  const { protocol, host, port, user, password } = form.values;
  const moved =
    shown === undefined || host !== server.host || port !== server.port || protocol !== server.protocol;
  const again = moved || user !== '' || password !== '';
  const save = (): void => {
    const given = form.getValues();
    const signIn = user === '' ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
    saving.mutate({
      from: { name: given.name.trim(), address: given.address.trim() },
      ...(given.replyTo.trim() === '' ? {} : { replyTo: given.replyTo.trim() }),
      ...(given.bounceAddress.trim() === '' ? {} : { bounceAddress: given.bounceAddress.trim() }),
      ...(again ? { url: `${protocol}//${signIn}${host.trim()}:${port.trim()}` } : {}),
    });
  };
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="sm">
        <div className={classes['two']}>
          <Field
            label={t('settings.email.host')}
            required
            placeholder="smtp.example.com"
            {...form.getInputProps('host')}
            error={faultOf(saving.error, 'url')}
          />
          <div className={classes['two']}>
            <ChoiceField
              label={t('settings.email.safety')}
              data={[
                { value: 'smtps:', label: 'TLS' },
                { value: 'smtp:', label: 'STARTTLS' },
              ]}
              {...form.getInputProps('protocol')}
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
            autoComplete="off"
            placeholder={shown === undefined ? undefined : t('settings.secret-kept')}
            {...form.getInputProps('user')}
          />
          <SecretField
            label={t('settings.email.password')}
            autoComplete="new-password"
            placeholder={shown === undefined ? undefined : t('settings.secret-kept')}
            {...form.getInputProps('password')}
          />
        </div>
        {shown !== undefined && again ? <p className={classes['soft']}>{t('settings.email.again')}</p> : null}
        <div className={classes['two']}>
          <Field
            label={t('settings.email.from-name')}
            required
            {...form.getInputProps('name')}
            error={faultOf(saving.error, 'from.name')}
          />
          <Field
            label={t('settings.email.from-address')}
            type="email"
            required
            {...form.getInputProps('address')}
            error={faultOf(saving.error, 'from.address')}
          />
        </div>
        <div className={classes['two']}>
          <Field
            label={t('settings.email.reply-to')}
            type="email"
            {...form.getInputProps('replyTo')}
            error={faultOf(saving.error, 'replyTo')}
          />
          <Field
            label={t('settings.email.bounce')}
            type="email"
            {...form.getInputProps('bounceAddress')}
            error={faultOf(saving.error, 'bounceAddress')}
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
