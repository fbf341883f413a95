import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words.ts';
import classes from './copy-text.module.css';

/** Text to be carried elsewhere: an address, a key, a snippet. Selectable, and copied with one press. */
export function CopyText({ label, text }: { label: string; text: string }): ReactNode {
  const t = useWords();
  return (
    <div className={classes['copy']}>
      <span className={classes['label']}>{label}</span>
      <div className={classes['row']}>
        <pre className={classes['text']} tabIndex={0} aria-label={label} translate="no">
          {text}
        </pre>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="compact-sm"
              onClick={copy}
              leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
            >
              {t(copied ? 'kit.copied' : 'kit.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
