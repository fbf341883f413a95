import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Field, FormFault } from '../kit/field.tsx';
import { useWords } from '../words.ts';
import { askForReset } from './doors.ts';
import { Frame } from './frame.tsx';
import classes from './frame.module.css';

export default function ForgottenPassword(): ReactNode {
  const t = useWords();
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (email) => (/^\S+@\S+$/.test(email.trim()) ? null : t('entrance.email-missing')) },
  });
  const request = useMutation({ mutationFn: ({ email }: { email: string }) => askForReset(email.trim()) });
  if (request.isSuccess)
    // The same answer whether or not there is such a user: the page tells nobody who works here.
    return (
      <Frame
        title={t('entrance.reset-sent')}
        lead={t('entrance.reset-sent-help', { email: form.getValues().email.trim() })}
      >
        <div className={classes['form']}>
          <a href="/sign-in">{t('entrance.back')}</a>
        </div>
      </Frame>
    );
  return (
    <Frame title={t('entrance.forgotten')} lead={t('entrance.forgotten-help')}>
      <form
        className={classes['form']}
        noValidate
        onSubmit={form.onSubmit((values) => request.mutate(values))}
      >
        <Field
          label={t('entrance.email')}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <FormFault error={request.error} />
        <Button type="submit" size="md" loading={request.isPending}>
          {t('entrance.reset-send')}
        </Button>
        <a href="/sign-in">{t('entrance.back')}</a>
      </form>
    </Frame>
  );
}
