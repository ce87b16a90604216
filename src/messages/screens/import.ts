import { plural, screen } from './screen.js';

/** The import of a customer file or a consent ledger. */
export const importWords = screen(
  {
    file: '文件',
    ledger: '同意记录',
    fileText: (name: string, encoding: string, bom: boolean, why: string) =>
      `${name}   ${encoding.toUpperCase()}${bom ? '（有 BOM）' : ''}（依据：${why}）`,
    shape: (delimiter: string, columns: number) => `${delimiter}分隔，${columns} 列`,
    sheetText: {
      xlsx: (name: string, sheet: string) => `${name}   Excel 工作簿，工作表“${sheet}”`,
      html: (name: string, sheet: string) => `${name}   网页（HTML）里的表格“${sheet}”`,
      xml: (name: string, sheet: string) => `${name}   XML 表格（Excel 2003），工作表“${sheet}”`,
    },
    sheetShape: (columns: number) => `${columns} 列`,
    workbook: {
      label: '工作簿',
      others: (sheets: string) => `另有工作表没有读：${sheets}（要读用 --sheet）`,
      hiddenSheets: (sheets: string) => `另有隐藏的工作表没有读：${sheets}（要读用 --sheet）`,
      ledger: '同意、撤回的记录',
      alike: (sheet: string, table: string) => `其中“${sheet}”看起来是${table}`,
      next: (sheet: string, table: string) => `工作表“${sheet}”还没有读，看起来是${table}；要一起移交就导入`,
      hiddenRows: (count: string) => `${count} 行是隐藏或被筛选掉的，照样读入`,
      hiddenColumns: (count: string) => `${count} 列是隐藏的，照样读入`,
      struckRows: (count: string, first: string) =>
        `${count} 行里有划掉的字（第一处在第 ${first} 行），照样读入：划掉的客户、划掉的同意请先在表里改正，再导入`,
      mergedCells: (count: string) => `${count} 处合并单元格，只有第一格有内容`,
      formulas: (count: string) => `${count} 格是公式，读的是保存时的结果`,
      unvalued: (count: string) => `${count} 格公式没有保存结果，按空格处理；请在 Excel 里打开并保存一次`,
      outside: (count: string, first: string) => `表格右边还有 ${count} 格内容没有读，第一处在 ${first}`,
      links: '里面引用了别的工作簿；没有打开它们',
    },
    delimiters: { ',': '逗号', ';': '分号', '\t': '制表符', '|': '竖线' },
    comma: '，',
    samples: '样例',
    wrong: '看起来不对？用 --encoding 指定编码',
    mapped: '对应',
    mappedText: (known: number, unknown: number) =>
      unknown === 0 ? `${known} 列全部识别` : `${known} 列已识别，${unknown} 列未识别（不会带走）`,
    unknown: '未识别',
    mapping: (path: string, used: boolean) => (used ? `按 ${path}` : `可在 ${path} 里修改后重新导入`),
    wouldMap: (path: string) => `将会写出 ${path}`,
    mappingLike: (file: string) => `列与 ${file} 相同，沿用它的对应`,
    askColumn: (label: string) => `没有一列的名字是“${label}”。它是哪一列？`,
    columnLine: (number: number, name: string, isLikely: boolean) =>
      `${number}  ${name}${isLikely ? '  （可能是）' : ''}`,
    columnNumber: '请输入列号：',
    columnOrSkip: '请输入列号；没有这一列就按回车：',
    columnOrNone: '请输入列号；都不是就按回车（按手机号或行号认人）：',
    result: '结果',
    balance: (rows: string, usable: string, rejected: string, blank: string, holds: boolean) =>
      `${rows} 行 = 可用 ${usable} + 退回 ${rejected} + 空行 ${blank}   ${holds ? '✓ 一行不少' : '✗ 对不上'}`,
    rejects: '退回',
    rejectsText: (rows: string, path: string) => `${rows} 行写入 ${path}（原样，加上行号、问题、建议）`,
    rejectBook: (path: string) => `同样的内容另有工作簿 ${path}（用 Excel、WPS 改起来不会走样）`,
    mendable: '可以修好',
    fixes: {
      encoding: (count: string) => `${count} 行的编码与文件不同：加 --fix encoding 就按它自己的编码读`,
      garbled: (count: string) => `${count} 格乱码可以原样还原：加 --fix garbled 就还原`,
      marks: (count: string) => `${count} 个号码前后有多余的符号：加 --fix marks 就去掉`,
      numbers: (count: string) => `${count} 个号码带逗号或“.0”：加 --fix numbers 就去掉`,
      control: (count: string) => `${count} 格有看不见的控制字符：加 --fix control 就去掉`,
    },
    fixQuestion: {
      encoding: (count: string) => `${count} 行的编码与文件不同。按它自己的编码读？`,
      garbled: (count: string) => `${count} 格乱码可以原样还原。还原？`,
      marks: (count: string) => `${count} 个号码前后有多余的符号。去掉？`,
      numbers: (count: string) => `${count} 个号码带逗号或“.0”。去掉？`,
      control: (count: string) => `${count} 格有看不见的控制字符。去掉？`,
    },
    yesOrNo: '（y 是，回车 否）',
    fixAgain: '能修好的修好，再导入一次',
    wouldReject: (rows: string, path: string) => `${rows} 行将会写入 ${path}`,
    notes: '提示',
    places: '位置',
    place: (line: number, column: number, what: string) =>
      column === 0 ? `第 ${line} 行  ${what}` : `第 ${line} 行第 ${column} 列  ${what}`,
    morePlaces: (count: string) => `还有 ${count} 处，见退回文件`,
    leftOut: '留空',
    leftOutText: (column: number, label: string, cells: string, why: string) =>
      `第 ${column} 列“${label}”：${cells} 格（${why}），客户照常导入`,
    aside: '不是客户',
    asideText: (lines: string) => `${lines} 行没有导入：`,
    more: '……',
    changes: '改写',
    noWords: (column: string, cells: string) =>
      `“${column}”一列里有 ${cells} 格像是客户的拒绝或撤回，没有当作答复来读。如果是客户的答复，请在列对应文件里写成“同意状态”再导入；不是的话用 --skip-column 说明`,
    unreadNoes: (rows: string) =>
      `退回的行里有 ${rows} 行可能是拒绝或撤回，看不出是哪一位客户：改正之前，谁的资料都不能移交。请在退回文件里补上编号、改正后导入`,
    undated: (events: string) =>
      `有 ${events} 条同意记录的时间读不出来：同意不算，拒绝和撤回照算，客户先不移交。请补上时间，再导入一次。`,
    manyRejected: '退回的行太多：很可能是编码、列对应或文件本身有问题，请先看退回文件。',
    erasedBefore: (count: string) =>
      `有 ${count} 位客户以前已经销毁，又随这个文件回来了：不会移交，请再次销毁。`,
    spelledAlike: (count: number) =>
      `有 ${count} 位客户的编号与说过不的客户只差写法（大小写、全半角、空格、横线、前导零），可能是同一个人：先不移交，请问清楚，用 handover subject decide 记下。`,
    replay: '再次销毁已经销毁过的客户',
    fixRejects: '在退回文件里改正这些行后导入退回文件，其余不变；可用的行现在就可以判定',
    alike: '看看可能是同一人或一家人的客户（不会自动合并）',
    check: '按协议判定',
    draft: '起草协议',
    checkAgain: '同意记录已收录，重新判定',
  },
  {
    file: 'File',
    ledger: 'Ledger',
    fileText: (name: string, encoding: string, bom: boolean, why: string) =>
      `${name}   ${encoding.toUpperCase()}${bom ? ' with BOM' : ''} (${why})`,
    shape: (delimiter: string, columns: number) => `${delimiter}, ${plural(columns, 'column')}`,
    sheetText: {
      xlsx: (name: string, sheet: string) => `${name}   an Excel workbook, sheet “${sheet}”`,
      html: (name: string, sheet: string) => `${name}   a web page (HTML), table “${sheet}”`,
      xml: (name: string, sheet: string) => `${name}   an XML spreadsheet (Excel 2003), sheet “${sheet}”`,
    },
    sheetShape: (columns: number) => plural(columns, 'column'),
    workbook: {
      label: 'Workbook',
      others: (sheets: string) => `sheets that were not read: ${sheets} (--sheet reads one)`,
      hiddenSheets: (sheets: string) => `hidden sheets that were not read: ${sheets} (--sheet reads one)`,
      ledger: 'a ledger of consents and withdrawals',
      alike: (sheet: string, table: string) => `of them, “${sheet}” looks like ${table}`,
      next: (sheet: string, table: string) =>
        `sheet “${sheet}” was not read and looks like ${table}: import it if it is to go as well`,
      hiddenRows: (count: string) => `${plural(count, 'row')} hidden or filtered out; read all the same`,
      hiddenColumns: (count: string) => `${plural(count, 'column')} hidden; read all the same`,
      struckRows: (count: string, first: string) =>
        `${plural(count, 'row')} with text struck through (the first is row ${first}), read all the same: put right in the sheet who was struck off or whose yes was, and import again`,
      mergedCells: (count: string) =>
        `${plural(count, 'merged area')}: only the first cell of each has a value`,
      formulas: (count: string) => `${plural(count, 'formula')}: what was read is the result that was saved`,
      unvalued: (count: string) =>
        `${plural(count, 'formula')} without a saved result, read as empty; open and save the file in Excel once`,
      outside: (count: string, first: string) =>
        `${plural(count, 'cell')} to the right of the table not read, the first at ${first}`,
      links: 'refers to other workbooks, which were not opened',
    },
    delimiters: { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' },
    comma: '; ',
    samples: 'Sample',
    wrong: 'Does it look wrong? Name the encoding with --encoding',
    mapped: 'Columns',
    mappedText: (known: number, unknown: number) =>
      unknown === 0 ? `all ${known} recognised` : `${known} recognised, ${unknown} not (these stay behind)`,
    unknown: 'Unknown',
    mapping: (path: string, used: boolean) =>
      used ? `by ${path}` : `to change this, edit ${path} and import again`,
    wouldMap: (path: string) => `would write ${path}`,
    mappingLike: (file: string) => `the columns are those of ${file}; its mapping is used`,
    askColumn: (label: string) => `No column is called “${label}”. Which one is it?`,
    columnLine: (number: number, name: string, isLikely: boolean) =>
      `${number}  ${name}${isLikely ? '  (likely)' : ''}`,
    columnNumber: 'Number of the column: ',
    columnOrSkip: 'Number of the column, or Enter if there is none: ',
    columnOrNone: 'Number of the column, or Enter for none (then by mobile number or line): ',
    result: 'Result',
    balance: (rows: string, usable: string, rejected: string, blank: string, holds: boolean) =>
      `${plural(rows, 'row')} = ${usable} usable + ${rejected} rejected + ${blank} blank   ${holds ? '✓ none missing' : '✗ does not add up'}`,
    rejects: 'Rejected',
    rejectsText: (rows: string, path: string) =>
      `${plural(rows, 'row')} in ${path} (as they were, with line, problem and advice)`,
    rejectBook: (path: string) => `the same as a workbook in ${path}, which Excel and WPS do not spoil`,
    mendable: 'Mendable',
    fixes: {
      encoding: (count: string) =>
        `${plural(count, 'row')} in another encoding: --fix encoding reads each in its own`,
      garbled: (count: string) =>
        `${plural(count, 'cell')} of garbled text that nothing was lost of: --fix garbled turns them back`,
      marks: (count: string) =>
        `${plural(count, 'number')} with surplus marks around: --fix marks takes them off`,
      numbers: (count: string) =>
        `${plural(count, 'number')} with commas or “.0”: --fix numbers takes them off`,
      control: (count: string) =>
        `${plural(count, 'cell')} with control characters: --fix control takes them out`,
    },
    fixQuestion: {
      encoding: (count: string) =>
        `${plural(count, 'row is', 'rows are')} in another encoding. Read each in its own?`,
      garbled: (count: string) =>
        `${plural(count, 'cell is', 'cells are')} garbled, but not lost. Turn them back?`,
      marks: (count: string) =>
        `${plural(count, 'number has', 'numbers have')} surplus marks around. Take them off?`,
      numbers: (count: string) =>
        `${plural(count, 'number has', 'numbers have')} commas or “.0”. Take them off?`,
      control: (count: string) =>
        `${plural(count, 'cell has', 'cells have')} control characters. Take them out?`,
    },
    yesOrNo: ' (y for yes, Enter for no) ',
    fixAgain: 'mend what can be mended, and import once more',
    wouldReject: (rows: string, path: string) => `${plural(rows, 'row')} would go to ${path}`,
    notes: 'Notes',
    places: 'Where',
    place: (line: number, column: number, what: string) =>
      column === 0 ? `line ${line}  ${what}` : `line ${line}, column ${column}  ${what}`,
    morePlaces: (count: string) => `${count} more in the reject file`,
    leftOut: 'Left out',
    leftOutText: (column: number, label: string, cells: string, why: string) =>
      `column ${column} (${label}): ${plural(cells, 'cell')} (${why}); the customers stay`,
    aside: 'No customers',
    asideText: (lines: string) => `${plural(lines, 'line')} not imported:`,
    more: '…',
    changes: 'Changed',
    noWords: (column: string, cells: string) =>
      `${plural(cells, 'cell')} of column “${column}” look like a refusal or a withdrawal and were not read as one. If customers say so, write the column as consent_status in the mapping file and import again; if not, say so with --skip-column`,
    unreadNoes: (rows: string) =>
      `${plural(rows, 'rejected row')} may say no, and nobody can tell for whom: until they are corrected nothing is handed over. Put the number right in the reject file and import that`,
    undated: (events: string) =>
      `The time of ${plural(events, 'event')} cannot be read: a yes does not count, a no does, and the customer is held back. Add the time and import once more.`,
    manyRejected:
      'Many rows were rejected: probably the encoding, the columns or the file itself is wrong. Look at the reject file first.',
    erasedBefore: (count: string) =>
      `${plural(count, 'customer')} who had been erased came back with this file: none of them may leave; erase again.`,
    spelledAlike: (count: number) =>
      `${count === 1 ? '1 customer has a number that differs' : `${count} customers have numbers that differ`} only in spelling from that of somebody who said no (case, width, spaces, hyphens, leading zeros), and may be the same person: held back; find out, and note it with handover subject decide.`,
    replay: 'erase again who was erased before',
    fixRejects:
      'correct the rows in the reject file and import it, which changes only them; the usable ones can be checked now',
    alike: 'look at customers who may be one person or household (nothing is joined)',
    check: 'decide under the deal',
    draft: 'draft the deal',
    checkAgain: 'the consents are in; decide again',
  },
);
