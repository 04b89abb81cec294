/**
 * Common nouns that tell the type of what they name, as heads of "X is a NOUN", in "the NOUN X", and as last words of
 * names ("X University"). A noun of two types is left out, or listed under the one that its use as a head makes certain.
 */
import type { EntityType } from '../../graph-schema/index.js';

export const HEAD_NOUNS: readonly (readonly [EntityType, string])[] = [
  [
    'person',
    `man woman person boy girl nobleman noblewoman king queen prince princess emperor empress duke duchess earl count
    countess baron baroness tsar sultan caliph pharaoh pope cardinal bishop archbishop priest saint rabbi imam monk nun
    theologian missionary preacher actor actress singer songwriter rapper musician guitarist drummer bassist pianist
    violinist cellist organist vocalist composer conductor dj producer director filmmaker screenwriter writer author
    novelist poet essayist playwright dramatist journalist columnist editor publisher critic translator blogger
    broadcaster presenter host comedian entertainer dancer choreographer ballerina model painter sculptor artist
    illustrator cartoonist animator photographer architect designer engineer inventor scientist physicist chemist
    biologist botanist zoologist mathematician statistician astronomer astronaut cosmonaut geologist geographer
    economist sociologist psychologist psychiatrist anthropologist archaeologist linguist philologist philosopher
    historian scholar academic professor teacher educator lecturer headmaster physician doctor surgeon nurse dentist
    pharmacist lawyer attorney solicitor barrister judge jurist justice politician statesman senator congressman
    congresswoman representative legislator deputy councillor mayor governor president chancellor premier minister
    ambassador diplomat envoy civil-servant bureaucrat activist suffragist suffragette abolitionist feminist reformer
    revolutionary rebel anarchist communist socialist soldier officer general admiral colonel captain major lieutenant
    commander marshal sergeant sailor pilot aviator spy explorer navigator mountaineer pirate criminal murderer killer
    gangster outlaw businessman businesswoman businessperson entrepreneur executive ceo banker investor financier
    industrialist merchant trader philanthropist socialite aristocrat heir heiress footballer cricketer golfer boxer
    wrestler swimmer sprinter runner athlete gymnast cyclist skier skater rower fencer jockey goalkeeper midfielder
    defender striker forward winger quarterback linebacker pitcher catcher coach manager referee umpire player
    racewalker snowboarder chess-player racer driver skipper bodybuilder weightlifter farmer planter rancher
    blacksmith carpenter chef cook librarian archivist curator collector character protagonist superhero villain deity
    god goddess shah maharaja raja chieftain chief son daughter father mother brother sister wife husband widow uncle
    aunt nephew niece cousin grandson granddaughter grandfather grandmother spouse founder co-founder chairman
    chairwoman chairperson secretary treasurer successor predecessor native citizen slave servant wizard witch detective
    hacker programmer researcher performer violist flautist trumpeter saxophonist harpist soprano tenor baritone`,
  ],
  [
    'organisation',
    `company corporation firm manufacturer conglomerate subsidiary business bank insurer airline carrier retailer chain
    supermarket brewery distillery studio label publisher imprint broadcaster network startup cooperative partnership
    consortium franchise university college school academy institute institution faculty polytechnic seminary
    conservatory kindergarten club team squad band group duo trio quartet quintet orchestra choir ensemble troupe
    boyband supergroup party coalition alliance organisation organization association federation union confederation
    league society foundation trust charity committee commission council board agency bureau authority ministry
    department directorate secretariat parliament legislature senate congress assembly cabinet government court
    tribunal police army navy regiment battalion brigade squadron corps militia church denomination diocese archdiocese
    order congregation sect cult religion hospital clinic laboratory think-tank thinktank newspaper agency guild
    fraternity sorority syndicate gang cartel mafia movement tribe clan nonprofit ngo constituency-party registry`,
  ],
  [
    'place',
    `city town village hamlet municipality settlement community commune locality suburb neighbourhood neighborhood
    district borough parish county province state region prefecture department canton governorate oblast raion voivodeship
    arrondissement township ward barangay country nation kingdom empire republic territory colony principality duchy
    emirate sultanate island archipelago peninsula continent cape isthmus river stream creek brook tributary lake lagoon
    reservoir pond sea ocean bay gulf strait fjord harbour harbor port waterfall mountain hill peak summit volcano ridge
    range plateau valley canyon gorge pass plain desert forest wood woodland swamp marsh wetland glacier beach coast reef
    cave park garden zoo reserve preserve area place location site landmark monument memorial building skyscraper tower
    castle palace fortress fort citadel mansion villa manor estate house cottage farmhouse plantation cathedral basilica
    chapel abbey monastery convent priory temple mosque synagogue shrine pagoda tomb mausoleum cemetery museum gallery
    theatre theater stadium arena venue gymnasium racecourse racetrack speedway airport aerodrome airfield airbase station
    terminal railway railroad road highway motorway expressway freeway street avenue boulevard square plaza bridge tunnel
    canal dam lighthouse hotel casino restaurant pub mall prison jail ranch farm vineyard mine quarry crater
    constituency ghost-town planet moon asteroid star galaxy constellation nebula comet capital metropolis seat`,
  ],
  [
    'work',
    `film movie documentary short sequel prequel trilogy miniseries sitcom soap telenovela series show programme program
    episode cartoon anime manga comic novel novella book story tale poem epic play drama tragedy comedy musical opera
    operetta ballet symphony concerto sonata suite cantata oratorio song single album ep mixtape soundtrack compilation
    track ballad anthem hymn carol painting fresco mural sculpture statue portrait engraving photograph magazine journal
    periodical newspaper tabloid weekly encyclopedia encyclopaedia dictionary textbook treatise essay memoir
    autobiography biography diary anthology bible gospel scripture manuscript codex videogame game podcast website
    webcomic blog software`,
  ],
  [
    'event',
    `war battle siege campaign conflict invasion revolt rebellion uprising revolution coup massacre genocide riot raid
    bombing assassination attack operation crisis disaster earthquake flood hurricane cyclone typhoon tornado famine
    pandemic epidemic outbreak tournament championship championships cup olympics marathon race match final season
    festival carnival parade ceremony awards conference summit convention exhibition expo fair concert tour election
    referendum treaty accord crash accident holiday celebration pageant derby grand-prix debate trial scandal`,
  ],
];
