import { useEffect, type ReactNode } from 'react';
import classes from './page.module.css';

export interface PageProps {
  title: string;
  /** One line under the title: what this is, how much of it. */
  lead?: ReactNode;
  /** Acts, to the right of the title. */
  actions?: ReactNode;
  /** `full`: the content takes the whole height and scrolls itself (a list with its panel). `narrow`: text and forms. */
  shape?: 'flow' | 'full' | 'narrow';
  children: ReactNode;
}

export function Page({ title, lead, actions, shape = 'flow', children }: PageProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Pauta`;
  }, [title]);
  return (
    <div className={classes['page']} data-shape={shape}>
      <header className={classes['head']}>
        <div>
          <h1 className={classes['title']}>{title}</h1>
          {lead ? <p className={classes['lead']}>{lead}</p> : null}
        </div>
        {actions ? <div className={classes['actions']}>{actions}</div> : null}
      </header>
      <div className={classes['body']}>{children}</div>
    </div>
  );
}
