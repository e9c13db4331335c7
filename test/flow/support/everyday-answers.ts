/** What young people might answer when a council asks about parks, buses and school. All are made up. */
export const everydayAnswers: readonly string[] = `
more benches
a bench in the shade
bigger swings
somewhere dry to sit
lights on the path at night
goals with nets
a proper football pitch
a basketball court
netball hoops too
a skate ramp for beginners
the ramp is too steep
more bins near the gate
cleaner toilets
toilets that lock
a water fountain
free wifi
a cafe with cheap hot chocolate
somewhere to charge my phone
a shelter when it rains
the grass is always muddy
less dog mess
people should pick up after their dogs
more trees and flowers
a pond with ducks
picnic tables
a quiet corner for reading
music on fridays
a youth club on tuesdays
the youth club is the best thing here
open the club on weekends
cheaper bus tickets
free buses for under 18s
buses that come on time
more buses after 7
the 471 is always late
a bus to the hospital
safer crossings near school
a zebra crossing by the shops
slower cars on our road
bike lanes that go somewhere
somewhere safe to lock a bike
bikes to borrow
better street lights
cctv by the underpass
more police walking around
police who talk to us
the underpass smells
i feel safe with my friends
i like the library
longer library hours
a homework club
quieter classrooms
smaller classes
less homework
more art lessons
school dinners are too small
vegan options in the canteen
halal food at lunch
longer lunch breaks
phones in lockers is fine
we need more counsellors
someone to talk to at school
mental health lessons
shorter waiting times
a doctor who listens
text reminders for appointments
i got a text from school about it
they message my mum instead of me
my friends text me where to meet
we send each other messages on snap
ask us before you decide
ask the younger kids too
nobody asked me before
i was asked last year
contact details on a poster
a phone number we can call
my number one is the ramp
number two please
the second one
the first one but bigger
both of them
all of them sound good
none of those really
i dont know
dont know sorry
not sure tbh
no idea
i dont mind
i dont care which
whatever you think
up to you
im easy
nothing really
nothing comes to mind
its fine how it is
its good already
its boring
its a bit boring there
its too far for me
too expensive
it costs too much
i dont go there
i never go
i dont live near it
we moved away
i left that school
i want more things to do
i want to play there with my brother
i want to be a nurse
i need a job
i need more sleep
i would like a pool
i would use it every day
i would change the opening times
can you build a pool
can we have a slide
can i bring my dog
could you fix the fence
will it be free
will you tell us what happens
when does it open
how long will it take
how much is it
who decides
who is in charge of the park
who is paying for it
what is a ramp
where will it be
why is it always us
why dont you ask the teachers
the wrong people decide
they got the wrong colour
a new sign with the right number
the sign has the wrong time
remove the broken swing
remove the graffiti
remove the old fence
take the bins away more often
take down the old goals
take us on trips
take me to the seaside
get rid of the nettles
get more staff
leave the trees alone
leave it how it is
leave the lights on longer
go to the park more
go away on trips with the club
go on holiday
lose the fence
delete the homework app
cancel the exams
cancel the new road
end of year party
end exams
quit charging us for the pool
no cars
no litter
no more litter
no more exams
no more uniforms
no smoking near the swings
no dogs in the play area
no fighting
yes but make it bigger
yes and free
more colours
blue
green
purple
red ones
a mural by us
paint the walls
let us paint it
a stage
a cinema night
board games
cooking lessons
first aid lessons
learn to swim
free swimming in summer
football for girls
girls only sessions
a prayer room
somewhere for wheelchair users
a ramp for wheelchairs
step free stations
easier words on signs
signs in welsh
signs in polish
mwy o oleuadau
mwy o goed
parc mwy diogel
dwi ddim yn gwybod
wiecej drzew
wiecej lawek
nie lubie deszczu
nie mam zdania
tansze bilety
زیادہ درخت
مزید روشنی
پارک اچھا ہے
zyada benches
park bara karo
bus time par aye
the bus stop needs a roof
the stop by school has no light
a stop nearer my house
stop the litter
stop cars parking there
they should stop building flats
people should stop vaping in there
stop closing things
it never stops raining
we stopped going
help with cvs
help the homeless
help for my nan
talk to us more
listen to young people
be honest with us
send the results to everyone
message boards in school
put it on instagram
an app
alone time
im often alone there
i like being on my own
spam in the canteen is gross
fuck knows
it is shit
shit loads of bins
bloody cold in winter
the toilets are rubbish
the park is full of rubbish
so much spam online
scams online are a problem
lessons about scams
who would you ask
who knows
`
  .split('\n')
  .filter((line) => line !== '');
