/** What the council tells everyone who took part in the demo: what most said, what was decided and why. */
export const FEEDBACK: Readonly<Record<string, string>> = {
  en: 'Bury Council: you joined in on Chesham park. Most picked the skate ramp. Cllr Green said yes: work starts in May. Lights: no, they cost £65,000.',
  'en-easy':
    'Bury Council: you helped with Chesham park. Most people picked the skate ramp. We said yes. We start in May. No to lights. They cost £65,000.',
  pl: 'Bury Council: park Chesham. Wygrała rampa. Cllr Green: tak, start w maju. Latarnie: nie, kosztują £65 000.',
  ur: 'Bury Council: چیشم پارک۔ اکثر نے ریمپ چنا۔ Cllr Green: ہاں، کام مئی میں۔ لائٹیں: نہیں، £65,000 لگتے ہیں۔',
};
