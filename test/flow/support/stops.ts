/**
 * How people ask for the texts to end, and answers, questions and cries that only have a word of it
 * in them. One a line; made up, like all that is said in tests.
 */
const lines = (block: string): readonly string[] =>
  block.split('\n').filter((line) => line.trim() !== '');

export const stops = lines(`
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
STOP 😡
stop 🙏
🛑 stop
pls stop texting me 😭
leave me alone 😡
stop x
stop lol
stop bro
stop mate
stop man
stop txtin me
stop textin me
stop messagin me
stop texing me
plsss stop
stop pleaseee
plese stop
stop thankyou
stop ty
stop sorry
sorry please stop
stoptexting
arrete
fuck off stop messaging me
stop fucking texting me
fucking stop
fuk off
bugger off
leave me alone stop texting me
go away stop texting me
not interested stop texting me
who is this stop texting me
wrong number stop
stop texting me im busy
stop texting me its annoying
yes please stop texting me
don't text me. STOP
I don't want these texts stop
I dont want this stop
why wont you stop texting me
do not text this number
do not contact this number
I dont wanna get texts anymore
no texts please
i dont want to be contacted
i no longer want texts
don't send me anything
stop sending me stuff
STOP SENDING ME THESE
stop with the texts
unsubscribe me from this
unsubscribe me from your list
opt me out of this
i'd like to unsubscribe
how do I unsubscribe
take me off ur list
remove me from the list
remove my number from your list
remove my phone number
delete my phone number
remove this number
take my number off
get me off your list
quit texting me
end texts
cancel texts
stop texting my son
stop texting my daughter
stop annoying me
stop pestering me
this is my work phone stop texting me
I'm at work. Please stop texting me!!
ur so annoying stop texting me
proszę nie pisać
proszę nie wysyłać wiadomości
proszę przestać do mnie pisać
proszę mnie wypisać
zostaw mnie w spokoju
zostawcie mnie w spokoju
nie chcę dostawać wiadomości
nie chcę otrzymywać wiadomości
nie chcę więcej SMS-ów
usuńcie mnie z listy
proszę usunąć mój numer
odczepcie się
gadewch lonydd i mi
gad lonydd i mi
rhowch lonydd i mi
peidiwch â fy nhecstio
dim mwy o decstiau
dw i ddim eisiau mwy o negeseuon
rhowch y gorau iddi
tynnwch fy rhif
dw i eisiau stopio
براہ کرم میسج نہ کریں
براہ کرم بند کریں
مجھے تنگ نہ کریں
mujhe tang mat karo
میرا نمبر ہٹا دیں
مزید پیغامات نہیں چاہئیں
band kar dein
رک جائیں
meri jaan chhoro
please unsubscribe this number
I didn't sign up for this, stop
take me off this please
ok bye stop
please leave my son alone
im blocking you stop texting me
Stop texting me or i'll call the police
don't msg me again or i'll report u
`);

export const notStops = lines(`
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
don't ask me
dont ask us
not asking us
never ask us
never texts me
not texting me
not contacting us
I would stop it
you could stop it
I will stop
I can stop
it would stop
to stop it
my stop
the stop
no stop
a stop
I need it to stop
I want it to stop
I want it all to stop
i want this to stop
will it ever stop
can it stop
nie chce mi się pisać
nie chcę pisać
I want them to stop cutting the club
stop phones at school
stop vaping
don't contact my mum
never text strangers
no more texts from school
we should stop it
bullying must stop
tell them to stop
unsubscribe from youtube
remove me from class
nie pisz po ścianach
they should stop texting me
my ex wont stop texting me
i told him to stop texting me
my friends dont text me
tell people to stop messaging me at night
make strangers stop messaging me
dont text me at night
dont text me when im at school
stop me
i want to go away
no rubbish
no more rubbish
stop the rubbish
take my phone
they take my phone
lose my phone
i want to quit
i want to get out of the system
you have to stop
where do you stop
wrong number of bins
leave the trees alone
leave them alone
remove me from the team
the buses dont stop
more stops
i dont want questions about my mum
the message is clear
bin it
stop sending me to isolation
stop the texts from scammers
stop bots messaging kids
dont send kids to detention
stop contact with my dad
opt out of pe
no messages from teachers at night
tell him to delete my number
please stop him texting me
stop everyone messaging me
`);
