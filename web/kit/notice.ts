/** A word at the edge of the screen: what was done, or what went wrong and what to do about it. */
import { notifications } from '@mantine/notifications';
import { asApiError } from '../api.ts';
import { say } from '../words.ts';

const closeButton = () => ({ closeButtonProps: { 'aria-label': say('kit.close') } });

export function showDone(message: string): void {
  notifications.show({ message, ...closeButton() });
}

export function showFault(fault: unknown): void {
  const { message, remedy } = asApiError(fault);
  notifications.show({ color: 'red', title: message, message: remedy ?? '', ...closeButton() });
}
