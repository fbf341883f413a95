/** What is looked at in how somebody attended to a person; screens say it in words. */
export const checklistItems = [
  'in-time',
  'greeting',
  'respect',
  'listening',
  'truth',
  'next-step',
  'noted',
  'privacy',
] as const;
export type ChecklistItem = (typeof checklistItems)[number];
