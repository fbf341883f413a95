import { Alert, Button, CopyButton, Group, Stack } from '@mantine/core';
import { IconCheck, IconCopy, IconDoorExit } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { Act, Facts, Field, FormFault, offerUndo, Phone, showFault, SidePanel, When } from '../kit/index.ts';
import { useFigures, useMay, useSession } from '../session.ts';
import { useWords } from '../words.ts';
import { roleText } from './floor-words.ts';
import { doneSchema, invitedSchema, type Results, type Staff, type StaffPerson } from './people-answers.ts';
import classes from './people.module.css';
import { AccessBadge, DutyBadge } from './people.tsx';
import { PersonForm } from './person-form.tsx';
import { useMarking } from './turn.tsx';

interface AddProps {
  staff: Staff;
  close: () => void;
  added: (person: string) => void;
}

export function AddPanel({ staff, close, added }: AddProps): ReactNode {
  const t = useWords();
  return (
    <SidePanel title={t('administration.people.add')} label={t('administration.people.add')} close={close}>
      <PersonForm staff={staff} saved={added} cancel={close} />
    </SidePanel>
  );
}

interface Props {
  person: StaffPerson;
  staff: Staff;
  close: () => void;
}

/** One person: who they are, how they get in, their figures, and what can be done. */
export function PersonPanel({ person, staff, close }: Props): ReactNode {
  const t = useWords();
  const may = useMay('people.manage');
  const [editing, setEditing] = useState(false);
  const mark = useMarking();
  const here = may && person.leftAt === null;
  return (
    <SidePanel title={person.name} label={person.name} close={close}>
      {editing ? (
        <PersonForm
          staff={staff}
          person={person}
          saved={() => setEditing(false)}
          cancel={() => setEditing(false)}
        />
      ) : (
        <Stack gap="md">
          <AboutPerson person={person} />
          {here ? (
            <Group gap="xs">
              <Act
                keys="e"
                size="compact-sm"
                variant="light"
                label={t('administration.person.edit')}
                run={() => setEditing(true)}
              />
              <Act
                keys="u"
                size="compact-sm"
                variant="default"
                label={t(
                  person.absent ? 'administration.turn.mark-present' : 'administration.person.mark-absent',
                )}
                run={() => mark(person.id, person.name, !person.absent)}
              />
            </Group>
          ) : null}
          {here ? <Entrance person={person} /> : null}
          <Months person={person} month={staff.month} may={here} />
          {here ? <Leaving person={person} close={close} /> : null}
        </Stack>
      )}
    </SidePanel>
  );
}

function AboutPerson({ person }: { person: StaffPerson }): ReactNode {
  const t = useWords();
  return (
    <Facts>
      <dt>{t('administration.col.role')}</dt>
      <dd>{[roleText(t, person.role), person.zone].filter((part) => part !== null).join(' · ')}</dd>
      <dt>{t('administration.person.reports-to')}</dt>
      <dd>{person.reportsToName ?? '—'}</dd>
      <dt>{t('administration.col.duty')}</dt>
      <dd>
        <DutyBadge person={person} />
      </dd>
      <dt>{t('administration.person.email')}</dt>
      <dd>{person.email ?? '—'}</dd>
      <dt>{t('administration.person.phone')}</dt>
      <dd>{person.phone === null ? '—' : <Phone number={person.phone} />}</dd>
      <dt>{t('administration.col.extension')}</dt>
      <dd>{person.extension ?? '—'}</dd>
      <dt>{t('administration.person.documents')}</dt>
      <dd>{t(`administration.documents.${person.documents}`)}</dd>
      <dt>{t('administration.person.grade')}</dt>
      <dd>{t(`administration.grade.${person.grade}`)}</dd>
      <dt>{t('administration.person.internal')}</dt>
      <dd>{t(person.internal ? 'administration.yes' : 'administration.no')}</dd>
      <dt>{t('administration.person.signed')}</dt>
      <dd>{t(person.signed ? 'administration.yes' : 'administration.no')}</dd>
      {person.leftAt === null ? null : (
        <>
          <dt>{t('administration.person.left')}</dt>
          <dd>
            <When at={person.leftAt} as="moment" />
          </dd>
        </>
      )}
    </Facts>
  );
}

function Link({ link }: { link: string }): ReactNode {
  const t = useWords();
  return (
    <>
      <code>{link}</code>
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          >
            {t(copied ? 'administration.access.copied' : 'administration.access.copy')}
          </Button>
        )}
      </CopyButton>
    </>
  );
}

