import { Modal, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { switchSingleKeys, useSingleKeys } from '../preferences.ts';
import { useWords } from '../words.ts';
import classes from './cheat-sheet.module.css';
import { Shortcut } from './shortcut.tsx';
import { useKeysInForce } from './use-keys.ts';

/** `?`: the keys in force on this screen, and the switch for those of one letter. */
export function CheatSheet({ opened, close }: { opened: boolean; close: () => void }): ReactNode {
  const t = useWords();
  const single = useSingleKeys();
  const acts = useKeysInForce().filter(({ hidden }) => hidden !== true);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('kit.keys.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <dl className={classes['sheet']}>
        {acts.map(({ keys, label }) => (
          <div key={keys} className={classes['line']}>
            <dt>{label}</dt>
            <dd>
              <Shortcut keys={keys} />
              <span className={classes['spoken']}>{keys}</span>
            </dd>
          </div>
        ))}
        <div className={classes['line']}>
          <dt>{t('kit.keys.list')}</dt>
          <dd>
            <Shortcut keys="ArrowUp+ArrowDown" />
          </dd>
        </div>
      </dl>
      <Switch
        checked={single}
        onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
        label={t('kit.keys.single')}
        description={t('kit.keys.single-help')}
      />
    </Modal>
  );
}
