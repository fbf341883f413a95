import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { ChoiceField, Field, FormFault, When } from '../kit/index.ts';
import { serverNow } from '../server-clock.ts';
import { useWords } from '../words.ts';
import type { Extension, Source, Sources } from './answers.ts';
import classes from './marketing.module.css';

/** Who sits at which extension, from when: a call proves contact for whoever sat there then. */
export function ExtensionMap({ source, people }: { source: Source; people: Sources['people'] }): ReactNode {
  const t = useWords();
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (
    <section className={classes['part']}>
      <h3>{t('marketing.extensions')}</h3>
      <p className={classes['help']}>{t('marketing.extensions-help')}</p>
      {source.extensions.length === 0 ? null : (
        <table className={classes['table']}>
          <thead>
            <tr>
              <th>{t('marketing.extension')}</th>
              <th>{t('marketing.person')}</th>
              <th>{t('marketing.since')}</th>
              <th aria-label={t('marketing.end')} />
            </tr>
          </thead>
          <tbody>
            {source.extensions.map((each) => (
              <Line
                key={each.id}
                of={each}
                source={source.key}
                name={names.get(each.person) ?? each.person}
              />
            ))}
          </tbody>
        </table>
      )}
      <Add source={source.key} people={people} />
    </section>
  );
}

function Line({ of, source, name }: { of: Extension; source: string; name: string }): ReactNode {
  const t = useWords();
  const mapping = useMapping(source);
  const end = (): void =>
    mapping.mutate({
      id: of.id,
      person: of.person,
      extension: of.extension,
      name: of.name,
      from: of.fromAt,
      until: serverNow(),
    });
  return (
    <tr>
      <td>{of.extension ?? of.name}</td>
      <td>{name}</td>
      <td>
        <When at={of.fromAt} as="date" />
        {of.untilAt === null ? null : (
          <>
            {' – '}
            <When at={of.untilAt} as="date" />
          </>
        )}
      </td>
      <td>
        {of.untilAt === null ? (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('marketing.end-one', { extension: of.extension ?? of.name ?? '' })}
            loading={mapping.isPending}
            onClick={end}
          >
            {t('marketing.end')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

function useMapping(source: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      ask(`/api/sources/${source}/extensions`, z.unknown(), { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  });
}

function Add({ source, people }: { source: string; people: Sources['people'] }): ReactNode {
  const t = useWords();
  const [person, setPerson] = useState('');
  const [extension, setExtension] = useState('');
  const mapping = useMapping(source);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        mapping.mutate(
          { person, extension: extension.trim(), from: serverNow() },
          { onSuccess: () => setExtension('') },
        );
      }}
    >
      <Stack gap="xs">
        <div className={classes['two']}>
          <Field
            label={t('marketing.extension')}
            required
            value={extension}
            onChange={(event) => setExtension(event.currentTarget.value)}
          />
          <ChoiceField
            label={t('marketing.person')}
            required
            value={person}
            data={[
              { value: '', label: t('marketing.choose') },
              ...people.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => setPerson(event.currentTarget.value)}
          />
        </div>
        <FormFault error={mapping.error} />
        <Group justify="flex-end">
          <Button
            size="compact-sm"
            type="submit"
            variant="light"
            disabled={person === ''}
            loading={mapping.isPending}
          >
            {t('marketing.map')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
