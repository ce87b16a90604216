import { z } from 'zod';
import { type SecretKey, secretFromHex } from '../base/crypto.js';
import { VERSION } from '../base/version.js';
import { fail } from '../messages/error.js';
import { versionSchema } from './document.js';

/*
 * What jobs for other machines have in common (docs/formats.md, "Lots", "Opening in parts", "Reading in ranges"): a worker is told in a sealed file
 * what to do, and says what it did under a MAC.
 */

/** The name of the sealed file in the folder of a job. */
export const JOB_NAME = 'job.age';
/** The document in it, for problems. */
export const JOB_DOCUMENT = 'job.json';

/** The version of the program that wrote a document of a job. */
export const programSchema = versionSchema;
/** Stands in each document of a job that this program writes. */
export const PROGRAM = { program: VERSION } as const;

/**
 * Another version may read or seal the same rows otherwise, in a letter or in a field, and nothing would show it: what is done on many machines is
 * what one machine does only if all of them have the same program (docs/decisions/0105).
 *
 * @param name of the file
 * @throws HandoverError LOTS_PROGRAM
 */
export function requireProgram(program: string, name: string): void {
  if (program !== VERSION) fail({ code: 'LOTS_PROGRAM', name, made: program, here: VERSION });
}

/** A key in a job. */
export const secretSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Reads a key of a job. @throws HandoverError FORMAT_SHAPE */
export function secretOf(text: string): SecretKey {
  return secretFromHex(text) ?? fail({ code: 'FORMAT_SHAPE', document: JOB_DOCUMENT, path: '.' });
}
