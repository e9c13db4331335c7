/** Classes of English words that the rules name in braces: who does it, what is done, to whom. */
import { byCommas } from './by-commas.ts';

export const englishClasses: Readonly<Record<string, readonly string[]>> = byCommas({
  'hurt-act': `
    {hits}, {chokes}, smash, smashes, smashed, smashing, bang, bangs, banged, twist, twists,
    twisted, yank, yanks, yanked, pull, pulled, grab, shake, knock, knocks, knocked, stand,
    stands, stood on, spits, spat, ties, tied, holds, held, bend, bends, bent, cuts, cut, stick,
    sticks, stuck`,
  'body-part': `
    head, face, hair, arm, arms, neck, throat, back, stomach, belly, hands, hand, fingers, legs,
    leg, ribs, eye, nose, mouth, ear, ears, wrist, wrists, collar, teeth, foot, feet, chest`,
  kids: `
    kids, the kids, kid, the little ones, little ones, young people, residents, people, children,
    the boys, the girls, the young ones, us kids, each other, the younger ones, a boy, a girl,
    a lad`,
  i: 'i, ive, ill, id, me, we, iv',
  am: 'am, is, feel, feeling, felt, be, been, was, being, get, getting, so, got',
  im: 'im, i am, i feel, i is, i was, i have been, i been, am, i get, we are, we',
  very: `
    so, really, very, too, to, just, well, proper, bare, dead, always, all, still, actually,
    kinda, kind of, a bit, quite, completely, totally, now, fucking, literally, that, extremely,
    honestly, constantly`,
  not: 'not, never, no, without, no longer, hardly',
  to: 'to, the, on, of, about',
  want: `
    want, wants, wanted, wanting, wish, need, feel like, feels like, going, going to, gonna,
    about to, thinking of, thinking about, think about, think of, thought about, thoughts of,
    thoughts about, planning, planned, plan, ready, decided, try, tries, tried, trying, tempted,
    would rather, will, would, could, might, keep, considering, hoping, would like`,
  kill: `
    kill, killing, killed, kills, murder, end, ending, hang, hanging, hanged, drown, drowning,
    shoot, shooting, unalive, unaliving, unalived, stab, stabbing, poison, off, offing, top,
    topping, gas, do in, finish`,
  myself: 'myself, my self, me self, my life, my own life, meself, our selves, ourselves',
  himself: `
    himself, herself, themself, him self, her self, themselves, hisself, his life, her life,
    their life`,
  dead: 'dead, gone, not alive, never born, under a train, six feet under, not here',
  die: 'die, dying, dead',
  my: 'my, me, our, his, her, mine',
  little: `
    little, big, older, younger, own, best, step, half, foster, adoptive, adopted, real, old,
    new, good, close, other, whole, great, adult, ex, baby, biological, birth, drunk, evil,
    horrible`,
  parent: `
    mum, dad, stepdad, stepmum, stepmom, stepmother, step dad, step mum, nan, nana, nanny, gran,
    granny, grandma, grandad, granddad, grandfather, grandmother, grandpa, uncle, uncles, auntie,
    aunty, aunt, parent, parents, mum and dad, carer, carers, foster carer, foster carers,
    foster dad, foster mum, foster parents, guardian, mums boyfriend, mums partner, mums husband,
    mums girlfriend, dads girlfriend, dads wife, dads partner, mums new boyfriend,
    dads new girlfriend, dads mate, mums mate, dads friend, dads friends`,
  close: `
    brother, brothers, sister, sisters, sibling, siblings, cousin, cousins, friend, friends,
    mate, mates, bestie, besties, bff, boyfriend, girlfriend, partner, husband, wife, ex, fella,
    fiance, neighbour, family, relative, babysitter, son, daughter, baby, flatmate, housemate,
    roommate, missus, mrs, twin, niece, nephew, stepbrother, stepsister, in laws, bully, bullies,
    bessie, pal, pals, homie, buddy, people`,
  'loved-one': `
    {parent}, the {parent}, {my} {parent}, {my} {little} {parent}, {my} {close},
    {my} {little} {close}, {my} {whose} {parent}, {my} {whose} {close},
    {my} {little} {whose} {parent}`,
  whose: `
    mums, dads, brothers, sisters, friends, mates, nans, uncles, aunties, cousins, besties,
    boyfriends, girlfriends, carers, parents, stepdads, stepmums`,
  person: `
    man, men, guy, guys, boy, boys, lad, lads, girl, girls, woman, bloke, fella, person, kid,
    dude, stranger, adult, older man, older guy, older boy, old man, older lad, grown man, mate,
    friend, neighbour, boyfriend, relative, creep, paedo, pedo, nonce`,
  someone: `
    {loved-one}, he, she, hes, shes, someone, this {person}, a {person}, that {person},
    one of the {person}, the {person}, some {person}, another {person}, an {person}, who,
    a {close}, these {person}`,
  they: `
    they, {someone}, people, kids, everyone, lads, girls, boys, the girls, the boys, the lads,
    some {person}, olders, the olders, gang, the gang`,
  us: `
    me, us, my, {loved-one}, him, her, them, kids, the kids, a kid, the children, the baby, i,
    our, a girl, a boy`,
  me: 'me, us, {my} {close}, {my} {little} {close}',
  is: `
    is, are, was, were, be, been, keeps, keep, kept, has, have, always, just, still, sometimes,
    often, will, would, did, does, started, tried to, tries to, like to, likes to, now,
    never stops, used to, really, also, actually, literally, even, had, constantly, to, not stop,
    nearly, almost, got, regularly, will not stop`,
  hits: `
    hit, hits, hitting, beat, beats, beating, beaten, punch, punches, punched, punching, kick,
    kicks, kicked, kicking, slap, slaps, slapped, slapping, smack, smacks, smacked, smacking,
    whack, whacks, whacked, wack, wacks, wacked, batter, batters, battered, battering, leather,
    leathers, leathered, brays, bray, brayed, belts, belted, whip, whips, whipped, cane, canes,
    caned, thump, thumps, thumped, thumping, clouts, clouted, hurt, hurts, hurting, abuse,
    abuses, abusing, abused, attack, attacks, attacked, attacking, assault, assaults, assaulted,
    bites, bit, burn, burns, burned, burnt, burning, headbutted, headbutts, tortures, torturing,
    spanks, spanked, lamped, lamps, decked, sparked, pushes, pushed, shoves, shoved, drags,
    dragged, shakes, shook, pinches, scratches, grabs, grabbed, throws, threw, chucks, pinned,
    pins, pulls, slams, slammed, stamps, stamped, stomped, harm, harms, harming, harmed, wallops,
    clips, bashes, bashed, beats up, bullies, mistreats, thrashes, thrashed`,
  chokes: `
    choke, chokes, choked, choking, strangle, strangles, strangled, strangling, suffocate,
    suffocates, suffocated, suffocating, throttle, throttles, throttled, stab, stabs, stabbed,
    stabbing, drown, drowned, drowning, kill, kills, killing`,
  now: `
    now, right now, tonight, atm, at the moment, again, please, outside, downstairs, coming`,
  scared: `
    scared, frightened, terrified, afraid, petrified, fearful, shit scared, scared shitless`,
  home: `
    home, house, my house, our house, placement, my placement, the house, foster home,
    my foster home, my home, the home, my room, bed, the flat, my dads, my mums, dads, mums,
    where i live, my flat, there`,
  please: `
    please, pls, plz, now, sos, asap, quick, quickly, someone, anyone, urgent, omg, god, thanks`,
  daily: `
    every day, everyday, all the time, daily, always, constantly, every night, every single day,
    all day, again, every time, so bad, really bad, badly, loads, for years, alot, a lot`,
  staff: `
    key worker, keyworker, key workers, keyworkers, teacher, teachers, social worker,
    social workers, support worker, support workers, youth worker, youth workers, care worker,
    care workers, worker, workers, staff, staff member, member of staff, coach, tutor,
    head teacher, headteacher, manager, the manager of my home, instructor, mentor, pa,
    teaching assistant, imam, priest, vicar, pastor, mosque teacher, personal adviser, doctor,
    nurse, escort, driver, mr, sir, miss, boss, security, night staff, carers, carer,
    scout leader, leader, trainer, prefect, police officer, copper`,
  'the-staff': `
    {staff}, {my} {staff}, the {staff}, a {staff}, one of the {staff}, this {staff},
    some {staff}, {my} school {staff}, {my} old {staff}, {my} pe {staff}, {my} football {staff}`,
  body: `
    arm, arms, leg, legs, wrist, wrists, thigh, thighs, skin, stomach, body, hand, hands, belly,
    hips, neck`,
  private: `
    private, privates, private parts, private part, down there, bum, willy, fanny, boobs, tits,
    breasts, chest, vagina, penis, dick, crotch, bits, pants, knickers, skirt, leg, legs, thigh,
    thighs, genitals, inappropriately, sexually, in places, where i dont like, ass, arse, noonie,
    foof, body`,
  nudes: `
    nudes, nude, naked pics, naked pictures, naked photos, naked picture, nude pics,
    nude pictures, noodz, dirty pics, dirty pictures, dick pics, dick pic, topless pics, topless,
    sexy pics, sexual pictures, sexual pics, feet pics, pics of my body, private pics,
    private pictures`,
  pictures: `
    pics, pictures, photos, photo, videos, video, vids, vid, images, screenshots, {nudes}`,
  weapon: `
    knife, knives, gun, machete, machetes, blade, shank, zombie knife, sword, axe, hammer, acid,
    weapon, weapons, bat, strap, rambo, firearm, shotgun, nank`,
  pills: `
    pills, tablets, tablet, meds, medication, medicine, paracetamol, paracetamols, ibuprofen,
    bleach, antidepressants, insulin, painkillers, aspirin, sertraline, fluoxetine, tramadol`,
  drugs: `
    drugs, drug, weed, coke, heroin, crack, food, packages, package, parcels, gear, bits,
    class a, cash, packs, ket, spice`,
  marry: `
    marry, married, marriage, wed, wedding, engaged, marrying, rishta, nikah, husband`,
  abroad: `
    pakistan, india, bangladesh, somalia, iraq, iran, afghanistan, kurdistan, turkey, egypt,
    sudan, gambia, nigeria, ethiopia, kenya, yemen, abroad, back home, away, romania, albania,
    syria, eritrea, sierra leone, guinea, mali, overseas, another country, holiday`,
});
