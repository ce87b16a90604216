import {
  COMMAND_NAMES,
  flagOf,
  GLOBALS,
  type OptionShape,
  type Placeholder,
  SHAPES,
  type CommandShape,
} from './shapes.js';

/** Shells that are served. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

/** What can be typed after some words: `card`, `card show`, or nothing yet. */
interface Place {
  readonly at: string;
  /** The next words of commands; none after a whole command. */
  readonly words: readonly string[];
  readonly options: readonly Offered[];
  readonly takesFiles: boolean;
}

interface Offered {
  readonly flag: string;
  /** The values of a choice; `files` where any file will do; null for one without a value; none for what only a person knows. */
  readonly values: readonly string[] | 'files' | null;
}

/** What is a file or a folder. */
const ON_DISK: readonly Placeholder[] = ['FILE', 'FOLDER', 'BUNDLE', 'CARD', 'DEAL'];

function offered(shapes: Readonly<Record<string, OptionShape>>): readonly Offered[] {
  return Object.entries(shapes).map(([key, shape]) => ({ flag: flagOf(key), values: valuesOf(shape) }));
}

function valuesOf(shape: OptionShape): Offered['values'] {
  if (shape.kind === 'flag') return null;
  if ('of' in shape) return shape.of;
  return ON_DISK.includes(shape.value) ? 'files' : [];
}

function places(): readonly Place[] {
  const globals = offered(GLOBALS);
  const first = [...new Set(COMMAND_NAMES.map((name) => name.split(' ')[0] ?? ''))];
  const groups = first.filter((word) => !COMMAND_NAMES.some((name) => name === word));
  const whole = COMMAND_NAMES.map((at): Place => {
    const shape: CommandShape = SHAPES[at];
    const own = offered({
      ...shape.options,
      ...(shape.dryRun === true ? { dryRun: { kind: 'flag' } as const } : {}),
    });
    const takesFiles = Object.values(shape.arguments).some(({ value }) => ON_DISK.includes(value));
    const shells = at === 'completion' ? SHELLS : [];
    return { at, words: shells, options: [...own, ...globals], takesFiles };
  });
  const group = (at: string): Place => ({
    at,
    words: COMMAND_NAMES.filter((name) => name.startsWith(`${at} `)).map((name) => name.slice(at.length + 1)),
    options: globals,
    takesFiles: false,
  });
  return [{ at: '', words: first, options: globals, takesFiles: false }, ...groups.map(group), ...whole];
}

/** The script that a shell reads to complete the words of `handover`. It holds only words of ASCII without quotes. */
export function completionScript(shell: Shell): string {
  const all = places();
  switch (shell) {
    case 'bash':
      return bash(all);
    case 'zsh':
      return zsh(all);
    case 'fish':
      return fish(all);
    case 'powershell':
      return powershell(all);
  }
}

const flags = (all: readonly Place[], keep: (option: Offered) => boolean): readonly string[] => [
  ...new Set(all.flatMap(({ options }) => options.filter(keep).map(({ flag }) => flag))),
];
const takingValues = (all: readonly Place[]): readonly string[] =>
  flags(all, ({ values }) => values !== null);
const takingFiles = (all: readonly Place[]): readonly string[] =>
  flags(all, ({ values }) => values === 'files');

/** Each option with closed values, at each place that knows it. */
function choices(all: readonly Place[]): readonly (readonly [at: string, flag: string, values: string])[] {
  return all.flatMap(({ at, options }) =>
    options.flatMap(({ flag, values }) =>
      values === null || values === 'files' || values.length === 0
        ? []
        : [[at, flag, values.join(' ')] as const],
    ),
  );
}

/** bash and zsh find the place of the cursor by the same code; the arrays of their words differ. */
function whereabouts(all: readonly Place[], from: string, word: string, until: string): readonly string[] {
  return [
    `  for ((i = ${from}; i < ${until}; i++)); do`,
    `    word="${word}"`,
    '    if [[ -n "$skip" ]]; then skip=""; continue; fi',
    '    case "$word" in',
    `      ${takingValues(all).join('|')}) skip=1 ;;`,
    '      -*) ;;',
    '      *)',
    `        case "\${at:+$at }$word" in`,
    `          ${all.flatMap(({ at }) => (at === '' ? [] : [`'${at}'`])).join('|')}) at="\${at:+$at }$word" ;;`,
    '        esac ;;',
    '    esac',
    '  done',
    '  case "$at $prev" in',
    ...choices(all).map(([at, flag, values]) => `    '${at} ${flag}') offered="${values}" ;;`),
    '    *)',
    '      case "$prev" in',
    `        ${takingFiles(all).join('|')}) files=1 ;;`,
    `        ${takingValues(all).join('|')}) return 0 ;;`,
    '        *)',
    '          case "$at" in',
    ...all.map(
      ({ at, words, options, takesFiles }) =>
        `            '${at}') offered="${words.join(' ')}"; options="${options.map(({ flag }) => flag).join(' ')}"${takesFiles ? '; files=1' : ''} ;;`,
    ),
    '          esac',
    '          if [[ "$cur" == -* ]]; then offered="$options"; files=""; fi ;;',
    '      esac ;;',
    '  esac',
  ];
}

