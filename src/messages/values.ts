import { screen } from './screens/screen.js';

/**
 * What the program's own spellings of a cell say to people. The keys are those of dataset/words.ts, which report/labels.ts proves by type.
 */
export const valueWords = screen(
  {
    answers: { yes: '是', no: '否' },
    genders: { male: '男', female: '女' },
    consents: {
      given: '同意',
      renewed: '重新同意',
      verbal: '口头同意',
      refused: '不同意',
      withdrawn: '已撤回',
      'no-reply': '未回复',
      implied: '默认或视为同意',
      unknown: '看不明白',
    },
    methods: {
      written: '书面',
      paper: '纸质签字',
      'e-signature': '电子签名',
      sms: '短信',
      wechat: '微信',
      app: '小程序或应用',
      email: '电子邮件',
      'phone-recording': '电话录音',
      verbal: '口头',
      default: '默认',
      other: '其他',
    },
  },
  {
    answers: { yes: 'yes', no: 'no' },
    genders: { male: 'male', female: 'female' },
    consents: {
      given: 'given',
      renewed: 'given again',
      verbal: 'given by word of mouth',
      refused: 'refused',
      withdrawn: 'withdrawn',
      'no-reply': 'no reply',
      implied: 'by default or silence',
      unknown: 'unclear',
    },
    methods: {
      written: 'in writing',
      paper: 'signed on paper',
      'e-signature': 'signed electronically',
      sms: 'text message',
      wechat: 'WeChat',
      app: 'app',
      email: 'e-mail',
      'phone-recording': 'recorded call',
      verbal: 'by word of mouth',
      default: 'by default',
      other: 'other',
    },
  },
);
