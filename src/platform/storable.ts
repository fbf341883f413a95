/**
 * A value from outside as JSON text that PostgreSQL's jsonb takes: it refuses NUL and surrogates without their other half,
 * which any sender can put into any string or key.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(storable(value)) ?? 'null';
}

/** Text for a text column: the same two things out. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]),
  );
}
