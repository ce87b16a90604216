import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/**
 * Problems of disks, files and the workspace folder. `name` is the base name of a file or the kind of document, `folder` the base name of
 * a folder, `reason` the operating system's own short code.
 */
export type StoreProblem =
  | { readonly code: 'FILE_NOT_FOUND'; readonly name: string }
  | { readonly code: 'FILE_FOLDER_MISSING'; readonly name: string; readonly folder: string }
  | { readonly code: 'FILE_IS_FOLDER'; readonly name: string }
  | { readonly code: 'FILE_NOT_PLAIN'; readonly name: string }
  | { readonly code: 'FILE_EXISTS'; readonly name: string }
  | { readonly code: 'FILE_TOO_LARGE'; readonly name: string; readonly limit: number }
  | { readonly code: 'DOCUMENT_TOO_LARGE'; readonly name: string; readonly limit: number }
  | { readonly code: 'FILE_NAME_TOO_LONG'; readonly name: string }
  | { readonly code: 'FILE_NAME_RESERVED'; readonly name: string }
  | { readonly code: 'FILE_PERMISSION'; readonly name: string }
  | { readonly code: 'FILE_BUSY'; readonly name: string }
  | { readonly code: 'FILE_FAULT'; readonly name: string; readonly reason: string }
  | { readonly code: 'DISK_FULL'; readonly name: string }
  | { readonly code: 'DISK_LIMIT'; readonly name: string }
  | { readonly code: 'DISK_READ_ONLY'; readonly name: string }
  | { readonly code: 'DISK_FAULT'; readonly name: string }
  | { readonly code: 'WORKSPACE_EXISTS'; readonly folder: string }
  | { readonly code: 'WORKSPACE_NOT_FOUND'; readonly folder: string }
  | { readonly code: 'WORKSPACE_OPEN_TO_OTHERS'; readonly name: string }
  | { readonly code: 'WORKSPACE_NO_MODES' }
  | { readonly code: 'WORKSPACE_VERSION'; readonly found: number; readonly supported: number }
  | { readonly code: 'WORKSPACE_LOCKED' }
  | { readonly code: 'WORKSPACE_DAMAGED'; readonly name: string }
  | { readonly code: 'VAULT_DAMAGED' }
  | { readonly code: 'VAULT_KEY_GONE'; readonly key: string }
  | { readonly code: 'PAGE_DAMAGED'; readonly dataset: string; readonly page: number };

export const storeExits: Exits<StoreProblem> = {
  FILE_NOT_FOUND: 'usage',
  FILE_FOLDER_MISSING: 'usage',
  FILE_IS_FOLDER: 'usage',
  FILE_NOT_PLAIN: 'usage',
  FILE_EXISTS: 'usage',
  FILE_TOO_LARGE: 'usage',
  DOCUMENT_TOO_LARGE: 'integrity',
  FILE_NAME_TOO_LONG: 'usage',
  FILE_NAME_RESERVED: 'usage',
  FILE_PERMISSION: 'temporary',
  FILE_BUSY: 'temporary',
  FILE_FAULT: 'temporary',
  DISK_FULL: 'temporary',
  DISK_LIMIT: 'temporary',
  DISK_READ_ONLY: 'temporary',
  DISK_FAULT: 'temporary',
  WORKSPACE_EXISTS: 'usage',
  WORKSPACE_NOT_FOUND: 'usage',
  WORKSPACE_OPEN_TO_OTHERS: 'temporary',
  WORKSPACE_NO_MODES: 'unsupported',
  WORKSPACE_VERSION: 'unsupported',
  WORKSPACE_LOCKED: 'locked',
  WORKSPACE_DAMAGED: 'integrity',
  VAULT_DAMAGED: 'key',
  VAULT_KEY_GONE: 'key',
  PAGE_DAMAGED: 'integrity',
};

