/** Sentences that ask for the texts to end, and answers that only have a word of stopping in them. */
import { describe, expect, test } from 'vitest';
import { recognise } from './support/recognise.ts';

/** One a line: how people ask for the texts to end. */
const STOPS = `
stop
STOP
Stop.
STOP!!
 stop 
s.t.o.p
S T O P
s-t-o-p
stop please
please stop
pls stop
Stop now
stoppp
STOOOP
stpo
sotp
unsubscribe
Unsubscribe me
please unsubscribe me
cancel
end
quit
opt out
opt-out
optout
I want to opt out
opt me out please
ＳＴＯＰ
ｓｔｏｐ
ЅТОР
СТОП
ѕtор
st\u200Bop
\u200BS\u200CT\u200DOP\uFEFF
ＳTОP!
st0p
🛑
🛑🛑
⛔
arret
ARRÊT
Arrêtez
alto
parar
halt
basta
stop stop stop
STOP STOP
stop it
stop this now
just stop
ok stop
can you stop
can you stop please
could you please stop texting me
will you stop texting me
I said stop
i asked you to stop
I want you to stop texting me
stop texting me
stop txting me
pls stop texting me
pls stop texting me thx
stop messaging me
Stop msging me!!
stop sending me messages
stop sending me these texts
please stop sending messages to my phone
stop all these messages
stop contacting me
dont text me
don't text me again
Dont txt me anymore
do not text me
please do not contact me again
do not message me
never text me again
no more texts
no more texts please
No more messages
i dont want any more texts
I don't want these messages
I do not want to get texts from you
dont send me texts
stop dont text me
stop i dont want this
leave me alone
please leave me alone
take me off your list
remove me
remove my number
remove me from your list please
go away
text stop
stop texts
stop asking me questions
stopio
STOPIO
stopiwch
stopiwch os gwelwch yn dda
peidiwch â thecstio fi
paid â tecstio fi
dim mwy o negeseuon
dim mwy o decsts plis
stopio nawr
zatrzymaj
przestań
przestańcie do mnie pisać
proszę przestać
nie pisz do mnie
nie piszcie do mnie więcej
nie wysyłajcie mi wiadomości
nie chcę więcej smsów
wypisz mnie
proszę stop
stop proszę
nie wysyłaj mi sms
بند کرو
بند کریں
پلیز بند کریں
روکو
میسج بند کرو
مجھے میسج مت بھیجو
مجھے میسج نہ کریں
band karo
message band karo
mujhe message mat karo
mujhe msg mat bhejo
roko please
`;

/** One a line: answers, questions and cries that only look like a stop. */
const NOT_STOPS = `
they should stop the buses
stop the buses
stop the motorbikes please
stop my brother hurting me
stop him hurting me
make it stop
make him stop
please make it stop
I can't stop laughing
i cant stop crying
bus stop
a bus stop
the bus stop by school
more bus stops
full stop
non stop
don't stop
dont stop
please dont stop texting me
never stop
do not stop the club
stop bullying
stop the bullying
Stop people littering
stop knife crime
stop closing youth clubs
stop cutting our money
stop litter
stop cars
stop cars parking there
stop smoking
people should stop smoking
when will it stop
when can i stop
where do I stop
how do i stop
I stop there every day
i stop
you stop at the lights
stop and search
non-stop music
a stop button
stopwatch
top
shop
step
stoop
spot
post
pots
stops
stopped
it stopped
my dad stopped coming
stop drop and roll
stop sign
the stop sign is broken
put a stop to racism
stop texting while driving
people text me all the time
text me
text me again
my friends text me
nobody texts me
no one texts me anymore
my friends dont text me anymore
they dont text me
i dont text
I don't text much
no phones
no more homework
no more cars
no more bullying
no more racist messages
send me texts
i want texts
message my mum
dont text and drive
dont message strangers
end bullying
the end of term
weekend
week end
end the racism
quit smoking
i quit football
cancel the road
cancel lessons
leave my brother alone
they wont leave me alone
people leave me out
remove the bins
remove the fence
delete instagram
go away and play
take the goals off
help me stop
2
yes
no
ramp
hello
?
bws stop
stopiwch y bysiau
stopio ysmygu
peidiwch â chau y clwb
dim mwy o geir
dim mwy o sbwriel
przystanek
przystanek autobusowy
zatrzymaj autobusy
przestańcie zamykać kluby
nie
nie wiem
nie pisze dobrze
nie lubię szkoły
nie chcę parku
stop samochodom
بس
بس سٹاپ
بسیں بند کرو
بسیں روکو
سکول بند نہ کرو
اسکول بند
نہیں
school band karo
bus roko
bullying band karo
`;

const lines = (block: string): string[] => block.split('\n').filter((line) => line.trim() !== '');

describe('STOP, however it is put', () => {
  test.each(lines(STOPS))('%j stops', (text) => expect(recognise(text)).toBe('stop'));
});

describe('a word of stopping in an answer', () => {
  test.each(lines(NOT_STOPS))('%j does not stop', (text) => {
    expect(recognise(text)).not.toBe('stop');
  });
});
