/** A lead by the API, ready to paste. `source` is the key of a source there is. */
export function curlFor(source: string, place: 'es-MX' | 'es-CO', key: string): string {
  const phone = place === 'es-CO' ? '300 123 4567' : '55 1234 5678';
  const lead = JSON.stringify({ source, name: 'Carla Ruiz', phone });
  return `curl -X POST ${window.location.origin}/api/leads \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: 1' \\
  -d '${lead}'`;
}
