import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { faultOf, Field, FormFault, SecretField } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Channel } from './channels.tsx';
import classes from './settings.module.css';
import { useSaveChannel } from './use-save-channel.ts';

const shownSchema = z.object({ chatId: z.string(), threadId: z.number().optional() });

/** The bot and the group in which closings are announced. The token is never shown: an empty field keeps the one there is. */
export function TelegramForm({ channel }: { channel: Channel }): ReactNode {
  const t = useWords();
  const shown = shownSchema.safeParse(channel.settings).data;
  const form = useForm({
    initialValues: {
      token: '',
      chatId: shown?.chatId ?? '',
      threadId: shown?.threadId === undefined ? '' : String(shown.threadId),
    },
  });
  const saving = useSaveChannel('telegram', () => {
    form.setValues({ token: '' });
    form.resetDirty();
  });
  const save = (): void => {
    const { token, chatId, threadId } = form.getValues();
    saving.mutate({
      chatId: chatId.trim(),
      ...(token.trim() === '' ? {} : { token: token.trim() }),
      ...(threadId.trim() === '' ? {} : { threadId: Number(threadId) }),
    });
  };
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="sm">
        <SecretField
          label={t('settings.telegram.token')}
          description={t('settings.telegram.token-help')}
          autoComplete="off"
          required={shown === undefined}
          placeholder={shown === undefined ? undefined : t('settings.secret-kept')}
          {...form.getInputProps('token')}
          error={faultOf(saving.error, 'token')}
        />
        <div className={classes['two']}>
          <Field
            label={t('settings.telegram.chat')}
            description={t('settings.telegram.chat-help')}
            required
            placeholder="-1001234567890"
            {...form.getInputProps('chatId')}
            error={faultOf(saving.error, 'chatId')}
          />
          <Field
            label={t('settings.telegram.thread')}
            description={t('settings.telegram.thread-help')}
            inputMode="numeric"
            {...form.getInputProps('threadId')}
            error={faultOf(saving.error, 'threadId')}
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
