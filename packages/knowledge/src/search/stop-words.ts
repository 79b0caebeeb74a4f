import type { Language } from "../language.ts";

/** Words that occur in any question and tell nothing. */
export const stopWords: Readonly<Record<Language, string>> = {
  de: `der die das den dem des ein eine einen einem einer eines und oder aber ich mir mich mein meine meinen meinem meiner
    wir uns unser unsere sie ihr ihre ihren es ist sind war wird werden wurde kann können koennen muss müssen soll darf hat habe
    haben bei beim für von vom mit zu zum zur auf aus an am im in ins nach vor über unter bis um durch ohne wie was wer wo wann
    warum wieso weshalb welche welcher welches welchen wen wem auch noch nur nicht kein keine keinen denn dass ob wenn so sehr
    mehr bitte gibt geht machen mache mach tun man sich brauche brauchen postfinance checkout`,
  fr: `faut-il puis-je le la les un une des du de et ou mais je me moi mon ma mes nous notre nos vous votre vos il elle on ils elles ce cette
    ces cet est sont a ai as avoir avons ont être peut peux puis pouvons dois doit faut faire fait que qui quoi quel quelle quels
    quelles où comment combien pourquoi quand à au aux en dans sur sous avec sans pour par ne pas plus se sa ses son si y d l c s
    n m t qu postfinance checkout`,
  it: `il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla in nel nello
    nella su sul sulla con per tra fra e ed o ma io mi me mio mia miei mie noi ci nostro nostra lei si suo sua è sono ho hai ha
    abbiamo cos serve servono occorre essere posso può devo deve fare faccio fa che chi cosa quale quali qual come quanto quanta quanti dove quando perché
    non più se ne l d c un postfinance checkout`,
  en: `the a an and or but i me my mine need needs made we us our you your he she it its is are was be been do does did can could must should
    shall will would have has had of to in on at by for from with without about into as if what which who whom whose where when
    why how there this that these those not no so any please get am s t postfinance checkout`,
};
