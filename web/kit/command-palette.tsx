import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useWords } from '../words.ts';
import { useOffered, type Command, type SearchSource } from './commands.ts';
import classes from './command-palette.module.css';
import { ranked } from './fuzzy.ts';
import { Shortcut } from './shortcut.tsx';

const SHOWN_MAX = 40;
const SEARCH_LETTERS_MIN = 2;
const SEARCH_WAIT_MILLISECONDS = 150;

/** Opens it, also before it is drawn for the first time. */
export const openPalette = spotlight.open;

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
function useFound(query: string, sources: readonly SearchSource[]): Command[] {
  const [found, setFound] = useState<Command[]>([]);
  useEffect(() => {
    if (query.trim().length < SEARCH_LETTERS_MIN) {
      setFound([]);
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void Promise.allSettled(sources.map((source) => source(query, stop.signal))).then((answers) => {
        if (!stop.signal.aborted)
          setFound(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])));
      });
    }, SEARCH_WAIT_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, sources]);
  return found;
}
