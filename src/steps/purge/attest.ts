import { PLACES, type Place, type PlaceState } from '../../messages/places.js';
import type { Attestation } from '../../store/retention-rows.js';
import type { Session } from '../session/session.js';

/** A place that no program reaches, and what was last said of it. */
export interface AttestedPlace {
  readonly place: Place;
  /** Null while nobody has said anything. */
  readonly attestation: Attestation | null;
}

/** Every place with the last thing said of it: attested, not verified. Opens no keys. */
export function attestedPlaces(session: Session): readonly AttestedPlace[] {
  const attestations = session.workspace.read.retention.attestations();
  return PLACES.map((place) => ({
    place,
    attestation: attestations.filter((attestation) => attestation.place === place).at(-1) ?? null,
  }));
}

/** Notes what a person says of a place. What was said before stays in the log. */
export async function attestPlace(session: Session, place: Place, state: PlaceState): Promise<void> {
  await session.keys();
  const person = session.runtime.operator;
  session.record({ action: 'place-attested', objects: {}, details: { place, state } }, (write) =>
    write.retention.addAttestation({ place, state, person, time: session.now }),
  );
}
