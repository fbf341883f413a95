/**
 * May our server post to this push endpoint? A subscription is given by a browser, so its endpoint is a stranger's
 * text: without a guard it would make our server call any address inside the network (SSRF). A list of the push
 * services' own hosts holds where address checks do not: against redirects and names that change between looks.
 */

/** The services behind Chrome and Android, Firefox, Safari, and Edge. */
export const PUSH_SERVICES = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.push.services.mozilla.com',
  'web.push.apple.com',
  '*.push.apple.com',
  '*.notify.windows.com',
] as const;

export interface EndpointRule {
  /** Exact hosts, or `*.` and a parent domain. */
  readonly hosts: readonly string[];
  /** Tests only: plain http to this machine. */
  readonly allowLoopback?: boolean;
}

/** Hosts may be any; longer ones than any service gives are refused. */
const ENDPOINT_CHARACTERS_MAX = 2_048;

export function isPushEndpoint(endpoint: string, rule: EndpointRule): boolean {
  if (endpoint.length > ENDPOINT_CHARACTERS_MAX || !URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (url.username !== '' || url.password !== '') return false;
  if (rule.allowLoopback === true && isLoopback(url)) return true;
  return (
    url.protocol === 'https:' && url.port === '' && rule.hosts.some((host) => matches(url.hostname, host))
  );
}

function isLoopback(url: URL): boolean {
  return (
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  );
}

function matches(hostname: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? hostname.endsWith(allowed.slice(1)) : hostname === allowed;
}
