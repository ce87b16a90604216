import { HandoverError } from '../messages/error.js';
import type { Problem } from '../messages/problem.js';

/**
 * The problem behind an error of the file system. The error itself is dropped: its message holds a whole path.
 * An error that does not come from the file system (no `errno`) is not ours to reword and is thrown on.
 *
 * @param name what the person calls the file: its base name or the kind of document
 */
export function translateErrno(error: unknown, name: string): HandoverError {
  if (error instanceof HandoverError) return error;
  const reason = errnoOf(error);
  if (reason === null) throw error;
  return new HandoverError(problemOf(reason, name));
}

/** Whether a second name was refused because the file system knows none (exFAT, FAT, some network disks), or allows none. */
export function lacksLinks(error: unknown): boolean {
  return ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL'].includes(
    errnoOf(error) ?? '',
  );
}

/** The operating system's code of an error (`ENOSPC`), or null for any other error. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

function problemOf(reason: string, name: string): Problem {
  switch (reason) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'FILE_NOT_FOUND', name };
    case 'EISDIR':
      return { code: 'FILE_IS_FOLDER', name };
    case 'EEXIST':
      return { code: 'FILE_EXISTS', name };
    case 'ENAMETOOLONG':
      return { code: 'FILE_NAME_TOO_LONG', name };
    case 'EACCES':
    case 'EPERM':
      return { code: 'FILE_PERMISSION', name };
    case 'EBUSY':
    case 'ETXTBSY':
      return { code: 'FILE_BUSY', name };
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'DISK_FULL', name };
    case 'EFBIG':
      return { code: 'DISK_LIMIT', name };
    case 'EROFS':
      return { code: 'DISK_READ_ONLY', name };
    case 'EIO':
      return { code: 'DISK_FAULT', name };
    default:
      return { code: 'FILE_FAULT', name, reason };
  }
}
