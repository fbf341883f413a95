import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { Page } from '../kit/index.ts';
import { useLanguage, useWords } from '../words.ts';
import { caseQuery } from './answers.ts';
import { CaseView } from './case-view.tsx';

const address = z.object({ claim: z.string() });

export default function CasePage(): ReactNode {
  const t = useWords();
  const { claim } = address.parse(useParams({ strict: false }));
  const { data } = useQuery(caseQuery(claim, useLanguage()));
  const names = data?.people ?? {};
  const holder = data === undefined ? null : (data.claim.holder ?? data.claim.leadHolder);
  return (
    <Page
      title={data?.claim.name ?? t('control.case.title')}
      lead={
        data === undefined
          ? undefined
          : t('control.versus', {
              requester: names[data.claim.requester] ?? data.claim.requester,
              holder: holder === null ? '—' : (names[holder] ?? holder),
            })
      }
    >
      <CaseView key={claim} id={claim} wide />
    </Page>
  );
}
