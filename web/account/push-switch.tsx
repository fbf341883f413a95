import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FormFault } from '../kit/field.tsx';
import { pushState, switchPushOff, switchPushOn } from '../push.ts';
import { useWords } from '../words.ts';

const KEY = ['push'];

/** Notices on this phone, also with the product closed. */
export function PushSwitch(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const { data: state } = useQuery({ queryKey: KEY, queryFn: pushState });
  const turn = useMutation({
    mutationFn: (on: boolean) => (on ? switchPushOn() : switchPushOff()),
    onSuccess: (now) => client.setQueryData(KEY, now),
  });
  if (state === undefined || state === 'unsupported') return null;
  return (
    <>
      <Switch
        checked={state === 'on'}
        disabled={state === 'denied' || turn.isPending}
        onChange={(event) => turn.mutate(event.currentTarget.checked)}
        label={t('account.push')}
        description={t(state === 'denied' ? 'account.push-denied' : 'account.push-help')}
      />
      <FormFault error={turn.error} />
    </>
  );
}
