import { Button } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleDashed,
  IconDoorExit,
  IconKey,
  IconMail,
  IconUserOff,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { folded } from '../figures.ts';
import {
  Act,
  DataTable,
  EmptyState,
  Field,
  ListAndPanel,
  Page,
  StatusBadge,
  type Column,
} from '../kit/index.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import { roleText, whyText } from './floor-words.ts';
import { staffSchema, type StaffPerson } from './people-answers.ts';
import { PeopleTabs } from './people-tabs.tsx';
import classes from './people.module.css';
import { AddPanel, PersonPanel } from './person-panel.tsx';

const NEW = ' new';

/** Personas: the staff, how each stands, and how they get in. */
export default function People(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const may = useMay('people.manage');
  const staff = useQuery({ queryKey: ['staff', 'list'], queryFn: () => ask('/api/people', staffSchema) });
  const [open, setOpen] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [left, setLeft] = useState(false);
  const people = staff.data?.people;
  const shown = useMemo(
    () =>
      people?.filter(
        ({ name, email, extension, leftAt }) =>
          (leftAt !== null) === left &&
          folded([name, email ?? '', extension ?? ''].join(' ')).includes(folded(search)),
      ),
    [people, search, left],
  );
  const columns = useMemo(() => columnsFor(t), [t]);
  const person = people?.find(({ id }) => id === open);
  const gone = people?.filter(({ leftAt }) => leftAt !== null).length ?? 0;
  const close = (): void => setOpen(null);
  const panel =
    staff.data === undefined ? null : open === NEW ? (
      <AddPanel staff={staff.data} close={close} added={setOpen} />
    ) : person === undefined ? null : (
      <PersonPanel key={person.id} person={person} staff={staff.data} close={close} />
    );
  return (
    <Page
      title={t('administration.people.title')}
      shape="full"
      lead={
        people === undefined
          ? undefined
          : t('administration.people.lead', {
              count: figures.number(people.length - gone),
              duty: figures.number(people.filter(({ onDuty }) => onDuty).length),
            })
      }
      actions={
        may ? (
          <Act
            keys="n"
            label={t('administration.people.add')}
            run={() => setOpen(NEW)}
            leftSection={<IconUserPlus size={16} aria-hidden />}
          />
        ) : undefined
      }
    >
      <div className={classes['whole']}>
        <PeopleTabs at="/people" />
        <div className={classes['tools']}>
          <Field
            aria-label={t('administration.people.search')}
            placeholder={t('administration.people.search')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {gone > 0 ? (
            <Button variant={left ? 'light' : 'subtle'} aria-pressed={left} onClick={() => setLeft(!left)}>
              {t('administration.people.gone', { count: figures.number(gone) })}
            </Button>
          ) : null}
        </div>
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('administration.people.title')}
                rows={shown}
                columns={columns}
                rowId={({ id }) => id}
                openId={open ?? undefined}
                onOpen={setOpen}
                error={staff.error}
                retry={() => void staff.refetch()}
                narrow={card}
                empty={
                  search === '' ? (
                    <EmptyState icon={IconUsers} title={t('administration.people.empty')}>
                      {t('administration.people.empty-help')}
                    </EmptyState>
                  ) : (
                    <EmptyState icon={IconUsers} title={t('administration.people.no-match', { search })} />
                  )
                }
              />
            }
            panel={panel}
          />
        </div>
      </div>
    </Page>
  );
}

function columnsFor(t: Say): Column<StaffPerson>[] {
  return [
    { id: 'name', title: t('administration.col.name'), value: ({ name }) => name, width: 9, grow: 2 },
    {
      id: 'role',
      title: t('administration.col.role'),
      value: ({ role }) => roleText(t, role),
      width: 7,
      grow: 1,
    },
    {
      id: 'zone',
      title: t('administration.col.zone'),
      value: ({ zone }) => zone,
      width: 4.5,
      wideOnly: true,
    },
    {
      id: 'manager',
      title: t('administration.col.manager'),
      value: ({ reportsToName }) => reportsToName,
      width: 7,
      grow: 1,
      wideOnly: true,
    },
    {
      id: 'duty',
      title: t('administration.col.duty'),
      value: (person) => dutyWord(t, person),
      cell: (person) => <DutyBadge person={person} />,
      width: 11,
      grow: 1,
    },
    {
      id: 'access',
      title: t('administration.col.access'),
      value: ({ access }) => access?.state ?? '',
      cell: (person) => <AccessBadge person={person} />,
      width: 9,
    },
    {
      id: 'extension',
      title: t('administration.col.extension'),
      value: ({ extension }) => extension,
      width: 4,
      wideOnly: true,
    },
    {
      id: 'leads',
      title: t('administration.col.month-leads'),
      value: ({ thisMonth }) => thisMonth.leads,
      width: 5,
      wideOnly: true,
    },
  ];
}

const HOLDERS = new Set(['advisor', 'kam', 'manager']);

function dutyWord(t: Say, { onDuty, offDuty, role }: StaffPerson): string {
  if (onDuty) return t('administration.give.on-duty');
  return offDuty === null || !HOLDERS.has(role) ? '' : whyText(t, offDuty);
}

export function DutyBadge({ person }: { person: StaffPerson }): ReactNode {
  const t = useWords();
  const word = dutyWord(t, person);
  if (word === '') return '—';
  return (
    <StatusBadge tone={person.onDuty ? 'good' : 'quiet'} icon={person.onDuty ? IconCircleCheck : IconUserOff}>
      {word}
    </StatusBadge>
  );
}

export function AccessBadge({ person: { access, leftAt } }: { person: StaffPerson }): ReactNode {
  const t = useWords();
  if (leftAt !== null)
    return (
      <StatusBadge tone="quiet" icon={IconDoorExit}>
        {t('administration.access.ended')}
      </StatusBadge>
    );
  if (access?.state === 'in')
    return (
      <StatusBadge tone="good" icon={IconKey}>
        {t('administration.access.in')}
      </StatusBadge>
    );
  if (access?.state === 'invited')
    return (
      <StatusBadge tone="soon" icon={IconMail}>
        {t('administration.access.invited')}
      </StatusBadge>
    );
  return (
    <StatusBadge tone="quiet" icon={IconCircleDashed}>
      {t('administration.access.none')}
    </StatusBadge>
  );
}

const card = (person: StaffPerson): ReactNode => <Card person={person} />;

function Card({ person }: { person: StaffPerson }): ReactNode {
  const t = useWords();
  return (
    <div className={classes['card']}>
      <span className={classes['cardLine']}>
        <strong>{person.name}</strong>
        <span>{roleText(t, person.role)}</span>
      </span>
      <span className={classes['cardLine']}>
        <DutyBadge person={person} />
        <AccessBadge person={person} />
      </span>
    </div>
  );
}
