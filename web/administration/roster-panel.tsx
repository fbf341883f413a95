import { Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api.ts';
import { Act, FormFault, showDone, SidePanel, When } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { Conditions } from './conditions.tsx';
import { ExceptionPart } from './exception.tsx';
import { doneSchema, type Roster, type RosterPerson } from './people-answers.ts';
import classes from './people.module.css';
import { StateBadge } from './roster-state.tsx';
import { Signals } from './signals.tsx';

interface PanelProps {
  row: RosterPerson;
  roster: Roster;
  close: () => void;
}

/** Where somebody stands on the list and why: conditions, what else is known, exceptions. */
export function PlacePanel({ row, roster, close }: PanelProps): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const confirming = useMutation({
    mutationFn: () =>
      ask('/api/roster/confirmations', doneSchema, {
        method: 'POST',
        body: { month: roster.month, person: row.person },
      }),
    onSuccess: async () => {
      showDone(t('administration.roster.confirmed-for', { name: row.name }));
      await Promise.all(
        ['roster', 'turn', 'staff'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
    },
  });
  const { judged, place } = row;
  const mayConfirm =
    roster.mayEnter && place !== null && place.confirmedAt === null && place.decision !== 'excluded';
  return (
    <SidePanel title={row.name} label={row.name} close={close}>
      <Stack gap="md">
        <Group gap="xs" justify="space-between">
          {place === null ? <span /> : <StateBadge row={row} />}
          {mayConfirm && !row.active ? (
            <Act
              keys="c"
              size="compact-sm"
              variant="light"
              label={t('administration.roster.confirm-for')}
              run={() => confirming.mutate()}
            />
          ) : null}
        </Group>
        <FormFault error={confirming.error} />
        {place === null ? null : (
          <p className={classes['help']}>
            {t('administration.roster.handed-in-by', { name: row.submittedByName ?? place.submittedBy })}{' '}
            <When at={place.submittedAt} as="moment" />
          </p>
        )}
        {judged === null ? null : <Conditions judged={judged} late={place?.late ?? null} />}
        {judged === null ? null : <Signals judged={judged} />}
        <ExceptionPart row={row} roster={roster} />
        {place?.decision == null ? (
          <p className={classes['help']}>{t('administration.roster.not-decided')}</p>
        ) : null}
      </Stack>
    </SidePanel>
  );
}
