// The test runner takes the import() of a test for its own and would make the built program anew.
module.exports = (/** @type {string} */ url) => import(url);
