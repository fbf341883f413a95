import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChoiceField } from '../kit/field.tsx';
import { Page } from '../kit/page.tsx';
import { chooseLanguage, switchSingleKeys, useSingleKeys } from '../preferences.ts';
import { useSession } from '../session.ts';
import { isLanguage, LANGUAGES, speak, useLanguage, useWords } from '../words.ts';
import classes from './account.module.css';
import { Password } from './password.tsx';
import { PushSwitch } from './push-switch.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SignIns } from './sign-ins.tsx';

export default function Account(): ReactNode {
  const t = useWords();
  const { user } = useSession();
  return (
    <Page
      title={t('account.title')}
      lead={`${user.name} · ${user.email} · ${t(`shell.role.${user.role}`)}`}
      shape="narrow"
    >
      <Look />
      <Section title={t('account.second-factor')}>
        <SecondFactor on={user.twoFactor} />
      </Section>
      <Section title={t('account.password')}>
        <Password />
      </Section>
      <Section title={t('account.sign-ins')}>
        <SignIns />
      </Section>
    </Page>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={classes['section']}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Look(): ReactNode {
  const t = useWords();
  const { organization } = useSession();
  const language = useLanguage();
  const single = useSingleKeys();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('account.this-device')}>
      <ChoiceField
        label={t('shell.bar.language')}
        description={t('account.language-help', { organization: organization.name })}
        value={language}
        data={LANGUAGES.map((one) => ({ value: one, label: t(`shell.language.${one}`) }))}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          if (!isLanguage(chosen)) return;
          chooseLanguage(chosen);
          void speak(chosen, organization.locale);
        }}
      />
      <div>
        <div className={classes['label']} id="theme">
          {t('shell.bar.theme')}
        </div>
        <SegmentedControl
          aria-labelledby="theme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'dark' || value === 'light' ? value : 'auto')}
          data={[
            { value: 'auto', label: t('shell.theme.auto') },
            { value: 'light', label: t('shell.theme.light') },
            { value: 'dark', label: t('shell.theme.dark') },
          ]}
        />
      </div>
      <Switch
        checked={single}
        onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
        label={t('kit.keys.single')}
        description={t('kit.keys.single-help')}
      />
      <PushSwitch />
    </Section>
  );
}
