import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleCheck,
  IconCircleDashed,
  IconClipboardList,
  IconClock,
  IconUserOff,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { useClauses } from '../clauses.ts';
import {
  Act,
  ChoiceField,
  DataTable,
  EmptyState,
  FormFault,
  ListAndPanel,
  Page,
  parseClause,
  SidePanel,
  StatusBadge,
  When,
  type Column,
  type Tone,
  showDone,
} from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say, type WordId } from '../words.ts';
import { roleText } from './floor-words.ts';
import { doneSchema, rosterSchema, type Roster, type RosterPerson } from './people-answers.ts';
import { PeopleTabs } from './people-tabs.tsx';
import classes from './people.module.css';
import { monthName } from './person-panel.tsx';
import { z } from 'zod';

/** Rol de guardias: a month's list, each condition met or not with its figures, confirmed and active. */
export default function RosterPage(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const [month, setMonth] = useState<string>();
  const roster = useQuery({
    queryKey: ['roster', month ?? 'current'],
    queryFn: () => ask(month === undefined ? '/api/roster' : `/api/roster?month=${month}`, rosterSchema),
    placeholderData: (before) => before,
  });
  const { data } = roster;
  const [open, setOpen] = useState<string | null>(null);
  const [entering, setEntering] = useState(false);
  const columns = useMemo(() => columnsFor(t), [t]);
  const row = data?.people.find(({ person }) => person === open);
  const rows = useMemo(() => data?.people.filter(({ place }) => place !== null), [data]);
  const months = data === undefined ? [] : [before(data.current), data.current, data.next];
  return (
    <Page
      title={t('administration.roster.title')}
      shape="full"
      lead={t('administration.roster.lead')}
      actions={
        data?.mayEnter ? (
          <Act
            keys="n"
            label={t('administration.roster.enter')}
            run={() => setEntering(true)}
            leftSection={<IconClipboardList size={16} aria-hidden />}
          />
        ) : undefined
      }
    >
      <div className={classes['whole']}>
        <PeopleTabs at="/roster" />
        <div className={classes['tools']}>
          <div className={classes['months2']} role="group" aria-label={t('administration.roster.month')}>
            {months.map((each) => (
              <Button
                key={each}
                size="compact-sm"
                variant={each === data?.month ? 'light' : 'subtle'}
                aria-pressed={each === data?.month}
                onClick={() => setMonth(each)}
              >
                {monthName(figures, each)}
              </Button>
            ))}
          </div>
          {data ? <Instants roster={data} /> : null}
        </div>
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('administration.roster.title')}
                rows={rows}
                columns={columns}
                rowId={({ person }) => person}
                openId={open ?? undefined}
                onOpen={setOpen}
                error={roster.error}
                retry={() => void roster.refetch()}
                empty={
                  <EmptyState
                    icon={IconClipboardList}
                    title={t('administration.roster.empty', {
                      month: data === undefined ? '' : monthName(figures, data.month),
                    })}
                  >
                    {t('administration.roster.empty-help')}
                  </EmptyState>
                }
              />
            }
            panel={
              row === undefined || data === undefined ? null : (
                <PlacePanel row={row} roster={data} close={() => setOpen(null)} />
              )
            }
          />
        </div>
      </div>
      {entering && data ? <ListDialog roster={data} close={() => setEntering(false)} /> : null}
    </Page>
  );
}

function before(month: string): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return of === 1 ? `${year - 1}-12` : `${year}-${String(of - 1).padStart(2, '0')}`;
}

/** The month's own dates: handed in by, decided, confirmed by; and the zones that lost it. */
function Instants({ roster: { instants } }: { roster: Roster }): ReactNode {
  const t = useWords();
  if (instants === null) return null;
  return (
    <p className={classes['state']}>
      {instants.dueAt === null ? null : (
        <span>
          {t('administration.roster.due')} <When at={instants.dueAt} as="moment" />
        </span>
      )}
      <span>
        {t(instants.decided ? 'administration.roster.decided' : 'administration.roster.decides')}{' '}
        <When at={instants.beginsAt} as="moment" />
      </span>
      {instants.confirmBy === null ? null : (
        <span>
          {t('administration.roster.confirm-by')} <When at={instants.confirmBy} as="moment" />
        </span>
      )}
      {instants.forfeited.length > 0 ? (
        <StatusBadge tone="late" icon={IconAlertTriangle}>
          {t('administration.roster.forfeited', { zones: instants.forfeited.join(', ') })}
        </StatusBadge>
      ) : null}
    </p>
  );
}

