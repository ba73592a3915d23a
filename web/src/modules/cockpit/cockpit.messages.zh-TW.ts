// Generated from the zh-CN file by scripts/traditional.ts. Edit that file and run the script.
export const messages = {
  title: '成效數字',
  lead: '每個數字都由記錄現場算出，只含您管轄範圍內的記錄；點開數字就是被統計的那些記錄。',
  columns: {
    figure: '數字',
    reported: '報道',
    ours: '本系統',
    met: '對照',
    counts: '統計什麼',
    share: '佔比',
  },
  groups: {
    report: '2018年4月報道的數字',
    registry: '檔卡與機構',
    category: '按貧困戶屬性',
    cause: '按主要致貧原因',
  },
  notBuilt: '尚未建設',
  met: '達到',
  notMet: '未達到',
  open: '查看{{label}}的記錄',
  summary: '{{met}} 項達到報道數字，{{notMet}} 項未達到，{{notBuilt}} 項的功能尚未建設。',
  monthly: {
    title: '逐月數字',
    lead: '每月末登記冊中有多少，按當時的記載；以後的更正不會改變它。點開月份，看截至當月末的全部數字。',
    figure: '數字',
    month: '月份',
    none: '還沒有保存下來的歷史。',
    description: '折線圖，{{label}}逐月：{{list}}。下表列有同樣的數字。',
  },
  chart: {
    title: '主要致貧原因',
    description: '橫條圖，各致貧原因的戶數從多到少：{{list}}。下表列有同樣的數字。',
    bar: '{{label}} {{value}} 戶',
    separator: '，',
    none: '管轄範圍內還沒有填寫主要致貧原因的檔卡。',
  },
}
