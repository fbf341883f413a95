import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { CopyText, faultOf, Field, FormFault, SecretField } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Channel } from './channels.tsx';
import classes from './settings.module.css';
import { useSaveChannel } from './use-save-channel.ts';

const shownSchema = z.object({ apiVersion: z.string(), phoneNumberId: z.string() });

/** WhatsApp Cloud API. Secrets are never shown: an empty field keeps the one there is. */
export function WhatsAppForm({ channel, webhookUrl }: { channel: Channel; webhookUrl: string }): ReactNode {
  const t = useWords();
  const shown = shownSchema.safeParse(channel.settings).data;
  const isSet = shown !== undefined;
  const form = useForm({
    initialValues: {
      phoneNumberId: shown?.phoneNumberId ?? '',
      apiVersion: shown?.apiVersion ?? 'v24.0',
      token: '',
      appSecret: '',
      verifyToken: '',
    },
  });
  const saving = useSaveChannel('whatsapp', () => {
    form.setValues({ token: '', appSecret: '', verifyToken: '' });
    form.resetDirty();
  });
  const save = (): void => {
    const { phoneNumberId, apiVersion, token, appSecret, verifyToken } = form.getValues();
    saving.mutate({
      phoneNumberId: phoneNumberId.trim(),
      apiVersion: apiVersion.trim(),
      ...(token === '' ? {} : { token }),
      ...(appSecret === '' ? {} : { appSecrets: [appSecret] }),
      ...(verifyToken === '' ? {} : { verifyToken }),
    });
  };
  const kept = isSet ? t('settings.secret-kept') : undefined;
  const text = (field: 'phoneNumberId' | 'apiVersion' | 'token' | 'appSecret' | 'verifyToken') => ({
    ...form.getInputProps(field),
    error: faultOf(saving.error, field === 'appSecret' ? 'appSecrets' : field),
  });
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="sm">
        <div className={classes['two']}>
          <Field
            label={t('settings.whatsapp.phone-id')}
            required
            inputMode="numeric"
            {...text('phoneNumberId')}
          />
          <Field label={t('settings.whatsapp.version')} required {...text('apiVersion')} />
        </div>
        <SecretField
          label={t('settings.whatsapp.token')}
          description={t('settings.whatsapp.token-help')}
          required={!isSet}
          autoComplete="off"
          placeholder={kept}
          {...text('token')}
        />
        <div className={classes['two']}>
          <SecretField
            label={t('settings.whatsapp.app-secret')}
            required={!isSet}
            autoComplete="off"
            placeholder={kept}
            {...text('appSecret')}
          />
          <SecretField
            label={t('settings.whatsapp.verify-token')}
            required={!isSet}
            autoComplete="off"
            placeholder={kept}
            {...text('verifyToken')}
          />
        </div>
        <CopyText label={t('settings.whatsapp.webhook')} text={webhookUrl} />
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
