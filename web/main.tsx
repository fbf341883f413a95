import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import '@mantine/core/styles.layer.css';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.layer.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './api.ts';
import { cssVariables, theme } from './kit/theme.ts';
import './kit/tokens.css';
import { listenToKeys } from './kit/use-keys.ts';
import { chosenLanguage, SCHEME } from './preferences.ts';
import { followPushes } from './push.ts';
import { makeRouter } from './routes.tsx';
import { sessionQuery } from './session.ts';
import { speak, type Language } from './words.ts';

const NOTICE_Z_INDEX = 300;

const client = makeQueryClient(() => {
  // Only where somebody was signed in: the entrance shows its own refusals.
  if (!client.getQueryData(sessionQuery.queryKey)) return;
  client.clear();
  window.location.assign(
    `/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`,
  );
});
const router = makeRouter(client);

/** Before we know the organization: what was chosen here, else a guess; figures are never guessed, there are none yet. */
function firstLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.toLowerCase());
  const guess = wanted.find((tag) => tag.startsWith('es') || tag.startsWith('en'));
  return chosenLanguage() ?? (guess?.startsWith('en') ? 'en' : guess === 'es-co' ? 'es-CO' : 'es-MX');
}

async function show(): Promise<void> {
  const place = document.getElementById('root');
  if (place === null) return;
  // Asked at once, so that the answer is on its way while words and screen load.
  void client.prefetchQuery(sessionQuery);
  await speak(firstLanguage());
  listenToKeys();
  followPushes((to) => void router.navigate({ to }));
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={localStorageColorSchemeManager({ key: SCHEME })}
      >
        <I18nProvider i18n={i18n}>
          <QueryClientProvider client={client}>
            <Notifications position="bottom-center" zIndex={NOTICE_Z_INDEX} limit={3} />
            <RouterProvider router={router} />
          </QueryClientProvider>
        </I18nProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void show();
