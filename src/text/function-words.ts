/** The commonest function words of languages in Latin script, folded: what tells one from another in a few sentences. */
const LISTS: Readonly<Record<string, string>> = {
  en: 'the of and to in is was for that with as on by are from at an be this which it its his has had have were he she not or but been their also they who what does will you your we my can how when where there into about after other than then a may',
  fr: 'le la les de des du et un une est dans pour que qui en sur par au aux avec son sa ses pas ce cette il elle sont ete plus ou comme nous vous je mais leur etait dun cest ont fait d l',
  de: 'der die das und ist von zu den mit des dem im ein eine einer einen nicht auf fur als auch sich wurde werden aus bei nach wird er sie es ich war zum zur oder aber durch haben hat sind uber wie am liegt',
  es: 'el la los las de del y en que un una es por con para su se al lo como fue mas pero sus este esta ha entre sobre tambien son desde muy cuando hay',
  it: 'il la di che e un una per in con del della dei delle da non sono al nel si le gli lo alla anche come piu era ma questo dal nella i è ai o ha l',
  pt: 'o a os as de do da dos das e em que um uma para com no na por nao foi se ao como mais sua seu pelo pela tambem mas ele ela sao esta fica',
  nl: 'de het een van en in is dat op te zijn met voor niet aan er door ook als bij om maar naar werd wordt hij heeft uit dit deze die over tot',
  sv: 'och att det en ar som av for pa den med till i inte har de ett om var fran kan han men sig eller under vid efter hon blev',
  no: 'og i det er som en av pa til for den med at ikke har de et var fra om han men seg eller ble etter kan hun ved jeg sa',
  da: 'og i det er som en af pa til for den med at ikke har de et var fra om han men sig eller blev efter kan hun ved jeg sa',
  fi: 'ja on ei etta se oli ovat mutta kuin joka han myos tai niin sen hanen mukaan kanssa jotka olivat vuonna jonka',
  hu: 'a az es hogy nem is egy van volt meg ez csak de mint azt vagy ki el szerint a ami amely kozott',
  ro: 'si in de la cu pe a fost care nu este din o un pentru mai sunt sau dar prin se ca lui al ale cel',
  tr: 've bir bu da de icin ile olarak olan gibi daha cok ne kadar sonra en ama tarafindan olan idi',
  pl: 'i w na z do nie jest sie ze od po jako przez za byl oraz ale jego jak jej sa dla tym byla',
  cs: 'a v na je se z do ze s ktery byl jako pro si od po nebo ale jeho byla jsou ktera podle',
  id: 'yang dan di dari ini untuk dengan pada adalah dalam tidak itu ke oleh sebagai juga atau akan',
  vi: 'la cua va trong co duoc cho nguoi voi mot nhung khong cac do den khi tu nam',
  ca: 'el la els les de i que en un una es per amb al del no va com mes son dels seva',
  la: 'et in est ad non cum qui quae ut ex sed per ab sunt de quod esse',
};

/** The languages of each function word. */
export const FUNCTION_WORDS: ReadonlyMap<string, readonly string[]> = (() => {
  const words = new Map<string, string[]>();
  for (const [language, list] of Object.entries(LISTS)) {
    for (const word of new Set(list.split(' '))) {
      const languages = words.get(word);
      if (languages === undefined) words.set(word, [language]);
      else languages.push(language);
    }
  }
  return words;
})();
