import { Button } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Field, FormFault, SecretField } from '../kit/field.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { sessionQuery } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './account.module.css';
import { QrCode } from './qr-code.tsx';
import {
  beginSecondFactor,
  endSecondFactor,
  proveSecondFactor,
  secretOf,
  type SecondFactorSetUp,
} from './sign-in-safety.ts';

/** Off → password → secret shown, first code proved → on, spare codes shown once → on. */
export function SecondFactor({ on }: { on: boolean }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [spare, setSpare] = useState<string[]>();
  const refresh = (): void => void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  const begin = useMutation({ mutationFn: beginSecondFactor, onSuccess: () => setPassword('') });
  const end = useMutation({
    mutationFn: endSecondFactor,
    onSuccess: () => {
      setPassword('');
      refresh();
    },
  });
  if (spare) return <Spare codes={spare} done={() => setSpare(undefined)} />;
  if (begin.data && !on)
    return (
      <Prove
        setUp={begin.data}
        done={(codes) => {
          setSpare(codes);
          begin.reset();
          refresh();
        }}
      />
    );
  const act = on ? end : begin;
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(password);
      }}
    >
      <div>
        <StatusBadge tone={on ? 'good' : 'soon'} icon={on ? IconShieldCheck : IconShieldOff}>
          {t(on ? 'account.second-factor-on' : 'account.second-factor-off')}
        </StatusBadge>
      </div>
      <p className={classes['soft']}>{t('account.second-factor-help')}</p>
      <SecretField
        label={t('account.password-now')}
        autoComplete="current-password"
        value={password}
        visibilityToggleButtonProps={{ 'aria-label': t('account.password-show') }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <FormFault error={act.error} />
      <Button
        type="submit"
        variant={on ? 'default' : 'filled'}
        disabled={password === ''}
        loading={act.isPending}
      >
        {t(on ? 'account.second-factor-end' : 'account.second-factor-begin')}
      </Button>
    </form>
  );
}

function Prove({ setUp, done }: { setUp: SecondFactorSetUp; done: (spare: string[]) => void }): ReactNode {
  const t = useWords();
  const [code, setCode] = useState('');
  const prove = useMutation({ mutationFn: proveSecondFactor, onSuccess: () => done(setUp.backupCodes) });
  return (
    <ol className={classes['steps']}>
      <li>
        {t('account.second-factor-scan')}
        <QrCode text={setUp.totpURI} label={t('account.second-factor-qr')} />
        <a href={setUp.totpURI}>{t('account.second-factor-link')}</a>
        <span className={classes['soft']}> {t('account.second-factor-secret')}</span>
        <code className={classes['secret']}>{secretOf(setUp.totpURI)}</code>
      </li>
      <li>
        <form
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault();
            prove.mutate(code);
          }}
        >
          <Field
            label={t('account.second-factor-code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <FormFault error={prove.error} />
          <Button type="submit" disabled={code.trim().length < 6} loading={prove.isPending}>
            {t('account.second-factor-prove')}
          </Button>
        </form>
      </li>
    </ol>
  );
}

function Spare({ codes, done }: { codes: string[]; done: () => void }): ReactNode {
  const t = useWords();
  return (
    <div className={classes['form']}>
      <p>{t('account.spare-help')}</p>
      <ul className={classes['spare']}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button onClick={done}>{t('account.spare-done')}</Button>
    </div>
  );
}
