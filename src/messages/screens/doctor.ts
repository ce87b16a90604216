import { NATIVE_CAUSES, type NativeCause, nativeWords } from '../engines.js';
import { plural, screen } from './screen.js';

function isCause(detail: string): detail is NativeCause {
  return NATIVE_CAUSES.some((cause) => cause === detail);
}

/** `addon 3.53.2`: whose SQLite is used, and its version. */
function usedZh(used: string): string {
  const [engine = '', version = ''] = used.split(' ');
  return engine === 'builtin' ? `Node.js 自带的 SQLite ${version}` : `better-sqlite3，SQLite ${version}`;
}

function usedEn(used: string): string {
  const [engine = '', version = ''] = used.split(' ');
  return engine === 'builtin' ? `SQLite ${version} of Node.js itself` : `better-sqlite3, SQLite ${version}`;
}

/** What doctor looks at, and what to do about it. The keys of `checks` are those of steps/setup/doctor.ts, which the command proves by type. */
export const doctorWords = screen(
  {
    healthy: '一切正常。',
    attention: (count: number) => `有 ${count} 项需要注意。`,
    noWorkspace: '这里不是工作区：只检查了运行环境。',
    notOpened: '数据库打不开，工作区没有检查。',
    tampered: '有内容被改动过，请不要继续操作。',
    checks: {
      node: { name: 'Node.js', good: (detail: string) => detail, warning: (detail: string) => detail },
      database: {
        name: '数据库',
        good: (used: string) => `打开、写入、读回都正常（${usedZh(used)}）`,
        warning: (cause: string): string =>
          isCause(cause)
            ? `${nativeWords.zh[cause].what}打不开任何工作区。${nativeWords.zh[cause].fix}`
            : '写入的内容读回来不一样：请重新安装 handover',
      },
      sealing: {
        name: '加密签名',
        good: () => '加密、解密、签名、核对都正常',
        warning: () => '加密后打不开，或签名核对不上：请重新安装 handover，在此之前不要收发交接包',
      },
      'file-names': {
        name: '中文文件名',
        good: () => '写入、读回都正常',
        warning: () => '临时文件夹里写不了中文名的文件：请检查磁盘空间、权限和系统的语言设置',
      },
      thread: {
        name: '工作线程',
        good: () => '启动正常',
        warning: () => '启动不了，大的文件无法处理：安装文件多半不完整，请重新安装 handover',
      },
      log: {
        name: '日志',
        good: (events: string) => `${events} 个事件，都在签名的检查点之下，没有改动`,
        warning: () => '',
        alarm: (code: string) =>
          `被改动或截断（${code}）：请不要继续操作，运行 handover audit verify 查看详情`,
      },
      records: {
        name: '客户资料',
        good: (pages: string) => `${pages} 页逐页打开核对，都是原样、都在原处`,
        warning: () => '',
        alarm: (pages: string) => `${pages} 页打不开：被改动过，或换成了别处、从前的内容`,
        note: () => '没有打开核对：要逐页核对，请运行 handover doctor --vault',
      },
      identity: {
        name: '身份密钥',
        good: () => '有口令保护',
        warning: () => '以明文保存：谁能读到文件谁就能冒充您。只适合自动化；正式使用请另建有口令的工作区',
      },
      card: {
        name: '名片',
        good: () => '有效',
        warning: () => '已过有效期：请制作新名片发给对方',
      },
      clock: {
        name: '时钟',
        good: () => '正常',
        warning: (detail: string) => `电脑的时间早于已知的最近时间（${detail}），请校准；在此之前不能销毁`,
      },
      'clock-leap': {
        name: '日期',
        good: () => '正常',
        warning: (days: string) => `比最近一次活动晚了 ${days} 天，请核对电脑的日期`,
      },
      'sync-folder': {
        name: '存放位置',
        good: () => '不在同步盘里',
        warning: (detail: string) =>
          `在同步盘 ${detail} 里，密钥和客户资料会被复制到别处；请移到本机的普通文件夹`,
      },
      access: {
        name: '访问权限',
        good: () => '只有本人能读',
        warning: () => '别人也能读',
        note: () => 'Windows 按访问列表决定谁能读，程序没有核实；请运行 icacls . 查看，应当只有本人和管理员',
      },
      unfinished: {
        name: '未完成',
        good: () => '没有',
        warning: (detail: string) => `${detail} 次导出没有完成；再运行一次 handover export 会接着处理`,
      },
      drafts: {
        name: '明文草稿',
        good: () => '没有留下',
        warning: (paths: string) => `中断的命令留下了明文草稿，删不掉，请手工删除：${paths}`,
      },
      keys: {
        name: '数据密钥',
        good: () => '没有多余的',
        warning: (ids: string) =>
          `有不再使用的数据密钥（中断的导入留下的）：${ids}；下一次 handover purge run 会销毁`,
      },
      laws: {
        name: '法律目录',
        good: (detail: string) => `${detail} 核实`,
        warning: (detail: string) =>
          `核实于 ${detail}，已超过一百八十天：请更新程序，或者用 handover laws 核对`,
      },
    },
  },
  {
    healthy: 'All is well.',
    attention: (count: number) => `${plural(count, 'thing needs', 'things need')} attention.`,
    noWorkspace: 'This is not a workspace: only the installation was checked.',
    notOpened: 'No database can be opened: the workspace was not looked at.',
    tampered: 'Something was tampered with: do not go on.',
    checks: {
      node: { name: 'Node.js', good: (detail: string) => detail, warning: (detail: string) => detail },
      database: {
        name: 'Database',
        good: (used: string) => `opened one, wrote and read back (${usedEn(used)})`,
        warning: (cause: string): string =>
          isCause(cause)
            ? `${nativeWords.en[cause].what}, so no workspace can be opened. ${nativeWords.en[cause].fix}`
            : 'what was written came back different: install handover anew',
      },
      sealing: {
        name: 'Cryptography',
        good: () => 'sealed and opened, signed and verified',
        warning: () =>
          'what was sealed does not open, or a signature does not verify: install handover anew, and exchange no bundles before',
      },
      'file-names': {
        name: 'Chinese names',
        good: () => 'wrote a file and read it back',
        warning: () =>
          'no file with a Chinese name can be written in the temporary folder: check space, permissions and the language of the system',
      },
      thread: {
        name: 'Threads',
        good: () => 'started one',
        warning: () =>
          'none can be started, so no large file can be read: the installation is probably incomplete, install handover anew',
      },
      log: {
        name: 'Log',
        good: (events: string) =>
          `${plural(Number(events), 'event')}, all under signed checkpoints, unchanged`,
        warning: () => '',
        alarm: (code: string) =>
          `changed or cut (${code}): do not go on, and run handover audit verify to see what it is`,
      },
      records: {
        name: 'Records',
        good: (pages: string) =>
          `${plural(pages, 'page')} opened one by one: as they were written, and where they belong`,
        warning: () => '',
        alarm: (pages: string) =>
          `${plural(pages, 'page')} cannot be opened: changed, or put there from elsewhere or from before`,
        note: () => 'not opened; handover doctor --vault opens them one by one',
      },
      identity: {
        name: 'Identity',
        good: () => 'protected by a passphrase',
        warning: () =>
          'in clear: whoever reads the file can act as you. For automation only; make a protected workspace for real use',
      },
      card: {
        name: 'Card',
        good: () => 'current',
        warning: () => 'expired: make a new one and send it to the other party',
      },
      clock: {
        name: 'Clock',
        good: () => 'right',
        warning: (detail: string) =>
          `this computer is behind the latest time that is known (${detail}); set it right, nothing can be purged before`,
      },
      'clock-leap': {
        name: 'Date',
        good: () => 'plausible',
        warning: (days: string) =>
          `${days} days after the last sign of life; check the date of this computer`,
      },
      'sync-folder': {
        name: 'Place',
        good: () => 'not in a synchronised folder',
        warning: (detail: string) =>
          `inside ${detail}, which copies keys and customers elsewhere; move it to an ordinary folder of this computer`,
      },
      access: {
        name: 'Access',
        good: () => 'nobody else can read it',
        warning: () => 'others can read it',
        note: () =>
          'Windows decides by access lists, which were not verified: run icacls . and see that only you and administrators are named',
      },
      unfinished: {
        name: 'Unfinished',
        good: () => 'nothing',
        warning: (detail: string) =>
          `${detail} export did not finish; running handover export again settles it`,
      },
      drafts: {
        name: 'Drafts in clear',
        good: () => 'none left',
        warning: (paths: string) =>
          `an interrupted command left drafts with customers in clear that cannot be removed; delete them by hand: ${paths}`,
      },
      keys: {
        name: 'Data keys',
        good: () => 'none unused',
        warning: (ids: string) =>
          `unused data keys, left by imports that were cut short: ${ids}; the next handover purge run destroys them`,
      },
      laws: {
        name: 'Laws',
        good: (detail: string) => `verified on ${detail}`,
        warning: (detail: string) =>
          `verified on ${detail}, more than 180 days ago: update the program, or compare with handover laws`,
      },
    },
  },
);
