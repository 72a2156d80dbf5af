package coworking.analytics.rest.http;

import io.helidon.webserver.http.ServerResponse;

/** The body of a response, and the headers that describe its length. */
public interface ResponseBody {

    /** Sends the headers that {@link #send} would send, without the body. */
    void sendHead(ServerResponse response);

    /** Sends the headers and the body. A failure ends the connection, so that a part does not look complete. */
    void send(ServerResponse response);
}