/** How they get in: by a link that was mailed; where mail did not take it, it is shown, so that nobody is shut out. */
function Entrance({ person }: { person: StaffPerson }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const figures = useFigures();
  const inviting = useMutation({
    mutationFn: () => ask('/api/invitations', invitedSchema, { method: 'POST', body: { person: person.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['staff'] }),
  });
  const invited = inviting.data;
  return (
    <section className={classes['part']}>
      <h3>{t('administration.col.access')}</h3>
      <Group gap="xs" justify="space-between">
        <AccessBadge person={person} />
        {person.access?.state === 'in' ? null : (
          <Act
            keys="i"
            size="compact-sm"
            variant="light"
            label={t(
              person.access === null ? 'administration.access.invite' : 'administration.access.invite-again',
            )}
            disabled={person.email === null || inviting.isPending}
            run={() => inviting.mutate()}
          />
        )}
      </Group>
      {person.email === null ? (
        <p className={classes['help']}>{t('administration.access.needs-email')}</p>
      ) : null}
      <FormFault error={inviting.error} />
      {invited === undefined ? null : (
        <div className={classes['link']} role="status">
          <p className={classes['help']}>
            {t(invited.link === null ? 'administration.access.mailed' : 'administration.access.link-help', {
              email: invited.email,
              until: figures.date(invited.expiresAt),
            })}
          </p>
          {invited.sent === 'not-mailed' ? (
            <p className={classes['help']}>{t('administration.access.not-mailed')}</p>
          ) : null}
          {invited.link === null ? null : <Link link={invited.link} />}
        </div>
      )}
    </section>
  );
}

function Months({ person, month, may }: { person: StaffPerson; month: string; may: boolean }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const last = previous(month);
  const [entering, setEntering] = useState(false);
  const [values, setValues] = useState(person.lastMonth);
  const saving = useMutation({
    mutationFn: () => {
      const { sales, leads, closings } = values;
      return ask(`/api/people/${encodeURIComponent(person.id)}/results`, doneSchema, {
        method: 'POST',
        body: { month: last, sales, leads, closings },
      });
    },
    onSuccess: async () => {
      await Promise.all(
        ['staff', 'roster', 'turn'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
      setEntering(false);
    },
  });
  const row = (label: string, results: Results): ReactNode => (
    <tr>
      <th scope="row">{label}</th>
      <td>{figures.number(results.sales)}</td>
      <td>{figures.number(results.leads)}</td>
      <td>{figures.number(results.closings)}</td>
      <td>{results.conversion === null ? '—' : figures.percent(results.conversion)}</td>
    </tr>
  );
  const entry = (field: 'sales' | 'leads' | 'closings', label: string): ReactNode => (
    <Field
      label={label}
      type="number"
      min={0}
      required
      value={String(values[field])}
      onChange={(event) =>
        setValues({ ...values, [field]: Math.max(0, Math.trunc(Number(event.currentTarget.value))) })
      }
    />
  );
  return (
    <section className={classes['part']}>
      <h3>{t('administration.person.months')}</h3>
      <table className={classes['months']}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('administration.col.sales')}</th>
            <th scope="col">{t('administration.col.leads')}</th>
            <th scope="col">{t('administration.col.closings')}</th>
            <th scope="col">{t('administration.col.conversion')}</th>
          </tr>
        </thead>
        <tbody>
          {row(monthName(figures, month), person.thisMonth)}
          {row(monthName(figures, last), person.lastMonth)}
        </tbody>
      </table>
      {may && !entering ? (
        <Button size="compact-sm" variant="subtle" onClick={() => setEntering(true)}>
          {t('administration.person.enter-figures', { month: monthName(figures, last) })}
        </Button>
      ) : null}
      {entering ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            saving.mutate();
          }}
        >
          <Stack gap="xs">
            <div className={classes['three']}>
              {entry('sales', t('administration.col.sales'))}
              {entry('leads', t('administration.col.leads'))}
              {entry('closings', t('administration.col.closings'))}
            </div>
            <FormFault error={saving.error} />
            <Group justify="flex-end" gap="xs">
              <Button size="compact-sm" variant="default" onClick={() => setEntering(false)}>
                {t('administration.cancel')}
              </Button>
              <Button size="compact-sm" type="submit" loading={saving.isPending}>
                {t('administration.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : null}
    </section>
  );
}

function previous(month: string): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return of === 1 ? `${year - 1}-12` : `${year}-${String(of - 1).padStart(2, '0')}`;
}

/** "2026-11" as people say it: nov 2026. */
export function monthName(figures: ReturnType<typeof useFigures>, month: string): string {
  return figures.day(`${month}-01`).replace(/^\S+\s+/, '');
}

/** Leaving cannot be undone once it is told, so it is told only when the five seconds are over. */
function Leaving({ person, close }: { person: StaffPerson; close: () => void }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const { user } = useSession();
  const [asked, setAsked] = useState(false);
  if (user.person === person.id) return null;
  const leave = (): void => {
    close();
    const send = async (): Promise<void> => {
      try {
        await ask(`/api/people/${encodeURIComponent(person.id)}/leave`, doneSchema, {
          method: 'POST',
          body: {},
        });
      } catch (fault) {
        showFault(fault);
      }
      await client.invalidateQueries({ queryKey: ['staff'] });
    };
    offerUndo({
      text: t('administration.person.leaving-now', { name: person.name }),
      undo: () => undefined,
      done: () => void send(),
    });
  };
  return (
    <section className={classes['part']}>
      {asked ? (
        <Alert
          color="red"
          variant="light"
          icon={<IconDoorExit size={18} aria-hidden />}
          title={t('administration.person.leaves-title', { name: person.name })}
        >
          <Stack gap="xs">
            <span>{t('administration.person.leaves-help')}</span>
            <Group gap="xs">
              <Button size="compact-sm" color="red" onClick={leave}>
                {t('administration.person.leaves')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
                {t('administration.cancel')}
              </Button>
            </Group>
          </Stack>
        </Alert>
      ) : (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          leftSection={<IconDoorExit size={14} aria-hidden />}
          onClick={() => setAsked(true)}
        >
          {t('administration.person.leaves')}
        </Button>
      )}
    </section>
  );
}
