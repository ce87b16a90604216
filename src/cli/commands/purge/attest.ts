import { dayOf } from '../../../base/time.js';
import { fail } from '../../../messages/error.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { PLACE_STATES, PLACES, type PlaceState, placeName } from '../../../messages/places.js';
import { retentionWords } from '../../../messages/screens/retention.js';
import { attestedPlaces, attestPlace } from '../../../steps/purge/attest.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

const stateWords: Readonly<Record<Lang, Readonly<Record<PlaceState, string>>>> = eachLang(
  (lang) => retentionWords[lang].states,
);

/** `handover purge attest`: what a person says of places that no program reaches. */
export const run: Run<'purge attest'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = retentionWords[lang];
  const said = PLACES.find((place) => place === options.place);
  const state = PLACE_STATES.find((known) => known === options.state);
  if (said === undefined && state !== undefined)
    fail({ code: 'CLI_OPTION_MISSING', option: '--place', command: 'purge attest' });
  const places = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    if (said !== undefined) {
      if (state === undefined)
        return fail({ code: 'CLI_OPTION_MISSING', option: '--state', command: 'purge attest' });
      if (!dryRun) await attestPlace(session, said, state);
    }
    return attestedPlaces(session);
  });
  const open = places.find(({ attestation }) => attestation === null);
  return {
    json: {
      places: places.map(({ place, attestation }) => ({
        place,
        name: placeName(place, lang),
        state: attestation?.state ?? null,
        person: attestation?.person ?? null,
        time: attestation?.time ?? null,
      })),
      verified: false,
    },
    screen: (screen) => {
      if (said !== undefined) screen.good(dryRun ? words.wouldAttest : words.attested).gap();
      screen.heading(words.places).facts(
        places.map(({ place, attestation }) => [
          `  ${place}`,
          {
            items: [
              placeName(place, lang),
              ...(attestation === null
                ? [words.unsaid]
                : [stateWords[lang][attestation.state], `${dayOf(attestation.time)} ${attestation.person}`]),
            ],
            between: ' · ',
          },
        ]),
      );
      screen.warn(words.notVerified);
    },
    next:
      open === undefined || dryRun
        ? []
        : [
            {
              say: words.nextPlace,
              command: `handover purge attest --place ${open.place} --state …`,
            },
          ],
  };
};
