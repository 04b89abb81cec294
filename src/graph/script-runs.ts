/**
 * Names by orthography in scripts without capitals: titles in quotation marks, words in katakana, and foreign names
 * written with a middle dot between their parts. What these scripts do not mark becomes an entity through the titles and
 * aliases of documents alone.
 */
import type { Tokens } from '../text/index.js';

/** Some character of a script without case: Hebrew to Tibetan, Myanmar, Ethiopic to Khmer, Kana to Hangul. */
const CASELESS = /[\u0590-\u0fff\u1000-\u109f\u1200-\u137f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u;

/** Titles in marks that hold titles, or short quotations without punctuation inside. */
const QUOTED =
  /《([^《》]{1,40})》|〈([^〈〉]{1,40})〉|『([^『』。！？]{2,40})』|「([^「」、。！？]{2,20})」|“(\p{Script=Han}[^“”，。！？；、,.!?;]{1,20})”|«([^«»،؛.؟!]{2,40})»/gu;

const KATAKANA = /[\p{Script=Katakana}\u30fc]+(?:[・＝=][\p{Script=Katakana}\u30fc]+)*/gu;
/** Shorter words in katakana are mostly loanwords of everyday use. */
const MIN_KATAKANA = 4;

/** Characters that Chinese writes foreign names with; others before a dot belong to the words around the name. */
const TRANSCRIPTION =
  '阿埃艾爱安昂奥巴白班邦鲍贝本比彼宾波伯博勃布查柴昌达戴丹道德邓迪第蒂丁东都杜多顿恩尔法凡范菲费芬丰冯弗夫福富盖甘冈高戈哥格葛根贡古瓜圭哈海汉豪赫黑亨华怀惠霍基吉加佳嘉贾简杰捷金卡凯坎康考柯科可克肯库夸奎昆拉莱赖兰朗劳勒雷里理丽利莉莲列林琳龙隆卢鲁路伦罗洛吕马玛迈麦曼毛梅门蒙孟米密敏明莫默姆木穆纳娜南内尼妮年宁纽农努诺欧帕派潘庞佩彭皮匹平珀普奇齐契恰乔切琼丘让热仁荣茹儒瑞若萨塞赛桑瑟森沙莎山尚绍舍申圣施什石史士守舒顺朔斯丝思松苏孙索塔台泰坦汤唐陶特藤滕提廷通图土托瓦万旺威韦维温文翁沃乌武伍西希锡席霞夏香肖谢辛欣兴雄休许逊雅亚延扬耶叶伊依因英尤于约云泽增扎詹张哲珍芝治兹卓子祖佐';
const DOTTED = new RegExp(`[${TRANSCRIPTION}]{1,6}(?:[·‧・•][${TRANSCRIPTION}]{1,8})+`, 'gu');

interface CharacterSpan {
  readonly start: number;
  readonly end: number;
}

function* candidates(sentence: string): Generator<CharacterSpan> {
  for (const match of sentence.matchAll(QUOTED)) {
    const inner = match.slice(1).find((group) => group !== undefined)!;
    if (CASELESS.test(inner)) yield { start: match.index + 1, end: match.index + 1 + inner.length };
  }
  for (const { 0: word, index } of sentence.matchAll(KATAKANA)) {
    if (word.length >= MIN_KATAKANA) yield { start: index, end: index + word.length };
  }
  for (const { 0: name, index } of sentence.matchAll(DOTTED)) yield { start: index, end: index + name.length };
}

/** Runs within tokens [from, to) of one sentence, flat [a0, b0, a1, b1, ...] in token numbers, in no order. */
export function scriptRuns(text: string, tokens: Tokens, from: number, to: number): number[] {
  if (from >= to) return [];
  // Marks just outside the first and last word count.
  const base = from === 0 ? 0 : tokens.end[from - 1]!;
  const sentence = text.slice(base, to < tokens.count ? tokens.start[to] : text.length);
  if (!CASELESS.test(sentence)) return [];
  const runs: number[] = [];
  for (const { start, end } of candidates(sentence)) {
    let a = from;
    while (a < to && tokens.start[a]! < base + start) a++;
    let b = a;
    while (b < to && tokens.end[b]! <= base + end) b++;
    // A word that reaches over an end shows that the characters were no name.
    const whole = (b === to || tokens.start[b]! >= base + end) && (a === 0 || tokens.end[a - 1]! <= base + start);
    if (b > a && whole) runs.push(a, b);
  }
  return runs;
}
