/** Invented names: surnames and characters usual in Henan, put together by a seeded draw; nobody is meant. */
const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋魏薛崔程任姚姜范',
]
const MEN = [...'伟强磊军勇杰涛明超鹏辉刚建华志国永振海林峰亮成东方文武新春宏波宇斌凯俊']
const WOMEN = [...'芳娜敏静丽艳娟霞秀英慧巧美玉兰凤琴莉婷雪倩丹颖洁璐莹琳红梅云晓']

/** Numbers from 0 up to 1, always the same for one seed (mulberry32); demo people do not change between starts. */
export function seededDraw(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const oneOf = (draw: () => number, from: readonly string[]): string =>
  from[Math.floor(draw() * from.length)] ?? ''

/** Draws names until told to stop, none twice: two officials of one name would only confuse a demonstration. */
export function nameDrawer(draw: () => number): (sex: 'male' | 'female') => string {
  const taken = new Set<string>()
  return (sex) => {
    const characters = sex === 'male' ? MEN : WOMEN
    for (;;) {
      const given = oneOf(draw, characters) + (draw() < 0.7 ? oneOf(draw, characters) : '')
      const name = oneOf(draw, SURNAMES) + given
      if (taken.has(name)) continue
      taken.add(name)
      return name
    }
  }
}
