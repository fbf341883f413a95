import { Button, Checkbox } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Field, FormFault, SecretField } from '../kit/field.tsx';
import { useWords } from '../words.ts';
import { giveSecondFactor, safeNext, signIn } from './doors.ts';
import { Frame } from './frame.tsx';
import classes from './frame.module.css';

export default function SignIn(): ReactNode {
  const [asksCode, setAsksCode] = useState(false);
  const client = useQueryClient();
  const router = useRouter();
  const next = nextOf(useSearch({ strict: false }));
  const enter = (): void => {
    client.clear();
    router.history.push(safeNext(next));
  };
  return asksCode ? (
    <SecondFactor enter={enter} back={() => setAsksCode(false)} />
  ) : (
    <Password enter={enter} askCode={() => setAsksCode(true)} />
  );
}

function nextOf(search: object): string | undefined {
  return 'next' in search && typeof search.next === 'string' ? search.next : undefined;
}

function Password({ enter, askCode }: { enter: () => void; askCode: () => void }): ReactNode {
  const t = useWords();
  const router = useRouter();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (/^\S+@\S+$/.test(email.trim()) ? null : t('entrance.email-missing')),
      password: (password) => (password === '' ? t('entrance.password-missing') : null),
    },
  });
  const door = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email.trim(), password),
    onSuccess: ({ secondFactor }) => (secondFactor ? askCode() : enter()),
  });
  return (
    <Frame title={t('entrance.sign-in')}>
      <form className={classes['form']} noValidate onSubmit={form.onSubmit((values) => door.mutate(values))}>
        <Field
          label={t('entrance.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          autoFocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <SecretField
          label={t('entrance.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('entrance.password-show') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <FormFault error={door.error} />
        <Button type="submit" size="md" loading={door.isPending}>
          {t('entrance.enter')}
        </Button>
        <a
          href="/forgotten-password"
          onClick={(event) => {
            event.preventDefault();
            router.history.push('/forgotten-password');
          }}
        >
          {t('entrance.forgotten')}
        </a>
      </form>
    </Frame>
  );
}

function SecondFactor({ enter, back }: { enter: () => void; back: () => void }): ReactNode {
  const t = useWords();
  const form = useForm({
    initialValues: { code: '', trust: false },
    validate: { code: (code) => (code.trim().length < 6 ? t('entrance.code-missing') : null) },
  });
  const door = useMutation({
    mutationFn: ({ code, trust }: { code: string; trust: boolean }) => giveSecondFactor(code, trust),
    onSuccess: enter,
  });
  return (
    <Frame title={t('entrance.second-factor')} lead={t('entrance.second-factor-help')}>
      <form className={classes['form']} noValidate onSubmit={form.onSubmit((values) => door.mutate(values))}>
        <Field
          label={t('entrance.code')}
          description={t('entrance.code-help')}
          autoComplete="one-time-code"
          inputMode="text"
          autoFocus
          {...form.getInputProps('code')}
        />
        <Checkbox label={t('entrance.trust')} {...form.getInputProps('trust', { type: 'checkbox' })} />
        <FormFault error={door.error} />
        <Button type="submit" size="md" loading={door.isPending}>
          {t('entrance.enter')}
        </Button>
        <Button variant="subtle" onClick={back}>
          {t('entrance.other-user')}
        </Button>
      </form>
    </Frame>
  );
}
