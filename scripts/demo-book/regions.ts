import type { Currency } from '#scripts/demo-book/catalogue.ts';

/**
 * Where the demo company's customers are. Names in other scripts carry a Latin spelling after `|` for
 * e-mail addresses. In `companies`, `{h}` is one of `heads`, `{l}` and `{m}` are family names.
 */
export interface Region {
  zone: string;
  /** Hours ahead of UTC, near enough to tell day from night. */
  offset: number;
  currency: Currency;
  weight: number;
  place: string;
  taxPrefix: string | null;
  companies: readonly string[];
  heads: readonly string[];
  first: readonly string[];
  last: readonly string[];
}

const words = (text: string): string[] => text.split(/,\s*/);

const ENGLISH_HEADS = words(
  'Amber Heron, Paper Lantern, Blue Ferry, Copperline, Second Story, Wild Orchard, Slow Comet, Maple & Main, Northgate, Old Harbor, Iron Poppy, Hollow Oak, Bright Cabin, Sunday Fox, Little Giant, Tall Pine, River Nine, Glasshouse, Good Measure, Silver Thread, Red Kite, Fifth Floor, Plain Speaking, Stonefruit, Ember Row, Open Window, Lucky Sparrow, Velvet Mile, Signal Hill, Quiet Engine, Birch & Bell, Moonlit, Canary Wharfside, Driftwood, Big Sky, Honeycomb, Clover Street, Night Owl, Paperbark, Salt & Slate, Tin Roof, Westward, Foxglove, Marble Arcade, Kindling, Half Moon, Ironwood, Cloudberry, Firefly, Harvest Lane, Longshore, Peppermint, Rook & Rye, Thistle, Underline, Waypoint, Yonder, Zephyr, Polar, Meadowlark',
);
const ENGLISH_FORMS = words(
  '{h} Studio, {h} Media, {h} Creative, {h} Films, {h} Design Co., {h} Pictures, {h}, {l} & {m}, {l} Photography, {h} Games, {h} Press, {h} Animation, {l} Brand Studio, {h} Interactive, {h} Agency, The {h} Collective, {l} Architects, {h} Learning, {h} Outfitters, {l} {m} Partners',
);
const ENGLISH_FIRST = words(
  'Ava, Noah, Maya, Liam, Zoe, Ethan, Grace, Owen, Ruby, Caleb, Nora, Isaac, Priya, Marcus, Elena, Dwayne, Hannah, Jamal, Lucy, Theo, Imani, Peter, Rosa, Kevin, Amelia, Tyrone, Jade, Simon',
);
const ENGLISH_LAST = words(
  'Harris, Bennett, Osei, Whitfield, Nguyen, Marsh, Delgado, Pryce, Okafor, Sullivan, Barnes, Kowalczyk, Reyes, Thornton, Ellis, Chowdhury, Walsh, Abbott, Lowell, Drummond, Keane, Sato, Finch, Ferreira, Holloway, Quinn, Vance, McAllister',
);

const region = (
  [zone, offset, currency, weight, place, taxPrefix]: [
    string,
    number,
    Currency,
    number,
    string,
    string | null,
  ],
  companies: string,
  heads: string,
  first: string,
  last: string,
): Region => ({
  zone,
  offset,
  currency,
  weight,
  place,
  taxPrefix,
  companies: words(companies),
  heads: words(heads),
  first: words(first),
  last: words(last),
});

const english = (
  zone: string,
  offset: number,
  currency: Currency,
  weight: number,
  place: string,
  taxPrefix: string | null,
): Region => ({
  zone,
  offset,
  currency,
  weight,
  place,
  taxPrefix,
  companies: ENGLISH_FORMS,
  heads: ENGLISH_HEADS,
  first: ENGLISH_FIRST,
  last: ENGLISH_LAST,
});

