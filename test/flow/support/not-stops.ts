/** Answers, questions and cries that only have a word of a STOP in them. One a line; made up. */
import { lines } from './lines.ts';

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
