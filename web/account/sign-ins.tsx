import { Button } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { instant } from '../../src/platform/time.ts';
import { When } from '../kit/figure.tsx';
import { ErrorState, RowsShape } from '../kit/states.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { useWords } from '../words.ts';
import classes from './account.module.css';
import { deviceOf, endSignIn, listSignIns } from './sign-in-safety.ts';

const KEY = ['sign-ins'];

export function SignIns(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: listSignIns });
  const end = useMutation({
    mutationFn: endSignIn,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  if (data === undefined)
    return error ? <ErrorState error={error} retry={() => void refetch()} /> : <RowsShape rows={2} />;
  return (
    <ul className={classes['list']}>
      {data.map((one) => {
        const device = deviceOf(one.userAgent ?? '') || t('account.device-unknown');
        return (
          <li key={one.id}>
            <div>
              <div>{device}</div>
              <div className={classes['soft']}>
                {one.ipAddress ? `${one.ipAddress} · ` : ''}
                {t('account.sign-in-since')} <When at={instant(one.createdAt)} as="moment" />
              </div>
            </div>
            {one.here ? (
              <StatusBadge tone="accent" icon={IconMapPin}>
                {t('account.sign-in-here')}
              </StatusBadge>
            ) : (
              <Button
                variant="default"
                size="xs"
                aria-label={t('account.sign-in-end-of', { device })}
                loading={end.isPending && end.variables === one.token}
                onClick={() => end.mutate(one.token)}
              >
                {t('account.sign-in-end')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
