/** One thing wrong in a policy pack, said so that the person who edits the file can find and mend it. */
export interface PackProblem {
  file: string
  /** Place inside the file, such as posts[3].actions[1]; empty when the file as a whole is meant. */
  path: string
  line: number | null
  message: string
}

function sentence({ file, path, line, message }: PackProblem): string {
  const place = line === null ? file : `${file} 第${line}行`
  return path === '' ? `${place}：${message}` : `${place}，${path}：${message}`
}

/** A pack that cannot be used; the message lists every problem, one a line. */
export class PackError extends Error {
  readonly problems: readonly PackProblem[]

  constructor(dir: string, problems: readonly PackProblem[]) {
    super(
      [`政策包 ${dir} 有 ${problems.length} 处问题，请改正后重试：`, ...problems.map(sentence)].join('\n'),
    )
    this.name = 'PackError'
    this.problems = problems
  }
}