export const REGIONS: readonly Region[] = [
  english('America/New_York', -5, 'usd', 21, 'Brooklyn, NY 11201, United States', null),
  english('America/Chicago', -6, 'usd', 9, 'Chicago, IL 60607, United States', null),
  english('America/Los_Angeles', -8, 'usd', 15, 'Los Angeles, CA 90013, United States', null),
  english('America/Toronto', -5, 'usd', 4, 'Toronto, ON M5V 2H1, Canada', null),
  english('Europe/London', 0, 'gbp', 11, 'London E2 8AA, United Kingdom', 'GB'),
  english('Australia/Sydney', 11, 'usd', 4, 'Surry Hills NSW 2010, Australia', null),
  region(
    ['Europe/Berlin', 1, 'eur', 8, '10119 Berlin, Germany', 'DE'],
    'Studio {l}, {l} Film GmbH, {l} & {m} Werbung, {h} GmbH, {h} Werkstatt, Agentur {h}, {l} Architekten, {h} Verlag',
    'Lichtblick, Nordwind, Grünspan, Kaleidoskop, Sternstunde, Bildschön, Querformat, Zeitgeist, Morgenröte, Funkenflug, Spielraum, Wellenlänge',
    'Anna, Jürgen, Lena, Matthias, Käthe, Felix, Sabine, Björn, Mia, Jannik',
    'Brandt, Schäfer, Weiß, Krüger, Lindner, Vogt, Böhm, Yıldız, Hartmann, Ostermann, Köhler, Seidel',
  ),
  region(
    ['Europe/Paris', 1, 'eur', 6, '75011 Paris, France', 'FR'],
    'Atelier {l}, Studio {h}, {h} Productions, Les Films {h}, Maison {l}, {l} et Filles, Agence {h}',
    'Clair-Obscur, Belle Étoile, Mistral, Quai Nord, Petit Prince, Grand Large, Coquelicot, Hirondelle, Lumière, L’Été, Brouillard',
    'Camille, Étienne, Zoé, Théo, Aïcha, Loïc, Margaux, Rémi, Inès, François',
    'Moreau, Lefèvre, Benoît, Garnier, Diallo, Rousseau, Chevalier, Nguyên, Delacroix, Maréchal, Béranger',
  ),
  region(
    ['Europe/Madrid', 1, 'eur', 4, '28004 Madrid, España', 'ES'],
    'Estudio {l}, {h} Creativos, Taller {h}, {l} y {m}, Producciones {h}, Imprenta {l}',
    'Dos Aguas, La Encina, Mañana, Albahaca, Cigüeña, El Farol, Sierra Norte, Girasol',
    'Lucía, Íñigo, Carmen, Álvaro, Begoña, Mateo, Sofía, Joaquín',
    'Núñez, Ibáñez, Castaño, Vargas, Peña, Muñoz, Ortega, Sáez, Echeverría',
  ),
  region(
    ['Europe/Stockholm', 1, 'eur', 3, '116 46 Stockholm, Sverige', 'SE'],
    'Studio {h}, {l} & {m}, {h} Film AB, Byrån {h}, {l} Form',
    'Norrsken, Åskmoln, Blåbär, Älv, Fjäril, Skärgård, Höst, Ögonblick',
    'Åsa, Göran, Maja, Søren, Linnéa, Øystein, Freja, Håkan',
    'Lindqvist, Sjöberg, Ågren, Nygård, Dahl, Østergaard, Bergström, Hæstad',
  ),
  region(
    ['Europe/Warsaw', 1, 'eur', 2, '00-544 Warszawa, Polska', 'PL'],
    'Studio {h}, {l} i Wspólnicy, {h} Film, Pracownia {h}',
    'Żuraw, Światło, Łąka, Wiśnia, Źródło, Jaskółka',
    'Łukasz, Małgorzata, Zofia, Paweł, Agnieszka, Michał',
    'Wójcik, Dąbrowski, Kaźmierczak, Źrebiec, Nowak, Święcicka',
  ),
  region(
    ['Europe/Athens', 2, 'eur', 1, '105 55 Αθήνα, Ελλάδα', 'EL'],
    'Στούντιο {h}, {h} Παραγωγές, Εκδόσεις {l}',
    'Ανατολή|anatoli, Θάλασσα|thalassa, Ελιά|elia, Γλάρος|glaros',
    'Ελένη|eleni, Γιώργος|giorgos, Δήμητρα|dimitra',
    'Παπαδάκη|papadaki, Νικολάου|nikolaou, Οικονόμου|oikonomou',
  ),
  region(
    ['Europe/Kyiv', 2, 'usd', 2, '01030 Київ, Україна', null],
    'Студія {h}, {h} Продакшн, Майстерня {h}, {l} і партнери',
    'Світанок|svitanok, Лелека|leleka, Крила|kryla, Калина|kalyna, Обрій|obrii',
    'Оксана|oksana, Тарас|taras, Юлія|yuliia, Богдан|bohdan',
    'Шевчук|shevchuk, Коваленко|kovalenko, Бондар|bondar, Мельник|melnyk',
  ),
  region(
    ['Europe/Istanbul', 3, 'usd', 2, '34433 İstanbul, Türkiye', null],
    '{h} Ajans, {l} Tasarım, Stüdyo {h}, {h} Yapım',
    'Ihlamur, Gökkuşağı, Çınar, Işık, Yağmur, Kırlangıç',
    'Ayşe, Çağlar, Gülşen, İbrahim, Ümit, Elif',
    'Yılmaz, Öztürk, Şahin, Güneş, Kılıç, Doğan',
  ),
  region(
    ['Asia/Tokyo', 9, 'jpy', 6, '東京都渋谷区神南1-2-3', null],
    '株式会社{h}, {h}スタジオ, {h}映像, {l}デザイン事務所, 合同会社{h}',
    'あおぞら|aozora, 灯台|todai, 星屑|hoshikuzu, カモメ|kamome, 白鷺|shirasagi, 木漏れ日|komorebi, 月見草|tsukimiso, 青葉|aoba, 風車|kazaguruma, 雷鳥|raicho, 蛍|hotaru, 朝凪|asanagi',
    '陽菜|haruna, 蓮|ren, 結衣|yui, 大翔|hiroto, 美咲|misaki, 健太|kenta',
    '佐藤|sato, 鈴木|suzuki, 高橋|takahashi, 渡辺|watanabe, 小林|kobayashi, 森田|morita, 石井|ishii, 藤原|fujiwara',
  ),
  region(
    ['Asia/Seoul', 9, 'usd', 2, '서울특별시 마포구 와우산로 21', null],
    '스튜디오 {h}, {h} 디자인, {h} 프로덕션, {h} 미디어',
    '한결|hangyeol, 새벽|saebyeok, 물빛|mulbit, 나무|namu, 별밤|byeolbam, 온기|ongi',
    '서연|seoyeon, 민준|minjun, 지우|jiwoo, 하은|haeun',
    '김|kim, 이|lee, 박|park, 최|choi, 정|jung',
  ),
  region(
    ['Asia/Taipei', 8, 'usd', 2, '台北市大安區復興南路一段', null],
    '{h}設計, {h}影像工作室, {h}文創, {h}動畫',
    '青鳥|qingniao, 拾光|shiguang, 山海|shanhai, 微光|weiguang, 紙船|zhichuan, 雲雀|yunque',
    '怡君|yijun, 志明|zhiming, 雅婷|yating, 家豪|jiahao',
    '陳|chen, 林|lin, 黃|huang, 張|chang, 吳|wu',
  ),
  region(
    ['Asia/Kolkata', 5.5, 'usd', 4, 'Bengaluru 560001, India', null],
    '{h} Studios, {l} Designs, {h} Pictures, {l} & Sons, {h} चित्रशाला, {h} Labs',
    'Kaveri, Neem Tree, Monsoon, Rangoli, Peepal, Sitara, Banyan, Nilgiri, Tulsi',
    'Ananya, Rohan, Meera, Arjun, Divya, Vikram, Kavya, Sanjay',
    'Iyer, Sharma, Banerjee, Reddy, Nair, Kulkarni, Deshmukh, Kapoor',
  ),
  region(
    ['Asia/Dubai', 4, 'usd', 2, 'دبي، الإمارات العربية المتحدة', null],
    'استوديو {h}, {h} للإنتاج الفني, {h} للإعلان, دار {h} للنشر',
    'النخيل|nakheel, اللؤلؤ|lulu, الواحة|waha, القمر|qamar, الصقر|saqr, الياسمين|yasmin',
    'ليلى|layla, عمر|omar, نور|noor, يوسف|yousef',
    'الخطيب|khatib, المنصوري|mansouri, حداد|haddad, السيد|sayed',
  ),
  region(
    ['Asia/Jerusalem', 2, 'usd', 1, 'תל אביב-יפו, ישראל', null],
    'סטודיו {h}, {h} הפקות, {h} עיצוב',
    'רימון|rimon, גלים|galim, זית|zayit, שחף|shahaf',
    'נועה|noa, איתי|itai, תמר|tamar',
    'לוי|levi, כהן|cohen, מזרחי|mizrahi',
  ),
  region(
    ['America/Sao_Paulo', -3, 'usd', 4, 'São Paulo 01310-100, Brasil', null],
    'Estúdio {h}, {l} Filmes, Agência {h}, {h} Produções, Ateliê {l}',
    'Maré Alta, Jabuti, Caju, Ipê Amarelo, Vaga-Lume, Saíra, Pão & Luz',
    'João, Beatriz, Antônio, Luíza, Thiago, Conceição, Caetano',
    'Gonçalves, Araújo, Magalhães, Falcão, Simões, Conceição',
  ),
  region(
    ['America/Mexico_City', -6, 'usd', 3, '06700 Ciudad de México, México', null],
    'Estudio {h}, Casa {h}, {l} Hermanos, {h} Animación',
    'Colibrí, Nopal, Jacaranda, Ajolote, Maíz Azul, Luciérnaga',
    'Ximena, Héctor, María José, Andrés, Xóchitl, Raúl',
    'Hernández, Ocampo, Gutiérrez, Zúñiga, Ramírez, Avendaño',
  ),
  region(
    ['Africa/Lagos', 1, 'usd', 2, 'Yaba, Lagos, Nigeria', null],
    '{l} Studios, {h} Media, {h} Pictures, {l} & {m}',
    'Iroko, Harmattan, Adire, Sunbird, Palmwine, Talking Drum',
    'Chidinma, Tunde, Adaeze, Emeka, Yetunde, Sọlá',
    'Adéyẹmí, Okonkwo, Ọlátúnjí, Eze, Balogun, Nwosu',
  ),
];

/** Of one customer only: a currency with three decimals. */
export const KUWAIT: Region = region(
  ['Asia/Kuwait', 3, 'kwd', 0, 'مدينة الكويت، الكويت', null],
  'دار {h} للنشر',
  'اللؤلؤ|lulu',
  'مريم|maryam, خالد|khaled, فاطمة|fatima',
  'العنزي|anzi, الصباح|sabah, الرشيد|rashid',
);
