import { Group, Stack } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api.ts';
import { useInWords } from '../clauses.ts';
import { Act, FormFault, parseClause, showDone, SidePanel } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { doneSchema, type Roster, type RosterPerson } from './people-answers.ts';
import classes from './people.module.css';
import { monthName } from './person-panel.tsx';
import { StateBadge } from './roster-state.tsx';

interface PanelProps {
  row: RosterPerson;
  roster: Roster;
  close: () => void;
}

/** Each condition in the procedure's words, met or not, and the figures it looked at. */
export function PlacePanel({ row, roster, close }: PanelProps): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const figures = useFigures();
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
  const inWords = useInWords(judged?.clauses.map(({ clause }) => clause) ?? []);
  const behind = (clause: string): string => {
    if (judged === null) return '';
    const { figures: f, figuresOf } = judged;
    const month = monthName(figures, figuresOf);
    switch (parseClause(clause)?.clause ?? '') {
      case 'P1':
        return place?.late === true ? t('administration.roster.late') : t('administration.roster.in-time');
      case 'P2':
        return t('administration.roster.sales', { sales: figures.number(f.sales), month });
      case 'P3':
        return t('administration.roster.conversion', {
          conversion: f.conversion === null ? '—' : figures.percent(f.conversion),
          closings: figures.number(f.closings),
          leads: figures.number(f.leads),
          month,
        });
      case 'P6':
        return t(`administration.grade.${judged.grade}`);
      case 'P7':
        return [
          t(judged.internal ? 'administration.roster.internal' : 'administration.roster.not-internal'),
          t(`administration.documents.${judged.documents}`),
          t(judged.signed ? 'administration.roster.signed' : 'administration.roster.not-signed'),
        ].join(' · ');
      default:
        return '';
    }
  };
  const mayConfirm =
    roster.mayEnter && place !== null && place.confirmedAt === null && place.decision !== 'excluded';
  return (
    <SidePanel title={row.name} label={row.name} close={close}>
      <Stack gap="md">
        <Group gap="xs" justify="space-between">
          <StateBadge row={row} />
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
        {judged === null ? null : (
          <ul className={classes['conditions']} aria-label={t('administration.col.conditions')}>
            {judged.clauses.map(({ clause, holds }) => {
              const Mark = holds ? IconCheck : IconX;
              const words = inWords?.(clause);
              return (
                <li key={clause} data-holds={holds}>
                  <Mark
                    size={18}
                    aria-label={t(holds ? 'administration.roster.met' : 'administration.roster.failing')}
                  />
                  <div>
                    <strong>{words?.name ?? parseClause(clause)?.clause ?? clause}</strong>
                    <p>{words?.text}</p>
                    <span>{behind(clause)}</span>
                  </div>
                </li>
              );
            })}
          </ul>
        )}
        {place?.decision == null ? (
          <p className={classes['help']}>{t('administration.roster.not-decided')}</p>
        ) : null}
      </Stack>
    </SidePanel>
  );
}
