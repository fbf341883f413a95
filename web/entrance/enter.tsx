import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Field, FormFault } from '../kit/field.tsx';
import { ErrorState, RowsShape } from '../kit/states.tsx';
import { useWords } from '../words.ts';
import { enterByLink, readLink, type EntryLink } from './doors.ts';
import { Frame } from './frame.tsx';
import classes from './frame.module.css';
import { NewPassword, passwordFault } from './new-password.tsx';

/** What a one-time link opens: a button, since messengers look at links on their own and would spend it. */
export default function EnterPage(): ReactNode {
  const t = useWords();
  const params: object = useParams({ strict: false });
  const token = 'token' in params && typeof params.token === 'string' ? params.token : '';
  const link = useQuery({ queryKey: ['entry-link', token], queryFn: () => readLink(token), retry: false });
  if (link.data) return <Enter token={token} link={link.data} />;
  return (
    <Frame title={t('entrance.enter')}>
      {link.error ? (
        <>
          <ErrorState error={link.error} />
          <Button component="a" href="/sign-in" variant="default" size="md">
            {t('entrance.enter-sign-in')}
          </Button>
        </>
      ) : (
        <RowsShape rows={3} />
      )}
    </Frame>
  );
}

function Enter({ token, link }: { token: string; link: EntryLink }): ReactNode {
  const t = useWords();
  const isNew = link.needs !== 'nothing';
  const form = useForm({
    initialValues: { email: link.email ?? '', password: '' },
    validate: {
      email: (email) =>
        link.needs === 'email-and-password' && !email.includes('@') ? t('entrance.email-missing') : null,
      password: (password) => (isNew ? passwordFault(password, t) : null),
    },
  });
  const entering = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) =>
      enterByLink(token, {
        ...(link.needs === 'email-and-password' ? { email: email.trim() } : {}),
        ...(isNew ? { password } : {}),
      }),
    onSuccess: () => window.location.assign('/'),
  });
  return (
    <Frame
      title={t('entrance.enter-hello', { name: link.name.split(' ')[0] ?? link.name })}
      lead={t(isNew ? 'entrance.enter-new' : 'entrance.enter-lead', { organization: link.organization })}
    >
      <form
        className={classes['form']}
        noValidate
        onSubmit={form.onSubmit((values) => entering.mutate(values))}
      >
        {isNew ? (
          <>
            <Field
              label={t('entrance.email')}
              type="email"
              autoComplete="username"
              readOnly={link.needs === 'password'}
              {...form.getInputProps('email')}
            />
            <NewPassword field={form.getInputProps('password')} />
          </>
        ) : null}
        <FormFault error={entering.error} />
        <Button type="submit" size="md" loading={entering.isPending}>
          {t('entrance.enter')}
        </Button>
      </form>
    </Frame>
  );
}
