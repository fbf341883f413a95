import { reachedPeople, reaches, scopeFor } from '../access/index.ts';
import type { HttpApp } from '../platform/http.ts';
import { everybody, readFloor, type RulesFor } from '../staff/index.ts';
import { loadTurns } from './leads.store.ts';
import type { LeadRouteParts } from './routes.ts';
import { turnBoard } from './turn-board.ts';
import { lastTurnOfEach, lastTurns, sourcesLately } from './turn.store.ts';

export interface TurnRouteParts extends Pick<LeadRouteParts, 'database' | 'house' | 'clock' | 'signedIn'> {
  readonly rulesFor: RulesFor;
}

const MOVES_SHOWN_MAX = 60;

/** The turn and duty board: places count everybody, names and reasons only those whom the caller reaches. */
export function turnRoutes(app: HttpApp, { database, clock, signedIn, rulesFor }: TurnRouteParts): void {
  app.get('/api/turn', { config: { may: 'turn.see' } }, async (request) => {
    const who = signedIn(request);
    const now = clock.now();
    return database.inOrganization(who.organization.id, async (tx) => {
      const { world, rules } = await readFloor(tx, who.organization.id, now, rulesFor);
      await loadTurns(tx, world);
      const staff = everybody(world);
      const reached = reachedPeople(scopeFor(who, 'turn.see'), who.person.id, staff);
      const board = turnBoard(world, rules, now, await sourcesLately(tx, now));
      const last = new Map(
        (await lastTurnOfEach(tx, now)).map(({ rotation, person, at }) => [`${rotation} ${person}`, at]),
      );
      const name = new Map(staff.map(({ id, name: of }) => [id, of]));
      const rotations = board.rotations.map(({ order, ...rotation }) => ({
        ...rotation,
        people: order.length,
        order: order
          .map((place, index) => ({
            ...place,
            position: index + 1,
            name: name.get(place.person) ?? place.person,
            lastTurnAt: last.get(`${rotation.rotation} ${place.person}`) ?? null,
          }))
          .filter(({ person }) => reaches(reached, person)),
      }));
      const moves = await lastTurns(tx, MOVES_SHOWN_MAX);
      return {
        now,
        rotations,
        onDuty: board.onDuty
          .filter((person) => reaches(reached, person))
          .map((person) => ({ person, name: name.get(person) ?? person })),
        offDuty: board.offDuty
          .filter(({ person }) => reaches(reached, person))
          .map((each) => ({ ...each, name: name.get(each.person) ?? each.person })),
        moves: moves
          .filter(({ person }) => reaches(reached, person))
          .map((move) => ({ ...move, name: name.get(move.person) ?? move.person })),
      };
    });
  });
}
