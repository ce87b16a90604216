import { SQLITE_ENGINES } from '../../src/messages/engines.js';
import { preferSqlite } from '../../src/store/sqlite.js';

// `HANDOVER_SQLITE=builtin npm test` takes one SQLite everywhere, in the tests' own process too.
preferSqlite(SQLITE_ENGINES.find((name) => name === process.env['HANDOVER_SQLITE']) ?? null);
