export const messages = {
  brand: '铁军 · 脱贫攻坚工作系统',
  brandShort: '铁军',
  demo: '演示县',
  demoHint: '演示数据，人员均为虚构',
  language: '语言',
  signOut: '退出登录',
  account: '我的账号',
  groups: { work: '业务', administration: '系统管理' },
  home: { title: '首页' },
  notFound: {
    title: '页面不存在',
    advice: '请核对网址，或从左侧菜单重新进入。',
    home: '回到首页',
  },
  crashed: {
    title: '页面出现异常',
    advice: '请刷新页面。若仍出现，请记下操作步骤并联系系统管理员。',
    reload: '刷新页面',
  },
  updated: { title: '系统已更新', advice: '请刷新页面以使用新版本。' },
}
