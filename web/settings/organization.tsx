import { Button, Checkbox, Group, Stack, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconBook2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import {
  ChoiceField,
  ErrorState,
  Facts,
  faultOf,
  Field,
  FormFault,
  RowsShape,
  showDone,
} from '../kit/index.ts';
import { ROLES, useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { Card, SettingsPage } from './settings-tabs.tsx';
import classes from './settings.module.css';

const CHANNELS = ['call', 'whatsapp', 'sms', 'email', 'telegram', 'visit'] as const;
/** Until an organization chooses: docs/operate.md. */
const RETENTION_DAYS = 90;
const WEEK = [1, 2, 3, 4, 5, 6, 7];

const settingsSchema = z.object({
  staffChannel: z.enum(['whatsapp', 'email', 'app']),
  authorizedChannels: z.array(z.string()),
  agreedHours: z.object({ opens: z.string(), closes: z.string(), weekdays: z.array(z.number()) }).nullable(),
  secondFactorRoles: z.array(z.string()),
  retentionDays: z.number().optional(),
  fourEyes: z.boolean(),
  pbx: z.object({ accessNumber: z.string().nullable(), clickToCall: z.boolean() }).optional(),
});
const organizationSchema = z.object({
  name: z.string(),
  country: z.enum(['MX', 'CO']),
  zone: z.string(),
  locale: z.string(),
  settings: settingsSchema,
});
type Organization = z.infer<typeof organizationSchema>;

/** Ajustes: the organization itself. */
export default function OrganizationSettings(): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['settings', 'organization'],
    queryFn: () => ask('/api/settings/organization', organizationSchema),
  });
  return (
    <SettingsPage at="/settings" lead={t('settings.organization.lead')}>
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={6} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : (
        <OrganizationForm organization={data} />
      )}
    </SettingsPage>
  );
}

