import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useMay } from '../session.ts';
import { useWords } from '../words.ts';
import type { Progress, Recommended } from './follow-data.ts';
import classes from './progress.module.css';
import type { FollowLead } from './use-follow.tsx';

const Register = lazy(async () => ({ default: (await import('../advisor/register.tsx')).Register }));

/** Who recommended this person, and whom this person recommended (contact-center-policy L8). */
export function Referrals({ told, lead }: { told: Progress; lead: FollowLead }): ReactNode {
  const t = useWords();
  const router = useRouter();
  const may = useMay('leads.register');
  const [registering, setRegistering] = useState(false);
  return (
    <>
      {told.referredBy === null ? null : (
        <p className={classes['soft']}>
          {t('follow.referred-by')} <Other lead={told.referredBy} />
        </p>
      )}
      {told.referrals.length === 0 ? null : (
        <p className={classes['soft']}>
          {t('follow.referrals')}{' '}
          {told.referrals.map((each, at) => (
            <span key={each.id}>
              {at > 0 ? ', ' : ''}
              <Other lead={each} />
            </span>
          ))}
        </p>
      )}
      {may ? (
        <div className={classes['buttons']}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconUserPlus size={15} aria-hidden />}
            onClick={() => setRegistering(true)}
          >
            {t('follow.refer')}
          </Button>
        </div>
      ) : null}
      {registering ? (
        <Suspense fallback={null}>
          <Register
            referredBy={lead}
            close={() => setRegistering(false)}
            done={(id) => {
              setRegistering(false);
              void router.navigate({ to: `/leads/${id}` });
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}

function Other({ lead }: { lead: Recommended }): ReactNode {
  const t = useWords();
  const words = lead.name ?? t('follow.lead-number', { number: String(lead.number) });
  return lead.open ? <Link to={`/leads/${lead.id}`}>{words}</Link> : <span>{words}</span>;
}
