import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PASSWORD_LETTERS_MIN } from '../entrance/doors.ts';
import { FormFault, SecretField } from '../kit/field.tsx';
import { useWords } from '../words.ts';
import classes from './account.module.css';
import { changePassword } from './sign-in-safety.ts';

export function Password(): ReactNode {
  const t = useWords();
  const form = useForm({
    initialValues: { now: '', next: '' },
    validate: {
      next: (next) =>
        next.length < PASSWORD_LETTERS_MIN
          ? t('account.password-short', { letters: PASSWORD_LETTERS_MIN })
          : null,
    },
  });
  const change = useMutation({
    mutationFn: ({ now, next }: { now: string; next: string }) => changePassword(now, next),
    onSuccess: () => {
      form.reset();
      notifications.show({ message: t('account.password-changed') });
    },
  });
  const show = { 'aria-label': t('account.password-show') };
  return (
    <form className={classes['form']} noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <SecretField
        label={t('account.password-now')}
        autoComplete="current-password"
        visibilityToggleButtonProps={show}
        {...form.getInputProps('now')}
      />
      <SecretField
        label={t('account.password-next')}
        description={t('account.password-help', { letters: PASSWORD_LETTERS_MIN })}
        autoComplete="new-password"
        visibilityToggleButtonProps={show}
        {...form.getInputProps('next')}
      />
      <FormFault error={change.error} />
      <Button type="submit" variant="default" loading={change.isPending}>
        {t('account.password-change')}
      </Button>
    </form>
  );
}
