import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { ChoiceField, FormFault, showDone } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Roster } from './people-answers.ts';
import classes from './people.module.css';
import { monthName } from './person-panel.tsx';

const enteredSchema = z.object({ month: z.string() });

/** The administrator's list of a month that has begun, or a zone's list for the next. */
export function ListDialog({ roster, close }: { roster: Roster; close: () => void }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const [month, setMonth] = useState(roster.month < roster.current ? roster.current : roster.month);
  const [zone, setZone] = useState('');
  const zones = [...new Set(roster.people.flatMap((each) => each.zone ?? []))].toSorted();
  const candidates = roster.people.filter((each) => zone === '' || each.zone === zone);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        roster.people
          .filter((each) => each.role !== 'manager' || each.place !== null)
          .map(({ person }) => person),
      ),
  );
  const sent = candidates.filter(({ person }) => chosen.has(person)).map(({ person }) => person);
  const entering = useMutation({
    mutationFn: () =>
      ask('/api/roster', enteredSchema, {
        method: 'POST',
        body: { month, zone: zone === '' ? null : zone, advisors: sent },
      }),
    onSuccess: async () => {
      showDone(t('administration.roster.entered', { month: monthName(figures, month) }));
      await Promise.all(
        ['roster', 'turn', 'staff'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
      close();
    },
  });
  const toggle = (person: string): void => {
    const next = new Set(chosen);
    if (!next.delete(person)) next.add(person);
    setChosen(next);
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('administration.roster.enter')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          entering.mutate();
        }}
      >
        <Stack gap="sm">
          <div className={classes['two']}>
            <ChoiceField
              label={t('administration.roster.month')}
              value={month}
              onChange={(event) => setMonth(event.currentTarget.value)}
              data={[roster.current, roster.next].map((value) => ({
                value,
                label: monthName(figures, value),
              }))}
            />
            <ChoiceField
              label={t('administration.col.zone')}
              value={zone}
              onChange={(event) => setZone(event.currentTarget.value)}
              data={[{ value: '', label: t('administration.roster.all-zones') }, ...zones]}
            />
          </div>
          <p className={classes['help']}>
            {t(
              month === roster.current
                ? 'administration.roster.enter-now-help'
                : 'administration.roster.enter-next-help',
            )}
          </p>
          <div className={classes['choose']} role="group" aria-label={t('administration.roster.people')}>
            {candidates.map(({ person, name }) => (
              <Checkbox
                key={person}
                label={name}
                checked={chosen.has(person)}
                onChange={() => toggle(person)}
              />
            ))}
          </div>
          <FormFault error={entering.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('administration.cancel')}
            </Button>
            <Button type="submit" loading={entering.isPending} disabled={sent.length === 0}>
              {t('administration.roster.send', { many: sent.length, count: figures.number(sent.length) })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
