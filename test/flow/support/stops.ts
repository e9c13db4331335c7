/** How people ask for the texts to end. One a line; made up, like all that is said in tests. */
import { lines } from './lines.ts';

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