function bash(all: readonly Place[]): string {
  return [
    '# handover in bash: eval "$(handover completion bash)"',
    '_handover() {',
    `  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at="" word skip="" offered="" options="" files="" i`,
    ...whereabouts(all, '1', `\${COMP_WORDS[i]}`, 'COMP_CWORD'),
    '  COMPREPLY=($(compgen -W "$offered" -- "$cur"))',
    '  if [[ -n "$files" ]]; then',
    '    compopt -o filenames 2>/dev/null',
    `    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")`,
    '  fi',
    '}',
    'complete -F _handover handover',
    '',
  ].join('\n');
}

function zsh(all: readonly Place[]): string {
  return [
    '#compdef handover',
    '# handover in zsh, after compinit: eval "$(handover completion zsh)"',
    '_handover() {',
    `  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" at="" word skip="" offered="" options="" files="" i`,
    ...whereabouts(all, '2', `\${words[i]}`, 'CURRENT'),
    `  [[ -n "$offered" ]] && compadd -- \${=offered}`,
    '  [[ -n "$files" ]] && _files',
    '  return 0',
    '}',
    `if [[ "\${funcstack[1]}" == _handover ]]; then _handover "$@"; else compdef _handover handover; fi`,
    '',
  ].join('\n');
}

function fish(all: readonly Place[]): string {
  const known = all.flatMap(({ at }) => (at === '' ? [] : [`'${at}'`]));
  return [
    '# handover in fish: handover completion fish | source',
    'function __handover_at',
    "    set -l at ''",
    "    set -l skip ''",
    '    for word in (commandline -opc)[2..-1]',
    '        if test -n "$skip"; set skip \'\'; continue; end',
    '        switch $word',
    `            case ${takingValues(all).join(' ')}`,
    '                set skip 1',
    "            case '-*'",
    "            case '*'",
    '                set -l next (string trim -- "$at $word")',
    `                if contains -- $next ${known.join(' ')}; set at $next; end`,
    '        end',
    '    end',
    '    test "$at" = "$argv[1]"',
    'end',
    'complete -c handover -e',
    ...all.flatMap(({ at, words, options, takesFiles }) => {
      const here = `complete -c handover -n "__handover_at '${at}'"`;
      return [
        ...(takesFiles ? [] : [`${here} -f`]),
        ...(words.length === 0 ? [] : [`${here} -f -a '${words.join(' ')}'`]),
        ...options.map(({ flag, values }) => {
          const long = `${here} -l ${flag.slice(2)}`;
          if (values === null) return long;
          if (values === 'files') return `${long} -r -F`;
          return values.length === 0 ? `${long} -x` : `${long} -x -a '${values.join(' ')}'`;
        }),
      ];
    }),
    '',
  ].join('\n');
}

function powershell(all: readonly Place[]): string {
  const list = (words: readonly string[]): string => `@(${words.map((word) => `'${word}'`).join(', ')})`;
  return [
    '# handover in PowerShell: handover completion powershell | Out-String | Invoke-Expression',
    'Register-ArgumentCompleter -Native -CommandName handover -ScriptBlock {',
    '  param($wordToComplete, $commandAst, $cursorPosition)',
    `  $values = ${list(takingValues(all))}`,
    '  $words = @{',
    ...all.map(({ at, words }) => `    '${at}' = ${list(words)}`),
    '  }',
    '  $options = @{',
    ...all.map(({ at, options }) => `    '${at}' = ${list(options.map(({ flag }) => flag))}`),
    '  }',
    '  $choices = @{',
    ...choices(all).map(([at, flag, given]) => `    '${at} ${flag}' = ${list(given.split(' '))}`),
    '  }',
    "  $at = ''; $skip = $false; $previous = ''",
    '  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {',
    '    if ($element.Extent.EndOffset -ge $cursorPosition -and $wordToComplete -ne "") { break }',
    '    $word = $element.ToString(); $previous = $word',
    '    if ($skip) { $skip = $false; continue }',
    '    if ($values -contains $word) { $skip = $true; continue }',
    '    if ($word.StartsWith("-")) { continue }',
    '    $next = "$at $word".Trim()',
    '    if ($options.ContainsKey($next)) { $at = $next }',
    '  }',
    '  if ($choices.ContainsKey("$at $previous")) { $offered = $choices["$at $previous"] }',
    '  elseif ($values -contains $previous) { return }',
    '  elseif ($wordToComplete.StartsWith("-")) { $offered = $options[$at] }',
    '  else { $offered = $words[$at] }',
    '  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {',
    '    [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", $_)',
    '  }',
    '}',
    '',
  ].join('\n');
}
