import { Button, Checkbox, Group, Stack } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconFileText,
  IconSignature,
  type Icon,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { roleText } from '../administration/floor-words.ts';
import { PeopleTabs } from '../administration/people-tabs.tsx';
import { ask } from '../api.ts';
import {
  DataTable,
  EmptyState,
  ErrorState,
  Field,
  FormFault,
  Page,
  RowsShape,
  showDone,
  StatusBadge,
  When,
  type Column,
  type Tone,
} from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useLanguage, useWords, type Say, type WordId } from '../words.ts';
import classes from './papers.module.css';
import { readQuery, signaturesQuery, type SignVersion } from './papers-answers.ts';

type State = SignVersion['people'][number]['state'];
const LOOK: Record<State, { tone: Tone; icon: Icon; word: WordId }> = {
  signed: { tone: 'good', icon: IconSignature, word: 'roster.sign.signed' },
  'on-paper': { tone: 'good', icon: IconCheck, word: 'roster.sign.on-paper' },
  overdue: { tone: 'late', icon: IconAlertTriangle, word: 'roster.sign.overdue' },
  missing: { tone: 'soon', icon: IconClock, word: 'roster.sign.missing' },
};

/** Firmas: what one has to read and sign, and, for who answers for others, who is missing. */
export default function SignaturesPage(): ReactNode {
  const t = useWords();
  const signatures = useQuery(signaturesQuery(useLanguage()));
  const [reading, setReading] = useState<string | null>(null);
  const { data } = signatures;
  const read = data?.versions.find((each) => keyOf(each) === reading);
  return (
    <Page
      title={t('roster.sign.title')}
      lead={t('roster.sign.lead')}
      shape={read === undefined ? 'flow' : 'narrow'}
    >
      {read !== undefined ? (
        <Reading version={read} close={() => setReading(null)} />
      ) : (
        <Stack gap="md">
          <PeopleTabs at="/signatures" />
          {data === undefined ? (
            signatures.error ? (
              <ErrorState error={signatures.error} retry={() => void signatures.refetch()} />
            ) : (
              <RowsShape rows={4} />
            )
          ) : data.versions.length === 0 ? (
            <EmptyState icon={IconFileText} title={t('roster.sign.empty')}>
              {t('roster.sign.empty-help')}
            </EmptyState>
          ) : (
            <>
              <Own versions={data.versions} read={setReading} />
              {data.seesOthers ? <Missing versions={data.versions} /> : null}
            </>
          )}
        </Stack>
      )}
    </Page>
  );
}

function keyOf({ procedure, version }: Pick<SignVersion, 'procedure' | 'version'>): string {
  return `${procedure} ${version}`;
}

function SignState({
  state,
  dueAt,
}: {
  state: State;
  dueAt: SignVersion['people'][number]['dueAt'];
}): ReactNode {
  const t = useWords();
  const { tone, icon, word } = LOOK[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word)} {dueAt !== null && state === 'missing' ? <When at={dueAt} as="moment" /> : null}
    </StatusBadge>
  );
}

