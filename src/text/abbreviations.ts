/** Words before a full stop that does not end a sentence. */

/** In every language: titles, and marks before names and numbers (as the retrieval model was fitted with, and a few more). */
const COMMON =
  'Mr Mrs Ms Dr St vs No Gen Col Lt Sgt Prof Rev c ca b d lit translit Capt Maj Cmdr Sen Rep Gov Hon Pres Ft Mt Messrs Mme Mlle Fig Figs Eq Vol Art pp al cf approx est fl Nos';
/** Join too, unless a function word follows: they end sentences as well. */
const CAN_END = new Set('Jr Sr Inc Ltd Co Corp Bros etc Ph.D M.D B.A M.A a.m p.m A.M P.M A.D B.C'.split(' '));

const BY_LANGUAGE: Readonly<Record<string, string>> = {
  de: 'Hr Fr Nr Str bzw ca evtl ggf vgl Abb Bd Jh Jhd geb gest verh Mio Mrd Tsd Aufl Hrsg sog inkl exkl Kap Tab Dipl Ing jun sen Abs Abt Anm Tel z.B d.h u.a o.g v.a z.T i.d.R s.o s.u u.U n.Chr v.Chr',
  fr: 'M MM Ste av apr env chap éd ed vol art fig p Pr Me Mgr',
  es: 'Sr Sra Sres Srta Dra D Dña Ud Uds Lic Ing Av pág págs núm art cap fig aprox p.ej',
  it: 'sig sigg dott ing avv on geom pag pagg cap fig art sec ecc',
  pt: 'Sr Sra Dra Av pág págs séc art fig núm Exmo',
  nl: 'dhr mevr dr ir drs mr nr blz bijv jl resp ca fig',
  sv: 'kl nr ca dvs bl t.ex bl.a s.k m.m p.g.a fig resp',
  no: 'kl nr ca dvs bl f.eks bl.a s.k osv fig',
  da: 'kl nr ca dvs bl f.eks bl.a s.k osv fig',
  fi: 'esim ks mm ns synt k n nk',
  pl: 'ul dr prof np ok ur zm św im al nr tzw tys mln mld m.in',
  cs: 'č čp např tzv tj str sv roč prof dr ing',
  ro: 'nr str dl dna d-na d-l prof ing',
  hu: 'dr ifj id pl kb stb ún u',
  tr: 'Dr Prof Doç Sn No vb bkz yy M.Ö M.S',
  ru: 'т тт ул им пр др рис см руб тыс млн млрд обл род проф акад пл просп т.е т.н т.к н.э стр напр св',
  uk: 'вул ім ін див тис млн млрд обл нар проф акад св напр т.з',
  bg: 'ул бул проф акад д-р г-н г-жа вж стр напр',
};
/** Languages that write ordinals with a full stop ("am 3. Oktober"). */
const ORDINALS = new Set(['de', 'da', 'no', 'fi', 'hu', 'cs', 'sk', 'sl', 'hr', 'sr', 'tr', 'et', 'lv', 'pl', 'is']);

const lists = new Map<string, ReadonlySet<string>>();

function listOf(language: string): ReadonlySet<string> {
  let list = lists.get(language);
  if (list === undefined) {
    list = new Set(`${COMMON} ${BY_LANGUAGE[language] ?? ''}`.trim().split(' '));
    lists.set(language, list);
  }
  return list;
}

/** What a full stop after a word means. */
export type StopMeaning = 'end' | 'abbreviation' | 'either' | 'initial';

const INITIAL = /^\p{Lu}\p{M}*$/u;
const DOTTED = /^(?:\p{L}\p{M}*\.[-\s]?)+\p{L}{1,2}$/u;
const LOWER_FIRST = /^\p{Ll}/u;
const ORDINAL = /^\d{1,2}$/;

/** Judges the word (without its last full stop) that stands before a full stop. */
export function meaningOfStop(word: string, language: string): StopMeaning {
  if (word === '') return 'end';
  if (INITIAL.test(word)) return 'initial';
  if (CAN_END.has(word)) return 'either';
  if (listOf(language).has(word)) return 'abbreviation';
  if (DOTTED.test(word)) return LOWER_FIRST.test(word) ? 'abbreviation' : 'either';
  if (ORDINALS.has(language) && ORDINAL.test(word)) return 'abbreviation';
  return 'end';
}
