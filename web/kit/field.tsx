/** Form fields the same everywhere: label above, help below it, the fault in words under the field. */
import {
  Alert,
  NativeSelect,
  PasswordInput,
  Textarea,
  TextInput,
  type NativeSelectProps,
  type PasswordInputProps,
  type TextareaProps,
  type TextInputProps,
} from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { asApiError } from '../api.ts';

const ORDER: NonNullable<TextInputProps['inputWrapperOrder']> = ['label', 'description', 'input', 'error'];

export function Field(props: TextInputProps): ReactNode {
  return <TextInput inputWrapperOrder={ORDER} {...props} />;
}

export function SecretField(props: PasswordInputProps): ReactNode {
  return <PasswordInput inputWrapperOrder={ORDER} {...props} />;
}

export function LongField(props: TextareaProps): ReactNode {
  return <Textarea inputWrapperOrder={ORDER} autosize minRows={2} maxRows={10} {...props} />;
}

/** The platform's own list: on a phone it is the one the thumb knows. */
export function ChoiceField(props: NativeSelectProps): ReactNode {
  return <NativeSelect inputWrapperOrder={ORDER} {...props} />;
}

/** What the server refused, above the form's button; nothing while all is well. */
export function FormFault({ error }: { error: unknown }): ReactNode {
  if (error === null || error === undefined) return null;
  const fault = asApiError(error);
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      role="alert"
      title={fault.message}
    >
      {fault.remedy}
    </Alert>
  );
}

/** The server's word on one field, for its `error`. */
export function faultOf(error: unknown, field: string): string | undefined {
  if (error === null || error === undefined) return undefined;
  const fault = asApiError(error);
  return fault.field === field ? fault.message : undefined;
}