function OrganizationForm({ organization }: { organization: Organization }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const { settings } = organization;
  const form = useForm({
    initialValues: {
      name: organization.name,
      staffChannel: settings.staffChannel,
      authorizedChannels: settings.authorizedChannels,
      limited: settings.agreedHours !== null,
      opens: settings.agreedHours?.opens ?? '09:00',
      closes: settings.agreedHours?.closes ?? '20:00',
      weekdays: (settings.agreedHours?.weekdays ?? [1, 2, 3, 4, 5, 6]).map(String),
      secondFactorRoles: settings.secondFactorRoles,
      fourEyes: settings.fourEyes,
      retentionDays: String(settings.retentionDays ?? RETENTION_DAYS),
      accessNumber: settings.pbx?.accessNumber ?? '',
      clickToCall: settings.pbx?.clickToCall ?? false,
    },
  });
  const saving = useMutation({
    mutationFn: () => {
      const given = form.getValues();
      const { staffChannel, authorizedChannels, secondFactorRoles, opens, closes } = given;
      const agreedHours = given.limited ? { opens, closes, weekdays: given.weekdays.map(Number) } : null;
      const accessNumber = given.accessNumber.replaceAll(/[^\d+]/g, '');
      const pbx = { accessNumber: accessNumber === '' ? null : accessNumber, clickToCall: given.clickToCall };
      const retentionDays = Number(given.retentionDays);
      return ask('/api/settings/organization', z.unknown(), {
        method: 'PUT',
        body: {
          name: given.name.trim(),
          settings: {
            staffChannel,
            authorizedChannels,
            secondFactorRoles,
            agreedHours,
            pbx,
            retentionDays,
            fourEyes: given.fourEyes,
          },
        },
      });
    },
    onSuccess: async () => {
      form.resetDirty();
      await Promise.all(['settings', 'session'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      showDone(t('settings.saved'));
    },
  });
  const fault = (field: string): string | undefined => faultOf(saving.error, `settings.${field}`);
  return (
    <form onSubmit={form.onSubmit(() => saving.mutate())}>
      <div className={classes['cards']}>
        <Card title={t('settings.organization.itself')}>
          <Field
            label={t('settings.organization.name')}
            required
            maxLength={120}
            {...form.getInputProps('name')}
            error={faultOf(saving.error, 'name')}
          />
          <Facts>
            <dt>{t('settings.organization.country')}</dt>
            <dd>{t(`settings.country.${organization.country}`)}</dd>
            <dt>{t('settings.organization.zone')}</dt>
            <dd>{organization.zone}</dd>
          </Facts>
        </Card>
        <AssignmentHours />
        <Card title={t('settings.agreed.title')} help={t('settings.agreed.help')}>
          <Checkbox.Group
            label={t('settings.agreed.channels')}
            {...form.getInputProps('authorizedChannels')}
            error={fault('authorizedChannels')}
          >
            <Group gap="md" mt={6}>
              {CHANNELS.map((channel) => (
                <Checkbox key={channel} value={channel} label={t(`settings.contact-channel.${channel}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <Switch
            label={t('settings.agreed.limited')}
            {...form.getInputProps('limited', { type: 'checkbox' })}
          />
          {form.values.limited ? <AgreedHours form={form} fault={fault} /> : null}
        </Card>
        <Card title={t('settings.staff.title')} help={t('settings.staff.help')}>
          <ChoiceField
            label={t('settings.staff.channel')}
            data={(['whatsapp', 'email', 'app'] as const).map((value) => ({
              value,
              label: t(`settings.staff-channel.${value}`),
            }))}
            {...form.getInputProps('staffChannel')}
            error={fault('staffChannel')}
          />
        </Card>
        <Card title={t('settings.second-factor.title')} help={t('settings.second-factor.help')}>
          <Checkbox.Group
            aria-label={t('settings.second-factor.title')}
            {...form.getInputProps('secondFactorRoles')}
          >
            <div className={classes['choose']}>
              {ROLES.map((role) => (
                <Checkbox key={role} value={role} label={t(`shell.role.${role}`)} />
              ))}
            </div>
          </Checkbox.Group>
        </Card>
        <Card title={t('settings.four-eyes.title')} help={t('settings.four-eyes.help')}>
          <Switch label={t('settings.four-eyes')} {...form.getInputProps('fourEyes', { type: 'checkbox' })} />
        </Card>
        <Card title={t('settings.retention.title')} help={t('settings.retention.help')}>
          <Field
            label={t('settings.retention.days')}
            type="number"
            inputMode="numeric"
            min={1}
            max={3650}
            required
            {...form.getInputProps('retentionDays')}
            error={fault('retentionDays')}
          />
        </Card>
        <Card title={t('settings.pbx.title')} help={t('settings.pbx.help')}>
          <Field
            label={t('settings.pbx.access-number')}
            description={t('settings.pbx.access-help')}
            type="tel"
            placeholder={organization.country === 'CO' ? '+576011234567' : '+525512345678'}
            {...form.getInputProps('accessNumber')}
            error={fault('pbx.accessNumber')}
          />
          <Switch
            label={t('settings.pbx.click-to-call')}
            description={t('settings.pbx.click-help')}
            {...form.getInputProps('clickToCall', { type: 'checkbox' })}
          />
        </Card>
      </div>
      <div className={classes['save']}>
        <FormFault error={saving.error} />
        <Group justify="flex-end">
          {form.isDirty() ? <span className={classes['unsaved']}>{t('settings.unsaved')}</span> : null}
          <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
            {t('settings.save')}
          </Button>
        </Group>
      </div>
    </form>
  );
}

interface HoursForm {
  readonly getInputProps: (field: 'opens' | 'closes' | 'weekdays') => object;
}

function AgreedHours({
  form,
  fault,
}: {
  form: HoursForm;
  fault: (field: string) => string | undefined;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const day = new Intl.DateTimeFormat(figures.place.figures, { weekday: 'short', timeZone: 'UTC' });
  return (
    <Stack gap="sm">
      <div className={classes['two']}>
        <Field
          label={t('settings.agreed.opens')}
          type="time"
          required
          {...form.getInputProps('opens')}
          error={fault('agreedHours.opens')}
        />
        <Field
          label={t('settings.agreed.closes')}
          type="time"
          required
          {...form.getInputProps('closes')}
          error={fault('agreedHours.closes')}
        />
      </div>
      <Checkbox.Group label={t('settings.agreed.days')} {...form.getInputProps('weekdays')}>
        <Group gap="sm" mt={6}>
          {/* 1 January 2024 was a Monday. */}
          {WEEK.map((number) => (
            <Checkbox key={number} value={String(number)} label={day.format(Date.UTC(2024, 0, number))} />
          ))}
        </Group>
      </Checkbox.Group>
    </Stack>
  );
}

/** The hours of assignment are a clause: they change with a version of the procedure, with its date. */
function AssignmentHours(): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  return (
    <Card title={t('settings.hours.title')} help={t('settings.hours.help')}>
      <Button
        variant="light"
        leftSection={<IconBook2 size={16} aria-hidden />}
        onClick={() =>
          void navigate({
            to: '/procedures',
            search: { procedure: 'contact-center-policy', clause: 'L3' },
          })
        }
      >
        {t('settings.hours.open')}
      </Button>
    </Card>
  );
}
