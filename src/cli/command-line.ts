/** A word of a command line, in double quotes, which sh and cmd.exe both know, where the shell would split it. */
export function quoted(word: string): string {
  return /^[^\s"'$`&|<>();*?\\]+$/.test(word) ? word : `"${word}"`;
}

/** A whole command line as it would be typed. */
export function commandLine(words: readonly string[]): string {
  return ['handover', ...words.map(quoted)].join(' ');
}
