import { ActionIcon, Button, Checkbox, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { FILL_SECONDS_MAX } from '../../src/sources/source.ts';
import { ChoiceField, faultOf, Field, LongField } from '../kit/index.ts';
import { LANGUAGES, useWords } from '../words.ts';
import { fieldNameFor, withConsent, type FormField, type FormSettings } from './form-settings.ts';
import classes from './marketing.module.css';

interface Props {
  form: FormSettings;
  /** The floor's. */
  zones: readonly string[];
  change: (form: FormSettings) => void;
  error: unknown;
}

const TARGETS_OFFERED = [
  'name',
  'firstName',
  'lastName',
  'phone',
  'email',
  'city',
  'company',
  'message',
  'document',
  'keep',
] as const;
const FIELD_KINDS = ['text', 'tel', 'email', 'textarea', 'select'] as const;

/** What the form asks, in the organization's words, and what people agree to by sending it. */
export function WebFormFields({ form, zones, change, error }: Props): ReactNode {
  const t = useWords();
  // The text that was agreed to until now; a changed one becomes a version of its own.
  const saved = useRef(form.consent);
  const consentText = form.consent === null ? '' : (form.consent.texts[form.consent.current] ?? '');
  const setField = (at: number, to: Partial<FormField>): void =>
    change({
      ...form,
      fields: form.fields.map((field, index) => (index === at ? { ...field, ...to } : field)),
    });
  return (
    <Stack gap="sm">
      <Field
        label={t('marketing.form.title')}
        required
        value={form.title}
        error={faultOf(error, 'settings.form.title')}
        onChange={(event) => change({ ...form, title: event.currentTarget.value })}
      />
      <div className={classes['two']}>
        <ChoiceField
          label={t('marketing.form.language')}
          value={form.language}
          data={LANGUAGES.map((value) => ({ value, label: t(`shell.language.${value}`) }))}
          onChange={(event) =>
            change({
              ...form,
              language: LANGUAGES.find((one) => one === event.currentTarget.value) ?? form.language,
            })
          }
        />
        <Field
          label={t('marketing.form.submit')}
          required
          value={form.submit}
          onChange={(event) => change({ ...form, submit: event.currentTarget.value })}
        />
      </div>
      <fieldset className={classes['fields']}>
        <legend>{t('marketing.form.fields')}</legend>
        {form.fields.map((field, at) => (
          <FieldRow
            key={field.name}
            field={field}
            change={(to) => setField(at, to)}
            {...(form.fields.length > 1
              ? { remove: () => change({ ...form, fields: form.fields.filter((_, index) => index !== at) }) }
              : {})}
          />
        ))}
        <Button
          className={classes['fit'] ?? ''}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            const label = t('marketing.form.new-field');
            const name = fieldNameFor(
              label,
              form.fields.map((field) => field.name),
            );
            change({
              ...form,
              fields: [...form.fields, { name, target: 'keep', label, kind: 'text', required: false }],
            });
          }}
        >
          {t('marketing.form.add-field')}
        </Button>
      </fieldset>
      <LongField
        label={t('marketing.form.consent')}
        description={t('marketing.form.consent-help')}
        value={consentText}
        onChange={(event) => change(withConsent(form, saved.current, event.currentTarget.value))}
      />
      {form.consent === null ? null : (
        <Checkbox
          label={t('marketing.form.consent-required')}
          checked={form.consent.required}
          onChange={(event) =>
            change({
              ...form,
              consent:
                form.consent === null ? null : { ...form.consent, required: event.currentTarget.checked },
            })
          }
        />
      )}
      <Field
        label={t('marketing.form.thanks')}
        description={t('marketing.form.thanks-help')}
        required
        value={'text' in form.thanks ? form.thanks.text : form.thanks.redirectTo}
        error={faultOf(error, 'settings.form.thanks')}
        onChange={(event) => {
          const text = event.currentTarget.value;
          change({ ...form, thanks: text.startsWith('https://') ? { redirectTo: text } : { text } });
        }}
      />
      <div className={classes['two']}>
        <ChoiceField
          label={t('marketing.form.zone')}
          description={t('marketing.form.zone-help')}
          value={form.zone ?? ''}
          data={[
            { value: '', label: t('marketing.form.no-zone') },
            ...new Set([...zones, ...(form.zone === undefined ? [] : [form.zone])]),
          ]}
          onChange={(event) => {
            const { zone: _, ...rest } = form;
            const zone = event.currentTarget.value;
            change(zone === '' ? rest : { ...rest, zone });
          }}
        />
        <Field
          type="number"
          min={0}
          max={FILL_SECONDS_MAX}
          required
          label={t('marketing.form.fill-seconds')}
          description={t('marketing.form.fill-seconds-help')}
          value={Number.isNaN(form.fillSecondsMin) ? '' : String(form.fillSecondsMin)}
          error={faultOf(error, 'settings.form.fillSecondsMin')}
          onChange={(event) => change({ ...form, fillSecondsMin: event.currentTarget.valueAsNumber })}
        />
      </div>
    </Stack>
  );
}

function FieldRow({
  field,
  change,
  remove,
}: {
  field: FormField;
  change: (to: Partial<FormField>) => void;
  remove?: () => void;
}): ReactNode {
  const t = useWords();
  return (
    <div className={classes['fieldRow']}>
      <Field
        aria-label={t('marketing.form.label')}
        required
        value={field.label}
        onChange={(event) => change({ label: event.currentTarget.value })}
      />
      <ChoiceField
        aria-label={t('marketing.form.means')}
        value={field.target}
        data={TARGETS_OFFERED.map((value) => ({ value, label: t(`marketing.target.${value}`) }))}
        onChange={(event) =>
          change({ target: TARGETS_OFFERED.find((one) => one === event.currentTarget.value) ?? 'keep' })
        }
      />
      <ChoiceField
        aria-label={t('marketing.form.kind')}
        value={field.kind}
        data={FIELD_KINDS.map((value) => ({ value, label: t(`marketing.form.kind.${value}`) }))}
        onChange={(event) =>
          change({ kind: FIELD_KINDS.find((one) => one === event.currentTarget.value) ?? 'text' })
        }
      />
      <Checkbox
        label={t('marketing.form.required')}
        checked={field.required}
        onChange={(event) => change({ required: event.currentTarget.checked })}
      />
      {remove === undefined ? null : (
        <ActionIcon
          aria-label={t('marketing.form.remove', { field: field.label })}
          color="red"
          size="md"
          onClick={remove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
      {field.kind === 'select' ? (
        <Field
          className={classes['options'] ?? ''}
          aria-label={t('marketing.form.options')}
          placeholder={t('marketing.form.options')}
          defaultValue={field.options?.join(', ') ?? ''}
          onChange={(event) =>
            change({
              options: event.currentTarget.value
                .split(',')
                .map((option) => option.trim())
                .filter((option) => option !== ''),
            })
          }
        />
      ) : null}
    </div>
  );
}
