import assert from 'node:assert/strict';
import { detectLanguage } from '../../src/text/index.js';

const SENTENCES: Readonly<Record<string, string>> = {
  en: 'The town lies on the river and was founded in 1850.',
  fr: 'La ville est située sur le Rhin et elle a été fondée en 1850.',
  de: 'Die Stadt liegt am Rhein und wurde im Jahr 1850 gegründet.',
  es: 'La ciudad está a orillas del río y fue fundada en 1850.',
  it: 'La città si trova sul fiume ed è stata fondata nel 1850.',
  pt: 'A cidade fica nas margens do rio e foi fundada em 1850.',
  nl: 'De stad ligt aan de rivier en werd in 1850 gesticht.',
  sv: 'Staden ligger vid floden och är mycket gammal.',
  no: 'Byen ligger ved elven og ble grunnlagt i 1850.',
  da: 'Byen ligger ved åen og blev grundlagt i 1850.',
  fi: 'Kaupunki on joen rannalla ja se on vanha.',
  hu: 'A város a folyó partján fekszik és nagyon régi.',
  ro: 'Orașul este situat pe malul râului și este vechi.',
  tr: 'Şehir nehrin kıyısında ve çok eski bir yerdir.',
  pl: 'Miasto leży nad rzeką i jest bardzo stare.',
  ru: 'Город стоит на реке и был основан давно.',
  uk: 'Київ є столицею України.',
  bg: 'Градът е разположен на река Дунав.',
  sr: 'Београд је главни град Србије и њен највећи град.',
  el: 'Η Αθήνα είναι η πρωτεύουσα.',
  ar: 'القاهرة هي عاصمة مصر وأكبر مدنها.',
  fa: 'تهران پایتخت ایران است و بزرگ‌ترین شهر آن.',
  ur: 'لاہور پاکستان کا ایک بڑا شہر ہے۔',
  he: 'ירושלים היא בירת ישראל.',
  hi: 'दिल्ली भारत की राजधानी है।',
  th: 'กรุงเทพเป็นเมืองหลวง',
  zh: '北京是中国的首都。',
  ja: '東京は日本の首都です。',
  ko: '서울은 대한민국의 수도이다.',
};

describe('detectLanguage', () => {
  for (const [language, sentence] of Object.entries(SENTENCES)) {
    it(`knows ${language} by one sentence`, () => assert.equal(detectLanguage(sentence), language));
  }

  it('calls English what is English but for names', () => {
    assert.equal(detectLanguage('Claude Weisz is a French film director born in Paris.'), 'en');
    assert.equal(detectLanguage('Kalateh-ye Bala may refer to:'), 'en');
    assert.equal(detectLanguage('Reykjavik (东京, Москва) is the name of a film by El Niño de la Palma.'), 'en');
  });

  it('does not guess without evidence', () => {
    for (const text of ['', '12 34', 'Marie Curie', '\ud800', '🎸🎸']) assert.equal(detectLanguage(text), 'und');
  });

  it('reads a long text at its middle too', () => {
    const names = 'Smith, Jones, Miller. '.repeat(100);
    assert.equal(detectLanguage(names + 'Die Stadt liegt am Rhein und wurde gegründet. '.repeat(200)), 'de');
  });
});
