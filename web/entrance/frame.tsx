import { useEffect, type ReactNode } from 'react';
import { chooseLanguage } from '../preferences.ts';
import { Mark } from '../shell/mark.tsx';
import { LANGUAGES, speak, useLanguage, useWords } from '../words.ts';
import classes from './frame.module.css';

export interface FrameProps {
  title: string;
  lead?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** The page round every form of the entrance. */
export function Frame({ title, lead, wide = false, children }: FrameProps): ReactNode {
  const t = useWords();
  const language = useLanguage();
  useEffect(() => {
    document.title = `${title} · Pauta`;
  }, [title]);
  return (
    <div className={classes['ground']}>
      <main className={classes['card']} data-wide={wide}>
        <div className={classes['brand']}>
          <Mark size={34} />
          <span>Pauta</span>
        </div>
        <h1 className={classes['title']}>{title}</h1>
        {lead ? <p className={classes['lead']}>{lead}</p> : null}
        {children}
      </main>
      <nav className={classes['languages']} aria-label={t('shell.bar.language')}>
        {LANGUAGES.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-current={one === language}
            onClick={() => {
              chooseLanguage(one);
              void speak(one);
            }}
          >
            {t(`shell.language.${one}`)}
          </button>
        ))}
      </nav>
    </div>
  );
}