function Own({
  versions,
  read,
}: {
  versions: readonly SignVersion[];
  read: (key: string) => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return (
    <ul className={classes['versions']}>
      {versions.map((version) => {
        const { mine } = version;
        if (mine === null) return null;
        const waits = mine.state === 'missing' || mine.state === 'overdue';
        return (
          <li key={keyOf(version)}>
            <IconFileText size={20} aria-hidden />
            <div>
              <strong>{version.title}</strong>
              <p className={classes['help']}>
                {t(version.inForce ? 'roster.sign.in-force' : 'roster.sign.coming', {
                  on: figures.day(version.version),
                })}
                {mine.fullName === null || mine.signedAt === null ? null : (
                  <>
                    {' · '}
                    {mine.fullName}, <When at={mine.signedAt} as="moment" />
                  </>
                )}
              </p>
            </div>
            <SignState state={mine.state} dueAt={mine.dueAt} />
            <Button
              size="compact-md"
              variant={waits ? 'filled' : 'default'}
              onClick={() => read(keyOf(version))}
            >
              {t(waits ? 'roster.sign.read-and-sign' : 'roster.sign.read')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

const signedSchema = z.object({ procedure: z.string() });

/** Every clause in the organization's words, then the signature: what was read is what is signed. */
function Reading({ version, close }: { version: SignVersion; close: () => void }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const text = useQuery(readQuery(version.procedure, version.version, useLanguage()));
  const [read, setRead] = useState(false);
  const [fullName, setFullName] = useState('');
  const waits = version.mine?.state === 'missing' || version.mine?.state === 'overdue';
  const signing = useMutation({
    mutationFn: () =>
      ask('/api/signatures', signedSchema, {
        method: 'POST',
        body: { procedure: version.procedure, version: version.version, fullName },
      }),
    onSuccess: async () => {
      showDone(t('roster.sign.was-signed', { title: version.title }));
      await client.invalidateQueries({ queryKey: ['roster'] });
      close();
    },
  });
  if (text.data === undefined)
    return text.error ? <ErrorState error={text.error} retry={() => void text.refetch()} /> : <RowsShape />;
  return (
    <article className={classes['reading']}>
      <header>
        <h2>{text.data.title}</h2>
        <p>{text.data.aim}</p>
        <p className={classes['help']}>{t('roster.sign.version', { on: figures.day(version.version) })}</p>
      </header>
      <ol>
        {text.data.clauses.map(({ id, text: clause, readings }) => (
          <li key={id}>
            <span className={classes['clause']}>{id}</span>
            <div>
              <p>{clause}</p>
              {readings.map(({ question, answer }) => (
                <p key={question} className={classes['help']}>
                  {question} <strong>{answer}</strong>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
      {waits ? (
        <form
          className={classes['sign']}
          onSubmit={(event) => {
            event.preventDefault();
            signing.mutate();
          }}
        >
          <Stack gap="sm">
            <Checkbox
              label={t('roster.sign.i-have-read')}
              checked={read}
              onChange={(event) => setRead(event.currentTarget.checked)}
            />
            <Field
              label={t('roster.sign.full-name')}
              description={t('roster.sign.full-name-help')}
              required
              minLength={5}
              maxLength={120}
              autoComplete="name"
              pattern=".*\S\s+\S.*"
              value={fullName}
              onChange={(event) => setFullName(event.currentTarget.value)}
            />
            <FormFault error={signing.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('roster.sign.later')}
              </Button>
              <Button
                type="submit"
                loading={signing.isPending}
                disabled={!read || !/\S\s+\S/.test(fullName)}
                leftSection={<IconSignature size={18} aria-hidden />}
              >
                {t('roster.sign.sign')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('roster.sign.back')}
          </Button>
        </Group>
      )}
    </article>
  );
}

type Row = SignVersion['people'][number] & {
  readonly procedure: string;
  readonly title: string;
  readonly key: string;
};

/** Who of one's people has not signed what, the overdue first. */
function Missing({ versions }: { versions: readonly SignVersion[] }): ReactNode {
  const t = useWords();
  const [all, setAll] = useState(false);
  const rows: Row[] = versions.flatMap(({ procedure, version, title, people }) =>
    people.map((each) => ({ ...each, procedure, title, key: `${each.person} ${procedure} ${version}` })),
  );
  const waiting = rows.filter(({ state }) => state === 'missing' || state === 'overdue');
  return (
    <section>
      <Group justify="space-between">
        <h2 className={classes['heading']}>
          {waiting.length === 0
            ? t('roster.sign.nobody-missing')
            : t('roster.sign.who-is-missing', { many: waiting.length })}
        </h2>
        <Checkbox
          label={t('roster.sign.show-all')}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      </Group>
      {(all ? rows : waiting).length === 0 ? null : (
        <div className={classes['table']}>
          <DataTable
            key={String(all)}
            label={t('roster.sign.who')}
            rows={all ? rows : waiting}
            columns={columnsFor(t)}
            rowId={({ key }) => key}
            empty={null}
            sortedBy={{ id: 'state', desc: false }}
            tone={({ state }) => (state === 'overdue' ? 'late' : undefined)}
          />
        </div>
      )}
    </section>
  );
}

const RANK: Record<State, number> = { overdue: 0, missing: 1, signed: 2, 'on-paper': 3 };

function columnsFor(t: Say): Column<Row>[] {
  return [
    { id: 'name', title: t('administration.col.name'), value: ({ name }) => name, width: 9, grow: 2 },
    {
      id: 'role',
      title: t('administration.col.role'),
      value: ({ role }) => roleText(t, role),
      width: 9,
      wideOnly: true,
    },
    { id: 'zone', title: t('administration.col.zone'), value: ({ zone }) => zone, width: 6, wideOnly: true },
    { id: 'title', title: t('roster.sign.procedure'), value: ({ title }) => title, width: 11, grow: 2 },
    {
      id: 'state',
      title: t('administration.col.state'),
      value: ({ state }) => RANK[state],
      cell: ({ state, dueAt }) => <SignState state={state} dueAt={dueAt} />,
      align: 'left',
      width: 15,
      grow: 1,
    },
  ];
}
