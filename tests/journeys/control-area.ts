import { emailOf, PASSWORD, type Floor } from './floor.ts';

/** Cora of the control area joins the floor, and may sign in. */
export async function addControlArea(floor: Floor): Promise<void> {
  await floor.submit({
    fact: 'person.registered',
    person: 'cora',
    name: 'Cora Luna',
    role: 'control',
    zone: null,
    reportsTo: null,
    email: emailOf('cora'),
    phone: null,
    extension: null,
    internal: true,
    documents: 'complete',
    grade: 'pass',
    signed: true,
  });
  const { organization, program } = floor;
  const user = {
    organization,
    person: 'cora',
    name: 'Cora Luna',
    email: emailOf('cora'),
    password: PASSWORD,
  };
  const added = await program.access.addUser(user);
  if ('refused' in added) throw new Error(`cora: ${added.refused}`);
}
