import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import classes from './undo-toast.module.css';
import { say } from '../words.ts';

/** Rather than "are you sure?". */
export const UNDO_SECONDS = 5;

export interface UndoOffer {
  /** What was done: «Lead pasado a Beto». */
  text: string;
  /** Takes it back: a counter-entry, or the outgoing message held. */
  undo: () => Promise<unknown> | void;
  /** When the five seconds are over and nobody took it back. */
  done?: () => void;
}

/**
 * Shows what was done and offers to take it back for five seconds. Gives a function that ends the offer at once, as if
 * they were over.
 */
export function offerUndo({ text, undo, done }: UndoOffer): () => void {
  let taken = false;
  const take = (): void => {
    if (taken) return;
    taken = true;
    notifications.hide(id);
    void undo();
  };
  const id = notifications.show({
    message: (
      <div className={classes['undo']}>
        <span>{text}</span>
        <Button size="compact-sm" variant="light" onClick={take}>
          {say('kit.undo')}
        </Button>
        <span className={classes['bar']} style={{ animationDuration: `${UNDO_SECONDS}s` }} aria-hidden />
      </div>
    ),
    autoClose: UNDO_SECONDS * 1_000,
    withCloseButton: false,
    onClose: () => {
      if (!taken) done?.();
    },
  });
  return () => notifications.hide(id);
}
