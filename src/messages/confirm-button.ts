const CONFIRM = 'CONFIRM:';

/** What the button under a month's roster carries, and comes back when it is pressed (contact-center-policy L1). */
export function confirmPayload(month: string): string {
  return CONFIRM + month;
}

/** The month that a pressed button confirms, or null when the button is another. */
export function confirmedMonth(payload: string | undefined): string | null {
  return /^CONFIRM:(\d{4}-(?:0[1-9]|1[0-2]))$/.exec(payload ?? '')?.[1] ?? null;
}
