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

const SHOWN_MILLISECONDS = 4_000;
const NEWS_MILLISECONDS = 12_000;

/** What was done, or what happened meanwhile (`news`: stays longer); goes away by itself. */
export function showNotice({
  text,
  title,
  late = false,
  news = false,
}: {
  text: string;
  title?: string;
  /** It is a loss or a failure. */
  late?: boolean;
  news?: boolean;
}): void {
  notifications.show({
    ...(title === undefined ? {} : { title }),
    message: text,
    color: late ? 'red' : 'petrol',
    autoClose: news ? NEWS_MILLISECONDS : SHOWN_MILLISECONDS,
    closeButtonProps: { 'aria-label': say('kit.close') },
  });
}
