import { Button, Group, NumberInput, Stack } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { PaperBadge } from '../administration/signals.tsx';
import { ask, askWithFile } from '../api.ts';
import { ChoiceField, Field, FormFault, showDone, SidePanel, When } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './papers.module.css';
import { fileQuery, type DocumentRow, type FilePerson, type Papers } from './papers-answers.ts';
import { doneSchema } from './shifts-answers.ts';

interface Props {
  row: FilePerson;
  papers: Papers;
  close: () => void;
}

/** One person's file: each paper asked for with its scan, the exams, what was there before. */
export function FilePanel({ row, papers, close }: Props): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const file = useQuery(fileQuery(row.person));
  const documents = file.data?.documents ?? [];
  return (
    <SidePanel title={row.name} label={row.name} close={close}>
      <Stack gap="md">
        {row.papers.map((paper) => (
          <section key={paper.kind} className={classes['paper']}>
            <Group justify="space-between" gap="xs">
              <h3>{paper.name}</h3>
              <PaperBadge {...paper} />
            </Group>
            {documents
              .filter(({ kind, withdrawnAt }) => kind === paper.kind && withdrawnAt === null)
              .map((document, place) => (
                <Filed key={document.id} document={document} mayManage={papers.mayManage && place === 0} />
              ))}
            {papers.mayManage ? (
              <Upload
                person={row.person}
                kind={paper.kind}
                expires={papers.kinds.find(({ id }) => id === paper.kind)?.expires ?? true}
                today={papers.today}
              />
            ) : null}
          </section>
        ))}
        {papers.exams.length === 0 ? null : (
          <section className={classes['paper']}>
            <h3>{t('roster.papers.exams')}</h3>
            <ul className={classes['results']}>
              {(file.data?.results ?? []).map(({ id, exam, mark, passingMark, passed, takenOn }) => (
                <li key={id}>
                  <span>{papers.exams.find((each) => each.id === exam)?.name ?? exam}</span>
                  <span>{figures.day(takenOn)}</span>
                  <strong data-passed={passed}>
                    {t(passed ? 'roster.exam.passed' : 'roster.exam.failed', {
                      mark: figures.number(mark),
                      passing: figures.number(passingMark),
                    })}
                  </strong>
                </li>
              ))}
            </ul>
            {papers.mayManage ? <ResultForm person={row.person} papers={papers} /> : null}
          </section>
        )}
        {row.papers.length + papers.exams.length === 0 ? (
          <p className={classes['help']}>{t('roster.papers.none-asked')}</p>
        ) : null}
      </Stack>
    </SidePanel>
  );
}

function useFileChange() {
  const client = useQueryClient();
  return async (): Promise<void> => {
    await Promise.all(
      ['roster', 'turn', 'staff'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
    );
  };
}

function Filed({ document, mayManage }: { document: DocumentRow; mayManage: boolean }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const changed = useFileChange();
  const withdrawing = useMutation({
    mutationFn: () =>
      ask(`/api/papers/documents/${document.id}/withdraw`, doneSchema, { method: 'POST', body: {} }),
    onSuccess: changed,
  });
  return (
    <div className={classes['filed']}>
      <a href={`/api/papers/documents/${document.id}`} target="_blank" rel="noreferrer">
        <IconDownload size={14} aria-hidden /> {document.fileName}
      </a>
      <span className={classes['help']}>
        {t('roster.papers.filed')} <When at={document.filedAt} as="moment" />
        {document.expiresOn === null
          ? ''
          : ` · ${t('roster.papers.good-until', { on: figures.day(document.expiresOn) })}`}
        <span title={`SHA-256 ${document.sha256}`}> · {document.sha256.slice(0, 8)}</span>
      </span>
      {mayManage ? (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          loading={withdrawing.isPending}
          onClick={() => withdrawing.mutate()}
        >
          {t('roster.papers.withdraw')}
        </Button>
      ) : null}
      <FormFault error={withdrawing.error} />
    </div>
  );
}

function Upload({
  person,
  kind,
  expires,
  today,
}: {
  person: string;
  kind: string;
  expires: boolean;
  today: string;
}): ReactNode {
  const t = useWords();
  const changed = useFileChange();
  const input = useRef<HTMLInputElement>(null);
  const [expiresOn, setExpiresOn] = useState('');
  const uploading = useMutation({
    mutationFn: (file: File) => {
      const asked = new URLSearchParams({ kind, name: file.name, ...(expires ? { expiresOn } : {}) });
      return askWithFile(
        `/api/papers/people/${encodeURIComponent(person)}/documents?${asked.toString()}`,
        doneSchema,
        file,
      );
    },
    onSuccess: async () => {
      showDone(t('roster.papers.was-filed'));
      setExpiresOn('');
      await changed();
    },
    onSettled: () => {
      if (input.current !== null) input.current.value = '';
    },
  });
  return (
    <>
      <Group gap="xs" align="flex-end">
        {expires ? (
          <Field
            type="date"
            size="xs"
            label={t('roster.papers.expires-on')}
            min={today}
            value={expiresOn}
            onChange={(event) => setExpiresOn(event.currentTarget.value)}
          />
        ) : null}
        <Button
          size="compact-md"
          variant="light"
          leftSection={<IconUpload size={16} aria-hidden />}
          loading={uploading.isPending}
          disabled={expires && expiresOn === ''}
          onClick={() => input.current?.click()}
        >
          {t('roster.papers.upload')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept="application/pdf,image/jpeg,image/png,image/webp"
          aria-label={t('roster.papers.upload')}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) uploading.mutate(file);
          }}
        />
      </Group>
      <FormFault error={uploading.error} />
    </>
  );
}

function ResultForm({ person, papers }: { person: string; papers: Papers }): ReactNode {
  const t = useWords();
  const changed = useFileChange();
  const [exam, setExam] = useState(papers.exams[0]?.id ?? '');
  const [mark, setMark] = useState<number | string>('');
  const [takenOn, setTakenOn] = useState(papers.today);
  const of = papers.exams.find(({ id }) => id === exam);
  const saving = useMutation({
    mutationFn: () =>
      ask(`/api/papers/people/${encodeURIComponent(person)}/results`, doneSchema, {
        method: 'POST',
        body: { exam, mark: Number(mark), takenOn },
      }),
    onSuccess: async () => {
      setMark('');
      await changed();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <Stack gap="xs">
        <div className={classes['three']}>
          <ChoiceField
            size="xs"
            label={t('roster.papers.exam')}
            value={exam}
            onChange={(event) => setExam(event.currentTarget.value)}
            data={papers.exams.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <NumberInput
            size="xs"
            label={t('roster.exam.mark')}
            required
            min={0}
            max={of?.topMark ?? 100}
            value={mark}
            onChange={setMark}
          />
          <Field
            type="date"
            size="xs"
            label={t('roster.exam.taken-on')}
            max={papers.today}
            value={takenOn}
            onChange={(event) => setTakenOn(event.currentTarget.value)}
          />
        </div>
        <FormFault error={saving.error} />
        <Group justify="flex-end">
          <Button
            size="compact-md"
            type="submit"
            variant="light"
            loading={saving.isPending}
            disabled={mark === ''}
          >
            {t('roster.exam.note')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
