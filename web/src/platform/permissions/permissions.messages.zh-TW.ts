// Generated from the zh-CN file by scripts/traditional.ts. Edit that file and run the script.
export const messages = {
  title: '崗位權限',
  lead: '崗位決定能做什麼，崗位所在的區劃或單位決定能對誰做。修改後對任職人員立即生效。',
  postKinds: '崗位類別',
  holders: '{{count}} 人任職',
  granted: '已授予 {{count}} 項',
  changed: '{{count}} 處未保存',
  save: '保存',
  discard: '放棄修改',
  all: '全選',
  saved: '已保存“{{title}}”的權限',
  reasonTitle: '修改“{{title}}”的權限',
  adds: '增加：{{actions}}',
  removes: '取消：{{actions}}',
  separator: '、',
  empty: { title: '沒有崗位類別', hint: '崗位類別由政策包給出，請聯繫系統管理員檢查政策包。' },
}
