import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { Page } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { nameOf } from './acts.tsx';
import { leadQuery } from './data.ts';
import { LeadView } from './lead-view.tsx';
import { useSourceName } from './source-names.ts';

const address = z.object({ lead: z.string() });

export default function LeadPage(): ReactNode {
  const t = useWords();
  const source = useSourceName();
  const { lead } = address.parse(useParams({ strict: false }));
  const { data } = useQuery(leadQuery(lead));
  return (
    <Page
      title={data === undefined ? t('leads.list.title') : nameOf(data.lead)}
      lead={data === undefined ? undefined : t('leads.day.from', { source: source(data.lead.source) })}
    >
      <LeadView key={lead} id={lead} shape="page" />
    </Page>
  );
}
