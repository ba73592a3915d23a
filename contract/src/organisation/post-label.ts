/** 岗位全称: the unit and the post, without saying the unit twice: 综合协调组干事, but 黄埠镇 乡镇扶贫专干. */
export const postLabel = (unitName: string, postTitle: string): string =>
  postTitle.startsWith(unitName) ? postTitle : `${unitName} ${postTitle}`
