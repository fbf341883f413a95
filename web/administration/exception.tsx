import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { useInWords } from '../clauses.ts';
import { Field, FormFault, LongField, parseClause, showDone, When } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { doneSchema, type Roster, type RosterPerson } from './people-answers.ts';
import classes from './people.module.css';

interface Props {
  row: RosterPerson;
  roster: Roster;
}

/** The direction's signed exception, in sight wherever the roster is; and, for the direction, the form to sign one. */
export function ExceptionPart({ row, roster }: Props): ReactNode {
  const t = useWords();
  const { exceptions } = roster;
  const exception = row.judged?.exception ?? null;
  const excusable = exceptions.clauses.filter((clause) =>
    row.judged?.clauses.some((each) => each.clause === clause && !each.holds && !each.excepted),
  );
  const maySign = exceptions.allowed && exceptions.maySign && row.mayTake;
  if (exception === null && excusable.length === 0) return null;
  return (
    <section className={classes['part']}>
      <h3>{t('administration.exception.title')}</h3>
      {exception === null ? null : <Standing row={row} roster={roster} />}
      {maySign && excusable.length > 0 ? (
        <SignForm key={excusable.join()} row={row} roster={roster} excusable={excusable} />
      ) : null}
      {!maySign && exception === null ? (
        <p className={classes['help']}>
          {t(exceptions.allowed ? 'administration.exception.by-direction' : 'administration.exception.none')}
        </p>
      ) : null}
    </section>
  );
}

function useRosterChange(path: string, done: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => ask(path, doneSchema, { method: 'POST', body }),
    onSuccess: async () => {
      showDone(done);
      await Promise.all(
        ['roster', 'turn', 'staff'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
    },
  });
}

function Standing({ row, roster }: Props): ReactNode {
  const t = useWords();
  const withdrawing = useRosterChange(
    '/api/roster/exceptions/withdrawals',
    t('administration.exception.withdrawn'),
  );
  const exception = row.judged?.exception;
  if (exception == null) return null;
  const mayWithdraw = roster.exceptions.maySign && roster.instants?.decided !== true;
  return (
    <>
      <blockquote className={classes['quote']}>
        {exception.reasons}
        <footer>
          <IconSignature size={14} aria-hidden /> {exception.fullName} · {exception.clauses.join(', ')} ·{' '}
          <When at={exception.signedAt} as="moment" />
        </footer>
      </blockquote>
      <FormFault error={withdrawing.error} />
      {mayWithdraw ? (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          loading={withdrawing.isPending}
          onClick={() => withdrawing.mutate({ month: roster.month, person: row.person })}
        >
          {t('administration.exception.withdraw')}
        </Button>
      ) : null}
    </>
  );
}

function SignForm({ row, roster, excusable }: Props & { excusable: readonly string[] }): ReactNode {
  const t = useWords();
  const inWords = useInWords(excusable);
  const [chosen, setChosen] = useState<readonly string[]>(excusable);
  const [reasons, setReasons] = useState('');
  const [fullName, setFullName] = useState('');
  const signing = useRosterChange(
    '/api/roster/exceptions',
    t('administration.exception.signed', { name: row.name }),
  );
  const clauses = chosen.flatMap((clause) => parseClause(clause)?.clause ?? []);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // What was signed for before stays signed for: one signature holds for all it names.
        const before = row.judged?.exception?.clauses ?? [];
        signing.mutate({
          month: roster.month,
          person: row.person,
          clauses: [...new Set([...before, ...clauses])],
          reasons,
          fullName,
        });
      }}
    >
      <Stack gap="xs">
        <p className={classes['help']}>{t('administration.exception.help')}</p>
        {excusable.map((clause) => (
          <Checkbox
            key={clause}
            label={inWords?.(clause)?.text ?? clause}
            checked={chosen.includes(clause)}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setChosen((now) => (checked ? [...now, clause] : now.filter((each) => each !== clause)));
            }}
          />
        ))}
        <LongField
          label={t('administration.exception.reasons')}
          required
          minLength={10}
          maxLength={1_000}
          value={reasons}
          onChange={(event) => setReasons(event.currentTarget.value)}
        />
        <Field
          label={t('administration.exception.full-name')}
          required
          minLength={5}
          maxLength={120}
          autoComplete="name"
          value={fullName}
          onChange={(event) => setFullName(event.currentTarget.value)}
        />
        <FormFault error={signing.error} />
        <Group justify="flex-end">
          <Button type="submit" size="compact-md" loading={signing.isPending} disabled={clauses.length === 0}>
            {t('administration.exception.sign')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
