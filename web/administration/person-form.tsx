import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api.ts';
import { ChoiceField, faultOf, Field, FormFault } from '../kit/index.ts';
import { ROLES } from '../session.ts';
import { useWords } from '../words.ts';
import { roleText } from './floor-words.ts';
import { doneSchema, type Staff, type StaffPerson } from './people-answers.ts';
import classes from './people.module.css';

interface Props {
  staff: Staff;
  /** Absent: somebody new. */
  person?: StaffPerson;
  saved: (person: string) => void;
  cancel: () => void;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Who somebody is and where they stand in the line. */
export function PersonForm({ staff, person, saved, cancel }: Props): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: person?.name ?? '',
      role: person?.role ?? 'advisor',
      zone: person?.zone ?? '',
      reportsTo: person?.reportsTo ?? '',
      email: person?.email ?? '',
      phone: person?.phone ?? '',
      extension: person?.extension ?? '',
      internal: person?.internal ?? true,
      signed: false,
      documents: person?.documents ?? 'incomplete',
      grade: person?.grade ?? 'none',
    },
  });
  const saving = useMutation({
    mutationFn: async () => {
      const { zone, reportsTo, email, phone, extension, signed, ...rest } = form.getValues();
      const body = {
        ...rest,
        name: rest.name.trim(),
        zone: orNull(zone),
        reportsTo: orNull(reportsTo),
        email: orNull(email),
        phone: orNull(phone),
        extension: orNull(extension),
      };
      return person === undefined
        ? ask('/api/people', doneSchema, { method: 'POST', body: { ...body, signed } })
        : ask(`/api/people/${encodeURIComponent(person.id)}`, doneSchema, { method: 'PATCH', body });
    },
    onSuccess: async (done) => {
      await Promise.all(
        ['staff', 'roster', 'turn'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
      saved(done.person);
    },
  });
  const text = (field: 'name' | 'email' | 'phone' | 'extension' | 'zone') => ({
    ...form.getInputProps(field),
    error: faultOf(saving.error, field),
  });
  const above = staff.people.filter(
    ({ id, role, leftAt }) => leftAt === null && id !== person?.id && !['advisor', 'kam'].includes(role),
  );
  return (
    <form onSubmit={form.onSubmit(() => saving.mutate())}>
      <Stack gap="sm">
        <Field label={t('administration.col.name')} required data-autofocus {...text('name')} />
        <div className={classes['two']}>
          <ChoiceField
            label={t('administration.col.role')}
            data={ROLES.map((role) => ({ value: role, label: roleText(t, role) }))}
            {...form.getInputProps('role')}
          />
          <Field label={t('administration.col.zone')} list="zones" {...text('zone')} />
          <datalist id="zones">
            {staff.zones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        <ChoiceField
          label={t('administration.person.reports-to')}
          data={[
            { value: '', label: t('administration.person.nobody') },
            ...above.map(({ id, name, role }) => ({ value: id, label: `${name} · ${roleText(t, role)}` })),
          ]}
          {...form.getInputProps('reportsTo')}
          error={faultOf(saving.error, 'reportsTo')}
        />
        <Field
          label={t('administration.person.email')}
          description={t('administration.person.email-help')}
          type="email"
          {...text('email')}
        />
        <div className={classes['two']}>
          <Field label={t('administration.person.phone')} type="tel" {...text('phone')} />
          <Field label={t('administration.col.extension')} {...text('extension')} />
        </div>
        <div className={classes['two']}>
          <ChoiceField
            label={t('administration.person.documents')}
            data={(['complete', 'incomplete', 'expired'] as const).map((value) => ({
              value,
              label: t(`administration.documents.${value}`),
            }))}
            {...form.getInputProps('documents')}
          />
          <ChoiceField
            label={t('administration.person.grade')}
            data={(['pass', 'fail', 'none'] as const).map((value) => ({
              value,
              label: t(`administration.grade.${value}`),
            }))}
            {...form.getInputProps('grade')}
          />
        </div>
        <Checkbox
          label={t('administration.person.internal')}
          {...form.getInputProps('internal', { type: 'checkbox' })}
        />
        {person === undefined ? (
          <Checkbox
            label={t('administration.person.signed-before')}
            description={t('administration.person.signed-help')}
            {...form.getInputProps('signed', { type: 'checkbox' })}
          />
        ) : null}
        <FormFault error={saving.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel}>
            {t('administration.cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {t(person === undefined ? 'administration.people.add' : 'administration.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
