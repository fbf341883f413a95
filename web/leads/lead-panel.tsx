import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { IconArrowsMaximize } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { SidePanel } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { nameOf } from './acts.tsx';
import { leadQuery } from './data.ts';
import { LeadView } from './lead-view.tsx';

interface Props {
  lead: string;
  close: () => void;
  /** Acts of the list's own seat, below those of every seat. */
  more?: ReactNode;
}

/** One lead beside the list it was opened from. */
export default function LeadPanel({ lead, close, more }: Props): ReactNode {
  const t = useWords();
  const router = useRouter();
  const { data } = useQuery(leadQuery(lead));
  const title = data === undefined ? t('leads.list.title') : nameOf(data.lead);
  return (
    <SidePanel
      title={title}
      label={title}
      close={close}
      actions={
        <ActionIcon
          aria-label={t('leads.list.open-page')}
          onClick={() => void router.navigate({ to: `/leads/${encodeURIComponent(lead)}` })}
        >
          <IconArrowsMaximize size={17} />
        </ActionIcon>
      }
    >
      <LeadView key={lead} id={lead} shape="panel" more={more} />
    </SidePanel>
  );
}
