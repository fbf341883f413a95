import type { ReactNode } from 'react';
import { SecretField } from '../kit/field.tsx';
import { useWords, type Say } from '../words.ts';
import { PASSWORD_LETTERS_MAX, PASSWORD_LETTERS_MIN } from './doors.ts';

export function passwordFault(password: string, t: Say): string | null {
  if (password.length < PASSWORD_LETTERS_MIN)
    return t('entrance.password-short', { letters: PASSWORD_LETTERS_MIN });
  return password.length > PASSWORD_LETTERS_MAX
    ? t('entrance.password-long', { letters: PASSWORD_LETTERS_MAX })
    : null;
}

/** A password being chosen: seen once rather than typed twice. `field`: Mantine's input props of the form. */
export function NewPassword({ label, field }: { label?: string; field: object }): ReactNode {
  const t = useWords();
  return (
    <SecretField
      label={label ?? t('entrance.password-new')}
      description={t('entrance.password-help', { letters: PASSWORD_LETTERS_MIN })}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': t('entrance.password-show') }}
      {...field}
    />
  );
}
