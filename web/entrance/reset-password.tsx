import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FormFault } from '../kit/field.tsx';
import { useWords } from '../words.ts';
import { resetPassword } from './doors.ts';
import { Frame } from './frame.tsx';
import classes from './frame.module.css';
import { NewPassword, passwordFault } from './new-password.tsx';

export default function ResetPassword(): ReactNode {
  const t = useWords();
  const search: object = useSearch({ strict: false });
  const token = 'token' in search && typeof search.token === 'string' ? search.token : '';
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (password) => passwordFault(password, t) },
  });
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) => resetPassword(token, password),
  });
  if (token === '')
    return (
      <Frame title={t('entrance.link-old')} lead={t('entrance.link-old-help')}>
        <div className={classes['form']}>
          <a href="/forgotten-password">{t('entrance.reset-again')}</a>
        </div>
      </Frame>
    );
  if (reset.isSuccess)
    return (
      <Frame title={t('entrance.reset-done')} lead={t('entrance.reset-done-help')}>
        <div className={classes['form']}>
          <Button component="a" href="/sign-in" size="md">
            {t('entrance.sign-in')}
          </Button>
        </div>
      </Frame>
    );
  return (
    <Frame title={t('entrance.reset')}>
      <form className={classes['form']} noValidate onSubmit={form.onSubmit((values) => reset.mutate(values))}>
        <NewPassword field={form.getInputProps('password')} />
        <FormFault error={reset.error} />
        <Button type="submit" size="md" loading={reset.isPending}>
          {t('entrance.reset-save')}
        </Button>
      </form>
    </Frame>
  );
}