type State = 'active' | 'removed' | 'unconfirmed' | 'included' | 'excluded' | 'proposed';
const LOOK: Record<State, { tone: Tone; icon: Icon; word: WordId }> = {
  active: { tone: 'good', icon: IconCircleCheck, word: 'administration.roster.active' },
  removed: { tone: 'late', icon: IconUserOff, word: 'administration.roster.removed' },
  unconfirmed: { tone: 'soon', icon: IconClock, word: 'administration.roster.unconfirmed' },
  included: { tone: 'busy', icon: IconCheck, word: 'administration.roster.included' },
  excluded: { tone: 'late', icon: IconX, word: 'administration.roster.excluded' },
  proposed: { tone: 'quiet', icon: IconCircleDashed, word: 'administration.roster.proposed' },
};

function stateOf({ place, active }: RosterPerson): State {
  if (place?.removedAt != null) return 'removed';
  if (active) return 'active';
  if (place?.decision === 'excluded') return 'excluded';
  if (place?.decision === 'included') return place.sentAt === null ? 'included' : 'unconfirmed';
  return 'proposed';
}

function StateBadge({ row }: { row: RosterPerson }): ReactNode {
  const t = useWords();
  const { tone, icon, word } = LOOK[stateOf(row)];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word)}
    </StatusBadge>
  );
}

function columnsFor(t: Say): Column<RosterPerson>[] {
  return [
    { id: 'name', title: t('administration.col.name'), value: ({ name }) => name, width: 10, grow: 2 },
    {
      id: 'role',
      title: t('administration.col.role'),
      value: ({ role }) => roleText(t, role),
      width: 6,
      grow: 1,
      wideOnly: true,
    },
    {
      id: 'zone',
      title: t('administration.col.zone'),
      value: ({ zone, place }) => place?.zone ?? zone,
      width: 5,
      wideOnly: true,
    },
    {
      id: 'state',
      title: t('administration.col.state'),
      value: (row) => t(LOOK[stateOf(row)].word),
      cell: (row) => <StateBadge row={row} />,
      width: 9,
      grow: 1,
    },
    {
      id: 'conditions',
      title: t('administration.col.conditions'),
      value: ({ judged }) => judged?.clauses.filter(({ holds }) => !holds).length,
      cell: (row) => <Marks row={row} />,
      align: 'left',
      width: 11,
    },
    {
      id: 'sales',
      title: t('administration.col.sales'),
      value: ({ judged }) => judged?.figures.sales,
      width: 5,
      wideOnly: true,
    },
    {
      id: 'conversion',
      title: t('administration.col.conversion'),
      value: ({ judged }) => judged?.figures.conversion,
      cell: ({ judged }) => <Conversion value={judged?.figures.conversion} />,
      align: 'right',
      width: 6,
      wideOnly: true,
    },
    {
      id: 'confirmed',
      title: t('administration.col.confirmed'),
      value: ({ place }) => place?.confirmedAt,
      cell: ({ place }) => (place?.confirmedAt == null ? '—' : <When at={place.confirmedAt} as="moment" />),
      width: 8,
      wideOnly: true,
    },
  ];
}

function Conversion({ value }: { value: number | null | undefined }): ReactNode {
  const figures = useFigures();
  return value == null ? '—' : figures.percent(value);
}

function Marks({ row: { judged } }: { row: RosterPerson }): ReactNode {
  const t = useWords();
  if (judged === null) return '—';
  return (
    <span className={classes['marks']}>
      {judged.clauses.map(({ clause, holds }) => {
        const Mark = holds ? IconCheck : IconX;
        return (
          <span key={clause} className={classes['mark']} data-holds={holds}>
            {parseClause(clause)?.clause ?? clause}
            <Mark
              size={13}
              aria-label={t(holds ? 'administration.roster.met' : 'administration.roster.failing')}
            />
          </span>
        );
      })}
    </span>
  );
}

interface PanelProps {
  row: RosterPerson;
  roster: Roster;
  close: () => void;
}

/** Each condition in the procedure's words, met or not, and the figures it looked at. */
function PlacePanel({ row, roster, close }: PanelProps): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const { clauseText, procedureName } = useClauses();
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
              const parts = parseClause(clause);
              return (
                <li key={clause} data-holds={holds}>
                  <Mark
                    size={18}
                    aria-label={t(holds ? 'administration.roster.met' : 'administration.roster.failing')}
                  />
                  <div>
                    <strong>
                      {parts === undefined
                        ? clause
                        : `${procedureName(parts.procedure) ?? parts.procedure} ${parts.clause}`}
                    </strong>
                    <p>{parts === undefined ? null : clauseText(parts)}</p>
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

const enteredSchema = z.object({ month: z.string() });

/** The administrator's list of a month that has begun, or a zone's list for the next. */
function ListDialog({ roster, close }: { roster: Roster; close: () => void }): ReactNode {
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
