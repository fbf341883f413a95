import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useWords } from '../words.ts';
import { useOffered, type Command, type SearchSource } from './commands.ts';
import classes from './command-palette.module.css';
import { ranked } from './fuzzy.ts';
import { Shortcut } from './shortcut.tsx';

const SHOWN_MAX = 40;
const SEARCH_LETTERS_MIN = 2;
const SEARCH_WAIT_MILLISECONDS = 150;

let focusedBefore: Element | null = null;

/** Opens it, also before it is drawn for the first time. */
export function openPalette(): void {
  focusedBefore = document.activeElement;
  spotlight.open();
}

/** Back to where the keyboard was, unless the command chosen has taken it elsewhere. */
function returnFocus(): void {
  const now = document.activeElement;
  const nowhere = now === null || now === document.body || now.closest('[role="dialog"]') !== null;
  if (nowhere && focusedBefore instanceof HTMLElement) focusedBefore.focus();
}

/** Ctrl+K: every screen and act by its name, and whatever the server finds. Loaded when first opened. */
export default function CommandPalette(): ReactNode {
  const t = useWords();
  const [query, setQuery] = useState('');
  const { commands, sources } = useOffered();
  const found = useFound(query, sources);
  const shown = [...ranked(query, commands, ({ label, also }) => `${label} ${also ?? ''}`), ...found].slice(
    0,
    SHOWN_MAX,
  );
  const groups = Map.groupBy(shown, ({ group }) => group);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      transitionProps={{ transition: 'pop', duration: 120, onExited: returnFocus }}
      centered={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      attributes={{ content: { 'aria-label': t('shell.bar.search') } }}
      scrollable
      maxHeight="60vh"
      size="lg"
    >
      <Spotlight.Search
        placeholder={t('kit.palette.placeholder')}
        aria-label={t('kit.palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {[...groups].map(([group, members]) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {members.map((command) => (
              <PaletteLine key={command.id} command={command} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {shown.length === 0 ? <Spotlight.Empty>{t('kit.palette.nothing', { query })}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function PaletteLine({ command }: { command: Command }): ReactNode {
  const { icon: Mark, label, detail, keys, run } = command;
  return (
    <Spotlight.Action onClick={run} className={classes['line']}>
      {Mark ? <Mark size={17} aria-hidden /> : <span />}
      <span className={classes['label']}>
        {label}
        {detail ? <span className={classes['detail']}>{detail}</span> : null}
      </span>
      {keys ? <Shortcut keys={keys} /> : null}
    </Spotlight.Action>
  );
}

/** Answers of the server for what is typed; a later letter calls off the earlier question. */
function useFound(query: string, sources: readonly SearchSource[]): readonly Command[] {
  const [typed] = useDebouncedValue(query.trim(), SEARCH_WAIT_MILLISECONDS);
  const { data } = useQuery({
    queryKey: ['search', typed, sources.length],
    enabled: sources.length > 0 && typed.length >= SEARCH_LETTERS_MIN,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const answers = await Promise.allSettled(sources.map((source) => source(typed, signal)));
      return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    },
  });
  return query.trim().length >= SEARCH_LETTERS_MIN ? (data ?? []) : [];
}
