import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { PEOPLE_A_DAY_STEPS } from '../../src/messages/people-a-day.ts';
import { ChoiceField, CopyText, faultOf, Field, FormFault, SecretField } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Around, Channel } from './channels.tsx';
import classes from './settings.module.css';
import { useSaveChannel } from './use-save-channel.ts';

const shownSchema = z.object({
  apiVersion: z.string(),
  phoneNumberId: z.string(),
  peopleADay: z.number().nullable(),
});
/** What Meta grants a number that is new. */
const [FIRST_STEP] = PEOPLE_A_DAY_STEPS;

/** WhatsApp Cloud API. Secrets are never shown: an empty field keeps the one there is. */
export function WhatsAppForm({ channel, around }: { channel: Channel; around: Around }): ReactNode {
  const t = useWords();
  const shown = shownSchema.safeParse(channel.settings).data;
  const isSet = shown !== undefined;
  const form = useForm({
    initialValues: {
      phoneNumberId: shown?.phoneNumberId ?? '',
      apiVersion: shown?.apiVersion ?? 'v24.0',
      peopleADay: String((isSet ? shown.peopleADay : FIRST_STEP) ?? ''),
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
    const { phoneNumberId, apiVersion, peopleADay, token, appSecret, verifyToken } = form.getValues();
    saving.mutate({
      phoneNumberId: phoneNumberId.trim(),
      apiVersion: apiVersion.trim(),
      peopleADay: peopleADay === '' ? null : Number(peopleADay),
      ...(token === '' ? {} : { token }),
      ...(appSecret === '' ? {} : { appSecrets: [appSecret] }),
      ...(verifyToken === '' ? {} : { verifyToken }),
    });
  };
  const figures = useFigures();
  const limit = shown?.peopleADay ?? null;
  const today = around.whatsappPeopleToday;
  // Meta may have told of a limit between its steps.
  const steps = [...new Set([...PEOPLE_A_DAY_STEPS, ...(limit === null ? [] : [limit])])].toSorted(
    (a, b) => a - b,
  );
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
        <ChoiceField
          label={t('settings.whatsapp.people')}
          description={t('settings.whatsapp.people-help')}
          data={[
            ...steps.map((people) => ({ value: String(people), label: figures.number(people) })),
            { value: '', label: t('settings.whatsapp.people-none') },
          ]}
          {...form.getInputProps('peopleADay')}
          error={faultOf(saving.error, 'peopleADay')}
        />
        {isSet ? (
          <Text size="sm" c="dimmed">
            {limit === null
              ? t('settings.whatsapp.people-today-free', { people: figures.number(today) })
              : t('settings.whatsapp.people-today', {
                  people: figures.number(today),
                  limit: figures.number(limit),
                })}
          </Text>
        ) : null}
        <CopyText label={t('settings.whatsapp.webhook')} text={around.webhookUrl} />
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