export const storeSentences: Bilingual<StoreProblem> = {
  zh: {
    FILE_NOT_FOUND: (p) => ({
      what: `找不到文件 ${p.name}。`,
      fix: '请检查文件名和所在文件夹是否写对。',
    }),
    FILE_FOLDER_MISSING: (p) => ({
      what: `要保存 ${p.name}，但文件夹 ${p.folder} 不存在。`,
      fix: '请先建好这个文件夹，或换一个保存位置。',
    }),
    FILE_IS_FOLDER: (p) => ({
      what: `${p.name} 是文件夹，不是文件。`,
      fix: '请指定文件夹里的具体文件。',
    }),
    FILE_NOT_PLAIN: (p) => ({
      what: `${p.name} 不是普通文件，而是管道或设备，这里不能用。`,
      fix: '要读取时，请先把内容存成普通文件；要写入时，请换一个文件名。',
    }),
    FILE_EXISTS: (p) => ({
      what: `${p.name} 已经存在，没有覆盖。`,
      fix: '请换一个文件名，或先把旧文件移走；确定要覆盖时请加 --force。',
    }),
    FILE_TOO_LARGE: (p) => ({
      what: `${p.name} 超过 ${p.limit} 字节的上限，没有读取。`,
      fix: '请确认选对了文件。',
    }),
    DOCUMENT_TOO_LARGE: (p) => ({
      what: `${p.name} 超过这类文件 ${p.limit} 字节的上限，不是完好的文件，没有读取。`,
      fix: '请确认选对了文件；如果没有选错，请让对方重新发一份。',
    }),
    FILE_NAME_TOO_LONG: (p) => ({
      what: `文件名 ${p.name} 太长，系统不接受。`,
      fix: '请换一个短一些的文件名。',
    }),
    FILE_NAME_RESERVED: (p) => ({
      what: `Windows 不允许文件名 ${p.name}。`,
      fix: '请换一个名称：不要用 CON、NUL、COM1 这类设备名，不要有 < > : " | ? *，不要以点或空格结尾。',
    }),
    FILE_PERMISSION: (p) => ({
      what: `没有权限读写 ${p.name}。`,
      fix: '请检查文件和文件夹的权限，或换到自己的文件夹里再试。',
    }),
    FILE_BUSY: (p) => ({
      what: `${p.name} 正被其他程序占用。`,
      fix: '请先关闭打开它的程序（例如 Excel、WPS），再运行一次。',
    }),
    FILE_FAULT: (p) => ({
      what: `读写 ${p.name} 时系统报错（${p.reason}）。`,
      fix: '请再试一次；如果仍然出错，请检查磁盘，或换一个位置。',
    }),
    DISK_FULL: (p) => ({
      what: `写 ${p.name} 时磁盘空间不足。已有的数据没有受影响。`,
      fix: '请清理磁盘（或提高磁盘配额）后再运行一次。',
    }),
    DISK_LIMIT: (p) => ({
      what: `${p.name} 超过了这个磁盘允许的单个文件大小。已有的数据没有受影响。`,
      fix: '请换一个磁盘保存；FAT32 格式的 U 盘放不下 4 GB 以上的文件。',
    }),
    DISK_READ_ONLY: (p) => ({
      what: `${p.name} 所在的磁盘是只读的。`,
      fix: '请换一个可以写入的位置。',
    }),
    DISK_FAULT: (p) => ({
      what: `读写 ${p.name} 时磁盘出错。`,
      fix: '磁盘可能有故障，请先把重要数据备份到别处，再检查磁盘。',
    }),
    WORKSPACE_EXISTS: (p) => ({
      what: `文件夹 ${p.folder} 里已经有工作区或其他文件，没有改动。`,
      fix: '请在一个新的空文件夹里运行 handover init。',
    }),
    WORKSPACE_NOT_FOUND: (p) => ({
      what: `${p.folder} 不是工作区：里面没有 handover.db。`,
      fix: '请进入工作区文件夹，或用 --workspace 指明；还没有工作区时请先运行 handover init。',
    }),
    WORKSPACE_OPEN_TO_OTHERS: (p) => ({
      what: `这台电脑上的其他用户可以读到工作区里的 ${p.name}。`,
      fix: '请进入工作区文件夹运行：chmod -R go-rwx .',
    }),
    WORKSPACE_NO_MODES: () => ({
      what: '这里存不下只有您能读的文件：磁盘的格式（多半是 exFAT 或 FAT 的移动盘、网络盘）不认文件权限。',
      fix: '请把工作区建在电脑自己的硬盘上。要带走的只是交接包、回执这些文件，它们可以放在移动盘上。',
    }),
    WORKSPACE_VERSION: (p) => ({
      what: `这个工作区是更新版本的 handover 建立的（工作区版本 ${p.found}，本程序最高支持 ${p.supported}）。`,
      fix: '请升级 handover 后再打开。',
    }),
    WORKSPACE_LOCKED: () => ({
      what: '工作区正被另一个 handover 命令使用。',
      fix: '请等它结束后再运行。',
    }),
    WORKSPACE_DAMAGED: (p) => ({
      what: `工作区的 ${p.name} 已损坏，不能使用。`,
      fix: '请不要修改这个文件夹；从备份恢复整个工作区后再试。',
    }),
    VAULT_DAMAGED: () => ({
      what: '数据密钥文件 keys/vault.keys 打不开：文件缺失、已损坏，或不属于这个工作区。',
      fix: '请从备份恢复 keys 文件夹；没有这个文件，已保存的客户资料无法解密。',
    }),
    VAULT_KEY_GONE: (p) => ({
      what: `数据密钥 ${p.key} 已不存在，用它加密的资料不能再打开。`,
      fix: '如果资料已按期限销毁，这是正常的；否则请从备份恢复 keys 文件夹。',
    }),
    PAGE_DAMAGED: (p) => ({
      what: `数据集 ${p.dataset} 的第 ${p.page} 页已损坏，或不是原来保存的内容。`,
      fix: '请从备份恢复工作区，或重新导入原文件。',
    }),
  },
  en: {
    FILE_NOT_FOUND: (p) => ({
      what: `There is no file ${p.name}.`,
      fix: 'Check the spelling of the name and its folder.',
    }),
    FILE_FOLDER_MISSING: (p) => ({
      what: `${p.name} cannot be saved because the folder ${p.folder} does not exist.`,
      fix: 'Create the folder first, or save somewhere else.',
    }),
    FILE_IS_FOLDER: (p) => ({
      what: `${p.name} is a folder, not a file.`,
      fix: 'Name a file inside it.',
    }),
    FILE_NOT_PLAIN: (p) => ({
      what: `${p.name} is not an ordinary file but a pipe or a device, which is no use here.`,
      fix: 'To read it, save its contents as an ordinary file first; to write, choose another name.',
    }),
    FILE_EXISTS: (p) => ({
      what: `${p.name} exists already and was not overwritten.`,
      fix: 'Choose another name, or move the old file away; to overwrite it, add --force.',
    }),
    FILE_TOO_LARGE: (p) => ({
      what: `${p.name} is larger than ${p.limit} bytes and was not read.`,
      fix: 'Check that this is the right file.',
    }),
    DOCUMENT_TOO_LARGE: (p) => ({
      what: `${p.name} is over the limit of ${p.limit} bytes for documents of its kind, so it is none, and it was not read.`,
      fix: 'Check that it is the right file; if it is, ask for it once more.',
    }),
    FILE_NAME_TOO_LONG: (p) => ({
      what: `The file name ${p.name} is too long for this system.`,
      fix: 'Choose a shorter name.',
    }),
    FILE_NAME_RESERVED: (p) => ({
      what: `Windows allows no file of the name ${p.name}.`,
      fix: 'Choose another name: none of a device (CON, NUL, COM1), none of < > : " | ? *, no dot or space at its end.',
    }),
    FILE_PERMISSION: (p) => ({
      what: `There is no permission to read or write ${p.name}.`,
      fix: 'Check the permissions of the file and its folder, or work in a folder of your own.',
    }),
    FILE_BUSY: (p) => ({
      what: `${p.name} is in use by another program.`,
      fix: 'Close the program that has it open (a spreadsheet, for example) and run this again.',
    }),
    FILE_FAULT: (p) => ({
      what: `The system reported ${p.reason} while using ${p.name}.`,
      fix: 'Try again; if it fails again, check the disk or use another place.',
    }),
    DISK_FULL: (p) => ({
      what: `The disk was full while writing ${p.name}. What was stored before is unharmed.`,
      fix: 'Free some space (or raise the quota) and run this again.',
    }),
    DISK_LIMIT: (p) => ({
      what: `${p.name} is larger than this disk allows for one file. What was stored before is unharmed.`,
      fix: 'Save to another disk; a FAT32 stick holds no file of 4 GB or more.',
    }),
    DISK_READ_ONLY: (p) => ({
      what: `${p.name} is on a read-only disk.`,
      fix: 'Choose a place that can be written.',
    }),
    DISK_FAULT: (p) => ({
      what: `The disk failed while using ${p.name}.`,
      fix: 'The disk may be failing: back up what matters elsewhere first, then check it.',
    }),
    WORKSPACE_EXISTS: (p) => ({
      what: `The folder ${p.folder} already holds a workspace or other files; nothing was changed.`,
      fix: 'Run handover init in a new, empty folder.',
    }),
    WORKSPACE_NOT_FOUND: (p) => ({
      what: `${p.folder} is not a workspace: it has no handover.db.`,
      fix: 'Go to the workspace folder or name it with --workspace; to make one, run handover init.',
    }),
    WORKSPACE_OPEN_TO_OTHERS: (p) => ({
      what: `Other users of this computer can read ${p.name} of the workspace.`,
      fix: 'Go to the workspace folder and run: chmod -R go-rwx .',
    }),
    WORKSPACE_NO_MODES: () => ({
      what: 'No file can be kept for you alone here: the format of this disk (most likely a stick with exFAT or FAT, or a network disk) knows no permissions.',
      fix: 'Make the workspace on the computer’s own disk. What has to travel are bundles, receipts and the like, and a stick will do for those.',
    }),
    WORKSPACE_VERSION: (p) => ({
      what: `This workspace was made by a newer handover (workspace version ${p.found}; this program knows up to ${p.supported}).`,
      fix: 'Update handover, then open it again.',
    }),
    WORKSPACE_LOCKED: () => ({
      what: 'Another handover command is using the workspace.',
      fix: 'Wait until it has ended, then run this again.',
    }),
    WORKSPACE_DAMAGED: (p) => ({
      what: `${p.name} of the workspace is damaged and cannot be used.`,
      fix: 'Leave the folder as it is and restore the whole workspace from a backup.',
    }),
    VAULT_DAMAGED: () => ({
      what: 'The file of data keys, keys/vault.keys, cannot be opened: it is missing, damaged, or of another workspace.',
      fix: 'Restore the keys folder from a backup; without this file the stored records cannot be decrypted.',
    }),
    VAULT_KEY_GONE: (p) => ({
      what: `The data key ${p.key} no longer exists, so what it sealed cannot be opened.`,
      fix: 'If the records were purged when their time was over, this is as it should be; otherwise restore the keys folder from a backup.',
    }),
    PAGE_DAMAGED: (p) => ({
      what: `Page ${p.page} of dataset ${p.dataset} is damaged or is not what was stored.`,
      fix: 'Restore the workspace from a backup, or import the original file again.',
    }),
  },
};
