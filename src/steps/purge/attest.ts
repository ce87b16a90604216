import { PLACES, type Place, type PlaceState } from '../../messages/places.js';
import type { Attestation } from '../../store/rows.js';
import type { House } from '../session/house.js';

/** A place that no program reaches, and what was last said of it. */
export interface AttestedPlace {
  readonly place: Place;
  /** Null while nobody has said anything. */
  readonly attestation: Attestation | null;
}

/** Every place with the last thing said of it: attested, not verified. Opens no keys. */
export function attestedPlaces(house: House): readonly AttestedPlace[] {
  const attestations = house.workspace.read.attestations();
  return PLACES.map((place) => ({
    place,
    attestation: attestations.filter((attestation) => attestation.place === place).at(-1) ?? null,
  }));
}

/** Notes what a person says of a place. What was said before stays in the log. */
export async function attestPlace(house: House, place: Place, state: PlaceState): Promise<void> {
  await house.keys();
  const person = house.around.operator;
  house.record({ action: 'place-attested', objects: {}, details: { place, state } }, (write) =>
    write.addAttestation({ place, state, person, time: house.now }),
  );
}
