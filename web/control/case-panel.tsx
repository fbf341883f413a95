import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { IconArrowsMaximize } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { SidePanel } from '../kit/index.ts';
import { useLanguage, useWords } from '../words.ts';
import { caseQuery } from './answers.ts';
import { CaseView } from './case-view.tsx';

/** One claim beside the list it was opened from. */
export function CasePanel({ claim, close }: { claim: string; close: () => void }): ReactNode {
  const t = useWords();
  const router = useRouter();
  const { data } = useQuery(caseQuery(claim, useLanguage()));
  const title = data?.claim.name ?? t('control.case.title');
  return (
    <SidePanel
      title={title}
      label={title}
      close={close}
      actions={
        <ActionIcon
          aria-label={t('control.case.open-page')}
          onClick={() => void router.navigate({ to: `/claims/${encodeURIComponent(claim)}` })}
        >
          <IconArrowsMaximize size={17} />
        </ActionIcon>
      }
    >
      <CaseView id={claim} />
    </SidePanel>
  );
}
