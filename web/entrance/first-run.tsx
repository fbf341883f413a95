import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { ChoiceField, faultOf, Field, FormFault } from '../kit/field.tsx';
import { useWords, type Say } from '../words.ts';
import { setUp, signIn, type FirstRun } from './doors.ts';
import { Frame } from './frame.tsx';
import classes from './frame.module.css';
import { NewPassword, passwordFault } from './new-password.tsx';
import { ZONES } from './zones.ts';

const setupSchema = z.object({ needed: z.boolean() });

/** The empty installation: who we are and who runs it; then what next. */
export default function FirstRunPage(): ReactNode {
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: () => ask('/api/setup', setupSchema),
    staleTime: Infinity,
  });
  const start = useMutation({
    mutationFn: async (values: FirstRun) => {
      await setUp(values);
      await signIn(values.administrator.email, values.administrator.password).catch(() => undefined);
    },
  });
  if (setup.data?.needed === false) return <Navigate to="/" />;
  return start.isSuccess ? (
    <WhatNext />
  ) : (
    <FirstRunForm fault={start.error} busy={start.isPending} start={start.mutate} />
  );
}

interface Filled {
  name: string;
  country: 'MX' | 'CO';
  zone: string;
  person: string;
  email: string;
  password: string;
}

function checks(t: Say): Record<'name' | 'person' | 'email' | 'password', (value: string) => string | null> {
  const given = (value: string): string | null => (value.trim() === '' ? t('entrance.name-missing') : null);
  return {
    name: given,
    person: given,
    email: (email) => (/^\S+@\S+$/.test(email.trim()) ? null : t('entrance.email-missing')),
    password: (password) => passwordFault(password, t),
  };
}

function FirstRunForm({
  fault,
  busy,
  start,
}: {
  fault: Error | null;
  busy: boolean;
  start: (values: FirstRun) => void;
}): ReactNode {
  const t = useWords();
  const initialValues: Filled = {
    name: '',
    country: 'MX',
    zone: 'America/Mexico_City',
    person: '',
    email: '',
    password: '',
  };
  const form = useForm<Filled>({ initialValues, validate: checks(t) });
  const { country } = form.values;
  const submit = (filled: Filled): void =>
    start({
      organization: { name: filled.name.trim(), country: filled.country, zone: filled.zone },
      administrator: { name: filled.person.trim(), email: filled.email.trim(), password: filled.password },
    });
  return (
    <Frame wide title={t('entrance.first-run')} lead={t('entrance.first-run-help')}>
      <form className={classes['form']} noValidate onSubmit={form.onSubmit(submit)}>
        <fieldset className={classes['group']}>
          <legend>{t('entrance.organization')}</legend>
          <Field
            label={t('entrance.organization-name')}
            autoComplete="organization"
            autoFocus
            {...form.getInputProps('name')}
            error={form.errors['name'] ?? faultOf(fault, 'organization.name')}
          />
          <div className={classes['pair']}>
            <ChoiceField
              label={t('entrance.country')}
              description={t('entrance.country-help')}
              value={country}
              data={[
                { value: 'MX', label: t('entrance.country.MX') },
                { value: 'CO', label: t('entrance.country.CO') },
              ]}
              onChange={(event) => {
                const chosen = event.currentTarget.value === 'CO' ? 'CO' : 'MX';
                form.setValues({ country: chosen, zone: ZONES[chosen][0]?.zone ?? '' });
              }}
            />
            <ChoiceField
              label={t('entrance.zone')}
              description={t('entrance.zone-help')}
              data={ZONES[country].map(({ zone, word }) => ({ value: zone, label: t(word) }))}
              {...form.getInputProps('zone')}
            />
          </div>
        </fieldset>
        <fieldset className={classes['group']}>
          <legend>{t('entrance.administrator')}</legend>
          <div className={classes['pair']}>
            <Field label={t('entrance.name')} autoComplete="name" {...form.getInputProps('person')} />
            <Field
              label={t('entrance.email')}
              type="email"
              autoComplete="username"
              {...form.getInputProps('email')}
              error={form.errors['email'] ?? faultOf(fault, 'administrator.email')}
            />
          </div>
          <NewPassword field={form.getInputProps('password')} />
        </fieldset>
        <FormFault error={fault} />
        <Button type="submit" size="md" loading={busy}>
          {t('entrance.first-run-start')}
        </Button>
      </form>
    </Frame>
  );
}

function WhatNext(): ReactNode {
  const t = useWords();
  return (
    <Frame wide title={t('entrance.next')} lead={t('entrance.next-help')}>
      <ol className={classes['steps']}>
        <li>{t('entrance.next.second-factor')}</li>
        <li>{t('entrance.next.people')}</li>
        <li>{t('entrance.next.sources')}</li>
        <li>{t('entrance.next.procedures')}</li>
      </ol>
      <Button component="a" href="/" size="md">
        {t('entrance.next-go')}
      </Button>
    </Frame>
  );
}
