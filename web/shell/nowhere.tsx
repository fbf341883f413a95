/** Rooms without a screen: no such page, and a page this person may not open. */
import { Button } from '@mantine/core';
import { IconLock, IconMapQuestion } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyState } from '../kit/states.tsx';
import type { Screen } from '../seat.ts';
import { useSession } from '../session.ts';
import { useWords } from '../words.ts';

export function NotFound(): ReactNode {
  const t = useWords();
  return (
    <EmptyState level={1} icon={IconMapQuestion} title={t('shell.not-found.title')} action={<HomeButton />}>
      {t('shell.not-found.help')}
    </EmptyState>
  );
}

/** Says what it would take and who has it. */
export function NoPermission({ screen }: { screen: Screen }): ReactNode {
  const t = useWords();
  const { user } = useSession();
  const who = (screen.roles ?? []).map((role) => t(`shell.role.${role}`));
  return (
    <EmptyState level={1} icon={IconLock} title={t('shell.no-permission.title')} action={<HomeButton />}>
      {t('shell.no-permission.why', { role: t(`shell.role.${user.role}`) })}{' '}
      {who.length > 0
        ? t('shell.no-permission.who', { roles: who.join(', ') })
        : t('shell.no-permission.ask')}
    </EmptyState>
  );
}

function HomeButton(): ReactNode {
  const t = useWords();
  const router = useRouter();
  return (
    <Button variant="light" onClick={() => void router.navigate({ to: '/' })}>
      {t('shell.home')}
    </Button>
  );
}
