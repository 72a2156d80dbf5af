package coworking.analytics.application;

/**
 * What may be asked in one conversation. Questions that are equal have the same answer, and are the same text in every process.
 *
 * @param <T> what it is answered with
 */
interface Question<T> {

    /** Asks for facts and has the domain make the answer of them. */
    T ask(Conversation talk);
}
