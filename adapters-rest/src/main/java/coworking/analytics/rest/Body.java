package coworking.analytics.rest;

import io.helidon.webserver.http.ServerResponse;

/** What follows the headers of an answer, and what they say of it. */
interface Body {

    /** Sends the status and the headers that {@link #send} would send, and ends the answer. */
    void sendHead(ServerResponse response);

    /** Sends all of the answer; where that breaks off, the connection ends, so that nobody takes a part for the whole. */
    void send(ServerResponse response);
}
