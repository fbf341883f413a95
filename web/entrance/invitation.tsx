import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Field, FormFault } from '../kit/field.tsx';
import { ErrorState, RowsShape } from '../kit/states.tsx';
import { ROLES } from '../session.ts';
import { useWords } from '../words.ts';
import { acceptInvitation, readInvitation, signIn, type Invitation } from './doors.ts';
import { Frame } from './frame.tsx';
import classes from './frame.module.css';
import { NewPassword, passwordFault } from './new-password.tsx';

export default function InvitationPage(): ReactNode {
  const t = useWords();
  const params: object = useParams({ strict: false });
  const token = 'token' in params && typeof params.token === 'string' ? params.token : '';
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => readInvitation(token),
    retry: false,
  });
  if (invitation.data) return <Accept token={token} invitation={invitation.data} />;
  return (
    <Frame title={t('entrance.invitation')}>
      {invitation.error ? <ErrorState error={invitation.error} /> : <RowsShape rows={4} />}
    </Frame>
  );
}

function Accept({ token, invitation }: { token: string; invitation: Invitation }): ReactNode {
  const t = useWords();
  const role = ROLES.find((known) => known === invitation.role);
  const form = useForm({
    initialValues: { name: invitation.name, password: '' },
    validate: {
      name: (name) => (name.trim() === '' ? t('entrance.name-missing') : null),
      password: (password) => passwordFault(password, t),
    },
  });
  const accept = useMutation({
    mutationFn: async ({ name, password }: { name: string; password: string }) => {
      await acceptInvitation(token, { name: name.trim(), password });
      // The account stands whatever comes of this: whoever cannot go straight in signs in by hand.
      await signIn(invitation.email, password).catch(() => undefined);
    },
    onSuccess: () => window.location.assign('/'),
  });
  return (
    <Frame
      title={t('entrance.invitation-welcome', { organization: invitation.organization })}
      lead={role ? t('entrance.invitation-role', { role: t(`shell.role.${role}`) }) : undefined}
    >
      <form
        className={classes['form']}
        noValidate
        onSubmit={form.onSubmit((values) => accept.mutate(values))}
      >
        <Field label={t('entrance.email')} value={invitation.email} readOnly autoComplete="username" />
        <Field label={t('entrance.name')} autoComplete="name" {...form.getInputProps('name')} />
        <NewPassword field={form.getInputProps('password')} />
        <FormFault error={accept.error} />
        <Button type="submit" size="md" loading={accept.isPending}>
          {t('entrance.invitation-accept')}
        </Button>
      </form>
    </Frame>
  );
}
