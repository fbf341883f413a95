import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { FormFault, LongField, showDone } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { MoneyMonth } from './answers.ts';
import { useCurrency } from './words-of.ts';

type Waiting = NonNullable<MoneyMonth['waiting']>;

/** Support shares that nobody was there to receive, and the act by which somebody says who has them. */
export function WaitingShare({ month, waiting }: { month: string; waiting: Waiting }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const currency = useCurrency();
  const [open, setOpen] = useState(false);
  const { amount, closings, team, mayName } = waiting;
  return (
    <Alert icon={<IconInfoCircle size={18} aria-hidden />} color="yellow" variant="light">
      <Stack gap="xs" align="flex-start">
        {t('money.unsplit', { amount: figures.money(amount, currency), count: closings })}
        {!mayName ? null : team.length === 0 ? (
          <span>{t('money.unsplit.no-team')}</span>
        ) : open ? (
          <ShareForm month={month} team={team} close={() => setOpen(false)} />
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t('money.unsplit.give')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

const doneSchema = z.object({ closings: z.number() });

function ShareForm({
  month,
  team,
  close,
}: {
  month: string;
  team: Waiting['team'];
  close: () => void;
}): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [people, setPeople] = useState(() => team.map(({ id }) => id));
  const [reasons, setReasons] = useState('');
  const giving = useMutation({
    mutationFn: () =>
      ask('/api/money/support', doneSchema, { method: 'POST', body: { month, people, reasons } }),
    onSuccess: async ({ closings }) => {
      showDone(t('money.unsplit.done', { count: closings }));
      await client.invalidateQueries({ queryKey: ['money'] });
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        giving.mutate();
      }}
    >
      <Stack gap="sm">
        <Checkbox.Group
          label={t('money.unsplit.who')}
          description={t('money.unsplit.who-help')}
          value={people}
          onChange={setPeople}
        >
          <Group gap="md" mt="xs">
            {team.map(({ id, name }) => (
              <Checkbox key={id} value={id} label={name} />
            ))}
          </Group>
        </Checkbox.Group>
        <LongField
          label={t('money.act.reasons')}
          description={t('money.act.reasons-help')}
          value={reasons}
          onChange={(event) => setReasons(event.currentTarget.value)}
          required
        />
        <FormFault error={giving.error} />
        <Group gap="xs">
          <Button
            type="submit"
            loading={giving.isPending}
            disabled={people.length === 0 || reasons.trim() === ''}
          >
            {t('money.unsplit.give')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('money.act.leave')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
