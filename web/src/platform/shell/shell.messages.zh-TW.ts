// Generated from the zh-CN file by scripts/traditional.ts. Edit that file and run the script.
export const messages = {
  brand: '鐵軍 · 脫貧攻堅工作系統',
  brandShort: '鐵軍',
  demo: '演示縣',
  demoHint: '演示資料，人員均為虛構',
  language: '語言',
  signOut: '退出登入',
  account: '我的賬號',
  groups: { work: '業務', administration: '系統管理' },
  home: { title: '首頁' },
  notFound: {
    title: '頁面不存在',
    advice: '請核對網址，或從左側選單重新進入。',
    home: '回到首頁',
  },
  crashed: {
    title: '頁面出現異常',
    advice: '請重新整理頁面。若仍出現，請記下操作步驟並聯繫系統管理員。',
    reload: '重新整理頁面',
  },
  updated: { title: '系統已更新', advice: '請重新整理頁面以使用新版本。' },
}
