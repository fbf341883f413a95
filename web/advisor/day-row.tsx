import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Phone, When } from '../kit/index.ts';
import { nameOf } from '../leads/acts.tsx';
import type { LeadRow } from '../leads/data.ts';
import { LeadState } from '../leads/lead-state.tsx';
import { useSourceName } from '../leads/source-names.ts';
import { useWords } from '../words.ts';
import classes from './my-day.module.css';

/** One lead of the day in two lines; it opens at the right. */
export function DayRow({
  lead,
  active,
  opened,
  open,
}: {
  lead: LeadRow;
  active: boolean;
  opened: boolean;
  open: (id: string) => void;
}): ReactNode {
  const t = useWords();
  const source = useSourceName();
  const parts: ReactNode[] = [
    source(lead.source),
    <When key="when" at={lead.contactedAt ?? lead.receivedAt} />,
    ...(lead.phone === null ? [] : [<Phone key="phone" number={lead.phone} />]),
    ...(lead.grade === null ? [] : [lead.grade]),
  ];
  return (
    <li id={`lead-${lead.id}`}>
      <UnstyledButton
        className={classes['row']}
        data-active={active}
        data-opened={opened}
        data-lead={lead.id}
        onClick={() => open(lead.id)}
      >
        <span className={classes['name']}>{nameOf(lead)}</span>
        <span className={classes['mark']}>
          <LeadState lead={lead} own />
        </span>
        <span className={classes['about']}>
          {parts.map((part, at) => (
            // The order of the parts never changes.
            <span key={at}>
              {at > 0 ? ' · ' : ''}
              {part}
            </span>
          ))}
        </span>
      </UnstyledButton>
    </li>
  );
}
